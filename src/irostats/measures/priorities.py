"""Priorities: how many were set for the year and what became of them, and for the next (F6-F7)."""

from __future__ import annotations

from collections.abc import Iterator

from irostats.calendar import ReportingYear
from irostats.derive import Derived
from irostats.figures import Figure
from irostats.measures.counting import Section
from irostats.measures.definitions.priorities import MEASURES, RELATIONS, SECTION
from irostats.texts import year_of

__all__ = ["MEASURES", "RELATIONS", "SECTION", "compute"]


def compute(derived: Derived, year: ReportingYear) -> Iterator[Figure]:
    """Figures of the section for one year."""
    make = Section(MEASURES, year)
    records = derived.records
    if not records.service_kept("priorities", year):
        names = [measure.name for measure in MEASURES]
        yield from make.all_missing(names, records.service_missing("priorities", year))
        return
    rows = records.service_rows("priorities", year)
    meant = rows["year"].map(year_of)
    own = rows[meant == year]
    yield make.value("priorities.total", len(own))
    yield from make.counts("priorities.total", "status", own["status"].fillna("not_recorded"))
    yield make.value("priorities.next_year", int((meant == ReportingYear(year.end + 1)).sum()))
