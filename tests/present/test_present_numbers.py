"""How numbers are printed."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irostats.figures import Figure, Status
from irostats.measures import REGISTRY
from irostats.present.numbers import counts_of, rounded, say, share, show, size

PERCENT = REGISTRY["reviews.on_time_percent"]
CHANGE = REGISTRY["reviews.held_change_percent"]


def percent(numerator: int, denominator: int) -> Figure:
    """A percentage as measures make it."""
    return Figure(
        PERCENT.name,
        "2020-21",
        100 * numerator / denominator,
        numerator=float(numerator),
        denominator=float(denominator),
    )


def value(measure: str, number: float) -> Figure:
    """A figure with a value alone."""
    return Figure(measure, "2020-21", number)


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (1020, 1021, "99.9%"),
        (575, 590, "97.5%"),
        (358, 454, "78.9%"),
        (1, 8, "13%"),
        (1, 200, "0.5%"),
        (1, 800, "0.1%"),
        (9999, 10000, "99.99%"),
        (1, 5000, "0.02%"),
        (98, 99, "99%"),
        (1, 99, "1%"),
        (0, 500, "0%"),
        (500, 500, "100%"),
    ],
)
def test_percentages_are_rounded_half_up_with_decimals_by_their_base(
    numerator: int, denominator: int, text: str
) -> None:
    """One decimal from a base of 100, none below, more where it would read 0 or 100."""
    assert show(percent(numerator, denominator), PERCENT) == text


@given(st.integers(1, 3_000_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_part_never_prints_as_all_or_none(pair: tuple[int, int]) -> None:
    """Never 100% where the numerator is less, never 0% where it is more than nothing."""
    numerator, denominator = pair
    text = show(percent(numerator, denominator), PERCENT)
    assert (text == "100%") == (numerator == denominator)
    assert (text == "0%") == (numerator == 0)


@given(st.integers(0, 5_000), st.integers(1, 5_000))
def test_a_printed_percentage_is_the_exact_one_rounded_half_up(part: int, rest: int) -> None:
    """Binary noise in the unrounded value never decides the last printed digit."""
    whole = part + rest
    printed = Decimal(show(percent(part, whole), PERCENT).rstrip("%"))
    exponent = printed.as_tuple().exponent
    assert isinstance(exponent, int)
    half = Decimal(5).scaleb(exponent - 1)
    exact = Decimal(part) * 100 / Decimal(whole)
    assert -half < printed - exact <= half


@given(st.integers(-10_000_000, 10_000_000))
def test_counts_print_whole_with_thousands_commas(number: int) -> None:
    """The printed count reads back as itself."""
    assert int(show(value("reviews.held", number), REGISTRY["reviews.held"]).replace(",", "")) == (
        number
    )


@pytest.mark.parametrize(
    ("measure", "number", "text"),
    [
        ("reviews.held", 1021, "1,021"),
        ("reviews.held_change", 7, "+7"),
        ("reviews.held_change", -7, "-7"),
        ("reviews.held_change", 0, "0"),
        ("reviews.per_child", 590 / 266, "2.2"),
        ("service.caseload", 58.45, "58.5"),
        ("service.in_post", 6, "6.0"),
        ("profile.rate", 69.5, "70"),
        ("challenge.alerts_per_100", 29.06, "29.1"),
        ("challenge.disputes_per_100", 0.04, "0.04"),
    ],
)
def test_each_unit_has_its_decimals(measure: str, number: float, text: str) -> None:
    """Counts whole, means and full-time equivalents with one decimal, changes with a sign."""
    assert show(value(measure, number), REGISTRY[measure]) == text


def test_a_change_of_100_per_cent_or_more_is_no_proportion() -> None:
    """A change may be 100 per cent and more, and bears its sign."""
    change = Figure(CHANGE.name, "2020-21", 150.0, numerator=3.0, denominator=2.0)
    assert show(change, CHANGE) == "+150%"
    assert size(Figure(CHANGE.name, "2020-21", -1.566, denominator=447.0), CHANGE) == "1.6%"


def test_a_percentage_comes_with_its_counts() -> None:
    """The counts follow in brackets; without counts there are no brackets."""
    assert share(percent(1020, 1021), PERCENT) == "99.9% (1,020 of 1,021)"
    assert counts_of(value(PERCENT.name, 50.0)) == ""


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.OK])
def test_what_has_no_value_prints_as_words_and_never_as_zero(status: Status) -> None:
    """No status prints as a number, in a table or in a sentence."""
    missing = value("reviews.held", 3).without_value(status)
    for text in (show(missing, REGISTRY["reviews.held"]), say(missing, REGISTRY["reviews.held"])):
        assert text
        assert not any(letter.isdigit() for letter in text)


def test_a_value_that_is_absent_without_a_reason_is_not_available() -> None:
    """NaN is never printed."""
    assert show(value("reviews.held", math.nan), REGISTRY["reviews.held"]) == "not available"


@given(st.floats(-1e6, 1e6))
def test_rounding_never_prints_a_negative_zero(number: float) -> None:
    """-0.0 reads as 0."""
    assert not str(rounded(number, 1)).startswith("-0.0")
