"""Text stays literal in Markdown and HTML."""

from __future__ import annotations

import html
import json
from typing import Any

import pypandoc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from irostats.present import Sentence, Table
from irostats.present.markup import one_line

AWKWARD = (
    "a | b",
    "*bold* and _that_",
    "`code` $x$ ^up^ ~down~",
    "{{< var x >}}",
    "[link](http://x) ![picture](y)",
    "<b>&amp;</b>",
    "\\newline @ref #head",
    'it\'s "quoted" -- and --- so...',
    "1. list",
    "(a) list",
    "- list",
    ": definition",
    "B&NES",
    "=====",
)


def parsed(markdown: str) -> Any:
    """Pandoc's reading of a piece of Markdown."""
    return json.loads(pypandoc.convert_text(markdown, "json", format="markdown"))["blocks"]


def literal(node: Any) -> str:
    """The text of Pandoc nodes, which must be words and spaces only."""
    if isinstance(node, list):
        return "".join(literal(child) for child in node)
    assert node["t"] in ("Str", "Space", "Plain", "Para"), node
    return " " if node["t"] == "Space" else node["c"] if node["t"] == "Str" else literal(node["c"])


def cells_of(table: Any) -> list[list[str]]:
    """Header and body of a Pandoc table as text."""
    assert table["t"] == "Table"
    _, _, _, head, bodies, _ = table["c"]
    rows = [*head[1], *(row for body in bodies for row in body[3])]
    return [[literal(cell[4]) for cell in row[1]] for row in rows]


def table_of(text: str) -> Table:
    """A table whose every place holds the text."""
    return Table("Caption", ("First", text, "Last"), ((text, text, "1"), ("x", "y", text)))


@pytest.mark.parametrize("text", AWKWARD)
def test_a_pipe_table_keeps_its_columns_and_its_text(text: str) -> None:
    """Pandoc reads as many columns as were given, and every cell as it was."""
    (table,) = parsed(table_of(text).markdown)
    assert cells_of(table) == [["First", text, "Last"], [text, text, "1"], ["x", "y", text]]


@pytest.mark.parametrize("text", AWKWARD)
def test_a_sentence_is_one_paragraph_of_its_own_text(text: str) -> None:
    """No sentence becomes a list, a heading or a shortcode."""
    (block,) = parsed(Sentence((text,)).markdown)
    assert block["t"] == "Para"
    assert literal(block["c"]) == text


@settings(max_examples=25)
@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=30))
def test_any_printable_text_stays_literal_in_a_table(text: str) -> None:
    """Whatever an analyst writes in authority.toml, the table is read as it was meant."""
    plain = one_line(text)
    if plain:
        (table,) = parsed(table_of(text).markdown)
        assert cells_of(table)[1][:2] == [plain, plain]


def test_a_long_table_is_still_one_table() -> None:
    """Rows wider than a page make relative widths, not a broken table."""
    long = "word " * 60
    (table,) = parsed(table_of(long).markdown)
    assert cells_of(table)[1][0] == long.strip()


@pytest.mark.parametrize("text", AWKWARD)
def test_html_is_escaped(text: str) -> None:
    """The text stands in HTML as characters, with scopes on every heading."""
    page = table_of(text).html
    assert html.escape(text) in page
    assert page.count('scope="col"') == 3
    assert page.count('scope="row"') == 2
    assert "<caption>Caption</caption>" in page


def test_a_row_of_another_length_is_refused() -> None:
    """A table that would shift its cells cannot be made."""
    with pytest.raises(ValueError, match="has not 2 cells"):
        Table("Caption", ("a", "b"), (("1",),))
