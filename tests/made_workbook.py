"""Workbooks made by hand, so that tests need no library that writes them."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from xml.sax.saxutils import escape, quoteattr

Cell = str | float | bool | date | None
Sheets = Mapping[str, Sequence[Sequence[Cell]]]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/>'
    "</cellXfs></styleSheet>"
)
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)


def column(number: int) -> str:
    """The letters of a column, 0 being A."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _serial(day: date) -> float:
    whole = float((date(day.year, day.month, day.day) - date(1899, 12, 30)).days)
    if isinstance(day, datetime):
        return whole + (day.hour * 3600 + day.minute * 60 + day.second) / 86400
    return whole


def _cell(value: Cell, where: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{where}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, date):
        return f'<c r="{where}" s="1"><v>{_serial(value)}</v></c>'
    if isinstance(value, str):
        text = escape(value)
        return f'<c r="{where}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f'<c r="{where}"><v>{value}</v></c>'


def zipped(parts: Mapping[str, str]) -> bytes:
    """Texts in a zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            # A reader knows an ODS by its first member, which is not compressed.
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, text, stored)
    return buffer.getvalue()


def xlsx(sheets: Sheets, *, hidden: Sequence[str] = (), extra: Mapping[str, str] = {}) -> bytes:
    """An XLSX workbook of these sheets; a date is a number shown as a date, as Excel keeps it."""
    numbered = list(enumerate(sheets.items(), start=1))
    state = dict.fromkeys(hidden, ' state="hidden"')
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"{state.get(name, "")}/>'
        for n, (name, _) in numbered
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/worksheet" '
        f'Target="worksheets/sheet{n}.xml"/>'
        for n, _ in numbered
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{listed}'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}'
        f'<Relationship Id="rId0" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
    }
    for n, (_, rows) in numbered:
        body = "".join(
            f'<row r="{r}">'
            + "".join(_cell(value, f"{column(c)}{r}") for c, value in enumerate(row))
            + "</row>"
            for r, row in enumerate(rows, start=1)
        )
        parts[f"xl/worksheets/sheet{n}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData></worksheet>'
        )
    return zipped({**parts, **extra})


def ods(sheets: Sheets) -> bytes:
    """An ODS workbook of these sheets."""
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>"
        + "".join(
            f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
        )
        + "</table:table>"
        for name, rows in sheets.items()
    )
    return ods_of(tables)


def ods_of(tables: str) -> bytes:
    """An ODS workbook of tables in its own XML."""
    return zipped(
        {"mimetype": _ODS, "META-INF/manifest.xml": _MANIFEST, "content.xml": _content(tables)}
    )


def _content(tables: str) -> str:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    return (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )


def _ods_cell(value: Cell) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, bool):
        kind = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, str):
        kind = 'office:value-type="string"'
    else:
        kind = f'office:value-type="float" office:value="{value}"'
    text = escape(value) if isinstance(value, str) else ""
    return f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>"


def xls(sheets: Sheets) -> bytes:
    """An old workbook (BIFF8) of these sheets, in the container that its kind has."""
    globals_ = _bof(5) + b"".join(_record(0x00E0, _format(kind)) for kind in (0, 14))
    bodies = [_bof(16) + _xls_cells(rows) + _record(0x0A) for rows in sheets.values()]
    names = [bytes([len(name), 0]) + name.encode("latin-1") for name in sheets]
    start = len(globals_) + sum(4 + 6 + len(name) for name in names) + len(_record(0x0A))
    listed = b""
    for name, body in zip(names, bodies, strict=True):
        listed += _record(0x0085, struct.pack("<IBB", start, 0, 0) + name)
        start += len(body)
    return _container(globals_ + listed + _record(0x0A) + b"".join(bodies))


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _bof(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0))


def _format(kind: int) -> bytes:
    return struct.pack("<HH", 0, kind) + bytes(16)


def _xls_cells(rows: Sequence[Sequence[Cell]]) -> bytes:
    width = max(map(len, rows), default=0)
    found = _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, str):
                text = struct.pack("<HB", len(value), 0) + value.encode("latin-1")
                found += _record(0x0204, struct.pack("<HHH", r, c, 0) + text)
            elif isinstance(value, bool):
                found += _record(0x0205, struct.pack("<HHHBB", r, c, 0, value, 0))
            elif isinstance(value, date):
                found += _record(0x0203, struct.pack("<HHHd", r, c, 1, _serial(value)))
            elif value is not None:
                found += _record(0x0203, struct.pack("<HHHd", r, c, 0, value))
    return found


def _container(stream: bytes) -> bytes:
    """A compound file with one stream: header, its table of sectors, its directory, the stream."""
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // 512)
    end, free, table = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    chain = [table, end, *range(3, sectors + 2), end]
    fat = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    entries = _entry("Root Entry", 5, child=1, start=end) + _entry(
        "Workbook", 2, start=2, size=len(stream)
    )
    return header + fat + entries.ljust(512, b"\0") + stream.ljust(sectors * 512, b"\0")


def _entry(name: str, kind: int, *, child: int = 0xFFFFFFFF, start: int, size: int = 0) -> bytes:
    text = name.encode("utf-16-le")
    none = 0xFFFFFFFF
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, none, none, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)
