"""What a printed cell is in a spreadsheet."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opened import printed

from irostats.present.items import Table
from irostats.workbook.values import grid, unlike, value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("1,021", 1021),
        ("-3", -3),
        ("+7", 7),
        ("58.6", 58.6),
        ("97.9%", 0.979),
        ("0.004%", 0.00004),
        ("+7.3%", 0.073),
        ("£298,000", 298000),
        ("-£5", -5),
    ],
)
def test_a_printed_number_is_a_number_that_prints_alike(text: str, number: float) -> None:
    """With sign, thousands, decimals, per cent and pounds."""
    found = value(text)
    assert found.number == pytest.approx(number, abs=1e-12)
    assert printed(Decimal(repr(found.number)), found.form) == text


@pytest.mark.parametrize(
    "text",
    ["c", "low", "over 99.9%", "007", "1,02", "2016-17", "1e5", "=1+1", "12 (3)", "1" * 16, "٣"],
)
def test_what_is_not_quite_a_number_stays_text(text: str) -> None:
    """Symbols, years, codes with leading zeros, digits of other scripts."""
    assert (value(text).number, value(text).text) == (None, text)


@given(st.integers(-(10**9), 10**9), st.integers(0, 3), st.sampled_from(["", "%"]))
def test_every_number_is_printed_back(digits: int, decimals: int, percent: str) -> None:
    """Whatever its size and decimals."""
    text = f"{Decimal(digits).scaleb(-decimals):,}{percent}"
    found = value(text)
    assert found.number is not None
    assert printed(Decimal(repr(found.number)), found.form) == text


def test_a_cell_of_several_numbers_takes_a_column_for_each() -> None:
    """A percentage with its counts takes three, an interval two; what has none says z."""
    table = Table(
        "Reviews",
        ("Measure", "2016-17", "95% interval, 2016-17"),
        (("Held", "531", ""), ("On time", "97.9% (520 of 531)", "96.3 to 98.8%"), ("x", "c", "")),
    )
    cells = grid(table)
    assert cells.columns == (
        "Measure",
        "2016-17",
        "2016-17: count",
        "2016-17: out of",
        "95% interval, 2016-17: lower",
        "95% interval, 2016-17: upper",
    )
    assert [cell.text for cell in cells.rows[1]] == [
        "On time",
        "97.9%",
        "520",
        "531",
        "96.3%",
        "98.8%",
    ]
    assert [cell.text for cell in cells.rows[0]] == ["Held", "531", "z", "z", "z", "z"]
    assert [cell.number for cell in cells.rows[2]] == [None] * 6
    assert cells.numbers == (1, 2, 3, 4, 5)


def test_numbers_in_a_column_of_words_stay_words() -> None:
    """A checksum of digits alone is no number."""
    table = Table("Files", ("File", "SHA-256"), (("a.csv", "305678901234"),), align="ll")
    assert grid(table).rows[0][1].number is None


def test_headings_are_made_different() -> None:
    """A spreadsheet's table takes no heading twice, in whatever case, and none that is empty."""
    assert list(unlike(["On time", "on time", "", " ", "$$a$$"])) == [
        "On time",
        "on time (2)",
        "Column",
        "Column (2)",
        "$ $a$ $",
    ]
