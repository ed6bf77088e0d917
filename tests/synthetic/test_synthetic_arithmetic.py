"""The generator's own calendar and quotas."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irostats.synthetic.model import stream
from irostats.synthetic.quotas import QuotaError, deal, spread, whole_numbers
from irostats.synthetic.workdays import (
    add_months,
    age_on,
    is_working_day,
    reporting_year,
    working_day_on_or_after,
    working_day_on_or_before,
    working_days_after,
    year_end,
    year_start,
)

WEIGHTS = st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(1, 50), min_size=1)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2011, 4, 29), False),
        (date(2012, 6, 5), False),
        (date(2020, 5, 8), False),
        (date(2020, 5, 4), True),
        (date(2018, 12, 24), True),
        (date(2018, 12, 25), False),
        (date(2019, 3, 30), False),
    ],
)
def test_bank_holidays_of_england_are_no_working_days(day: date, works: bool) -> None:
    """The royal wedding, the jubilee and the moved May bank holiday are known."""
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2018, 10, 1), date(2018, 10, 29)),
        (date(2018, 9, 29), date(2018, 10, 26)),
        (date(2011, 4, 20), date(2011, 5, 24)),
    ],
)
def test_twentieth_working_day_counts_from_the_day_after(start: date, due: date) -> None:
    """The start is day 0, also on a weekend; Easter and the royal wedding are skipped."""
    assert working_days_after(start, 20) == due


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2018, 11, 30), 3, date(2019, 2, 28)),
        (date(2019, 11, 30), 3, date(2020, 2, 29)),
        (date(2018, 8, 31), 6, date(2019, 2, 28)),
        (date(2018, 10, 15), 6, date(2019, 4, 15)),
    ],
)
def test_months_are_clipped_to_the_end_of_a_shorter_month(
    day: date, months: int, later: date
) -> None:
    """Three months after 30 November is the last day of February."""
    assert add_months(day, months) == later


@given(st.dates(date(2009, 1, 1), date(2021, 12, 31)))
def test_nearest_working_days_enclose_a_day(day: date) -> None:
    """On or before and on or after agree exactly on working days."""
    before, after = working_day_on_or_before(day), working_day_on_or_after(day)
    assert before <= day <= after
    assert (before == day) == (after == day) == is_working_day(day)


@given(st.dates(date(2009, 1, 1), date(2021, 12, 31)))
def test_a_day_lies_in_its_reporting_year(day: date) -> None:
    """A reporting year runs from 1 April to 31 March."""
    label = reporting_year(day)
    assert year_start(label) <= day <= year_end(label)


def test_age_changes_on_the_birthday() -> None:
    """Completed years rise on the birthday, not the day before."""
    assert age_on(date(2014, 5, 6), date(2018, 5, 5)) == 3
    assert age_on(date(2014, 5, 6), date(2018, 5, 6)) == 4


@given(WEIGHTS, st.integers(0, 500))
def test_whole_numbers_sum_to_the_total(weights: dict[str, int], total: int) -> None:
    """Largest remainders give the total, each share within one of its exact value."""
    counts = whole_numbers(weights, total)
    assert sum(counts.values()) == total
    scale = sum(weights.values())
    assert all(abs(counts[key] - total * weights[key] / scale) < 1 for key in weights)


@given(WEIGHTS)
def test_dealing_uses_each_category_as_often_as_asked(counts: dict[str, int]) -> None:
    """Every item gets one category; the counts come out exactly."""
    items = list(range(sum(counts.values())))
    dealt = deal(items, counts, stream("deal"))
    assert sorted(item for item, _ in dealt) == items
    assert all(sum(c == key for _, c in dealt) == n for key, n in counts.items())


def test_dealing_prefers_what_fits() -> None:
    """Those that can take a scarce category get it."""
    dealt = dict(
        deal(
            [1, 2, 3, 10, 11],
            {"large": 2, "any": 3},
            stream("fit"),
            lambda item, category: 1.0 if category == "any" or item >= 10 else -1.0,
        )
    )
    assert {item for item, category in dealt.items() if category == "large"} == {10, 11}


@pytest.mark.parametrize("counts", [{"a": 3}, {"a": 3, "b": -1}])
def test_dealing_refuses_counts_that_do_not_add_up(counts: dict[str, int]) -> None:
    """Too many places, or fewer than none, is an error."""
    with pytest.raises(QuotaError):
        deal([1, 2], counts, stream("refuse"))


def test_dealing_refuses_what_nobody_can_take() -> None:
    """A category that too few items suit is an error, not a bad fit."""
    with pytest.raises(QuotaError, match="too few"):
        deal([1, 2], {"a": 2}, stream("none"), lambda item, _: 1.0 if item == 1 else -1.0)


@given(WEIGHTS, st.data())
def test_stayers_fit_into_both_dates(now: dict[str, int], data: st.DataObject) -> None:
    """No category of those who stay exceeds either date's."""
    before = {key: data.draw(st.integers(0, 60), label=key) for key in now}
    most = sum(min(n, before[key]) for key, n in now.items())
    stayers = data.draw(st.integers(0, most))
    kept = spread(now, before, stayers)
    assert sum(kept.values()) == stayers
    assert all(0 <= n <= min(now[key], before[key]) for key, n in kept.items())


def test_more_stayers_than_can_be_is_an_error() -> None:
    """Two dates cannot share more children than their categories overlap."""
    with pytest.raises(QuotaError):
        spread({"a": 2, "b": 1}, {"a": 1, "b": 1}, 3)
