"""Due dates of the case system: which reviews they judge, and how they agree with the return."""

from __future__ import annotations

from pathlib import Path

import pytest

from irostats.calendar import ReportingYear
from irostats.derive import Derived
from irostats.due_dates import YearReconciled
from irostats.errors import SettingsError
from irostats.figures import Status
from irostats.issues import Severity
from irostats.measures import measure
from small_authority import SETTINGS, Child, derived, write_table, write_year

YEAR = ReportingYear(2021)
CHILDREN = [
    # Care from 1 May 2020: due 2 June by the Regulations, then three months, then six.
    Child(
        "A1", "01/05/2020", reviews={"02/06/2020": "PN1", "02/09/2020": "PN1", "02/03/2021": "PN1"}
    ),
    # In care since 2018 with one return given: nobody can say when the first review was due.
    Child("C1", "01/05/2018", reviews={"01/06/2020": "PN1", "01/12/2020": "PN5"}),
]
HEADINGS = [
    "child_id",
    "review_date",
    "due_date",
    "type",
    "status",
    "participation",
    "late_reason",
    "method",
    "iro_id",
]
Row = dict[str, str]


def row(child: str, held: str, due: str = "", **more: str) -> Row:
    return {"child_id": child, "review_date": held, "due_date": due, "status": "held", **more}


def smalltown(folder: Path, rows: list[Row], settings: str = "") -> Derived:
    home = write_year(folder, "2020-21", CHILDREN)
    write_table(home / "service" / "reviews_local.csv", HEADINGS, rows)
    (folder / "smalltown" / "authority.toml").write_text(SETTINGS + settings, encoding="utf-8")
    return derived(folder, "2020-21")


def judgements(found: Derived, child: str) -> list[str]:
    reviews = found.reviewed.reviews
    return reviews.loc[reviews["CHILD"] == child, "judgement"].tolist()


def only_year(found: Derived) -> YearReconciled:
    (year,) = found.reconciled.years
    return year


def test_a_due_date_of_the_case_system_judges_the_review(tmp_path: Path) -> None:
    """A's first review was held on 2 June: in time by the Regulations, late for 29 May."""
    found = smalltown(tmp_path, [row("A1", "02/06/2020", "29/05/2020")])
    assert judgements(found, "A1") == ["late", "on_time", "on_time"]
    late = found.reviewed.reviews.query("judgement == 'late'")
    assert late["working_days_late"].tolist() == [2]


def test_the_obligation_that_the_review_met_falls_due_on_that_day(tmp_path: Path) -> None:
    """Moved from 2 September to 2 May of the next year, it is not due in this one."""
    before = smalltown(tmp_path / "before", [])
    after = smalltown(tmp_path / "after", [row("A1", "02/09/2020", "02/05/2021")])
    due = [
        found.reviewed.obligations.query("CHILD == 'A1'")["due"].dt.strftime("%d/%m/%Y").tolist()
        for found in (before, after)
    ]
    assert due[0] == ["02/06/2020", "02/09/2020", "02/03/2021", "02/09/2021"]
    assert due[1] == ["02/06/2020", "02/05/2021", "02/03/2021", "02/09/2021"]


def test_what_was_not_assessable_becomes_so(tmp_path: Path) -> None:
    """C's first review in use is judged once the case system says when it was due."""
    without = smalltown(tmp_path / "without", [])
    assert judgements(without, "C1") == ["not_assessable", "on_time"]
    found = smalltown(tmp_path / "with", [row("C1", "01/06/2020", "31/05/2020")])
    assert judgements(found, "C1") == ["late", "on_time"]
    counts = [
        measure(each).get("reviews.children_not_assessable", YEAR).value
        for each in (without, found)
    ]
    assert counts == [1, 0]
    assert measure(found).get("reviews.due", YEAR).status is Status.NOT_ASSESSABLE


def test_the_authority_may_count_by_the_return(tmp_path: Path) -> None:
    """With due_dates = "return" nothing moves, and both are still compared."""
    rows = [row("A1", "02/06/2020", "29/05/2020"), row("C1", "01/06/2020", "31/05/2020")]
    found = smalltown(tmp_path, rows, '[rules]\ndue_dates = "return"\n')
    assert judgements(found, "A1") == ["on_time"] * 3
    assert judgements(found, "C1") == ["not_assessable", "on_time"]
    assert (only_year(found).judged_differently, only_year(found).newly_judged) == (1, 1)
    assert measure(found).get("reviews.service_due_dates", YEAR).value == 0


def test_what_was_not_held_judges_nothing(tmp_path: Path) -> None:
    """A cancelled row of the same day, and a row without a date, are no reviews."""
    cancelled = {**row("A1", "02/06/2020", "29/05/2020"), "status": "cancelled"}
    found = smalltown(tmp_path, [cancelled, row("A1", "", "02/06/2020")])
    assert judgements(found, "A1") == ["on_time"] * 3
    assert (only_year(found).both, only_year(found).only_service) == (0, 0)
    assert only_year(found).only_return == 5


