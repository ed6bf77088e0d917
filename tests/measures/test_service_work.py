"""The IRO service at work: conferences, continuity, team, money, supervision."""

from __future__ import annotations

from pathlib import Path

import pytest

from irostats.calendar import ReportingYear
from irostats.figures import Figures, Status
from small_authority import Child, figures, write_table, write_year

YEAR = ReportingYear(2021)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return write_year(tmp_path, "2020-21", [Child(name, "01/05/2020") for name in "ABCDEF"])


def kept(home: Path, table: str, headings: str, *rows: str) -> None:
    """Write a service table from rows of words with commas between."""
    names = headings.split()
    cells = [dict(zip(names, row.split(","), strict=False)) for row in rows]
    write_table(home / "service" / f"{table}.csv", names, cells)


def values(found: Figures, measure: str, breakdown: str) -> list[float]:
    """The values of a breakdown in its order."""
    return [figure.value for figure in found.by(measure, breakdown, YEAR).values()]


def test_conferences_are_in_time_of_those_that_say(home: Path) -> None:
    """By type; one that says neither is shown, and is in no percentage."""
    kept(
        home,
        "conferences",
        "date type in_time",
        "01/04/2020,icpc,yes",
        "01/05/2020,ICPC,n",
        "01/06/2020,icpc,",
        "31/03/2021,rcpc,",
        "01/04/2021,rcpc,yes",
    )
    found = figures(home.parent.parent, "2020-21")
    assert found.get("service.conferences", YEAR).value == 4
    assert values(found, "service.conferences", "type") == [3, 1]
    assert values(found, "service.conferences", "in_time") == [1, 1, 2]
    percent = found.get("service.conferences_in_time_percent", YEAR)
    assert (percent.numerator, percent.denominator) == (1, 2)
    by_type = found.by("service.conferences_in_time_percent", "type", YEAR)
    assert by_type["icpc"].value == 50
    assert by_type["rcpc"].status is Status.NOT_RECORDED
    assert found.failed_sums() == ()
    kept(home, "conferences", "date type in_time")
    none = figures(home.parent.parent, "2020-21")
    assert none.get("service.conferences", YEAR).value == 0
    assert none.get("service.conferences_in_time_percent", YEAR).status is Status.NOT_APPLICABLE


def test_the_budget_is_divided_by_reviews_held(tmp_path: Path) -> None:
    """The last row that names the year counts, whatever the way in which it writes it."""
    reviews = {"01/06/2020": "PN1", "01/09/2020": "PN1"}
    home = write_year(tmp_path, "2020-21", [Child("A", "01/05/2020", reviews=reviews)])
    rows = ("2019-20,1", "2020/21,£900", "2020-21,850", "next year,5")
    kept(home, "budget", "year gbp", *rows)
    found = figures(tmp_path, "2020-21")
    assert found.get("service.budget", YEAR).value == 850
    cost = found.get("service.cost_per_review", YEAR)
    assert (cost.value, cost.numerator, cost.denominator) == (425, 850, 2)
    kept(home, "budget", "year gbp", "2019-20,1")
    assert figures(tmp_path, "2020-21").get("service.budget", YEAR).status is Status.NOT_RECORDED


def test_a_child_keeps_an_iro_who_is_allocated_on_every_day_of_the_year(tmp_path: Path) -> None:
    """Same, changed, not recorded; who came in the year, or left it, is not counted."""
    since = "01/04/2020"
    children = [Child(name, since) for name in ("S1", "S2", "S3", "C1", "C2", "G1", "G2", "N1")]
    late = [Child("LATE", "02/04/2020"), Child("GONE", since, end="31/03/2021")]
    home = write_year(tmp_path, "2020-21", [*children, *late])
    kept(
        home,
        "iro_allocation",
        "child_id iro_id allocated_on start end",
        "S1,I1",
        "S2,I1,31/03/2020,,30/06/2020",
        "S2,I1,,01/07/2020,",
        # Gone before the year, and another who only comes after it.
        "S3,I2,,01/01/2019,31/03/2020",
        "S3,I1,,01/04/2020,",
        "S3,I3,,01/04/2021,",
        # There and back: two changes. The blank first day comes first, wherever the row stands.
        "C1,I2,,01/06/2020,01/08/2020",
        "C1,I1,,02/08/2020,",
        "C1,I1,,,31/05/2020",
        "C2,I1,,,31/12/2020",
        "C2,I2,,15/01/2021,",
        # A day without anybody, and an allocation that ended.
        "G1,I1,,,30/06/2020",
        "G1,I1,,02/07/2020,",
        "G2,I1,,,30/03/2021",
        "LATE,I1",
        "LATE,I2",
    )
    found = figures(tmp_path, "2020-21")
    assert found.get("service.all_year", YEAR).value == 8
    assert values(found, "service.all_year", "continuity") == [3, 2, 3]
    same = found.get("service.same_iro_percent", YEAR)
    assert (same.numerator, same.denominator) == (3, 5)
    changes = found.get("service.iro_changes_per_child", YEAR)
    assert (changes.numerator, changes.denominator) == (3, 5)
    assert found.failed_sums() == ()


