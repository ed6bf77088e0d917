"""Workbooks (XLSX, XLS, ODS) as rows of text: nothing in them is evaluated.

A workbook's reader makes room for every cell up to the furthest one. One cell far out would take
all memory and end the program, so sizes are looked at before it is opened.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from irostats.service.sheets import Sheet

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
MAX_BYTES = 32 * 2**20
"""Largest workbook that is opened; a year's tables have some hundred kilobytes."""
MAX_UNZIPPED = 256 * 2**20
MAX_CELLS = 4_000_000
"""Most cells of a sheet, blank ones up to the furthest included."""
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_XLSX_CELL = re.compile(rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')
_ODS_PART = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*)>")
_ODS_REPEATED = re.compile(rb'table:number-(?:rows|columns)-repeated="(\d{1,9})"')
_ODS_VALUE = re.compile(rb"office:(?:\w+-)?value")
DAMAGED = "the file is no workbook, or a damaged one."
_TOO_LARGE = (
    f"the workbook is larger than irostats opens ({MAX_BYTES // 2**20} MB, or a sheet of "
    f"{MAX_CELLS:,} cells up to its furthest one)."
)


@dataclass(frozen=True, slots=True)
class Workbook:
    """Sheets by name, in order; those that are hidden; why there are none, if so."""

    sheets: Mapping[str, Sheet]
    hidden: frozenset[str] = frozenset()
    refused: str = ""


def is_workbook(data: bytes) -> bool:
    """Whether bytes are a workbook, whatever the file's name says."""
    return data.startswith((ZIP, OLE))


def read_workbook(data: bytes) -> Workbook:
    """Every sheet of a workbook as text, or why it cannot be read; nothing is raised."""
    refused = _refusal(data)
    if refused:
        return Workbook({}, refused=refused)
    # Calamine is compiled, and only those who keep workbooks need it.
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    try:
        with CalamineWorkbook.from_object(io.BytesIO(data)) as book:
            known = [sheet for sheet in book.sheets_metadata if sheet.name in book.sheet_names]
            hidden = {s.name for s in known if s.visible is not SheetVisibleEnum.Visible}
            return Workbook({s.name: _sheet(book, s.name) for s in known}, frozenset(hidden))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001 - a damaged one can make the compiled reader panic
        return Workbook({}, refused=DAMAGED)


def _sheet(book: CalamineWorkbook, name: str) -> Sheet:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    records = [[text_of(cell) for cell in row] for row in rows]
    return Sheet(records, range(1, len(records) + 1), columns_certain=True)


def text_of(cell: Any) -> str:
    """A typed cell as the text that a CSV file would hold.

    >>> text_of(4711.0), text_of(0.6), text_of(True), text_of(datetime(2021, 3, 31))
    ('4711', '0.6', 'true', '2021-03-31')
    """
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return str(cell.date()) if cell.time() == time.min else cell.isoformat(sep=" ")
    return str(cell)


def _refusal(data: bytes) -> str:
    """Why a workbook is not opened, or empty."""
    if len(data) > MAX_BYTES:
        return _TOO_LARGE
    if data.startswith(OLE):
        locked = "the workbook is protected by a password; save it without one."
        return locked if _ENCRYPTED in data else ""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if any(info.flag_bits & 0x1 for info in infos):
                return "the workbook is protected by a password; save it without one."
            if sum(info.file_size for info in infos) > MAX_UNZIPPED:
                return _TOO_LARGE
            names = [info.filename for info in infos]
            too_large = any(area > MAX_CELLS for area in _areas(archive, names))
    except Exception:  # noqa: BLE001 - a damaged archive raises what its damage makes it raise
        return DAMAGED
    return _TOO_LARGE if too_large else ""


def _areas(archive: zipfile.ZipFile, names: list[str]) -> Iterator[int]:
    """Cells of each sheet up to the last row and column that hold something."""
    for name in names:
        if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
            yield _xlsx_area(archive.read(name))
        elif name == "content.xml":
            yield from _ods_areas(archive.read(name))


def _xlsx_area(content: bytes) -> int:
    across = down = 0
    for letters, row in _XLSX_CELL.findall(content):
        number = 0
        for letter in letters:
            number = number * 26 + letter - 64
        across, down = max(across, number), max(down, int(row))
    return across * down


def _ods_areas(content: bytes) -> Iterator[int]:
    row = repeated = column = across = down = 0
    for part, attributes in _ODS_PART.findall(content):
        if part == b"table":
            yield across * down
            row = repeated = across = down = 0
            continue
        found = _ODS_REPEATED.search(attributes)
        times = int(found[1]) if found else 1
        if part == b"table-row":
            row, repeated, column = row + repeated, times, 0
            continue
        column += times
        if _ODS_VALUE.search(attributes):
            across, down = max(across, column), row + repeated
    yield across * down
