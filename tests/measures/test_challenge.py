"""Challenge: alerts, and the stock and flow of disputes."""

from __future__ import annotations

from pathlib import Path

import pytest

from irostats.calendar import ReportingYear
from irostats.figures import Figures, Status
from small_authority import Child, derived, figures, write_table, write_year

YEAR = ReportingYear(2021)
DISPUTES = ["id", "child_id", "opened", "stage", "stage_date", "closed", "outcome", "themes"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return write_year(tmp_path, "2020-21", [Child(name, "01/05/2020") for name in "ABCDEFGH"])


def test_disputes_brought_forward_and_opened_are_active(home: Path) -> None:
    """Each is counted once at its highest stage reached by 31 March; closed + open = active."""
    rows = [
        {"id": "1", "opened": "01/02/2020", "stage": "1", "closed": "31/03/2020"},
        {"id": "2", "opened": "01/02/2020", "stage": "1", "closed": "01/04/2020"},
        {"id": "3", "opened": "01/05/2020", "stage": "1"},
        {"id": "3", "opened": "01/05/2020", "stage": "2", "stage_date": "01/06/2020"},
        {"id": "3", "opened": "01/05/2020", "stage": "3", "stage_date": "01/04/2021"},
        {"id": "4", "opened": "01/06/2020", "stage": "1", "closed": "01/07/2020"},
        {"id": "5", "opened": "01/04/2021", "stage": "1"},
    ]
    write_table(home / "service" / "disputes.csv", DISPUTES, rows)
    found = figures(home.parent.parent, "2020-21")
    names = ("brought_forward", "opened", "active", "closed", "open")
    assert [found.get(f"challenge.{name}", YEAR).value for name in names] == [1, 2, 3, 2, 1]
    stages = found.by("challenge.active", "stage", YEAR)
    assert [figure.value for figure in stages.values()] == [2, 1, 0, 0, 0]
    assert found.get("challenge.disputes_per_100", YEAR).value == 25
    assert found.failed_sums() == ()


def test_a_dispute_is_not_closed_before_it_was_opened(home: Path) -> None:
    """It is open, and the row is told; one closed on the day of opening is closed."""
    rows = [
        {"id": "1", "opened": "01/05/2020", "stage": "1", "closed": "30/04/2020"},
        {"id": "2", "opened": "01/05/2020", "stage": "1", "closed": "01/05/2020"},
        {"id": "3", "opened": "01/05/2020", "stage": "2", "closed": "05/01/2020"},
    ]
    write_table(home / "service" / "disputes.csv", DISPUTES, rows)
    found = figures(home.parent.parent, "2020-21")
    names = ("opened", "active", "closed", "open")
    assert [found.get(f"challenge.{name}", YEAR).value for name in names] == [3, 3, 1, 2]
    issues = derived(home.parent.parent, "2020-21").records.issues
    [told] = [issue for issue in issues if issue.rule == "closed-too-early"]
    assert told.lines == (2, 4)


def test_an_alert_is_not_closed_before_it_was_raised(home: Path) -> None:
    """Such a day of closing is none: with no other, closing is not recorded."""
    rows = [{"id": "1", "raised": "01/05/2020", "closed": "30/04/2020"}]
    write_table(home / "service" / "alerts.csv", ["id", "child_id", "raised", "closed"], rows)
    found = figures(home.parent.parent, "2020-21")
    assert found.get("challenge.alerts_closed", YEAR).status is Status.NOT_RECORDED


def test_a_dispute_that_reached_its_stages_after_the_year_is_at_stage_one(home: Path) -> None:
    """A stage without a day was reached when the dispute was opened."""
    rows = [
        {"id": "1", "opened": "30/03/2021", "stage": "2", "stage_date": "01/04/2021"},
        {"id": "2", "opened": "30/03/2021", "stage": "3"},
    ]
    write_table(home / "service" / "disputes.csv", DISPUTES, rows)
    found = figures(home.parent.parent, "2020-21").by("challenge.active", "stage", YEAR)
    assert [figure.value for figure in found.values()] == [1, 0, 1, 0, 0]


def test_alerts_are_counted_when_raised(home: Path) -> None:
    """Alerts of other years are not counted, and quarters add up."""
    rows = [
        {"id": str(n), "raised": day}
        for n, day in enumerate(["31/03/2020", "01/04/2020", "30/06/2020", "31/03/2021"])
    ]
    write_table(home / "service" / "alerts.csv", ["id", "child_id", "raised"], rows)
    found = figures(home.parent.parent, "2020-21")
    assert found.get("challenge.alerts", YEAR).value == 3
    quarters = found.by("challenge.alerts", "quarter", YEAR)
    assert [figure.value for figure in quarters.values()] == [2, 0, 0, 1]
    assert found.get("challenge.disputes_per_100", YEAR).status is Status.NOT_RECORDED
    assert found.failed_sums() == ()


def test_an_empty_log_is_none_and_no_log_is_not_recorded(home: Path) -> None:
    """A log that is kept and empty says nought; an absent one says nothing."""
    assert figures(home.parent.parent, "2020-21").get("challenge.alerts", YEAR).status is (
        Status.NOT_RECORDED
    )
    write_table(home / "service" / "alerts.csv", ["id", "child_id", "raised"], [])
    assert figures(home.parent.parent, "2020-21").get("challenge.alerts", YEAR).value == 0


def values(found: Figures, measure: str, breakdown: str) -> dict[str, float]:
    """The categories that hold something."""
    figures_by = found.by(f"challenge.{measure}", breakdown, YEAR)
    return {key: figure.value for key, figure in figures_by.items() if figure.value}


def timed(home: Path) -> None:
    """The 20th working day after 1 June 2020 is 29 June; after 3 March 2021 it is 31 March."""
    rows = [
        {"id": "1", "opened": "01/06/2020", "stage": "1", "closed": "29/06/2020"},
        {"id": "2", "opened": "01/06/2020", "stage": "1", "closed": "30/06/2020"},
        {"id": "3", "opened": "03/03/2021", "stage": "1"},
        {"id": "4", "opened": "02/03/2021", "stage": "1", "closed": "01/04/2021"},
    ]
    write_table(home / "service" / "disputes.csv", DISPUTES, rows)


def test_disputes_are_closed_in_time_by_the_twentieth_working_day(home: Path) -> None:
    """Later is the day after; open for longer means that the day lies before 31 March."""
    timed(home)
    found = figures(home.parent.parent, "2020-21")
    assert values(found, "closed", "time") == {"within": 1, "later": 1}
    assert values(found, "open", "time") == {"within": 1, "later": 1}
    share = found.get("challenge.closed_in_time_percent", YEAR)
    assert (share.numerator, share.denominator) == (1, 2)
    assert found.failed_sums() == ()


def test_the_authoritys_own_holidays_are_not_working_days(home: Path) -> None:
    """With 22 June off, 30 June is the twentieth working day."""
    timed(home)
    settings = home.parent / "authority.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}\n[rules]\nextra_holidays = [2020-06-22]\n", encoding="utf-8")
    found = figures(home.parent.parent, "2020-21")
    assert values(found, "closed", "time") == {"within": 2}


