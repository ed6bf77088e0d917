"""Numbers of sections, tables and figures, and the references to them, as Quarto gives them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from irostats.errors import RenderError, nearest
from irostats.render.constructs import nodes

_NBSP = "\u00a0"
_TITLES = {"tbl": "Table", "fig": "Figure", "sec": "Section"}
_LEVELS = 6

Node = dict[str, Any]


def number(document: Node, expected: set[str]) -> Node:
    """A copy of the document with its numbers in words.

    Headings begin with "1.2" unless the front matter says `number-sections: false`, captions with
    "Table 3: ", and `@tbl-...` becomes a link that says "Table 3". Tables and figures are counted
    apart, through the whole document; with `number-figures: false` captions bear no number.

    Args:
        document: Pandoc's JSON of the whole report.
        expected: Labels of the tables and charts that must be found in it.

    Raises:
        RenderError: A reference leads nowhere, two things bear one label, or a table or chart
            could not be read as one.
    """
    result = copy.deepcopy(document)
    named: dict[str, str] = {}
    settings = {name: value.get("c") for name, value in result.get("meta", {}).items()}
    if settings.get("number-sections", True):
        _number_headings(result, named)
    _number_floats(result, named, shown=settings.get("number-figures", True))
    unread = expected - named.keys()
    if unread:
        raise RenderError(
            f"{', '.join(sorted(unread))}: could not be read as a table or chart with a caption."
        )
    result["blocks"] = _linked(result["blocks"], named)
    return result


def _number_headings(document: Node, named: dict[str, str]) -> None:
    counts = [0] * _LEVELS
    for heading in _of_kind(document, "Header"):
        level, (identifier, classes, _), inlines = heading["c"]
        if "unnumbered" in classes:
            continue
        counts[level - 1] += 1
        counts[level:] = [0] * (_LEVELS - level)
        text = ".".join(str(count) for count in counts[:level])
        _name(named, identifier, f"Section{_NBSP}{text}")
        span = {"t": "Span", "c": [["", ["header-section-number"], []], [_string(text)]]}
        inlines[:0] = [span, {"t": "Space"}]


def _number_floats(document: Node, named: dict[str, str], *, shown: bool) -> None:
    for kind, prefix in (("Table", "tbl"), ("Figure", "fig")):
        for count, block in enumerate(_of_kind(document, kind), 1):
            (identifier, _, _), caption = block["c"][0], block["c"][1]
            if not identifier.startswith(f"{prefix}-"):
                raise RenderError(f"A {kind.lower()} has no label beginning with '{prefix}-'.")
            text = f"{_TITLES[prefix]}{_NBSP}{count}"
            _name(named, identifier, text)
            if caption[1] and shown:
                caption[1][0]["c"][:0] = [_string(f"{text}:"), {"t": "Space"}]


def _name(named: dict[str, str], identifier: str, text: str) -> None:
    if identifier in named:
        raise RenderError(f"Two things are labelled '{identifier}'.")
    named[identifier] = text


def _linked(value: Any, named: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_linked(child, named) for child in value]
    if isinstance(value, dict):
        if value.get("t") == "Cite":
            return _link(value, named)
        return {key: _linked(child, named) for key, child in value.items()}
    return value


def _link(cite: Node, named: dict[str, str]) -> Node:
    identifier = cite["c"][0][0]["citationId"]
    if identifier not in named:
        raise RenderError(
            f"There is nothing to refer to by '@{identifier}'.{nearest(identifier, named)}",
            next_step="It may be a table that the authority does not keep: then leave it out.",
        )
    attributes = ["", ["quarto-xref"], []]
    return {"t": "Link", "c": [attributes, [_string(named[identifier])], [f"#{identifier}", ""]]}


def _of_kind(document: Node, kind: str) -> Iterator[Node]:
    return (node for node in nodes(document["blocks"]) if node["t"] == kind)


def _string(text: str) -> Node:
    return {"t": "Str", "c": text}
