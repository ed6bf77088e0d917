"""Permanence: why care ended, adoption, plans at second reviews, life-story work."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from irostats.calendar import ReportingYear
from irostats.figures import Figures, Status
from irostats.ssda903 import codes
from small_authority import Child, figures, write_table, write_year

YEAR, LAST = ReportingYear(2021), ReportingYear(2020)
PLACED = ["CHILD", "DOB", "DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED"]
REVIEWS = ["child_id", "review_date", "type", "status", "permanence_plan"]
PERMANENCE = ["child_id", "life_story", "disruption_meeting_date"]
EVERY_REASON = tuple(code.code for code in codes.load("REC").codes if code.code != "X1")


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def edit(path: Path, change: Mapping[str, Mapping[str, str]]) -> None:
    """Change cells of a return's table, by CHILD."""
    rows = read(path)
    write_table(path, list(rows[0]), [{**row, **change.get(row["CHILD"], {})} for row in rows])


def known(found: Figures, measure: str, breakdown: str) -> dict[str, float]:
    """The categories that are not nought."""
    return {key: f.value for key, f in found.by(measure, breakdown, YEAR).items() if f.value}


def value(found: Figures, name: str) -> float | Status:
    """The value of a measure of the section, or why there is none."""
    figure = found.get(f"permanence.{name}", YEAR)
    return figure.value if figure.known else figure.status


def ended(folder: Path, reasons: Mapping[str, str]) -> Figures:
    """Figures of an authority whose children all leave, each for the reason given."""
    home = write_year(
        folder, "2020-21", [Child(name, "01/05/2020", "01/09/2020") for name in reasons]
    )
    edit(
        home / "ssda903" / "episodes.csv",
        {name: {"REC": reason} for name, reason in reasons.items()},
    )
    return figures(folder, "2020-21")


def test_every_reason_for_which_care_ends_is_counted_once(tmp_path: Path) -> None:
    """One period for each code: its group, and a total that is the profile's."""
    found = ended(tmp_path, {f"C{n}": reason for n, reason in enumerate(EVERY_REASON)})
    assert found.get("permanence.ended", YEAR).value == len(EVERY_REASON) == 23
    assert found.get("profile.periods_ended", YEAR).value == 23
    several = {"adopted": 2, "special_guardianship": 6, "independent": 2}
    expected = {
        key: several.get(key, 1)
        for key in found.by("permanence.ended", "reason", YEAR)
        if key != "not_known"
    }
    assert known(found, "permanence.ended", "reason") == expected
    assert found.failed_sums() == ()


def test_permanence_by_a_legal_order_is_adoption_guardianship_and_arrangements(
    tmp_path: Path,
) -> None:
    """E11, E45 and E41 of seven count; home, planned or not, is told apart from them."""
    reasons = {"A": "E11", "B": "E45", "C": "E41", "D": "E4A", "E": "E4B", "F": "E13", "G": "E8"}
    found = ended(tmp_path, reasons)
    assert [value(found, name) for name in ("adopted", "special_guardianship", "orders")] == [
        1,
        1,
        3,
    ]
    share = found.get("permanence.orders_percent", YEAR)
    assert (share.numerator, share.denominator) == (3, 7)
    home = found.get("permanence.home_percent", YEAR)
    assert (home.numerator, home.denominator) == (2, 7)
    assert known(found, "permanence.ended", "reason")["home_unplanned"] == 1


@pytest.mark.parametrize(
    ("year", "code"), [("2017-18", "E43"), ("2017-18", "E44"), ("2018-19", "E46")]
)
def test_special_guardianship_has_its_codes_of_the_year(
    tmp_path: Path, year: str, code: str
) -> None:
    """E43 and E44 until 2017-18, E45 to E48 from 2018-19, are one reason."""
    before = year[:4]
    home = write_year(tmp_path, year, [Child("A", f"01/05/{before}", f"01/09/{before}")])
    edit(home / "ssda903" / "episodes.csv", {"A": {"REC": code}})
    found = figures(tmp_path, year)
    period = ReportingYear.parse(year)
    assert found.get("permanence.special_guardianship", period).value == 1


def test_a_reason_that_nobody_gave_is_not_known(tmp_path: Path) -> None:
    """Blank, unreadable, or going on though nothing follows: still part of the total."""
    found = ended(tmp_path, {"A": "", "B": "E99", "C": "X1", "D": "E8"})
    assert known(found, "permanence.ended", "reason") == {"not_known": 3, "other": 1}
    assert found.failed_sums() == ()


