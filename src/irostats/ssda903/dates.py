"""Dates as returns write them, read without guessing.

Day comes before month, as DfE asks; ISO puts the year first. A month above 12 is never
swapped with the day, and a spreadsheet's serial number is never taken for a date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from irostats.ssda903.schema import BIRTHS, DATE_DTYPE

FIRST, LAST = 1900, 2100
"""Years outside which a date cannot be meant."""

_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AP]M)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_DAY_FIRST = re.compile(rf"(\d{{1,2}})([/.\- ])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}")
_YEAR_FIRST = re.compile(rf"(\d{{4}})([/.\-])(\d{{1,2}})\2(\d{{1,2}}){_TIME}")
_NAMED = re.compile(rf"(\d{{1,2}})[/.\- ]([A-Z]{{3,9}})[/.\- ,]+(\d{{4}}|\d{{2}}){_TIME}")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_ZEROS = re.compile(rf"0+(?:([/.\-])0+\1(?:0+))?{_TIME}")
_DASHES = re.compile(r"[-\u2013 ]*([/.]?)[-\u2013 ]*\1[-\u2013 ]*")
_SERIAL = re.compile(r"\d{4,6}(\.\d+)?")
_PARTLY = re.compile(r"(ZZ|\d{1,2})[/.\-](ZZ|\d{1,2})[/.\-](ZZZZ|ZZ|\d{4})")
_PLACEHOLDERS = frozenset(
    {
        (1, 1, 1),
        (1753, 1, 1),
        (1899, 12, 30),
        (1899, 12, 31),
        (1900, 1, 0),
        (1900, 1, 1),
        (2099, 12, 31),
        (2999, 12, 31),
        (9999, 12, 31),
        (9999, 1, 1),
        (9999, 9, 9),
    }
)
"""Year, month and day that databases and spreadsheets write where there is no date."""

_MONTHS = (
    "JANUARY",
    "FEBRUARY",
    "MARCH",
    "APRIL",
    "MAY",
    "JUNE",
    "JULY",
    "AUGUST",
    "SEPTEMBER",
    "OCTOBER",
    "NOVEMBER",
    "DECEMBER",
)


class State(IntEnum):
    """What a date field turned out to be."""

    READ = 0
    BLANK = 1
    PARTLY = 2
    """Known in part only, as DATE_PERM may be: ``ZZ/05/2020``."""
    UNREADABLE = 3
    SERIAL = 4
    PLACEHOLDER = 5
    """A date that stands for none, such as 31/12/9999."""


@dataclass(frozen=True, slots=True)
class Dates:
    """A column of dates.

    Args:
        values: ``datetime64[us]``, NaT unless read.
        states: One ``State`` each.
    """

    values: npt.NDArray[np.datetime64]
    states: npt.NDArray[np.int8]


_Parts = tuple[int, int, int, int]  # state, year, month, day; a year below 100 has two digits


def _month(name: str) -> int:
    found = [n for n, month in enumerate(_MONTHS, 1) if month.startswith(name)]
    return 9 if name == "SEPT" else found[0] if len(found) == 1 else 0


def _ymd(text: str) -> tuple[int, int, int] | None:
    """Year, month and day in any of the forms, or None."""
    if match := _DAY_FIRST.fullmatch(text):
        return int(match[4]), int(match[3]), int(match[1])
    if match := _YEAR_FIRST.fullmatch(text):
        return int(match[1]), int(match[3]), int(match[4])
    if match := _COMPACT.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _NAMED.fullmatch(text):
        return int(match[3]), _month(match[2]), int(match[1])
    return None


def _parts(text: str | None) -> _Parts:
    """State, year, month and day of one tidied value; year -1 where it says no date."""
    if text is None or _ZEROS.fullmatch(text) or _DASHES.fullmatch(text):
        return State.BLANK, -1, 1, 1
    if found := _ymd(text):
        if found in _PLACEHOLDERS:
            return State.PLACEHOLDER, -1, 1, 1
        return State.READ, *found
    if "Z" in text and _PARTLY.fullmatch(text):
        return State.PARTLY, -1, 1, 1
    return (State.SERIAL if _SERIAL.fullmatch(text) else State.UNREADABLE), -1, 1, 1


def _pivot(
    years: npt.NDArray[np.int64], ends: npt.NDArray[np.int64], column: str
) -> npt.NDArray[np.int64]:
    """Two-digit years in full.

    A birth is not later than the return's year; other dates lie at most 20 years after it
    (leave to remain runs to the 18th birthday), else they are of the century before.
    """
    latest = ends if column in BIRTHS else ends + 20
    full = years + 2000
    full = np.where(full > latest, full - 100, full)
    return np.where((years >= 0) & (years < 100), full, years)


def read(values: Sequence[str | None], ends: npt.NDArray[np.int64], column: str) -> Dates:
    """Read a column of dates.

    Args:
        values: Tidied text.
        ends: End year of the return that each row belongs to.
        column: Its name; the day of birth has its own rule for two-digit years.
    """
    known: dict[str | None, _Parts] = {value: _parts(value) for value in set(values)}
    parts = np.array([known[value] for value in values], dtype=np.int64).reshape(-1, 4)
    state, year, month, day = parts.T
    year = _pivot(year, ends, column)
    read_ = (state == State.READ) & (year >= FIRST) & (year <= LAST) & (month >= 1) & (month <= 12)
    months = (np.where(read_, year, 1970) - 1970) * 12 + np.where(read_, month, 1) - 1
    first = months.astype("datetime64[M]")
    days = first.astype("datetime64[D]") + (np.where(read_, day, 1) - 1)
    read_ &= (day >= 1) & (days.astype("datetime64[M]") == first)
    states = np.where((state == State.READ) & ~read_, State.UNREADABLE, state).astype(np.int8)
    return Dates(np.where(read_, days, np.datetime64("NaT")).astype(DATE_DTYPE), states)
