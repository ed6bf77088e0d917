"""Why children stop being looked after: SSDA903 reasons that suit age, time in care and year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from irostats.synthetic.model import Child, Period, periods_of, stream
from irostats.synthetic.quotas import deal, weighted
from irostats.synthetic.workdays import age_on, reporting_year, year_end

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Mapping

    from irostats.synthetic.plan import YearPlan

ADOPTED = {"E11", "E12"}
GUARDIANSHIP = {"E43", "E44", "E45", "E46", "E47", "E48"}
NEW_GUARDIANSHIP_CODES = date(2018, 4, 1)
STAYING_PUT = date(2014, 4, 1)
SUITS = 0.4
# Of the children who leave before 18 and do not come back, where nothing was published.
USUAL = {"E11": 0.035, "E12": 0.05, "E45": 0.06, "E47": 0.1, "E41": 0.05, "E4A": 0.2, "E4B": 0.06}
Pair = tuple[Child, Period]


def settle_reasons(
    children: list[Child], anchor: YearPlan, years: Iterable[str], seed: str
) -> None:
    """Give every ended period its reason: as often as published, in other years about as often."""
    ended = [(child, period) for child, period in periods_of(children) if period.end]
    free: dict[str, list[Pair]] = {label: [] for label in years}
    for child, period in ended:
        if not _at_18(child, period) and not _returns(child, period):
            free[reporting_year(_end(period))].append((child, period))
    published = anchor.quotas.get("leaving", {})
    shares = {code: n / len(free[anchor.label]) for code, n in published.items()} or USUAL
    for label, pairs in free.items():
        rng = stream(seed, label, "leaving")
        wanted = published
        if not published or label != anchor.label:
            wanted = _in_proportion(shares, pairs, label, rng)
        rest = {**wanted, "": len(pairs) - sum(wanted.values())}
        # The published number of special guardianships is of all of their codes.
        known = wanted.keys() | (GUARDIANSHIP if GUARDIANSHIP & wanted.keys() else set())
        for (child, period), code in deal(pairs, rest, rng, _fits):
            period.rec = code or _sample(child, period, rng, without=known)
        for child, period in ended:
            if not period.rec and reporting_year(_end(period)) == label:
                period.rec = _sample(child, period, rng, without=known)


def _in_proportion(
    shares: Mapping[str, float], pairs: list[Pair], label: str, rng: random.Random
) -> dict[str, int]:
    """The calibrated year's reasons for so many leavers, in the year's codes, give or take a few.

    No reason is given oftener than there are children whom it suits.
    """
    wanted: dict[str, int] = {}
    for code, share in shares.items():
        own = code_in(code, label)
        number = round(share * len(pairs) * rng.uniform(0.82, 1.12))
        wanted[own] = wanted.get(own, 0) + number
    for group in (ADOPTED, GUARDIANSHIP):
        suited = sum(max(_fits(pair, code) for code in group) >= SUITS for pair in pairs)
        for code in sorted(group & wanted.keys()):
            wanted[code] = min(wanted[code], suited)
            suited -= wanted[code]
    return wanted


def code_in(code: str, label: str) -> str:
    """The code that a reason had in a year: those of special guardianship changed in April 2018."""
    if year_end(label) > NEW_GUARDIANSHIP_CODES:
        return {"E43": "E45", "E44": "E47"}.get(code, code)
    return {"E45": "E43", "E46": "E43", "E47": "E44", "E48": "E44"}.get(code, code)


def _end(period: Period) -> date:
    assert period.end is not None
    return period.end


def _at_18(child: Child, period: Period) -> bool:
    return age_on(child.born, _end(period)) >= 18


def _returns(child: Child, period: Period) -> bool:
    return period is not child.periods[-1]


def _fits(pair: tuple[Child, Period], code: str) -> float:
    """How well a reason suits a child who leaves before 18 and does not come back."""
    child, period = pair
    age, days = age_on(child.born, _end(period)), (_end(period) - period.start).days
    if code == "":
        return 1.0
    if child.uasc:
        return -1.0 if code in ADOPTED | GUARDIANSHIP else 0.01
    if code in ADOPTED:
        return (6.0 if age <= 3 else 1.0) if age <= 8 and days >= 200 else 0.0001
    if code in GUARDIANSHIP or code == "E41":
        return (3.0 if age <= 10 else 0.5) if days >= 90 else 0.02
    return 2.0 if days < 200 else 1.0


def _sample(child: Child, period: Period, rng: random.Random, without: set[str]) -> str:
    end = _end(period)
    age, days = age_on(child.born, end), (end - period.start).days
    if age >= 18:
        staying = {"E17": 0.25} if end >= STAYING_PUT else {}
        return weighted({"E5": 0.3, "E6": 0.1, "E7": 0.07, "E8": 0.3, **staying}, rng)
    shares = {"E4A": 0.3, "E4B": 0.1, "E13": 0.12, "E8": 0.15, "E3": 0.03}
    if child.uasc:
        shares = {"E8": 0.5, "E15": 0.3, "E3": 0.2}
    elif not _returns(child, period):
        if age <= 6 and days >= 270:
            shares |= {"E12": 0.4, "E11": 0.25}
        if days >= 120 and end >= NEW_GUARDIANSHIP_CODES:
            shares |= {"E45": 0.1, "E46": 0.03, "E47": 0.12, "E48": 0.02}
        elif days >= 120:
            shares |= {"E43": 0.1, "E44": 0.12}
        if days >= 90:
            shares["E41"] = 0.07
        if age >= 14:
            shares |= {"E9": 0.02, "E14": 0.04}
    allowed = {code: share for code, share in shares.items() if code not in without}
    return weighted(allowed, rng)
