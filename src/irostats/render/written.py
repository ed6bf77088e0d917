"""Narratives made safe for every format: HTML cleaned by nh3, all else Markdown or refused.

HTML that somebody typed would be printed by the HTML writer alone. It is read as HTML, cleaned, and
becomes the Markdown that says the same, so that Word and PDF print it too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import nh3

from irostats import allowed
from irostats.errors import RenderError
from irostats.render.constructs import READER, SHORTCODE, block_problems, nodes
from irostats.render.pandoc import pandoc

TAGS = frozenset(
    {"p", "br", "em", "strong", "i", "b", "sub", "sup", "ul", "ol", "li", "blockquote", "a"}
    | {f"h{level}" for level in range(1, 7)}
)
"""What stays of HTML: what the report's Markdown can say too."""
SCHEMES = ("https:", "mailto:", "#")
CLASSES = frozenset({"unnumbered", "unlisted", "uri", "email"})
CALLOUTS = {f"callout-{kind}" for kind in ("note", "tip", "important", "warning", "caution")}
SECONDS = 20.0
"""Some marks that never end take Pandoc longer with each."""
DEEPEST = 25
"""Blocks and marks within each other; Python's own limit lies far beyond."""
_PLACE = "\ue000{}\ue001"
_HELD = re.compile("\ue000(\\d+)\ue001")
_REFERENCE = re.compile(r"(?<![\w@\\])@(?:tbl|fig|sec)-[\w-]*\w")
_LOOSE = re.compile(r"(?<!\\)<(?!https://|mailto:)")
_READER = f"{READER}-native_divs-native_spans"  # HTML is HTML, also where it makes blocks
_WRITER = "markdown-raw_html-raw_attribute-raw_tex-smart-citations-pipe_tables-grid_tables"


def written(text: str, name: str) -> str:
    """A narrative as Markdown in which nothing can run, whatever stands before or after it.

    Args:
        text: As it was written, without hints.
        name: The file, for the error.

    Raises:
        RenderError: It holds what no report can; file and line are named.
    """
    found = [f"line {line}: {what}" for line, what in allowed.problems(text)]
    if found:
        raise _refused(name, found)
    try:
        return _written(text, name)
    except RecursionError:
        raise _refused(name, ["blocks or marks that lie too deep within each other"]) from None
    except _TooSlow:
        raise _refused(name, [f"what takes more than {SECONDS:.0f} seconds to read"]) from None


def _written(text: str, name: str) -> str:
    held: list[str] = []
    plain = _REFERENCE.sub(_hold(held), SHORTCODE.sub(_hold(held), text))
    tree = _parsed(plain)
    if any(_is_html(node) for node in nodes(tree["blocks"])):
        plain = cleaned(plain)
        tree = _parsed(plain)
    found = [f"line {_line(plain, what)}: {what}" for what in sorted({*_problems(tree)})]
    if found:
        raise _refused(name, found)
    # A sign that is no tag by itself may open one with what follows in the report.
    return _HELD.sub(lambda found: held[int(found[1])], _LOOSE.sub(r"\\<", plain))


def cleaned(text: str) -> str:
    """Markdown with the HTML in it as Markdown: formatting stays, scripts and attributes go."""
    html = _pandoc(["-f", _READER, "-t", "html", "--wrap=preserve"], text)
    safe = nh3.clean(
        html,
        tags=TAGS | ({"div"} if ":::" in text else set()),
        attributes={"a": {"href"}},
        allowed_classes={"div": CALLOUTS},
        url_schemes={"https", "mailto"},
        link_rel=None,
    )
    return _pandoc(["-f", "html", "-t", _WRITER, "--wrap=preserve"], safe)


class _TooSlow(Exception):  # noqa: N818 - never leaves this module
    """Pandoc did not come to an end."""


def _pandoc(arguments: list[str], text: str) -> str:
    try:
        return pandoc(arguments, stdin=text, timeout=SECONDS)
    except RenderError as error:
        raise _TooSlow from error


def _hold(held: list[str]) -> Any:
    def hold(found: re.Match[str]) -> str:
        held.append(found[0])
        return _PLACE.format(len(held) - 1)

    return hold


def _parsed(text: str) -> dict[str, Any]:
    said = _pandoc(["-f", _READER, "-t", "json"], text)
    if _depth(said) > 8 * DEEPEST:
        raise RecursionError
    tree: dict[str, Any] = json.loads(said)
    return tree


def _depth(said: str) -> int:
    """Brackets of JSON within each other."""
    deepest = depth = 0
    for sign in re.findall(r'"(?:[^"\\]|\\.)*"|[][{}]', said):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(sign, 0)
        deepest = max(deepest, depth)
    return deepest


def _is_html(node: dict[str, Any]) -> bool:
    return node["t"] in ("RawBlock", "RawInline") and node["c"][0] == "html"


def _problems(tree: dict[str, Any]) -> Iterator[str]:
    """What the text turned out to be that no narrative may hold."""
    if tree["meta"]:
        yield "settings between lines of dashes"
    yield from block_problems(tree["blocks"])
    for node in nodes(tree["blocks"]):
        if node["t"] == "Str" and ":::" in node["c"]:
            yield "a block (:::) that does not begin or does not end"
        if node["t"] == "Link" and not node["c"][2][0].startswith(SCHEMES):
            yield "a link that is neither https nor mailto"
        yield from _attribute_problems(node)


def _attribute_problems(node: dict[str, Any]) -> Iterator[str]:
    place = {"Header": 1, "Span": 0, "Div": 0, "Link": 0}.get(node["t"])
    if place is None:
        return
    _, classes, pairs = node["c"][place]
    if pairs or (node["t"] != "Div" and set(classes) - CLASSES):
        yield "attributes in braces"


def _line(text: str, what: str) -> int:
    """The line by whose end a problem is there: the fewest first lines that have it."""
    lines = text.split("\n")
    low, high = 1, len(lines)
    while low < high:
        middle = (low + high) // 2
        if what in _problems(_parsed("\n".join(lines[:middle]))):
            high = middle
        else:
            low = middle + 1
    return low


def _refused(name: str, found: list[str]) -> RenderError:
    return RenderError(
        f"{name}, {'; '.join(found[: allowed.TOLD])}: a report cannot hold that.",
        next_step="Use headings, paragraphs, lists, quotations, links to https:// pages and "
        "callouts only.",
    )
