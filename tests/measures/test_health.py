"""Health of children looked after for the whole year: counted by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from irostats.calendar import ReportingYear
from irostats.figures import Figures, Status
from irostats.ssda903.schema import TABLES
from small_authority import Child, figures, write_table, write_year

YEAR = ReportingYear(2021)
OC2 = TABLES["oc2"].columns
BORN = {
    "A": "01/04/2016",  # 4 on 31 March 2021
    "B": "31/03/2016",  # 5
    "C": "01/05/2010",  # 10
    "D": "01/05/2004",  # 16
    "E": "31/03/2004",  # 17
    "F": "",
}
CHILDREN = [
    *(Child(name, "01/04/2020", born=born) for name, born in BORN.items()),
    Child("LATE", "02/04/2020", born="01/05/2010"),
]


def given(home: Path, rows: Sequence[Mapping[str, str]]) -> Figures:
    """The figures with these rows of OC2."""
    write_table(home / "ssda903" / "oc2.csv", OC2, rows)
    return figures(home.parent.parent, "2020-21")


def values(found: Figures, name: str, breakdown: str) -> list[float]:
    """The values of a breakdown, in order."""
    return [figure.value for figure in found.by(f"health.{name}", breakdown, YEAR).values()]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return write_year(tmp_path, "2020-21", CHILDREN)


def test_each_measure_has_its_own_ages(home: Path) -> None:
    """Age on 31 March: under 5, 5 to 16 (not who turns 5 the day after), 10 and over."""
    found = given(home, [])
    assert found.get("health.children", YEAR).value == 6
    assert values(found, "children", "age") == [1, 1, 2, 1, 1]
    names = ("assessment", "substance_misuse", "development", "sdq", "convicted")
    assert [found.get(f"health.{name}", YEAR).value for name in names] == [6, 6, 1, 3, 3]
    assert found.failed_sums() == ()


def test_a_blank_is_not_recorded_and_stays_in_the_denominator(home: Path) -> None:
    """Yes, no, blank, no row: one yes of six; a child outside the cohort counts nowhere."""
    rows = [
        {"CHILD": "A", "HEALTH_ASSESSMENT": "1"},
        {"CHILD": "B", "HEALTH_ASSESSMENT": "0"},
        {"CHILD": "C"},
        {"CHILD": "LATE", "HEALTH_ASSESSMENT": "1"},
    ]
    found = given(home, rows)
    assert values(found, "assessment", "recorded") == [1, 1, 4]
    share = found.get("health.assessment_percent", YEAR)
    assert (share.numerator, share.denominator) == (1, 6)
    assert found.failed_sums() == ()


def test_a_field_that_nobody_filled_is_not_recorded_not_nought(home: Path) -> None:
    """Blank for every child: no percentage; one no among them: nought per cent."""
    found = given(home, [{"CHILD": name, "HEALTH_ASSESSMENT": "1"} for name in BORN])
    for name in ("dental", "development", "convicted", "substance_misuse", "sdq_scored"):
        assert found.get(f"health.{name}_percent", YEAR).status is Status.NOT_RECORDED, name
    assert found.get("health.intervention", YEAR).status is Status.NOT_RECORDED
    assert found.get("health.sdq_average", YEAR).status is Status.NOT_RECORDED
    assert found.get("health.sdq_scored", YEAR).status is Status.NOT_RECORDED
    found = given(home, [{"CHILD": "D", "CONVICTED": "0", "SUBSTANCE_MISUSE": "0"}])
    assert found.get("health.convicted_percent", YEAR).value == 0
    assert found.get("health.intervention", YEAR).value == 0


def test_sdq_scores_fall_into_their_bands(home: Path) -> None:
    """13 is normal, 14 borderline, 17 a concern; a score of another age is not counted."""
    rows = [
        {"CHILD": "A", "SDQ_SCORE": "40"},
        {"CHILD": "B", "SDQ_SCORE": "13"},
        {"CHILD": "C", "SDQ_SCORE": "17"},
        {"CHILD": "D", "SDQ_REASON": "SDQ2"},
    ]
    found = given(home, rows)
    assert values(found, "sdq", "score") == [1, 0, 1, 1, 0]
    assert found.get("health.sdq_average", YEAR).value == 15
    assert found.get("health.sdq_scored_percent", YEAR).value == pytest.approx(200 / 3)
    assert values(found, "sdq_band_percent", "score") == [50, 0, 50]
    found = given(home, [{"CHILD": "B", "SDQ_SCORE": "14"}, {"CHILD": "C", "SDQ_SCORE": "16"}])
    assert values(found, "sdq", "score") == [0, 2, 0, 0, 1]
    assert found.failed_sums() == ()


def test_reasons_without_scores_are_nought_per_cent(home: Path) -> None:
    """A reason is a record: no child has a score, and there is no average."""
    found = given(home, [{"CHILD": "B", "SDQ_REASON": "SDQ1"}])
    assert found.get("health.sdq_scored_percent", YEAR).value == 0
    assert found.get("health.sdq_average", YEAR).status is Status.NOT_APPLICABLE


def test_interventions_are_of_those_with_a_problem(home: Path) -> None:
    """Received comes first, then offered; what is blank is not recorded."""
    answers = {"A": ("1", "1"), "B": ("0", "1"), "C": ("0", "0"), "D": ("", ""), "E": ("1", "")}
    rows = [
        {
            "CHILD": child,
            "SUBSTANCE_MISUSE": "1",
            "INTERVENTION_RECEIVED": received,
            "INTERVENTION_OFFERED": offered,
        }
        for child, (received, offered) in answers.items()
    ]
    found = given(home, rows)
    assert found.get("health.intervention", YEAR).value == 5
    assert values(found, "intervention", "intervention") == [2, 1, 1, 1]
    assert values(found, "intervention_percent", "intervention")[0] == pytest.approx(200 / 6)
    assert found.failed_sums() == ()


def test_without_oc2_only_its_figures_are_not_available(home: Path) -> None:
    """The cohort comes from Episodes, and the service's record from its own table."""
    write_table(home / "service" / "health_local.csv", ["child_id", "assessed"], [])
    found = figures(home.parent.parent, "2020-21")
    assert found.get("health.children", YEAR).value == 6
    assert found.get("health.local", YEAR).value == 0
    assert found.get("health.assessment_percent", YEAR).status is Status.NOT_AVAILABLE
    cells = found.by("health.sdq", "score", YEAR).values()
    assert {figure.status for figure in cells} == {Status.NOT_AVAILABLE}


