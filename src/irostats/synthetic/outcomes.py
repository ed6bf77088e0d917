"""Health outcomes (OC2), missing periods and care leavers (OC3) of one year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from irostats.synthetic.model import Child, stream
from irostats.synthetic.quotas import QuotaError, weighted
from irostats.synthetic.returns import Row, Rows, written
from irostats.synthetic.workdays import age_on, year_end, year_start

if TYPE_CHECKING:
    import random

    from irostats.synthetic.plan import YearPlan

SDQ_BANDS = {"sdq_normal": (0, 13), "sdq_borderline": (14, 16), "sdq_concern": (17, 40)}
USUAL_SHARES = {
    "health_assessment": 0.9,
    "immunisations": 0.88,
    "teeth_check": 0.8,
    "health_check": 0.92,
    "convicted": 0.03,
    "substance_misuse": 0.03,
    "sdq_normal": 0.38,
    "sdq_borderline": 0.1,
    "sdq_concern": 0.32,
}
UNDER_5, SDQ_AGES, OFFENDING_AGE = (0, 4), (5, 16), (10, 17)


def oc2(children: list[Child], year: YearPlan, seed: str) -> Rows:
    """One row for each child looked after all year, with the published numbers of each flag."""
    rng = stream(seed, year.label, "oc2")
    cohort = sorted(
        (c for c in children if not c.short_breaks and c.continuous_in(year.label)),
        key=lambda c: c.identifier,
    )
    day = year_end(year.label)
    ages = {c.key: age_on(c.born, day) for c in cohort}

    def aged(span: tuple[int, int]) -> list[Child]:
        return [c for c in cohort if span[0] <= ages[c.key] <= span[1]]

    wanted = year.quotas.get("health", {})

    def pick(name: str, pool: list[Child]) -> set[int]:
        count = wanted.get(name, round(USUAL_SHARES[name] * len(pool)))
        if count > len(pool):
            raise QuotaError(f"{year.label}: {name} of {count} among {len(pool)} children")
        return {c.key for c in rng.sample(pool, count)}

    flags = {
        "HEALTH_ASSESSMENT": pick("health_assessment", cohort),
        "IMMUNISATIONS": pick("immunisations", cohort),
        "TEETH_CHECK": pick("teeth_check", cohort),
        "SUBSTANCE_MISUSE": pick("substance_misuse", aged((11, 17))),
        "HEALTH_CHECK": pick("health_check", aged(UNDER_5)),
        "CONVICTED": pick("convicted", aged(OFFENDING_AGE)),
    }
    limits = {"HEALTH_CHECK": UNDER_5, "CONVICTED": OFFENDING_AGE}
    scores = _scores(aged(SDQ_AGES), wanted, rng)
    treated = wanted.get("intervention_received", len(flags["SUBSTANCE_MISUSE"]) // 2)
    received = set(sorted(flags["SUBSTANCE_MISUSE"])[:treated])
    rows = []
    for child in cohort:
        row: Row = {"CHILD": child.identifier, "DOB": written(child.born)}
        for name, chosen in flags.items():
            low, high = limits.get(name, (0, 99))
            row[name] = str(int(child.key in chosen)) if low <= ages[child.key] <= high else ""
        expected = SDQ_AGES[0] <= ages[child.key] <= SDQ_AGES[1]
        row["SDQ_SCORE"] = scores.get(child.key, "")
        reason = weighted({"SDQ1": 0.5, "SDQ2": 0.3, "SDQ4": 0.2}, rng)
        row["SDQ_REASON"] = reason if expected and child.key not in scores else ""
        misuse = child.key in flags["SUBSTANCE_MISUSE"]
        row["INTERVENTION_RECEIVED"] = str(int(child.key in received)) if misuse else ""
        refused = misuse and child.key not in received
        row["INTERVENTION_OFFERED"] = "1" if refused else ""
        rows.append(row)
    return rows


def _scores(pool: list[Child], wanted: dict[str, int], rng: random.Random) -> dict[int, str]:
    """SDQ scores: so many in each band, and the published average."""
    left = rng.sample(pool, len(pool))
    scores: dict[int, int] = {}
    spans: dict[int, tuple[int, int]] = {}
    for name, (low, high) in SDQ_BANDS.items():
        count = wanted.get(name, int(USUAL_SHARES[name] * len(pool)))
        for child in left[:count]:
            spans[child.key] = (low, high)
            scores[child.key] = rng.randint(low, min(high, 27))
        left = left[count:]
    average = wanted.get("sdq_average_tenths")
    goal = round(average / 10 * len(scores)) if average else sum(scores.values())
    for _ in range(200_000):
        gap = goal - sum(scores.values())
        if gap == 0:
            return {key: str(score) for key, score in scores.items()}
        key = rng.choice(list(scores))
        moved = scores[key] + (1 if gap > 0 else -1)
        if spans[key][0] <= moved <= spans[key][1]:
            scores[key] = moved
    raise QuotaError("the average SDQ score cannot be met")


def missing(children: list[Child], year: YearPlan, seed: str) -> Rows:
    """Missing and away-without-authorisation periods, as many as published."""
    rng = stream(seed, year.label, "missing")
    pool = [
        c
        for c in children
        if not c.short_breaks
        and c.in_year(year.label)
        and age_on(c.born, year_start(year.label)) >= 9
    ]
    rng.shuffle(pool)
    pool.sort(key=lambda c: -(_days_in_care(c, year.label)[2] // 100))
    usual = {
        "children": round(0.07 * len(pool)),
        "more_than_once": round(0.03 * len(pool)),
        "incidents": round(0.17 * len(pool)),
    }
    quota = year.quotas.get("missing", usual)
    rows = []
    for code, prefix in (("M", ""), ("A", "away_")):
        count, often = quota.get(prefix + "children", 0), quota.get(prefix + "more_than_once", 0)
        chosen, pool = rng.sample(pool[: 2 * count], count), pool
        pool = [c for c in pool if c not in chosen]
        for child, times in zip(
            chosen, _times(count, often, quota.get(prefix + "incidents", 0), rng), strict=True
        ):
            rows += _incidents(child, code, times, year.label, rng)
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
