"""Who was looked after for the whole year, as the outcomes in the return ask."""

from __future__ import annotations

import pandas as pd
import pytest

from irostats.calendar import ReportingYear
from irostats.whole_year import continuously_looked_after

YEAR = ReportingYear(2021)


def periods(*rows: tuple[str, str, str | None]) -> pd.DataFrame:
    """Periods of care: child, start, end."""
    frame = pd.DataFrame(rows, columns=["CHILD", "start", "end"])
    return frame.assign(start=pd.to_datetime(frame["start"]), end=pd.to_datetime(frame["end"]))


def breaks(*rows: tuple[str, str, str | None, int]) -> pd.DataFrame:
    """Short breaks: child, first day, end, year of the return."""
    frame = pd.DataFrame(rows, columns=["CHILD", "DECOM", "DEC", "YEAR"])
    return frame.assign(DECOM=pd.to_datetime(frame["DECOM"]), DEC=pd.to_datetime(frame["DEC"]))


@pytest.mark.parametrize(
    ("start", "end", "counts"),
    [
        ("2012-06-01", None, True),
        ("2020-04-01", None, True),
        ("2020-04-02", None, False),
        ("2019-06-01", "2021-03-31", False),
        ("2019-06-01", "2021-04-01", True),
        ("2019-06-01", "2020-12-01", False),
    ],
)
def test_care_runs_from_1_april_to_the_end_of_31_march(
    start: str, end: str | None, counts: bool
) -> None:
    """Who came on 1 April counts; who left on 31 March does not."""
    found = continuously_looked_after(periods(("A", start, end)), breaks(), YEAR)
    assert found == ({"A"} if counts else set())


def test_a_gap_ends_the_whole_year() -> None:
    """A second period that began in the year is not a whole year of care."""
    two = periods(("A", "2015-01-01", "2020-08-01"), ("A", "2020-08-02", None))
    assert continuously_looked_after(two, breaks(), YEAR) == frozenset()


@pytest.mark.parametrize(
    ("first", "end", "sent", "counts"),
    [
        ("2019-05-01", "2020-03-31", 2020, True),
        ("2019-05-01", "2020-04-01", 2020, False),
        ("2020-06-01", "2020-06-05", 2021, False),
        ("2021-03-31", None, 2021, False),
        ("2021-04-01", None, 2022, True),
        ("2019-05-01", None, 2020, True),
    ],
)
def test_a_short_break_in_the_year_leaves_the_child_out(
    first: str, end: str | None, sent: int, counts: bool
) -> None:
    """Any day of it counts, even the last; one that no later return mentions has lapsed."""
    whole = periods(("A", "2015-01-01", None), ("B", "2015-01-01", None))
    found = continuously_looked_after(whole, breaks(("A", first, end, sent)), YEAR)
    assert found == ({"A", "B"} if counts else {"B"})
