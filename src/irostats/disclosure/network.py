"""Figures as counts that are tied together: by sums, by ratios, and from one year to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from irostats.calendar import ReportingYear
from irostats.disclosure.reasoning import Equation, Node
from irostats.figures import Figure, Figures, Status
from irostats.registry import TOTAL, Cell, Count, MadeOf, Registry, Unit

TINY = 1e-9


@dataclass(frozen=True)
class Ratio:
    """What a percentage, rate or mean is made from.

    Args:
        figure: The percentage, rate or mean.
        parts: Nodes of the counts that it is made from.
        own: Nodes that stand for a numerator, a denominator or what is left of it, where no
            figure is that count.
    """

    figure: Figure
    parts: tuple[Node, ...]
    own: tuple[Node, ...]


@dataclass
class Network:
    """The counts behind the figures of one authority, and what ties them.

    Attributes:
        counts: Every count that has a value.
        ratios: Every ratio that is made from protected counts.
        values: The number of each node.
        equations: What ties them, in one year or from one to the next.
        signed: Nodes that may be negative.
        rests: Nodes that no figure is: what is left of a count without another one.
    """

    counts: dict[Node, Figure] = field(default_factory=dict)
    ratios: list[Ratio] = field(default_factory=list)
    values: dict[Node, float] = field(default_factory=dict)
    equations: list[Equation] = field(default_factory=list)
    signed: set[Node] = field(default_factory=set)
    rests: set[Node] = field(default_factory=set)


def node_of(figure: Figure) -> Node:
    """The node of a count."""
    return (*figure.cell, figure.period)


def network(
    figures: Figures, years: Iterable[ReportingYear], protected: Callable[[Cell], bool]
) -> Network:
    """The network of all figures of some years.

    Args:
        figures: As measured.
        years: Their years, oldest first.
        protected: Whether the counts of a cell describe children.
    """
    registry = figures.registry
    made = Network()
    for figure in figures:
        if figure.known and registry[figure.measure].unit is Unit.COUNT:
            made.counts[node_of(figure)] = figure
            made.values[node_of(figure)] = figure.value
    for year in years:
        made.equations += [*_sums(made, registry, year, protected), *_changes(made, registry, year)]
        made.equations += _rests(made, registry, year)
    periods = {m.period(year): year for m in registry.measures.values() for year in years}
    for figure in figures:
        nothing = figure.status is Status.NOT_APPLICABLE and figure.measure in registry.ratios
        if figure.numerator == figure.numerator or nothing:
            year = periods[figure.period]
            split = protected(figure.cell)
            made.ratios.append(_ratio(made, registry, figure, year, split=split))
    made.equations = [equation for equation in made.equations if _holds(made, equation)]
    return made


def _holds(made: Network, equation: Equation) -> bool:
    """Whether an equation is true: a sum that fails is reported, and tells nobody anything."""
    return abs(sum(sign * made.values[node] for node, sign in equation.signed())) < TINY


def _node(cell: Cell, registry: Registry, year: ReportingYear) -> Node:
    return (*cell, registry[cell[0]].period(year))


def _sums(
    made: Network, registry: Registry, year: ReportingYear, protected: Callable[[Cell], bool]
) -> Iterator[Equation]:
    for relation in registry.sums():
        total = _node(relation.total, registry, year)
        parts = tuple(_node(part, registry, year) for part in relation.parts)
        if total in made.values and all(part in made.values for part in parts):
            yield Equation(total, parts, split=protected(relation.parts[0]))


def _changes(made: Network, registry: Registry, year: ReportingYear) -> Iterator[Equation]:
    for name, of in registry.changes.items():
        now, before = (_node((of, TOTAL, TOTAL), registry, y) for y in (year, year.previous))
        change = _node((name, TOTAL, TOTAL), registry, year)
        made.signed.add(change)
        if {now, before, change} <= made.values.keys():
            yield Equation(now, (before, change), split=False)
    for name, of in registry.carried.items():
        first = _node((name, TOTAL, TOTAL), registry, year)
        last = _node((of, TOTAL, TOTAL), registry, year.previous)
        if {first, last} <= made.values.keys():
            yield Equation(first, (last,), split=False)


def _rests(made: Network, registry: Registry, year: ReportingYear) -> Iterator[Equation]:
    for cells in registry.within:
        whole, part = (_node(cell, registry, year) for cell in cells)
        if {whole, part} <= made.values.keys():
            rest = (*whole, "without", *part)
            made.values[rest] = made.values[whole] - made.values[part]
            made.rests.add(rest)
            yield Equation(whole, (part, rest), split=False)


def _ratio(
    made: Network, registry: Registry, figure: Figure, year: ReportingYear, *, split: bool
) -> Ratio:
    measure, of = registry[figure.measure], registry.ratios.get(figure.measure, MadeOf())
    equations = made.equations
    parts: list[Node] = []
    own: list[Node] = []

    def side(name: str, terms: tuple[Count, ...], number: float) -> Node | None:
        cells = [
            _node(
                term.cell(figure.breakdown, figure.category),
                registry,
                ReportingYear(year.end - term.before),
            )
            for term in terms
        ]
        parts.extend(cell for cell in cells if cell in made.values)
        if len(cells) == 1 and cells[0] in made.values:
            return cells[0]
        node = (*node_of(figure), name)
        if cells and all(cell in made.values for cell in cells):
            equations.append(Equation(node, tuple(cells), split=False))
            made.values[node] = sum(made.values[cell] for cell in cells)
        elif number == number and measure.unit is Unit.PERCENT:
            # What a rate or mean has on its other side are no children: posts, pounds, residents.
            made.values[node] = number
        else:
            return None
        own.append(node)
        return node

    above = side("numerator", of.numerator, figure.numerator)
    below = side("denominator", of.denominator, figure.denominator)
    if not (above and below) or measure.unit is not Unit.PERCENT:
        return Ratio(figure, tuple(parts), tuple(own))
    if figure.measure not in _changing(registry) and made.values[above] <= made.values[below]:
        rest = (*node_of(figure), "rest")
        made.values[rest] = made.values[below] - made.values[above]
        own.append(rest)
        equations.append(Equation(below, (above, rest), split=split))
    return Ratio(figure, tuple(parts), tuple(own))


def _changing(registry: Registry) -> set[str]:
    """Percentages of which the numerator is no part of the denominator: changes."""
    return {
        name
        for name, made_of in registry.ratios.items()
        if any(count.measure in registry.changes for count in made_of.numerator)
    }
