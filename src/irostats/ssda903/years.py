"""Which authority and which reporting year a row belongs to: by its columns, else its folder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from irostats.calendar import FIRST_YEAR, LAST_YEAR, ReportingYear

_PAIR = re.compile(
    r"(?<!\d)((?:19|20)\d{2})(?:\s*(?:[-/_\u2013.]|to)\s*|)((?:19|20)?\d{2})(?!\d)", re.IGNORECASE
)
_SINGLE = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d|\s*(?:[-/_\u2013.]|to)\s*\d)")


def _pairs(text: str) -> set[int]:
    """End years of all pairs such as 2016-17 in a text."""
    ends = {
        int(start) + 1
        for start, end in _PAIR.findall(text)
        if int(end[-2:]) == (int(start) + 1) % 100 and (len(end) == 2 or int(end) == int(start) + 1)
    }
    return {end for end in ends if FIRST_YEAR < end <= LAST_YEAR}


def from_column(text: str | None) -> int | None:
    """End year of ``2021``, ``2021.0``, ``2020-21``, ``2020/21``, ``2020-2021`` or ``202021``."""
    plain = re.sub(r"\.0+$", "", (text or "").strip())
    if re.fullmatch(r"\d{4}", plain):
        return int(plain) if FIRST_YEAR < int(plain) <= LAST_YEAR else None
    match = _PAIR.fullmatch(plain)
    return next(iter(_pairs(plain)), None) if match else None


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
