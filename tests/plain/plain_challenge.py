"""Alerts, disputes and advice, computed plainly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from authorities import (
    NOT_RECORDED,
    Plain,
    Row,
    first_day,
    last_day,
    missing,
    number,
    ratio,
)
from plain_care import care
from plain_tables import (
    Cells,
    amount,
    day,
    extra_holidays,
    in_use,
    in_year,
    kept,
    own,
    text,
    total,
    why_missing,
    working_day_after,
)

THEMES = {
    "drift": "plan",
    "care plan": "plan",
    "plan": "plan",
    "placement": "placement",
    "health": "health",
    "pep": "education",
    "visits": "visits",
    "pathway plan": "pathway",
    "family time": "family_time",
    "life story work": "life_story",
    "late report": "compliance",
    "resources": "resources",
}
ALL_THEMES = (*dict.fromkeys(THEMES.values()), "other", "not_recorded")
OUTCOMES = {
    "agreed": "agreed",
    "plan changed": "plan_changed",
    "resources found": "resources_found",
    "no change": "no_change",
    "withdrawn": "withdrawn",
}
ALL_OUTCOMES = (*OUTCOMES.values(), "other", "not_recorded")
QUARTERS = ("q1", "q2", "q3", "q4")
STAGES = (1, 2, 3, 4, 5)
TIMES = ("within", "later")


@dataclass(frozen=True)
class Dispute:
    """A dispute as all its rows together tell it."""

    opened: date
    closed: date | None
    rows: tuple[Row, ...]

    def reached(self, by: date) -> list[Row]:
        """The stages that it had reached by a day; one without a date was reached at once."""
        return [row for row in self.rows if (day(row, "stage_date") or self.opened) <= by]


def figures(plain: Plain, end: int) -> Cells:
    """Each cell of the section in the year that ends in ``end``."""
    looked_after = len(care(plain).looked_after(end))
    tables = {
        "alerts": _alerts(plain, end, looked_after),
        "disputes": _disputes(plain, end, looked_after),
        "referrals": _referrals(plain, end),
    }
    found: Cells = {}
    for table, cells in tables.items():
        gone = dict.fromkeys(cells, why_missing(plain, table, end))
        found |= cells if kept(plain, table, end) else gone
    return found


def themes(rows: Iterable[Row], column: str) -> set[str]:
    """The themes that rows name between them."""
    parts = [part for row in rows for part in (text(row, column) or "").split(";")]
    said = {part.strip().lower() for part in parts} - {""}
    return {THEMES.get(part, "other") for part in said} or {"not_recorded"}


def _in_time(plain: Plain, begun: date, finished: date) -> str:
    limit = working_day_after(begun, 20, extra_holidays(plain))
    return "within" if finished <= limit else "later"


def _split(measure: str, breakdown: str, keys: Iterable[object], said: Iterable[object]) -> Cells:
    """Counts of each category, from the category of each."""
    each = list(said)
    return {(measure, breakdown, str(key)): number(each.count(key)) for key in keys}


def _alerts(plain: Plain, end: int, looked_after: int) -> Cells:
    logged = in_use(plain, "alerts")
    raised = [row for row in logged if in_year(day(row, "raised"), end)]
    quarters = [f"q{(_day(row, 'raised').month - 4) % 12 // 3 + 1}" for row in raised]
    about = [theme for row in raised for theme in themes([row], "category")]
    logged = [
        {**row, "closed": _not_before(_day(row, "raised"), day(row, "closed"))} for row in logged
    ]
    closed = [row for row in logged if in_year(day(row, "closed"), end)]
    times = [_in_time(plain, _day(row, "raised"), _day(row, "closed")) for row in closed]
    of_closing: Cells = {
        total("challenge.alerts_closed"): number(len(closed)),
        **_split("challenge.alerts_closed", "time", TIMES, times),
        total("challenge.alerts_in_time_percent"): ratio(times.count("within"), len(closed)),
    }
    own_log = [row for row in logged if row["YEAR"] == end]
    if own_log and not any(row["closed"] for row in own_log):
        of_closing = dict.fromkeys(of_closing, missing(NOT_RECORDED))
    return {
        total("challenge.alerts"): number(len(raised)),
        **_split("challenge.alerts", "quarter", QUARTERS, quarters),
        **_split("challenge.alerts", "theme", ALL_THEMES, about),
        **of_closing,
        total("challenge.alerts_per_100"): ratio(len(raised), looked_after),
    }


def _day(row: Row, column: str) -> date:
    found = day(row, column)
    assert found is not None
    return found


def disputes(plain: Plain) -> list[Dispute]:
    """Every dispute of the years in use."""
    by_id: dict[object, list[Row]] = {}
    for row in in_use(plain, "disputes"):
        by_id.setdefault(row["id"], []).append(row)
    found = []
    for rows in by_id.values():
        opened = min(_day(row, "opened") for row in rows)
        closed = max((closed for row in rows if (closed := day(row, "closed"))), default=None)
        stages = tuple(sorted(rows, key=_stage))
        found.append(Dispute(opened, _not_before(opened, closed), stages))
    return found


def _not_before(begun: date, closed: date | None) -> date | None:
    """The day of closing, unless it lies before the beginning, which cannot be."""
    return closed if closed and closed >= begun else None


def _stage(row: Row) -> int:
    return int(amount(row, "stage") or 0)


def _disputes(plain: Plain, end: int, looked_after: int) -> Cells:
    first, last = first_day(end), last_day(end)
    begun = [dispute for dispute in disputes(plain) if dispute.opened <= last]
    before = [
        dispute
        for dispute in begun
        if dispute.opened < first and (dispute.closed is None or dispute.closed >= first)
    ]
    opened = [dispute for dispute in begun if dispute.opened >= first]
    active = before + opened
    closed = [dispute for dispute in active if dispute.closed and dispute.closed <= last]
    still_open = [dispute for dispute in active if not dispute.closed or dispute.closed > last]
    # A dispute that was opened is at stage 1 until a row says more.
    stages = [max(map(_stage, dispute.reached(last)), default=1) for dispute in active]
    about = [theme for dispute in active for theme in themes(dispute.reached(last), "themes")]
    took = [_in_time(plain, dispute.opened, dispute.closed or date.max) for dispute in closed]
    past = [_past(plain, dispute.opened, last) for dispute in still_open]
    return {
        total("challenge.brought_forward"): number(len(before)),
        total("challenge.opened"): number(len(opened)),
        total("challenge.active"): number(len(active)),
        **_split("challenge.active", "stage", STAGES, stages),
        **_split("challenge.active", "theme", ALL_THEMES, about),
        total("challenge.closed"): number(len(closed)),
        **_split("challenge.closed", "time", TIMES, took),
        **_split("challenge.closed", "outcome", ALL_OUTCOMES, map(_outcome, closed)),
        total("challenge.open"): number(len(still_open)),
        **_split("challenge.open", "time", TIMES, past),
        total("challenge.closed_in_time_percent"): ratio(took.count("within"), len(closed)),
        total("challenge.disputes_per_100"): ratio(len(opened), looked_after),
    }


def _past(plain: Plain, opened: date, last: date) -> str:
    limit = working_day_after(opened, 20, extra_holidays(plain))
    return "later" if limit < last else "within"


def _outcome(dispute: Dispute) -> str:
    said = [text(row, "outcome") for row in dispute.rows if text(row, "outcome")]
    return OUTCOMES.get(said[-1] or "", "other") if said else "not_recorded"


def _referrals(plain: Plain, end: int) -> Cells:
    rows = [row for row in own(plain, "referrals", end) if in_year(day(row, "date"), end)]
    kinds = [row["type"] for row in rows]
    return {
        total("challenge.cafcass"): number(kinds.count("cafcass")),
        total("challenge.legal_advice"): number(kinds.count("legal_advice")),
    }
