"""The service's own record of a review: who took part, who was seen, what people thought of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from irostats.synthetic.model import Child, Episode, Period, Review, periods_of
from irostats.synthetic.quotas import answers, weighted
from irostats.synthetic.returns import Rows, written
from irostats.synthetic.workdays import (
    age_on,
    working_day_in,
    year_end,
    year_start,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator, Mapping

Meeting = tuple[Child, Period, Review]
# Parents who have a part in their child's care come oftener than those who are losing it.
PARENTS = {"V2": 1.8, "C1": 1.3, "C2": 1.0, "E1": 0.25}
CARERS = {"U": 4.0, "A": 4.0, "K": 1.5, "R": 1.5, "S": 1.2, "P": 0.4, "H": 0.4}
ADVOCATE = {"PN2": 8.0, "PN5": 5.0}
FROM = {
    "form": {"child": 0.46, "carer": 0.24, "parent": 0.19, "professional": 0.11},
    "compliment": {"professional": 0.4, "carer": 0.3, "parent": 0.2, "child": 0.1},
    "complaint": {"parent": 0.7, "carer": 0.2, "child": 0.1},
}


def meetings_in(children: Iterable[Child], label: str) -> Iterator[Meeting]:
    """Every review held in the year, with its child and period of care."""
    first, last = year_start(label), year_end(label)
    for child, period in periods_of(sorted(children, key=lambda child: child.identifier)):
        for review in period.reviews:
            if first <= review.held <= last:
                yield child, period, review


def episode_at(period: Period, review: Review) -> Episode:
    """How the child was looked after on the day of a review."""
    return [e for e in period.episodes if e.decom <= review.held][-1]


def participation_local(
    children: Iterable[Child], label: str, target: Mapping[str, Any], rng: random.Random
) -> Rows:
    """Who took part in each review, and whether the officer saw the child before it."""
    held = list(meetings_in(children, label))
    columns = {
        "parent_attended": answers([_parent(m) for m in held], target["parents"], rng),
        "carer_attended": answers([_carer(m) for m in held], target["carers"], rng),
        "advocate": answers([_advocate(m) for m in held], target["advocate"], rng),
        "chaired": answers([_chair(m) for m in held], target["chaired"], rng),
        "visited_before": answers([_seen(m) for m in held], target["visited"], rng),
    }
    return [
        {
            "child_id": child.identifier,
            "review_date": written(review.held),
            **{name: column[i] for name, column in columns.items()},
        }
        for i, (child, _, review) in enumerate(held)
    ]


def _parent(meeting: Meeting) -> float:
    child, period, review = meeting
    if child.uasc:
        return 0.0
    episode = episode_at(period, review)
    if episode.placement.place == "P1":
        return 9.0
    return PARENTS.get(episode.ls, 1.0) * (0.5 if age_on(child.born, review.held) >= 16 else 1.0)


def _carer(meeting: Meeting) -> float:
    return CARERS.get(episode_at(meeting[1], meeting[2]).placement.place[:1], 1.0)


def _advocate(meeting: Meeting) -> float:
    child, _, review = meeting
    return 0.0 if age_on(child.born, review.held) < 5 else ADVOCATE.get(review.code, 1.0)


def _chair(meeting: Meeting) -> float:
    """Only who came and spoke can have chaired."""
    child, _, review = meeting
    age = age_on(child.born, review.held)
    return max(age - 6.0, 0.0) if review.code == "PN1" else 0.0


def _seen(meeting: Meeting) -> float:
    return 1.0 if meeting[2].code in {"PN1", "PN2", "PN3", "PN4", "PN5"} else 0.6


def feedback(label: str, target: Mapping[str, Any], rng: random.Random) -> Rows:
    """Forms, compliments and complaints by the day on which they came."""
    rows = [
        (working_day_in(label, rng), kind, weighted(FROM[kind], rng))
        for kind in ("form", "compliment", "complaint")
        for _ in range(target[kind])
    ]
    return [{"date": written(day), "kind": kind, "from": who} for day, kind, who in sorted(rows)]
