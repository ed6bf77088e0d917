"""Checks between reviews, plans, steps around a review, allocation, audits: computed plainly."""

from __future__ import annotations

from datetime import date

from authorities import (
    NOT_ASSESSABLE,
    NOT_RECORDED,
    TOTAL,
    Plain,
    Row,
    last_day,
    missing,
    number,
    ratio,
)
from plain_care import Period, PlainCare, care
from plain_reviewed import Reviewed, reviewed
from plain_tables import (
    Cells,
    day,
    extra_holidays,
    in_use,
    in_year,
    kept,
    months_after,
    once,
    own,
    text,
    total,
    why_missing,
    working_day_after,
)

PLANS = ("care", "pathway", "pep", "health")
UP_TO_DATE = {"yes": "up_to_date", "no": "out_of_date", None: "not_recorded"}
GRADES = ("outstanding", "good", "requires_improvement", "inadequate", "not_recorded")
TYPES = ("review_record", "observation", "case_file", "care_plan", "other", "not_recorded")
AFTER = {
    "decisions": ("decisions_sent", 5),
    "record": ("record_completed", 15),
    "record_sent": ("record_sent", 20),
}
PARTS = ("in_time", "later", "not_recorded")


def figures(plain: Plain, end: int) -> Cells:
    """Each cell of the section in the year that ends in ``end``."""
    cared = care(plain)
    tables = {
        "midpoint": _midpoint(plain, cared, end),
        "plans": _plans(plain, end),
        "iro_allocation": _allocation(plain, cared, end),
        "reviews_local": _steps(plain, end),
        "audits": _audits(plain, end),
    }
    found: Cells = {}
    for table, cells in tables.items():
        gone = dict.fromkeys(cells, why_missing(plain, table, end))
        found |= cells if kept(plain, table, end) else gone
    return found


def _midpoint(plain: Plain, cared: PlainCare, end: int) -> Cells:
    found = reviewed(plain, cared)
    checks = [(row["child_id"], day(row, "date")) for row in in_use(plain, "midpoint")]
    intervals = _intervals(found, end)
    done = sum(
        any(child == one and when and first < when < later for one, when in checks)
        for child, first, later in intervals
    )
    here = cared.looked_after(end)
    checked = {child for child, when in checks if in_year(when, end) and child in here}
    of_intervals: Cells = {
        total("monitoring.midpoint_due"): number(len(intervals)),
        total("monitoring.midpoint_done"): number(done),
        total("monitoring.midpoint_percent"): ratio(done, len(intervals)),
    }
    if not (kept(plain, "midpoint", end - 1) and found.known_in(end - 1)):
        of_intervals = dict.fromkeys(of_intervals, missing(NOT_ASSESSABLE))
    return of_intervals | {
        total("monitoring.midpoint_children"): number(len(checked)),
        total("monitoring.midpoint_children_percent"): ratio(len(checked), len(here)),
    }


def _intervals(found: Reviewed, end: int) -> list[tuple[str, date, date]]:
    """Child, day of a review and day of the next, where a check between them is due."""
    intervals = []
    before: dict[Period, date] = {}
    for one in found.held:
        earlier = before.get(one.period)
        if earlier and in_year(one.day, end) and months_after(earlier, 3) <= one.day:
            intervals.append((one.child, earlier, one.day))
        before[one.period] = one.day
    return intervals


def _plans(plain: Plain, end: int) -> Cells:
    rows = [row for row in once(own(plain, "plans", end)) if in_year(day(row, "review_date"), end)]
    cells: Cells = {}
    for breakdown, key in ((TOTAL, TOTAL), *(("plan", plan) for plan in PLANS)):
        part = [row for row in rows if key in (TOTAL, row["plan"])]
        said = [UP_TO_DATE[text(row, "up_to_date")] for row in part]
        cells["monitoring.plans", breakdown, key] = number(len(part))
        for name in UP_TO_DATE.values():
            cells[f"monitoring.plans_{name}", breakdown, key] = number(said.count(name))
        known = len(part) - said.count("not_recorded")
        percent = ratio(said.count("up_to_date"), known)
        if part and not known:
            percent = missing(NOT_RECORDED)
        cells["monitoring.plans_percent", breakdown, key] = percent
    return cells


