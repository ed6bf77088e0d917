"""What a reader can work out: integer reasoning over everything that is shown.

An unknown is a count that is not shown; equations tie unknowns to each other and to what is shown.
A reader who solves them all at once learns of an unknown no more than the whole numbers that it can
still take. A mixed-integer solver (HiGHS) looks for a second one: the fewest other counts that
would have to be different too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, hstack

Node = tuple[str, ...]
"""A count: its cell and period, and which part of a ratio it is, if it is one."""
FAR = 10.0**6
"""No count of an authority is larger."""
HALF = 0.5
"""Whole numbers that a solver gives are the same where they differ by less."""


@dataclass(frozen=True)
class Equation:
    """A total and the parts that add up to it.

    Args:
        total: The whole.
        parts: What it is divided into.
        split: Whether the parts are kinds of children: that all of them are of one kind is
            then something to be hidden.
    """

    total: Node
    parts: tuple[Node, ...]
    split: bool = True

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The total, then the parts."""
        return (self.total, *self.parts)

    def signed(self) -> Iterator[tuple[Node, float]]:
        """Each node and its sign; they add up to nothing."""
        yield self.total, 1.0
        for part in self.parts:
            yield part, -1.0


class Reader:
    """What can be worked out of unknowns that equations tie together.

    Args:
        unknown: Each with its true number.
        equations: All equations that hold one of them; what else stands there is known.
        limits: The least and the most that a reader takes each for, where it is not any number
            from 0 on.
    """

    def __init__(
        self,
        unknown: Mapping[Node, float],
        equations: Sequence[Equation],
        limits: Mapping[Node, tuple[float, float]] | None = None,
    ) -> None:
        self._nodes = list(unknown)
        self._place = {node: number for number, node in enumerate(unknown)}
        true = np.array(list(unknown.values()))
        known = limits or {}
        least, most = np.array([known.get(node, (0.0, FAR)) for node in unknown]).T
        # How many more, and how many fewer, of each unknown there are than in truth.
        self._bounds = Bounds(0, np.concatenate([most - true, true - least]))
        self._sums = self._constraint(equations)

    def _constraint(self, equations: Sequence[Equation]) -> list[LinearConstraint]:
        entries = [
            (row, self._place[node], sign)
            for row, equation in enumerate(equations)
            for node, sign in equation.signed()
            if node in self._place
        ]
        if not entries:
            return []
        rows, columns, signs = zip(*entries, strict=True)
        matrix = coo_array((signs, (rows, columns)), shape=(len(equations), len(self._nodes)))
        return [LinearConstraint(hstack([matrix, -matrix]).tocsr(), 0, 0)]

    def otherwise(self, node: Node) -> frozenset[Node] | None:
        """The unknowns that would be another number together with this one.

        Returns:
            ``node`` and the fewest others; None where it can be one number only.
        """
        return self._moved({node: 1.0}) or self._moved({node: -1.0})

    def larger(self, total: Node, part: Node) -> frozenset[Node] | None:
        """The unknowns that would be another number if a total were larger than its part."""
        return self._moved({total: 1.0, part: -1.0})

    def _moved(self, signs: Mapping[Node, float]) -> frozenset[Node] | None:
        """The smallest change in which these unknowns, so signed, add up to one at least."""
        wanted: NDArray[np.float64] = np.zeros(2 * len(self._nodes))
        for node, sign in signs.items():
            wanted[self._place[node]] = sign
            wanted[self._place[node] + len(self._nodes)] = -sign
        found = milp(
            np.ones(len(wanted)),
            constraints=[*self._sums, LinearConstraint(wanted, 1, np.inf)],
            bounds=self._bounds,
            integrality=np.ones(len(wanted)),
        )
        if found.x is None:
            return None
        more, fewer = np.split(found.x, 2)
        return frozenset(
            node for node, n in zip(self._nodes, np.abs(more - fewer), strict=True) if n > HALF
        )
