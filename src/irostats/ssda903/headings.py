"""Recognising a table by its headings, never by its file's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from irostats.ssda903.schema import TABLES
from irostats.ssda903.text import DELIMITERS, Grid, heading_key, split

SEARCHED = 10
"""Records at the head of a file among which the headings are looked for."""

ALIASES: Mapping[str, str] = {
    "CHILDID": "CHILD",
    "PL": "PLACE",
    "DATEOFBIRTH": "DOB",
    "ETHNICITY": "ETHNIC",
    "GENDER": "SEX",
    "CLAEENTEREDCAREDATE": "PERIOD_START",
    "CLAENTEREDCAREDATE": "PERIOD_START",
}
AUTHORITY = frozenset(
    [
        "LA",
        "LACODE",
        "LANAME",
        "LANUMBER",
        "LANO",
        "LEA",
        "LEACODE",
        "LEANAME",
        "LEANUMBER",
        "OLDLACODE",
        "NEWLACODE",
        "LOCALAUTHORITY",
        "LOCALAUTHORITYNAME",
        "LOCALAUTHORITYCODE",
        "AUTHORITY",
        "AUTHORITYNAME",
        "AUTHORITYCODE",
        "ONSCODE",
        "LAONSCODE",
        "GSSCODE",
        "LAGSSCODE",
    ]
)
YEAR = frozenset(
    [
        "YEAR",
        "TIMEPERIOD",
        "COLLECTIONYEAR",
        "REPORTINGYEAR",
        "RETURNYEAR",
        "SUBMISSIONYEAR",
        "FINANCIALYEAR",
        "FINYEAR",
        "FY",
        "ACADEMICYEAR",
        "YEARENDING",
        "YEARENDED",
        "YEAREND",
    ]
)

_KNOWN = {heading_key(name): name for table in TABLES.values() for name in table.headings}
_OWNERS = Counter(name for table in TABLES.values() for name in table.headings)
OWN: Mapping[str, frozenset[str]] = {
    key: frozenset(name for name in table.headings if _OWNERS[name] == 1)
    for key, table in TABLES.items()
}
"""Table -> the headings that no other table has; these tell the tables apart."""


@dataclass(frozen=True, slots=True)
class Match:
    """A recognised line of headings.

    Args:
        table: A key of ``TABLES``.
        columns: Column -> position.
        authority: Positions of columns that name the authority.
        year: Position of the column that names the year.
        extra: Headings that the table does not have, as sent.
        twice: Columns whose heading occurs more than once.
        width: Fields up to the last heading that is not blank.
    """

    table: str
    columns: Mapping[str, int]
    authority: tuple[int, ...]
    year: int | None
    extra: tuple[str, ...]
    twice: tuple[str, ...]
    width: int

    @property
    def missing(self) -> tuple[str, ...]:
        """Columns without which no row can be used, and that are not there."""
        return tuple(name for name in TABLES[self.table].required if name not in self.columns)

    @property
    def absent(self) -> tuple[str, ...]:
        """Other columns of the return that are not there."""
        table = TABLES[self.table]
        return tuple(
            name
            for name in table.columns
            if name not in self.columns and name not in table.required and name != "DOB"
        )


def canonical(heading: str) -> str:
    """The column that a heading names, or its key where none."""
    key = heading_key(heading)
    return _KNOWN.get(key) or ALIASES.get(key, key)


def _table(names: Sequence[str]) -> str | None:
    """The table with most headings of its own, then most headings at all."""
    present = set(names)

    def score(key: str) -> tuple[int, int]:
        return len(present & OWN[key]), len(present & set(TABLES[key].headings))

    best = max(TABLES, key=score)
    own, all_ = score(best)
    return best if own >= 1 and all_ >= 2 else None


def recognise(headings: Sequence[str]) -> Match | None:
    """What a line of headings is, or None if no table has such headings."""
    names = [canonical(heading) for heading in headings]
    key = _table(names)
    if key is None:
        return None
    wanted = set(TABLES[key].headings)
    columns: dict[str, int] = {}
    authority, extra, twice = [], [], []
    year = None
    for position, name in enumerate(names):
        if name in wanted:
            if name in columns:
                twice.append(name)
            columns.setdefault(name, position)
        elif name in AUTHORITY:
            authority.append(position)
        elif name in YEAR and year is None:
            year = position
        elif name:
            extra.append(headings[position].strip())
    width = max(position for position, name in enumerate(names) if name) + 1
    return Match(key, columns, tuple(authority), year, tuple(extra), tuple(twice), width)


@dataclass(frozen=True, slots=True)
class Found:
    """Where the headings stand: delimiter, line, the line's fields, and what they say."""

    delimiter: str
    line: int
    titles: tuple[str, ...]
    match: Match


def find(text: str) -> Found | None:
    """The first headings among the first records, under the delimiter that makes most of them."""
    best: Found | None = None
    for delimiter in DELIMITERS:
        found = _first(split(text, delimiter, limit=SEARCHED), delimiter)
        if found and (best is None or len(found.match.columns) > len(best.match.columns)):
            best = found
    return best


def _first(grid: Grid, delimiter: str) -> Found | None:
    """The first headings with CHILD among them, which no title has; without it any."""
    found = [
        Found(delimiter, line, tuple(record), match)
        for record, line in zip(grid.records, grid.lines, strict=True)
        if (match := recognise(record))
    ]
    whole = [one for one in found if "CHILD" in one.match.columns]
    return next(iter(whole or found), None)
