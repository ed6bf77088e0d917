"""Priorities: counted by status, this year's and next year's."""

from __future__ import annotations

from pathlib import Path

import pytest

from irostats.calendar import ReportingYear
from irostats.figures import Figures, Status
from irostats.measures import priorities
from irostats.registry import Registry
from small_authority import Child, derived, write_table, write_year

YEAR = ReportingYear(2021)
HEADINGS = ["year", "priority", "status", "note"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for year in ("2019-20", "2020-21"):
        home = write_year(tmp_path, year, [Child("SMALL1", "01/05/2019")])
    return home


def write(home: Path, *rows: tuple[str, str]) -> None:
    given = [{"year": year, "priority": "Hear all.", "status": status} for year, status in rows]
    write_table(home / "service" / "priorities.csv", HEADINGS, given)


def figures(home: Path) -> Figures:
    known = derived(home.parent.parent, "2020-21")
    rows = (row for year in known.records.history for row in priorities.compute(known, year))
    registry = Registry.of(priorities.MEASURES, priorities.RELATIONS)
    return Figures.collect(rows, registry, authority="smalltown")


def test_priorities_are_counted_by_what_became_of_them(home: Path) -> None:
    """Of the year's own table; a blank status is not recorded, a year of another kind left out."""
    write(home.parent / "2019-20", ("2019-20", "not_done"), ("2020-21", ""), ("2020-21", "done"))
    write(
        home,
        ("2020-21", "done"),
        ("2020/21", "done"),
        ("2020-2021", "In progress"),
        ("2020-21", ""),
        ("2021-22", ""),
        ("2019-20", "done"),
        ("2021", "done"),
    )
    found = figures(home)
    assert found.get("priorities.total", YEAR).value == 4
    by_status = found.by("priorities.total", "status", YEAR)
    assert [figure.value for figure in by_status.values()] == [2, 1, 0, 1]
    assert found.get("priorities.next_year", YEAR).value == 1
    assert found.get("priorities.total", YEAR.previous).value == 1
    assert found.get("priorities.next_year", YEAR.previous).value == 2
    assert found.failed_sums() == ()


def test_no_table_is_not_recorded_and_an_empty_one_is_none(home: Path) -> None:
    """Missing is never nought."""
    assert {figure.status for figure in figures(home)} == {Status.NOT_RECORDED}
    write(home)
    found = figures(home)
    assert found.get("priorities.total", YEAR).value == 0
    assert found.get("priorities.next_year", YEAR).value == 0
    assert found.get("priorities.total", YEAR.previous).status is Status.NOT_RECORDED
