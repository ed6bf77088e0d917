"""Rows of an authority's service tables, and the working days of England, read plainly."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import holidays
from authorities import (
    NOT_AVAILABLE,
    NOT_RECORDED,
    TOTAL,
    Cell,
    Expected,
    Plain,
    Row,
    first_day,
    last_day,
    missing,
)

SENT_AGAIN = {
    "alerts": ("id",),
    "disputes": ("id", "stage"),
    "inspections": ("date", "body", "finding"),
}
"""Logs in which a later file may hold a record again; it then stands for the earlier one."""
BANK_HOLIDAYS = holidays.country_holidays("GB", subdiv="ENG", years=range(2000, 2031))

Cells = dict[Cell, Expected]


def kept(plain: Plain, table: str, end: int) -> bool:
    """Whether the service gave a year's table and it could be read."""
    return end in plain.history and table in plain.service[end]


def why_missing(plain: Plain, table: str, end: int) -> Expected:
    """What every figure says that is made from a table that is not there."""
    unreadable = table in plain.unreadable.get(end, frozenset())
    return missing(NOT_AVAILABLE if unreadable else NOT_RECORDED)


def in_use(plain: Plain, table: str) -> list[Row]:
    """All rows of the years in use, oldest file first, each with the YEAR of its file."""
    rows: list[Row] = [
        {**row, "YEAR": end} for end in plain.history for row in plain.service[end].get(table, [])
    ]
    key = SENT_AGAIN.get(table)
    if key is None:
        return rows
    later = {tuple(row[name] for name in key): number for number, row in enumerate(rows)}
    return [rows[number] for number in sorted(later.values())]


def own(plain: Plain, table: str, end: int) -> list[Row]:
    """The rows in use of the year's own file."""
    return [row for row in in_use(plain, table) if row["YEAR"] == end]


def once(rows: Iterable[Row]) -> list[Row]:
    """Rows without those that were sent twice: alike in every column of the table."""
    found: dict[tuple[object, ...], Row] = {}
    for row in rows:
        alike = tuple(value for name, value in sorted(row.items()) if name != "YEAR")
        found.setdefault(alike, row)
    return list(found.values())


def day(row: Row, column: str) -> date | None:
    """A date, or None."""
    value = row.get(column)
    return value if isinstance(value, date) else None


def text(row: Row, column: str) -> str | None:
    """A text, or None."""
    value = row.get(column)
    return value if isinstance(value, str) else None


def amount(row: Row, column: str) -> float | None:
    """A number, or None."""
    value = row.get(column)
    return float(value) if isinstance(value, int | float) else None


def in_year(found: date | None, end: int) -> bool:
    """Whether a day is one of the year that ends in ``end``."""
    return found is not None and first_day(end) <= found <= last_day(end)


def extra_holidays(plain: Plain) -> frozenset[date]:
    """Days that the authority adds to the bank holidays."""
    found = plain.rules.get("extra_holidays", ())
    return frozenset(found) if isinstance(found, tuple) else frozenset()


def is_working_day(found: date, extra: frozenset[date]) -> bool:
    """Not a Saturday, a Sunday, a bank holiday of England or a day that the authority adds."""
    return found.weekday() < 5 and found not in BANK_HOLIDAYS and found not in extra


def working_day_after(found: date, number: int, extra: frozenset[date] = frozenset()) -> date:
    """The ``number``-th working day after a day, which is itself day 0."""
    while number:
        found += timedelta(days=1)
        number -= is_working_day(found, extra)
    return found


def working_days_between(first: date, last: date, extra: frozenset[date] = frozenset()) -> int:
    """Working days after the first day up to the last one."""
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(is_working_day(found, extra) for found in days)


def months_after(found: date, number: int) -> date:
    """Calendar months later; a month without that day has its last day instead."""
    month = found.month - 1 + number
    year, month = found.year + month // 12, month % 12 + 1
    for length in (found.day, 30, 29, 28):
        try:
            return date(year, month, length)
        except ValueError:
            continue
    raise AssertionError("Every month has 28 days.")


def total(measure: str) -> Cell:
    """The cell of an undivided figure."""
    return (measure, TOTAL, TOTAL)
