"""Working days of England and calendar months, for the generator alone.

The generator keeps its own arithmetic on purpose: if it shared the package's calendar, a mistake
there would be planted in the sample data and then confirmed by it.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import holidays

if TYPE_CHECKING:
    import random

FIRST_YEAR, LAST_YEAR = 1995, 2023


@cache
def bank_holidays() -> frozenset[date]:
    """Bank holidays of England from 1995 to 2023."""
    table = holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST_YEAR, LAST_YEAR + 1))
    return frozenset(table)


@cache
def is_working_day(day: date) -> bool:
    """Whether a day is neither a weekend day nor a bank holiday in England."""
    return day.weekday() < 5 and day not in bank_holidays()


def working_days_after(day: date, count: int) -> date:
    """The ``count``-th working day after ``day``, which is itself day 0 (regulation 33(1))."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_day_on_or_before(day: date) -> date:
    """The last working day that is not later than ``day``."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def working_day_on_or_after(day: date) -> date:
    """The first working day that is not earlier than ``day``."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_months(day: date, months: int) -> date:
    """The same day so many months later, clipped to the end of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 28 February."""
    return add_months(day, 12 * years)


def age_on(born: date, day: date) -> int:
    """Completed years of age on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def year_start(label: str) -> date:
    """1 April of a reporting year such as ``2020-21``."""
    return date(int(label[:4]), 4, 1)


def year_end(label: str) -> date:
    """31 March of a reporting year such as ``2020-21``."""
    return date(int(label[:4]) + 1, 3, 31)


def working_day_in(label: str, rng: random.Random) -> date:
    """Any working day of a reporting year, each as likely as another."""
    while True:
        day = year_start(label) + timedelta(days=rng.randint(0, 365))
        if day <= year_end(label) and is_working_day(day):
            return day


def reporting_year(day: date) -> str:
    """The reporting year that a day lies in, such as ``2020-21``."""
    first = day.year - (day.month < 4)
    return f"{first}-{(first + 1) % 100:02d}"
