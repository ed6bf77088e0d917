"""What problems in the records can do to the figures: how many rows, which figures, how far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from irostats.calendar import ReportingYear
from irostats.figures import Figure, Figures
from irostats.issues import Issue, Severity
from irostats.registry import Unit

_COUNT = re.compile(r"^[\d,]+ rows? ")


@dataclass(frozen=True, slots=True)
class Effect:
    """One kind of problem over all files, and how far it can move figures.

    Attributes:
        severity: Of the gravest of its issues.
        table: The table concerned.
        message: What is wrong and what was done, without the number of rows.
        files: Paths of the files concerned.
        rows: How many rows, over all files.
        figures: Measures or sections that the rows can move.
        measure: The percentage that they can move furthest; empty if they move none.
        points: By how many percentage points at most.
    """

    severity: Severity
    table: str
    message: str
    files: tuple[str, ...]
    rows: int
    figures: tuple[str, ...]
    measure: str = ""
    points: float = 0.0


def effects(issues: Iterable[Issue], figures: Figures, year: ReportingYear) -> tuple[Effect, ...]:
    """The problems that can move a figure, the gravest first, then those of most rows.

    A count moves by no more than the rows concerned. A percentage moves by no more than it would
    if every such row changed its numerator and its denominator by one, whichever way moves it
    furthest; rows of earlier years are counted in, since they can set this year's due dates.

    Args:
        issues: Those found in reading and deriving.
        figures: Figures of the report.
        year: The year reported on.
    """
    groups: dict[tuple[str, str, str], list[Issue]] = {}
    for issue in issues:
        if issue.figures:
            key = (issue.rule, issue.table, _COUNT.sub("rows ", issue.message))
            groups.setdefault(key, []).append(issue)
    order = list(Severity)
    found = [_effect(message, group, figures, year) for (*_, message), group in groups.items()]
    return tuple(sorted(found, key=lambda effect: (order.index(effect.severity), -effect.rows)))


def _effect(message: str, group: list[Issue], figures: Figures, year: ReportingYear) -> Effect:
    rows = sum(issue.rows for issue in group)
    moves = tuple(dict.fromkeys(name for issue in group for name in issue.figures))
    percentages = [
        (furthest(figure, rows), figure.measure) for figure in _percentages(figures, moves, year)
    ]
    points, measure = max(percentages, default=(0.0, ""), key=lambda pair: pair[0])
    return Effect(
        severity=min((issue.severity for issue in group), key=list(Severity).index),
        table=group[0].table,
        message=message,
        files=tuple(dict.fromkeys(issue.file for issue in group if issue.file)),
        rows=rows,
        figures=moves,
        measure=measure,
        points=points,
    )


def furthest(figure: Figure, rows: int) -> float:
    """Percentage points by which so many rows can move a percentage at most.

    >>> from irostats.figures import Figure
    >>> one_in_ten = Figure("a.b", "2020-21", 10.0, numerator=1, denominator=10)
    >>> round(furthest(one_in_ten, 1), 1)  # 2 of 9
    12.2
    """
    moved = (
        100
        * min(max(figure.numerator + up, 0), figure.denominator + below)
        / (figure.denominator + below)
        for up, below in product((-rows, 0, rows), repeat=2)
        if figure.denominator + below > 0
    )
    return min(100.0, max((abs(value - figure.value) for value in moved), default=0.0))


def _percentages(figures: Figures, names: tuple[str, ...], year: ReportingYear) -> Iterator[Figure]:
    """The undivided percentages of the measures and sections named, as far as they are known."""
    for measure in figures.registry.measures.values():
        named = measure.name in names or measure.section in names
        if named and measure.unit is Unit.PERCENT and not measure.name.endswith("_change_percent"):
            figure = figures.get(measure.name, year)
            if figure.known and figure.denominator > 0 and figure.numerator <= figure.denominator:
                yield figure