def test_continuity_without_an_allocation_is_not_recorded(home: Path) -> None:
    """No table, and a table that says nothing of the children, give no share."""
    folder = home.parent.parent
    assert figures(folder, "2020-21").get("service.all_year", YEAR).status is Status.NOT_RECORDED
    kept(home, "iro_allocation", "child_id iro_id allocated_on start end")
    # All six children came in May: none was looked after all year.
    found = figures(folder, "2020-21")
    assert found.get("service.all_year", YEAR).value == 0
    assert found.get("service.same_iro_percent", YEAR).status is Status.NOT_APPLICABLE
    write_year(folder, "2020-21", [Child("A", "01/04/2020")])
    found = figures(folder, "2020-21")
    assert values(found, "service.all_year", "continuity") == [0, 0, 1]
    for name in ("service.same_iro_percent", "service.iro_changes_per_child"):
        assert found.get(name, YEAR).status is Status.NOT_RECORDED


def team(home: Path, *people: str) -> Figures:
    """A staff table of people, each ``sex,ethnicity``."""
    rows = [f"I{n},1,{person}" for n, person in enumerate(people)]
    kept(home, "iro_staff", "iro_id fte sex ethnicity", *rows)
    return figures(home.parent.parent, "2020-21")


def test_a_team_of_ten_is_divided_by_sex_and_ethnic_group(home: Path) -> None:
    """Codes and plain words are read; what cannot be read is not recorded; a person counts once."""
    found = team(
        home, *["female,WBRI"] * 6, *["M,AIND"] * 3, "F,refused", "Female,Klingon", ",White"
    )
    assert found.get("service.headcount", YEAR).value == 12
    assert values(found, "service.headcount", "sex") == [8, 3, 1]
    assert values(found, "service.headcount", "ethnic_group") == [7, 0, 3, 0, 0, 2]
    assert found.failed_sums() == ()


def test_a_smaller_team_is_not_divided_for_any_reader(home: Path) -> None:
    """Nine who say it are too few, though eleven are in post; who says nothing is not recorded."""
    found = team(home, *["female,"] * 9, *[","] * 2)
    assert found.get("service.headcount", YEAR).value == 11
    sexes = found.by("service.headcount", "sex", YEAR).values()
    assert {figure.status for figure in sexes} == {Status.SUPPRESSED}
    groups = found.by("service.headcount", "ethnic_group", YEAR).values()
    assert {figure.status for figure in groups} == {Status.NOT_RECORDED}


def test_supervision_is_counted_for_all_and_divided_among_those_in_post(home: Path) -> None:
    """A leaver's sessions are counted and given to nobody; who had none is counted."""
    staff = ("I1,1,", "I1,0.2,", "I2,1,", "I3,1,30/03/2021")
    kept(home, "iro_staff", "iro_id fte end", *staff)
    kept(
        home,
        "supervision",
        "iro_id date type",
        "I1,01/04/2020,supervision",
        "I1,01/05/2020,supervision",
        "I1,31/03/2021,training",
        "I2,01/04/2021,supervision",
        "I3,01/05/2020,training",
    )
    found = figures(home.parent.parent, "2020-21")
    assert values(found, "service.supervision", "occasion") == [2, 2]
    assert values(found, "service.supervision_per_iro", "occasion") == [1, 0.5]
    assert found.get("service.supervision_per_iro", YEAR).value == 1.5
    assert found.get("service.without_supervision", YEAR).value == 1
    assert found.get("service.without_training", YEAR).value == 1
    (home / "service" / "iro_staff.csv").unlink()
    alone = figures(home.parent.parent, "2020-21")
    assert alone.get("service.supervision", YEAR).value == 4
    assert alone.get("service.without_supervision", YEAR).status is Status.NOT_RECORDED
