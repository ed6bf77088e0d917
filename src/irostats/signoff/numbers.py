"""Small numbers that a public report shows, and groups that are visibly all of one kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from irostats.figures import Figure
from irostats.present.numbers import counts_of, rounded, show
from irostats.present.view import View
from irostats.present.words import day, label, listing
from irostats.registry import SAME, TOTAL, Cell, Count, MadeOf, Unit

MANY = 12
"""Lines of one measure beyond which numbers that nothing protects are only counted."""
UNKNOWN = frozenset({"not_known", "not_recorded"})
"""Categories that say nothing of a child."""
Key = tuple[str, str]
"""Measure, and what of it in words."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list.

    Args:
        measure: The measure that it belongs to.
        text: What it says.
        numbers: How many numbers or groups it stands for.
    """

    measure: str
    text: str
    numbers: int


def small_numbers(
    view: View, protected: Callable[[Cell], bool], *, among: bool
) -> tuple[Line, ...]:
    """Counts from 1 to the threshold that are shown, in all years, a cell a line.

    Args:
        view: Protected figures and words.
        protected: Whether a cell's counts describe children and are not exempt.
        among: Whether to list those of protected cells, which nothing hides, or the exempt ones.
    """
    most = view.authority.protection.threshold
    found: dict[Key, list[str]] = {}
    for figure in _in_order(view):
        if figure.known and protected(figure.cell) == among:
            for said in _small(view, figure, most):
                key = (figure.measure, _name(view, figure.cell))
                found.setdefault(key, []).append(f"{said} {_when(figure.period)}")
    return _few(view, found) if among else _lines(found)


def wholes(view: View, protected: Callable[[Cell], bool]) -> tuple[Line, ...]:
    """Groups of children of whom the report visibly says one thing: all, or none.

    Whoever knows that a child is one of the group learns it of that child.

    Args:
        view: Protected figures and words.
        protected: Whether a cell's counts describe children and are not exempt.
    """
    found: dict[Key, list[str]] = {}
    told: set[tuple[Cell, str]] = set()
    known = {(*figure.cell, figure.period): figure for figure in view.figures if figure.known}
    for relation in view.figures.registry.sums():
        if len(relation.parts) < 2 or not protected(relation.parts[0]):
            continue
        for period in _periods(view):
            total = known.get((*relation.total, period))
            parts = (known.get((*part, period)) for part in relation.parts)
            alike = [p for p in parts if p and total and p.value == total.value > 0]
            for part in alike[:1]:
                told |= {(relation.total, period), (part.cell, period)}
                if part.category not in UNKNOWN and total:
                    key = (part.measure, f"{_name(view, total.cell)}: {_kind(view, part, total)}")
                    said = f"all {rounded(total.value, 0):,} {_when(period)}"
                    found.setdefault(key, []).append(said)
    for figure in _in_order(view):
        of = _shared(view, figure, protected)
        if of and not any((cell, figure.period) in told for cell in of):
            key = (figure.measure, _name(view, figure.cell))
            found.setdefault(key, []).append(f"{counts_of(figure)} {_when(figure.period)}")
    return _lines(found)


def _small(view: View, figure: Figure, most: int) -> Iterator[str]:
    """A small count; or small counts behind a ratio that no figure gives by itself."""
    measure = view.measure(figure.measure)
    if measure.unit is Unit.COUNT:
        if 0 < abs(figure.value) <= most:
            yield show(figure, measure)
        return
    made = view.figures.registry.ratios.get(figure.measure, MadeOf())
    above = 0 < figure.numerator <= most and not _given(view, made.numerator)
    below = 0 < figure.denominator <= most and not _given(view, made.denominator)
    if measure.unit is Unit.PERCENT and (above or below):
        yield counts_of(figure)
    elif below and float(figure.denominator).is_integer():
        yield f"{show(figure, measure)}, of {rounded(figure.denominator, 0)},"


def _given(view: View, terms: tuple[Count, ...]) -> bool:
    """Whether what a ratio is made from are counts with figures of their own."""
    return bool(terms) and all(
        view.figures.registry[term.measure].unit is Unit.COUNT for term in terms
    )


def _shared(view: View, figure: Figure, protected: Callable[[Cell], bool]) -> tuple[Cell, ...]:
    """The counts that a percentage of children is made of, if it is 100%, or of a group 0%."""
    registry = view.figures.registry
    made = registry.ratios.get(figure.measure, MadeOf())
    measure = view.measure(figure.measure)
    changing = any(term.measure in registry.changes for term in made.numerator)
    if measure.unit is not Unit.PERCENT or changing or not (figure.known and figure.denominator):
        return ()
    of_group = figure.breakdown == TOTAL or any(t.category == SAME for t in made.denominator)
    alike = figure.numerator == figure.denominator or (figure.numerator == 0 and of_group)
    last = figure.category.rpartition("*")[2]
    if not alike or not protected(figure.cell) or last in UNKNOWN:
        return ()
    terms = (*made.denominator, *(made.numerator if figure.numerator else ()))
    cells = tuple(term.cell(figure.breakdown, figure.category) for term in terms)
    return cells or (figure.cell,)


def _periods(view: View) -> tuple[str, ...]:
    return tuple(sorted({figure.period for figure in view.figures}))


def _in_order(view: View) -> Iterable[Figure]:
    """Figures in the order of the registry's cells, a cell's years from the oldest on."""
    place: dict[Cell, int] = {}
    for figure in view.figures:
        place.setdefault(figure.cell, len(place))
    return sorted(view.figures, key=lambda figure: (place[figure.cell], figure.period))


def _when(period: str) -> str:
    stock = period.count("-") == 2
    return f"on {day(date.fromisoformat(period))}" if stock else f"in {period}"


def _category(view: View, cell: Cell) -> str:
    return view.measure(cell[0]).breakdown(cell[1]).categories[cell[2]]


def _name(view: View, cell: Cell) -> str:
    """A cell in words: ``Reviews held late (Quarter: April to June)``."""
    named = label(view, cell[0])
    if cell[1] == TOTAL:
        return named
    breakdown = view.measure(cell[0]).breakdown(cell[1]).label
    return f"{named} ({breakdown}: {_category(view, cell)})"


def _kind(view: View, part: Figure, total: Figure) -> str:
    """What all of a group are, in words that its own name does not say already."""
    if part.measure == total.measure:
        return _category(view, part.cell)
    named = label(view, part.measure)
    if part.breakdown in (total.breakdown, TOTAL):
        return named
    return f"{named}, {_category(view, part.cell)}"


def _lines(found: dict[Key, list[str]]) -> tuple[Line, ...]:
    return tuple(
        Line(measure, f"{what}: {'; '.join(said)}", len(said))
        for (measure, what), said in found.items()
    )


def _few(view: View, found: dict[Key, list[str]]) -> tuple[Line, ...]:
    """The lines; of a measure with many, one that counts them."""
    lines = Counter(measure for measure, _ in found)
    kept = {key: said for key, said in found.items() if lines[key[0]] <= MANY}
    counted = Counter[str]()
    for (measure, _), said in found.items():
        counted[measure] += len(said) * (lines[measure] > MANY)
    return (
        *_lines(kept),
        *(
            Line(name, f"{label(view, name)}: {number} numbers, {_by(view, name)}", number)
            for name, number in counted.items()
            if number
        ),
    )


def _by(view: View, name: str) -> str:
    named = [breakdown.label for breakdown in view.measure(name).breakdowns]
    return f"by {listing([text[:1].lower() + text[1:] for text in named])}"
