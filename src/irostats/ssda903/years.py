"""Which authority and which reporting year a row belongs to: by its columns, else its folder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

import numpy as np

from irostats.calendar import FIRST_YEAR, LAST_YEAR, ReportingYear
from irostats.ssda903 import dates

_PAIR = re.compile(
    r"(?<!\d)((?:19|20)\d{2})(?:\s*(?:[-/_\u2013.]|to)\s*|)((?:19|20)?\d{2})(?!\d)", re.IGNORECASE
)
_LATEST = 2050
"""Two-digit years up to it are of this century."""

_SHORT = re.compile(r"(?:FY ?)?(\d{2}) ?[-/\u2013] ?(\d{2})|FY ?(\d{2})", re.IGNORECASE)
_SINGLE = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d|\s*(?:[-/_\u2013.]|to)\s*\d)", re.IGNORECASE)


def _pairs(text: str) -> set[int]:
    """End years of all pairs such as 2016-17 in a text."""
    ends = {
        int(start) + 1
        for start, end in _PAIR.findall(text)
        if int(end[-2:]) == (int(start) + 1) % 100 and (len(end) == 2 or int(end) == int(start) + 1)
    }
    return {end for end in ends if FIRST_YEAR < end <= LAST_YEAR}


def from_column(text: str | None) -> int | None:
    """End year of what a column says: a year, a pair of years, or a day within the year.

    >>> [from_column(text) for text in ("2021", "202021", "20/21", "FY2020-21", "31/03/2021")]
    [2021, 2021, 2021, 2021, 2021]
    """
    plain = re.sub(r"\.0+$", "", (text or "").strip())
    day = dates.read([plain], np.array([_LATEST]), "YEAR").values[0]
    if not np.isnat(day):
        end = ReportingYear.of(day.item()).end
        return end if FIRST_YEAR < end <= LAST_YEAR else None
    if short := _SHORT.fullmatch(plain):
        year = short[1] or short[3]
        century = 20 if int(year) + 2000 <= _LATEST else 19
        return from_name(f"{century}{year}-{short[2]}" if short[2] else f"{century}{year}")
    return from_name(plain)


def from_name(name: str) -> int | None:
    """End year that a folder's name says: a pair of years, else a single end year."""
    pairs = _pairs(name)
    singles = {int(year) for year in _SINGLE.findall(name)} if not pairs else set()
    found = pairs or {year for year in singles if FIRST_YEAR < year <= LAST_YEAR}
    return found.pop() if len(found) == 1 else None


def from_folders(inside: PurePosixPath) -> int | None:
    """End year by the nearest folder (or zip) that says one; ``inside`` is a file's path."""
    for folder in inside.parents:
        name = folder.name[:-4] if folder.name.lower().endswith(".zip") else folder.name
        if (year := from_name(name)) is not None:
            return year
    return None


def contradicting_name(inside: PurePosixPath, year: int) -> str:
    """The reporting year in a file's own name where it is another than ``year``, else empty."""
    found = _pairs(inside.stem)
    return str(ReportingYear(found.pop())) if len(found) == 1 and year not in found else ""


def column_years(values: Sequence[str | None], default: int) -> tuple[list[int], list[bool]]:
    """End year of each row, ``default`` where blank; and which rows hold no year at all."""
    known = {value: from_column(value) if value else default for value in set(values)}
    years = [known[value] for value in values]
    return [year or default for year in years], [year is None for year in years]
