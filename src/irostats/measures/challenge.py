"""Challenge: alerts, formal disputes, how far they went and what came of them (E1-E3, E7)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.derive import Derived
from irostats.figures import Figure
from irostats.measures.counting import Section
from irostats.registry import TOTAL, Breakdown, Measure, Sum, Unit

SECTION = "challenge"
HANDBOOK = "Procedures for resolving concerns, with the issues raised and their outcomes"
NOT_WORSE = "More is not worse: a service that challenges well records more."

STAGE = Breakdown(
    "stage",
    "Highest stage reached",
    {str(n): f"Stage {n}" for n in range(1, 6)},
)
MONTH_OF = "From 1 April to 31 March"

MEASURES = (
    Measure(
        "challenge.alerts",
        "Alerts raised",
        "Informal challenges (alerts) that IROs raised in the year.",
        cohort=MONTH_OF,
        source="alerts",
        item="E1",
        handbook=HANDBOOK,
        breakdowns=(
            Breakdown(
                "quarter",
                "Quarter",
                {
                    "q1": "April to June",
                    "q2": "July to September",
                    "q3": "October to December",
                    "q4": "January to March",
                },
            ),
        ),
        traps=NOT_WORSE,
    ),
    Measure(
        "challenge.brought_forward",
        "Disputes brought forward",
        "Formal disputes opened before 1 April and still open on that day.",
        cohort=MONTH_OF,
        source="disputes",
        item="E2",
        handbook=HANDBOOK,
    ),
    Measure(
        "challenge.opened",
        "Disputes opened",
        "Formal disputes that IROs opened in the year.",
        cohort=MONTH_OF,
        source="disputes",
        item="E2",
        handbook=HANDBOOK,
        traps=NOT_WORSE,
    ),
    Measure(
        "challenge.active",
        "Disputes active in the year",
        "Disputes brought forward and disputes opened.",
        cohort=MONTH_OF,
        source="disputes",
        item="E2, E3",
        handbook=HANDBOOK,
        breakdowns=(STAGE,),
        traps="A dispute is counted at the highest stage that it had reached by 31 March.",
    ),
    Measure(
        "challenge.closed",
        "Disputes closed",
        "Active disputes that were closed in the year.",
        cohort=MONTH_OF,
        source="disputes",
        item="E2",
        handbook=HANDBOOK,
    ),
    Measure(
        "challenge.open",
        "Disputes open on 31 March",
        "Active disputes that were not closed by the end of 31 March.",
        source="disputes",
        item="E2",
        handbook=HANDBOOK,
    ),
    Measure(
        "challenge.alerts_per_100",
        "Alerts for every 100 children",
        "Alerts raised in the year for every 100 children looked after on 31 March.",
        Unit.RATE,
        numerator="Alerts raised",
        denominator="Children looked after on 31 March",
        source="alerts, Episodes",
        item="E7",
        traps=NOT_WORSE + " Not a performance target.",
    ),
    Measure(
        "challenge.disputes_per_100",
        "Disputes opened for every 100 children",
        "Disputes opened in the year for every 100 children looked after on 31 March.",
        Unit.RATE,
        numerator="Disputes opened",
        denominator="Children looked after on 31 March",
        source="disputes, Episodes",
        item="E7",
        traps=NOT_WORSE + " Not a performance target.",
    ),
)

RELATIONS = (
    Sum(
        ("challenge.active", TOTAL, TOTAL),
        (("challenge.brought_forward", TOTAL, TOTAL), ("challenge.opened", TOTAL, TOTAL)),
    ),
    Sum(
        ("challenge.active", TOTAL, TOTAL),
        (("challenge.closed", TOTAL, TOTAL), ("challenge.open", TOTAL, TOTAL)),
    ),
)

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
