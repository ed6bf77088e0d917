"""Which rows and years of a table say something, and the sentence on those that do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from irostats.calendar import ReportingYear
from irostats.figures import Figure, Status
from irostats.present.numbers import status
from irostats.present.view import View
from irostats.present.words import listing
from irostats.registry import TOTAL

Row = tuple[str, str, str, str]
"""Label, measure, breakdown, category: a row of a table over years."""
OPEN_LISTS = frozenset(
    {
        "accommodation",
        "activity",
        "code",
        "contact",
        "contract",
        "given_by",
        "kind",
        "legal_status",
        "method",
        "need",
        "outcome",
        "placement",
        "provider",
        "reason",
        "reversal",
        "role",
        "theme",
        "type",
    }
)
"""Breakdowns that list whatever there may be: where nobody has one of these, it is no answer.

Of steps on a scale, such as quarters, grades or caseloads, none is an answer, and stays.
"""
UNKNOWN = ("not_known", "not_recorded", "not_reported")


def is_unused(breakdown: str, key: str, figures: Sequence[Figure]) -> bool:
    """Whether a category tells nothing: nobody had it in any year on record."""
    nameless = breakdown != TOTAL and (breakdown in OPEN_LISTS or key in UNKNOWN)
    recorded = [figure for figure in figures if status(figure) is not Status.NOT_RECORDED]
    nought = all(figure.known and figure.value == 0 for figure in recorded)
    return nameless and bool(recorded) and nought


@dataclass(frozen=True)
class Kept:
    """What a table shows.

    Args:
        rows: Rows that say something; all of them if none does.
        years: The years across; those at the start of which nothing is recorded are left out.
        figures: A figure for each row and year.
        note: What was left out.
    """

    rows: tuple[Row, ...]
    years: tuple[ReportingYear, ...]
    figures: tuple[tuple[Figure, ...], ...]
    note: str = ""


def kept(view: View, rows: Sequence[Row], years: Sequence[ReportingYear]) -> Kept:
    """The rows and years that say something.

    A row that is nought in every year says nothing if it is one of an open list. One that is not
    recorded in any year is named in the note, and so are the first years of which nothing is.
    """
    every = [
        (each, tuple(view.get(name, year, breakdown=breakdown, category=key) for year in years))
        for each in rows
        for _, name, breakdown, key in (each,)
    ]
    if all(_unrecorded(line) for _, line in every):
        return Kept(tuple(rows), tuple(years), tuple(line for _, line in every))
    used = [(each, line) for each, line in every if not is_unused(*each[2:], line)]
    found = [(each, line) for each, line in used or every if not _unrecorded(line)]
    first = _first_recorded([line for _, line in found])
    unrecorded = [each[0] for each, line in used if _unrecorded(line)]
    note = " ".join(_note(unrecorded, years[:first]))
    return Kept(
        tuple(each for each, _ in found),
        tuple(years[first:]),
        tuple(line[first:] for _, line in found),
        note,
    )


def _unrecorded(line: Sequence[Figure]) -> bool:
    return all(status(figure) is Status.NOT_RECORDED for figure in line)


def _first_recorded(lines: Sequence[Sequence[Figure]]) -> int:
    """The position of the first year of which anything is recorded, the last at the latest."""
    by_year = list(zip(*lines, strict=True))
    recorded = (n for n, found in enumerate(by_year) if not _unrecorded(found))
    return next(recorded, len(by_year) - 1)


def _note(rows: Sequence[str], years: Sequence[ReportingYear]) -> Iterator[str]:
    if years:
        yield f"Not recorded in {listing([*map(str, years)])}."
    if rows:
        yield f"Not recorded in any year shown: {'; '.join(map(_within, rows))}."


def _within(text: str) -> str:
    """A label within a sentence; abbreviations keep their capitals."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
