"""Days as people and programs write them, wherever they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_NAME = rf"({'|'.join(_MONTHS)})[A-Z]{{0,6}}"
_YEAR_FIRST = re.compile(r"(?<![\d.])(\d{4})([/.\-])(\d{1,2})\2(\d{1,2})(?!\d|\.\d)")
_DAY_FIRST = re.compile(r"(?<![\d.])(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})(?!\d|\.\d)")
_SPACED = re.compile(r"(?<![\d.,])(\d{2}) (\d{2}) (\d{4})(?!\d|[.,]\d)")
_NAMED = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:ST|ND|RD|TH)?[\s/.\-,]*(?:OF\s+)?{_NAME}[\s/.\-,']*(\d{{4}}|\d{{2}})(?!\d)"
)
_NAME_FIRST = re.compile(rf"(?<![A-Z]){_NAME}\.?\s+(\d{{1,2}})(?:ST|ND|RD|TH)?,?\s+(\d{{4}})(?!\d)")
_COMPACT = re.compile(r"(?<![\d.])(\d{8})(?![\d.])")
_SIGNS = str.maketrans(dict.fromkeys(map(chr, (0x2010, 0x2011, 0x2012, 0x2013, 0x2212)), "-"))


def days(text: str) -> Iterator[tuple[date, int]]:
    """Every day that a text in capitals may name, with where it begins.

    A year of two digits is of either century; the month may stand before the day only where it
    could not be one.
    """
    plain = text.translate(_SIGNS)
    for match in _YEAR_FIRST.finditer(plain):
        yield from _either(match, match[1], match[3], match[4])
    for match in _DAY_FIRST.finditer(plain):
        yield from _either(match, match[4], match[3], match[1])
    for match in _SPACED.finditer(plain):
        yield from _either(match, match[3], match[2], match[1])
    for match in _NAMED.finditer(plain):
        yield from _either(match, match[3], _MONTHS.index(match[2]) + 1, match[1])
    for match in _NAME_FIRST.finditer(plain):
        yield from _either(match, match[3], _MONTHS.index(match[1]) + 1, match[2])
    for match in _COMPACT.finditer(plain):
        run = match[1]
        yield from _either(match, run[:4], run[4:6], run[6:])
        yield from _either(match, run[4:], run[2:4], run[:2])


def _either(
    match: re.Match[str], year: str, month: str | int, day: str
) -> Iterator[tuple[date, int]]:
    numbers = int(month), int(day)
    inner = numbers if numbers[0] <= 12 else numbers[::-1]
    for century in (1900, 2000) if len(year) == 2 else (0,):
        with suppress(ValueError):
            found = date(century + int(year), *inner)
            if 1900 <= found.year <= 2100:
                yield found, match.start()
