"""Participation: per review at age 4 and over, over all reviews, per child."""

from __future__ import annotations

from pathlib import Path

import pytest

from irostats.calendar import ReportingYear
from irostats.figures import Figures, Status
from irostats.issues import Severity
from small_authority import Child, derived, figures, write_table, write_year

YEAR = ReportingYear(2021)
CHILDREN = [
    Child("A", "01/05/2020", born="01/01/2010", reviews={"01/06/2020": "PN1", "01/09/2020": "PN7"}),
    Child("B", "01/05/2020", born="01/01/2012", reviews={"01/06/2020": "PN4", "01/09/2020": "PN6"}),
    # Four on 1 September 2020: PN0 is right in June and wrong in December.
    Child(
        "C",
        "01/05/2020",
        born="01/09/2016",
        reviews={"01/06/2020": "PN0", "01/09/2020": "PN2", "01/12/2020": "PN0"},
    ),
    Child("D", "01/05/2020", born="01/01/2019", reviews={"01/06/2020": "PN1"}),
    Child("E", "01/05/2020", born="01/01/2004", reviews={"01/06/2020": ""}),
]


@pytest.fixture
def found(tmp_path: Path) -> Figures:
    write_year(tmp_path, "2020-21", CHILDREN)
    return figures(tmp_path, "2020-21")


def value(found: Figures, name: str, **where: str) -> float:
    return found.get(f"participation.{name}", YEAR, **where).value


def test_the_measure_counts_reviews_at_age_four_and_over(found: Figures) -> None:
    """Counted: A two, B two, C one (on the birthday); took part: A's, B's and C's one each."""
    assert value(found, "counted") == 5
    assert value(found, "took_part") == 3
    assert value(found, "percent") == 60


def test_attending_is_not_taking_part(found: Figures) -> None:
    """PN4 attends without views; PN6 gives views without attending."""
    assert value(found, "attended") == 3


def test_over_all_reviews_the_code_decides(found: Figures) -> None:
    """As B&NES prints: codes PN1, 2, 3, 5, 6 over every review held, whatever the age."""
    assert value(found, "took_part_all") == 4
    assert value(found, "percent_of_all") == pytest.approx(400 / 9)


def test_codes_that_age_rules_out_are_not_recorded(found: Figures) -> None:
    """PN0 at four, PN1 at one and a blank are not recorded; the rest stand as sent."""
    codes = found.by("participation.codes", "code", YEAR)
    assert {key: figure.value for key, figure in codes.items() if figure.value} == {
        "pn0": 1,
        "pn1": 1,
        "pn2": 1,
        "pn4": 1,
        "pn6": 1,
        "pn7": 1,
        "not_recorded": 3,
    }


def test_per_child_at_least_one_and_every_one(found: Figures) -> None:
    """A, B and C have a recorded review; all took part once, only C every time."""
    assert value(found, "children") == 3
    assert (value(found, "children_any"), value(found, "children_every")) == (3, 1)


def test_age_bands_add_up(found: Figures) -> None:
    """The bands divide the reviews counted."""
    bands = found.by("participation.counted", "age", YEAR)
    assert [figure.value for figure in bands.values()] == [3, 2, 0]
    assert found.failed_sums() == ()


LOCAL = [
    "child_id",
    "review_date",
    "parent_attended",
    "carer_attended",
    "advocate",
    "chaired",
    "visited_before",
]
QUESTIONS = ("parents", "carers", "advocacy", "chaired", "visited")


def recorded(home: Path, *rows: tuple[str, ...]) -> None:
    """Write the service's own table of who took part."""
    cells = [dict(zip(LOCAL, row, strict=False)) for row in rows]
    write_table(home / "service" / "participation_local.csv", LOCAL, cells)


def reviewed(folder: Path) -> Path:
    """Five reviews of three children; one has no code."""
    return write_year(
        folder,
        "2020-21",
        [
            Child("A", "01/05/2020", reviews={"01/06/2020": "PN1", "01/09/2020": "PN1"}),
            Child("B", "01/05/2020", reviews={"01/06/2020": "PN1", "01/09/2020": ""}),
            Child("D", "01/05/2020", reviews={"01/06/2020": "PN1"}),
        ],
    )


def shares(found: Figures, *names: str) -> list[tuple[float, float]]:
    """The counts behind some percentages."""
    figures_of = [found.get(f"participation.{name}_percent", YEAR) for name in names]
    return [(figure.numerator, figure.denominator) for figure in figures_of]


