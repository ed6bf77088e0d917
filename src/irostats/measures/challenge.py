"""Challenge: alerts, formal disputes, how far they went and what came of them (E1-E7)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.derive import Derived
from irostats.figures import Figure
from irostats.measures import challenge_matters as matters
from irostats.measures.counting import Section
from irostats.measures.definitions.challenge import MEASURES, RELATIONS, SECTION
from irostats.service import usable_closing

__all__ = ["MEASURES", "RELATIONS", "SECTION", "compute"]

ALERTS = ("alerts", "alerts_per_100", "alerts_closed", "alerts_in_time_percent")
DISPUTES = (
    "brought_forward",
    "opened",
    "active",
    "closed",
    "closed_in_time_percent",
    "open",
    "disputes_per_100",
)


def compute(derived: Derived, year: ReportingYear) -> Iterator[Figure]:
    """Figures of the section for one year."""
    make = Section(MEASURES, year)
    children = len(derived.looked_after(year))
    yield from _alerts(derived, make, children)
    yield from _disputes(derived, make, children)
    yield from matters.referrals(derived, make)


def _names(names: tuple[str, ...]) -> list[str]:
    return [f"{SECTION}.{name}" for name in names]


def _within(days: pd.Series[pd.Timestamp], year: ReportingYear) -> pd.Series[bool]:
    return days.between(pd.Timestamp(year.first_day), pd.Timestamp(year.last_day))


def _alerts(derived: Derived, make: Section, children: int) -> Iterator[Figure]:
    if not derived.records.service_kept("alerts", make.year):
        missing = derived.records.service_missing("alerts", make.year)
        yield from make.all_missing(_names(ALERTS), missing)
        return
    table = derived.records.service.tables["alerts"]
    raised = table[_within(table["raised"], make.year)]
    quarters = "q" + ((raised["raised"].dt.month - 4) % 12 // 3 + 1).astype("string")
    yield make.value("challenge.alerts", len(raised))
    yield from make.counts("challenge.alerts", "quarter", quarters)
    yield from matters.alert_themes(make, raised)
    yield make.per("challenge.alerts_per_100", len(raised), children, 100)
    yield from matters.alerts_closed(derived, make)


def _disputes(derived: Derived, make: Section, children: int) -> Iterator[Figure]:
    if not derived.records.service_kept("disputes", make.year):
        missing = derived.records.service_missing("disputes", make.year)
        yield from make.all_missing(_names(DISPUTES), missing)
        return
    last = pd.Timestamp(make.year.last_day)
    rows = derived.records.service.tables["disputes"]
    active = _active(rows, make.year)
    opened = int(_within(active["opened"], make.year).sum())
    is_closed = _within(active["closed"], make.year)
    closed = active[is_closed]
    yield make.value("challenge.brought_forward", len(active) - opened)
    yield make.value("challenge.opened", opened)
    yield make.value("challenge.active", len(active))
    reached = rows[rows["id"].isin(active.index) & ~(rows["stage_date"] > last)]
    highest = reached.groupby("id")["stage"].max().reindex(active.index).fillna(1)
    yield from make.counts("challenge.active", "stage", highest.astype("int64").astype("string"))
    yield from matters.dispute_themes(make, reached, active.index)
    yield make.value("challenge.closed", len(closed))
    yield from matters.disputes_closed(derived, make, closed)
    yield from matters.outcomes(make, rows, closed.index)
    yield make.value("challenge.open", len(active) - len(closed))
    yield from matters.disputes_open(derived, make, active[~is_closed])
    yield make.per("challenge.disputes_per_100", opened, children, 100)


def _active(rows: pd.DataFrame, year: ReportingYear) -> pd.DataFrame:
    """Disputes brought forward or opened: ``opened`` and ``closed`` of each, by id."""
    first, last = pd.Timestamp(year.first_day), pd.Timestamp(year.last_day)
    # Closed is the last word on a dispute, whichever stage's row it stands on.
    each = rows.groupby("id").agg(opened=("opened", "min"), closed=("closed", "max"))
    each = each.assign(closed=usable_closing(each, "opened"))
    return each[(each["opened"] <= last) & ~(each["closed"] < first)]
