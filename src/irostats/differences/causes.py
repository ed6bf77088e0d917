"""The share of each cause in a movement.

Where several causes move a figure together, what one of them does depends on which of the others
are at work already. Its share is its Shapley value: its effect averaged over every order in which
the causes can come. Shares so defined add up exactly to the movement, and do not depend on which
cause is named first (L. S. Shapley, A value for n-person games, 1953). Fractions keep that exact.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from irostats.differences.figures import same
from irostats.differences.inputs import Part
from irostats.differences.mixing import POPULATION, POSTCODES, RULES, YEAR
from irostats.figures import Figure
from irostats.ssda903 import TABLES as RETURN

MOST = 4
"""Causes told apart: the figures are computed once for each set of them."""
DUST = Fraction(1, 10**9)
RETURN_ITSELF = "this year's return"
EARLIER = "earlier years' returns"
SERVICE = "service tables"
SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class Cause:
    """Parts of the inputs that are swapped together, and what they are called."""

    label: str
    parts: frozenset[Part]


@dataclass(frozen=True, slots=True)
class Parted:
    """Why a figure moved.

    Attributes:
        shares: Cause and share, in the measure's unit; they add up to the movement. Empty if the
            movement is no number, or cannot be parted.
        involved: Causes without which it would have moved otherwise, where there are no shares.
    """

    shares: tuple[tuple[str, Fraction], ...] = ()
    involved: tuple[str, ...] = ()


def grouped(parts: Iterable[Part], year: str, later: str) -> tuple[Cause, ...]:
    """Causes, as fine as ``MOST`` allows; service tables are taken together first.

    Args:
        parts: What differs.
        year: The year that both builds report on; empty if they report on two.
        later: What the year reported on is called as a cause.
    """
    every = list(parts)
    steps: list[tuple[str, Callable[[Part], bool]]] = [
        (SERVICE, lambda part: part[0] == "service"),
        (EARLIER, lambda part: part[0] == "return" and part[1] != year),
        (SETTINGS, lambda part: part in (RULES, POPULATION)),
        (RETURN_ITSELF, lambda part: part[0] == "return" and part[1] == year),
    ]
    fine = {part: _label(part, year, later) for part in every}
    for taken in range(len(steps) + 1):
        groups: dict[str, list[Part]] = {}
        for part in every:
            together = (name for name, holds in steps[:taken] if holds(part))
            groups.setdefault(next(together, fine[part]), []).append(part)
        if len(groups) <= MOST:
            break
    # What has nothing to be taken together with keeps its own name.
    return tuple(
        Cause(name if len({fine[part] for part in parts}) > 1 else fine[parts[0]], frozenset(parts))
        for name, parts in groups.items()
    )


def _label(part: Part, year: str, later: str) -> str:
    """What a part is called by itself."""
    kind, folder, table = part
    if part == YEAR:
        return later
    if part == RULES:
        return "[rules]"
    if part in (POPULATION, POSTCODES):
        return "population" if part == POPULATION else "postcode directory"
    if kind == "service":
        return table
    if folder != year:
        return f"return of {folder}"
    return "/".join(RETURN[name].label if name in RETURN else name for name in table.split(","))


def shapley(values: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """The Shapley value of each of n causes.

    Args:
        values: The figure for each set of causes at work, 2**n of them: bit i of the position
            says whether cause i is.

    Returns:
        n shares, which add up to the last of ``values`` less the first.
    """
    count = len(values).bit_length() - 1
    weights = [
        Fraction(math.factorial(size) * math.factorial(count - size - 1), math.factorial(count))
        for size in range(count)
    ]
    return tuple(
        sum(
            (
                weights[without.bit_count()] * (values[without | 1 << i] - values[without])
                for without in range(len(values))
                if not without >> i & 1
            ),
            Fraction(0),
        )
        for i in range(count)
    )


def parted(
    a: Figure | None,
    b: Figure | None,
    between: Sequence[Figure | None],
    labels: Sequence[str],
    rest: str,
) -> Parted:
    """The share of each cause in the movement from ``a`` to ``b``.

    Args:
        a: The figure as the first build printed it.
        b: As the second did.
        between: As computed now for each set of causes at work; see ``shapley``.
        labels: What the causes are called.
        rest: What the rest is called, that none of them explains.
    """
    values = [figure.value for figure in between if figure is not None and figure.known]
    if a is None or b is None or not (a.known and b.known and len(values) == len(between)):
        return Parted(involved=_involved(between, labels))
    exact = [Fraction(value) for value in values]
    shares = list(zip(labels, shapley(exact), strict=True))
    left = movement(a, b) - (exact[-1] - exact[0])
    return Parted(_without_dust([*shares, (rest, left)]))


def _without_dust(shares: Sequence[tuple[str, Fraction]]) -> tuple[tuple[str, Fraction], ...]:
    """What is left of percentages in the last binary digits goes to the largest share."""
    large = [(label, share) for label, share in shares if abs(share) > DUST]
    dust = sum((share for _, share in shares if abs(share) <= DUST), Fraction(0))
    largest = max(large, key=lambda found: abs(found[1]), default=None)
    return tuple(
        (label, share + dust if (label, share) == largest else share) for label, share in large
    )


def whole(a: Figure | None, b: Figure | None, label: str) -> Parted:
    """All of a movement to the only cause that there is."""
    if a is None or b is None or not (a.known and b.known):
        return Parted(involved=(label,))
    return Parted(((label, movement(a, b)),))


def movement(a: Figure, b: Figure) -> Fraction:
    """Second less first, exactly."""
    return Fraction(b.value) - Fraction(a.value)


def _involved(between: Sequence[Figure | None], labels: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        label
        for i, label in enumerate(labels)
        if any(
            not same(between[without], between[without | 1 << i])
            for without in range(len(between))
            if not without >> i & 1
        )
    )
