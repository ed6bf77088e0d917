"""Which further tables the service keeps of a year, made from the year's targets.

Every table draws from a stream of its own, named for authority, year and table: to add, change or
leave out one changes no other file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from irostats.synthetic import attendance, midpoints, monitoring, permanence, running
from irostats.synthetic.model import stream

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Mapping

    from irostats.synthetic.history import History
    from irostats.synthetic.plan import Plan
    from irostats.synthetic.returns import Rows
    from irostats.synthetic.staffing import Post

COLUMNS = {
    "midpoint": "child_id,date",
    "health_local": "child_id,assessed",
    "plans": "child_id,review_date,plan,up_to_date",
    "permanence": "child_id,life_story,disruption_meeting_date",
    "audits": "date,grade,type",
    "conferences": "date,type,in_time",
    "participation_local": "child_id,review_date,parent_attended,carer_attended,advocate,chaired,"
    "visited_before",
    "feedback": "date,kind,from",
    "referrals": "date,type",
    "inspections": "date,body,judgement,finding",
    "supervision": "iro_id,date,type",
    "budget": "year,gbp",
    "priorities": "year,priority,status,note",
}
OF_CHILDREN = {
    "plans": monitoring.plans,
    "midpoint": midpoints.midpoint,
    "health_local": monitoring.health_local,
    "permanence": permanence.permanence,
    "participation_local": attendance.participation_local,
}
OF_THE_YEAR = {
    "audits": monitoring.audits,
    "conferences": running.conferences,
    "feedback": attendance.feedback,
    "referrals": running.referrals,
}


def tables(plan: Plan, history: History, posts: list[Post], label: str) -> dict[str, Rows]:
    """The tables for which the year has targets, by name."""
    return {
        name: _rows(name, target, stream(plan.slug, label, "kept", name), history, posts, label)
        for name, target in plan.years[label].kept.items()
    }


def _rows(
    name: str,
    target: Mapping[str, Any],
    rng: random.Random,
    history: History,
    posts: Iterable[Post],
    label: str,
) -> Rows:
    if name in OF_CHILDREN:
        return OF_CHILDREN[name](history.children, label, target, rng)
    if name in OF_THE_YEAR:
        return OF_THE_YEAR[name](label, target, rng)
    if name == "supervision":
        return running.supervision(posts, label, target, rng)
    if name == "budget":
        return [{"year": label, "gbp": str(target["gbp"])}]
    return [dict(row) for row in target["rows"]]
