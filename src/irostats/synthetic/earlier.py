"""A second calibrated 31 March before the main one: legal status, placement, boundary.

What is fixed on the later date limits what can have been on the earlier: orders only go
forward, and a child who did not move lived in the same place.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from irostats.synthetic.homes import kind_of, located, of_kind
from irostats.synthetic.leaving import ADOPTED
from irostats.synthetic.mix import Mix, mix_of
from irostats.synthetic.model import Child, Period, Pin, Placement
from irostats.synthetic.quotas import deal, weighted
from irostats.synthetic.states import Pair, fits_kind, fits_legal, pairs_on, plan_moves
from irostats.synthetic.workdays import year_end

if TYPE_CHECKING:
    import random

    from irostats.synthetic.plan import YearPlan

# What a child may have been under earlier, given the order of the later date.
BEFORE = {
    "V2": {"V2"},
    "C1": {"C1", "V2"},
    "C2": {"C2", "C1", "V2"},
    "J1": {"V2", "J1"},
    "E1": {"E1", "C2", "C1", "V2"},
}
FORCED = 500.0
# A placement order is seldom older than this when the child is adopted.
SOON = timedelta(days=330)
MOVES_BETWEEN = {0: 0.72, 1: 0.14, 2: 0.1, 3: 0.04}


def settle_earlier(
    children: list[Child], anchor: YearPlan, year: YearPlan, rng: random.Random
) -> None:
    """Give those looked after on the earlier 31 March a state that leads to the later one."""
    present = pairs_on(children, year_end(year.label))
    _moves_between(present, anchor, year, rng)
    if "placements_3" in year.figures:
        plan_moves(present, year, rng)
    legal = _legal(present, anchor, year, rng)
    fixed = [pair for pair in present if _same_home(pair[1], anchor, year)]
    homes = {id(p): _home_before(p.pins[anchor.label]) for _, p in fixed}
    for _, period in fixed:
        period.pins[year.label] = Pin(legal[id(period)], homes[id(period)])
    free = [pair for pair in present if id(pair[1]) not in homes]
    _homes(free, list(homes.values()), legal, year, mix_of(anchor), rng)


def _years_between(anchor: YearPlan, year: YearPlan) -> list[str]:
    return [label for label in _after(year.label) if label <= anchor.label]


def _moves_between(
    present: list[Pair], anchor: YearPlan, year: YearPlan, rng: random.Random
) -> None:
    for _, period in present:
        for label in _years_between(anchor, year):
            if anchor.label in period.pins and label not in period.moves:
                period.moves[label] = weighted(MOVES_BETWEEN, rng)


def _same_home(period: Period, anchor: YearPlan, year: YearPlan) -> bool:
    years = _years_between(anchor, year)
    return anchor.label in period.pins and not any(period.moves[label] for label in years)


def _home_before(pin: Pin) -> Placement:
    return pin.placement.moved(place="U5") if pin.same_carer_adoption else pin.placement


def _legal(
    present: list[Pair], anchor: YearPlan, year: YearPlan, rng: random.Random
) -> dict[int, str]:
    day = year_end(year.label)

    def fitness(pair: Pair, legal: str) -> float:
        child, period = pair
        pin = period.pins.get(anchor.label)
        if pin is not None:
            if legal not in BEFORE[pin.legal]:
                return -1.0
            if pin.legal in {"V2", "C1"}:
                return FORCED if legal == pin.legal else fits_legal(child, period, legal, day)
            if legal == "V2":
                return 0.2
        if period.rec in ADOPTED and legal == "V2":
            return 0.001
        if legal == "E1" and period.end is not None:
            if period.rec not in ADOPTED:
                return 0.0002
            return FORCED if period.end < day + SOON else 0.02
        return fits_legal(child, period, legal, day)

    dealt = deal(present, year.quotas["legal"], rng, fitness)
    return {id(period): legal for (_, period), legal in dealt}


def _homes(
    free: list[Pair],
    fixed: list[Placement],
    legal: dict[int, str],
    year: YearPlan,
    mix: Mix,
    rng: random.Random,
) -> None:
    day, label = year_end(year.label), year.label
    kinds = dict(year.quotas["placement"])
    sides = dict(year.quotas["location"])
    for home in fixed:
        kinds[kind_of(home.place, kinds)] -= 1
        sides["out" if home.location == "OUT" else "in"] -= 1

    def suits(pair: Pair, kind: str) -> float:
        child, period = pair
        if kind == "adoption" and period.rec not in ADOPTED:
            return -1.0
        return fits_kind(child, kind, legal[id(period)], day, moved=True)

    for (_, period), side in deal(free, sides, rng):
        period.home = side
    for (child, period), kind in deal(free, kinds, rng, suits):
        home = of_kind(kind, weighted(mix.providers[kind], rng), rng)
        near = {key: w for key, w in mix.locations.items() if key.startswith(period.home)}
        where = f"{period.home}_unknown" if child.uasc else weighted(near, rng)
        period.pins[label] = Pin(legal[id(period)], located(home, where, rng, seeker=child.uasc))
        if kind == "adoption":
            period.moves |= dict.fromkeys(_after(label), 0)


def _after(label: str) -> list[str]:
    first = int(label[:4]) + 1
    return [f"{first + i}-{(first + i + 1) % 100:02d}" for i in range(4)]
