"""The short list of constructs that the report's sources keep to.

Headings, paragraphs, emphasis, lists, block quotations, links, callouts (`::: {.callout-note}`) and
named blocks (`::: {.banner}`, `::: {.note}`, and those of the committee paper), the shortcodes
`embed`, `var`, `include` and `pagebreak`, and references `@tbl-...`, `@fig-...`, `@sec-...`. Both
renderers print these alike in HTML, Word and PDF; anything else is refused by name rather than
printed wrongly.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from irostats.errors import RenderError
from irostats.render.pandoc import pandoc

#: The Markdown of Quarto that matters here.
READER = "markdown"

SHORTCODES = ("embed", "var", "include", "pagebreak")
SHORTCODE = re.compile(r"\{\{<\s*(?P<name>[\w/-]*)\s*(?P<argument>[^>]*?)\s*>\}\}")
DIV_CLASSES = ("banner", "note", "numbered", "particulars")

_BLOCKS = {"Header", "Para", "Plain", "BulletList", "OrderedList", "BlockQuote", "Div"}
_INLINES = {
    "Str", "Space", "SoftBreak", "LineBreak", "Emph", "Strong", "Link", "Quoted", "Cite", "Span",
    "Superscript", "Subscript",
}  # fmt: skip
_NAMES = {
    "CodeBlock": "a block of code",
    "RawBlock": "raw HTML or LaTeX",
    "RawInline": "raw HTML or LaTeX",
    "Table": "a table (tables come from the notebooks)",
    "Figure": "a picture (charts come from the notebooks)",
    "Image": "a picture (charts come from the notebooks)",
    "DefinitionList": "a definition list",
    "LineBlock": "a line block",
    "HorizontalRule": "a horizontal rule",
    "Math": "mathematics",
    "Note": "a footnote",
    "Code": "code",
    "Strikeout": "struck-out text",
    "SmallCaps": "small capitals",
    "Underline": "underlined text",
}
_REFERENCE = re.compile(r"(tbl|fig|sec)-[\w-]+")


def check(markdown: str, name: str) -> None:
    """Refuse a source that uses anything outside the list.

    Args:
        markdown: The source's body, without front matter.
        name: The file, for the error.

    Raises:
        RenderError: Every construct outside the list, by name.
    """
    problems = sorted({*_shortcode_problems(markdown), *_block_problems(markdown)})
    if problems:
        raise RenderError(
            f"{name} uses {'; '.join(problems)}.",
            next_step="Use headings, paragraphs, lists, quotations, links and callouts only.",
        )


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every node of a piece of Pandoc's JSON, outermost first."""
    if isinstance(value, dict):
        if "t" in value:
            yield value
        for child in value.values():
            yield from nodes(child)
    elif isinstance(value, list):
        for child in value:
            yield from nodes(child)


def _shortcode_problems(markdown: str) -> Iterator[str]:
    if "{{{<" in markdown:
        yield "an escaped shortcode"
    for found in SHORTCODE.finditer(markdown):
        if found["name"] not in SHORTCODES:
            yield f"the shortcode '{found['name']}'"


def _block_problems(markdown: str) -> Iterator[str]:
    without = SHORTCODE.sub("shortcode", markdown)
    tree = json.loads(pandoc(["-f", READER, "-t", "json"], stdin=without))
    yield from block_problems(tree["blocks"])


def block_problems(blocks: list[dict[str, Any]]) -> Iterator[str]:
    """Every construct outside the list in Pandoc's blocks, by name."""
    for node in nodes(blocks):
        kind = node["t"]
        if kind in _NAMES:
            yield _NAMES[kind]
        elif kind == "Div":
            yield from _div_problems(node["c"][0][1], node["c"][1])
        elif kind == "Cite":
            yield from _reference_problems(node["c"][0])


def _div_problems(classes: list[str], content: list[dict[str, Any]]) -> Iterator[str]:
    if any(node["t"] == "Header" for node in nodes(content)):
        yield "a heading inside a block"
    for class_ in classes:
        if class_ not in DIV_CLASSES and not class_.startswith("callout-"):
            yield f"the block '.{class_}'"


def _reference_problems(citations: list[dict[str, Any]]) -> Iterator[str]:
    for citation in citations:
        if not _REFERENCE.fullmatch(citation["citationId"]):
            yield f"the reference '@{citation['citationId']}'"
