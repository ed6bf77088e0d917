"""Figures: one tidy table of published statistics, the only thing the rest may read."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.errors import UnknownName, nearest
from irostats.issues import Issue, Severity
from irostats.registry import TOTAL, Cell, Measure, Registry

KEY = ("authority", "measure", "breakdown", "category", "period")
VALUES = ("value", "numerator", "denominator", "lower", "upper", "status", "source")
COLUMNS = (*KEY, *VALUES)
LOCAL = "local"


class Status(StrEnum):
    """Why a figure has no value, in DfE's symbols where there is one."""

    OK = ""
    SUPPRESSED = "c"
    NOT_AVAILABLE = "x"
    NOT_APPLICABLE = "z"
    LOW = "low"
    NOT_RECORDED = "not_recorded"
    NOT_ASSESSABLE = "not_assessable"


@dataclass(frozen=True, slots=True)
class Figure:
    """One published number, or the reason why there is none.

    Args:
        measure: Name in the registry.
        period: ``2020-21``, ``2020-21:Q1``, or an ISO date for a stock.
        value: The unrounded number; NaN if there is none.
        breakdown: Name of the breakdown, or ``total``.
        category: Category of the breakdown, or ``total``.
        numerator: For a percentage, rate or mean.
        denominator: For a percentage, rate or mean.
        lower: Lower limit of the 95% interval.
        upper: Upper limit of the 95% interval.
        status: Why there is no value.
        source: ``local``, or a publication and its release.
        authority: The authority's slug; filled in when figures are collected.
        withheld: Whether a hidden number is not small, and hidden for the sake of others.
    """

    measure: str
    period: str
    value: float = math.nan
    breakdown: str = TOTAL
    category: str = TOTAL
    numerator: float = math.nan
    denominator: float = math.nan
    lower: float = math.nan
    upper: float = math.nan
    status: Status = Status.OK
    source: str = LOCAL
    authority: str = ""
    withheld: bool = False

    @property
    def known(self) -> bool:
        """Whether there is a value."""
        return self.status is Status.OK and not math.isnan(self.value)

    @property
    def cell(self) -> Cell:
        """Measure, breakdown, category: what sums are defined over."""
        return (self.measure, self.breakdown, self.category)

    def without_value(self, status: Status) -> Figure:
        """The same figure with a reason in place of every number."""
        nan = math.nan
        return replace(
            self, value=nan, numerator=nan, denominator=nan, lower=nan, upper=nan, status=status
        )


@dataclass(frozen=True)
class Figures:
    """An immutable collection of figures, each key once, with the registry that explains it."""

    rows: tuple[Figure, ...]
    registry: Registry

    @classmethod
    def collect(cls, rows: Iterable[Figure], registry: Registry, *, authority: str) -> Figures:
        """Collect computed figures of one authority.

        Raises:
            UnknownName: A figure's measure or breakdown is not registered.
            ValueError: A key comes twice.
        """
        collected = tuple(replace(row, authority=authority) for row in rows)
        seen: set[tuple[str, ...]] = set()
        for row in collected:
            _check_category(registry[row.measure], row.breakdown, row.category)
            key = (*row.cell, row.period)
            if key in seen:
                raise ValueError(f"The figure {' '.join(key)} was computed twice.")
            seen.add(key)
        return cls(collected, registry)

    def __iter__(self) -> Iterator[Figure]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def _index(self) -> Mapping[tuple[str, str, str, str], Figure]:
        return {(*row.cell, row.period): row for row in self.rows}

    def get(
        self, measure: str, year: ReportingYear, *, breakdown: str = TOTAL, category: str = TOTAL
    ) -> Figure:
        """One figure of a year; one that was not computed has status not available.

        Raises:
            UnknownName: There is no such measure, breakdown or category.
        """
        known = self.registry[measure]
        period = known.period(year)
        found = self._index.get((measure, breakdown, category, period))
        if found is not None:
            return found
        _check_category(known, breakdown, category)
        return Figure(
            measure, period, breakdown=breakdown, category=category, status=Status.NOT_AVAILABLE
        )

    def by(self, measure: str, breakdown: str, year: ReportingYear) -> dict[str, Figure]:
        """The figures of a breakdown, in the registry's order of categories."""
        categories = self.registry[measure].breakdown(breakdown).categories
        return {
            key: self.get(measure, year, breakdown=breakdown, category=key) for key in categories
        }

    def map(self, change: Mapping[tuple[str, str, str, str], Figure]) -> Figures:
        """The same collection with some figures replaced, keyed by their cell and period."""
        return Figures(
            tuple(change.get((*row.cell, row.period), row) for row in self.rows), self.registry
        )

    def frame(self) -> pd.DataFrame:
        """One row per figure, columns ``COLUMNS``, in the registry's order."""
        return pd.DataFrame(
            [[getattr(row, name) for name in COLUMNS] for row in self.rows], columns=list(COLUMNS)
        ).astype({"status": "string"})

    def described(self) -> pd.DataFrame:
        """``frame`` with what the registry knows of each measure joined on, for figures.csv."""
        frame = self.frame()
        measures = [self.registry[name] for name in frame["measure"]]
        return frame.assign(
            section=[measure.section for measure in measures],
            label=[measure.label for measure in measures],
            unit=[measure.unit.value for measure in measures],
            definition=[measure.definition for measure in measures],
        )

    def failed_sums(self) -> tuple[Issue, ...]:
        """An issue for every sum of the registry that does not hold, in any year.

        Counts of the last day and of the whole year may stand in one sum. A sum with a part that
        has no value is not judged.
        """
        years = sorted({ReportingYear.of_period(row.period) for row in self.rows})
        found = (
            self._failed(relation.total, relation.parts, year)
            for relation in self.registry.sums()
            for year in years
        )
        return tuple(issue for issue in found if issue)

    def _failed(self, total: Cell, parts: tuple[Cell, ...], year: ReportingYear) -> Issue | None:
        whole, *pieces = (
            self._index.get((*cell, self.registry[cell[0]].period(year)))
            for cell in (total, *parts)
        )
        if whole is None or not whole.known:
            return None
        present = [piece for piece in pieces if piece is not None]
        if len(present) < len(pieces) or not all(piece.known for piece in present):
            return None
        added = math.fsum(piece.value for piece in present)
        if math.isclose(added, whole.value, abs_tol=1e-9):
            return None
        return Issue(
            severity=Severity.WARNING,
            rule="sum",
            message=f"{total[0]} in {year} is {whole.value:g}, but its parts by "
            f"{parts[0][1] if parts[0][1] != TOTAL else 'kind'} add up to {added:g}.",
            figures=(total[0],),
            next_step="Report this: the figures cannot both be right.",
        )


def _check_category(measure: Measure, breakdown: str, category: str) -> None:
    if breakdown == TOTAL:
        return
    categories = measure.breakdown(breakdown).categories
    if category not in categories:
        raise UnknownName(
            f"{measure.name} by {breakdown} has no category '{category}'."
            f"{nearest(category, categories)}"
        )
