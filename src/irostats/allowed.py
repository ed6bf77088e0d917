"""What a narrative may hold: Markdown's formatting, named figures, and nothing that runs.

Markdown as Pandoc and Quarto read it can take in files, fetch pictures, run code and change the
settings of the whole document. What does so is refused by file and line, so that its author can
write it otherwise; HTML is cleaned when the report is rendered (`render.written`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from irostats.errors import InputError

MAX_CHARACTERS = 200_000
"""Longest narrative of a section: some 60 pages."""
MAX_BRACKETS = 4
TOLD = 10
"""How many places an error names."""

_SHORTCODE = re.compile(r"(?<!\{)\{\{<[ \t]*(?:var[ \t]+[\w.-]+|pagebreak)[ \t]*>\}\}(?!\})")
_REFUSED = (
    (re.compile(r"\{\{|\}\}"), "double braces that are no {{< var ... >}}"),
    (re.compile(r"```|~~~|`\{"), "a block of code, or code that could be run"),
    (re.compile(r"\{\s*="), "a raw block of another format"),
    (re.compile(r"<!--|-->"), "a comment that does not begin or does not end"),
    (re.compile(r"\]:"), "an address that stands apart from its link"),
    (re.compile(r"\\[A-Za-z]"), "a LaTeX command"),
    (re.compile(r"<[?%]|\?>"), "a processing instruction"),
    (re.compile(r"!\["), "a picture (charts come from the notebooks)"),
    (re.compile(r"\]\(\s*<?\s*(?!https://|mailto:|#)"), "a link that is neither https nor mailto"),
    (re.compile(r"<\s*(?:javascript|vbscript|data|file|ftp|http)\s*:", re.IGNORECASE), "a link "
     "that is neither https nor mailto"),
    (re.compile(r"^(?:[ \t]*>){12}"), "quotations within each other"),
    (re.compile("[\ue000-\uf8ff]"), "a character that no font has"),
    (re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"), "a control character"),
    (re.compile("[\u202a-\u202e\u2066-\u2069]"), "a character that turns the direction of text"),
)  # fmt: skip
_BRACKET = re.compile(r"[][]")
_FENCE = re.compile(r"[ \t>]*:::+(.*)$")
_SETTINGS = re.compile(r"---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")


def problems(text: str) -> Iterator[tuple[int, str]]:
    """What a text may not hold, each with its line from 1.

    Args:
        text: Markdown, without its template's hints.
    """
    if len(text) > MAX_CHARACTERS:
        yield 1, f"more than {MAX_CHARACTERS:,} characters"
        return
    if _SETTINGS.match(text.lstrip()):
        yield 1, "settings between lines of dashes"
    depth = 0
    for number, line in enumerate(text.split("\n"), start=1):
        plain = _SHORTCODE.sub("", line)
        for pattern, what in _REFUSED:
            if pattern.search(plain):
                yield number, what
        depth = _depth(depth, plain) if plain.strip() else 0
        if depth > MAX_BRACKETS:
            yield number, "brackets within each other"
            depth = 0
    yield from _unbalanced(text)


def _depth(depth: int, line: str) -> int:
    """How many brackets are open after a line; a parser's time doubles with each that is."""
    deepest = depth
    for sign in _BRACKET.findall(line):
        depth = depth + 1 if sign == "[" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest if deepest > MAX_BRACKETS else depth


def _unbalanced(text: str) -> Iterator[tuple[int, str]]:
    """Blocks (`:::`) that do not end, and would take in what follows in the report."""
    opened: list[int] = []
    for number, line in enumerate(text.split("\n"), start=1):
        fence = _FENCE.match(line)
        if fence and fence[1].strip(": \t"):
            opened.append(number)
        elif fence and not opened:
            yield number, "the end of a block (:::) that does not begin"
        elif fence:
            opened.pop()
    yield from ((number, "a block (:::) that does not end") for number in opened)


def refuse(narrative: Mapping[str, str]) -> None:
    """Stop at narratives that hold what they may not, all places at once.

    Args:
        narrative: Markdown by section, without hints.

    Raises:
        InputError: Some do; each place is named by file and line.
    """
    found = [
        f"narrative/{section}.md, line {line}: {what}"
        for section, text in narrative.items()
        for line, what in problems(text)
    ]
    if found:
        more = f"; and {len(found) - TOLD} more" if len(found) > TOLD else ""
        raise InputError(
            f"A narrative holds what a report cannot: {'; '.join(found[:TOLD])}{more}.",
            next_step="Write headings, paragraphs, lists, quotations, links to https:// pages and "
            "{{< var ... >}} only.",
        )
