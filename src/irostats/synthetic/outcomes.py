"""Health outcomes (OC2) of one year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from irostats.synthetic.model import Child, stream
from irostats.synthetic.quotas import QuotaError, weighted
from irostats.synthetic.rates import health_shares
from irostats.synthetic.returns import Row, Rows, written
from irostats.synthetic.workdays import age_on, year_end

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

    from irostats.synthetic.plan import Plan

SDQ_BANDS = {"sdq_normal": (0, 13), "sdq_borderline": (14, 16), "sdq_concern": (17, 40)}
SDQ_AGES = (5, 16)
# The ages at which each flag may be set, in the order in which they are drawn.
FLAG_AGES = {
    "HEALTH_ASSESSMENT": (0, 17),
    "IMMUNISATIONS": (0, 17),
    "TEETH_CHECK": (0, 17),
    "SUBSTANCE_MISUSE": (11, 17),
    "HEALTH_CHECK": (0, 4),
    "CONVICTED": (10, 17),
}
# Only these are blank at other ages; substance misuse is asked of every child.
BLANK_AT_OTHER_AGES = ("HEALTH_CHECK", "CONVICTED")


def oc2(plan: Plan, children: list[Child], label: str, seed: str) -> Rows:
    """One row for each child looked after all year, with the published numbers of each flag."""
    rng = stream(seed, label, "oc2")
    cohort = sorted(
        (c for c in children if not c.short_breaks and c.continuous_in(label)),
        key=lambda c: c.identifier,
    )
    day = year_end(label)
    ages = {c.key: age_on(c.born, day) for c in cohort}

    def aged(span: tuple[int, int]) -> list[Child]:
        return [c for c in cohort if span[0] <= ages[c.key] <= span[1]]

    pools = {name: aged(span) for name, span in FLAG_AGES.items()}
    wanted = plan.years[label].quotas.get("health") or _near(
        health_shares(plan, label),
        {"health_check": len(pools["HEALTH_CHECK"]), "convicted": len(pools["CONVICTED"])}
        | dict.fromkeys(SDQ_BANDS, len(aged(SDQ_AGES))),
        len(cohort),
    )
    flags = {name: _some(pool, wanted[name.lower()], name, rng) for name, pool in pools.items()}
    scores = _scores(aged(SDQ_AGES), wanted, rng)
    treated = wanted.get("intervention_received", len(flags["SUBSTANCE_MISUSE"]) // 2)
    received = set(sorted(flags["SUBSTANCE_MISUSE"])[:treated])
    rows = []
    for child in cohort:
        row: Row = {"CHILD": child.identifier, "DOB": written(child.born)}
        for name, chosen in flags.items():
            low, high = FLAG_AGES[name] if name in BLANK_AT_OTHER_AGES else (0, 17)
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


def _some(pool: list[Child], count: int, name: str, rng: random.Random) -> set[int]:
    if count > len(pool):
        raise QuotaError(f"{name} of {count} among {len(pool)} children")
    return {child.key for child in rng.sample(pool, count)}


def _near(shares: Mapping[str, float], bases: Mapping[str, int], cohort: int) -> dict[str, int]:
    """Whole numbers of children from shares of the cohort, or of the part that is asked about."""
    average = shares.get("sdq_average_tenths")
    counts = {
        name: round(share * bases.get(name, cohort))
        for name, share in shares.items()
        if name not in {"sdq_average_tenths", "intervention_received"}
    }
    received = round(shares["intervention_received"] * counts["substance_misuse"])
    known = {} if average is None else {"sdq_average_tenths": round(average)}
    return {**counts, **known, "intervention_received": received}


def _scores(pool: list[Child], wanted: Mapping[str, int], rng: random.Random) -> dict[int, str]:
    """SDQ scores: so many in each band, and the published average."""
    left = rng.sample(pool, len(pool))
    scores: dict[int, int] = {}
    spans: dict[int, tuple[int, int]] = {}
    for name, (low, high) in SDQ_BANDS.items():
        count = wanted[name]
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
