"""The few kinds of table that the sections are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from irostats.calendar import ReportingYear
from irostats.figures import Figure, Status
from irostats.parameters import Audience
from irostats.present.items import Sentence, Table
from irostats.present.numbers import counts_of, share, show, status
from irostats.present.view import View
from irostats.present.words import capital, first_missing, label, no_figures, span, term
from irostats.registry import TOTAL, Unit

Row = tuple[str, str, str, str]
"""Label, measure, breakdown, category: a row of a table over years."""


def row(view: View, measure: str, text: str = "") -> Row:
    """A row of an undivided measure, labelled as the registry does unless ``text`` is given."""
    return (text or label(view, measure), measure, TOTAL, TOTAL)


def rows_by(
    view: View, measure: str, breakdown: str, *, prefix: str = "", leave_out: Iterable[str] = ()
) -> list[Row]:
    """A row for each category of a breakdown."""
    categories = view.measure(measure).breakdown(breakdown).categories
    left_out = set(leave_out)
    return [
        (prefix + term(view, text), measure, breakdown, key)
        for key, text in categories.items()
        if key not in left_out
    ]


def always_zero(view: View, measure: str, breakdown: str, categories: Iterable[str]) -> list[str]:
    """Those of the categories that are known to be zero in every year shown."""
    return [
        key
        for key in categories
        if all(
            figure.known and figure.value == 0
            for year in view.shown
            for figure in (view.get(measure, year, breakdown=breakdown, category=key),)
        )
    ]


def caption(view: View, what: str, years: Sequence[ReportingYear]) -> str:
    """What a table shows, of whom, when."""
    return f"{capital(what)}, {view.name}, {span(years)}"


def printed(view: View, figure: Figure, *, counts: bool = True) -> str:
    """A figure as a cell: a percentage with its counts unless they stand beside it."""
    measure = view.measure(figure.measure)
    with_counts = counts and measure.unit is Unit.PERCENT and not _of_change(figure)
    return share(figure, measure) if with_counts else show(figure, measure)


def over_years(
    view: View,
    what: str,
    rows: Sequence[Row],
    *,
    missing: str = "",
    first_column: str = "Measure",
    years: Sequence[ReportingYear] | None = None,
    note: str = "",
) -> Table | Sentence:
    """Measures down, years across.

    Args:
        view: Whose figures.
        what: The caption without authority and years.
        rows: What stands in each row.
        missing: What a sentence says is missing if no figure has a value.
        first_column: Heading of the labels.
        years: The years across, which stand oldest first; all that are shown unless given.
        note: What a reader must know beside the keys of symbols.
    """
    across = view.shown if years is None else tuple(sorted(years))
    figures = [
        [view.get(measure, year, breakdown=breakdown, category=key) for year in across]
        for _, measure, breakdown, key in rows
    ]
    flat = [figure for line in figures for figure in line]
    return _or_sentence(
        view,
        missing or what,
        flat,
        Table(
            caption=caption(view, what, across),
            columns=(first_column, *map(str, across)),
            rows=tuple(
                (text, *(printed(view, figure) for figure in line))
                for (text, *_), line in zip(rows, figures, strict=True)
            ),
            note=notes(view, flat, note),
        ),
    )


def across_measures(
    view: View,
    what: str,
    lines: Sequence[tuple[str, str, str]],
    measures: Sequence[tuple[str, str]],
    *,
    missing: str = "",
    first_column: str,
    note: str = "",
) -> Table | Sentence:
    """Categories down, measures across, this year only.

    Args:
        view: Whose figures.
        what: The caption without authority and year.
        lines: Label, breakdown and category of each row.
        measures: Heading and measure of each column; counts stand beside percentages.
        missing: What a sentence says is missing if no figure has a value.
        first_column: Heading of the labels.
        note: What a reader must know beside the keys of symbols.
    """
    figures = [
        [view.get(name, breakdown=breakdown, category=key) for _, name in measures]
        for _, breakdown, key in lines
    ]
    flat = [figure for line in figures for figure in line]
    return _or_sentence(
        view,
        missing or what,
        flat,
        Table(
            caption=caption(view, what, (view.year,)),
            columns=(first_column, *(heading for heading, _ in measures)),
            rows=tuple(
                (text, *(printed(view, figure, counts=False) for figure in line))
                for (text, *_), line in zip(lines, figures, strict=True)
            ),
            note=notes(view, flat, note),
        ),
    )


def notes(view: View, figures: Iterable[Figure], *more: str) -> str:
    """The sentences below a table or chart: what is special, then what the symbols stand for."""
    found = {status(figure) for figure in figures if not figure.known}
    keys = []
    if Status.SUPPRESSED in found:
        keys.append(suppressed_key(view))
    if Status.LOW in found:
        keys.append("low: above zero, but rounds to zero.")
    if Status.NOT_ASSESSABLE in found:
        keys.append("Not assessable: the returns given do not reach far enough back to judge.")
    return " ".join(filter(None, (*more, *keys)))


def suppressed_key(view: View) -> str:
    """What ``c`` stands for in this report."""
    threshold = view.authority.protection.threshold
    if view.audience is Audience.INTERNAL:
        return "c: not shown."
    return f"c: from 1 to {threshold}, not shown so that no child can be identified."


def without_value(view: View, what: str, figures: Iterable[Figure]) -> Sentence | None:
    """A sentence if none of the figures has a value, and not all of them are suppressed."""
    found = list(figures)
    missing = first_missing(found)
    if missing is None or Status.SUPPRESSED in {status(figure) for figure in found}:
        return None
    return Sentence.of(no_figures(view, missing, what))


def _or_sentence(
    view: View, what: str, figures: Sequence[Figure], table: Table
) -> Table | Sentence:
    return without_value(view, what, figures) or table


def _of_change(figure: Figure) -> bool:
    return figure.measure.endswith("_change_percent") or not counts_of(figure)
