"""Which figures moved between two builds: from two figures.csv, and nothing else."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.figures import Figure, Status
from irostats.registry import TOTAL, Cell, Measure, Unit

Key = tuple[Cell, ReportingYear | None]
"""A cell and the year it speaks of; None for the year that each build reports on."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that is not the same in two builds.

    Attributes:
        cell: Measure, breakdown, category.
        year: The earlier year that it speaks of, both builds holding it; None for the year that
            each build reports on.
        a: The figure in the first build; None if that has no such figure.
        b: The figure in the second.
        measure: What both builds say of the measure: label and unit.
    """

    cell: Cell
    year: ReportingYear | None
    a: Figure | None
    b: Figure | None
    measure: Measure

    @property
    def key(self) -> Key:
        """What to find it by."""
        return self.cell, self.year

    @property
    def by(self) -> float | None:
        """Second less first, in the measure's unit; None unless both have a value."""
        if self.a is None or self.b is None or not (self.a.known and self.b.known):
            return None
        return self.b.value - self.a.value

    @property
    def hidden(self) -> bool:
        """Whether either build hides it, so that nothing more may be told of it."""
        return any(figure and figure.status is Status.SUPPRESSED for figure in (self.a, self.b))

    @property
    def undivided(self) -> bool:
        """Whether it is of no category."""
        return self.cell[1] == TOTAL


def moved(
    a: pd.DataFrame, b: pd.DataFrame, year_a: ReportingYear, year_b: ReportingYear
) -> list[Moved]:
    """The figures that differ.

    Those of the year reported on come first: of one year against the same, or of the second
    build's year against the first's. Then those of earlier years of which both builds hold figures.

    Args:
        a: figures.csv of the first build.
        b: figures.csv of the second.
        year_a: The year that the first reports on.
        year_b: The year that the second reports on.
    """
    before, after = by_key(a), by_key(b)
    measures = {**_measures(a), **_measures(b)}
    own = {year_a} if year_a == year_b else set()
    shared = ({year for _, year in before} & {year for _, year in after}) - own
    pairs: list[tuple[Cell, ReportingYear | None, Figure | None, Figure | None]] = [
        (cell, None, before.get((cell, year_a)), after.get((cell, year_b)))
        for cell in _cells(before, after, {year_a, year_b})
    ]
    pairs += [
        (cell, year, before.get((cell, year)), after.get((cell, year)))
        for year in sorted(shared, reverse=True)
        for cell in _cells(before, after, {year})
    ]
    return [
        Moved(cell, year, one, other, measures[cell[0]])
        for cell, year, one, other in pairs
        if (one or other) and not same(one, other)
    ]


def same(one: Figure | None, other: Figure | None) -> bool:
    """Whether two figures say the same: the same number, or the same reason for having none."""
    if one is None or other is None:
        return one is other
    if not (one.known and other.known):
        return one.status is other.status and one.known == other.known
    return math.isclose(one.value, other.value, rel_tol=1e-12, abs_tol=1e-9)


def by_key(frame: pd.DataFrame) -> dict[tuple[Cell, ReportingYear], Figure]:
    """The figures of a figures.csv by cell and year, in their order."""
    years = {period: ReportingYear.of_period(period) for period in frame["period"].unique()}
    names = ("measure", "breakdown", "category", "period", "value", "status")
    columns = zip(*(frame[name] for name in names), strict=True)
    return {
        ((measure, breakdown, category), years[period]): Figure(
            measure,
            period,
            float(value),
            breakdown,
            category,
            status=Status(status),
            numerator=numerator,
            denominator=denominator,
        )
        for (measure, breakdown, category, period, value, status), numerator, denominator in zip(
            columns, frame["numerator"], frame["denominator"], strict=True
        )
    }


def _cells(
    before: Mapping[tuple[Cell, ReportingYear], Figure],
    after: Mapping[tuple[Cell, ReportingYear], Figure],
    years: Iterable[ReportingYear],
) -> Iterator[Cell]:
    """Cells of any of the years: the second build's in its order, then those it lacks."""
    wanted = set(years)
    every = (cell for build in (after, before) for cell, year in build if year in wanted)
    yield from dict.fromkeys(every)


def _measures(frame: pd.DataFrame) -> dict[str, Measure]:
    """What a build says of its measures."""
    first = frame.drop_duplicates("measure")
    return {
        name: Measure(name, label, "", Unit(unit))
        for name, label, unit in zip(first["measure"], first["label"], first["unit"], strict=True)
    }
