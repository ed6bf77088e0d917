"""Service tables as CSV and as workbooks: the same rows, and one place for each table."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from irostats import opening
from irostats.calendar import ReportingYear
from irostats.issues import Issue
from irostats.service import TABLES, ServiceTables, read_service
from irostats.service import workbooks as size
from made_workbook import Cell, ods, ods_of, xls, xlsx, zipped

YEAR = ReportingYear(2021)
HEADINGS: list[Cell] = ["id", "child_id", "raised", "category", "closed"]
GUIDE: list[Cell] = ["# A number for the alert.", "Who", "Day", "What", "Day"]
ALERTS: list[list[Cell]] = [
    HEADINGS,
    ["7", "0042", date(2020, 5, 1), "care plan", date(2020, 6, 2)],
    ["8", None, date(2020, 9, 30), "drift", None],
]
CSV = (
    "id,child_id,raised,category,closed\n"
    "7,0042,01/05/2020,care plan,2020-06-02\n"
    "8,,30/09/2020,drift,\n"
)
CONFERENCES: list[list[Cell]] = [
    ["date", "type", "in_time"],
    [datetime(2020, 5, 1, 9, 30), "icpc", True],
    [date(2020, 5, 2), "RCPC", False],
]
MAKE: dict[str, Callable[..., bytes]] = {"xlsx": xlsx, "ods": ods, "xls": xls}


def reading(tmp_path: Path, **files: bytes | str) -> ServiceTables:
    """Read files from a service folder; ``__`` in a name is a full stop."""
    folder = tmp_path / "2020-21" / "service"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / name.replace("__", ".")).write_bytes(data)
    return reading_again(tmp_path)


def reading_again(tmp_path: Path) -> ServiceTables:
    """Read the folder as it is."""
    return read_service(tmp_path / "2020-21" / "service", year=YEAR, relative_to=tmp_path)


def plain(found: ServiceTables, name: str) -> pd.DataFrame:
    """A table without where it came from."""
    return found.tables[name].drop(columns=["FILE", "LINE"])


def told(found: ServiceTables) -> list[tuple[str, str, str]]:
    """Severity, rule and table of each issue."""
    return [(issue.severity.value, issue.rule, issue.table) for issue in found.issues]


def only(found: ServiceTables) -> Issue:
    """The one issue."""
    (issue,) = found.issues
    return issue


@pytest.mark.parametrize("kind", MAKE)
@pytest.mark.parametrize("sheet", ["alerts", "Alerts", "Sheet1"])
def test_a_workbook_gives_what_its_csv_gives(tmp_path: Path, kind: str, sheet: str) -> None:
    """Dates, numbers and text, in a sheet of any name if the file is named after its table."""
    from_csv = reading(tmp_path / "a", alerts__csv=CSV)
    from_book = reading(tmp_path / "b", **{f"alerts__{kind}": MAKE[kind]({sheet: ALERTS})})
    pd.testing.assert_frame_equal(plain(from_csv, "alerts"), plain(from_book, "alerts"))
    assert from_book.issues == ()
    assert from_book.tables["alerts"]["LINE"].tolist() == [2, 3]
    assert [(file.table, file.rows, file.left_out) for file in from_book.files] == [
        ("alerts", 2, 0)
    ]


def test_one_workbook_may_hold_several_tables(tmp_path: Path) -> None:
    """As sheets named after them, whatever the file is called; other sheets are told."""
    book = xlsx({"Alerts": ALERTS, "conferences": CONFERENCES, "confrences": [["x"]], "empty": []})
    found = reading(tmp_path, records__xlsx=book)
    assert found.years == {"alerts": frozenset({YEAR}), "conferences": frozenset({YEAR})}
    assert found.tables["conferences"]["in_time"].tolist() == ["yes", "no"]
    assert found.tables["conferences"]["date"].dt.normalize().tolist() == [
        pd.Timestamp("2020-05-01"),
        pd.Timestamp("2020-05-02"),
    ]
    assert only(found).rule == "service-sheet-unread"
    assert "1 sheet is not" in only(found).message
    assert "Did you mean 'conferences'?" in only(found).message


def test_the_first_sheet_with_the_tables_headings_is_used(tmp_path: Path) -> None:
    """Not a cover sheet before it, nor one that is hidden; a title above the headings is none."""
    sheets: dict[str, list[list[Cell]]] = {
        "Old": [HEADINGS, ["1", None, date(2020, 4, 1), None, None]],
        "Cover": [["Alerts of the service"], ["Made in April"]],
        "Data": [["Alerts 2020-21"], [], *ALERTS],
    }
    found = reading(tmp_path, alerts__xlsx=xlsx(sheets, hidden=["Old"]))
    assert found.tables["alerts"]["id"].tolist() == ["7", "8"]
    assert found.tables["alerts"]["LINE"].tolist() == [4, 5]


def test_numbers_keep_no_decimals_that_nobody_typed(tmp_path: Path) -> None:
    """An identifier that a spreadsheet holds as a number is text without a point."""
    rows: list[list[Cell]] = [["iro_id", "fte", "establishment_fte"], [12.0, 0.6, 1]]
    found = reading(tmp_path, iro_staff__xlsx=xlsx({"iro_staff": rows}))
    staff = found.tables["iro_staff"].iloc[0]
    assert (staff["iro_id"], staff["fte"], staff["establishment_fte"]) == ("12", 0.6, 1.0)


def test_a_cell_beside_the_table_does_not_cost_the_row(tmp_path: Path) -> None:
    """In a workbook each cell has its column; in a CSV file a comma too many moves them."""
    rows: list[list[Cell]] = [ALERTS[0], [*ALERTS[1], None, "a remark"], ALERTS[2]]
    assert len(reading(tmp_path / "a", alerts__xlsx=xlsx({"a": rows})).tables["alerts"]) == 2
    found = reading(tmp_path / "b", alerts__csv=CSV.replace("02\n", "02,,a remark\n"))
    assert len(found.tables["alerts"]) == 1
    assert told(found) == [("warning", "service-row-broken", "alerts")]


@pytest.mark.parametrize("other", ["alerts__xlsx", "records__xlsx", "alerts__ods", "alerts__xls"])
def test_a_table_in_two_files_is_used_from_neither(tmp_path: Path, other: str) -> None:
    """To prefer one would be a guess: an error names both, and its figures are not available."""
    book = MAKE[other.partition("__")[2]]({"alerts": ALERTS})
    found = reading(tmp_path, alerts__csv=CSV, **{other: book})
    assert told(found) == [("error", "service-table-twice", "alerts")]
    assert "2020-21/service/alerts.csv" in only(found).message
    assert other.replace("__", ".") in only(found).message
    assert "alerts" not in found.tables
    assert found.unusable == {"alerts": frozenset({YEAR})}
    assert sorted((file.rows, file.left_out) for file in found.files) == [(2, 2), (2, 2)]


def test_two_sheets_of_one_table_are_used_from_neither(tmp_path: Path) -> None:
    """Names differ by case or a space only."""
    found = reading(tmp_path, records__xlsx=xlsx({"alerts": ALERTS, "Alerts ": ALERTS}))
    assert told(found) == [("error", "service-table-twice", "alerts")]


def replaced(book: bytes, old: str, new: str) -> bytes:
    """A workbook with some XML of its first sheet replaced."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(old, new)
    return zipped(parts)


