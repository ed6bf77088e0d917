"""What a reader can work out: integer reasoning over everything that is shown.

An unknown is a count that is not shown; equations tie unknowns to each other and to what is shown.
A reader who solves them all at once learns of an unknown no more than the whole numbers that it can
still take. A second one is looked for nearby first, a step at a time along the equations; where no
such walk comes round, a mixed-integer solver (HiGHS) says whether there is any, and which has the
fewest other counts that would have to be different too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

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
STEPS = 60
"""How far a walk goes before the solver is asked."""
UNSEEN = 0.01
"""What it costs that one more unknown is otherwise; that something shown is not costs more."""
REACHES = (3, 6, 100)
"""How many equations away counts are looked for that might not be shown."""


@dataclass(frozen=True, eq=False)
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

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The total, then the parts."""
        return (self.total, *self.parts)

    def signed(self) -> Iterator[tuple[Node, float]]:
        """Each node and its sign; they add up to nothing."""
        yield self.total, 1.0
        for part in self.parts:
            yield part, -1.0


def _alike(_: Node) -> float:
    return UNSEEN


class Reader:
    """What can be worked out of unknowns that equations tie together.

    Args:
        values: The true number of each node.
        ties: The equations that hold each node.
        unseen: The unknowns; it may grow and shrink between questions.
        limits: The least and the most that a reader takes an unknown for.
    """

    def __init__(
        self,
        values: Mapping[Node, float],
        ties: Mapping[Node, Sequence[Equation]],
        unseen: Collection[Node],
        limits: Callable[[Node], tuple[float, float]],
    ) -> None:
        self._values = values
        self._ties = ties
        self._unseen = unseen
        self._limits = limits

    def otherwise(self, node: Node) -> frozenset[Node] | None:
        """The unknowns that would be another number together with this one.

        Returns:
            ``node`` and others, few of them; None where it can be one number only.
        """
        for sign in (1.0, -1.0):
            if found := self._walked({node: sign}):
                return found
        if node in self._certain(node):
            return None
        return self._moved({node: 1.0}) or self._moved({node: -1.0})

    def larger(self, total: Node, part: Node) -> frozenset[Node] | None:
        """The unknowns that would be another number if a total were larger than its part."""
        near = self._walked({total: 1.0}, still=part) or self._walked({part: -1.0}, still=total)
        if near:
            return near
        certain = self._certain(total)
        for tie in self._ties[total]:
            others = {node for node in tie.nodes if node in self._unseen} - {total, part}
            if tie.total == total and part in tie.parts and others <= certain:
                return None
        return self._moved({total: 1.0, part: -1.0})

    def group(self, start: Node) -> set[Node]:
        """All unknowns that are tied to one, or to one that is tied to it."""
        found, left = {start}, [start]
        while left:
            for equation in self._ties.get(left.pop(), ()):
                new = [n for n in equation.nodes if n in self._unseen and n not in found]
                found.update(new)
                left += new
        return found

    def _certain(self, start: Node) -> set[Node]:
        """Of the unknowns tied to one, those that follow by subtraction, one after the other."""
        group = self.group(start)
        left = {
            tie: {node for node in tie.nodes if node in group}
            for node in group
            for tie in self._ties.get(node, ())
        }
        certain: set[Node] = set()
        ready = [tie for tie, open_nodes in left.items() if len(open_nodes) == 1]
        while ready:
            for node in left[ready.pop()] - certain:
                certain.add(node)
                for tie in self._ties[node]:
                    left[tie].discard(node)
                    if len(left[tie]) == 1:
                        ready.append(tie)
        return certain

    def _walked(
        self, start: Mapping[Node, float], still: Node | None = None
    ) -> frozenset[Node] | None:
        """A change that is found by putting right one equation after another, one count each."""
        walk = _Walk(self._values, self._ties, self._unseen, self._limits, still)
        ((node, step),) = start.items()
        if not walk.allows(node, step):
            return None
        walk.move(node, step)
        return frozenset(walk.moved) if walk.comes_round() else None

    def cheapest(
        self,
        signs: Mapping[Node, float],
        cost: Callable[[Node], float],
        limits: Callable[[Node], tuple[float, float]],
        enough: float,
    ) -> frozenset[Node] | None:
        """What would be another number at least cost, were what is seen not shown.

        Args:
            signs: As the question: unknowns that, so signed, are to add up to one at least.
            cost: Of not showing a node; infinite where it has to be shown.
            limits: The least and the most that a reader would take a node for.
            enough: A cost with which it is not looked for further away.

        Returns:
            Of the nodes near by, if some will do, else of all; None where none will do.
        """
        found, near = None, 0
        for reach in REACHES:
            nodes = self._near(signs, reach, cost)
            if len(nodes) > near:
                found, near = self._solved(sorted(nodes), signs, limits, cost), len(nodes)
            if found and sum(cost(node) for node in found) < enough:
                return found
        return found

    def _near(self, start: Iterable[Node], reach: int, cost: Callable[[Node], float]) -> set[Node]:
        found = set(start)
        edge = list(found)
        for _ in range(reach):
            new = {node for last in edge for tie in self._ties.get(last, ()) for node in tie.nodes}
            edge = [node for node in new - found if cost(node) < math.inf]
            found.update(edge)
        return found

    def _moved(self, signs: Mapping[Node, float]) -> frozenset[Node] | None:
        """The smallest change in which these unknowns, so signed, add up to one at least."""
        return self._solved(sorted(self.group(next(iter(signs)))), signs, self._limits, _alike)

    def _solved(
        self,
        nodes: Sequence[Node],
        signs: Mapping[Node, float],
        limits: Callable[[Node], tuple[float, float]],
        cost: Callable[[Node], float],
    ) -> frozenset[Node] | None:
        place = {node: number for number, node in enumerate(nodes)}
        wanted: NDArray[np.float64] = np.zeros(2 * len(nodes))
        for node, sign in signs.items():
            wanted[place[node]] = sign
            wanted[place[node] + len(nodes)] = -sign
        true = np.array([self._values[node] for node in nodes])
        least, most = np.array([limits(node) for node in nodes]).T
        costs = np.array([cost(node) for node in nodes])
        free = np.isfinite(costs)
        found = milp(
            np.tile(np.where(free, costs, 0), 2),
            constraints=[*self._sums(place), LinearConstraint(wanted, 1, np.inf)],
            # How many more, and how many fewer, of each unknown there are than in truth.
            bounds=Bounds(0, np.tile(free, 2) * np.concatenate([most - true, true - least])),
            integrality=np.ones(len(wanted)),
        )
        if found.x is None:
            return None
        more, fewer = np.split(found.x, 2)
        return frozenset(
            node for node, n in zip(nodes, np.abs(more - fewer), strict=True) if n > HALF
        )

    def _sums(self, place: Mapping[Node, int]) -> list[LinearConstraint]:
        equations = dict.fromkeys(tie for node in place for tie in self._ties.get(node, ()))
        entries = [
            (row, place[node], sign)
            for row, equation in enumerate(equations)
            for node, sign in equation.signed()
            if node in place
        ]
        if not entries:
            return []
        rows, columns, signs = zip(*entries, strict=True)
        matrix = coo_array((signs, (rows, columns)), shape=(len(equations), len(place)))
        return [LinearConstraint(hstack([matrix, -matrix]).tocsr(), 0, 0)]


