"""Reviews: counted by hand in a small authority."""

from __future__ import annotations

from pathlib import Path

import pytest

from irostats.calendar import ReportingYear
from irostats.figures import Figures, Status
from small_authority import Child, derived, figures, write_year

YEAR, LAST = ReportingYear(2021), ReportingYear(2020)
CHILDREN = [
    # Care from 1 May 2020: due 2 June, then three months, then six.
    Child(
        "A", "01/05/2020", reviews={"02/06/2020": "PN1", "02/09/2020": "PN1", "02/03/2021": "PN1"}
    ),
    # First review six working days late, the second held in time.
    Child(
        "B", "01/05/2020", reviews={"10/06/2020": "PN1", "10/09/2020": "PN1", "10/03/2021": "PN1"}
    ),
    # In care since 2018, one review in each year.
    Child("C", "01/05/2018", reviews={"02/12/2019": "PN1", "01/06/2020": "PN1"}),
    # Reviewed in 2019-20 only: due on 20 July 2020, not held, left before the year's end.
    Child("D", "01/05/2018", "01/10/2020", reviews={"20/01/2020": "PN1"}),
    # Too short a stay for a review to fall due.
    Child("E", "01/05/2020", "20/05/2020"),
]


@pytest.fixture
def found(tmp_path: Path) -> Figures:
    earlier = [
        Child(child.name, child.start, reviews=child.reviews)
        for child in CHILDREN
        if child.start.endswith("2018")
    ]
    write_year(tmp_path, "2019-20", earlier)
    write_year(tmp_path, "2020-21", CHILDREN)
    return figures(tmp_path, "2020-21")


def value(found: Figures, name: str, **where: str) -> float:
    return found.get(f"reviews.{name}", YEAR, **where).value


def test_reviews_are_held_on_time_or_late(found: Figures) -> None:
    """Seven reviews of three children: B's first was late, the rest in time."""
    assert value(found, "held") == 7
    assert value(found, "children") == 3
    assert value(found, "per_child") == pytest.approx(7 / 3)
    assert (value(found, "on_time"), value(found, "late")) == (6, 1)
    assert value(found, "on_time_percent") == pytest.approx(600 / 7)
    assert value(found, "late", breakdown="lateness", category="6_to_10") == 1


def test_sequence_and_quarter_divide_the_reviews(found: Figures) -> None:
    """First, second and later ones; by quarter of the reporting year."""
    held = found.by("reviews.held", "sequence", YEAR)
    assert [held[key].value for key in ("first", "second", "later")] == [2, 2, 3]
    quarters = found.by("reviews.held", "quarter", YEAR)
    assert [figure.value for figure in quarters.values()] == [3, 2, 0, 2]
    assert found.failed_sums() == ()


def test_due_dates_catch_a_review_that_was_never_held(found: Figures) -> None:
    """Due: A three, B three, C two (June, December), D one; missed: B's first, C's, D's."""
    assert value(found, "due") == 9
    assert value(found, "due_met") == 6
    assert value(found, "due_missed") == 3


def test_a_child_counts_once_and_only_if_all_reviews_were_on_time(found: Figures) -> None:
    """On 31 March A, B and C are looked after; only A had every review in time."""
    assert value(found, "children_all_on_time") == 1
    assert value(found, "children_some_late") == 2
    assert value(found, "children_not_assessable") == 0
    assert value(found, "children_all_on_time_percent") == pytest.approx(100 / 3)


def test_what_is_overdue_on_31_march(found: Figures) -> None:
    """C's review was due on 1 December and never held; D has left."""
    assert value(found, "overdue") == 1


def test_the_first_year_is_not_assessable_where_it_cannot_be(found: Figures) -> None:
    """Of 2019-20 nobody can say what was due, nor whether C's and D's reviews were late."""
    for name in ("due", "due_met", "due_met_percent", "on_time_percent"):
        assert found.get(f"reviews.{name}", LAST).status is Status.NOT_ASSESSABLE
    assert found.get("reviews.not_assessable", LAST).value == 2
    assert found.get("reviews.late", LAST).value == 0


