"""The service's own words: what is printed, and what is left out because of whom it could show."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import irostats
from irostats import parameters
from irostats.calendar import ReportingYear
from irostats.figures import Status
from irostats.issues import Severity
from irostats.present import Sentence, Table
from irostats.records import load
from irostats.texts import Finding, Priority, Texts, could_lead_to_a_person, identifiers, read_texts
from small_authority import Child, write_table, write_year

YEAR = ReportingYear(2021)
CHILDREN = identifiers(["SMALL123", "0012345", "0007", "X/77"])
PRIORITIES = ["year", "priority", "status", "note"]
INSPECTIONS = ["date", "body", "judgement", "finding"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    reviews = {"20/05/2019": "PN1", "20/05/2020": "PN1"}
    children = [Child(name, "01/05/2019", reviews=reviews) for name in ("SMALL123", "0012345")]
    write_year(tmp_path, "2019-20", children)
    return write_year(tmp_path, "2020-21", children)


def write_priorities(home: Path, *rows: tuple[str, ...]) -> None:
    padded = [(*row, *[""] * (4 - len(row))) for row in rows]
    given = [dict(zip(PRIORITIES, row, strict=True)) for row in padded]
    write_table(home / "service" / "priorities.csv", PRIORITIES, given)


def write_findings(home: Path, *rows: tuple[str, ...]) -> None:
    given = [dict(zip(INSPECTIONS, row, strict=True)) for row in rows]
    write_table(home / "service" / "inspections.csv", INSPECTIONS, given)


def texts(home: Path) -> Texts:
    return read_texts(load(parameters.make("smalltown", "2020-21", data=home.parent.parent)))


@pytest.mark.parametrize(
    "text",
    [
        "See that SMALL123 has a plan.",
        "See that small123's plan is kept.",
        "Plan (Small123)",
        "SMALL\u200b123",
        "ＳＭＡＬＬ１２３",  # noqa: RUF001
        "Case 12345 and others",
        "Case 0007.",
        "Case x/77 and others",
        "Visits to PE1 1HF",
        "Visits to sw1a1aa",
        "Write to someone@council.example",
        "Ring 01733 747474",
        "Ring (01733) 747-474 today",
        "Ring +44 (0)7700 900123",
        "UPN A123456789012",
    ],
)
def test_words_that_could_lead_to_a_person_are_found(text: str) -> None:
    """Identifiers as whole words in any case, postcodes, e-mail addresses, telephone numbers."""
    assert could_lead_to_a_person(text, CHILDREN)


@pytest.mark.parametrize(
    "text",
    [
        "SMALL1234 is a code of another kind",
        "Of 7 children, 12,345 hours in 2020-21, by 31/03/2021",
        "From 01.04.2020 to 31.03.2021 the 2nd of Q1 and the 3rd of Q2",
        "By 31 March 2021 95% of 1,021 reviews in 20 working days, £849,000 in all",
        "Regulation 33(1), paragraph 7.11, code PN1, room 101",
        "X 77",
        "",
    ],
)
def test_ordinary_words_and_numbers_are_let_through(text: str) -> None:
    """Years, dates, money, codes and parts of a longer word are nobody's identifier."""
    assert not could_lead_to_a_person(text, CHILDREN)


def test_priorities_of_this_year_and_the_next_are_read(home: Path) -> None:
    """From the year's own table; words stand on one line, other years' are noted."""
    write_priorities(home.parent / "2019-20", ("2020-21", "Said a year ago."))
    write_priorities(
        home,
        ("2020-21", "Hear  every\nchild.", "done", "All were heard."),
        ("2021/22", "See that plans are kept."),
        ("2020-2021", "Visit before reviews.", "in progress"),
        ("2018-19", "Long ago.", "done"),
        ("next year", "Some day."),
    )
    found = texts(home)
    following = ReportingYear(2022)
    assert found.priorities == (
        Priority(YEAR, "Hear every child.", "done", "All were heard."),
        Priority(following, "See that plans are kept."),
        Priority(YEAR, "Visit before reviews.", "in_progress"),
    )
    rules = {issue.rule: (issue.severity, issue.rows, issue.lines) for issue in found.issues}
    assert rules == {
        "priority-year": (Severity.WARNING, 1, (7,)),
        "priority-other-year": (Severity.NOTE, 1, (6,)),
    }


