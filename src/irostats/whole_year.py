"""Who was looked after for the whole year: the cohort of health and other outcomes.

DfE collects health outcomes (OC2) of children looked after continuously for at least twelve
months at 31 March, series of short breaks left out (SSDA903 guide, outcome indicators).
"""

from __future__ import annotations

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.care import open_at_end


def continuously_looked_after(
    periods: pd.DataFrame, short_breaks: pd.DataFrame, year: ReportingYear
) -> frozenset[str]:
    """Children looked after at the end of 31 March and without a break since 1 April or earlier.

    Args:
        periods: ``Care.periods``.
        short_breaks: ``Care.short_breaks``; a child with one on any day of the year, even its
            last, is not in the cohort.
        year: The year that they were looked after for.

    Returns:
        Their CHILD.
    """
    first = pd.Timestamp(year.first_day)
    open_now = open_at_end(periods, year)
    whole = open_now[open_now["start"] <= first]
    # One left open in an earlier return and not sent again has lapsed (DfE check 502).
    lapsed = short_breaks["DEC"].isna() & (short_breaks["YEAR"] < year.end)
    begun = short_breaks["DECOM"] <= pd.Timestamp(year.last_day)
    in_year = short_breaks[begun & ~lapsed & ~(short_breaks["DEC"] < first)]
    return frozenset(whole["CHILD"]) - frozenset(in_year["CHILD"])
