"""The workbook beside each report says what the report says, and is accessible."""

from __future__ import annotations

import io
import re
import zipfile
from functools import lru_cache
from pathlib import Path

import pytest
from opened import Page, Printed, accessible, opened, page

from irostats.documents import DATA_FILES, TABLES
from whole_reports import SEED_YEARS, Reports

_COUNTS = (": count", ": out of")
_LIMITS = (": lower", ": upper")


@lru_cache
def pages(folder: Path) -> dict[str, Page]:
    """The sheets of a report's workbook, read once."""
    return opened((folder / TABLES).read_bytes())


@lru_cache
def finished(folder: Path) -> Printed:
    """A report's page, read once."""
    return page(folder / "report.html")


def as_printed(page: Page) -> list[list[str]]:
    """A sheet's table as the report prints it: numbers that share a cell there, together again."""
    headings, *rows = page.table
    printed: list[list[str]] = [[] for _ in page.table]
    for n, heading in enumerate(headings):
        column = [row[n] for row in rows]
        if heading.endswith((*_COUNTS, _LIMITS[1])):
            continue
        if headings[n + 1 : n + 2] == [heading + _COUNTS[0]]:
            column = [
                f"{row[n]} ({row[n + 1]} of {row[n + 2]})" if row[n + 1] != "z" else row[n]
                for row in rows
            ]
        if heading.endswith(_LIMITS[0]):
            column = [
                f"{row[n].rstrip('%')} to {row[n + 1]}" if row[n].endswith("%") else row[n]
                for row in rows
            ]
        heading = heading.removesuffix(_LIMITS[0])
        for line, cell in zip(printed, (heading, *column), strict=True):
            line.append("" if cell == "z" else cell)
    return printed


@pytest.mark.parametrize("slug", SEED_YEARS)
def test_every_table_of_the_page_is_in_the_workbook(built: Reports, slug: str) -> None:
    """In the page's order, with the same caption, headings and cells."""
    sheets = pages(built[slug])
    tables = [page for name, page in sheets.items() if name.startswith("Table ")]
    html = finished(built[slug]).tables
    assert [sheet.row(1)[0] for sheet in tables] == [
        re.sub(r"\s", " ", caption) for caption, _ in html
    ]
    for sheet, (_, rows) in zip(tables, html, strict=True):
        assert [[" ".join(cell.split()) for cell in row] for row in as_printed(sheet)] == rows


@pytest.mark.parametrize("slug", SEED_YEARS)
def test_every_chart_has_a_sheet_with_its_numbers(built: Reports, slug: str) -> None:
    """Each number that the alt text reads out stands on the sheet of the same name."""
    sheets = pages(built[slug])
    charts = finished(built[slug]).charts
    figures = [page for name, page in sheets.items() if name.startswith("Figure ")]
    assert [sheet.row(1)[0] for sheet in figures] == [caption for caption, _ in charts]
    for sheet, (_, alt) in zip(figures, charts, strict=True):
        cells = {cell for row in as_printed(sheet)[1:] for cell in row[1:]}
        wanted = {cell for cell in cells if cell not in ("", "c")}
        assert all(cell in alt for cell in wanted), sheet.name


@pytest.mark.parametrize("slug", SEED_YEARS)
def test_the_workbook_is_accessible(built: Reports, slug: str) -> None:
    """No merged cells, no blank rows, one marked table a sheet, cover first."""
    assert accessible((built[slug] / TABLES).read_bytes()) == []


@pytest.mark.parametrize("slug", SEED_YEARS)
def test_every_symbol_that_is_used_is_explained(built: Reports, slug: str) -> None:
    """On the sheet Notes, and none that is not used."""
    sheets = pages(built[slug])
    explained = {row[0] for row in sheets["Notes"].table[1:]}
    known = {"c", "z", "low", "none"} | {
        f"not {word}" for word in ("available", "recorded", "assessable", "applicable")
    }
    used = {
        cell
        for name, page in sheets.items()
        if name.startswith(("Table", "Figure", "Summary", "Definitions"))
        for row in page.table[1:]
        for cell in row
    }
    assert explained & known == used & known


def test_numbers_are_numbers(built: Reports) -> None:
    """A count of reviews can be added up, a percentage averaged."""
    page = next(
        p
        for p in pages(built["york"]).values()
        if "Reviews held on time, by quarter" in p.row(1)[0]
    )
    kinds = [
        [page.cells[row, n].is_number for n in range(2, 8)]
        for row in range(page.last_row - 4, page.last_row + 1)
    ]
    assert kinds == [[True] * 6] * 5


def test_the_cover_says_what_it_is(built: Reports) -> None:
    """Whose tables, that the data are made up, how small numbers are treated, whom to ask."""
    cover = pages(built["york"])["Cover"]
    text = "\n".join(cell.text for cell in cover.cells.values())
    for words in (
        "York",
        "2016-17",
        "Synthetic data",
        "Small numbers",
        "Contact",
        "Status of the return",
        "Open Government Licence",
    ):
        assert words in text, words


def test_properties_are_those_of_the_report(built: Reports) -> None:
    """Title, author, language, and no time but the build's."""
    with zipfile.ZipFile(built["york"] / TABLES) as package:
        core = package.read("docProps/core.xml").decode()
        stamps = {entry.date_time for entry in package.infolist()}
    assert "<dc:language>en-GB</dc:language>" in core
    assert "York: tables of the annual report" in core
    assert set(re.findall(r"W3CDTF\">([^<]+)<", core)) == {"2022-01-01T00:00:00Z"}
    assert stamps == {(2022, 1, 1, 0, 0, 0)}


def test_every_build_makes_the_data_files(built: Reports) -> None:
    """Beside the documents."""
    assert all((built["york"] / name).is_file() for name in DATA_FILES)


def planted(content: bytes, part: str, old: str, new: str) -> bytes:
    """The workbook with a fault in one of its parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(file, "w") as after:
        for entry in before.infolist():
            text = before.read(entry)
            if entry.filename == part:
                changed = re.sub(old.encode(), new.encode(), text, count=1, flags=re.DOTALL)
                assert changed != text
                text = changed
            after.writestr(entry.filename, text)
    return file.getvalue()


SHEET = "xl/worksheets/sheet6.xml"


@pytest.mark.parametrize(
    ("part", "old", "new", "fault"),
    [
        (
            SHEET,
            "</sheetData>",
            '</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
            "merged cells",
        ),
        (SHEET, r'<row r="2".*?</row>', "", "blank row"),
        (SHEET, r'<c r="B9"([^>]*)>.*?</c>', "", "empty cell"),
        (SHEET, r'<c r="B9"([^>]*)>', r'<c r="B9"\1><f>1+1</f>', "formula"),
        (SHEET, r"<tableParts.*</tableParts>", "", "0 tables"),
        ("xl/workbook.xml", 'name="Cover"', 'name="Start"', "order"),
    ],
)
def test_each_fault_is_found(built: Reports, part: str, old: str, new: str, fault: str) -> None:
    """The check for accessibility fails on a workbook with the fault planted."""
    content = planted((built["york"] / TABLES).read_bytes(), part, old, new)
    assert any(fault in found for found in accessible(content))


def test_a_number_that_differs_from_the_page_is_found(built: Reports) -> None:
    """The comparison with the page fails where a cell of the workbook has another number."""
    content = (built["york"] / TABLES).read_bytes()
    page = opened(planted(content, SHEET, r"<v>205</v>", "<v>206</v>"))["Table 2"]
    _, rows = finished(built["york"]).tables[1]
    assert as_printed(page) != rows
