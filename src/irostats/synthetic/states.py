"""How children are looked after on the calibrated 31 March: exact marginal totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from irostats.synthetic.homes import PROVIDERS, located, of_kind
from irostats.synthetic.model import Child, Period, Pin, looked_after, periods_of
from irostats.synthetic.quotas import QuotaError, deal, weighted
from irostats.synthetic.workdays import age_on, year_end, year_start

if TYPE_CHECKING:
    import random
    from datetime import date

    from irostats.synthetic.plan import YearPlan

Pair = tuple[Child, Period]
NEEDS = {"N1": 0.68, "N2": 0.03, "N3": 0.03, "N4": 0.07, "N5": 0.14, "N6": 0.02, "N8": 0.03}


def pairs_on(children: list[Child], day: date) -> list[Pair]:
    """The children looked after at the end of a day, each with the period then open."""
    return [
        (child, period)
        for child in looked_after(children, day)
        for period in [child.period_on(day)]
        if period
    ]


def settle_states(children: list[Child], year: YearPlan, rng: random.Random) -> None:
    """Give every child looked after at the year's end a legal status, placement and need."""
    present = pairs_on(children, year_end(year.label))
    legal = _legal(present, year, rng)
    plan_moves(present, year, rng)
    _placements(present, legal, year, rng)
    for (_, period), need in deal(present, year.quotas["need"], rng, _fits_need):
        period.need = need
    done = {id(period) for _, period in present}
    for child, period in periods_of(children):
        if id(period) not in done:
            period.need = "N8" if child.uasc else weighted(NEEDS, rng)


def _fits_need(pair: Pair, need: str) -> float:
    child, _ = pair
    if child.uasc:
        return 60.0 if need == "N8" else 0.05
    return 1.0


def fits_legal(child: Child, period: Period, legal: str, day: date) -> float:
    """How well a legal status suits a child's age and time in care."""
    age, days = age_on(child.born, day), (day - period.start).days
    if legal == "E1":
        suits = age <= 7 and days >= 150 and not child.uasc
        if suits and age <= 4 and 365 <= days < 1000:
            return 6.0
        return (2.0 if age <= 3 else 1.0) if suits else 0.001
    if legal == "C1":
        return 0.01 if child.uasc else (8.0 if days < 330 else 2.0 if days < 450 else 0.05)
    if legal == "V2":
        return 50.0 if child.uasc else (3.0 if age >= 13 else 1.0) * (2 if days < 200 else 0.6)
    if legal[0] == "J":
        return 5.0 if age >= 14 and days < 120 and not child.uasc else 0.001
    if legal[0] == "L":
        return 5.0 if days < 8 and age < 14 else 0.001
    return 1.0


def _legal(present: list[Pair], year: YearPlan, rng: random.Random) -> dict[int, str]:
    day = year_end(year.label)

    def fitness(pair: Pair, legal: str) -> float:
        return fits_legal(*pair, legal, day)

    dealt = deal(present, year.quotas["legal"], rng, fitness)
    return {id(period): legal for (_, period), legal in dealt}


def plan_moves(present: list[Pair], year: YearPlan, rng: random.Random) -> None:
    """How many placements each child has in the year: as many with three or more as published."""
    label, three = year.label, year.figures["placements_3"]
    two = year.figures.get("placements_2", round(0.19 * len(present)))
    day, first = year_end(label), year_start(label)

    def spells(child: Child) -> int:
        return sum(period.touches(label) for period in child.periods)

    def fitness(pair: Pair, number: str) -> float:
        child, period = pair
        days = (day - max(period.start, first)).days
        if number == "3":
            return (3.0 if age_on(child.born, day) >= 11 else 1.0) if days >= 110 else -1.0
        return -1.0 if number == "2" and days < 60 else 1.0

    returned = [pair for pair in present if spells(pair[0]) > 1]
    steady = [pair for pair in present if spells(pair[0]) == 1]
    counts = {"3": three, "2": two - len(returned), "1": len(present) - three - two}
    dealt = [(pair, "2") for pair in returned] + deal(steady, counts, rng, fitness)
    for (child, period), number in dealt:
        more = (rng.random() < 0.3) + (rng.random() < 0.1) if number == "3" else 0
        for earlier in child.periods:
            earlier.moves[label] = 0
        period.moves[label] = int(number) + more - spells(child)