def test_one_year_alone_still_builds(tmp_path: Path) -> None:
    """With a single year, what depends on the year before is not assessable."""
    write_year(tmp_path, "2020-21", CHILDREN)
    alone = figures(tmp_path, "2020-21")
    assert value(alone, "held") == 7
    assert value(alone, "not_assessable") == 1
    assert value(alone, "children_not_assessable") == 1
    assert alone.get("reviews.held_change", YEAR).status is Status.NOT_ASSESSABLE


def test_a_period_that_ended_before_the_year_makes_nothing_unassessable(tmp_path: Path) -> None:
    """What cannot be known of an earlier stay does not touch this year's reviews."""
    early = Child("A", "01/01/2018", "30/06/2018", rne="P")
    stay = Child("A", "01/09/2018", reviews={"20/09/2018": "PN1", "15/12/2018": "PN1"})
    home = write_year(tmp_path, "2018-19", [early, stay])
    header = home / "ssda903" / "header.csv"
    lines = header.read_text(encoding="utf-8").splitlines()
    header.write_text("\n".join(lines[:2]), encoding="utf-8")
    later = Child("A", "01/09/2018", reviews={"10/06/2019": "PN1", "05/12/2019": "PN1"})
    write_year(tmp_path, "2019-20", [later])
    found = figures(tmp_path, "2019-20")
    names = ("children_all_on_time", "children_some_late", "children_not_assessable")
    assert [found.get(f"reviews.{name}", LAST).value for name in names] == [1, 0, 0]


def test_a_year_without_its_reviews_table_has_no_reviews_but_no_noughts(tmp_path: Path) -> None:
    """Nor has a year before it: who was reviewed between is not known, so no one is late by it."""
    child = Child(
        "A", "01/05/2010", reviews={"10/02/2019": "PN1", "10/02/2020": "PN1", "10/12/2020": "PN1"}
    )
    for year in ("2018-19", "2019-20", "2020-21"):
        home = write_year(tmp_path, year, [child])
        if year == "2019-20":
            (home / "ssda903" / "reviews.csv").unlink()
    found = figures(tmp_path, "2020-21")
    for earlier in (LAST, LAST.previous):
        for name in ("held", "late", "due", "children_not_assessable", "overdue", "per_child"):
            assert found.get(f"reviews.{name}", earlier).status is Status.NOT_AVAILABLE
        for name in ("participation.counted", "participation.codes", "permanence.second_reviews"):
            assert found.get(name, earlier).status is Status.NOT_AVAILABLE
    assert value(found, "held") == 1
    assert value(found, "not_assessable") == 1
    assert found.get("reviews.held_change", YEAR).status is Status.NOT_ASSESSABLE


def test_a_review_before_the_first_return_tells_nothing_of_due_dates(tmp_path: Path) -> None:
    """Another may have been held after it: the next one in use is not assessable, never late."""
    home = write_year(tmp_path, "2020-21", [Child("A", "01/05/2010")])
    lines = ["CHILD,DOB,REVIEW,REVIEW_CODE", "A,01/01/2010,01/07/2019,PN1", "A,,01/06/2020,PN1"]
    (home / "ssda903" / "reviews.csv").write_text("\n".join(lines), encoding="utf-8")
    found = figures(tmp_path, "2020-21")
    assert (value(found, "held"), value(found, "not_assessable")) == (1, 1)
    issues = derived(tmp_path, "2020-21").issues
    assert [issue.lines for issue in issues if issue.rule == "review-before-known"] == [(2,)]


def test_meetings_within_the_window_of_the_first_are_one_review(tmp_path: Path) -> None:
    """2 to 5 June are three working days, 8 June is the fourth and so another review."""
    held = {"02/06/2020": "PN1", "05/06/2020": "PN1", "08/06/2020": "PN1"}
    write_year(tmp_path, "2020-21", [Child("A", "01/05/2020", reviews=held)])
    with (tmp_path / "smalltown" / "authority.toml").open("a", encoding="utf-8") as file:
        file.write("[rules]\nmerge_window_working_days = 3\n")
    assert value(figures(tmp_path, "2020-21"), "held") == 2
