"""Monitoring: checks between reviews, plans, allocation, time limits, audits (F1-F3, B13-B14)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.derive import Derived
from irostats.figures import Figure, Status
from irostats.measures.counting import Section
from irostats.measures.definitions.monitoring import (
    INTERVAL_MONTHS,
    MEASURES,
    PLAN,
    RELATIONS,
    SECTION,
)
from irostats.measures.monitoring_steps import allocation, share, steps
from irostats.registry import TOTAL
from irostats.service import TABLES

__all__ = ["MEASURES", "RELATIONS", "SECTION", "compute"]

INTERVALS = tuple(f"monitoring.midpoint_{name}" for name in ("due", "done", "percent"))
CHILDREN = ("monitoring.midpoint_children", "monitoring.midpoint_children_percent")
PLANS = tuple(
    f"monitoring.plans{part}"
    for part in ("", "_up_to_date", "_out_of_date", "_not_recorded", "_percent")
)


def compute(derived: Derived, year: ReportingYear) -> Iterator[Figure]:
    """Figures of the section for one year."""
    make = Section(MEASURES, year)
    yield from _midpoint(derived, make)
    yield from _plans(derived, make)
    yield from allocation(derived, make)
    yield from steps(derived, make)
    yield from _audits(derived, make)


def _within(days: pd.Series[pd.Timestamp], year: ReportingYear) -> pd.Series[bool]:
    return days.between(pd.Timestamp(year.first_day), pd.Timestamp(year.last_day))


def _midpoint(derived: Derived, make: Section) -> Iterator[Figure]:
    records, year = derived.records, make.year
    if not records.service_kept("midpoint", year):
        missing = records.service_missing("midpoint", year)
        yield from make.all_missing((*INTERVALS, *CHILDREN), missing)
        return
    checks = records.service.tables["midpoint"]
    children = derived.looked_after(year)["CHILD"]
    checked = children.isin(checks.loc[_within(checks["date"], year), "child_id"])
    yield make.value(CHILDREN[0], int(checked.sum()))
    yield make.ratio(CHILDREN[1], int(checked.sum()), len(children))
    if not (
        records.reviews_kept(year.previous) and records.service_kept("midpoint", year.previous)
    ):
        # Intervals begin in the year before, and so do checks half-way.
        yield from make.all_missing(INTERVALS, Status.NOT_ASSESSABLE)
        return
    due = _intervals(derived.reviewed.reviews, year)
    done = _checked(due, checks)
    yield make.value(INTERVALS[0], len(due))
    yield make.value(INTERVALS[1], done)
    yield make.ratio(INTERVALS[2], done, len(due))


def _intervals(reviews: pd.DataFrame, year: ReportingYear) -> pd.DataFrame:
    """Intervals long enough for a check that ended in the year: CHILD, earlier, later."""
    ordered = reviews.sort_values(["period", "REVIEW"])
    earlier = ordered.groupby("period")["REVIEW"].shift()
    long_enough = earlier + pd.DateOffset(months=INTERVAL_MONTHS) <= ordered["REVIEW"]
    spans = ordered.assign(earlier=earlier, later=ordered["REVIEW"])
    return spans.loc[long_enough & _within(ordered["REVIEW"], year), ["CHILD", "earlier", "later"]]


def _checked(due: pd.DataFrame, checks: pd.DataFrame) -> int:
    """How many of the intervals hold a check between their reviews."""
    pairs = due.reset_index(names="interval").merge(checks, left_on="CHILD", right_on="child_id")
    between = (pairs["earlier"] < pairs["date"]) & (pairs["date"] < pairs["later"])
    return int(pairs.loc[between, "interval"].nunique())


def _plans(derived: Derived, make: Section) -> Iterator[Figure]:
    if not derived.records.service_kept("plans", make.year):
        yield from make.all_missing(PLANS, derived.records.service_missing("plans", make.year))
        return
    rows = derived.records.service_rows("plans", make.year)
    seen = rows[_within(rows["review_date"], make.year)]
    seen = seen.drop_duplicates(list(TABLES["plans"].columns))
    for key in (TOTAL, *PLAN.categories):
        where = {"breakdown": TOTAL if key == TOTAL else PLAN.name, "category": key}
        said = seen.loc[seen["plan"].eq(key) | (key == TOTAL), "up_to_date"]
        counts = (int(said.eq("yes").sum()), int(said.eq("no").sum()), int(said.isna().sum()))
        for name, count in zip(PLANS, (len(said), *counts), strict=False):
            yield make.value(name, count, **where)
        yield share(make, PLANS[-1], *counts, breakdown=where["breakdown"], category=key)


def _audits(derived: Derived, make: Section) -> Iterator[Figure]:
    name = "monitoring.audits"
    if not derived.records.service_kept("audits", make.year):
        yield from make.all_missing((name,), derived.records.service_missing("audits", make.year))
        return
    rows = derived.records.service_rows("audits", make.year)
    done = rows[_within(rows["date"], make.year)]
    yield make.value(name, len(done))
    yield from make.counts(name, "grade", done["grade"].fillna("not_recorded"))
    yield from make.counts(name, "type", _types(done["type"]))


def _types(words: pd.Series[str]) -> pd.Series[str]:
    """What was audited: a category where the words are its name, else other."""
    plain = words.str.lower().str.replace(r"[\s_-]+", "_", regex=True).str.removesuffix("s")
    known = ("review_record", "observation", "case_file", "care_plan")
    return plain.where(plain.isin(known), "other").mask(words.isna(), "not_recorded")
