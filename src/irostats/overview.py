"""What there is of an authority-year's inputs: how many rows of which table, in which year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from irostats.calendar import ReportingYear
from irostats.records import Records
from irostats.service import TABLES as SERVICE_TABLES
from irostats.ssda903 import TABLES as RETURN_TABLES

NONE, NOT_SENT, TEMPLATE, UNREADABLE = "none", "-", "template", "unreadable"

COSTS: Mapping[str, str] = {
    "uasc": "unaccompanied asylum-seeking children print not available",
    "oc2": "health, strengths and difficulties, and convictions print not available",
    "oc3": "care leavers print not available",
    "ad1": "adoption prints not available in part",
    "placed_adoption": "placements for adoption print not available",
    "missing": "children missing or away print not available",
    "sw_episodes": "changes of social worker print not available",
}
"""What it costs the report if a table of the return was not sent."""
_SINCE = {"sw_episodes": ReportingYear(2024)}
"""The first return that has a table."""


@dataclass(frozen=True, slots=True)
class Overview:
    """Inputs by name and year; it holds numbers of rows, and nothing about any child.

    Attributes:
        years: The years in use, oldest first.
        returned: For each table of the return, by DfE's name, what each year has of it.
        service: The same for each service table.
        costs: A sentence for each table that the year's own return lacks.
    """

    years: tuple[str, ...] = ()
    returned: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    service: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    costs: tuple[str, ...] = ()


def overview(records: Records) -> Overview:
    """Count the rows in use; a row that was sent again counts in the last year that sent it."""
    years = records.history
    return Overview(
        years=tuple(map(str, years)),
        returned={
            table.label: tuple(_returned(records, name, year) for year in years)
            for name, table in RETURN_TABLES.items()
        },
        service={
            name: tuple(_service(records, name, year) for year in years) for name in SERVICE_TABLES
        },
        costs=tuple(
            f"The return of {records.year} has no {RETURN_TABLES[name].label} table: {cost}."
            for name, cost in COSTS.items()
            if not records.kept(name, records.year)
            and records.year >= _SINCE.get(name, records.year)
        ),
    )


def _returned(records: Records, name: str, year: ReportingYear) -> str:
    rows = int((records.tables[name]["YEAR"] == year.end).sum())
    return _rows(rows) if records.kept(name, year) else NOT_SENT


def _service(records: Records, name: str, year: ReportingYear) -> str:
    if year in records.service.unusable.get(name, frozenset()):
        return UNREADABLE
    if year in records.service.templates.get(name, frozenset()):
        return TEMPLATE
    rows = len(records.service_rows(name, year))
    return _rows(rows) if records.service_kept(name, year) else NOT_SENT


def _rows(number: int) -> str:
    return f"{number:,}" if number else NONE
