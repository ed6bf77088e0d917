"""Monitoring: checks between reviews, plans, allocation, time limits and audits."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from irostats.calendar import ReportingYear, add_working_days, as_dates, working_days_after
from irostats.figures import Figures, Status
from irostats.measures import monitoring
from irostats.measures.definitions.monitoring_steps import STEPS
from irostats.registry import Registry
from small_authority import Child, derived, write_table, write_year

YEAR = ReportingYear(2021)
ALLOCATION = ["child_id", "iro_id", "allocated_on", "start", "end"]
REVIEWS = ["child_id", "review_date", "type", "status", *(step.column for step in STEPS)]
PARTS = ("in_time", "later", "not_recorded")


def figures(folder: Path, year: str) -> Figures:
    """The section's figures of the small authority's year and the years before."""
    known = derived(folder, year)
    rows = (row for each in known.records.history for row in monitoring.compute(known, each))
    registry = Registry.of(monitoring.MEASURES, monitoring.RELATIONS)
    return Figures.collect(rows, registry, authority="smalltown")


def values(found: Figures, *names: str) -> list[float]:
    """Undivided figures of the year."""
    return [found.get(f"monitoring.{name}", YEAR).value for name in names]


def write_reviewed(folder: Path, *, years: tuple[str, ...] = ("2019-20", "2020-21")) -> Path:
    """Children A to D in care since January 2019; E since 2021, not looked after at the end."""
    children = [
        # Intervals: to 01/03/2020 (year before), then 6 months, then 1 day short of 3 months.
        Child("A1", "01/05/2019", reviews=dict.fromkeys(("20/05/2019", "01/03/2020"), "PN1")),
        # An interval of exactly three months, clipped to the end of February.
        Child("B1", "01/11/2020", reviews=dict.fromkeys(("30/11/2020", "28/02/2021"), "PN1")),
        # One day short of three months, then a long one without a check.
        Child(
            "C1",
            "02/04/2020",
            reviews=dict.fromkeys(("10/04/2020", "09/07/2020", "08/01/2021"), "PN1"),
        ),
        # Begun the year before, checked the year before.
        Child("D1", "01/06/2019", reviews=dict.fromkeys(("10/01/2020", "09/07/2020"), "PN1")),
        Child("E1", "01/04/2020", "31/03/2021"),
    ]
    home = folder
    for year in years:
        home = write_year(folder, year, children)
    return home


def write_checks(home: Path, year: str, *checks: tuple[str, str]) -> None:
    rows = [{"child_id": child, "date": day} for child, day in checks]
    write_table(home.parent / year / "service" / "midpoint.csv", ["child_id", "date"], rows)


def test_a_check_counts_strictly_between_two_reviews_three_months_apart(tmp_path: Path) -> None:
    """Intervals are counted in the year in which they end, and checks whatever file holds them."""
    home = write_reviewed(tmp_path)
    write_checks(home, "2019-20", ("D1", "01/03/2020"), ("A1", "01/09/2019"))
    write_checks(
        home,
        "2020-21",
        ("B1", "30/11/2020"),
        ("B1", "28/02/2021"),
        ("C1", "01/06/2020"),
        ("C1", "09/07/2020"),
        ("E1", "01/06/2020"),
        ("A1", "31/03/2021"),
        ("A1", "30/03/2021"),
    )
    found = figures(tmp_path, "2020-21")
    # B's three months, C's last interval and D's: of these only D was checked between reviews.
    assert values(found, "midpoint_due", "midpoint_done") == [3, 1]
    assert found.get("monitoring.midpoint_percent", YEAR).value == pytest.approx(100 / 3)
    # Of A, B, C and D; E left on 31 March.
    assert values(found, "midpoint_children") == [3]
    assert found.get("monitoring.midpoint_children_percent", YEAR).denominator == 4


def test_checks_due_are_not_assessable_without_the_year_before(tmp_path: Path) -> None:
    """Intervals and checks that began in a year not given are not judged; children are."""
    home = write_reviewed(tmp_path)
    write_checks(home, "2020-21", ("C1", "01/10/2020"))
    found = figures(tmp_path, "2020-21")
    for name in ("due", "done", "percent"):
        assert found.get(f"monitoring.midpoint_{name}", YEAR).status is Status.NOT_ASSESSABLE
    assert values(found, "midpoint_children") == [1]
    assert values(found, "midpoint_children_percent") == [25]


def test_no_table_is_not_recorded_and_an_empty_one_is_nought(tmp_path: Path) -> None:
    """Every figure of the section says which."""
    home = write_reviewed(tmp_path)
    empty = figures(tmp_path, "2020-21")
    section = [figure for figure in empty if figure.measure.startswith("monitoring.")]
    assert {figure.status for figure in section} == {Status.NOT_RECORDED}
    for year in ("2019-20", "2020-21"):
        write_checks(home, year)
        folder = home.parent / year / "service"
        write_table(folder / "plans.csv", ["child_id", "review_date", "plan", "up_to_date"], [])
        write_table(folder / "audits.csv", ["date", "grade", "type"], [])
        write_table(folder / "reviews_local.csv", REVIEWS, [])
        write_table(folder / "iro_allocation.csv", ALLOCATION, [])
    found = figures(tmp_path, "2020-21")
    assert values(found, "midpoint_due", "midpoint_done", "plans", "reviews", "audits") == [
        3,
        0,
        0,
        0,
        0,
    ]
    # B began on a day with five working days to come, as did C and E: no allocation is recorded.
    assert values(found, "allocation_due", "allocated_in_time", "allocated_not_recorded") == [
        3,
        0,
        3,
    ]
    assert found.get("monitoring.plans_percent", YEAR).status is Status.NOT_APPLICABLE
    assert found.failed_sums() == ()


def test_an_unreadable_table_is_not_available(tmp_path: Path) -> None:
    """A file without the columns that it needs is not the same as none."""
    home = write_reviewed(tmp_path)
    write_table(home / "service" / "audits.csv", ["grade"], [])
    found = figures(tmp_path, "2020-21")
    assert found.get("monitoring.audits", YEAR).status is Status.NOT_AVAILABLE


def test_plans_are_counted_of_those_recorded(tmp_path: Path) -> None:
    """Blank is shown apart, other years' rows and rows sent twice are not counted."""
    home = write_reviewed(tmp_path)
    rows = [
        ("A1", "01/04/2020", "care", "yes"),
        ("A1", "01/04/2020", "care", "yes"),
        ("B1", "31/03/2021", "care", "no"),
        ("C1", "01/05/2020", "care", ""),
        ("C1", "01/05/2020", "pep", ""),
        ("C1", "31/03/2020", "care", "yes"),
        ("D1", "01/04/2020", "health", "yes"),
    ]
    names = ["child_id", "review_date", "plan", "up_to_date"]
    write_table(
        home / "service" / "plans.csv", names, [dict(zip(names, row, strict=True)) for row in rows]
    )
    found = figures(tmp_path, "2020-21")
    counts = [
        [figure.value for figure in found.by(f"monitoring.plans{part}", "plan", YEAR).values()]
        for part in ("", "_up_to_date", "_out_of_date", "_not_recorded")
    ]
    assert counts == [[3, 0, 1, 1], [1, 0, 0, 1], [1, 0, 0, 0], [1, 0, 1, 0]]
    percents = found.by("monitoring.plans_percent", "plan", YEAR)
    assert [percents["care"].value, percents["health"].value] == [50, 100]
    assert percents["pep"].status is Status.NOT_RECORDED
    assert percents["pathway"].status is Status.NOT_APPLICABLE
    total = found.get("monitoring.plans_percent", YEAR)
    assert (total.numerator, total.denominator) == (2, 3)
    assert found.failed_sums() == ()


