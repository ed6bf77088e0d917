"""Priorities: what became of this year's, and what is planned for the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from irostats.calendar import ReportingYear
from irostats.figures import Figure
from irostats.present import tables
from irostats.present.items import Chart, Sentence, Table
from irostats.present.numbers import IN_TABLE, say, status
from irostats.present.tables import caption
from irostats.present.view import View
from irostats.present.words import capital, counted, listing, no_figures
from irostats.texts import Priority

TOTAL, NEXT = "priorities.total", "priorities.next_year"
PRIORITIES = ("priority", "priorities")
WORDS = {
    "done": "done",
    "in_progress": "in progress",
    "not_done": "not done",
    "not_recorded": "not recorded",
}


def headline(view: View) -> Sentence:
    """How many priorities there were, what became of them, and how many there are next year."""
    total = view.get(TOTAL)
    if not total.known:
        return Sentence.of(no_figures(view, total, "priorities"))
    return Sentence.of(_this_year(view, total), _next_year(view))


def _this_year(view: View, total: Figure) -> str:
    words = f"The service had {counted(view, total, *PRIORITIES)} for {view.year}"
    became = [
        f"{say(figure, view.measure(TOTAL))} {_is(figure)} {WORDS[key]}"
        for key, figure in view.by(TOTAL, "status").items()
        if figure.known and figure.value
    ]
    return f"{words}: {listing(became)}." if became else f"{words}."


def _is(figure: Figure) -> str:
    return "is" if figure.value == 1 else "are"


def _next_year(view: View) -> str:
    figure, year = view.get(NEXT), _following(view)
    if not figure.known:
        return ""
    verb = "is" if figure.value == 1 else "are"
    return f"There {verb} {counted(view, figure, *PRIORITIES)} for {year}."


def _following(view: View) -> ReportingYear:
    return ReportingYear(view.year.end + 1)


def this_year(view: View) -> Table | Sentence:
    """The year's priorities, with what became of each."""
    return _table(
        view,
        view.year,
        TOTAL,
        ("Priority", "Status", "What became of it"),
        lambda number, priority: (  # noqa: ARG005
            priority.text,
            capital(WORDS[priority.status or "not_recorded"]),
            priority.note or "not given",
        ),
    )


def next_year(view: View) -> Table | Sentence:
    """The priorities for the year to come."""
    return _table(
        view,
        _following(view),
        NEXT,
        ("Number", "Priority"),
        lambda number, priority: (str(number), priority.text),
    )


def _table(
    view: View,
    year: ReportingYear,
    measure: str,
    columns: tuple[str, ...],
    cells: Callable[[int, Priority], tuple[str, ...]],
) -> Table | Sentence:
    figure = view.get(measure)
    if not figure.known:
        return Sentence.of(f"Priorities for {year}: {IN_TABLE[status(figure)]}.")
    shown = [priority for priority in view.texts.priorities if priority.year == year]
    left_out = _left_out(int(figure.value) - len(shown))
    if not shown:
        return Sentence.of("" if left_out else f"No priority is recorded for {year}.", left_out)
    return Table(
        caption=caption(view, "priorities", (year,)),
        columns=columns,
        rows=tuple(cells(number, priority) for number, priority in enumerate(shown, start=1)),
        note=left_out,
        align="l" * len(columns),
        counted=tables.counted(view, [figure]),
    )


def _left_out(number: int) -> str:
    """Counted, but not printed."""
    if number <= 0:
        return ""
    noun = "1 priority is" if number == 1 else f"{number} priorities are"
    return f"{noun} counted and not printed, because the words could lead to a person."


TABLES: Mapping[str, Callable[[View], Table | Sentence]] = {
    "priorities-this-year": this_year,
    "priorities-next-year": next_year,
}
CHARTS: Mapping[str, Callable[[View], Chart | Sentence]] = {}
SENTENCES: Mapping[str, Callable[[View], Sentence]] = {"priorities-headline": headline}
