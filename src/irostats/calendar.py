"""Reporting years, working days of England, and month arithmetic.

Working days: any day except Saturday, Sunday, Christmas Day, Good Friday and the bank
holidays of England (Care Planning, Placement and Case Review (England) Regulations 2010,
reg 2(1)). The dates come from the ``holidays`` package; an authority may add some.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import cast

import holidays
import numpy as np
import numpy.typing as npt
import pandas as pd
from dateutil.relativedelta import relativedelta

from irostats.errors import CommandError

FIRST_YEAR, LAST_YEAR = 1991, 2100
_YEAR = re.compile(r"([0-9]{4})[-/_]([0-9]{2}|[0-9]{4})")
_LONGEST = 40


@dataclass(frozen=True, order=True, slots=True)
class ReportingYear:
    """The year 1 April to 31 March, named by both calendar years: ``2020-21``.

    Args:
        end: The calendar year in which it ends, as DfE names collections (2021).
    """

    end: int

    @classmethod
    def parse(cls, text: str) -> ReportingYear:
        """Read ``2020-21``, ``2020/21`` or ``2020-2021``.

        Raises:
            CommandError: The text is not a reporting year, with the nearest that is.
        """
        match = _YEAR.fullmatch(text.strip())
        said = (
            f"'{text}'" if text.isprintable() and len(text) <= _LONGEST else ascii(text[:_LONGEST])
        )
        if not match:
            hint = f" Did you mean '{cls(int(text))}'?" if re.fullmatch("20[0-9]{2}", text) else ""
            raise CommandError(
                f"{said} is not a reporting year.{hint}",
                next_step="Write it as 2020-21, for 1 April 2020 to 31 March 2021.",
            )
        start, end = int(match[1]), int(match[2][-2:])
        if (
            end != (start + 1) % 100
            or not FIRST_YEAR <= start < LAST_YEAR
            or (len(match[2]) == 4 and int(match[2]) != start + 1)
        ):
            raise CommandError(
                f"'{text}' is not a reporting year: they end one calendar year after they start.",
                next_step=f"Did you mean '{cls(start + 1)}'?",
            )
        return cls(start + 1)

    @classmethod
    def of(cls, day: date) -> ReportingYear:
        """The reporting year that holds ``day``."""
        return cls(day.year + (day.month >= 4))

    @classmethod
    def of_period(cls, period: str) -> ReportingYear:
        """The reporting year of a period of Figures: ``2020-21``, ``2020-21:Q1`` or a date."""
        text = period.partition(":")[0]
        if text.count("-") == 2:
            return cls.of(date.fromisoformat(text))
        return cls.parse(text)

    @property
    def first_day(self) -> date:
        """1 April."""
        return date(self.end - 1, 4, 1)

    @property
    def last_day(self) -> date:
        """31 March."""
        return date(self.end, 3, 31)

    @property
    def previous(self) -> ReportingYear:
        """The year before."""
        return ReportingYear(self.end - 1)

    @property
    def months(self) -> tuple[date, ...]:
        """The first days of its twelve months, April first."""
        return tuple(self.first_day + relativedelta(months=n) for n in range(12))

    def __str__(self) -> str:
        return f"{self.end - 1}-{self.end % 100:02d}"


def quarter(day: date) -> int:
    """Quarter of the reporting year: 1 for April to June, 4 for January to March."""
    return (day.month - 4) % 12 // 3 + 1


def add_months(day: date, months: int) -> date:
    """``day`` plus calendar months, clipped to the month's end.

    "Not more than three months after 30 November" is 28 or 29 February.

    >>> add_months(date(2018, 11, 30), 3)
    datetime.date(2019, 2, 28)
    """
    return day + relativedelta(months=months)


def age_on(birth: date, day: date) -> int:
    """Completed years; who was born on 29 February has a birthday on 28 February."""
    return relativedelta(day, birth).years


@lru_cache(maxsize=16)
def bank_holidays(extra: tuple[date, ...] = ()) -> npt.NDArray[np.datetime64]:
    """Bank holidays of England from 1991, with days that the authority adds.

    Returns:
        Sorted ``datetime64[D]`` array, for ``numpy.busday_offset``.
    """
    found = holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST_YEAR, 2061))
    return np.array(sorted({*found, *extra}), dtype="datetime64[D]")


def add_working_days(day: date, days: int, *, extra: Iterable[date] = ()) -> date:
    """The ``days``-th working day after ``day``, which itself is day 0.

    A start on a day that is not a working day counts the next working day as day 1.

    Args:
        day: The day that the count starts from.
        days: Number of working days, 0 or more.
        extra: Further days on which the authority does not work.

    >>> add_working_days(date(2020, 5, 7), 1)  # 8 May 2020 was the bank holiday, not 4 May
    datetime.date(2020, 5, 11)
    """
    offset = np.busday_offset(
        np.datetime64(day, "D"), days, roll="backward", holidays=bank_holidays(tuple(extra))
    )
    return cast("date", offset.item())


def working_days_after(
    days: pd.Series[pd.Timestamp], number: int, *, extra: Iterable[date] = ()
) -> pd.Series[pd.Timestamp]:
    """``add_working_days`` of a whole column, aligned with ``days``; NaT where there is no day."""
    found = np.busday_offset(
        days.to_numpy(dtype="datetime64[D]"),
        number,
        roll="backward",
        holidays=bank_holidays(tuple(extra)),
    )
    return pd.Series(found, index=days.index).astype("datetime64[us]")


def latest_day_before(day: date, days: int, *, extra: Iterable[date] = ()) -> date:
    """The last day whose ``days``-th working day after it is on or before ``day``.

    >>> add_working_days(latest_day_before(date(2021, 3, 31), 20), 20)
    datetime.date(2021, 3, 31)
    """
    candidate = day
    while add_working_days(candidate, days, extra=extra) > day:
        candidate -= timedelta(days=1)
    return candidate


def working_days_between(start: date, end: date, *, extra: Iterable[date] = ()) -> int:
    """Working days after ``start`` up to and including ``end``; 0 if ``end`` is not later."""
    if end <= start:
        return 0
    one = timedelta(days=1)
    return int(
        np.busday_count(
            np.datetime64(start + one, "D"),
            np.datetime64(end + one, "D"),
            holidays=bank_holidays(tuple(extra)),
        )
    )


def ages(births: pd.Series[pd.Timestamp], days: pd.Series[pd.Timestamp]) -> pd.Series[int]:
    """Completed years on each day, aligned with ``births``; NA where either date is.

    NA also before birth: that date of birth is a wrong one. Who was born on 29 February has a
    birthday on 28 February in other years, as ``age_on``.
    """
    leapling = (births.dt.month == 2) & (births.dt.day == 29) & ~days.dt.is_leap_year
    birthday = births.dt.month * 100 + births.dt.day - leapling.astype(int)
    before = (days.dt.month * 100 + days.dt.day) < birthday
    found = (days.dt.year - births.dt.year - before.astype(int)).astype("Int64")
    return found.mask(births > days)


def as_dates(days: pd.Series[pd.Timestamp]) -> list[date | None]:
    """Plain dates, None where there is none, for arithmetic one day at a time."""
    return [None if pd.isna(stamp) else stamp.date() for stamp in days]