def test_reviews_that_the_return_lacks_are_told_and_not_counted(tmp_path: Path) -> None:
    """A review in care is a warning; a pathway review, a short break, a stranger are notes."""
    rows = [
        row("A1", "02/12/2020", "02/12/2020"),
        row("A1", "10/04/2020", "10/04/2020"),
        row("A1", "03/12/2020", "03/12/2020", type="short_break"),
        row("Z9", "04/12/2020", "04/12/2020"),
        {**row("A1", "05/12/2020"), "status": "adjourned"},
    ]
    found = smalltown(tmp_path, rows)
    told = {
        issue.rule: (issue.severity, issue.lines)
        for issue in found.reconciled.issues
        if issue.table == "reviews_local"
    }
    assert told == {
        "local-review-lacking": (Severity.WARNING, (2,)),
        "local-review-elsewhere": (Severity.NOTE, (3,)),
        "local-review-short-break": (Severity.NOTE, (4,)),
        "local-review-unknown": (Severity.NOTE, (5,)),
    }
    assert measure(found).get("reviews.held", YEAR).value == 5
    assert not any("A1" in str(issue) or "Z9" in str(issue) for issue in found.issues)


def test_both_are_reconciled_row_by_row(tmp_path: Path) -> None:
    """Same, earlier, later, newly judged, without a due date: together all that are in both."""
    rows = [
        row("A1", "02/06/2020", "02/06/2020"),
        row("A1", "02/09/2020", "01/09/2020"),
        row("A1", "02/03/2021", "05/03/2021", participation="pn7"),
        row("C1", "01/06/2020", "01/06/2020"),
        row("C1", "01/12/2020"),
    ]
    found = smalltown(tmp_path, rows)
    assert only_year(found) == YearReconciled(
        year=YEAR,
        both=5,
        only_return=0,
        only_service=0,
        same=1,
        earlier=1,
        later=1,
        newly_judged=1,
        without_due_date=1,
        judged_differently=1,
        coded_differently=1,
    )
    rules = {issue.rule: issue.lines for issue in found.reconciled.issues}
    assert rules == {
        "due-date-judges-otherwise": (3,),
        "due-date-differs": (4,),
        "local-participation-differs": (4,),
    }


def test_of_two_rows_of_a_review_the_last_held_one_counts(tmp_path: Path) -> None:
    """An adjourned meeting of the same day gives way, and the difference is told."""
    rows = [
        row("A1", "02/06/2020", "01/06/2020"),
        row("A1", "02/06/2020", "03/06/2020"),
        {**row("A1", "02/06/2020", "29/05/2020"), "status": "adjourned"},
    ]
    found = smalltown(tmp_path, rows)
    assert judgements(found, "A1")[0] == "on_time"
    assert "local-review-repeated" in {issue.rule for issue in found.reconciled.issues}


def test_the_standard_datasets_headings_and_flags_are_read(tmp_path: Path) -> None:
    """ssd_cla_reviews: due date, date, cancelled Y or N, participation."""
    home = write_year(tmp_path, "2020-21", CHILDREN)
    headings = [
        "clar_person_id",
        "clar_cla_review_due_date",
        "clar_cla_review_date",
        "clar_cla_review_cancelled",
        "clar_cla_review_participation",
    ]
    cells = [
        ("A1", "2020-05-29", "2020-06-02", "N", "PN1"),
        ("A1", "2020-09-02", "2020-09-02", "Y", ""),
        ("C1", "2020-06-01", "2020-06-01", "n", "PN1"),
    ]
    rows = [dict(zip(headings, line, strict=True)) for line in cells]
    write_table(home / "service" / "reviews_local.csv", headings, rows)
    found = derived(tmp_path, "2020-21")
    assert judgements(found, "A1") == ["late", "on_time", "on_time"]
    assert judgements(found, "C1") == ["on_time", "on_time"]
    assert only_year(found).both == 2


def test_without_the_table_nothing_is_reconciled(tmp_path: Path) -> None:
    """No table, no years, no issues; every review is judged by the return."""
    write_year(tmp_path, "2020-21", CHILDREN)
    found = derived(tmp_path, "2020-21")
    assert found.reconciled.years == ()
    assert found.reconciled.issues == ()
    status = measure(found).get("reviews.service_due_dates", YEAR).status
    assert status is Status.NOT_RECORDED


@pytest.mark.parametrize("word", ["services", "Return"])
def test_an_unknown_choice_of_due_dates_stops(tmp_path: Path, word: str) -> None:
    """A misspelt setting is an error, never a default."""
    with pytest.raises(SettingsError, match="due_dates"):
        smalltown(tmp_path, [], f'[rules]\ndue_dates = "{word}"\n')
