"""Who is looked after when: periods of care that close on the published stocks, exactly."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from irostats.synthetic.model import Child, Period, looked_after
from irostats.synthetic.quotas import weighted, whole_numbers
from irostats.synthetic.workdays import add_years, age_on, year_end, year_start

if TYPE_CHECKING:
    import random

    from irostats.synthetic.plan import Flow

# Days already in care of children looked after at a 31 March: a long tail.
DURATION_SHARES = {
    (3, 90): 0.12,
    (90, 365): 0.25,
    (365, 730): 0.2,
    (730, 1460): 0.22,
    (1460, 2550): 0.13,
    (2550, 4700): 0.08,
}
READMISSION_SHARE = 0.04


def day_between(first: date, last: date, rng: random.Random) -> date:
    """A day from ``first`` to ``last``; weekends are rarer than weekdays."""
    for _ in range(4):
        day = first + timedelta(days=rng.randint(0, max((last - first).days, 0)))
        if day.weekday() < 5 or rng.random() < 0.25:
            return day
    return day


def opening_stock(count: int, year: str, first_key: int, rng: random.Random) -> list[Child]:
    """Children already looked after when the first shipped year begins, with true starts."""
    eve = year_start(year) - timedelta(days=1)
    children: list[Child] = []
    for (low, high), share in whole_numbers(DURATION_SHARES, count).items():
        for _ in range(share):
            start = eve - timedelta(days=rng.randint(low, high))
            if start.weekday() > 4 and rng.random() < 0.7:
                start -= timedelta(days=2)
            children.append(Child(first_key + len(children), [Period(start)]))
    return children


def run_year(children: list[Child], year: str, flow: Flow, rng: random.Random) -> list[Child]:
    """Add one year's endings, returns and new starts; returns the longer list of children."""
    first, last = year_start(year) + timedelta(days=1), year_end(year)
    present = looked_after(children, first - timedelta(days=2))
    leavers = _leavers(present, flow.b, year, rng)
    rest = [child for child in present if child not in leavers]
    rng.shuffle(rest)
    steady = [child for child in rest if not child.has_age or _age_at_end(child, year) < 17]
    for child in leavers:
        _end(child, first, last, rng)
    for child in steady[: flow.c]:
        _leave_and_return(child, first, last, again=False, rng=rng)
    for child in steady[flow.c : flow.c + flow.d]:
        _leave_and_return(child, first, last, again=True, rng=rng)
    return children + _arrivals(children, first, last, flow, rng)


def _age_at_end(child: Child, year: str) -> int:
    return age_on(child.born, year_end(year))


def _leavers(present: list[Child], count: int, year: str, rng: random.Random) -> list[Child]:
    """Those turning 18 must leave; the others the likelier the shorter they have been in care."""
    must = [child for child in present if child.has_age and _age_at_end(child, year) >= 18]
    if len(must) > count:
        raise ValueError(f"{year}: {len(must)} turn 18 but only {count} may leave")
    others = [child for child in present if child not in must]
    pressure = {}
    for child in others:
        days = (year_start(year) - child.periods[-1].start).days
        pressure[child.key] = rng.random() ** (1 / (2.2 if days < 730 else 1.2))
    others.sort(key=lambda child: -pressure[child.key])
    return must + others[: count - len(must)]


def _end(child: Child, first: date, last: date, rng: random.Random) -> None:
    birthday = add_years(child.born, 18) if child.has_age else last + timedelta(days=1)
    period = child.periods[-1]
    if birthday <= last:
        period.end = birthday
    else:
        period.end = day_between(max(first, period.start + timedelta(days=4)), last, rng)


def _leave_and_return(
    child: Child, first: date, last: date, *, again: bool, rng: random.Random
) -> None:
    away = day_between(first + timedelta(days=10), last - timedelta(days=200), rng)
    back = away + timedelta(days=rng.randint(12, 90))
    child.periods[-1].end = max(away, child.periods[-1].start + timedelta(days=5))
    back = max(back, child.periods[-1].end + timedelta(days=6))
    child.periods.append(Period(back))
    if again:
        child.periods[-1].end = day_between(
            back + timedelta(days=20), last - timedelta(days=2), rng
        )


def _arrivals(
    known: list[Child], first: date, last: date, flow: Flow, rng: random.Random
) -> list[Child]:
    """Children who start in the year: some stay, some leave again, some come back."""
    total = flow.e + flow.f + flow.g
    returning = _readmitted(known, first, last, round(READMISSION_SHARE * flow.e), rng)
    next_key = max(child.key for child in known) + 1
    fresh = [Child(next_key + i, []) for i in range(total - len(returning))]
    stay = returning + fresh[: flow.e - len(returning)]
    leave = fresh[len(stay) - len(returning) :][: flow.f]
    for child in stay:
        child.periods.append(Period(day_between(first, last - timedelta(days=1), rng)))
    for child in leave:
        start = day_between(first, last - timedelta(days=4), rng)
        days = weighted(
            {rng.randint(2, 25): 0.45, rng.randint(26, 120): 0.4, rng.randint(121, 300): 0.15}, rng
        )
        end = min(start + timedelta(days=days), last - timedelta(days=rng.randint(0, 1)))
        child.periods.append(Period(start, end))
    for child in fresh[len(fresh) - flow.g :] if flow.g else []:
        start = day_between(first, last - timedelta(days=180), rng)
        end = start + timedelta(days=rng.randint(5, 60))
        back = end + timedelta(days=rng.randint(10, 60))
        child.periods += [Period(start, end), Period(back)]
    return fresh


def _readmitted(
    known: list[Child], first: date, last: date, count: int, rng: random.Random
) -> list[Child]:
    """Children who left in an earlier year and come back in this one."""
    gone = [
        child
        for child in known
        if child.last_end is not None
        and child.last_end < first - timedelta(days=60)
        and (not child.has_age or age_on(child.born, last) < 16)
    ]
    return rng.sample(gone, min(count, len(gone)))
