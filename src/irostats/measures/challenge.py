"""Challenge: alerts, formal disputes, how far they went and what came of them (E1-E3, E7)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.derive import Derived
from irostats.figures import Figure
from irostats.measures.counting import Section
from irostats.measures.definitions.challenge import MEASURES, RELATIONS, SECTION

__all__ = ["MEASURES", "RELATIONS", "SECTION", "compute"]

DISPUTES = ("brought_forward", "opened", "active", "closed", "open", "disputes_per_100")


def compute(derived: Derived, year: ReportingYear) -> Iterator[Figure]:
    """Figures of the section for one year."""
    make = Section(MEASURES, year)
    children = len(derived.looked_after(year))
    yield from _alerts(derived, make, children)
    yield from _disputes(derived, make, children)


def _within(days: pd.Series[pd.Timestamp], year: ReportingYear) -> pd.Series[bool]:
    return days.between(pd.Timestamp(year.first_day), pd.Timestamp(year.last_day))


def _alerts(derived: Derived, make: Section, children: int) -> Iterator[Figure]:
    names = ("challenge.alerts", "challenge.alerts_per_100")
    if not derived.records.service_kept("alerts", make.year):
        missing = derived.records.service_missing("alerts", make.year)
        yield from make.all_missing(names, missing)
        return
    table = derived.records.service.tables["alerts"]
    raised = table[_within(table["raised"], make.year)]["raised"]
    quarters = "q" + ((raised.dt.month - 4) % 12 // 3 + 1).astype("string")
    yield make.value(names[0], len(raised))
    yield from make.counts(names[0], "quarter", quarters)
    yield make.per(names[1], len(raised), children, 100)


def _disputes(derived: Derived, make: Section, children: int) -> Iterator[Figure]:
    if not derived.records.service_kept("disputes", make.year):
        missing = derived.records.service_missing("disputes", make.year)
        yield from make.all_missing([f"{SECTION}.{name}" for name in DISPUTES], missing)
        return
    first, last = pd.Timestamp(make.year.first_day), pd.Timestamp(make.year.last_day)
    rows = derived.records.service.tables["disputes"]
    # Closed is the last word on a dispute, whichever stage's row it stands on.
    each = rows.groupby("id").agg(opened=("opened", "min"), closed=("closed", "max"))
    active = each[(each["opened"] <= last) & ~(each["closed"] < first)]
    opened = int(_within(active["opened"], make.year).sum())
    closed = int(_within(active["closed"], make.year).sum())
    yield make.value("challenge.brought_forward", len(active) - opened)
    yield make.value("challenge.opened", opened)
    yield make.value("challenge.active", len(active))
    reached = rows[rows["id"].isin(active.index) & ~(rows["stage_date"] > last)]
    highest = reached.groupby("id")["stage"].max().reindex(active.index).fillna(1)
    yield from make.counts("challenge.active", "stage", highest.astype("int64").astype("string"))
    yield make.value("challenge.closed", closed)
    yield make.value("challenge.open", len(active) - closed)
    yield make.per("challenge.disputes_per_100", opened, children, 100)
