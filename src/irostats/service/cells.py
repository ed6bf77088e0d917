"""A table's cells under its own headings: which row they are, the guide row, what does not fit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from irostats.issues import MAX_LINES, Issue, Severity
from irostats.service.model import ServiceTable
from irostats.service.schemas import TABLES
from irostats.service.sheets import Sheet, says

SEARCHED = 10
"""Rows at the head of a file among which the headings are looked for."""
GUIDE = "# "
"""How the first cell of a guide row begins; see ``irostats new``."""


@dataclass(frozen=True, slots=True)
class Cells:
    """What a file holds of one table.

    Attributes:
        frame: Text by column, blank as NA, with LINE; None if it cannot be used.
        issues: What is wrong with it.
        template: Whether there is a guide row and nothing below it: nobody has filled it in.
    """

    frame: pd.DataFrame | None
    issues: tuple[Issue, ...] = ()
    template: bool = False


def cells_of(sheet: Sheet, name: str, relative: str) -> Cells:
    """The rows of a table, without its headings and its guide row.

    Args:
        sheet: The rows as they stand.
        name: The table.
        relative: Path of the file, for issues.
    """
    table = TABLES[name]
    place = _headings_at(sheet, table)
    if place is None:
        return Cells(None, (unusable(name, relative, "the file is empty."),))
    headings = headings_of(sheet.records[place], table)
    wrong = _missing(headings, table)
    if wrong:
        return Cells(None, (unusable(name, relative, wrong),))
    body = [
        (line, record)
        for line, record in zip(sheet.lines[place + 1 :], sheet.records[place + 1 :], strict=True)
        if says(record)
    ]
    guided = bool(body) and is_guide(body[0][1])
    rows, ragged = _laid_out(body[guided:], headings, certain=sheet.columns_certain)
    broken = (*sheet.broken, *ragged)
    issues = (
        *([_broken(name, relative, broken)] if broken else []),
        *_twice(headings, name, relative),
    )
    frame = pd.DataFrame(rows, columns=["LINE", *table.columns]).astype(
        dict.fromkeys(table.columns, "string")
    )
    template = guided and frame.empty and not broken
    return Cells(frame.replace("", pd.NA), issues, template)


def headings_of(record: Sequence[str], table: ServiceTable) -> list[str]:
    """Headings as irostats names them; a case system's own name for a column is known."""
    names = [re.sub(r"\s+", "_", cell.strip().lower()) for cell in record]
    while names and not names[-1]:
        names.pop()
    spelt = {
        next((alias for alias in column.aliases if alias in names), ""): key
        for key, column in table.columns.items()
        if key not in names
    }
    return [spelt.get(name, name) if name else "" for name in names]


def fits(sheet: Sheet, table: ServiceTable) -> bool:
    """Whether a sheet has the headings that the table cannot do without."""
    place = _headings_at(sheet, table)
    return place is not None and not _missing(headings_of(sheet.records[place], table), table)


def is_guide(record: Sequence[str]) -> bool:
    """Whether a row is a template's guide: its first cell is ``# `` and words, no number."""
    first = record[0].strip()
    return first.startswith(GUIDE) and first[len(GUIDE) :].lstrip()[:1].isalpha()


def unusable(name: str, relative: str, why: str, *, next_step: str = "") -> Issue:
    """An error: nothing of a table's file can be used."""
    return Issue(
        Severity.ERROR,
        "service-table-unusable",
        why,
        table=name,
        file=relative,
        figures=TABLES[name].figures,
        next_step=next_step or f"Its columns are {', '.join(TABLES[name].columns)}.",
    )


def _headings_at(sheet: Sheet, table: ServiceTable) -> int | None:
    """Where the headings stand: of the first rows the one with most of them, else the first."""
    filled = [n for n, record in enumerate(sheet.records) if says(record)][:SEARCHED]
    return max(
        filled,
        key=lambda n: len(set(headings_of(sheet.records[n], table)) & table.columns.keys()),
        default=None,
    )


def _missing(headings: Sequence[str], table: ServiceTable) -> str:
    """What is missing from the headings, in a sentence; empty if nothing is."""
    missing = [
        key for key, column in table.columns.items() if column.needed and key not in headings
    ]
    if missing:
        return f"the file has no column {', '.join(missing)}."
    known = table.columns.keys() & set(headings)
    return "" if known else "the file has none of the table's columns."


def _laid_out(
    body: Sequence[tuple[int, Sequence[str]]], headings: Sequence[str], *, certain: bool
) -> tuple[list[dict[str, object]], list[int]]:
    """Rows by heading, the first of two alike; lines with cells beyond the headings."""
    places = {heading: place for place, heading in reversed(list(enumerate(headings)))}
    rows: list[dict[str, object]] = []
    ragged = []
    for line, record in body:
        if says(record[len(headings) :]) and not certain:
            ragged.append(line)
        elif says(record[: len(headings)]):
            found = {key: record[at].strip() for key, at in places.items() if at < len(record)}
            rows.append({"LINE": line, **found})
    return rows, ragged


def _broken(name: str, relative: str, lines: tuple[int, ...]) -> Issue:
    return Issue(
        Severity.WARNING,
        "service-row-broken",
        "rows have more cells than headings, or a quotation mark that does not end; left out.",
        table=name,
        file=relative,
        rows=len(lines),
        lines=tuple(sorted(lines))[:MAX_LINES],
        figures=TABLES[name].figures,
        next_step="Put text that holds a comma into double quotation marks.",
    )


def _twice(headings: Sequence[str], name: str, relative: str) -> list[Issue]:
    twice = [
        heading
        for heading, times in Counter(headings).items()
        if times > 1 and heading in TABLES[name].columns
    ]
    return [
        Issue(
            Severity.WARNING,
            "service-heading-twice",
            f"there is more than one column {heading}; the first is used.",
            table=name,
            file=relative,
            figures=TABLES[name].figures,
            next_step="Remove the other.",
        )
        for heading in twice
    ]
