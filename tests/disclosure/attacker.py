"""Somebody who has every published figure and a solver, and wants a number that is not published.

Written without irostats's own reasoning: unknowns are the numbers themselves, between the least and
the most that all published equations leave them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from irostats.calendar import ReportingYear
from irostats.figures import Figures, Status
from irostats.registry import Registry, Unit

Name = tuple[str, ...]
Row = tuple[dict[Name, float], float, float]
MANY = 100_000
THRESHOLD = 5


@dataclass
class Group:
    """Unknown numbers that are tied to each other, and the rows that tie them."""

    names: set[Name] = field(default_factory=set)
    rows: dict[int, Row] = field(default_factory=dict)


@dataclass
class Attacker:
    """What is published, as equations and inequalities between named numbers."""

    known: dict[Name, float] = field(default_factory=dict)
    wanted: set[Name] = field(default_factory=set)
    rows: list[Row] = field(default_factory=list)
    splits: list[tuple[Name, tuple[Name, ...]]] = field(default_factory=list)
    negative: set[Name] = field(default_factory=set)
    said: dict[Name, tuple[int, int]] = field(default_factory=dict)
    """What sentences say of a hidden number: that it is small, or that it is not."""

    def adds_up(self, total: Name, parts: Iterable[Name]) -> None:
        """A total is its parts."""
        row = {total: 1.0}
        for part in parts:
            row[part] = row.get(part, 0.0) - 1.0
        self.rows.append((row, 0.0, 0.0))

    def at_most(self, part: Name, whole: Name) -> None:
        """A part is no more than the whole."""
        self.rows.append(({whole: 1.0, part: -1.0}, 0.0, np.inf))

    def rounded(self, name: Name, value: float, base: int) -> None:
        """A number is nearest to this multiple of the base, or half-way below it."""
        ends = (math.ceil(value - base / 2), math.ceil(value + base / 2) - 1)
        self.said[name] = ends if name in self.negative else (max(ends[0], 0), ends[1])

    def learnt(self) -> Iterator[str]:
        """What is worked out of what is wanted."""
        for group in self._groups():
            problem = _Problem(self, group)
            for name in sorted(self.wanted & group.names):
                if not problem.varies({name: 1.0}):
                    yield f"{name} is {problem.first[problem.column[name]]:g}"
            for total, parts in self.splits:
                if total not in group.names or not problem.varies({total: 1.0}, up=0.0):
                    continue
                for part in self.wanted.intersection(parts):
                    if not problem.larger(total, part):
                        yield f"{part} is all of {total}"

    def _groups(self) -> Iterator[Group]:
        """Unknown numbers that are tied to each other, with what ties them."""
        names = sorted({n for row, *_ in self.rows for n in row} | self.wanted)
        columns = {n: i for i, n in enumerate(n for n in names if n not in self.known)}
        ties = []
        for number, (row, *_) in enumerate(self.rows):
            unknown = [columns[name] for name in row if name in columns]
            ties += [(number, column) for column in unknown]
        graph = coo_array(
            (np.ones(len(ties)), tuple(zip(*ties, strict=True))),
            shape=(len(self.rows), len(columns)),
        )
        _, label = connected_components(graph.T @ graph, directed=False)
        found: dict[int, Group] = defaultdict(Group)
        for name, column in columns.items():
            found[label[column]].names.add(name)
        for number, column in ties:
            found[label[column]].rows[number] = self.rows[number]
        yield from found.values()


class _Problem:
    """All numbers that some unknowns can be, as far as it has been looked for them.

    Attributes:
        column: The place of each unknown.
        first: One solution.
    """

    def __init__(self, attacker: Attacker, group: Group) -> None:
        self.column = {name: number for number, name in enumerate(sorted(group.names))}
        entries, low, high = [], [], []
        for number, (row, least, most) in enumerate(group.rows.values()):
            shown = sum(sign * attacker.known[n] for n, sign in row.items() if n in attacker.known)
            low.append(least - shown)
            high.append(most - shown)
            entries += [
                (sign, number, self.column[n]) for n, sign in row.items() if n in self.column
            ]
        signs, rows, columns = zip(*entries, strict=True) if entries else ((), (), ())
        matrix = coo_array((signs, (rows, columns)), shape=(len(low), len(self.column)))
        self._rules = [LinearConstraint(matrix.tocsr(), low, high)] if entries else []
        ends = [
            attacker.said.get(name, (-MANY if name in attacker.negative else 0, MANY))
            for name in self.column
        ]
        self._bounds = Bounds(*zip(*ends, strict=True))
        self.first = self._solved(np.zeros(len(self.column)))
        self._seen = [self.first]

    def _solved(self, aim: NDArray[np.float64]) -> NDArray[np.float64]:
        found = milp(
            aim, constraints=self._rules, bounds=self._bounds, integrality=np.ones(len(aim))
        )
        assert found.x is not None, "the published figures contradict each other"
        numbers: NDArray[np.float64] = np.round(found.x)
        return numbers

    def _ends(self, signs: dict[Name, float]) -> tuple[float, float]:
        aim = np.zeros(len(self.column))
        for name, sign in signs.items():
            aim[self.column[name]] = sign
        values = [float(aim @ each) for each in self._seen]
        return min(values), max(values)

    def _look(self, signs: dict[Name, float]) -> None:
        aim = np.zeros(len(self.column))
        for name, sign in signs.items():
            aim[self.column[name]] = -sign
        self._seen.append(self._solved(aim))

    def varies(self, signs: dict[Name, float], up: float | None = None) -> bool:
        """Whether it can be two numbers; or, with ``up``, more than that."""
        backwards = {name: -sign for name, sign in signs.items()}
        for way in (signs, backwards) if up is None else (signs,):
            least, most = self._ends(signs)
            if most > (least if up is None else up):
                return True
            self._look(way)
        least, most = self._ends(signs)
        return most > (least if up is None else up)

    def larger(self, total: Name, part: Name) -> bool:
        """Whether a total can be more than its part."""
        return self.varies({total: 1.0, part: -1.0}, up=0.0)


def attack(
    figures: Figures,
    years: Iterable[ReportingYear],
    *,
    base: int = 0,
    small: frozenset[Name] = frozenset(),
) -> list[str]:
    """What somebody learns from published figures, who knows what each measure is made of.

    Args:
        figures: As published.
        years: Their years.
        base: What protected counts were rounded to; 0 where they were not.
        small: Counts that nobody may learn, where they are rounded.
    """
    registry = figures.registry
    attacker = Attacker()
    attacker.negative = {
        (*figure.cell, figure.period) for figure in figures if figure.measure in registry.changes
    }
    for figure in figures:
        name = (*figure.cell, figure.period)
        if registry[figure.measure].unit is not Unit.COUNT:
            continue
        if figure.status is Status.SUPPRESSED:
            attacker.wanted.add(name)
            if name not in attacker.negative:
                attacker.said[name] = (THRESHOLD + 1, MANY) if figure.withheld else (0, THRESHOLD)
        elif figure.known and base and _of_children(registry, figure.cell):
            attacker.rounded(name, figure.value, base)
            if name in small:
                attacker.wanted.add(name)
        elif figure.known:
            attacker.known[name] = figure.value
    there = attacker.known.keys() | attacker.wanted | attacker.said.keys()
    for year in years:
        _sums(attacker, registry, year, there)
    _ratios(attacker, figures, registry, there, list(years), base)
    return list(attacker.learnt())


def _at(registry: Registry, cell: tuple[str, str, str], year: ReportingYear) -> Name:
    return (*cell, registry[cell[0]].period(year))


def _of_children(registry: Registry, cell: tuple[str, str, str]) -> bool:
    """Whether a cell is a kind of children, or counts what is known of them."""
    measure, breakdown, _ = cell
    divided = breakdown != "total" and registry[measure].breakdown(breakdown).protect
    return divided or registry[measure].protect


def _sums(attacker: Attacker, registry: Registry, year: ReportingYear, there: set[Name]) -> None:
    for relation in registry.sums():
        total = _at(registry, relation.total, year)
        parts = tuple(_at(registry, part, year) for part in relation.parts)
        if {total, *parts} <= there:
            attacker.adds_up(total, parts)
            if len(parts) > 1 and _of_children(registry, relation.parts[0]):
                attacker.splits.append((total, parts))
    for change, of in registry.changes.items():
        names = [
            _at(registry, (measure, "total", "total"), when)
            for measure, when in ((of, year), (of, year.previous), (change, year))
        ]
        if set(names) <= there:
            attacker.adds_up(names[0], names[1:])
    for first, last in registry.carried.items():
        ends = (
            _at(registry, (first, "total", "total"), year),
            _at(registry, (last, "total", "total"), year.previous),
        )
        if set(ends) <= there:
            attacker.adds_up(ends[0], ends[1:])


def _ratios(
    attacker: Attacker,
    figures: Figures,
    registry: Registry,
    there: set[Name],
    years: list[ReportingYear],
    base: int,
) -> None:
    """A published ratio says its numerator and denominator; a hidden share is between 0 and 1."""
    periods = {m.period(year): year for m in registry.measures.values() for year in years}
    for figure in figures:
        made_of = registry.ratios.get(figure.measure)
        if made_of is None or figure.period not in periods:
            continue
        year = periods[figure.period]
        ends = []
        for side, counts, number in (
            ("numerator", made_of.numerator, figure.numerator),
            ("denominator", made_of.denominator, figure.denominator),
        ):
            own = (*figure.cell, figure.period, side)
            cells = [
                _at(
                    registry,
                    count.cell(figure.breakdown, figure.category),
                    ReportingYear(year.end - count.before),
                )
                for count in counts
            ]
            if cells and set(cells) <= there:
                attacker.adds_up(own, cells)
                ends.append(own)
            if number == number and base and number % base == 0:
                attacker.rounded(own, number, base)
            elif number == number:
                attacker.known[own] = number
        share = registry[figure.measure].unit is Unit.PERCENT and "change" not in figure.measure
        if share and len(ends) == len(("numerator", "denominator")):
            attacker.at_most(*ends)