def _allocation(plain: Plain, cared: PlainCare, end: int) -> Cells:
    rows = own(plain, "iro_allocation", end)
    allocated = []
    for period in cared.periods:
        if not (period.start_known and in_year(period.start, end)):
            continue
        limit = working_day_after(period.start, 5, extra_holidays(plain))
        if limit > last_day(end) or not period.open_on(limit):
            continue
        days = [found for row in rows if (found := _allocated_on(row, period))]
        first = min(days, default=None)
        in_time = first is not None and first <= limit
        allocated.append("in_time" if in_time else "later" if first else "not_recorded")
    cells: Cells = {
        total("monitoring.allocation_due"): number(len(allocated)),
        **{total(f"monitoring.allocated_{key}"): number(allocated.count(key)) for key in PARTS},
        total("monitoring.allocated_percent"): ratio(allocated.count("in_time"), len(allocated)),
    }
    if rows and not any(_begun(row) for row in rows):
        return dict.fromkeys(cells, missing(NOT_RECORDED))
    return cells


def _begun(row: Row) -> date | None:
    return day(row, "allocated_on") or day(row, "start")


def _allocated_on(row: Row, period: Period) -> date | None:
    """The day of an allocation that was in force in the period, or None."""
    begun, ended = _begun(row), day(row, "end")
    if row["child_id"] != period.child or (ended and ended < period.start):
        return None
    return begun if begun and (period.end is None or begun <= period.end) else None


def _steps(plain: Plain, end: int) -> Cells:
    rows = [
        row
        for row in once(own(plain, "reviews_local", end))
        if in_year(day(row, "review_date"), end)
        and row["status"] in ("held", None)
        and row["type"] != "short_break"
    ]
    cells: Cells = {total("monitoring.reviews"): number(len(rows))}
    for step in ("report", *AFTER):
        extra = extra_holidays(plain)
        said = [
            _report(row, extra) if step == "report" else _after(row, *AFTER[step], extra)
            for row in rows
        ]
        for key in PARTS:
            cells[total(f"monitoring.{step}_{key}")] = number(said.count(key))
        known = len(said) - said.count("not_recorded")
        percent = ratio(said.count("in_time"), known)
        if said and not known:
            percent = missing(NOT_RECORDED)
        cells[total(f"monitoring.{step}_percent")] = percent
    return cells


def _report(row: Row, extra: frozenset[date]) -> str:
    """Whether the social worker's report came at least three working days before."""
    came, held = day(row, "report_received"), day(row, "review_date")
    assert held is not None
    if came is None:
        return "not_recorded"
    return "in_time" if working_day_after(came, 3, extra) <= held else "later"


def _after(row: Row, column: str, days: int, extra: frozenset[date]) -> str:
    """Whether something was done within so many working days of the review."""
    done, held = day(row, column), day(row, "review_date")
    assert held is not None
    if done is None or done < held:
        return "not_recorded"
    return "in_time" if done <= working_day_after(held, days, extra) else "later"


def _audits(plain: Plain, end: int) -> Cells:
    rows = [row for row in own(plain, "audits", end) if in_year(day(row, "date"), end)]
    grades = [text(row, "grade") or "not_recorded" for row in rows]
    types = [_type(text(row, "type")) for row in rows]
    cells: Cells = {total("monitoring.audits"): number(len(rows))}
    for key in GRADES:
        cells["monitoring.audits", "grade", key] = number(grades.count(key))
    for key in TYPES:
        cells["monitoring.audits", "type", key] = number(types.count(key))
    return cells


def _type(said: str | None) -> str:
    """The kind of audit, whatever its capitals, spaces, hyphens and plural."""
    if said is None:
        return "not_recorded"
    word = said.lower().replace("-", " ").replace(" ", "_").removesuffix("s")
    return word if word in TYPES and word != "not_recorded" else "other"
