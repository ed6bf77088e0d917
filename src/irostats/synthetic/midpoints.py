"""Checks between reviews: near the middle of a stretch of three months and more."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from irostats.synthetic.model import Child, Period, stream
from irostats.synthetic.returns import Rows, written
from irostats.synthetic.workdays import (
    add_months,
    working_day_on_or_after,
    working_day_on_or_before,
    year_end,
    year_start,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator, Mapping

# Of the stretches of a child who is checked at all.
CHECKED = 0.85


def midpoint(
    children: Iterable[Child], label: str, target: Mapping[str, Any], rng: random.Random
) -> Rows:
    """Checks of so great a share of the children; those who are checked mostly are each time.

    The share is exact of the children looked after on 31 March, and of those who had left by then
    and were there long enough for a check.
    """
    there = [
        child
        for child in sorted(children, key=lambda child: child.identifier)
        if not child.short_breaks and child.in_year(label)
    ]
    present = [child for child in there if child.period_on(year_end(label))]
    gone = [child for child in there if child not in present and any(_middles(child, label))]
    rows = []
    for group in (present, gone):
        group.sort(key=lambda child: _overlooked(child, label, rng))
        for child in group[: round(target["children"] * len(group))]:
            days = {_about(day, label, rng) for day in _middles(child, label) if _comes(rng)}
            rows += [(child.identifier, day) for day in days or {_some_day(child, label, rng)}]
    return [{"child_id": child, "date": written(day)} for child, day in sorted(rows)]


def _comes(rng: random.Random) -> bool:
    return rng.random() < CHECKED


def _overlooked(child: Child, label: str, rng: random.Random) -> float:
    """Who is not checked: newcomers, and otherwise much the same children year after year."""
    opens, closes = _in_care(child, label)
    new = 4 * (closes - opens < timedelta(days=7)) + 2 * (not any(_middles(child, label)))
    return new + stream(child.identifier, "overlooked").random() + 0.5 * rng.random()


def _middles(child: Child, label: str) -> Iterator[date]:
    """The middles, in the year, of the stretches from one review to the next or still open."""
    for period in child.periods:
        for one, two in _stretches(period):
            middle = one + (two - one) / 2
            if year_start(label) <= middle <= year_end(label):
                yield middle


def _stretches(period: Period) -> Iterator[tuple[date, date]]:
    held = [review.held for review in period.reviews]
    for one, two in pairwise(held):
        if add_months(one, 3) <= two:
            yield one, two
    if held and period.end is None:
        yield held[-1], add_months(held[-1], 6)


def _about(day: date, label: str, rng: random.Random) -> date:
    """A working day some days from the middle and in the same year."""
    near = working_day_on_or_before(day + timedelta(days=rng.randint(-1, 7)))
    near = min(near, working_day_on_or_before(year_end(label)))
    return max(near, working_day_on_or_after(year_start(label)))


def _some_day(child: Child, label: str, rng: random.Random) -> date:
    """A working day in care for a check of a child who has no such stretch in the year."""
    opens, closes = _in_care(child, label)
    day = working_day_on_or_before(opens + timedelta(days=rng.randint(0, (closes - opens).days)))
    return max(day, working_day_on_or_after(opens))


def _in_care(child: Child, label: str) -> tuple[date, date]:
    """The longest stretch in care in the year."""
    spans = [
        (max(period.start, year_start(label)), min(period.end or year_end(label), year_end(label)))
        for period in child.periods
        if period.touches(label)
    ]
    return max(spans, key=lambda span: span[1] - span[0])