def test_an_iro_is_allocated_by_the_fifth_working_day(tmp_path: Path) -> None:
    """Day 0 is the first day; bank holidays do not count, nor do those who left before."""
    start = "01/04/2020"  # Good Friday was 10 April: the 5th working day is Wednesday 8 April.
    children = [Child(name, start) for name in ("A1", "B1", "C1", "D1", "H1")]
    children += [
        Child("E1", start, "08/04/2020"),
        Child("F1", "25/03/2021"),
        Child("G1", start, "09/04/2020"),
    ]
    home = write_year(tmp_path, "2020-21", children)
    rows = [
        {"child_id": "A1", "allocated_on": "08/04/2020", "start": "20/04/2020"},
        {"child_id": "B1", "allocated_on": "09/04/2020"},
        {"child_id": "C1", "start": "02/04/2020", "end": "03/04/2020"},
        {"child_id": "C1", "start": "03/04/2020"},
        {"child_id": "D1", "start": "01/03/2020", "end": "31/03/2020"},
        {"child_id": "E1", "start": "01/04/2020"},
        {"child_id": "F1", "start": "25/03/2021"},
        {"child_id": "G1", "start": "10/04/2020"},
        {"child_id": "H1", "start": "01/03/2020"},
    ]
    write_table(
        home / "service" / "iro_allocation.csv", ALLOCATION, [{"iro_id": "I", **r} for r in rows]
    )
    found = figures(tmp_path, "2020-21")
    # Due: A, B, C, D, G, H. In time: A, C, H; later: B; D's had ended, G's came after G had left.
    names = ("allocation_due", *(f"allocated_{part}" for part in PARTS))
    assert values(found, *names) == [6, 3, 1, 2]
    assert values(found, "allocated_percent") == [50]
    assert found.failed_sums() == ()


