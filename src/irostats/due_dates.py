"""Due dates of the case system, and how they and the return agree.

The service's table ``reviews_local`` may say when each review was due. Those dates judge the
reviews of the return that they match (same child, same day); what the return does not hold is
not counted, but told. Rows that were cancelled, or have no date of review, were not held.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from irostats import due_date_issues
from irostats.calendar import ReportingYear, as_dates
from irostats.issues import Issue
from irostats.reviews import Reviewed
from irostats.settings import Rules

KEY = ["CHILD", "REVIEW"]
MARKS = (
    "same",
    "earlier",
    "later",
    "newly_judged",
    "without_due_date",
    "judged_differently",
    "coded_differently",
)


@dataclass(frozen=True, slots=True)
class YearReconciled:
    """Reviews of one year in the return and in the service's table, in numbers.

    Of those in both, ``same``, ``earlier``, ``later``, ``newly_judged`` and ``without_due_date``
    add up to ``both``.

    Attributes:
        year: The year of the review.
        both: Reviews counted from the return that the service's table holds too.
        only_return: Reviews counted from the return alone.
        only_service: Reviews of children looked after on the day, in the service's table alone.
        same: The case system's due date is the one that follows from the return.
        earlier: It is earlier.
        later: It is later.
        newly_judged: It is given, and none follows from the return.
        without_due_date: It is not given.
        judged_differently: On time by one of the two due dates and late by the other.
        coded_differently: The participation codes differ; the return's counts.
    """

    year: ReportingYear
    both: int
    only_return: int
    only_service: int
    same: int
    earlier: int
    later: int
    newly_judged: int
    without_due_date: int
    judged_differently: int
    coded_differently: int


@dataclass(frozen=True)
class Reconciled:
    """How the return's reviews and the service's agree.

    Attributes:
        years: For each year for which the service keeps the table, oldest first.
        issues: Rows without a match, and due dates that differ, by file and line.
    """

    years: tuple[YearReconciled, ...]
    issues: tuple[Issue, ...]


def by_review(table: pd.DataFrame) -> pd.DataFrame:
    """The row of the service's table that speaks of each review, by CHILD and REVIEW.

    Args:
        table: ``reviews_local``, stacked, with ``child_id`` spelt as CHILD.

    Returns:
        The columns of ``table``, with CHILD and REVIEW for child and day; of several rows a
        held one before an adjourned one, then the last of the latest file.
    """
    dated = _not_cancelled(table)
    ordered = dated.assign(held=~dated["status"].eq("adjourned").fillna(value=False)).sort_values(
        [*KEY, "held", "YEAR", "LINE"], kind="stable"
    )
    return ordered.drop_duplicates(KEY, keep="last").drop(columns="held").reset_index(drop=True)


def given(table: pd.DataFrame, rules: Rules) -> Mapping[str, Mapping[date, date]]:
    """Due dates to judge by: for each child, by the day of the review.

    Empty if the authority counts by the return alone.
    """
    if rules.due_dates != "service":
        return {}
    rows = by_review(table).dropna(subset=["due_date"])
    found: dict[str, dict[date, date]] = {}
    for child, held, due in zip(
        rows["CHILD"], as_dates(rows["REVIEW"]), as_dates(rows["due_date"]), strict=True
    ):
        if held is not None and due is not None:
            found.setdefault(child, {})[held] = due
    return found


def reconcile(
    table: pd.DataFrame,
    reviewed: Reviewed,
    *,
    returned: pd.DataFrame,
    children: Collection[str],
    periods: pd.DataFrame,
    kept: Collection[ReportingYear],
    rules: Rules,
) -> Reconciled:
    """Compare the service's table with the return's reviews.

    Args:
        table: ``reviews_local``, stacked.
        reviewed: The return's reviews, judged.
        returned: The stacked Reviews table as sent, to tell what the return lacks from what was
            left out of it.
        children: Every CHILD of the Header.
        periods: ``Care.periods``.
        kept: The years in use for which the service keeps the table.
        rules: The authority's settings.
    """
    local = by_review(table)
    columns = [*KEY, "due_date", "participation", "FILE", "LINE"]
    both = reviewed.reviews.merge(
        local[columns], on=KEY, how="left", suffixes=("", "_local"), indicator=True
    )
    both = both[_in_years(both["REVIEW"], kept)]
    only_return = both[both["_merge"] == "left_only"]
    both = both[both["_merge"] == "both"].drop(columns="_merge")
    unmatched = _unmatched(local, returned, children, periods)
    unmatched = unmatched[_in_years(unmatched["REVIEW"], kept)]
    compared = _compared(both)
    lacking = unmatched[unmatched["why"] == "lacking"]
    return Reconciled(
        years=tuple(
            _year(year, *(_of(rows, year) for rows in (compared, only_return, lacking)))
            for year in sorted(kept)
        ),
        issues=(
            *due_date_issues.unmatched(unmatched, only_return),
            *due_date_issues.repeated(_not_cancelled(table)),
            *due_date_issues.differing(compared, rules),
        ),
    )


def _not_cancelled(table: pd.DataFrame) -> pd.DataFrame:
    renamed = table.rename(columns={"child_id": "CHILD", "review_date": "REVIEW"})
    cancelled = renamed["status"].eq("cancelled").fillna(value=False)
    return renamed[renamed["REVIEW"].notna() & ~cancelled]


def _in_years(days: pd.Series[pd.Timestamp], years: Collection[ReportingYear]) -> pd.Series[bool]:
    inside = pd.Series(data=False, index=days.index)
    for year in years:
        inside |= days.between(pd.Timestamp(year.first_day), pd.Timestamp(year.last_day))
    return inside


def _of(rows: pd.DataFrame, year: ReportingYear) -> pd.DataFrame:
    return rows[_in_years(rows["REVIEW"], (year,))]


def _compared(both: pd.DataFrame) -> pd.DataFrame:
    """Matched reviews, with what the two due dates and codes say of each other."""
    theirs, ours, held = both["due_date"], both["derived_due"], both["REVIEW"]
    two = theirs.notna() & ours.notna()
    codes = both["participation"].str.strip().str.upper()
    coded = codes.notna() & both["REVIEW_CODE"].notna() & codes.ne(both["REVIEW_CODE"])
    return both.assign(
        same=two & (theirs == ours),
        earlier=two & (theirs < ours),
        later=two & (theirs > ours),
        newly_judged=theirs.notna() & ours.isna(),
        without_due_date=theirs.isna(),
        judged_differently=two & ((held <= theirs) != (held <= ours)),
        coded_differently=coded.fillna(value=False).astype(bool),
    )


def _year(
    year: ReportingYear, both: pd.DataFrame, only_return: pd.DataFrame, lacking: pd.DataFrame
) -> YearReconciled:
    counts = {mark: int(both[mark].sum()) for mark in MARKS}
    return YearReconciled(year, len(both), len(only_return), len(lacking), **counts)


def _unmatched(
    local: pd.DataFrame,
    returned: pd.DataFrame,
    children: Collection[str],
    periods: pd.DataFrame,
) -> pd.DataFrame:
    """Rows of the service whose review no return holds, and ``why``.

    An adjourned meeting is no review that the return lacks: the review was finished later.
    """
    finished = local[~local["status"].eq("adjourned").fillna(value=False)]
    sent = pd.MultiIndex.from_frame(returned[KEY])
    rows = finished[~pd.MultiIndex.from_frame(finished[KEY]).isin(sent)]
    placed = rows[KEY].reset_index().merge(periods[["CHILD", "start", "end"]], on="CHILD")
    inside = (placed["start"] <= placed["REVIEW"]) & ~(placed["end"] < placed["REVIEW"])
    cared_for = rows.index.isin(placed.loc[inside, "index"])
    why = pd.Series("elsewhere", index=rows.index).mask(cared_for, "lacking")
    why = why.mask(~rows["CHILD"].isin(children), "unknown")
    short = rows["type"].eq("short_break").fillna(value=False)
    return rows.assign(why=why.mask(short, "short_break"))