class _Walk:
    """Counts moved one after the other until all equations hold again, or no step is left."""

    def __init__(
        self,
        values: Mapping[Node, float],
        ties: Mapping[Node, Sequence[Equation]],
        unseen: Collection[Node],
        limits: Callable[[Node], tuple[float, float]],
        still: Node | None,
    ) -> None:
        self.moved: dict[Node, float] = {}
        self._values, self._ties, self._unseen, self._limits = values, ties, unseen, limits
        self._still = still
        self._wrong: dict[Equation, float] = {}
        self._steps = STEPS

    def allows(self, node: Node, step: float) -> bool:
        """Whether a reader takes a count for what a step makes it."""
        least, most = self._limits(node)
        return least <= self._values[node] + step <= most

    def move(self, node: Node, step: float) -> None:
        """Move a count; what it is tied by is then wrong, or right again."""
        self.moved[node] = step
        self._tell(node, step)

    def _tell(self, node: Node, step: float) -> None:
        for tie in self._ties.get(node, ()):
            off = self._wrong.pop(tie, 0.0) + (step if tie.total == node else -step)
            if off:
                self._wrong[tie] = off

    def comes_round(self) -> bool:
        """Whether all can be put right within the steps."""
        if not self._wrong:
            return True
        tie, choices = self._tightest()
        for node in choices:
            if self._steps <= 0:
                return False
            self._steps -= 1
            step = -self._wrong[tie] if tie.total == node else self._wrong[tie]
            if self.allows(node, step):
                self.move(node, step)
                if self.comes_round():
                    return True
                del self.moved[node]
                self._tell(node, -step)
        return False

    def _tightest(self) -> tuple[Equation, list[Node]]:
        """The equation with the fewest counts to put it right by; those that tie least first."""
        open_to = {
            tie: [
                node
                for node in tie.nodes
                if node in self._unseen and node not in self.moved and node != self._still
            ]
            for tie in self._wrong
        }
        tie = min(open_to, key=lambda each: len(open_to[each]))
        return tie, sorted(open_to[tie], key=lambda node: len(self._ties[node]))