def test_an_authority_may_add_days_that_do_not_count(tmp_path: Path) -> None:
    """Its extra holidays move the fifth working day."""
    home = write_year(tmp_path, "2020-21", [Child("A1", "01/04/2020")])
    rows = [{"child_id": "A1", "iro_id": "I", "start": "09/04/2020"}]
    write_table(home / "service" / "iro_allocation.csv", ALLOCATION, rows)
    assert values(figures(tmp_path, "2020-21"), "allocated_in_time") == [0]
    path = home.parent / "authority.toml"
    added = path.read_text(encoding="utf-8") + "\n[rules]\nextra_holidays = [2020-04-06]\n"
    path.write_text(added, encoding="utf-8")
    assert values(figures(tmp_path, "2020-21"), "allocated_in_time") == [1]


def test_allocations_without_any_date_are_not_recorded(tmp_path: Path) -> None:
    """A table that says who but never when cannot tell how soon."""
    home = write_year(tmp_path, "2020-21", [Child("A1", "01/04/2020")])
    rows = [{"child_id": "A1", "iro_id": "I"}]
    write_table(home / "service" / "iro_allocation.csv", ALLOCATION, rows)
    figure = figures(tmp_path, "2020-21").get("monitoring.allocated_percent", YEAR)
    assert figure.status is Status.NOT_RECORDED


def test_a_start_that_is_not_known_is_not_judged(tmp_path: Path) -> None:
    """A first episode that does not say that care began there has no day to count from."""
    children = [Child("A1", "01/05/2020", rne="P"), Child("B1", "01/05/2020")]
    home = write_year(tmp_path, "2020-21", children)
    write_table(home / "service" / "iro_allocation.csv", ALLOCATION, [])
    assert values(figures(tmp_path, "2020-21"), "allocation_due") == [1]


