"""The data-quality and provenance annexes: what was found, what is missing, what was read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from irostats.calendar import ReportingYear
from irostats.figures import Figure, Status
from irostats.parameters import Audience
from irostats.present.items import Chart, Sentence, Table
from irostats.present.numbers import IN_TABLE, rounded, status
from irostats.present.tables import caption
from irostats.present.view import View
from irostats.present.words import capital, day, heading, label, listing, span
from irostats.quality import Effect, effects
from irostats.registry import Measure

MOST_EFFECTS = 30
"""Kinds of problem in the table; ``irostats check`` lists every file."""
MOST_NAMES = 6
"""Measures named in a row before the others are counted."""
ROWS = (5, 20, 100, 500)
"""Ends of the ranges in which the public is told how many rows have a problem."""
POINTS = (1, 5, 20, 100)
_YEAR = re.compile(r"\b\d{4}-\d{2}\b")
RECONCILED = {
    "both": "In both",
    "same": "In both, with the same due date",
    "earlier": "In both, due earlier by the case system",
    "later": "In both, due later by the case system",
    "newly_judged": "In both, due date known from the case system alone",
    "without_due_date": "In both, without a due date in the case system",
    "judged_differently": "On time by one due date and late by the other",
    "coded_differently": "Participation coded differently",
    "only_return": "In the return alone",
    "only_service": "In the case system alone, not counted",
}
WHY = {
    Status.NOT_RECORDED: "the service gave no record of it",
    Status.NOT_AVAILABLE: "the table that it needs was not given, or cannot be read",
    Status.NOT_ASSESSABLE: "the returns given do not reach far enough back",
}


def problems(view: View) -> Table | Sentence:
    """The problems that can move a figure: rows, figures, and how far at most."""
    found = effects(view.issues, view.figures, view.year)
    if not found:
        return Sentence.of("Nothing was found in the records that could move a figure.")
    left = len(found) - MOST_EFFECTS
    return Table(
        caption=caption(view, "what was found in the records, and what it can move", view.history),
        columns=("What was found", "Where", "Rows", "What it can move, and how far at most"),
        rows=tuple(_problem(view, effect) for effect in found[:MOST_EFFECTS]),
        note=" ".join(
            (
                "A count moves by no more than the rows concerned.",
                f"{left} more are listed by irostats check." if left > 0 else "",
            )
        ).strip(),
        align="llrl",
    )


def _problem(view: View, effect: Effect) -> tuple[str, ...]:
    years = [ReportingYear.parse(text) for file in effect.files for text in _YEAR.findall(file)[:1]]
    where = " ".join(filter(None, (effect.table, span(years) if years else "")))
    moves = capital(listing([_moved(view, name) for name in effect.figures]))
    if effect.rows and effect.measure:
        moves = f"{moves}: {_points(view, effect.points)} in '{label(view, effect.measure)}'"
    return (capital(effect.message), where, _rows(view, effect.rows), moves)


def _rows(view: View, rows: int) -> str:
    """How many rows; for the public how many about, since a row may be a child that is hidden."""
    if not rows:
        return ""
    if not _is_coarse(view):
        return f"{rows:,}"
    lowest = [1, *(most + 1 for most in ROWS)]
    for least, most in zip(lowest, ROWS, strict=False):
        if rows <= most:
            return f"{least:,} to {most:,}"
    return f"over {ROWS[-1]:,}"


def _points(view: View, points: float) -> str:
    if not _is_coarse(view):
        return f"at most {rounded(points, 1)} points"
    most = next((most for most in POINTS if points <= most), POINTS[-1])
    return f"at most {most} point{'' if most == 1 else 's'}"


def _is_coarse(view: View) -> bool:
    return view.audience is Audience.PUBLIC and view.authority.protection.suppression != "none"


def _moved(view: View, name: str) -> str:
    if name in view.figures.registry.measures:
        text = label(view, name)
        return text[0].lower() + text[1:] if text[1:2].islower() else text
    return heading(view, name)


def missing(view: View) -> Table | Sentence:
    """The measures without a figure of this year, by the reason and the table that they need."""
    groups: dict[tuple[Status, str], list[str]] = {}
    for measure in view.figures.registry.measures.values():
        why = _without(view, measure)
        if why is not None:
            groups.setdefault((why, measure.source), []).append(label(view, measure.name))
    if not groups:
        return Sentence.of(f"Every measure of this report has a figure for {view.year}.")
    return Table(
        caption=caption(view, "measures without a figure, and why", (view.year,)),
        columns=("Measures", "Printed as", "Why", "They need"),
        rows=tuple(
            (_named(names), IN_TABLE[why], capital(WHY[why]), source)
            for (why, source), names in groups.items()
        ),
        align="llll",
    )


def _without(view: View, measure: Measure) -> Status | None:
    """Why a measure has no figure at all this year; None if it has one, or none is called for."""
    figures: list[Figure] = [view.get(measure.name)]
    for breakdown in measure.breakdowns:
        figures += view.by(measure.name, breakdown.name).values()
    found = {status(figure) for figure in figures}
    if any(figure.known for figure in figures) or not found <= set(WHY):
        return None
    return status(figures[0])


def _named(names: list[str]) -> str:
    more = len(names) - MOST_NAMES
    if more <= 1:
        return "; ".join(names)
    return "; ".join((*names[:MOST_NAMES], f"and {more} more"))


def not_assessable(view: View) -> Sentence:
    """How many reviews could not be judged in each year, and why."""
    parts = []
    for year in view.shown:
        held, unknown = view.get("reviews.held", year), view.get("reviews.not_assessable", year)
        if held.known and unknown.known and unknown.value:
            parts.append(f"{unknown.value:,.0f} of {held.value:,.0f} in {year}")
    if not parts:
        return Sentence.of("Every review of these years could be judged.")
    return Sentence.of(
        f"Reviews whose due date could not be known: {listing(parts)}. The review or the start of "
        "care that sets it lies before the first return given."
    )


def due_dates(view: View) -> Table | Sentence:
    """Reviews of the return beside those of the case system, and whether their due dates agree."""
    years = [found for found in view.reconciled if found.year in view.shown]
    if not years:
        return Sentence.of(
            f"The case system's own dates of reviews were not given for {span(view.shown)}: due "
            "dates follow from the return alone."
        )
    return Table(
        caption=caption(
            view, "reviews in the return and in the case system", [found.year for found in years]
        ),
        columns=("Reviews", *(str(found.year) for found in years)),
        rows=tuple(
            (text, *(f"{getattr(found, name):,}" for found in years))
            for name, text in RECONCILED.items()
        ),
        note="Reviews are matched by child and day. Where the case system gives a due date, the "
        "settings in force say whether it counts.",
    )


def inputs(view: View) -> Table:
    """Every file read, with its rows and the start of its SHA-256."""
    # The rows of some tables are children, few of them, whose number is not for the public.
    coarse = _is_coarse(view)
    return Table(
        caption=caption(view, "files that these figures were made from", view.history),
        columns=("File", "Table", *(() if coarse else ("Rows",)), "SHA-256 begins"),
        rows=tuple(
            (
                file.path,
                file.table,
                *(() if coarse else (f"{file.rows:,}" if file.rows else "",)),
                file.sha256[:12],
            )
            for file in sorted(view.files, key=lambda file: file.path)
        ),
        note="provenance.json, which lies beside the report, gives each checksum in full.",
        align="lll" if coarse else "llrl",
    )


def return_status(view: View) -> Sentence:
    """Whether the return is final, and what the figures of earlier years are."""
    return Sentence.of(
        f"The return for {view.year} is {view.status}, as at {day(view.year.last_day)}.",
        f"Earlier years are computed again from the returns now given ({span(view.history)}), so "
        "that later corrections are in them."
        if len(view.history) > 1
        else "No earlier return was given.",
    )


TABLES: Mapping[str, Callable[[View], Table | Sentence]] = {
    "quality-problems": problems,
    "quality-missing": missing,
    "quality-due-dates": due_dates,
    "quality-inputs": inputs,
}
CHARTS: Mapping[str, Callable[[View], Chart | Sentence]] = {}
SENTENCES: Mapping[str, Callable[[View], Sentence]] = {
    "quality-not-assessable": not_assessable,
    "quality-status": return_status,
}
