"""Somebody who has every published figure and a solver, and wants a number that is not published.

Written without irostats's own reasoning: unknowns are the numbers themselves, between the least and
the most that all published equations leave them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from irostats.calendar import ReportingYear
from irostats.figures import Figures, Status
from irostats.registry import Registry, Unit

Name = tuple[str, ...]
MANY = 100_000
COULD_BE = 0.5
THRESHOLD = 5


@dataclass
class Attacker:
    """What is published, as equations and inequalities between named numbers."""

    known: dict[Name, float] = field(default_factory=dict)
    wanted: set[Name] = field(default_factory=set)
    rows: list[tuple[dict[Name, float], float, float]] = field(default_factory=list)
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

    def learnt(self) -> Iterator[str]:
        """What is worked out of what is wanted."""
        self._prepare()
        for name in sorted(self.wanted):
            least, most = -self._most({name: -1.0}), self._most({name: 1.0})
            if most - least < COULD_BE:
                yield f"{name} is {least:g}"
        for total, parts in self.splits:
            unknown = [part for part in parts if part in self.wanted]
            if total in self.known or self._most({total: 1.0}) < COULD_BE:
                continue
            for part in unknown:
                if self._most({total: 1.0, part: -1.0}) < COULD_BE:
                    yield f"{part} is all of {total}"

    def _prepare(self) -> None:
        names = sorted({name for row, *_ in self.rows for name in row} | self.wanted)
        self._columns = {n: i for i, n in enumerate(n for n in names if n not in self.known)}
        matrix = np.zeros((len(self.rows), len(self._columns)))
        low, high = np.zeros(len(self.rows)), np.zeros(len(self.rows))
        for number, (row, least, most) in enumerate(self.rows):
            shown = sum(sign * self.known[n] for n, sign in row.items() if n in self.known)
            low[number], high[number] = least - shown, most - shown
            for name, sign in row.items():
                if name in self._columns:
                    matrix[number, self._columns[name]] += sign
        some = np.abs(matrix).sum(axis=1) > 0
        self._rules = LinearConstraint(matrix[some], low[some], high[some])
        ends = [
            (-MANY, MANY) if name in self.negative else self.said.get(name, (0, MANY))
            for name in self._columns
        ]
        self._bounds = Bounds(*zip(*ends, strict=True)) if ends else Bounds([], [])

    def _most(self, signs: dict[Name, float]) -> float:
        aim = np.zeros(len(self._columns))
        for name, sign in signs.items():
            aim[self._columns[name]] = -sign
        found = milp(
            aim, constraints=self._rules, bounds=self._bounds, integrality=np.ones(len(aim))
        )
        assert found.x is not None, "the published figures contradict each other"
        return float(-aim @ found.x)


def attack(figures: Figures, years: Iterable[ReportingYear]) -> list[str]:
    """What somebody learns from published figures, who knows what each measure is made of."""
    registry = figures.registry
    attacker = Attacker()
    for figure in figures:
        name = (*figure.cell, figure.period)
        if registry[figure.measure].unit is not Unit.COUNT:
            continue
        if figure.status is Status.SUPPRESSED:
            attacker.wanted.add(name)
            attacker.said[name] = (THRESHOLD + 1, MANY) if figure.withheld else (0, THRESHOLD)
        elif figure.known:
            attacker.known[name] = figure.value
    attacker.negative |= {n for n in attacker.wanted if n[0] in registry.changes}
    there = attacker.known.keys() | attacker.wanted
    for year in years:
        _sums(attacker, registry, year, there)
    _ratios(attacker, figures, registry, there, list(years))
    return list(attacker.learnt())


def _at(registry: Registry, cell: tuple[str, str, str], year: ReportingYear) -> Name:
    return (*cell, registry[cell[0]].period(year))


def _sums(attacker: Attacker, registry: Registry, year: ReportingYear, there: set[Name]) -> None:
    for relation in registry.sums():
        total = _at(registry, relation.total, year)
        parts = tuple(_at(registry, part, year) for part in relation.parts)
        if {total, *parts} <= there:
            attacker.adds_up(total, parts)
            if len(parts) > 1:
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
            if number == number:
                attacker.known[own] = number
        share = registry[figure.measure].unit is Unit.PERCENT and "change" not in figure.measure
        if share and len(ends) == len(("numerator", "denominator")):
            attacker.at_most(*ends)