def test_a_dispute_counts_in_each_of_its_themes_and_once_in_its_outcome(home: Path) -> None:
    """Themes of later stages join; the outcome is the highest stage's that gives one."""
    one = {"id": "1", "opened": "01/06/2020", "stage": "1", "closed": "29/06/2020"}
    rows = [
        {**one, "themes": "Contact; PEP;", "outcome": "upheld"},
        {**one, "stage": "2", "themes": "family time; dragons", "outcome": "Plan changed."},
        {**one, "stage": "3"},
        {"id": "2", "opened": "01/06/2020", "stage": "1", "closed": "01/07/2020", "outcome": "?"},
        {**one, "id": "3", "themes": "OTHER", "outcome": "An agreement with J Bloggs"},
        {"id": "4", "opened": "01/06/2020", "stage": "1", "stage_date": "", "themes": " ; "},
    ]
    write_table(home / "service" / "disputes.csv", DISPUTES, rows)
    found = figures(home.parent.parent, "2020-21")
    assert values(found, "active", "theme") == {
        "education": 1,
        "family_time": 1,
        "other": 2,
        "not_recorded": 2,
    }
    assert values(found, "closed", "outcome") == {"plan_changed": 1, "other": 1, "not_recorded": 1}
    assert found.failed_sums() == ()
    notes = [
        note
        for note in derived(home.parent.parent, "2020-21").records.issues
        if note.rule == "wording-unknown"
    ]
    assert [(note.rows, note.lines) for note in notes] == [(1, (3,)), (1, (6,))]
    assert not [note for note in notes if "dragons" in str(note) or "Bloggs" in str(note)]


