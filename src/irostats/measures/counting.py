"""From frames to figures: counts, percentages and means of one measure in one year."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.figures import Figure, Status
from irostats.intervals import wilson
from irostats.registry import TOTAL, Measure, Unit


class Section:
    """The measures of one section, as makers of figures.

    Args:
        measures: The section's measures.
        year: The year of the figures that it makes.
    """

    def __init__(self, measures: Iterable[Measure], year: ReportingYear) -> None:
        self._measures = {measure.name: measure for measure in measures}
        self.year = year

    @property
    def names(self) -> tuple[str, ...]:
        """The section's measures by name, in order."""
        return tuple(self._measures)

    def value(
        self,
        name: str,
        value: float,
        *,
        breakdown: str = TOTAL,
        category: str = TOTAL,
    ) -> Figure:
        """A number that has no numerator and denominator."""
        return Figure(
            name, self._period(name), float(value), breakdown=breakdown, category=category
        )

    def missing(
        self, name: str, status: Status, *, breakdown: str = TOTAL, category: str = TOTAL
    ) -> Figure:
        """A figure that has no value, and why."""
        return Figure(
            name, self._period(name), breakdown=breakdown, category=category, status=status
        )

    def ratio(
        self,
        name: str,
        numerator: float,
        denominator: float,
        *,
        breakdown: str = TOTAL,
        category: str = TOTAL,
    ) -> Figure:
        """A percentage, rate or mean from unrounded counts; not applicable over nothing.

        A percentage that is a proportion carries its Wilson interval.
        """
        if not denominator > 0:
            return self.missing(name, Status.NOT_APPLICABLE, breakdown=breakdown, category=category)
        unit = self._measures[name].unit
        lower, upper = math.nan, math.nan
        if unit is Unit.PERCENT and 0 <= numerator <= denominator:
            lower, upper = wilson(int(numerator), int(denominator))
        return Figure(
            name,
            self._period(name),
            _SCALE.get(unit, 1) * numerator / denominator,
            breakdown,
            category,
            float(numerator),
            float(denominator),
            lower,
            upper,
        )

    def per(self, name: str, numerator: float, denominator: float, scale: float) -> Figure:
        """A rate for every ``scale`` of the denominator."""
        if not denominator > 0:
            return self.missing(name, Status.NOT_APPLICABLE)
        return Figure(
            name,
            self._period(name),
            scale * numerator / denominator,
            numerator=float(numerator),
            denominator=float(denominator),
        )

    def counts(self, name: str, breakdown: str, keys: pd.Series[str]) -> Iterator[Figure]:
        """Counts of each category, nothing left out: an empty category is 0.

        Args:
            name: The measure.
            breakdown: Its breakdown.
            keys: The category of each child or review.

        Raises:
            ValueError: A key is not a category: counting it nowhere would lose it.
        """
        categories = self._measures[name].breakdown(breakdown).categories
        found = keys.value_counts()
        if stray := set(found.index) - set(categories):
            raise ValueError(f"{name} by {breakdown} has no category {sorted(stray)}.")
        for key in categories:
            yield self.value(name, int(found.get(key, 0)), breakdown=breakdown, category=key)

    def ratios(
        self, name: str, numerators: Iterable[Figure], denominators: Iterable[Figure]
    ) -> Iterator[Figure]:
        """A ratio for each pair of figures of the same category."""
        below = {(figure.breakdown, figure.category): figure.value for figure in denominators}
        for figure in numerators:
            key = (figure.breakdown, figure.category)
            yield self.ratio(name, figure.value, below[key], breakdown=key[0], category=key[1])

    def all_missing(self, names: Iterable[str], status: Status) -> Iterator[Figure]:
        """Each measure, with every category of its breakdowns, without a value."""
        for name in names:
            yield self.missing(name, status)
            for breakdown in self._measures[name].breakdowns:
                for key in breakdown.categories:
                    yield self.missing(name, status, breakdown=breakdown.name, category=key)

    def _period(self, name: str) -> str:
        return self._measures[name].period(self.year)


_SCALE: Mapping[Unit, float] = {Unit.PERCENT: 100}


def banded(numbers: pd.Series[int], bands: Mapping[str, tuple[float, float]]) -> pd.Series[str]:
    """The name of the band, both ends included, that holds each number; NA where none does."""
    names = pd.Series(pd.NA, index=numbers.index, dtype="string")
    for name, (lowest, highest) in bands.items():
        names = names.mask(numbers.between(lowest, highest).fillna(value=False), name)
    return names
