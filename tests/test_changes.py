"""The rule by which a figure is called higher, lower or similar."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irostats.changes import Course, change
from irostats.figures import Figure, Status
from irostats.intervals import newcombe, rate_ratio, wilson
from irostats.registry import Measure, Unit

COUNT = Measure("reviews.held", "Held", "Held.")
PERCENT = Measure("reviews.on_time_percent", "On time", "On time.", Unit.PERCENT)
RATE = Measure("profile.rate", "Rate", "Rate.", Unit.RATE)


def count(value: float) -> Figure:
    return Figure(COUNT.name, "2020-21", value)


def percent(numerator: float, denominator: float) -> Figure:
    return Figure(
        PERCENT.name,
        "2020-21",
        100 * numerator / denominator,
        numerator=numerator,
        denominator=denominator,
    )


@pytest.mark.parametrize(
    ("now", "before", "course"),
    [
        (101, 100, Course.SIMILAR),
        (102, 100, Course.ROSE),
        (98, 100, Course.FELL),
        (5, 5, Course.SAME),
        (3, 0, Course.ROSE),
        (0, 3, Course.FELL),
    ],
)
def test_counts_are_similar_under_two_per_cent(now: float, before: float, course: Course) -> None:
    """A count rises or falls from two per cent on; from nothing, any count is a rise."""
    found = change(count(now), count(before), COUNT)
    assert found is not None
    assert found.course is course


@pytest.mark.parametrize(
    ("now", "before", "course"),
    [
        # 97.5% of 590 against 91.7% of 600: the interval of the difference is far from 0.
        ((575, 590), (550, 600), Course.ROSE),
        ((550, 600), (575, 590), Course.FELL),
        # 6 points on 20 reviews each are chance.
        ((18, 20), (17, 20), Course.SIMILAR),
        # Surely different, but by less than a point.
        ((99_900, 100_000), (99_500, 100_000), Course.SIMILAR),
    ],
)
def test_percentages_need_an_interval_and_a_point(
    now: tuple[int, int], before: tuple[int, int], course: Course
) -> None:
    """A percentage moved only if chance does not explain it and it moved by a point."""
    found = change(percent(*now), percent(*before), PERCENT)
    assert found is not None
    assert found.course is course


def test_a_rate_is_judged_by_the_ratio() -> None:
    """Twice as many in the same population is a rise; one more is not."""
    now = Figure(RATE.name, "2021-03-31", 40, numerator=200, denominator=50_000)
    before = Figure(RATE.name, "2020-03-31", 20, numerator=100, denominator=50_000)
    alike = Figure(RATE.name, "2020-03-31", 39, numerator=195, denominator=50_000)
    risen, similar = change(now, before, RATE), change(now, alike, RATE)
    assert risen is not None
    assert risen.course is Course.ROSE
    assert similar is not None
    assert similar.course is Course.SIMILAR


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.OK])
def test_what_has_no_value_is_not_compared(status: Status) -> None:
    """Neither a hidden nor a missing figure has a change."""
    hidden = count(3).without_value(status)
    assert change(count(5), hidden, COUNT) is None
    assert change(hidden, count(5), COUNT) is None


@given(n=st.integers(1, 500), m=st.integers(1, 500), x=st.floats(0, 1), y=st.floats(0, 1))
def test_newcombe_holds_the_difference(n: int, m: int, x: float, y: float) -> None:
    """The interval holds the difference, mirrors when the years are swapped, and stays in 100."""
    a, b = round(x * n), round(y * m)
    low, high = newcombe(a, n, b, m)
    difference = 100 * a / n - 100 * b / m
    assert low - 1e-9 <= difference <= high + 1e-9
    assert newcombe(b, m, a, n) == pytest.approx((-high, -low))
    assert max(abs(low), abs(high)) <= 100 + 1e-9


def test_newcombe_with_nobody_is_as_the_paper_has_it() -> None:
    """Newcombe (1998), table II, method 10: 10 of 10 against 0 of 10 is 0.6075 to 1."""
    assert newcombe(10, 10, 0, 10) == pytest.approx((60.75, 100), abs=0.01)
    assert wilson(0, 10)[0] == 0


def test_a_ratio_of_nothing_to_nothing_has_no_interval() -> None:
    """No event in either year says nothing; one event leaves the ratio open above."""
    assert rate_ratio(0, 100, 0, 100) is None
    limits = rate_ratio(4, 100, 0, 100)
    assert limits is not None
    assert limits[1] == math.inf