def test_alerts_are_divided_by_category_and_by_time_to_closing(home: Path) -> None:
    """Closed in the year, whenever raised; an alert without a category is not recorded."""
    headings = ["id", "child_id", "raised", "category", "closed"]
    rows = [
        ("1", "31/03/2020", "placement", "01/04/2020"),
        ("2", "01/06/2020", "Health", "30/06/2020"),
        ("3", "01/06/2020", "statutory visits", "01/04/2021"),
        ("4", "01/06/2020", "", ""),
    ]
    cells = [
        {"id": n, "raised": raised, "category": about, "closed": closed}
        for n, raised, about, closed in rows
    ]
    write_table(home / "service" / "alerts.csv", headings, cells)
    found = figures(home.parent.parent, "2020-21")
    assert values(found, "alerts", "theme") == {"health": 1, "visits": 1, "not_recorded": 1}
    assert values(found, "alerts_closed", "time") == {"within": 1, "later": 1}
    assert found.get("challenge.alerts_in_time_percent", YEAR).value == 50
    write_table(home / "service" / "alerts.csv", headings[:4], cells_without(cells, "closed"))
    never = figures(home.parent.parent, "2020-21")
    assert never.get("challenge.alerts", YEAR).value == 3
    for name in ("challenge.alerts_closed", "challenge.alerts_in_time_percent"):
        assert never.get(name, YEAR).status is Status.NOT_RECORDED


def cells_without(cells: list[dict[str, str]], column: str) -> list[dict[str, str]]:
    """The same rows without a column."""
    return [{key: text for key, text in row.items() if key != column} for row in cells]


def test_no_referral_is_said_as_none_where_a_log_is_kept(home: Path) -> None:
    """A log without rows says 0; one without a file says nothing; other years are left out."""
    path, headings = home / "service" / "referrals.csv", ["date", "type"]
    names = ("challenge.cafcass", "challenge.legal_advice")
    absent = figures(home.parent.parent, "2020-21")
    assert {absent.get(name, YEAR).status for name in names} == {Status.NOT_RECORDED}
    write_table(path, headings, [])
    empty = figures(home.parent.parent, "2020-21")
    assert [empty.get(name, YEAR).value for name in names] == [0, 0]
    days = ("31/03/2020", "01/04/2020", "31/03/2021")
    write_table(path, headings, [{"date": day, "type": "Legal_advice"} for day in days])
    found = figures(home.parent.parent, "2020-21")
    assert [found.get(name, YEAR).value for name in names] == [0, 2]


@pytest.mark.parametrize("table", ["alerts", "disputes", "referrals"])
def test_a_table_that_cannot_be_read_is_not_available(home: Path, table: str) -> None:
    """Every figure that is made from it says so, by every breakdown."""
    (home / "service").mkdir(exist_ok=True)
    (home / "service" / f"{table}.csv").write_text("nonsense\n1\n", encoding="utf-8")
    found = figures(home.parent.parent, "2020-21")
    names = {
        "alerts": ("alerts", "alerts_closed", "alerts_in_time_percent", "alerts_per_100"),
        "disputes": ("active", "closed", "open", "closed_in_time_percent"),
        "referrals": ("cafcass", "legal_advice"),
    }[table]
    rows = [row for row in found if row.measure in {f"challenge.{name}" for name in names}]
    assert rows
    assert {row.status for row in rows} == {Status.NOT_AVAILABLE}
