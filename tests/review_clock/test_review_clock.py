"""Due dates, on time, not assessable, obligations: reg 33 of the 2010 Regulations."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from irostats.calendar import ReportingYear, add_months, add_working_days, as_dates
from irostats.review_clock import first_due, next_due
from irostats.reviews import Reviewed, judge
from irostats.settings import Rules

YEAR = ReportingYear(2021)


def judged(
    held: list[str | date],
    *,
    start: str | date = "2020-05-01",
    end: str | date | None = None,
    start_known: bool = True,
    known_from: date = date(2019, 4, 1),
    rules: Rules | None = None,
) -> Reviewed:
    """Judge the reviews of one child with one period of care."""
    periods = pd.DataFrame(
        {
            "CHILD": pd.Series(["A"], dtype="string"),
            "start": pd.to_datetime(pd.Series([start])).astype("datetime64[us]"),
            "end": pd.to_datetime(pd.Series([end])).astype("datetime64[us]"),
            "start_known": [start_known],
        }
    ).set_axis(pd.Index([1], name="period"))
    reviews = pd.DataFrame(
        {
            "CHILD": pd.Series(["A"] * len(held), dtype="string"),
            "REVIEW": pd.to_datetime(pd.Series(held, dtype="object")).astype("datetime64[us]"),
            "REVIEW_CODE": pd.Series(["PN1"] * len(held), dtype="string"),
            "FILE": "reviews.csv",
            "LINE": range(2, len(held) + 2),
        }
    )
    return judge(reviews, periods, known_from=known_from, year=YEAR, rules=rules or Rules())


def statuses(found: Reviewed) -> list[str]:
    return found.reviews["judgement"].tolist()


def test_the_first_review_is_due_after_20_working_days() -> None:
    """Care from 1 May 2020; 8 and 25 May are bank holidays, so 20 working days end 2 June."""
    assert first_due(date(2020, 5, 1), Rules()) == date(2020, 6, 2)
    assert statuses(judged(["2020-06-02"])) == ["on_time"]
    assert statuses(judged(["2020-06-03"])) == ["late"]


def test_care_begun_before_april_2011_has_28_days() -> None:
    """The older regulation gave four weeks for the first review."""
    assert first_due(date(2011, 3, 31), Rules()) == date(2011, 4, 28)
    assert first_due(date(2011, 4, 1), Rules()) == date(2011, 5, 5)


def test_the_clock_runs_from_the_day_the_last_review_was_held() -> None:
    """A late first review moves the second one's due date: three months from when it was held."""
    found = judged(["2020-06-10", "2020-09-10", "2021-03-10"])
    assert statuses(found) == ["late", "on_time", "on_time"]
    assert found.reviews["due"].dt.date.tolist() == [
        date(2020, 6, 2),
        date(2020, 9, 10),
        date(2021, 3, 10),
    ]


def test_lateness_is_counted_in_working_days() -> None:
    """Due on Tuesday 2 June, held on Monday 8 June: four working days late."""
    assert judged(["2020-06-08"]).reviews["working_days_late"].tolist() == [4]


def test_an_early_review_shortens_the_cycle() -> None:
    """The next interval runs from a review that was brought forward."""
    assert statuses(judged(["2020-05-20", "2020-06-01", "2020-12-02"])) == [
        "on_time",
        "on_time",
        "late",
    ]


def test_a_review_without_known_predecessor_is_never_late() -> None:
    """Of a period begun before the first return, the first review in use is not assessable."""
    found = judged(["2020-12-01", "2021-03-20"], start="2015-01-10", known_from=date(2020, 4, 1))
    assert statuses(found) == ["not_assessable", "on_time"]
    assert found.reviews["sequence"].tolist() == [0, 0]
    assert len(found.incomplete) == 1


def test_an_unknown_start_makes_the_first_review_not_assessable() -> None:
    """Without the first episode nobody knows when the clock started."""
    assert statuses(judged(["2020-08-01"], start_known=False)) == ["not_assessable"]


