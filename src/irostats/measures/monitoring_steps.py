"""Time limits: an IRO for each child, and the papers of each review (B13-B14)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from irostats.calendar import working_days_after
from irostats.care import begun_in
from irostats.derive import Derived
from irostats.figures import Figure, Status
from irostats.measures.counting import Section
from irostats.measures.definitions.monitoring_steps import ALLOCATION_DAYS, STEPS, Step
from irostats.registry import TOTAL
from irostats.service import TABLES

ALLOCATION = ("allocation_due", *(f"allocated_{p}" for p in ("in_time", "later", "not_recorded")))
PARTS = ("in_time", "later", "not_recorded", "percent")


def allocation(derived: Derived, make: Section) -> Iterator[Figure]:
    """Children who became looked after, and whether an IRO was allocated in time."""
    names = tuple(f"monitoring.{name}" for name in (*ALLOCATION, "allocated_percent"))
    if not derived.records.service_kept("iro_allocation", make.year):
        missing = derived.records.service_missing("iro_allocation", make.year)
        yield from make.all_missing(names, missing)
        return
    rows = derived.records.service_rows("iro_allocation", make.year)
    dated = rows.assign(day=rows["allocated_on"].fillna(rows["start"]))
    if len(dated) and dated["day"].isna().all():
        yield from make.all_missing(names, Status.NOT_RECORDED)
        return
    due = _due(derived, make)
    day = _allocated_on(due, dated[dated["day"].notna()])
    in_time = int((day <= due["due"]).sum())
    not_recorded = int(day.isna().sum())
    counts = (len(due), in_time, len(due) - in_time - not_recorded, not_recorded)
    for name, count in zip(names, counts, strict=False):
        yield make.value(name, count)
    yield make.ratio(names[-1], in_time, len(due))


def _due(derived: Derived, make: Section) -> pd.DataFrame:
    """Periods known to have begun in the year that outlasted their fifth working day by its end."""
    begun = begun_in(derived.care.periods, make.year)
    known = begun[begun["start_known"].astype(bool)]
    extra = derived.records.authority.rules.extra_holidays
    due = working_days_after(known["start"], ALLOCATION_DAYS, extra=extra)
    passed = (due <= pd.Timestamp(make.year.last_day)) & ~(known["end"] <= due)
    return known.assign(due=due)[passed]


def _allocated_on(due: pd.DataFrame, allocations: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    """The first day of allocation that concerns each period; NaT where there is none."""
    pairs = due.rename_axis("period").reset_index()[["period", "CHILD", "start", "end"]]
    joined = pairs.merge(
        allocations[["child_id", "day", "end"]],
        left_on="CHILD",
        right_on="child_id",
        suffixes=("", "_allocated"),
    )
    concerns = ~(joined["day"] > joined["end"]) & ~(joined["end_allocated"] < joined["start"])
    return joined[concerns].groupby("period")["day"].min().reindex(due.index)


def steps(derived: Derived, make: Section) -> Iterator[Figure]:
    """Reports, decisions and records of reviews, each in time, later or not recorded."""
    names = tuple(f"monitoring.{step.key}_{part}" for step in STEPS for part in PARTS)
    if not derived.records.service_kept("reviews_local", make.year):
        missing = derived.records.service_missing("reviews_local", make.year)
        yield from make.all_missing(("monitoring.reviews", *names), missing)
        return
    held = _held(derived, make)
    yield make.value("monitoring.reviews", len(held))
    for step in STEPS:
        yield from _step(derived, make, held, step)


def _held(derived: Derived, make: Section) -> pd.DataFrame:
    """Reviews that the year's own table holds as held in the year; a row sent twice once."""
    rows = derived.records.service_rows("reviews_local", make.year)
    in_year = rows["review_date"].between(
        pd.Timestamp(make.year.first_day), pd.Timestamp(make.year.last_day)
    )
    held = rows["status"].fillna("held").eq("held")
    counted = rows["type"].fillna("").ne("short_break")
    return rows[in_year & held & counted].drop_duplicates(list(TABLES["reviews_local"].columns))


def _step(derived: Derived, make: Section, held: pd.DataFrame, step: Step) -> Iterator[Figure]:
    extra = derived.records.authority.rules.extra_holidays
    day, review = held[step.column], held["review_date"]
    if step.before:
        recorded = day.notna()
        in_time = working_days_after(day, step.days, extra=extra) <= review
    else:
        recorded = day >= review
        in_time = recorded & (day <= working_days_after(review, step.days, extra=extra))
    counts = (int(in_time.sum()), int((recorded & ~in_time).sum()), int((~recorded).sum()))
    for part, count in zip(PARTS, counts, strict=False):
        yield make.value(f"monitoring.{step.key}_{part}", count)
    yield share(make, f"monitoring.{step.key}_percent", *counts)


def share(
    make: Section,
    name: str,
    yes: int,
    no: int,
    not_recorded: int,
    *,
    breakdown: str = TOTAL,
    category: str = TOTAL,
) -> Figure:
    """``yes`` of what is recorded; not recorded where there is something and nothing of it is."""
    if not_recorded and not yes + no:
        return make.missing(name, Status.NOT_RECORDED, breakdown=breakdown, category=category)
    return make.ratio(name, yes, yes + no, breakdown=breakdown, category=category)
