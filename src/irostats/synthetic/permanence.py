"""Life-story work, and meetings when a placement is at risk or has broken down."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from irostats.synthetic.model import Child, Period, looked_after
from irostats.synthetic.quotas import QuotaError, answers, chosen
from irostats.synthetic.returns import Row, Rows, written
from irostats.synthetic.workdays import add_months, working_day_on_or_before, year_end, year_start

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Mapping

# Reasons of a move that say that the placement broke down.
BROKEN_DOWN = {"CREQB", "CREQO", "CHILD", "ALLEG", "STAND"}


def permanence(
    children: Iterable[Child], label: str, target: Mapping[str, Any], rng: random.Random
) -> Rows:
    """A row for each child who has been looked after long enough for a plan; one for a meeting."""
    last = year_end(label)
    people = sorted(children, key=lambda child: child.identifier)
    settled = [
        (child, period)
        for child in looked_after(people, last)
        if (period := child.period_on(last)) and add_months(period.start, 4) <= last
    ]
    given = answers([_fits(*pair, last) for pair in settled], target["life_story"], rng)
    rows: list[Row] = [
        {"child_id": child.identifier, "life_story": answer}
        for (child, _), answer in zip(settled, given, strict=True)
    ]
    met = _meetings(people, label, target["meetings"], rng)
    rows += [
        {"child_id": child, "disruption_meeting_date": written(day)} for child, day in sorted(met)
    ]
    return sorted(rows, key=lambda row: row["child_id"])


def _fits(child: Child, period: Period, day: date) -> float:
    """Work on a life story begins with the plan for adoption or long-term care."""
    episode = [e for e in period.episodes if e.decom <= day][-1]
    long = 1.5 if period.start < day - timedelta(days=730) else 1.0
    return long * (0.5 if child.uasc else {"E1": 4.0, "C2": 1.6}.get(episode.ls, 0.6))


def _meetings(
    people: Iterable[Child], label: str, count: int, rng: random.Random
) -> list[tuple[str, date]]:
    """Meetings around moves that the placement's breakdown made, some before, most after."""
    first, last = year_start(label), year_end(label)
    moves = []
    for child in people:
        for period in child.periods:
            for episode in period.episodes:
                if episode.reason in BROKEN_DOWN and episode.dec and first <= episode.dec <= last:
                    day = episode.dec + timedelta(days=rng.choice([-14, -7, 9, 14, 18, 24, 30]))
                    day = working_day_on_or_before(day)
                    if max(first, period.start) < day <= min(last, period.end or last):
                        moves.append((child.identifier, day))
    if count > len(moves):
        raise QuotaError(f"{label}: {count} meetings, but only {len(moves)} placements broke down")
    return [moves[i] for i in chosen([1.0] * len(moves), count, rng)]