def test_the_service_counts_all_children_looked_after(home: Path) -> None:
    """Assessed in the year, once each; of all seven on 31 March, and of the six all year."""
    days = [("A", "01/04/2020"), ("A", "31/03/2021"), ("B", "31/03/2020"), ("LATE", "01/06/2020")]
    rows = [{"child_id": child, "assessed": day} for child, day in days]
    write_table(home / "service" / "health_local.csv", ["child_id", "assessed"], rows)
    found = given(home, [{"CHILD": "A", "HEALTH_ASSESSMENT": "0"}])
    every, whole = (found.get(f"health.{n}_percent", YEAR) for n in ("local", "local_whole_year"))
    assert (every.numerator, every.denominator) == (2, 7)
    assert (whole.numerator, whole.denominator) == (1, 6)


def test_without_the_service_table_nothing_is_recorded(home: Path) -> None:
    """A table that the service does not keep says nothing, and changes no other figure."""
    before = given(home, [{"CHILD": "A", "HEALTH_ASSESSMENT": "1"}])
    assert before.get("health.local_percent", YEAR).status is Status.NOT_RECORDED
    write_table(
        home / "service" / "health_local.csv",
        ["child_id", "assessed"],
        [{"child_id": "A", "assessed": "01/06/2020"}],
    )
    after = figures(home.parent.parent, "2020-21")
    moved = {new.measure for old, new in zip(before, after, strict=True) if repr(old) != repr(new)}
    assert moved == {
        f"health.{name}"
        for name in ("local", "local_percent", "local_whole_year", "local_whole_year_percent")
    }


def test_nobody_looked_after_all_year_gives_nothing_to_divide_by(tmp_path: Path) -> None:
    """Real zeros, and percentages that are not applicable."""
    home = write_year(tmp_path, "2020-21", [Child("A", "01/06/2020")])
    found = given(home, [])
    assert found.get("health.children", YEAR).value == 0
    assert found.get("health.assessment_percent", YEAR).status is Status.NOT_APPLICABLE
    assert found.get("health.sdq_scored_percent", YEAR).status is Status.NOT_APPLICABLE
    assert found.get("health.intervention", YEAR).value == 0
