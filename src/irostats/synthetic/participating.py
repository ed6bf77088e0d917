"""How children take part in their reviews: participation codes, exact where published."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from irostats.synthetic.model import Child, Review, looked_after, stream
from irostats.synthetic.quotas import QuotaError, weighted
from irostats.synthetic.workdays import age_on, year_end, year_start

if TYPE_CHECKING:
    import random

    from irostats.synthetic.plan import YearPlan

UNDER_AGE = "PN0"
TOOK_PART = ("PN1", "PN2", "PN3", "PN5", "PN6")


def give_codes(children: list[Child], year: YearPlan, seed: str) -> None:
    """Give every review of a year its participation code."""
    rng = stream(seed, year.label, "participation")
    reviews = [(child, review) for child in children for review in child.reviews_in(year.label)]
    coded = [(child, review) for child, review in reviews if age_on(child.born, review.held) >= 4]
    for child, review in reviews:
        if age_on(child.born, review.held) < 4:
            review.code = UNDER_AGE
    if "children_participated" in year.figures:
        _by_child(coded, year.figures, rng)
        return
    if "reviews_participated" in year.figures:
        wanted = year.figures["reviews_participated"]
    else:
        wanted = round(year.settings["participation"] * len(coded))
    _by_review(coded, wanted, rng)


def _code(child: Child, review: Review, rng: random.Random, *, took_part: bool) -> str:
    if not took_part:
        return weighted({"PN4": 0.3, "PN7": 0.7}, rng)
    age = age_on(child.born, review.held)
    if age < 8:
        return weighted({"PN1": 0.25, "PN2": 0.12, "PN3": 0.1, "PN5": 0.4, "PN6": 0.13}, rng)
    return weighted({"PN1": 0.55, "PN2": 0.07, "PN3": 0.02, "PN5": 0.16, "PN6": 0.2}, rng)


def _by_review(coded: list[tuple[Child, Review]], wanted: int, rng: random.Random) -> None:
    """Exactly ``wanted`` reviews with participation; the others cluster in the same children."""
    if wanted > len(coded):
        raise QuotaError(f"{wanted} reviews with participation of {len(coded)} at 4 and over")
    reluctance = {child.key: rng.random() ** 3 for child, _ in coded}
    order = sorted(coded, key=lambda pair: reluctance[pair[0].key] * rng.random())
    for i, (child, review) in enumerate(order):
        review.code = _code(child, review, rng, took_part=i < wanted)


def _by_child(
    coded: list[tuple[Child, Review]], figures: dict[str, int], rng: random.Random
) -> None:
    """Exactly so many children who took part in at least one of their reviews."""
    keys = sorted({child.key for child, _ in coded})
    if len(keys) != figures["children_coded"]:
        raise QuotaError(f"{len(keys)} children reviewed at 4 and over, not as published")
    never = set(rng.sample(keys, len(keys) - figures["children_participated"]))
    certain: set[int] = set()
    for child, review in coded:
        willing = child.key not in never and (child.key not in certain or rng.random() < 0.95)
        certain.add(child.key)
        review.code = _code(child, review, rng, took_part=willing)


def reviewed_children(children: list[Child], year: YearPlan, seed: str) -> None:
    """Bring the number of different children reviewed in a year to what was published."""
    target = year.figures.get("children_reviewed")
    if target is None:
        return
    rng = stream(seed, year.label, "reviewed")
    first, last = year_start(year.label), year_end(year.label)
    pool = [child for child in children if not child.short_breaks]
    reviewed = [child for child in pool if child.reviews_in(year.label)]
    rng.shuffle(reviewed)
    for child in reviewed:
        if len(reviewed) <= target:
            break
        held = child.reviews_in(year.label)
        period = next(p for p in child.periods if held[0] in p.reviews)
        stop = min(period.end or last, last)
        if len(held) == 1 and period.reviews[-1] is held[0] and held[0].due >= stop > first:
            period.reviews.remove(held[0])
            period.closed_to_reviews = True
            reviewed = [other for other in reviewed if other is not child]
    short = target - len(reviewed)
    if short:
        raise QuotaError(f"{year.label}: {short} more children must be reviewed than are")


def children_coded(children: list[Child], year: YearPlan, seed: str) -> None:
    """Shift birth dates of very young children until as many as published are 4 when reviewed."""
    target = year.figures.get("children_coded")
    if target is None:
        return
    rng = stream(seed, year.label, "coded")
    day = year_end(year.label)
    present = {child.key for child in looked_after(children, day)}

    def coded(child: Child) -> bool:
        return any(age_on(child.born, r.held) >= 4 for r in child.reviews_in(year.label))

    count = sum(coded(child) for child in children)
    toddlers = [
        child
        for child in children
        if child.key in present
        and 1 <= age_on(child.born, day) <= 4
        and child.reviews_in(year.label)
    ]
    for _ in range(4000):
        if count == target:
            return
        child = rng.choice(toddlers)
        was, before = child.born, coded(child)
        shift = timedelta(days=rng.randint(20, 500) * (-1 if count < target else 1))
        child.born = was + shift
        ok = 1 <= age_on(child.born, day) <= 4 and child.born < child.first_start
        edge = (child.born.month, child.born.day) in {(3, 31), (4, 1)}
        if not ok or edge or coded(child) == before:
            child.born = was
            continue
        count += coded(child) - before
    raise QuotaError(f"{year.label}: {count} children reviewed at 4 and over, not {target}")