def test_who_else_took_part_is_counted_over_the_reviews_that_say(tmp_path: Path) -> None:
    """Yes wins where two rows speak of a review; what no row says is shown as not recorded."""
    home = reviewed(tmp_path)
    recorded(
        home,
        ("A", "01/06/2020", "yes", "", "no", "no", "no"),
        ("a", "01/06/2020", "no", "Y"),
        ("A", "01/09/2020", "no", "", "", "", "yes"),
        ("B", "01/06/2020", "no", "", "", "", "no"),
    )
    found = figures(tmp_path, "2020-21")
    answers = {
        name: [f.value for f in found.by(f"participation.{name}", "answer", YEAR).values()]
        for name in QUESTIONS
    }
    assert answers == {
        "parents": [1, 2, 2],
        "carers": [1, 0, 4],
        "advocacy": [0, 1, 4],
        "chaired": [0, 1, 4],
        "visited": [1, 2, 2],
    }
    assert shares(found, *QUESTIONS) == [(1, 3), (1, 1), (0, 1), (0, 1), (1, 3)]
    assert found.get("participation.parents", YEAR).value == 5
    # A was seen before one of two reviews, B before none; nobody wrote it down for D.
    assert shares(found, "visited_children") == [(1, 2)]
    assert found.get("participation.unrecorded_percent", YEAR).value == 20
    assert found.failed_sums() == ()


def test_rows_without_a_review_are_left_out_and_told(tmp_path: Path) -> None:
    """Another day, another child, another year: counted nowhere, named by line alone."""
    home = reviewed(tmp_path)
    recorded(
        home,
        ("A", "02/06/2020", "yes"),
        ("SECRET", "01/06/2020", "yes"),
        ("A", "01/06/2019", "yes"),
        ("D", "01/06/2020", "no"),
    )
    (issue,) = (
        one for one in derived(tmp_path, "2020-21").issues if one.rule == "participation-unmatched"
    )
    assert (issue.rows, issue.lines) == (3, (2, 3, 4))
    assert "SECRET" not in str(issue)
    assert shares(figures(tmp_path, "2020-21"), "parents") == [(0, 1)]


def test_a_column_or_table_that_nobody_fills_in_is_not_recorded(tmp_path: Path) -> None:
    """Headings alone leave every review unrecorded; a table that is bad is not available."""
    home = reviewed(tmp_path)
    without = figures(tmp_path, "2020-21")
    recorded(home)
    empty = figures(tmp_path, "2020-21")
    write_table(home / "service" / "participation_local.csv", ["child_id"], [])
    unreadable = figures(tmp_path, "2020-21")
    for name in QUESTIONS:
        percent = f"participation.{name}_percent"
        assert without.get(percent, YEAR).status is Status.NOT_RECORDED
        assert without.get(f"participation.{name}", YEAR).status is Status.NOT_RECORDED
        assert empty.get(percent, YEAR).status is Status.NOT_RECORDED
        answers = empty.by(f"participation.{name}", "answer", YEAR).values()
        assert [figure.value for figure in answers] == [0, 0, 5]
        assert unreadable.get(percent, YEAR).status is Status.NOT_AVAILABLE


def test_without_reviews_there_is_nothing_to_take_part_in(tmp_path: Path) -> None:
    """A year without a review has no share, which is not the same as one not recorded."""
    home = write_year(tmp_path, "2020-21", [Child("A", "01/05/2020")])
    recorded(home)
    found = figures(tmp_path, "2020-21")
    for name in (*QUESTIONS, "visited_children", "unrecorded"):
        assert found.get(f"participation.{name}_percent", YEAR).status is Status.NOT_APPLICABLE


def test_feedback_is_counted_by_kind_and_by_whom(tmp_path: Path) -> None:
    """Words are read by the list; one that is not there is other, and told without being quoted."""
    home = reviewed(tmp_path)
    rows = [
        ("31/03/2020", "form", "child"),
        ("01/04/2020", "form", "Young person"),
        ("01/05/2020", "Compliment", "Foster-carer"),
        ("31/03/2021", "complaint", "Aunt Petunia"),
        ("30/03/2021", "complaint", ""),
        ("01/04/2021", "form", "parent"),
    ]
    headings = ["date", "kind", "from"]
    cells = [dict(zip(headings, row, strict=True)) for row in rows]
    write_table(home / "service" / "feedback.csv", headings, cells)
    found = figures(tmp_path, "2020-21")
    assert found.get("participation.feedback", YEAR).value == 4
    kinds = found.by("participation.feedback", "kind", YEAR)
    assert [figure.value for figure in kinds.values()] == [1, 1, 2]
    givers = found.by("participation.feedback", "given_by", YEAR)
    assert {key for key, figure in givers.items() if figure.value} == {
        "child",
        "carer",
        "other",
        "not_recorded",
    }
    assert found.failed_sums() == ()
    (note,) = (
        one for one in derived(tmp_path, "2020-21").records.issues if one.rule == "wording-unknown"
    )
    assert (note.rows, note.lines, note.severity) == (1, (5,), Severity.NOTE)
    assert "Petunia" not in str(note)
