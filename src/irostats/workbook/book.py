"""The workbook as bytes: the same for the same report and the same build time."""

from __future__ import annotations

import io
import textwrap
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from irostats.formulas import printable
from irostats.present.items import Table
from irostats.workbook import about
from irostats.workbook.sheets import Sheet, sheets
from irostats.workbook.values import Grid, Value, grid
from irostats.workbook.writer import Cover, GPTable, Workbook, Worksheet, quietly

if TYPE_CHECKING:
    from irostats.report import Report

LANGUAGE = "en-GB"
NARROWEST, WIDEST_NUMBER, WIDEST_TEXT, WIDEST_PROSE = 11, 18, 52, 100
"""Characters that a column is wide: at the least; at the most if it holds numbers, words, prose."""
COVER_WIDTH, CONTENTS_WIDTHS = 95, (16, 110)
PROSE = 200
"""Characters from which a cell is prose."""
LINE = 16.0
"""Points: the height of a line of 12 point type."""
PER_WIDTH = 1.05
"""Characters of 12 point Arial in a unit of width, at the least; a unit is a digit of Calibri."""
A4 = 9
_NO_GUESSING = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def workbook(report: Report, root: Path, built_at: datetime) -> bytes:
    """tables.xlsx of a report.

    Args:
        report: Whose tables and charts.
        root: The project folder, whose documents say which tables are printed.
        built_at: Stated time of the build, the only one in the file.
    """
    shown = sheets(report, root)
    file = io.BytesIO()
    book = Workbook(file, options=_NO_GUESSING)
    book.set_properties(_properties(report, built_at))
    with quietly():
        _written(book, report, shown)
    book.close()
    return _sealed(file.getvalue(), built_at)


def _written(book: Workbook, report: Report, shown: Sequence[Sheet]) -> None:
    cover = Cover(
        title=about.title(report),
        intro=about.introduction(report),
        about=about.about(report),
        contact=about.contact(report),
        width=COVER_WIDTH,
    )
    front = (about.notes(report, shown), about.definitions(report, shown))
    marks = about.titles(report)
    laid_out = {
        **{
            table.caption.partition(":")[0]: (_laid_out(table.caption, table, marks), grid(table))
            for table in front
            if table.rows
        },
        **{
            sheet.name: (_laid_out(sheet.title, sheet.table, marks, sheet), grid(sheet.table))
            for sheet in shown
        },
    }
    page = book.add_worksheet(cover.cover_label)
    page.write_cover(cover)
    lines = [cover.title, "", *cover.intro, "", *cover.about, "", *cover.contact]
    for n, line in enumerate(lines[1:], start=1):
        page.set_row(n, max(LINE, _height([line], [COVER_WIDTH])) + 4)
    _paged(page, report)
    tables = {name: table for name, (table, _) in laid_out.items()}
    _contents(book, tables, report)
    for name, (table, cells) in laid_out.items():
        page = book.add_worksheet(name)
        page.write_gptable(table, auto_width=False)
        _sized(page, cells, table.data_range[0])
        page.repeat_rows(table.data_range[0])
        _paged(page, report)


def _properties(report: Report, built_at: datetime) -> dict[str, object]:
    council = printable(report.authority.identity.council)
    return {
        "title": printable(about.title(report)),
        "subject": "; ".join(about.titles(report)),
        "company": council,
        "comments": f"Status of the return: {report.settings.status}.",
        "created": built_at.replace(tzinfo=None),
    }


def _laid_out(
    title: str, table: Table, marks: Sequence[str], sheet: Sheet | None = None
) -> GPTable:
    """A table with what stands above it: marks, where it starts, notes, source."""
    cells = grid(table)
    notes = list(sheet.notes) if sheet else []
    # Title, marks, instructions, notes, source: then the headings, on the next row.
    first = 1 + len(marks) + 1 + len(notes) + bool(sheet and sheet.source) + 1
    return GPTable(
        table=pd.DataFrame(list(cells.rows), columns=list(cells.columns), dtype="object"),
        table_name="".join(letter for letter in title.partition(":")[0] if letter.isalnum()),
        title=title,
        subtitles=list(marks),
        instructions=f"This sheet holds one table, which starts in cell A{first}."
        + (" Symbols are explained on the sheet Notes." if sheet else ""),
        legend=notes,
        source=sheet.source if sheet else None,
        index_columns={level + 1: level for level in range(min(cells.headings, 3))},
        additional_formatting=_aligned(cells),
    )


