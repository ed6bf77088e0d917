"""Reviews: when each fell due, whether it was held in time, and what is overdue.

The clock: the first review is due 20 working days after care began, the second three months
after the first was held, each later one six months after the one before was held (Care
Planning, Placement and Case Review (England) Regulations 2010, reg 33). It runs from the day
on which the last review was held, not from the day on which it was due.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Any

import pandas as pd

from irostats.calendar import (
    ReportingYear,
    add_months,
    add_working_days,
    as_dates,
    latest_day_before,
    working_days_between,
)
from irostats.issues import Issue, Severity, per_file
from irostats.settings import Rules

UNKNOWN = 0
"""Sequence of a review of which it cannot be known whether it is the first, second or later."""
INTERVAL_DAYS = {3: 91, 6: 183}
"""Days that ``interval = "91_183_days"`` puts in place of three and six calendar months."""


class Judgement(StrEnum):
    """Whether a review was held by its due date."""

    ON_TIME = "on_time"
    LATE = "late"
    NOT_ASSESSABLE = "not_assessable"


@dataclass(frozen=True)
class Reviewed:
    """The reviews of children looked after, judged.

    Attributes:
        reviews: One row per review held while looked after: CHILD, REVIEW (date),
            REVIEW_CODE, period, sequence (0 unknown, 1, 2, 3 and up), due (NaT if not
            known), judgement, working_days_late.
        obligations: One row per due date: period, CHILD, sequence, due, met_on (date of the
            review that followed, NaT if none has). A due date does not exist if the period
            ended on or before it.
        incomplete: Periods whose reviews before the first return in use are not known:
            period, CHILD, first_review (NaT if none is in use).
        issues: Reviews that lie outside every period of care, or after the year.
    """

    reviews: pd.DataFrame
    obligations: pd.DataFrame
    incomplete: pd.DataFrame
    issues: tuple[Issue, ...]


def judge(
    reviews: pd.DataFrame,
    periods: pd.DataFrame,
    *,
    known_from: date,
    year: ReportingYear,
    rules: Rules,
    short_breaks: pd.DataFrame | None = None,
) -> Reviewed:
    """Place reviews in periods of care, and judge each by its due date.

    Args:
        reviews: The stacked Reviews table, each CHILD and REVIEW once.
        periods: ``Care.periods``.
        known_from: The first day from which all reviews are in use; of a period begun before
            it nobody can say which review is its first.
        year: The year reported on; later reviews are left out.
        rules: The authority's settings.
        short_breaks: Episodes under V3 or V4, to say why a review lies outside care.
    """
    placed, issues = _place(reviews, periods, year, short_breaks)
    merged = _merge_series(placed, rules)
    held = {
        int(str(period)): _certain(group) for period, group in merged.groupby("period")["REVIEW"]
    }
    clocks = [
        _Clock(
            period=period,
            child=child,
            start=start,
            end=end,
            complete=start_known and start >= known_from,
            held=held.get(period, []),
            rules=rules,
        )
        for period, child, start, end, start_known in zip(
            periods.index,
            periods["CHILD"],
            _certain(periods["start"]),
            as_dates(periods["end"]),
            periods["start_known"],
            strict=True,
        )
    ]
    judged = pd.DataFrame(
        [line for clock in clocks for line in clock.judged()], columns=list(_Judged.__annotations__)
    )
    return Reviewed(
        reviews=merged.merge(_typed(judged), on=["period", "REVIEW"], how="left"),
        obligations=_typed(
            pd.DataFrame(
                [line for clock in clocks for line in clock.obligations()],
                columns=list(_Due.__annotations__),
            )
        ),
        incomplete=_typed(
            pd.DataFrame(
                [
                    (clock.period, clock.child, clock.held[0] if clock.held else None)
                    for clock in clocks
                    if not clock.complete
                ],
                columns=["period", "CHILD", "first_review"],
            )
        ),
        issues=(*issues, *_never_reviewed(clocks, year, rules)),
    )


def due_dates_rule(start: date) -> dict[str, Any]:
    """The entry of ``review_rules.toml`` for care that began on ``start``."""
    applicable = [rule for rule in _rules() if rule["from"] <= start]
    return applicable[-1] if applicable else _rules()[0]


def first_due(start: date, rules: Rules) -> date:
    """When the first review of care begun on ``start`` falls due (reg 33(1))."""
    rule = due_dates_rule(start)["first"]
    if "working_days" not in rule:
        return start + timedelta(days=int(rule["calendar_days"]))
    if rules.first_review == "28_calendar_days":
        return start + timedelta(days=28)
    return add_working_days(start, int(rule["working_days"]), extra=rules.extra_holidays)


def next_due(start: date, last_held: date, sequence: int, rules: Rules) -> date:
    """When the review after one held on ``last_held`` falls due (reg 33(2)).

    Args:
        start: First day of the period of care.
        last_held: Date of the review before.
        sequence: Which review it is: 2 for the second, more or ``UNKNOWN`` for a later one.
        rules: The authority's settings.
    """
    months = int(due_dates_rule(start)["second" if sequence == 2 else "later"]["months"])
    if rules.interval == "91_183_days":
        return last_held + timedelta(days=INTERVAL_DAYS[months])
    return add_months(last_held, months)


@lru_cache(maxsize=1)
def _rules() -> list[dict[str, Any]]:
    text = resources.files("irostats").joinpath("review_rules.toml").read_text(encoding="utf-8")
    return sorted(tomllib.loads(text)["rule"], key=lambda rule: rule["from"])


def _certain(days: pd.Series[pd.Timestamp]) -> list[date]:
    return [day for day in as_dates(days) if day is not None]


class _Judged:
    period: int
    REVIEW: date
    sequence: int
    due: date
    judgement: str
    working_days_late: int


class _Due:
    period: int
    CHILD: str
    sequence: int
    due: date
    met_on: date


@dataclass(frozen=True, slots=True)
class _Clock:
    """The review clock of one period of care."""

    period: int
    child: str
    start: date
    end: date | None
    complete: bool
    held: Sequence[date]
    rules: Rules

    def due(self, index: int) -> date | None:
        """Due date of the review at ``index`` of those held, or of the next one after them."""
        if index == 0:
            return first_due(self.start, self.rules) if self.complete else None
        return next_due(self.start, self.held[index - 1], self.sequence(index), self.rules)

    def sequence(self, index: int) -> int:
        return index + 1 if self.complete else UNKNOWN

    def judged(self) -> Iterator[tuple[int, date, int, date | None, str, int]]:
        for index, held in enumerate(self.held):
            due = self.due(index)
            late = 0
            if due is None:
                judgement = Judgement.NOT_ASSESSABLE
            elif held <= due:
                judgement = Judgement.ON_TIME
            else:
                judgement = Judgement.LATE
                late = working_days_between(due, held, extra=self.rules.extra_holidays)
            yield self.period, held, self.sequence(index), due, judgement.value, late

    def obligations(self) -> Iterator[tuple[int, str, int, date, date | None]]:
        for index in range(len(self.held) + 1):
            due = self.due(index)
            if due is None or (self.end is not None and self.end <= due):
                continue
            met_on = self.held[index] if index < len(self.held) else None
            yield self.period, self.child, self.sequence(index), due, met_on


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    dates = frame.columns.intersection(["REVIEW", "due", "met_on", "first_review"])
    return frame.assign(
        **{name: pd.to_datetime(frame[name]).astype("datetime64[us]") for name in dates}
    )


def _place(
    reviews: pd.DataFrame,
    periods: pd.DataFrame,
    year: ReportingYear,
    short_breaks: pd.DataFrame | None,
) -> tuple[pd.DataFrame, list[Issue]]:
    """Give each review the period of care that holds its date."""
    later = reviews["REVIEW"] > pd.Timestamp(year.last_day)
    spans = periods.rename_axis("period").reset_index()[["period", "CHILD", "start", "end"]]
    matched = pd.merge_asof(
        reviews[~later].sort_values("REVIEW", kind="stable"),
        spans.sort_values("start", kind="stable"),
        left_on="REVIEW",
        right_on="start",
        by="CHILD",
    )
    inside = matched["period"].notna() & ~(matched["REVIEW"] > matched["end"])
    outside = matched[~inside]
    on_break = outside["CHILD"].isin([] if short_breaks is None else short_breaks["CHILD"])
    issues = [
        *per_file(
            outside[~on_break],
            severity=Severity.WARNING,
            rule="review-outside-care",
            table="reviews",
            message="{rows} outside every period of care of the child; not counted.",
            figures=("reviews", "participation"),
            next_step="Correct the review's date, or send the missing episodes.",
        ),
        *per_file(
            outside[on_break],
            severity=Severity.NOTE,
            rule="review-short-break",
            table="reviews",
            message="{rows} of short breaks (V3, V4), which have their own clock; not counted "
            "(DfE check 399).",
        ),
        *per_file(
            reviews[later],
            severity=Severity.NOTE,
            rule="review-after-year",
            table="reviews",
            message=f"{{rows}} dated after 31 March {year.end}; left out of this report.",
        ),
    ]
    kept = matched[inside].sort_values(["CHILD", "REVIEW"], ignore_index=True)
    return kept.assign(period=kept["period"].astype("int64")).drop(columns=["start", "end"]), issues


def _never_reviewed(clocks: Sequence[_Clock], year: ReportingYear, rules: Rules) -> list[Issue]:
    """Children long in care of whom no review at all is in use: none is overdue by a due date."""
    latest = latest_day_before(year.last_day, 20, extra=rules.extra_holidays)
    count = sum(
        1
        for clock in clocks
        if not clock.held
        and not clock.complete
        and clock.start <= latest
        and (clock.end is None or clock.end > year.last_day)
    )
    if not count:
        return []
    return [
        Issue(
            Severity.WARNING,
            "never-reviewed",
            f"{count:,} looked after on 31 March for at least 20 working days with no review in "
            "any return given. As their due dates are not known, they are not counted as overdue.",
            table="reviews",
            rows=count,
            figures=("reviews.overdue",),
            next_step="Check whether their reviews were held, and send them.",
        )
    ]


def _merge_series(placed: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Count a series of meetings once, at its first date, where the authority says so."""
    window = rules.merge_window_working_days
    if not window:
        return placed
    keep: list[bool] = []
    opened: tuple[int, date] | None = None
    for period, held in zip(placed["period"], _certain(placed["REVIEW"]), strict=True):
        goes_on = (
            opened is not None
            and opened[0] == period
            and working_days_between(opened[1], held, extra=rules.extra_holidays) <= window
        )
        keep.append(not goes_on)
        opened = opened if goes_on else (period, held)
    return placed[keep].reset_index(drop=True)
