"""How plans and health assessments are followed up; audits."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from irostats.synthetic.attendance import meetings_in
from irostats.synthetic.model import Child
from irostats.synthetic.quotas import answers, chosen, weighted
from irostats.synthetic.returns import Rows, written
from irostats.synthetic.workdays import (
    age_on,
    working_day_in,
    working_day_on_or_before,
    year_end,
    year_start,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Mapping

# From which age a child has the plan; the last year of a personal education plan is at 17.
PLANS = {"care": 0, "health": 0, "pep": 4, "pathway": 16}
AUDITED = {
    "review record": 0.38,
    "case file": 0.22,
    "care plan": 0.16,
    "observation": 0.16,
    "theme of the quarter": 0.08,
}
GRADES = ("outstanding", "good", "requires_improvement", "inadequate")


def plans(
    children: Iterable[Child], label: str, target: Mapping[str, Any], rng: random.Random
) -> Rows:
    """Whether each plan that a child has was up to date at each review; less often at the first."""
    held = list(meetings_in(children, label))
    found: list[tuple[int, int, str]] = []
    for rank, (plan, least) in enumerate(PLANS.items()):
        at = [i for i, (c, _, r) in enumerate(held) if age_on(c.born, r.held) >= least]
        given = answers([0.4 if held[i][2].sequence == 1 else 1.0 for i in at], target[plan], rng)
        found += [(i, rank, answer) for i, answer in zip(at, given, strict=True)]
    return [
        {
            "child_id": held[i][0].identifier,
            "review_date": written(held[i][2].held),
            "plan": list(PLANS)[rank],
            "up_to_date": answer,
        }
        for i, rank, answer in sorted(found)
    ]


def health_local(
    children: Iterable[Child], label: str, target: Mapping[str, Any], rng: random.Random
) -> Rows:
    """Assessments of children looked after at 31 March; two a year for those under five."""
    first, last = year_start(label), year_end(label)
    present = [
        (child, max(first, period.start))
        for child in sorted(children, key=lambda child: child.identifier)
        if not child.short_breaks and (period := child.period_on(last))
    ]
    weights = [0.1 if opens > last - timedelta(days=60) else 1.0 for _, opens in present]
    rows = []
    for i in sorted(chosen(weights, round(target["children"] * len(present)), rng)):
        child, opens = present[i]
        day = opens + timedelta(days=rng.randint(0, (last - opens).days))
        days = {max(working_day_on_or_before(day), opens)}
        other = working_day_on_or_before(day + timedelta(days=rng.choice([-180, 180])))
        if age_on(child.born, last) < 5 and opens <= other <= last:
            days.add(other)
        rows += [{"child_id": child.identifier, "assessed": written(d)} for d in sorted(days)]
    return rows


def audits(label: str, target: Mapping[str, Any], rng: random.Random) -> Rows:
    """Audits by grade over the year."""
    rows = [
        (working_day_in(label, rng), grade, weighted(AUDITED, rng))
        for grade in GRADES
        for _ in range(target[grade])
    ]
    return [
        {"date": written(day), "grade": grade, "type": kind} for day, grade, kind in sorted(rows)
    ]
