"""Reporting years, working days of England, months."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from irostats.calendar import (
    ReportingYear,
    add_months,
    add_working_days,
    age_on,
    ages,
    bank_holidays,
    latest_day_before,
    working_days_between,
)
from irostats.errors import CommandError

days = st.dates(min_value=date(2005, 1, 1), max_value=date(2035, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        date(2011, 4, 29),
        date(2012, 6, 4),
        date(2012, 6, 5),
        date(2020, 5, 8),
        date(2022, 6, 2),
        date(2022, 6, 3),
        date(2022, 9, 19),
        date(2023, 5, 8),
        date(2021, 12, 27),
        date(2021, 12, 28),
    ],
)
def test_bank_holidays_of_one_year_only_are_known(day: date) -> None:
    """Holidays that were proclaimed or moved for one year are days off."""
    assert day in bank_holidays().tolist()


@pytest.mark.parametrize("day", [date(2020, 5, 4), date(2012, 5, 28), date(2022, 5, 30)])
def test_moved_bank_holidays_leave_a_working_day_behind(day: date) -> None:
    """The Monday from which a holiday was moved is a working day."""
    assert day not in bank_holidays().tolist()


def test_a_start_on_a_saturday_counts_monday_as_day_one() -> None:
    """The day of becoming looked after is day 0; a weekend start has Monday as day 1."""
    assert add_working_days(date(2021, 5, 8), 1) == date(2021, 5, 10)


def test_twenty_working_days_pass_over_easter() -> None:
    """Good Friday and Easter Monday 2021 (2 and 5 April) are not counted."""
    assert add_working_days(date(2021, 3, 15), 20) == date(2021, 4, 14)


def test_a_day_that_the_authority_adds_is_not_worked() -> None:
    """An extra holiday moves the due date on by one day."""
    extra = (date(2021, 5, 11),)
    assert add_working_days(date(2021, 5, 10), 1, extra=extra) == date(2021, 5, 12)


@given(days, st.integers(min_value=1, max_value=60))
def test_working_days_forth_and_back_agree(day: date, count: int) -> None:
    """As many working days lie after the start as were added, and the end is one of them."""
    end = add_working_days(day, count)
    assert working_days_between(day, end) == count
    assert end.weekday() < 5
    assert end not in bank_holidays().tolist()


@given(days, st.integers(min_value=1, max_value=40))
def test_the_latest_start_is_the_latest(day: date, count: int) -> None:
    """A start a day later would run past the day."""
    start = latest_day_before(day, count)
    assert add_working_days(start, count) <= day
    assert add_working_days(start + timedelta(days=1), count) > day


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2018, 11, 30), 3, date(2019, 2, 28)),
        (date(2019, 11, 30), 3, date(2020, 2, 29)),
        (date(2020, 8, 31), 6, date(2021, 2, 28)),
        (date(2020, 8, 15), 6, date(2021, 2, 15)),
    ],
)
def test_months_are_clipped_to_the_month_end(day: date, months: int, expected: date) -> None:
    """Three months after 30 November is the end of February."""
    assert add_months(day, months) == expected


@given(days, st.integers(min_value=1, max_value=24))
def test_adding_months_never_passes_into_another_month(day: date, months: int) -> None:
    """The result lies in the right month, on the same day or on the month's last."""
    result = add_months(day, months)
    assert (result.year * 12 + result.month) - (day.year * 12 + day.month) == months
    assert result.day == day.day or (result + timedelta(days=1)).month != result.month


@given(days)
def test_a_day_lies_in_the_year_that_it_belongs_to(day: date) -> None:
    """Each day is in exactly one reporting year, which reads back from its own name."""
    year = ReportingYear.of(day)
    assert year.first_day <= day <= year.last_day
    assert ReportingYear.parse(str(year)) == year


@pytest.mark.parametrize("text", ["2020-21", "2020/21", "2020-2021", "2020_21"])
def test_a_year_may_be_written_in_several_ways(text: str) -> None:
    """Analysts write the reporting year in different ways."""
    assert ReportingYear.parse(text) == ReportingYear(2021)


@pytest.mark.parametrize(
    "text", ["2020-22", "2020", "20-21", "next year", "../../etc", "2020-2022"]
)
def test_what_is_not_a_reporting_year_is_refused(text: str) -> None:
    """A year that does not end one after it starts is an error of the command."""
    with pytest.raises(CommandError, match="is not a reporting year"):
        ReportingYear.parse(text)


@given(
    st.dates(min_value=date(1992, 1, 1), max_value=date(2020, 12, 31)),
    st.dates(min_value=date(2021, 1, 1), max_value=date(2024, 12, 31)),
)
def test_ages_of_a_column_agree_with_ages_one_by_one(birth: date, day: date) -> None:
    """The vectorised age is the age, leap days included."""
    found = ages(pd.Series([pd.Timestamp(birth)]), pd.Series([pd.Timestamp(day)]))
    assert found.tolist() == [age_on(birth, day)]


def test_nobody_has_an_age_before_birth() -> None:
    """A date of birth after the day is a wrong one, and the age is not known."""
    births = pd.Series(pd.to_datetime(["2021-03-31", "2021-04-01"]))
    found = ages(births, pd.Series(pd.to_datetime(["2021-03-31", "2021-03-31"])))
    assert found.fillna(-1).tolist() == [0, -1]


def test_a_leap_day_child_turns_four_on_28_february_of_a_common_year() -> None:
    """Born on 29 February, the birthday of other years is the 28th."""
    assert age_on(date(2012, 2, 29), date(2018, 2, 28)) == 6
    found = ages(
        pd.Series(pd.to_datetime(["2012-02-29", "2012-02-29"])),
        pd.Series(pd.to_datetime(["2018-02-28", "2018-02-27"])),
    )
    assert found.tolist() == [6, 5]