def _aligned(cells: Grid) -> list[dict[str, object]]:
    """Numbers, the symbols among them and their headings to the right; rows to the top."""
    right = {"columns": list(cells.numbers), "format": {"align": "right"}, "include_names": True}
    every = {"columns": list(range(len(cells.columns))), "format": {"valign": "top"}}
    rules: list[dict[str, object]] = [{"column": every}]
    return [*rules, {"column": right}] if cells.numbers else rules


def _contents(book: Workbook, tables: dict[str, GPTable], report: Report) -> None:
    contents = book.make_table_of_contents(
        tables,
        title="Contents",
        subtitles=list(about.titles(report)),
        column_names=["Sheet", "What it shows"],
        instructions="This sheet holds one table: the other sheets, with a link to each.",
    )
    contents.table.iloc[:, 1] = [Value(table.title) for table in tables.values()]
    page = book.add_worksheet("Contents")
    page.write_gptable(contents, auto_width=False)
    for n, width in enumerate(CONTENTS_WIDTHS):
        page.set_column(n, n, width)
    # Long titles wrap; not every program finds how high a row is then.
    for n, table in enumerate(tables.values(), start=contents.data_range[0] + 1):
        page.set_row(n, _height([str(table.title)], CONTENTS_WIDTHS[1:]))
    _paged(page, report)


def _sized(page: Worksheet, cells: Grid, first: int) -> None:
    """Columns as wide as their longest cell, within limits; rows as high as text then wraps.

    Heights are said, because not every program finds them when it opens a file.
    """
    widths = [_width(cells, n) for n in range(len(cells.columns))]
    for n, width in enumerate(widths):
        page.set_column(n, n, width)
    lines = [cells.columns, *([cell.text for cell in row] for row in cells.rows)]
    for n, line in enumerate(lines, start=first):
        page.set_row(n, _height(line, widths))


def _width(cells: Grid, n: int) -> float:
    longest = max(len(row[n].text) for row in cells.rows)
    if n in cells.numbers:
        needed = max(longest, min(len(cells.columns[n]), WIDEST_NUMBER))
        return float(min(max(needed / PER_WIDTH, NARROWEST), WIDEST_NUMBER))
    most = WIDEST_PROSE if longest >= PROSE else WIDEST_TEXT
    needed = max(longest, len(cells.columns[n]))
    return float(min(max(needed / PER_WIDTH + 1, NARROWEST), most))


def _height(line: Sequence[str], widths: Sequence[float]) -> float:
    """Points that a row takes, with its longest cell wrapped between words."""
    wrapped = (
        len(textwrap.wrap(text, max(1, int(width * PER_WIDTH))) or [""])
        for text, width in zip(line, widths, strict=True)
    )
    return LINE * max(wrapped)


def _paged(page: Worksheet, report: Report) -> None:
    """Landscape A4, as wide as one page, with the marks on every page that is printed."""
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    said = " ".join(about.titles(report)).replace("&", "&&")
    if said:
        page.set_header(f"&C{said}")
        page.set_footer(f"&L{said}&R&P")


def _sealed(content: bytes, built_at: datetime) -> bytes:
    """The package with its language said, and every part dated by the build.

    XlsxWriter has no property for the language, by which screen readers choose their voice.
    """
    stamp = max(built_at.timetuple()[:6], (1980, 1, 1, 0, 0, 0))
    sealed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(sealed, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for entry in before.infolist():
            part = before.read(entry)
            if entry.filename == "docProps/core.xml":
                language = f"<dc:language>{LANGUAGE}</dc:language></cp:coreProperties>"
                part = part.replace(b"</cp:coreProperties>", language.encode())
            info = zipfile.ZipInfo(entry.filename, stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(info, part)
    return sealed.getvalue()
