"""What each measure is: defined once, read by sums, disclosure control, tables and annexes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from irostats.calendar import ReportingYear
from irostats.errors import UnknownName, nearest

TOTAL = "total"
"""Name of the breakdown and of the category of an undivided figure."""
SAME = "the same"
"""In a ``Count``: the breakdown, or the category, of the ratio's own figure."""
FIRST = "first of the crossing"
"""In a ``Count``: the first part of the category of the ratio's own figure."""


class Unit(StrEnum):
    """What the value of a measure is counted in."""

    COUNT = "count"
    PERCENT = "percent"
    RATE = "rate"
    MEAN = "mean"
    FTE = "fte"
    POUNDS = "pounds"


class Direction(StrEnum):
    """Which way is better; most figures about children have no better way."""

    HIGHER = "higher is better"
    LOWER = "lower is better"
    NEITHER = "neither"


class Stand(StrEnum):
    """Whether a figure speaks of a span of time or of one day."""

    FLOW = "year"
    STOCK = "31 March"


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A way of dividing a measure into categories.

    Args:
        name: Key in Figures, such as ``ethnicity``.
        label: Heading of its column.
        categories: Key and label of each category, in the order of publication.
        adds_up: Whether the categories' counts add up to the undivided figure.
        protect: Whether its counts describe children's characteristics, and so are
            suppressed when small.
    """

    name: str
    label: str
    categories: Mapping[str, str]
    adds_up: bool = True
    protect: bool = False


Cell = tuple[str, str, str]
"""Measure, breakdown, category."""


@dataclass(frozen=True, slots=True)
class Sum:
    """Cells that add up to another one, in every period."""

    total: Cell
    parts: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """What several measures of a section say alike, and readers are told once.

    Args:
        name: What readers are sent to: ``working days``.
        text: As the measures say it: whole sentences, or a phrase, which the name replaces.
    """

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Count:
    """A count that a ratio is made from.

    Args:
        measure: Its measure.
        breakdown: Its breakdown; ``SAME`` for that of the ratio.
        category: Its category; ``SAME`` for that of the ratio, ``FIRST`` for the first part of
            a crossing's.
        before: How many years earlier.
    """

    measure: str
    breakdown: str = TOTAL
    category: str = TOTAL
    before: int = 0

    def cell(self, breakdown: str, category: str) -> Cell:
        """The count that a ratio's figure of a breakdown and category is made from."""
        if self.category == FIRST and breakdown == TOTAL:
            return (self.measure, TOTAL, TOTAL)
        named = {SAME: category, FIRST: category.partition("*")[0]}
        return (
            self.measure,
            breakdown if self.breakdown == SAME else self.breakdown,
            named.get(self.category, self.category),
        )


@dataclass(frozen=True, slots=True)
class MadeOf:
    """The counts that a percentage, rate or mean is made from.

    Args:
        numerator: Counts that add up to what is divided; none if no figure is that count.
        denominator: Counts that add up to what it is divided by; none likewise.
    """

    numerator: tuple[Count, ...] = ()
    denominator: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """One published statistic.

    Args:
        name: Key in Figures, section first: ``reviews.on_time_percent``.
        label: What a table's row says.
        definition: Plain English, one or two sentences.
        unit: What its value is counted in.
        numerator: What is divided, in words; empty for a count.
        denominator: By what, in words; empty for a count.
        cohort: Which children or reviews, and on which date.
        source: Tables that it is computed from.
        stand: Span of a year, or one day.
        item: Identifier in the list of statistics (``B3``).
        handbook: Keys of the items of the IRO Handbook's paragraph 7.11 that it answers (see
            ``handbook``), if any.
        direction: Which way is better.
        breakdowns: Ways in which it is divided.
        protect: Whether the undivided figure is suppressed when small.
        traps: What a reader could misunderstand.
    """

    name: str
    label: str
    definition: str
    unit: Unit = Unit.COUNT
    numerator: str = ""
    denominator: str = ""
    cohort: str = ""
    source: str = ""
    stand: Stand = Stand.FLOW
    item: str = ""
    handbook: tuple[str, ...] = ()
    direction: Direction = Direction.NEITHER
    breakdowns: tuple[Breakdown, ...] = ()
    protect: bool = False
    traps: str = ""

    @property
    def section(self) -> str:
        """The section of the report that it belongs to."""
        return self.name.partition(".")[0]

    def period(self, year: ReportingYear) -> str:
        """How Figures name the year of this measure: ``2020-21``, or a stock's date."""
        return str(year) if self.stand is Stand.FLOW else year.last_day.isoformat()

    def breakdown(self, name: str) -> Breakdown:
        """One of its breakdowns.

        Raises:
            UnknownName: It has no such breakdown; the nearest is named.
        """
        for breakdown in self.breakdowns:
            if breakdown.name == name:
                return breakdown
        known = [breakdown.name for breakdown in self.breakdowns]
        raise UnknownName(f"{self.name} has no breakdown '{name}'.{nearest(name, known)}")


@dataclass(frozen=True)
class Registry:
    """All measures, and which of their cells add up.

    Args:
        measures: By name, in the order of the report.
        relations: Sums beyond those of breakdowns, such as on time + late + not assessable.
        ratios: Counts that percentages, rates and means are made from, by measure.
        changes: Measures that say how much another one has changed in a year, with that one.
        carried: Measures of a year's first day that are another one of the year before's last.
        within: Counts of children with counts of some of them, of which no others are counted:
            their difference tells how many those are.
    """

    measures: Mapping[str, Measure] = field(default_factory=lambda: MappingProxyType({}))
    relations: tuple[Sum, ...] = ()
    ratios: Mapping[str, MadeOf] = field(default_factory=lambda: MappingProxyType({}))
    changes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    carried: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    within: tuple[tuple[Cell, Cell], ...] = ()

    @classmethod
    def of(
        cls,
        measures: Iterable[Measure],
        relations: Iterable[Sum],
        ratios: Mapping[str, MadeOf] | None = None,
        changes: Mapping[str, str] | None = None,
        carried: Mapping[str, str] | None = None,
        within: Iterable[tuple[Cell, Cell]] = (),
    ) -> Registry:
        """Collect measures; a name given twice is a programming error."""
        collected: dict[str, Measure] = {}
        for measure in measures:
            if measure.name in collected:
                raise ValueError(f"The measure {measure.name} is registered twice.")
            collected[measure.name] = measure
        return cls(
            MappingProxyType(collected),
            tuple(relations),
            ratios or {},
            changes or {},
            carried or {},
            tuple(within),
        )

    def __getitem__(self, name: str) -> Measure:
        try:
            return self.measures[name]
        except KeyError:
            raise UnknownName(
                f"There is no measure '{name}'.{nearest(name, self.measures)}"
            ) from None

    def sums(self) -> tuple[Sum, ...]:
        """Every sum that must hold: of each breakdown that adds up, and the relations."""
        of_breakdowns = [
            Sum(
                total=(measure.name, TOTAL, TOTAL),
                parts=tuple((measure.name, breakdown.name, key) for key in breakdown.categories),
            )
            for measure in self.measures.values()
            for breakdown in measure.breakdowns
            if breakdown.adds_up and measure.unit in (Unit.COUNT, Unit.FTE)
        ]
        return (*of_breakdowns, *self.relations)
