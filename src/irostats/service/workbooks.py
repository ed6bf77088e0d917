"""Workbooks (XLSX, XLS, ODS) as rows of text: nothing in them is evaluated.

A workbook's reader makes room for every cell up to the furthest one. One cell far out would take
all memory and end the program, so sizes are looked at before it is opened.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
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
MAX_PARTS = 2000
MAX_CELLS = 4_000_000
"""Most cells of a sheet, blank ones up to the furthest included."""
CHARACTERS_A_CELL = 500
"""What a cell may hold, on the average of a workbook, before it counts as more than one."""
_TEXTS = "xl/sharedStrings.xml"
_XLSX_SHARED = re.compile(rb't="s"')
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# A tag's length has a limit, so that one that never ends is not searched from each that begins.
_XLSX_CELL = re.compile(
    rb'<(?:\w{1,20}:)?c\s(?:[^<>]{0,300}?\s)?r="([A-Z]{1,3})(\d{1,7})"[^<>]{0,300}(?<!/)>'
)
_XLSX_ANY = re.compile(rb"<(?:\w{1,20}:)?c(?:\s[^<>]{0,300})?(?<!/)>")
_XLSX_ROW = re.compile(rb'<(?:\w{1,20}:)?row\s(?:[^<>]{0,300}?\s)?r="(\d{1,7})"')
_XLSX_TEXT = re.compile(rb"<(?:\w{1,20}:)?si[\s>]")
_ODS_PART = re.compile(
    rb"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^<>]{0,5000})>"
)
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
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height * sheet.total_width > MAX_CELLS:  # an .xls says so only when it is open
        raise ValueError
    rows = sheet.to_python(skip_empty_area=False)
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
            if len(infos) > MAX_PARTS:
                return _TOO_LARGE
            if any(info.flag_bits & 0x1 for info in infos):
                return "the workbook is protected by a password; save it without one."
            if sum(info.file_size for info in infos) > MAX_UNZIPPED:
                return _TOO_LARGE
            names = [info.filename for info in infos]
            too_large = _size(archive, names) > MAX_CELLS
    except Exception:  # noqa: BLE001 - a damaged archive raises what its damage makes it raise
        return DAMAGED
    return _TOO_LARGE if too_large else ""


def _size(archive: zipfile.ZipFile, names: list[str]) -> int:
    """Cells of all sheets up to the last row and column that hold something.

    Text that many cells share, which each of them would hold anew, counts by its length.
    """
    cells = shared = 0
    for name in names:
        if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
            content = archive.read(name)
            cells += _xlsx_area(content)
            shared += len(_XLSX_SHARED.findall(content))
        elif name == "content.xml":
            cells += _ods_area(archive.read(name))
        if cells > MAX_CELLS:
            return cells
    longest = max((_longest(archive.read(name)) for name in names if name == _TEXTS), default=0)
    return max(cells, shared * longest // CHARACTERS_A_CELL)


def _longest(content: bytes) -> int:
    """The length of the longest text that cells share, with its tags."""
    starts = [found.start() for found in _XLSX_TEXT.finditer(content)]
    return max((b - a for a, b in zip(starts, [*starts[1:], len(content)], strict=True)), default=0)


def _xlsx_area(content: bytes) -> int:
    across = down = 0
    placed = _XLSX_CELL.findall(content)
    every = len(_XLSX_ANY.findall(content))
    if every > len(placed):  # a cell that does not say where it is follows the one before
        across, down = every, max(map(int, _XLSX_ROW.findall(content)), default=0)
    for letters, row in placed:
        number = 0
        for letter in letters:
            number = number * 26 + letter - 64
        across, down = max(across, number), max(down, int(row))
    return across * down


def _ods_area(content: bytes) -> int:
    total = row = repeated = column = across = down = 0
    parts = list(_ODS_PART.finditer(content))
    ends = [part.start() for part in parts[1:]] + [len(content)]
    for found, end in zip(parts, ends, strict=True):
        if found[1] == b"table":
            total += across * down
            row = repeated = across = down = 0
            continue
        times = int(number[1]) if (number := _ODS_REPEATED.search(found[2])) else 1
        if found[1] == b"table-row":
            row, repeated, column = row + repeated, times, 0
            continue
        column += times
        if _ODS_VALUE.search(found[2]):
            across, down = max(across, column), row + repeated
            total += times * repeated * (end - found.start()) // CHARACTERS_A_CELL
    return total + across * down
