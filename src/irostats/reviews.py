"""Reviews: placed in periods of care, and judged by the clock of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from irostats.calendar import (
    ReportingYear,
    as_dates,
    latest_day_before,
    working_days_between,
)
from irostats.issues import Issue, Severity, per_file
from irostats.review_clock import Clock, Due, Judged
from irostats.settings import Rules

DATES = ["REVIEW", "due", "derived_due", "met_on", "first_review"]


@dataclass(frozen=True)
class Reviewed:
    """The reviews of children looked after, judged.

    Attributes:
        reviews: One row per review held while looked after: CHILD, REVIEW (date),
            REVIEW_CODE, period, sequence (0 unknown, 1, 2, 3 and up), due (NaT if not
            known), judgement, working_days_late, derived_due (by the return alone).
        obligations: One row per due date: period, CHILD, sequence, due, met_on (date of the
            review that followed, NaT if none has). A due date does not exist if the period
            ended on or before it.
        incomplete: Periods whose reviews before the first return in use are not known, so that
            nobody can say when the first in use was due: period, CHILD, first_review (NaT if
            none is in use).
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
    given: Mapping[str, Mapping[date, date]] | None = None,
) -> Reviewed:
    """Place reviews in periods of care, and judge each by its due date.

    Args:
        reviews: The stacked Reviews table, each CHILD and REVIEW once.
        periods: ``Care.periods``.
        known_from: The first day from which all reviews are in use; of a period begun before
            it nobody can say which review is its first. Reviews before it are left out: others
            may have followed them.
        year: The year reported on; later reviews are left out.
        rules: The authority's settings.
        short_breaks: Episodes under V3 or V4, to say why a review lies outside care.
        given: Due dates of the case system, by child and day of the review.
    """
    placed, issues = _place(reviews, periods, known_from, year, short_breaks)
    merged = _merge_series(placed, rules)
    clocks = _clocks(merged, periods, known_from, rules, given or {})
    judged = [line for clock in clocks for line in clock.judged()]
    due = [line for clock in clocks for line in clock.obligations()]
    unknown = [
        (clock.period, clock.child, clock.held[0] if clock.held else None)
        for clock in clocks
        if not clock.complete and clock.due(0) is None
    ]
    return Reviewed(
        reviews=merged.merge(_typed(judged, Judged._fields), on=["period", "REVIEW"], how="left"),
        obligations=_typed(due, Due._fields),
        incomplete=_typed(unknown, ("period", "CHILD", "first_review")),
        issues=(*issues, *_never_reviewed(clocks, year, rules)),
    )


def _clocks(
    merged: pd.DataFrame,
    periods: pd.DataFrame,
    known_from: date,
    rules: Rules,
    given: Mapping[str, Mapping[date, date]],
) -> list[Clock]:
    held = {
        int(str(period)): _certain(group) for period, group in merged.groupby("period")["REVIEW"]
    }
    return [
        Clock(
            period=period,
            child=child,
            start=start,
            end=end,
            complete=start_known and start >= known_from,
            held=held.get(period, []),
            rules=rules,
            given=given.get(child, {}),
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


def _certain(days: pd.Series[pd.Timestamp]) -> list[date]:
    return [day for day in as_dates(days) if day is not None]


def _typed(rows: Sequence[tuple[object, ...]], columns: tuple[str, ...]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(columns))
    dates = frame.columns.intersection(DATES)
    return frame.assign(
        **{name: pd.to_datetime(frame[name]).astype("datetime64[us]") for name in dates}
    )


def _place(
    reviews: pd.DataFrame,
    periods: pd.DataFrame,
    known_from: date,
    year: ReportingYear,
    short_breaks: pd.DataFrame | None,
) -> tuple[pd.DataFrame, list[Issue]]:
    """Give each review the period of care that holds its date."""
    later = reviews["REVIEW"] > pd.Timestamp(year.last_day)
    before = reviews["REVIEW"] < pd.Timestamp(known_from)
    spans = periods.rename_axis("period").reset_index()[["period", "CHILD", "start", "end"]]
    matched = pd.merge_asof(
        reviews[~later & ~before].sort_values("REVIEW", kind="stable"),
        spans.sort_values("start", kind="stable"),
        left_on="REVIEW",
        right_on="start",
        by="CHILD",
    )
    inside = matched["period"].notna() & ~(matched["REVIEW"] > matched["end"])
    issues = [
        *_left_out(matched[~inside], reviews[later], year, short_breaks),
        *_before_known(reviews[before], known_from),
    ]
    kept = matched[inside].sort_values(["CHILD", "REVIEW"], ignore_index=True)
    return kept.assign(period=kept["period"].astype("int64")).drop(columns=["start", "end"]), issues


def _left_out(
    outside: pd.DataFrame,
    later: pd.DataFrame,
    year: ReportingYear,
    short_breaks: pd.DataFrame | None,
) -> list[Issue]:
    on_break = outside["CHILD"].isin([] if short_breaks is None else short_breaks["CHILD"])
    return [
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
            later,
            severity=Severity.NOTE,
            rule="review-after-year",
            table="reviews",
            message=f"{{rows}} dated after 31 March {year.end}; left out of this report.",
        ),
    ]


def _before_known(rows: pd.DataFrame, known_from: date) -> list[Issue]:
    return per_file(
        rows,
        severity=Severity.NOTE,
        rule="review-before-known",
        table="reviews",
        message=f"{{rows}} before 1 April {known_from.year}, when the Reviews tables in use "
        "begin; left out, as others may be missing.",
        figures=("reviews",),
        next_step="Give earlier returns with their Reviews tables.",
    )


def _never_reviewed(clocks: Sequence[Clock], year: ReportingYear, rules: Rules) -> list[Issue]:
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
    # A plain empty list would choose no columns instead of no rows.
    return placed[pd.Series(keep, placed.index, dtype=bool)].reset_index(drop=True)
