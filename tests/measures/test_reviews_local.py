"""Reviews by status, placement and team, reasons, methods, cancelled: counted by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from irostats.calendar import ReportingYear
from irostats.figures import Figures, Status
from irostats.measures import REGISTRY
from irostats.measures.definitions.reviews_breakdowns import REASON
from irostats.measures.reviews_splits import teams
from irostats.service.wordings import LATE_REASONS, parts
from small_authority import Child, derived, figures, write_table, write_year

YEAR = ReportingYear(2021)
CHILDREN = [
    # Care from 1 May 2020: due 2 June, then three months, then six; the first is late.
    Child(
        "A", "01/05/2020", reviews={"10/06/2020": "PN1", "10/09/2020": "PN1", "10/03/2021": "PN1"}
    ),
    # Placed for adoption; on time, then late.
    Child("B", "01/05/2020", place="A5", reviews={"02/06/2020": "PN0", "07/09/2020": "PN0"}),
    # A placement order and a temporary placement from the start.
    Child("C", "01/05/2020", legal="E1", place="T1", reviews={"02/06/2020": "PN1"}),
]
HEADINGS = [
    "child_id",
    "review_date",
    "due_date",
    "type",
    "status",
    "late_reason",
    "method",
    "iro_id",
]
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
Row = dict[str, str]


def row(child: str, held: str, **more: str) -> Row:
    return {"child_id": child, "review_date": held, "status": "held", **more}


ROWS = [
    row("A", "10/06/2020", late_reason="Child\u2019s request.", method="virtual", iro_id="I1"),
    row("A", "10/09/2020", method="virtual", iro_id="I1"),
    row("A", "10/03/2021", method="in person", iro_id="I2"),
    row("B", "02/06/2020", method="hybrid", iro_id="I9"),
    row("B", "07/09/2020", late_reason="the dog ate it"),
    {**row("C", "20/05/2020"), "status": "cancelled"},
    {"child_id": "C", "due_date": "02/06/2020", "status": "cancelled"},
    {**row("C", "20/05/2020", type="short_break"), "status": "cancelled"},
    {**row("C", "20/03/2020"), "status": "cancelled"},
    {**row("C", "21/05/2020"), "status": "adjourned"},
    {"child_id": "C", "status": "adjourned"},
]


def smalltown(folder: Path, rows: list[Row] | None, staff: list[Row] | None = None) -> Figures:
    home = write_year(folder, "2020-21", CHILDREN)
    if rows is not None:
        write_table(home / "service" / "reviews_local.csv", HEADINGS, rows)
    if staff is not None:
        write_table(home / "service" / "iro_staff.csv", STAFF, staff)
    return figures(folder, "2020-21")


def by(found: Figures, measure: str, breakdown: str) -> dict[str, float]:
    """The categories that are not nought."""
    cells = found.by(f"reviews.{measure}", breakdown, YEAR)
    return {key: figure.value for key, figure in cells.items() if figure.value}


def test_reasons_are_those_of_the_late_reviews(tmp_path: Path) -> None:
    """One known wording, one unknown: together the late reviews, and the unknown one is told."""
    found = smalltown(tmp_path, ROWS)
    assert by(found, "late", "reason") == {"child_request": 1, "other": 1}
    assert found.get("reviews.late", YEAR).value == 2
    assert found.failed_sums() == ()
    issues = derived(tmp_path, "2020-21").records.issues
    notes = [issue for issue in issues if issue.rule == "wording-unknown"]
    assert [(note.table, note.lines) for note in notes] == [("reviews_local", (6,))]
    assert "dog" not in str(notes[0])


def test_late_reviews_without_a_row_or_a_reason_are_not_recorded(tmp_path: Path) -> None:
    """A's late review has no row, B's no reason."""
    found = smalltown(tmp_path, [row("B", "07/09/2020")])
    assert by(found, "late", "reason") == {"not_recorded": 2}


def test_every_reason_can_be_told_and_every_list_is_a_category() -> None:
    """The heading of each category is a wording of it, and no list leads outside them."""
    said = {key: text for key, text in REASON.categories.items() if key != "other"}
    rows = pd.DataFrame({"late_reason": list(said.values())}, dtype="string")
    told = parts(rows, LATE_REASONS).tolist()
    assert set(told) <= set(REASON.categories)
    plain = {key for key, category in zip(said, told, strict=True) if key == category}
    assert plain >= {"placement_move", "awaiting_court", "school_holiday", "child_missing"}


def test_methods_add_up_to_the_reviews_held(tmp_path: Path) -> None:
    """Two virtual, one each in person and hybrid; B's second says nothing, C has no row."""
    found = smalltown(tmp_path, ROWS)
    assert by(found, "held", "method") == {
        "in_person": 1,
        "virtual": 2,
        "hybrid": 1,
        "not_recorded": 2,
    }
    share = found.get("reviews.method_percent", YEAR, breakdown="method", category="virtual")
    assert share.value == pytest.approx(100 * 2 / 6)


def test_cancelled_and_adjourned_fall_in_the_year_of_their_day(tmp_path: Path) -> None:
    """By date of review, else due date, else the file; short breaks and March 2020 are out."""
    found = smalltown(tmp_path, ROWS)
    assert found.get("reviews.cancelled", YEAR).value == 2
    assert found.get("reviews.adjourned", YEAR).value == 2


def test_status_and_placement_are_those_of_the_day(tmp_path: Path) -> None:
    """A in foster care, B placed for adoption, C in a temporary placement under an order."""
    found = smalltown(tmp_path, None)
    assert by(found, "held", "legal_status") == {"full_care_order": 5, "placement_order": 1}
    assert by(found, "held", "placement_type") == {"foster": 3, "adoption": 2, "other": 1}
    assert found.get("reviews.adoption", YEAR).value == 3
    assert by(found, "late", "placement_type") == {"foster": 1, "adoption": 1}