def test_an_obligation_belongs_to_its_due_date_and_may_be_met_early() -> None:
    """Each due date is one obligation, met by the next review held on or before it."""
    found = judged(["2020-05-20", "2020-09-01"])
    due = found.obligations
    assert list(zip(as_dates(due["due"]), as_dates(due["met_on"]), strict=True)) == [
        (date(2020, 6, 2), date(2020, 5, 20)),
        (date(2020, 8, 20), date(2020, 9, 1)),
        (date(2021, 3, 1), None),
    ]


def test_no_review_is_due_once_the_period_has_ended() -> None:
    """An end on the due date, or before it, leaves no obligation."""
    assert judged([], end="2020-06-02").obligations.empty
    assert len(judged([], end="2020-06-03").obligations) == 1


def test_authority_settings_change_the_rule() -> None:
    """28 days and 91/183 days where the authority's system counts so."""
    days = Rules(first_review="28_calendar_days", interval="91_183_days")
    assert first_due(date(2020, 5, 1), days) == date(2020, 5, 29)
    assert next_due(date(2020, 5, 1), date(2020, 6, 1), 2, days) == date(2020, 8, 31)
    assert next_due(date(2020, 5, 1), date(2020, 6, 1), 3, days) == date(2020, 12, 1)


def test_a_series_counts_once_only_where_the_authority_says_so() -> None:
    """Two meetings in a fortnight are two reviews, or one with its first date."""
    meetings: list[str | date] = ["2020-05-20", "2020-05-27", "2020-08-01"]
    assert len(judged(meetings).reviews) == 3
    merged = judged(meetings, rules=Rules(merge_window_working_days=10)).reviews
    assert merged["REVIEW"].dt.date.tolist() == [date(2020, 5, 20), date(2020, 8, 1)]


def test_nothing_to_merge_is_no_error() -> None:
    """An authority that merges series may have no review at all."""
    assert judged([], rules=Rules(merge_window_working_days=10)).reviews.empty


def test_reviews_outside_care_are_counted_in_an_issue() -> None:
    """A review before care began, or after it ended, is explained and moves nothing else."""
    found = judged(["2020-04-20", "2020-05-20", "2020-07-01", "2021-04-02"], end="2020-06-01")
    assert len(found.reviews) == 1
    assert {issue.rule: issue.rows for issue in found.issues} == {
        "review-outside-care": 2,
        "review-after-year": 1,
    }


@pytest.mark.parametrize("day", ["2020-05-01", "2020-06-01"])
def test_reviews_on_the_first_and_last_day_are_in_care(day: str) -> None:
    """Both ends of a period belong to it."""
    assert len(judged([day], end="2020-06-01").reviews) == 1


offsets = st.lists(st.integers(min_value=0, max_value=330), max_size=6, unique=True)


@given(offsets, st.booleans())
def test_the_clock_agrees_with_the_definition_written_out(days: list[int], known: bool) -> None:
    """Row by row from reg 33: whatever was held, each due date follows from the last review."""
    start = date(2020, 5, 1)
    held = sorted(start + timedelta(days=day) for day in days)
    found = judged(list(held), start=start, start_known=known)
    previous: date | None = None
    for number, (row, day) in enumerate(zip(found.reviews.itertuples(), held, strict=True), 1):
        if previous is None:
            due = add_working_days(start, 20) if known else None
        else:
            due = add_months(previous, 3 if known and number == 2 else 6)
        if due is None:
            assert row.judgement == "not_assessable"
        else:
            assert row.judgement == ("on_time" if day <= due else "late")
        previous = day
    late = (found.reviews["judgement"] == "late").sum()
    missed = (found.obligations["due"] < found.obligations["met_on"]).sum()
    assert late == missed


@given(offsets, st.integers(min_value=1, max_value=333))
def test_every_obligation_lies_within_care(days: list[int], length: int) -> None:
    """No due date exists on or after the end of the period."""
    start = date(2020, 5, 1)
    end = start + timedelta(days=length)
    held = sorted(start + timedelta(days=day) for day in days if day <= length)
    found = judged(list(held), start=start, end=end)
    assert (found.obligations["due"] < pd.Timestamp(end)).all()
    assert len(found.obligations) <= len(held) + 1