FAR = '<row r="1048576"><c r="XFD1048576"><v>3</v></c></row></sheetData>'
FAR_ODS = (
    '<table:table table:name="alerts"><table:table-row table:number-rows-repeated="1000000">'
    '<table:table-cell table:number-columns-repeated="100" office:value-type="float" '
    'office:value="1"/></table:table-row></table:table>'
)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04 and no more", "damaged"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "damaged"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"<html><table></table></html>", "web page"),
        (zipped({"notes.txt": "hello"}), "damaged"),
        (replaced(xlsx({"alerts": ALERTS}), "</sheetData>", FAR), "larger than"),
        (ods_of(FAR_ODS), "larger than"),
        (xlsx({"alerts": []}), "empty"),
        (xlsx({"alerts": [["id", "child_id"], ["1", "2"]]}), "no column raised"),
        (xlsx({"disputes": [["id"]], "budget": [["year", "gbp"]]}), "no sheet"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_an_error_without_a_traceback(
    tmp_path: Path, data: bytes, says: str
) -> None:
    """Its table is not available, which is not the same as not kept; the others are read."""
    found = reading(tmp_path, alerts__xlsx=data, referrals__csv="date,type\n01/05/2020,cafcass\n")
    issue = next(issue for issue in found.issues if issue.table == "alerts")
    assert (issue.severity, issue.rule) == ("error", "service-table-unusable")
    assert says in issue.message
    assert issue.next_step
    assert "alerts" in found.unusable
    assert len(found.tables["referrals"]) == 1


def test_a_workbook_of_any_name_that_cannot_be_read_may_hold_any_table(tmp_path: Path) -> None:
    """No table that no other file holds can then be said not to be kept."""
    found = reading(tmp_path, records__xlsx=b"PK\x03\x04", alerts__csv=CSV)
    assert told(found) == [("error", "service-file-unreadable", "")]
    assert found.unusable.keys() == set(TABLES) - {"alerts"}
    assert len(found.tables["alerts"]) == 2


def test_a_workbook_larger_than_the_limit_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its size on disk, and by its size unpacked."""
    book = xlsx({"alerts": ALERTS})
    for name in ("MAX_BYTES", "MAX_UNZIPPED"):
        with monkeypatch.context() as patch:
            patch.setattr(size, name, 100)
            assert "larger than" in only(reading(tmp_path, alerts__xlsx=book)).message


def test_empty_cells_far_out_are_no_reason_to_refuse() -> None:
    """Spreadsheet programs write formats, and blank rows, to the end of a sheet."""
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    assert not size.read_workbook(replaced(xlsx({"a": ALERTS}), "</sheetData>", far)).refused
    rest = (
        '<table:table table:name="a"><table:table-row><table:table-cell '
        'office:value-type="float" office:value="1"/><table:table-cell '
        'table:number-columns-repeated="16383"/></table:table-row><table:table-row '
        'table:number-rows-repeated="1048575"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    book = size.read_workbook(ods_of(rest))
    assert (book.refused, [list(row) for row in book.sheets["a"].records]) == ("", [["1"]])


def test_what_a_file_is_its_first_bytes_say(tmp_path: Path) -> None:
    """Case systems call CSV text .xls, and people rename workbooks."""
    found = reading(tmp_path, alerts__xls=CSV, conferences__csv=xlsx({"x": CONFERENCES}))
    assert len(found.tables["alerts"]) == len(found.tables["conferences"]) == 2


@pytest.mark.parametrize("name", ["alrets__xlsx", "notes__txt", "alrets__csv"])
def test_a_file_of_no_table_is_told_with_the_nearest(tmp_path: Path, name: str) -> None:
    """In the kind of file that it is."""
    book = xlsx({"Sheet1": ALERTS}) if name.endswith("xlsx") else b"x"
    issue = only(reading(tmp_path, **{name: book}))
    assert (issue.severity, issue.rule) == ("warning", "service-file-unknown")
    if name != "notes__txt":
        assert f"Did you mean 'alerts.{name.partition('__')[2]}'?" in issue.message


def test_a_file_that_cannot_be_opened_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A spreadsheet program may hold it."""
    assert reading(tmp_path, alerts__csv=CSV).issues == ()

    def held(path: Path) -> None:
        raise PermissionError(13, "held", str(path))

    monkeypatch.setattr(opening, "_opened", held)
    issue = only(reading_again(tmp_path))
    assert "cannot be opened" in issue.message
    assert "Close it" in issue.next_step


def test_headings_that_occur_twice_are_told(tmp_path: Path) -> None:
    """The first counts; a case system's second name for the same thing is no second column."""
    found = reading(tmp_path, alerts__csv="id,raised,raised\n1,01/05/2020,02/05/2020\n")
    assert found.tables["alerts"]["raised"].tolist() == [pd.Timestamp("2020-05-01")]
    assert told(found) == [("warning", "service-heading-twice", "alerts")]
    local = reading(tmp_path / "b", reviews_local__csv="clar_cla_id,clar_person_id\nC9,P1\n")
    assert local.tables["reviews_local"]["child_id"].tolist() == ["P1"]
    assert local.issues == ()


def test_a_file_with_none_of_the_tables_columns_gives_no_rows(tmp_path: Path) -> None:
    """Not even in a table that needs none of them."""
    found = reading(tmp_path, iro_staff__csv="name,grade\nx,1\n")
    assert told(found) == [("error", "service-table-unusable", "iro_staff")]


FORMS = ["csv", *MAKE]


def table(form: str, *rows: list[Cell]) -> dict[str, bytes]:
    """The alerts in one form."""
    if form == "csv":
        text = "\n".join(",".join(f'"{cell or ""}"' for cell in row) for row in rows)
        return {"alerts__csv": text.encode()}
    return {f"alerts__{form}": MAKE[form]({"alerts": rows})}


@pytest.mark.parametrize("form", FORMS)
def test_a_template_that_nobody_filled_in_is_not_kept(tmp_path: Path, form: str) -> None:
    """It would count as none; a note says how to say none."""
    found = reading(tmp_path, **table(form, HEADINGS, GUIDE))
    assert told(found) == [("note", "service-template", "alerts")]
    assert "alerts print not recorded" in only(found).message
    assert "delete the guide row to say that there was none" in only(found).next_step
    assert (found.tables, found.years, found.unusable, found.files) == ({}, {}, {}, ())
    assert found.templates == {"alerts": frozenset({YEAR})}


@pytest.mark.parametrize("form", FORMS)
def test_a_guide_row_above_rows_is_passed_over(tmp_path: Path, form: str) -> None:
    """The table is kept, and line numbers are those of the file."""
    found = reading(tmp_path, **table(form, HEADINGS, GUIDE, ["8", None, "30/09/2020", "x", None]))
    assert found.tables["alerts"]["LINE"].tolist() == [3]
    assert found.issues == ()


@pytest.mark.parametrize("form", FORMS)
def test_headings_alone_say_none(tmp_path: Path, form: str) -> None:
    """Kept, without a row."""
    found = reading(tmp_path, **table(form, HEADINGS))
    assert found.tables["alerts"].empty
    assert found.years == {"alerts": frozenset({YEAR})}
    assert found.issues == ()


def test_an_identifier_that_looks_like_a_guide_is_a_row(tmp_path: Path) -> None:
    """``# 12`` is a number that somebody gave an alert; and a guide stands first only."""
    found = reading(tmp_path, alerts__csv="id,raised\n# 12,01/05/2020\n# twelve,02/05/2020\n")
    assert found.tables["alerts"]["id"].tolist() == ["# 12", "# twelve"]


def test_a_template_beside_a_filled_workbook_is_no_second_table(tmp_path: Path) -> None:
    """Whoever fills in a workbook need not delete the template first."""
    guide = "id,child_id,raised\n# A number,Who,Day\n"
    found = reading(tmp_path, alerts__csv=guide, alerts__xlsx=xlsx({"alerts": ALERTS}))
    assert len(found.tables["alerts"]) == 2
    assert (found.issues, found.templates) == ((), {})
    assert [file.path for file in found.files] == ["2020-21/service/alerts.xlsx"]