def fits_kind(child: Child, kind: str, legal: str, day: date, *, moved: bool) -> float:
    """How well a kind of placement suits a child."""
    age = age_on(child.born, day)
    if kind == "adoption":
        return (5.0 if moved else 0.5) if legal == "E1" else -1.0
    if kind in {"independent", "semi_independent", "community"}:
        return (4.0 if child.uasc else 1.0) if age >= 16 else -1.0
    if kind == "parents":
        return 1.0 if legal in {"C1", "C2"} else -1.0
    if kind in {"homes", "school"}:
        return 1.0 if age >= 10 and not child.uasc else (0.02 if age >= 7 else -1.0)
    if kind == "other_residential":
        return 2.0 if age >= 16 or age == 0 else 0.05
    return 1.0


def _placements(
    present: list[Pair], legal: dict[int, str], year: YearPlan, rng: random.Random
) -> None:
    day, label = year_end(year.label), year.label

    def suits(pair: Pair, kind: str) -> float:
        child, period = pair
        return fits_kind(child, kind, legal[id(period)], day, moved=period.moves[label] > 0)

    dealt = deal(present, year.quotas["placement"], rng, suits)
    providers = _providers(dealt, dict(year.quotas["provider"]), rng)
    whereabouts = _whereabouts(dealt, year, rng)
    for (child, period), kind in dealt:
        home = of_kind(kind, providers[id(period)], rng)
        same_carer = kind == "adoption" and period.moves[label] == 0
        if same_carer:
            home = home.moved(place="A5")
        home = located(home, whereabouts[id(period)], rng, seeker=child.uasc)
        period.pins[label] = Pin(legal[id(period)], home, same_carer)


def _providers(
    dealt: list[tuple[Pair, str]], left: dict[str, int], rng: random.Random
) -> dict[int, str]:
    """Providers that suit the kinds of placement and use up the published totals."""
    chosen: dict[int, str] = {}
    unnamed = left.pop("none", 0)
    order = (
        "parents",
        "other",
        "other_residential",
        "school",
        "homes",
        "independent",
        "semi_independent",
        "community",
        "adoption",
        "foster",
    )
    for kind in order:
        for period in [period for (_, period), k in dealt if k == kind]:
            if kind == "independent" and unnamed:
                chosen[id(period)], unnamed = "", unnamed - 1
                continue
            options = {p: w for p, w in PROVIDERS[kind].items() if left.get(p, 0) > 0}
            if kind == "other_residential" and left.get("PR3", 0) > 0:
                options = {"PR3": 1.0}
            if kind == "foster" or not options:
                options = {
                    p: float(n) for p, n in left.items() if n > 0 and p not in {"PR0", "PR3"}
                }
            if not options:
                raise QuotaError(f"no provider left for {kind}: {left}")
            chosen[id(period)] = provider = weighted(options, rng)
            left[provider] -= 1
    if any(left.values()) or unnamed:
        raise QuotaError(f"providers not used up: {left}")
    return chosen


def _whereabouts(
    dealt: list[tuple[Pair, str]], year: YearPlan, rng: random.Random
) -> dict[int, str]:
    def fitness(item: tuple[Pair, str], where: str) -> float:
        (child, _), kind = item
        if where.endswith("unknown"):
            return 60.0 if child.uasc else 0.05
        if child.uasc:
            return 0.001
        if kind == "parents" and where.startswith("in"):
            return 4.0
        return 2.0 if kind in {"homes", "adoption", "school"} and where == "out_far" else 1.0

    quota = year.quotas["location"]
    order = sorted(quota, key=lambda key: (not key.endswith("unknown"), quota[key]))
    placed = deal(dealt, {key: quota[key] for key in order}, rng, fitness)
    return {id(period): where for (((_, period), _), where) in placed}
