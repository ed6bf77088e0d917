"""Dates of birth: exact age groups on 31 March, nobody born after care began or in it past 18."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from irostats.synthetic.model import Child, looked_after
from irostats.synthetic.quotas import QuotaError, deal, weighted, whole_numbers
from irostats.synthetic.workdays import add_years, age_on, year_end

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Mapping

    from irostats.synthetic.plan import YearPlan

BANDS = {
    "under_1": (0, 0),
    "1_to_4": (1, 4),
    "5_to_9": (5, 9),
    "10_to_15": (10, 15),
    "16_and_over": (16, 17),
}
WEIGHTS = {
    1: 34,
    2: 26,
    3: 24,
    4: 22,
    5: 9,
    6: 9,
    7: 10,
    8: 10,
    9: 10,
    10: 10,
    11: 11,
    12: 12,
    13: 14,
    14: 15,
    15: 17,
    16: 20,
    17: 22,
    0: 20,
}
SHARE_LEAVING_AT_18 = 0.36
LEAVERS_AGES = {
    (0, 0): 0.08,
    (1, 1): 0.12,
    (2, 4): 0.14,
    (5, 9): 0.19,
    (10, 15): 0.27,
    (16, 17): 0.2,
}
NEWCOMERS_AGES = {(0, 0): 0.17, (1, 4): 0.2, (5, 9): 0.19, (10, 15): 0.27, (16, 17): 0.17}


def band_of(age: int) -> str:
    """DfE's age group of an age in completed years."""
    return next(name for name, (low, high) in BANDS.items() if age <= high)


def ages_in(low: int, high: int, count: int) -> list[int]:
    """So many ages of a group, in the usual proportions."""
    shares = whole_numbers({age: WEIGHTS[age] for age in range(low, high + 1)}, count)
    return [age for age, number in shares.items() for _ in range(number)]


def age_slots(age: Mapping[str, int], cohort: Mapping[str, int] | None) -> list[list[int]]:
    """Ages to hand out: to children in care all year, and to the others; one list if unknown."""
    if cohort is None:
        return [[a for name, n in age.items() for a in ages_in(*BANDS[name], n)]]
    teens = ages_in(10, 16, cohort["10_to_16"])
    spare = age["16_and_over"] - cohort["17"] - teens.count(16)
    while spare < 0.1 * age["16_and_over"]:
        teens[teens.index(16)] = 15
        spare += 1
    teens_under_16 = sum(a < 16 for a in teens)
    whole_year = (
        ages_in(1, 4, cohort["0_to_4"])
        + ages_in(5, 9, cohort["5_to_9"])
        + teens
        + [17] * cohort["17"]
    )
    rest = (
        [0] * age["under_1"]
        + ages_in(1, 4, age["1_to_4"] - cohort["0_to_4"])
        + ages_in(5, 9, age["5_to_9"] - cohort["5_to_9"])
        + ages_in(10, 15, age["10_to_15"] - teens_under_16)
        + ages_in(16, 17, spare)
    )
    return [whole_year, rest]


def birth_range(child: Child, low: int, high: int, day: date) -> tuple[date, date] | None:
    """Birth dates that make the child ``low`` to ``high`` years old on a 31 March, if any can.

    31 March and 1 April are left out, so that no age hangs on how a birthday is counted.
    """
    first = add_years(day, -(high + 1)) + timedelta(days=2)
    last = min(add_years(day, -low) - timedelta(days=1), child.first_start)
    if child.last_end is not None:
        first = max(first, add_years(child.last_end, -18))
    return (first, last) if first <= last else None


def give_ages(children: list[Child], year: YearPlan, rng: random.Random) -> None:
    """Give dates of birth to those looked after at the year's end, in the published groups."""
    day = year_end(year.label)
    present = looked_after(children, day)
    slots = age_slots(year.quotas["age"], year.quotas.get("age_12_months"))
    if len(slots) == 1:
        groups = [present]
    else:
        groups = [
            [c for c in present if c.continuous_in(year.label) == flag] for flag in (True, False)
        ]
    for group, ages in zip(groups, slots, strict=True):
        _match(group, ages, day, rng)


def _match(group: list[Child], ages: list[int], day: date, rng: random.Random) -> None:
    """Match children to ages; whoever has been in care longest can only be older."""
    if len(group) != len(ages):
        raise QuotaError(f"{len(ages)} ages for {len(group)} children")
    oldest_first = sorted(ages, reverse=True)
    waiting = [child for child in group if not child.uasc]
    rng.shuffle(waiting)
    seekers = [child for child in group if child.uasc]
    teen_slots = [a for a in oldest_first if a >= 15][: max(2 * len(seekers), 1)]
    for child in seekers:
        age = rng.choice(teen_slots)
        teen_slots.remove(age)
        oldest_first.remove(age)
        child.born = _birthday(child, age, age, day, rng)
    for age in reversed(oldest_first):
        fits = next((c for c in waiting if birth_range(c, age, age, day)), None)
        if fits is None:
            raise QuotaError(f"nobody can be {age} on {day:%d %B %Y}")
        waiting.remove(fits)
        fits.born = _birthday(fits, age, age, day, rng)


