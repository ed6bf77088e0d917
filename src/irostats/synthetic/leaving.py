"""Why children stop being looked after: SSDA903 reasons that suit age, time in care and year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from irostats.synthetic.model import Child, Period, periods_of
from irostats.synthetic.quotas import deal, weighted
from irostats.synthetic.workdays import age_on, reporting_year

if TYPE_CHECKING:
    import random

    from irostats.synthetic.plan import YearPlan

ADOPTED = {"E11", "E12"}
GUARDIANSHIP = {"E43", "E44", "E45", "E46", "E47", "E48"}
NEW_GUARDIANSHIP_CODES = date(2018, 4, 1)
STAYING_PUT = date(2014, 4, 1)


def settle_reasons(children: list[Child], anchor: YearPlan, rng: random.Random) -> None:
    """Give every ended period its reason; in the calibrated year as often as published."""
    ended = [(child, period) for child, period in periods_of(children) if period.end]
    quota = anchor.quotas.get("leaving", {})
    free = [
        pair
        for pair in ended
        if reporting_year(_end(pair[1])) == anchor.label
        and not _at_18(*pair)
        and not _returns(*pair)
    ]
    if quota:
        rest = {**quota, "": len(free) - sum(quota.values())}
        for (child, period), code in deal(free, rest, rng, _fits):
            period.rec = code or _sample(child, period, rng, without=set(quota))
    for child, period in ended:
        if not period.rec:
            calibrated = quota and reporting_year(_end(period)) == anchor.label
            period.rec = _sample(child, period, rng, set(quota) if calibrated else set())


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
