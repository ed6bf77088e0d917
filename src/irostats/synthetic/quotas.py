"""Exact quotas: shares turned into whole numbers, and categories dealt out to children."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping, Sequence

T = TypeVar("T")
K = TypeVar("K")


class QuotaError(ValueError):
    """Raised when published figures cannot all hold for the simulated children."""


def whole_numbers(weights: Mapping[K, float], total: int) -> dict[K, int]:
    """Split ``total`` in proportion to the weights by the method of largest remainders."""
    scale = sum(weights.values())
    exact = {key: total * weight / scale for key, weight in weights.items()}
    counts = {key: int(value) for key, value in exact.items()}
    spare = sorted(exact, key=lambda key: (counts[key] - exact[key], str(key)))
    for key in spare[: total - sum(counts.values())]:
        counts[key] += 1
    return counts


def deal(
    items: Sequence[T],
    counts: Mapping[str, int],
    rng: random.Random,
    fitness: Callable[[T, str], float] | None = None,
) -> list[tuple[T, str]]:
    """Give each item one category so that every category is used exactly as often as asked.

    Args:
        items: what to label; their number must equal the sum of the counts.
        counts: how often each category is used, those listed first choose first.
        rng: the stream that breaks ties.
        fitness: how well an item suits a category (below zero: not at all).

    Raises:
        QuotaError: if the counts do not add up, or an item would have to take what cannot be.
    """
    if len(items) != sum(counts.values()) or min(counts.values(), default=0) < 0:
        raise QuotaError(f"{sum(counts.values())} places for {len(items)} children: {counts}")
    left = list(items)
    rng.shuffle(left)
    dealt: list[tuple[T, str]] = []
    for category, count in counts.items():
        if fitness is not None:
            score = [fitness(item, category) * (0.5 + rng.random()) for item in left]
            order = sorted(range(len(left)), key=lambda i: -score[i])
            if count and score[order[count - 1]] < 0:
                raise QuotaError(f"too few children can be {category}")
        else:
            order = list(range(len(left)))
        chosen = set(order[:count])
        dealt += [(item, category) for i, item in enumerate(left) if i in chosen]
        left = [item for i, item in enumerate(left) if i not in chosen]
    return dealt


def spread(now: Mapping[str, int], before: Mapping[str, int], stayers: int) -> dict[str, int]:
    """How many of the children present at two dates fall in each category.

    No category of stayers may be larger than it is at either date; the split is otherwise in
    proportion to the later date's.

    Raises:
        QuotaError: if the two dates' totals cannot share so many children.
    """
    caps = {key: min(count, before.get(key, 0)) for key, count in now.items()}
    if sum(caps.values()) < stayers:
        raise QuotaError(f"{stayers} children stay, but only {sum(caps.values())} can: {caps}")
    counts = {key: min(value, caps[key]) for key, value in whole_numbers(now, stayers).items()}
    while sum(counts.values()) < stayers:
        key = max(caps, key=lambda k: (caps[k] - counts[k], k))
        counts[key] += 1
    return counts


def chosen(weights: Sequence[float], count: int, rng: random.Random) -> set[int]:
    """Positions of exactly ``count`` items, drawn without putting back.

    An item of twice the weight is about twice as likely to come next; one of no weight never comes.
    (Efraimidis and Spirakis 2006, doi:10.1016/j.ipl.2005.11.003.)

    Raises:
        QuotaError: if fewer items have a weight.
    """
    if count > sum(weight > 0 for weight in weights):
        raise QuotaError(f"{count} are to be chosen, of {sum(w > 0 for w in weights)} that can be")
    keys = [rng.random() ** (1 / weight) if weight > 0 else -1.0 for weight in weights]
    return set(sorted(range(len(weights)), key=lambda i: -keys[i])[:count])


def answers(
    weights: Sequence[float], share: float, rng: random.Random, unknown: float = 0.015
) -> list[str]:
    """yes, no or blank for each item: of those that are not blank, exactly the share says yes."""
    blank = chosen([1.0] * len(weights), round(unknown * len(weights)), rng)
    known = [0.0 if i in blank else weight for i, weight in enumerate(weights)]
    yes = chosen(known, round(share * (len(weights) - len(blank))), rng)
    return ["" if i in blank else "yes" if i in yes else "no" for i in range(len(weights))]


def weighted(options: Mapping[K, float], rng: random.Random) -> K:
    """One key drawn with the given weights."""
    keys = list(options)
    return rng.choices(keys, [options[key] for key in keys])[0]
