"""Challenge: alerts, and the stock and flow of disputes."""

from __future__ import annotations

from pathlib import Path

import pytest

from irostats.calendar import ReportingYear
from irostats.figures import Status
from small_authority import Child, figures, write_table, write_year

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