def test_an_episode_that_returns_forget_ended_for_no_known_reason(tmp_path: Path) -> None:
    """Open in one return and missing from the next is not another reason (E8)."""
    write_year(tmp_path, "2019-20", [Child("A", "01/05/2019"), Child("B", "01/05/2019")])
    write_year(tmp_path, "2020-21", [Child("B", "01/05/2019")])
    assert known(figures(tmp_path, "2020-21"), "permanence.ended", "reason") == {"not_known": 1}


def test_without_an_ending_there_is_nothing_to_share(tmp_path: Path) -> None:
    """No period ended: counts are nought, shares not applicable."""
    write_year(tmp_path, "2020-21", [Child("A", "01/05/2020")])
    found = figures(tmp_path, "2020-21")
    assert value(found, "ended") == 0
    assert value(found, "orders_percent") is Status.NOT_APPLICABLE


def test_decisions_for_adoption_are_counted_when_made_and_when_reversed(tmp_path: Path) -> None:
    """A and B were decided in the year, B and C reversed in it; D belongs to years before."""
    home = write_year(tmp_path, "2020-21", [Child(name, "01/05/2019") for name in "ABCD"])
    days = {
        "A": ("01/04/2020", "", ""),
        "B": ("31/03/2021", "31/03/2021", "RD3"),
        "C": ("31/03/2020", "01/04/2020", ""),
        "D": ("01/05/2019", "31/03/2020", "RD1"),
    }
    rows = [dict(zip(PLACED, (name, "", *cells), strict=True)) for name, cells in days.items()]
    write_table(home / "ssda903" / "placed_for_adoption.csv", PLACED, rows)
    found = figures(tmp_path, "2020-21")
    assert value(found, "adoption_decisions") == 2
    assert value(found, "adoption_reversed") == 2
    assert known(found, "permanence.adoption_reversed", "reversal") == {"rd3": 1, "not_known": 1}
    assert found.failed_sums() == ()


def test_tables_of_adoption_that_were_not_sent_are_not_available(tmp_path: Path) -> None:
    """Absent is not nought; headings without rows are."""
    home = write_year(tmp_path, "2020-21", [Child("A", "01/05/2020")])
    names = ("adoption_decisions", "adoption_reversed", "adoption_records")
    found = figures(tmp_path, "2020-21")
    assert {value(found, name) for name in names} == {Status.NOT_AVAILABLE}
    by_reason = found.by("permanence.adoption_reversed", "reversal", YEAR).values()
    assert {figure.status for figure in by_reason} == {Status.NOT_AVAILABLE}
    write_table(home / "ssda903" / "placed_for_adoption.csv", PLACED, [])
    ad1 = ["CHILD", "DOB", "DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR"]
    write_table(home / "ssda903" / "ad1.csv", ad1, [])
    found = figures(tmp_path, "2020-21")
    assert [value(found, name) for name in names] == [0, 0, 0]


def test_long_term_fostering_outlasts_a_temporary_placement(tmp_path: Path) -> None:
    """U1 and U4 count, also while the child is in hospital (T1); U6 and T1 alone do not."""
    places = {"A": "U1", "B": "U4", "C": "U6", "D": "T1"}
    home = write_year(
        tmp_path, "2020-21", [Child(name, "01/05/2020", place=p) for name, p in places.items()]
    )
    path = home / "ssda903" / "episodes.csv"
    edit(path, {"B": {"DEC": "01/03/2021", "REC": "X1"}})
    rows = read(path)
    moved = {**rows[1], "DECOM": "01/03/2021", "RNE": "P", "PLACE": "T1", "DEC": "", "REC": ""}
    write_table(path, list(rows[0]), [*rows, moved])
    found = figures(tmp_path, "2020-21")
    assert value(found, "long_term_fostering") == 2
    assert known(found, "permanence.long_term_fostering", "carer") == {"relative": 1, "other": 1}
    assert value(found, "long_term_fostering_percent") == 50


@pytest.fixture
def reviewed(tmp_path: Path) -> Path:
    """A to D had a second review in the year, E only a first; F's sequence is not known."""
    first, second = "20/05/2020", "12/08/2020"
    children = [Child(name, "01/05/2020", reviews={first: "PN1", second: "PN1"}) for name in "ABCD"]
    children.append(Child("E", "01/05/2020", reviews={first: "PN1"}))
    children.append(Child("F", "01/05/2018", reviews={second: "PN1"}, rne="L"))
    return write_year(tmp_path, "2020-21", children)


def local(child: str, plan: str, **more: str) -> dict[str, str]:
    """A row of the service's reviews for a second review."""
    return {"child_id": child, "review_date": "12/08/2020", "permanence_plan": plan, **more}