def _birthday(child: Child, low: int, high: int, day: date, rng: random.Random) -> date:
    span = birth_range(child, low, high, day)
    if span is None:
        raise QuotaError(f"no birth date fits ages {low} to {high}")
    first, last = span
    newborn = child.first_start - timedelta(days=rng.randint(0, 6))
    if high <= 4 and first <= newborn <= last and rng.random() < 0.45:
        return newborn
    born = first + timedelta(days=rng.randint(0, (last - first).days))
    heaped = born.replace(day=15) if rng.random() < 0.7 else date(born.year, 1, 1)
    # An unknown day of birth is recorded as the 15th, or as 1 January.
    return heaped if child.uasc and rng.random() < 0.55 and first <= heaped <= last else born


def fill_earlier_ages(children: list[Child], year: YearPlan, rng: random.Random) -> None:
    """Give those who left before the anchor the ages that complete an earlier 31 March."""
    day = year_end(year.label)
    present = looked_after(children, day)
    left = dict(year.quotas["age"])
    for child in present:
        if child.has_age:
            left[band_of(age_on(child.born, day))] -= 1
    leavers = [child for child in present if not child.has_age]
    if min(left.values()) < 0:
        raise QuotaError(f"{year.label}: ages of those who stay exceed the published: {left}")
    order = {
        name: left[name] for name in ("under_1", "16_and_over", "1_to_4", "5_to_9", "10_to_15")
    }

    def fitness(child: Child, band: str) -> float:
        if birth_range(child, *BANDS[band], day) is None:
            return -1.0
        if child.uasc:
            return 20.0 if band == "16_and_over" else 0.01
        return 4.0 if band == "16_and_over" and _at_18(child, day, band) else 1.0

    for child, band in deal(leavers, order, rng, fitness):
        at_18 = _at_18(child, day, band)
        usual = at_18 is not None and band == "16_and_over" and rng.random() < 0.85
        child.born = at_18 if usual and at_18 else _birthday(child, *BANDS[band], day, rng)


def _at_18(child: Child, day: date, band: str | None = None) -> date | None:
    """The birth date that makes a child leave on the eighteenth birthday, if it can be."""
    end = child.last_end
    if end is None or (end.month, end.day) in {(2, 29), (3, 31), (4, 1)}:
        return None
    born = add_years(end, -18)
    if band is None:
        return born
    low, high = BANDS[band]
    return born if low <= age_on(born, day) <= high else None


def leavers_ages(children: Iterable[Child], rng: random.Random) -> None:
    """Give dates of birth to everybody who has none: those who left before any calibrated date."""
    for child in children:
        if child.has_age:
            continue
        end = child.last_end
        if end is None:
            child.born = _birthday(child, *weighted(LEAVERS_AGES, rng), year_end("2019-20"), rng)
            continue
        days = (end - child.periods[-1].start).days
        at_18 = _at_18(child, end)
        share = 0.7 if child.uasc else SHARE_LEAVING_AT_18
        if at_18 and rng.random() < (share if days > 60 else 0.06):
            child.born = at_18
            continue
        ages = {(16, 17): 1.0} if child.uasc else LEAVERS_AGES
        possible = {span: w for span, w in ages.items() if _leaver_range(child, *span, end)}
        low, high = weighted(possible, rng) if possible else (16, 17)
        span = _leaver_range(child, low, high, end) or (add_years(end, -18),) * 2
        child.born = span[0] + timedelta(days=rng.randint(0, (span[1] - span[0]).days))


def _leaver_range(child: Child, low: int, high: int, end: date) -> tuple[date, date] | None:
    first = add_years(end, -(high + 1)) + timedelta(days=3)
    last = min(add_years(end, -low) - timedelta(days=3), child.first_start)
    return (first, last) if first <= last else None


def newcomers_ages(children: list[Child], day: date, rng: random.Random) -> None:
    """Ages of children who start after the calibrated year and are not 18 by ``day``."""
    staying = [child for child in children if child.last_end is None]
    for child in staying:
        options = {(16, 17): 1.0} if child.uasc else NEWCOMERS_AGES
        fits = {span: w for span, w in options.items() if birth_range(child, *span, day)}
        child.born = _birthday(child, *weighted(fits, rng), day, rng)
    leavers_ages([child for child in children if child.last_end is not None], rng)
