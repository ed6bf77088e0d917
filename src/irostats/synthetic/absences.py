"""Missing and away-without-authorisation periods of one year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from irostats.synthetic.model import Child, stream
from irostats.synthetic.quotas import QuotaError
from irostats.synthetic.rates import absences
from irostats.synthetic.returns import Rows, written
from irostats.synthetic.workdays import age_on, year_end, year_start

if TYPE_CHECKING:
    import random

    from irostats.synthetic.plan import Plan


def missing(plan: Plan, children: list[Child], label: str, seed: str) -> Rows:
    """Missing and away-without-authorisation periods, as many as published (or near to it)."""
    rng = stream(seed, label, "missing")
    there = [c for c in children if not c.short_breaks and c.in_year(label)]
    pool = [c for c in there if age_on(c.born, year_start(label)) >= 9]
    rng.shuffle(pool)
    pool.sort(key=lambda c: -(_days_in_care(c, label)[2] // 100))
    quota = absences(plan, label, len(there))
    rows = []
    for code, prefix in (("M", ""), ("A", "away_")):
        count, often = quota.get(prefix + "children", 0), quota.get(prefix + "more_than_once", 0)
        chosen, pool = rng.sample(pool[: 2 * count], count), pool
        pool = [c for c in pool if c not in chosen]
        for child, times in zip(
            chosen, _times(count, often, quota.get(prefix + "incidents", 0), rng), strict=True
        ):
            rows += _incidents(child, code, times, label, rng)
    return sorted(rows, key=lambda row: (row["CHILD"], row["MISSING"]))


def _times(count: int, often: int, incidents: int, rng: random.Random) -> list[int]:
    """How often each child is missing: some once, the others at least twice, with a tail."""
    times = [2] * often + [1] * (count - often)
    pull = [rng.paretovariate(1.1) for _ in range(often)]
    while sum(times) < incidents:
        i = rng.choices(range(often), pull)[0]
        if times[i] < 26:
            times[i] += 1
    return times


def _days_in_care(child: Child, year: str) -> tuple[date, date, int]:
    """The longest stretch in care in the year and its days."""
    spans = [
        (max(p.start, year_start(year)), min(p.end or year_end(year), year_end(year)))
        for p in child.periods
        if p.touches(year)
    ]
    first, last = max(spans, key=lambda span: span[1] - span[0])
    return first, last, (last - first).days


def _incidents(child: Child, code: str, times: int, year: str, rng: random.Random) -> Rows:
    first, _, days = _days_in_care(child, year)
    slots = max((days - 6) // 4, 1)
    if slots < times:
        raise QuotaError(f"{year}: {times} incidents in {days} days in care")
    rows = []
    for slot in sorted(rng.sample(range(slots), times)):
        start = first + timedelta(days=1 + 4 * slot)
        end = start + timedelta(days=rng.choices([0, 1, 2, 3], [4, 4, 1, 1])[0])
        rows.append(
            {
                "CHILD": child.identifier,
                "DOB": written(child.born),
                "MISSING": code,
                "MIS_START": written(start),
                "MIS_END": written(end),
            }
        )
    return rows
