"""The IRO service: establishment, caseload, range, total load."""

from __future__ import annotations

from pathlib import Path

import pytest

from irostats.calendar import ReportingYear
from irostats.figures import Status
from small_authority import Child, figures, write_table, write_year

YEAR = ReportingYear(2021)
STAFF = [
    "iro_id",
    "start",
    "end",
    "fte",
    "headcount",
    "contract",
    "role",
    "team",
    "establishment_fte",
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return write_year(tmp_path, "2020-21", [Child(name, "01/05/2020") for name in "ABCDEF"])


def staff(home: Path, *rows: dict[str, str]) -> None:
    write_table(home / "service" / "iro_staff.csv", STAFF, rows)


def test_average_caseload_divides_by_full_time_equivalents_in_post(home: Path) -> None:
    """Six children; 1.5 in post (one left in March, one begins in April); 0.5 is vacant."""
    post = {"contract": "permanent", "role": "dual", "headcount": "1"}
    staff(
        home,
        {"iro_id": "I1", "fte": "1", "establishment_fte": "1", **post},
        {"iro_id": "I2", "fte": "0.5", "establishment_fte": "0.5", **post | {"contract": "Agency"}},
        {"iro_id": "I3", "fte": "1", "end": "30/03/2021", **post},
        {"iro_id": "I4", "fte": "1", "start": "01/04/2021", **post},
        {"establishment_fte": "0.5"},
    )
    found = figures(home.parent.parent, "2020-21")
    assert found.get("service.caseload", YEAR).value == 4
    assert found.get("service.establishment", YEAR).value == 2
    assert found.get("service.vacant", YEAR).value == 0.5
    assert found.get("service.headcount", YEAR).value == 2
    agency = found.get("service.in_post", YEAR, breakdown="contract", category="agency")
    assert agency.value == 0.5
    assert found.failed_sums() == ()


def test_caseloads_are_per_full_time_equivalent(home: Path) -> None:
    """One child of a 0.5 post is a load of two; children who have left are not counted."""
    staff(home, {"iro_id": "I1", "fte": "1"}, {"iro_id": "I2", "fte": "0.5"})
    rows = [{"child_id": child, "iro_id": "I1"} for child in "ABC"]
    rows += [{"child_id": "D", "iro_id": "I2"}, {"child_id": "Z", "iro_id": "I2"}]
    rows += [{"child_id": "E", "iro_id": "I2", "end": "01/03/2021"}]
    write_table(
        home / "service" / "iro_allocation.csv",
        ["child_id", "iro_id", "allocated_on", "start", "end"],
        rows,
    )
    found = figures(home.parent.parent, "2020-21")
    assert found.get("service.caseload_lowest", YEAR).value == 2
    assert found.get("service.caseload_highest", YEAR).value == 3
    bands = found.by("service.iros", "band", YEAR)
    assert [figure.value for figure in bands.values()] == [2, 0, 0]


def test_total_load_adds_children_with_plans(home: Path) -> None:
    """The count nearest before the end of 31 March is used."""
    staff(home, {"iro_id": "I1", "fte": "2"})
    write_table(
        home / "service" / "cp_caseload.csv",
        ["date", "children_cp", "children_cin"],
        [
            {"date": "28/02/2021", "children_cp": "90"},
            {"date": "31/03/2021", "children_cp": "14"},
            {"date": "01/04/2021", "children_cp": "70"},
        ],
    )
    found = figures(home.parent.parent, "2020-21")
    assert found.get("service.total_load", YEAR).value == 10
    assert found.get("service.in_need", YEAR).status is Status.NOT_RECORDED


def test_without_records_nothing_is_nought(home: Path) -> None:
    """A table that the service does not keep is not recorded."""
    found = figures(home.parent.parent, "2020-21")
    rows = [figure for figure in found if figure.measure.startswith("service.")]
    assert rows
    assert {figure.status for figure in rows} == {Status.NOT_RECORDED}


def test_a_blank_full_time_equivalent_is_not_nought(home: Path) -> None:
    """Whoever's share is not known would make the others' caseload look larger than it is."""
    staff(
        home,
        {"iro_id": "I1", "fte": "1", "establishment_fte": "1", "contract": "agency"},
        {"iro_id": "I2", "establishment_fte": "0.5", "contract": "permanent"},
    )
    rows = [{"child_id": "A", "iro_id": "I1"}, {"child_id": "B", "iro_id": "I2"}]
    write_table(home / "service" / "iro_allocation.csv", ["child_id", "iro_id"], rows)
    write_table(
        home / "service" / "cp_caseload.csv",
        ["date", "children_cp"],
        [{"date": "31/03/2021", "children_cp": "9"}],
    )
    found = figures(home.parent.parent, "2020-21")
    for name in ("in_post", "vacant", "caseload", "total_load", "caseload_highest"):
        assert found.get(f"service.{name}", YEAR).status is Status.NOT_RECORDED
    for breakdown, category in (("contract", "agency"), ("role", "dual")):
        where = {"breakdown": breakdown, "category": category}
        assert found.get("service.in_post", YEAR, **where).status is Status.NOT_RECORDED
    band = found.get("service.iros", YEAR, breakdown="band", category="below")
    assert band.status is Status.NOT_RECORDED
    assert found.get("service.establishment", YEAR).value == 1.5
    assert found.get("service.headcount", YEAR).value == 2
    assert found.get("service.iros", YEAR).value == 2


def test_no_child_allocated_is_nought_with_nothing_to_range_over(home: Path) -> None:
    """The table is kept, and nobody in post stands in it."""
    staff(home, {"iro_id": "I1", "fte": "1"})
    rows = [{"child_id": "A", "iro_id": "I9"}]
    write_table(home / "service" / "iro_allocation.csv", ["child_id", "iro_id"], rows)
    found = figures(home.parent.parent, "2020-21")
    assert found.get("service.iros", YEAR).value == 0
    assert found.get("service.caseload_lowest", YEAR).status is Status.NOT_APPLICABLE
    assert found.failed_sums() == ()


def test_total_load_says_that_the_staff_table_cannot_be_read(home: Path) -> None:
    """Not that nobody keeps one."""
    (home / "service").mkdir()
    (home / "service" / "iro_staff.csv").write_text("", encoding="utf-8")
    rows = [{"date": "31/03/2021", "children_cp": "9"}]
    write_table(home / "service" / "cp_caseload.csv", ["date", "children_cp"], rows)
    found = figures(home.parent.parent, "2020-21")
    assert found.get("service.total_load", YEAR).status is Status.NOT_AVAILABLE
