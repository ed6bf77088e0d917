"""Numbers of headings, tables and figures, and references to them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from irostats.errors import RenderError
from irostats.render.constructs import READER
from irostats.render.numbers import number
from irostats.render.pandoc import pandoc

TABLE = "| a |\n|---|\n| 1 |\n\n: Cap *of* {label} {{#{label}}}\n\n"
CHART = '![Cap of {label}](x.png){{#{label} alt="x"}}\n\n'


def numbered(markdown: str, *expected: str) -> str:
    """The document with its numbers, as plain Markdown."""
    tree: Any = json.loads(pandoc(["-f", READER, "-t", "json"], stdin=markdown))
    result = json.dumps(number(tree, set(expected)))
    return pandoc(["-f", "json", "-t", "markdown-smart", "--wrap=none"], stdin=result)


def test_headings_are_numbered_by_level() -> None:
    """Lower levels begin again under each higher one."""
    text = numbered("# A\n\n## B\n\n## C\n\n# D\n\n## E\n")
    titles = [line.split("}")[-1].strip() for line in text.splitlines() if line.startswith("#")]
    assert titles == ["A", "B", "C", "D", "E"]
    for mark in ("[1]{", "[1.1]{", "[1.2]{", "[2]{", "[2.1]{"):
        assert mark in text


def test_an_unnumbered_heading_takes_no_number() -> None:
    """Nor does it count."""
    text = numbered("# A {.unnumbered}\n\n# B\n")
    assert "# A {" in text
    assert "[1]{" in text


def test_tables_and_figures_are_counted_apart() -> None:
    """Through the whole document, in order."""
    text = numbered(
        "# A\n\n" + TABLE.format(label="tbl-a") + CHART.format(label="fig-a") + "# B\n\n"
        "::: {.note}\n" + TABLE.format(label="tbl-b") + ":::\n\nSee @tbl-b, @fig-a and @sec-x.\n\n"
        "# C {#sec-x}\n",
        "tbl-a",
        "fig-a",
        "tbl-b",
    ).replace("\u00a0", " ")
    assert "Table 1: Cap *of* tbl-a" in text
    assert "Table 2: Cap *of* tbl-b" in text
    assert "Figure 1: Cap of fig-a" in text
    assert "[Table 2](#tbl-b)" in text
    assert "[Figure 1](#fig-a)" in text
    assert "[Section 3](#sec-x)" in text


def test_captions_bear_no_number_where_the_front_matter_says_so() -> None:
    """A page for children is read without them."""
    text = numbered("---\nnumber-figures: false\n---\n\n" + CHART.format(label="fig-a"), "fig-a")
    assert "Cap of fig-a" in text
    assert "Figure" not in text


def test_a_reference_to_nothing_is_an_error_with_the_nearest() -> None:
    """It cannot print a question mark."""
    with pytest.raises(RenderError, match=r"'@tbl-b'.*'tbl-a'"):
        numbered(TABLE.format(label="tbl-a") + "See @tbl-b.")


def test_a_table_that_could_not_be_read_is_an_error() -> None:
    """A caption that breaks Markdown does not lose its table in silence."""
    with pytest.raises(RenderError, match="tbl-a: could not be read"):
        numbered("| a | b\n\n: Cap {#tbl-a}", "tbl-a")


def test_a_label_borne_twice_is_an_error() -> None:
    """Links would lead to the wrong place."""
    with pytest.raises(RenderError, match="labelled 'tbl-a'"):
        numbered(TABLE.format(label="tbl-a") * 2)


def test_a_table_without_a_label_is_an_error() -> None:
    """Every table is captioned and counted."""
    with pytest.raises(RenderError, match="no label"):
        numbered("| a |\n|---|\n| 1 |\n")