def test_a_plan_by_the_second_review_is_counted_at_the_second_review(reviewed: Path) -> None:
    """Yes for A, no for B, blank for C, no row for D; E's first and cancelled rows say nothing."""
    rows = [
        local("A", "no"),
        local("A", "yes"),
        local("B", "no"),
        local("B", "yes", status="cancelled"),
        local("C", ""),
        local("E", "yes", review_date="20/05/2020", type="second"),
        local("D", "yes", review_date="20/05/2020", type="first"),
    ]
    write_table(reviewed / "service" / "reviews_local.csv", REVIEWS, rows)
    found = figures(reviewed.parent.parent, "2020-21")
    names = ("second_reviews", "plan_by_second", "no_plan_by_second", "plan_not_recorded")
    assert [value(found, name) for name in names] == [4, 1, 1, 2]
    assert value(found, "plan_by_second_percent") == 25
    assert found.failed_sums() == ()


def test_the_service_says_which_review_is_second_where_the_return_cannot(reviewed: Path) -> None:
    """F's earlier reviews are not in use: the service's word on the sequence counts."""
    path = reviewed / "service" / "reviews_local.csv"
    write_table(path, REVIEWS, [local("F", "yes", type="second")])
    found = figures(reviewed.parent.parent, "2020-21")
    assert [value(found, name) for name in ("second_reviews", "plan_by_second")] == [5, 1]
    write_table(path, REVIEWS, [local("F", "yes", type="subsequent")])
    found = figures(reviewed.parent.parent, "2020-21")
    assert [value(found, name) for name in ("second_reviews", "plan_by_second")] == [4, 0]


def test_plans_of_which_nothing_is_written_are_not_recorded(reviewed: Path) -> None:
    """Without the table nothing is said; with blanks alone no percentage is."""
    names = ("second_reviews", "plan_by_second", "plan_not_recorded", "plan_by_second_percent")
    found = figures(reviewed.parent.parent, "2020-21")
    assert {value(found, name) for name in names} == {Status.NOT_RECORDED}
    write_table(reviewed / "service" / "reviews_local.csv", REVIEWS, [local("A", "")])
    found = figures(reviewed.parent.parent, "2020-21")
    assert [value(found, name) for name in names] == [4, 0, 4, Status.NOT_RECORDED]


def test_life_story_work_is_of_the_children_looked_after(tmp_path: Path) -> None:
    """Yes for A, no for B, blank for C, D not in the table; E has left, X was never here."""
    children = [Child(name, "01/05/2020") for name in "ABCD"]
    home = write_year(tmp_path, "2020-21", [*children, Child("E", "01/05/2020", "01/06/2020")])
    rows = [
        {"child_id": "A", "life_story": "no"},
        {"child_id": "A", "life_story": "yes", "disruption_meeting_date": "01/04/2020"},
        {"child_id": "A", "disruption_meeting_date": "01/04/2020"},
        {"child_id": "B", "life_story": "no", "disruption_meeting_date": "31/03/2021"},
        {"child_id": "C", "disruption_meeting_date": "31/03/2020"},
        {"child_id": "E", "life_story": "yes", "disruption_meeting_date": "01/06/2020"},
        {"child_id": "X", "life_story": "yes"},
    ]
    write_table(home / "service" / "permanence.csv", PERMANENCE, rows)
    found = figures(tmp_path, "2020-21")
    names = ("life_story", "life_story_no", "life_story_not_recorded")
    assert [value(found, name) for name in names] == [1, 1, 2]
    assert value(found, "life_story_percent") == 25
    assert value(found, "life_story_recorded_percent") == 50
    assert value(found, "disruption_meetings") == 3
    assert found.failed_sums() == ()


def test_without_the_permanence_table_only_its_own_figures_go(tmp_path: Path) -> None:
    """Its figures print not recorded, an empty one real noughts, and no other figure moves."""
    home = write_year(tmp_path, "2020-21", [Child(name, "01/05/2020") for name in "AB"])
    without = figures(tmp_path, "2020-21")
    names = ("life_story", "life_story_not_recorded", "life_story_percent", "disruption_meetings")
    assert {value(without, name) for name in names} == {Status.NOT_RECORDED}
    write_table(home / "service" / "permanence.csv", PERMANENCE, [])
    empty = figures(tmp_path, "2020-21")
    assert [value(empty, name) for name in names] == [0, 2, Status.NOT_RECORDED, 0]
    moved = {
        before.measure
        for before, after in zip(without, empty, strict=True)
        if (before.status, repr(before.value)) != (after.status, repr(after.value))
    }
    assert moved == {
        "permanence.life_story",
        "permanence.life_story_no",
        "permanence.life_story_not_recorded",
        "permanence.disruption_meetings",
    }