def test_a_blank_placement_before_a_temporary_one_is_not_known(tmp_path: Path) -> None:
    """The hospital does not stand for the usual placement; without any other it does."""
    write_year(
        tmp_path,
        "2020-21",
        [
            Child("A", "01/05/2020", "01/06/2020", place=""),
            Child("A", "01/06/2020", place="T1", rne="P", reviews={"02/06/2020": "PN1"}),
            Child("B", "01/05/2020", place="T1", reviews={"02/06/2020": "PN1"}),
        ],
    )
    path = tmp_path / "smalltown" / "2020-21" / "ssda903" / "episodes.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("E4A", "X1"), encoding="utf-8")
    header = path.with_name("header.csv")
    lines = header.read_text(encoding="utf-8").splitlines()
    header.write_text("\n".join([*lines[:2], lines[3]]), encoding="utf-8")
    found = figures(tmp_path, "2020-21")
    assert by(found, "held", "placement_type") == {"not_known": 1, "other": 1}


def test_without_the_table_its_figures_alone_are_not_recorded(tmp_path: Path) -> None:
    """Every category says so, and no figure of the return moves."""
    without = smalltown(tmp_path / "without", None)
    empty = smalltown(tmp_path / "empty", [])
    for name, breakdown in (("held", "method"), ("late", "reason"), ("held", "team")):
        cells = without.by(f"reviews.{name}", breakdown, YEAR).values()
        assert {figure.status for figure in cells} == {Status.NOT_RECORDED}
    for name in ("cancelled", "adjourned", "service_due_dates"):
        assert without.get(f"reviews.{name}", YEAR).status is Status.NOT_RECORDED
        assert empty.get(f"reviews.{name}", YEAR).value == 0
    for measure in REGISTRY.measures.values():
        if measure.section == "reviews":
            before, after = without.get(measure.name, YEAR), empty.get(measure.name, YEAR)
            assert not before.known or before == after


def test_a_table_that_cannot_be_read_is_not_available(tmp_path: Path) -> None:
    """Not kept and not readable are told apart."""
    home = write_year(tmp_path, "2020-21", CHILDREN)
    write_table(home / "service" / "reviews_local.csv", ["review_date"], [])
    found = figures(tmp_path, "2020-21")
    assert found.get("reviews.cancelled", YEAR).status is Status.NOT_AVAILABLE


def test_small_teams_are_never_shown_by_themselves(tmp_path: Path) -> None:
    """With one or two IROs a team counts with others; an IRO without a post has no team."""
    staff = [{"iro_id": "I1", "team": "North"}, {"iro_id": "I2", "team": "South"}]
    found = smalltown(tmp_path, ROWS, staff)
    assert by(found, "held", "team") == {"others": 3, "not_recorded": 3}
    assert found.failed_sums() == ()


def staffed(**sizes: int) -> pd.DataFrame:
    """Staff of teams by name, the IROs of each numbered from 1."""
    rows = [
        {"iro_id": f"{team}{n}", "team": team, "start": pd.NaT, "end": pd.NaT, "YEAR": 2021}
        for team, size in sizes.items()
        for n in range(1, size + 1)
    ]
    return pd.DataFrame(rows).astype({"iro_id": "string", "team": "string"})


def held_by(**each: int) -> pd.DataFrame:
    """Reviews held by IROs, as many as given for each."""
    iros = [iro for iro, count in each.items() for _ in range(count)]
    return pd.DataFrame(
        {
            "REVIEW": pd.Series([pd.Timestamp(2020, 6, 1)] * len(iros)),
            "iro_id": pd.Series(iros, dtype="string"),
        }
    )


def counts(rows: pd.DataFrame, staff: pd.DataFrame) -> dict[str, int]:
    return {str(key): int(n) for key, n in teams(rows, staff, 2021).value_counts().items()}


def test_teams_are_numbered_by_name_whatever_the_spelling() -> None:
    """West comes first in the file and second in the alphabet; spaces and capitals do not count."""
    staff = staffed(West=3, East=3)
    staff.loc[0, "team"] = " west "
    rows = held_by(West1=4, West2=4, West3=4, East1=5, East2=5, East3=5)
    assert counts(rows, staff) == {"team_1": 15, "team_2": 12}


def test_a_small_team_takes_another_with_it() -> None:
    """Else the one small team would be what is left of the total."""
    staff = staffed(East=3, North=3, West=1)
    rows = held_by(East1=5, East2=5, East3=5, North1=4, North2=4, North3=4, West1=12)
    assert counts(rows, staff) == {"team_1": 15, "others": 24}


def test_a_team_needs_ten_reviews() -> None:
    """Three IROs with nine reviews between them are not shown."""
    staff = staffed(East=3, West=3)
    rows = held_by(East1=3, East2=3, East3=3, West1=9, West2=9, West3=9)
    assert counts(rows, staff) == {"others": 36}


def test_the_team_is_that_of_the_day_of_the_review() -> None:
    """Who changed teams on 1 September counts with each for its reviews."""
    staff = staffed(East=1, West=1).assign(iro_id="I1")
    staff.loc[0, "end"] = pd.Timestamp(2020, 8, 31)
    staff.loc[1, "start"] = pd.Timestamp(2020, 9, 1)
    rows = held_by(I1=2)
    rows["REVIEW"] = [pd.Timestamp(2020, 8, 31), pd.Timestamp(2020, 9, 1)]
    assert teams(rows, staff, 2021).tolist() == ["others", "others"]
    assert teams(rows.assign(iro_id="I2"), staff, 2021).tolist() == ["not_recorded"] * 2