def test_findings_of_two_years_stand_latest_first(home: Path) -> None:
    """From 1 April of the year before to 31 March."""
    write_findings(
        home,
        ("31/03/2019", "Ofsted", "", "Too long ago."),
        ("01/04/2019", "Ofsted", "Good", "Reviews are in time."),
        ("31/03/2021", "Peers", "", ""),
        ("01/04/2021", "Ofsted", "", "Not yet."),
    )
    found = texts(home)
    assert found.findings == (
        Finding(date(2021, 3, 31), "Peers"),
        Finding(date(2019, 4, 1), "Ofsted", "Good", "Reviews are in time."),
    )
    assert found.findings_missing is Status.OK


def test_a_table_that_is_not_given_not_usable_or_empty_is_told_apart(home: Path) -> None:
    """Not recorded, not available, and nothing found."""
    assert texts(home).findings_missing is Status.NOT_RECORDED
    write_table(home / "service" / "inspections.csv", ["finding"], [])
    assert texts(home).findings_missing is Status.NOT_AVAILABLE
    write_findings(home)
    assert texts(home) == Texts(findings_missing=Status.OK)


def test_a_row_that_could_lead_to_a_child_appears_nowhere(home: Path) -> None:
    """Left out whole, and reported as an error with its file and line, without its words."""
    write_priorities(
        home,
        ("2020-21", "Hear every child.", "done"),
        ("2020-21", "Keep the plan", "done", "Done for small123, who moved."),
        ("2021-22", "Ask 12345 how it went."),
    )
    write_findings(home, ("01/05/2020", "Ofsted", "Good", "A child in PE1 1HF was heard."))
    report = irostats.open("smalltown", "2020-21", data=str(home.parent.parent))
    unsafe = [issue for issue in report.issues if issue.rule == "text-unsafe"]
    assert [(issue.file, issue.lines, issue.severity) for issue in unsafe] == [
        ("2020-21/service/priorities.csv", (3, 4), Severity.ERROR),
        ("2020-21/service/inspections.csv", (2,), Severity.ERROR),
    ]
    shown = [
        report.table(name)
        for name in ("priorities-this-year", "priorities-next-year", "monitoring-findings")
    ]
    everything = json.dumps(
        [
            *map(str, shown),
            str(report.sentence("priorities-headline")),
            *map(str, report.issues),
            report.variables(),
            report.provenance(),
        ]
    ).upper()
    for secret in ("SMALL123", "12345", "WHO MOVED", "PE1", "HOW IT WENT"):
        assert secret not in everything
    this, following, found = shown
    assert isinstance(this, Table)
    assert [row[0] for row in this.rows] == ["Hear every child."]
    assert this.note.startswith("1 priority is counted and not printed")
    assert str(following).startswith("1 priority is counted and not printed")
    assert str(found).endswith("1 finding is left out, because the words could lead to a person.")


def test_words_are_printed_literally(home: Path) -> None:
    """Markdown, HTML and shortcodes in a cell are text."""
    text = "*Hear* <b>all</b> | {{< var reviews.held >}} [x](y)"
    write_priorities(home, ("2020-21", text, "not_done", "1. None"), ("2021-22", "# More"))
    report = irostats.open("smalltown", "2020-21", data=str(home.parent.parent))
    table = report.table("priorities-this-year")
    assert isinstance(table, Table)
    assert r"\*Hear\* \<b\>all\</b\> \| \{\{\< var reviews.held \>\}\}" in table.markdown
    assert "&lt;b&gt;all&lt;/b&gt; | {{&lt; var" in table.html
    assert table.rows == ((text, "Not done", "1. None"),)


def test_without_the_tables_sentences_say_not_recorded(home: Path) -> None:
    """Neither an empty table nor a crash."""
    report = irostats.open("smalltown", "2020-21", data=str(home.parent.parent))
    for name in ("priorities-this-year", "priorities-next-year", "monitoring-findings"):
        thing = report.table(name)
        assert isinstance(thing, Sentence)
        assert str(thing).endswith("not recorded.")
