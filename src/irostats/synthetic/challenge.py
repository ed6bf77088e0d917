"""Alerts and formal disputes: stocks that carry over, stages, closures."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from irostats.synthetic.model import Child, stream
from irostats.synthetic.quotas import weighted
from irostats.synthetic.returns import Rows, written
from irostats.synthetic.workdays import (
    working_day_on_or_after,
    working_day_on_or_before,
    working_days_after,
    year_end,
    year_start,
)

if TYPE_CHECKING:
    import random

    from irostats.synthetic.history import History
    from irostats.synthetic.plan import Plan

CATEGORIES = {
    "drift or delay in care plan": 0.3,
    "health assessment or dental check": 0.14,
    "personal education plan": 0.14,
    "placement": 0.13,
    "social work visits": 0.11,
    "pathway plan": 0.07,
    "family time": 0.07,
    "life story work": 0.04,
}
OUTCOMES = {
    "agreed with the independent reviewing officer": 0.6,
    "plan changed": 0.3,
    "no change, reasons accepted": 0.1,
}


@dataclass
class Matter:
    """An alert, or a dispute with the day on which it reached each stage."""

    number: int
    child: Child
    opened: date
    closed: date | None
    theme: str
    stages: list[date] = field(default_factory=list)
    outcome: str = ""


def _child_on(history: History, day: date, rng: random.Random) -> Child:
    """A child looked after on a day, each as likely as another."""
    while True:
        child = rng.choice(history.children)
        if not child.short_breaks and child.period_on(day) is not None:
            return child


def alerts(plan: Plan, history: History, seed: str) -> dict[str, Rows]:
    """Alerts of each year: those raised in it and those still open from before."""
    rng = stream(seed, history.block.years[0], "alerts")
    matters: list[Matter] = []
    tables = {}
    for label in history.block.years:
        year = plan.years[label]
        count = year.figures.get("alerts", year.settings.get("alerts", 0))
        days = sorted(year_start(label) + timedelta(days=rng.randint(0, 364)) for _ in range(count))
        for day in days:
            raised = working_day_on_or_before(max(day, year_start(label) + timedelta(days=6)))
            closed = working_days_after(raised, min(2 + int(rng.expovariate(0.12)), 60))
            matters.append(
                Matter(
                    len(matters) + 1,
                    _child_on(history, raised, rng),
                    raised,
                    closed,
                    weighted(CATEGORIES, rng),
                )
            )
        live = _live(matters, label)
        tables[label] = [
            {
                "id": f"A{m.number:04d}",
                "child_id": m.child.identifier,
                "raised": written(m.opened),
                "category": m.theme,
                "closed": _closed(m, label),
            }
            for m in live
        ]
    return tables


def _live(matters: list[Matter], label: str) -> list[Matter]:
    """What was open at any time in the year."""
    return [
        m
        for m in matters
        if m.opened <= year_end(label) and (m.closed is None or m.closed >= year_start(label))
    ]


def _closed(matter: Matter, label: str) -> str:
    known = matter.closed is not None and matter.closed <= year_end(label)
    return written(matter.closed) if known else ""


def disputes(plan: Plan, history: History, seed: str) -> dict[str, Rows]:
    """Formal disputes of each year, active by the highest stage reached as in the targets.

    ``stage2 = 3`` in the targets means three closed in the year at stage 2, ``open2 = 1`` one
    still open at stage 2; those open at the end of a year are among the next year's.
    """
    rng = stream(seed, history.block.years[0], "disputes")
    matters: list[Matter] = []
    tables = {}
    for label in history.block.years:
        wanted = plan.years[label].settings["disputes"]
        closing = [n for n in (1, 2, 3) for _ in range(wanted.get(f"stage{n}", 0))]
        for matter in [m for m in matters if m.closed is None]:
            stage = min(n for n in closing if n >= len(matter.stages))
            closing.remove(stage)
            _carry_on(matter, stage, label, rng)
        for stage in closing:
            matters.append(_new(len(matters), stage, label, history, rng, closed=True))
        for stage in [n for n in (1, 2, 3) for _ in range(wanted.get(f"open{n}", 0))]:
            matters.append(_new(len(matters), stage, label, history, rng, closed=False))
        tables[label] = [row for m in _live(matters, label) for row in _dispute_rows(m, label)]
    return tables


def _new(
    number: int, stage: int, label: str, history: History, rng: random.Random, *, closed: bool
) -> Matter:
    last = year_end(label)
    latest = last - timedelta(days=62) if closed else last - timedelta(days=12 + 9 * (stage - 1))
    earliest = year_start(label) + timedelta(days=6) if closed else latest - timedelta(days=8)
    span = (latest - earliest).days
    opened = working_day_on_or_before(earliest + timedelta(days=rng.randint(0, span)))
    matter = Matter(
        number + 1,
        _child_on(history, opened, rng),
        opened,
        None,
        weighted(CATEGORIES, rng),
        [opened],
    )
    for _ in range(stage - 1):
        matter.stages.append(working_days_after(matter.stages[-1], rng.randint(5, 6)))
    if closed:
        _close(matter, rng)
    return matter


def _close(matter: Matter, rng: random.Random) -> None:
    """Most are resolved within twenty working days in all."""
    limit = working_days_after(matter.opened, 20)
    day = working_days_after(matter.stages[-1], rng.randint(3, 8))
    slow = rng.random() < 0.15
    matter.closed = working_days_after(limit, rng.randint(2, 9)) if slow else min(day, limit)
    matter.outcome = weighted(OUTCOMES, rng)


def _carry_on(matter: Matter, stage: int, label: str, rng: random.Random) -> None:
    day = working_day_on_or_after(year_start(label) + timedelta(days=rng.randint(3, 9)))
    while len(matter.stages) < stage:
        matter.stages.append(day)
        day = working_days_after(day, 5)
    matter.closed = working_days_after(day, rng.randint(2, 7))
    matter.outcome = weighted(OUTCOMES, rng)


def _dispute_rows(matter: Matter, label: str) -> Rows:
    """One row for each stage reached; how it ended stands on the last."""
    reached = [day for day in matter.stages if day <= year_end(label)]
    rows = []
    for n, day in enumerate(reached, start=1):
        closed = _closed(matter, label) if n == len(reached) else ""
        rows.append(
            {
                "id": f"D{matter.number:03d}",
                "child_id": matter.child.identifier,
                "opened": written(matter.opened),
                "stage": str(n),
                "stage_date": written(day),
                "closed": closed,
                "outcome": matter.outcome if closed else "",
                "themes": matter.theme,
            }
        )
    return rows
