"""Sex, ethnicity, and who is an unaccompanied asylum-seeking child: exact on 31 March."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from irostats.synthetic.model import Child, looked_after
from irostats.synthetic.quotas import deal, spread, weighted
from irostats.synthetic.workdays import year_end, year_start

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from datetime import date

    from irostats.synthetic.plan import YearPlan

ETHNIC_CODES: dict[str, dict[str, float]] = {
    "white": {"WBRI": 0.9, "WOTH": 0.075, "WIRI": 0.015, "WROM": 0.01},
    "white_british": {"WBRI": 1.0},
    "white_other": {"WOTH": 0.8, "WIRI": 0.15, "WIRT": 0.05},
    "mixed": {"MWBC": 0.42, "MWBA": 0.16, "MWAS": 0.17, "MOTH": 0.25},
    "asian": {"APKN": 0.45, "AIND": 0.2, "ABAN": 0.1, "AOTH": 0.22, "CHNE": 0.03},
    "black": {"BAFR": 0.5, "BCRB": 0.3, "BOTH": 0.2},
    "other": {"OOTH": 1.0},
    "refused": {"NOBT": 0.7, "REFU": 0.3},
}
SEEKERS_CODES = {
    "white": "WOTH",
    "white_british": "WBRI",
    "white_other": "WOTH",
    "mixed": "MOTH",
    "asian": "AOTH",
    "black": "BAFR",
    "other": "OOTH",
    "refused": "NOBT",
}
SEEKERS_FIT = {
    "other": 30.0,
    "asian": 14.0,
    "black": 9.0,
    "white_other": 6.0,
    "white": 0.6,
    "refused": 0.3,
    "mixed": 0.05,
    "white_british": 0.0,
}


def choose_seekers(
    children: list[Child], year: YearPlan, earlier: YearPlan | None, rng: random.Random
) -> None:
    """Mark as many unaccompanied asylum-seeking children as are published, most of them recent."""
    count = year.figures.get("uasc", 0)
    day = year_end(year.label)
    before = set()
    if earlier is not None:
        before = {c.key for c in looked_after(children, year_end(earlier.label))}
    recent = [c for c in looked_after(children, day) if len(c.periods) == 1]
    rng.shuffle(recent)
    new = [c for c in recent if c.first_start > year_start(year.label)]
    old = [c for c in recent if c not in new and c.first_start > day - timedelta(days=950)]
    wanted_new = min(year.figures.get("uasc_started", round(0.55 * count)), count, len(new))
    stayers_allowed = 0 if earlier is None else earlier.figures.get("uasc", 0) // 2
    free = [c for c in old if c.key not in before]
    known = [c for c in old if c.key in before][:stayers_allowed]
    chosen = new[:wanted_new] + (free + known if rng.random() < 0.5 else known + free)
    for child in (chosen + new[wanted_new:])[:count]:
        child.uasc = True
    if earlier is not None:
        _earlier_seekers(children, day, earlier, rng)
    else:
        before = set()
    gone = [
        c
        for c in children
        if c.last_end is not None
        and len(c.periods) == 1
        and c.key not in before
        and c.first_start < year_start(year.label)
        and 120 < (c.last_end - c.first_start).days < 1000
    ]
    share = 1.5 * count / year.at_31_march
    for child in gone:
        child.uasc = child.uasc or rng.random() < share


def _earlier_seekers(
    children: list[Child], day: date, earlier: YearPlan, rng: random.Random
) -> None:
    """Complete an earlier 31 March's number with children who have left by ``day``."""
    present = looked_after(children, year_end(earlier.label))
    missing = earlier.figures.get("uasc", 0) - sum(c.uasc for c in present)
    leavers = [
        c
        for c in present
        if c.period_on(day) is None
        and not c.uasc
        and len(c.periods) == 1
        and c.first_start > year_end(earlier.label) - timedelta(days=800)
    ]
    for child in rng.sample(leavers, max(missing, 0)):
        child.uasc = True


def give_sex(
    children: list[Child], year: YearPlan, earlier: YearPlan | None, rng: random.Random
) -> None:
    """Give every child a sex, so that males and females are as published."""

    def fitness(child: Child, sex: str) -> float:
        return 0.08 if child.uasc and sex == "female" else 1.0

    def set_sex(child: Child, sex: str) -> None:
        child.sex = sex

    before = earlier.quotas.get("sex") if earlier else None
    _two_dates(children, (year, earlier), (year.quotas["sex"], before), set_sex, fitness, rng)
    for child in children:
        if not child.sex:
            child.sex = "male" if rng.random() < (0.9 if child.uasc else 0.54) else "female"


def give_ethnicity(
    children: list[Child], year: YearPlan, earlier: YearPlan | None, rng: random.Random
) -> None:
    """Give every child an ethnic group and code, so that the groups are as published."""
    quota = year.quotas["ethnicity"]

    def fitness(child: Child, group: str) -> float:
        return SEEKERS_FIT[group] if child.uasc else 1.0

    def set_group(child: Child, group: str) -> None:
        child.group = group

    before = earlier.quotas.get("ethnicity") if earlier else None
    _two_dates(children, (year, earlier), (quota, before), set_group, fitness, rng)
    for child in children:
        if not child.group:
            fit = {k: (n * SEEKERS_FIT[k] if child.uasc else n) for k, n in quota.items()}
            child.group = weighted(fit, rng)
        own = weighted(ETHNIC_CODES[child.group], rng)
        child.ethnic = SEEKERS_CODES[child.group] if child.uasc else own


def _two_dates(
    children: list[Child],
    years: tuple[YearPlan, YearPlan | None],
    quotas: tuple[dict[str, int], dict[str, int] | None],
    assign: Callable[[Child, str], None],
    fitness: Callable[[Child, str], float],
    rng: random.Random,
) -> None:
    """Deal a lasting characteristic so that it is right at one 31 March, or at two at once."""
    now = looked_after(children, year_end(years[0].label))
    quota, before = quotas
    if years[1] is None or before is None:
        for child, category in deal(now, quota, rng, fitness):
            assign(child, category)
        return
    then = looked_after(children, year_end(years[1].label))
    keys_now = {child.key for child in now}
    keys_then = {child.key for child in then}
    stay = [child for child in now if child.key in keys_then]
    kept = spread(quota, before, len(stay))
    groups = (
        (stay, kept),
        ([c for c in now if c.key not in keys_then], {k: quota[k] - kept[k] for k in quota}),
        ([c for c in then if c.key not in keys_now], {k: before[k] - kept[k] for k in quota}),
    )
    for group, counts in groups:
        for child, category in deal(group, counts, rng, fitness):
            assign(child, category)
