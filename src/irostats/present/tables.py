"""The few kinds of table that the sections are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from irostats.calendar import ReportingYear
from irostats.figures import Figure, Status
from irostats.present.items import Sentence, Table
from irostats.present.numbers import counts_of, interval, share, show, status
from irostats.present.protected import rounding_key, suppressed_key
from irostats.present.pruned import Row, kept
from irostats.present.view import View
from irostats.present.words import (
    capital,
    first_missing,
    label,
    no_figures,
    span,
    term,
    would_give,
)
from irostats.registry import TOTAL, Unit

SMALL_BASE = 10
"""Denominator below which a percentage says little."""
NO_INTERVAL = "none"


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


def unless_zero(view: View, *rows: Row) -> list[Row]:
    """Those of the rows that are not known to be zero in every year shown."""
    return [
        line
        for line in rows
        if not all(
            figure.known and figure.value == 0
            for figure in (view.get(line[1], year) for year in view.shown)
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
    intervals: Collection[str] = (),
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
        intervals: Percentages whose 95% interval stands at the end of the row, for the last year.
        note: What a reader must know beside the keys of symbols.
    """
    across = view.shown if years is None else tuple(sorted(years))
    shown = kept(view, rows, across)
    flat = [figure for line in shown.figures for figure in line]
    limits = [
        interval(line[-1]) if name in intervals else ""
        for (_, name, *_), line in zip(shown.rows, shown.figures, strict=True)
    ]
    last = (f"95% interval, {shown.years[-1]}",) if any(limits) else ()
    return _or_sentence(
        view,
        missing or what,
        flat,
        Table(
            caption=caption(view, what, shown.years),
            columns=(first_column, *map(str, shown.years), *last),
            rows=tuple(
                (text, *(printed(view, figure) for figure in line), *([limit] if last else []))
                for (text, *_), line, limit in zip(shown.rows, shown.figures, limits, strict=True)
            ),
            note=notes(view, flat, note, shown.note),
            counted=counted(view, flat),
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
    with_interval = [any(interval(line[n]) for line in figures) for n in range(len(measures))]
    headings = [
        text
        for (heading, _), limits in zip(measures, with_interval, strict=True)
        for text in ((heading, "95% interval") if limits else (heading,))
    ]
    return _or_sentence(
        view,
        missing or what,
        flat,
        Table(
            caption=caption(view, what, (view.year,)),
            columns=(first_column, *headings),
            rows=tuple(
                (text, *_cells(view, line, with_interval))
                for (text, *_), line in zip(lines, figures, strict=True)
            ),
            note=notes(view, flat, note),
            counted=counted(view, flat),
        ),
    )


def _cells(view: View, line: Sequence[Figure], with_interval: Sequence[bool]) -> Iterator[str]:
    for figure, limits in zip(line, with_interval, strict=True):
        yield printed(view, figure, counts=False)
        if limits:
            yield interval(figure) or NO_INTERVAL


def counted(view: View, figures: Iterable[Figure]) -> tuple[tuple[str, str], ...]:
    """Label and anchor of the definition of every measure among the figures, each once."""
    names = dict.fromkeys(figure.measure for figure in figures)
    return tuple((label(view, name), anchor(name)) for name in names)


def anchor(measure: str) -> str:
    """Where the methods annex defines a measure: ``how-reviews-held``."""
    return "how-" + measure.replace(".", "-").replace("_", "-")


def notes(view: View, figures: Iterable[Figure], *more: str) -> str:
    """The sentences below a table or chart: what is special, then what the symbols stand for."""
    shown = list(figures)
    found = {status(figure) for figure in shown if not figure.known}
    keys = []
    if any(_small_base(view, figure) for figure in shown):
        keys.append(
            f"Where a percentage is of fewer than {SMALL_BASE}, one more or fewer moves it by "
            f"more than {100 // SMALL_BASE} points: read the counts."
        )
    keys.append(rounding_key(view, shown))
    if Status.SUPPRESSED in found:
        keys.append(suppressed_key(view))
    if Status.LOW in found:
        keys.append("low: above zero, but rounds to zero.")
    if Status.NOT_ASSESSABLE in found:
        keys.append("Not assessable: the returns given do not reach far enough back to judge.")
    return " ".join(filter(None, (*more, *keys)))


def _small_base(view: View, figure: Figure) -> bool:
    is_share = view.measure(figure.measure).unit is Unit.PERCENT and not _of_change(figure)
    return figure.known and is_share and 0 < figure.denominator < SMALL_BASE


def without_value(view: View, what: str, figures: Iterable[Figure]) -> Sentence | None:
    """A sentence if none of the figures has a value, and not all of them are suppressed."""
    found = list(figures)
    missing = first_missing(found)
    if missing is None or Status.SUPPRESSED in {status(figure) for figure in found}:
        return None
    return Sentence.of(no_figures(view, missing, what), would_give(view, missing))


def _or_sentence(
    view: View, what: str, figures: Sequence[Figure], table: Table
) -> Table | Sentence:
    return without_value(view, what, figures) or table


def _of_change(figure: Figure) -> bool:
    return figure.measure.endswith("_change_percent") or not counts_of(figure)
