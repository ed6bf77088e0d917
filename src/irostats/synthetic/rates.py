"""Rates of years for which none were published: those of the nearest that has them, drifting.

Each drift has a stream of its own, named for authority, rate and year: two years draw the same step
between them from whichever side they are reached, so that years side by side stay close.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from irostats.synthetic.model import stream

if TYPE_CHECKING:
    from collections.abc import Mapping

    from irostats.synthetic.plan import Plan, YearPlan

# Points by which a share moves from one year to the next; small shares move less.
STEP = 0.018
RELATIVE_STEP = 0.15
LEAST, MOST = 0.004, 0.96
# Children counted by each health figure, of those looked after all year: by age groups.
HEALTH_BASES = {
    "health_assessment": ("0_to_4", "5_to_9", "10_to_16", "17"),
    "immunisations": ("0_to_4", "5_to_9", "10_to_16", "17"),
    "teeth_check": ("0_to_4", "5_to_9", "10_to_16", "17"),
    "substance_misuse": ("0_to_4", "5_to_9", "10_to_16", "17"),
    "health_check": ("0_to_4",),
    "convicted": ("10_to_16", "17"),
    "sdq_normal": ("5_to_9", "10_to_16"),
    "sdq_borderline": ("5_to_9", "10_to_16"),
    "sdq_concern": ("5_to_9", "10_to_16"),
}
# Of children looked after in the year, where nothing was ever published for the authority.
USUAL_ABSENCES = {
    "children": 0.052,
    "more_than_once": 0.022,
    "incidents": 0.14,
    "away_children": 0.016,
    "away_more_than_once": 0.005,
    "away_incidents": 0.028,
}


def nearest(plan: Plan, label: str, quota: str) -> YearPlan | None:
    """The year nearest to ``label`` with published figures of a kind; None if there is none."""
    known = [year for year in plan.years.values() if quota in year.quotas]
    return min(known, key=lambda year: (abs(_apart(year.label, label)), year.label), default=None)


def _apart(one: str, two: str) -> int:
    return int(two[:4]) - int(one[:4])


def drifted(rate: float, slug: str, name: str, since: str, until: str) -> float:
    """A share some years before or after the year in which it is known, within 0 and 1."""
    first, last = sorted((int(since[:4]), int(until[:4])))
    way = 1 if until > since else -1
    for year in range(first, last):
        step = way * stream(slug, "drift", name, year).uniform(-1, 1)
        rate += step * min(STEP, RELATIVE_STEP * rate)
    return min(max(rate, LEAST), MOST)


def health_shares(plan: Plan, label: str) -> dict[str, float]:
    """Shares of an uncalibrated year's OC2, and the average SDQ score in tenths if it is known."""
    known = nearest(plan, label, "health")
    if known is None:
        raise ValueError(f"{plan.slug} {label}: no year has health figures to go by")
    health, ages = known.quotas["health"], known.quotas["age_12_months"]
    moved = plan.years[label].settings.get("health_moved", {})
    shares = {
        name: drifted(
            health[name] / sum(ages[group] for group in groups) + moved.get(name, 0.0),
            plan.slug,
            name,
            known.label,
            label,
        )
        for name, groups in HEALTH_BASES.items()
    }
    treated = health.get("intervention_received", 0) / max(health["substance_misuse"], 1)
    shares["intervention_received"] = treated
    if "sdq_average_tenths" in health:
        move = stream(plan.slug, "drift", "sdq average", label).randint(-3, 3)
        shares["sdq_average_tenths"] = health["sdq_average_tenths"] + move
    return shares


def absences(plan: Plan, label: str, in_year: int) -> dict[str, int]:
    """How many children are missing and away, how often: as published, or near to it."""
    if "missing" in plan.years[label].quotas:
        return plan.years[label].quotas["missing"]
    known = nearest(plan, label, "missing")
    shares: Mapping[str, float] = USUAL_ABSENCES
    since = label
    if known is not None:
        since = known.label
        shares = {name: n / known.figures["in_year"] for name, n in known.quotas["missing"].items()}
    counts: dict[str, int] = {}
    for prefix in ("", "away_"):
        share = shares[f"{prefix}children"]
        children = round(drifted(share, plan.slug, f"{prefix}absent", since, label) * in_year)
        often, times = (shares[f"{prefix}{name}"] for name in ("more_than_once", "incidents"))
        again = round(children * often / share)
        extra = (times - share) / often if often else 0.0
        counts |= {
            f"{prefix}children": children,
            f"{prefix}more_than_once": again,
            f"{prefix}incidents": children + max(round(again * extra), again),
        }
    return counts