def test_papers_are_in_time_later_or_not_recorded(tmp_path: Path) -> None:
    """Limits are counted in working days; what was dated before its review cannot be."""
    home = write_year(tmp_path, "2020-21", [Child("A1", "01/04/2019")])
    # Thursday 1 October 2020: 5, 15 and 20 working days later are 8, 22 and 29 October.
    review = {"child_id": "A1", "review_date": "01/10/2020", "status": "held"}
    papers = [
        ("28/09/2020", "08/10/2020", "22/10/2020", "29/10/2020"),
        ("29/09/2020", "09/10/2020", "23/10/2020", "30/10/2020"),
        ("26/09/2020", "10/10/2020", "01/10/2020", ""),
        ("02/10/2020", "30/09/2020", "", ""),
    ]
    columns = [step.column for step in STEPS]
    rows = [{**review, **dict(zip(columns, days, strict=True))} for days in papers]
    rows += [
        {**rows[0], "status": ""},
        rows[0],
        {**rows[0], "status": "cancelled"},
        {**rows[0], "type": "short_break"},
        {**rows[0], "review_date": "01/04/2021"},
        {**rows[0], "review_date": ""},
    ]
    write_table(home / "service" / "reviews_local.csv", REVIEWS, rows)
    found = figures(tmp_path, "2020-21")
    assert values(found, "reviews") == [5]
    counted = {step.key: values(found, *(f"{step.key}_{part}" for part in PARTS)) for step in STEPS}
    assert counted == {
        "report": [3, 2, 0],
        "decisions": [2, 2, 1],
        "record": [3, 1, 1],
        "record_sent": [2, 1, 2],
    }
    percent = found.get("monitoring.decisions_percent", YEAR)
    assert (percent.value, percent.denominator) == (50, 4)
    assert found.failed_sums() == ()


def test_papers_that_nobody_dates_are_not_recorded(tmp_path: Path) -> None:
    """Without the column there is no percentage, and every review counts as not recorded."""
    home = write_year(tmp_path, "2020-21", [Child("A1", "01/04/2019")])
    rows = [{"child_id": "A1", "review_date": "01/10/2020", "status": "held"}]
    write_table(home / "service" / "reviews_local.csv", ["child_id", "review_date", "status"], rows)
    found = figures(tmp_path, "2020-21")
    assert values(found, "report_not_recorded") == [1]
    assert found.get("monitoring.report_percent", YEAR).status is Status.NOT_RECORDED


def test_audits_are_counted_by_grade_and_by_what_was_audited(tmp_path: Path) -> None:
    """Of the year only; words that are not in the list are other, blank ones not recorded."""
    home = write_year(tmp_path, "2020-21", [Child("A1", "01/04/2019")])
    rows = [
        {"date": "01/04/2020", "grade": "Good", "type": "Review Record"},
        {"date": "31/03/2021", "grade": "ri", "type": "case files"},
        {"date": "01/07/2020", "grade": "inadequate", "type": "Care-plan"},
        {"date": "01/07/2020", "type": "theme of the quarter"},
        {"date": "01/07/2020", "grade": "outstanding"},
        {"date": "31/03/2020", "grade": "good", "type": "observation"},
    ]
    write_table(home / "service" / "audits.csv", ["date", "grade", "type"], rows)
    found = figures(tmp_path, "2020-21")
    assert values(found, "audits") == [5]
    grades = found.by("monitoring.audits", "grade", YEAR)
    assert [figure.value for figure in grades.values()] == [1, 1, 1, 1, 1]
    types = found.by("monitoring.audits", "type", YEAR)
    assert {key: figure.value for key, figure in types.items()} == {
        "review_record": 1,
        "observation": 0,
        "case_file": 1,
        "care_plan": 1,
        "other": 1,
        "not_recorded": 1,
    }
    assert found.failed_sums() == ()


def test_a_column_of_working_days_agrees_with_one_day_at_a_time() -> None:
    """Blank stays blank, and holidays count for neither."""
    days = pd.Series([*pd.date_range("2020-03-25", "2020-06-01"), pd.NaT]).astype("datetime64[us]")
    extra = (date(2020, 4, 6),)
    found = working_days_after(days, 5, extra=extra)
    assert as_dates(found) == [
        day and add_working_days(day, 5, extra=extra) for day in as_dates(days)
    ]
    assert as_dates(found)[-1] is None
