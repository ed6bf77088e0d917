"""A workbook read from its XML alone, so that nothing is tidied away on the way."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import lxml.html  # type: ignore[import-untyped,unused-ignore]
from lxml import etree  # type: ignore[import-untyped,unused-ignore]

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REFERENCE = re.compile(r"([A-Z]+)(\d+)")


@dataclass(frozen=True)
class Cell:
    """What a cell holds: text, or a number with its format; and whether it is computed."""

    text: str
    is_number: bool = False
    computed: bool = False


@dataclass
class Page:
    """A sheet: its cells by row and column from 1, merged ranges, tables with their headings."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    tables: list[tuple[str, list[str]]] = field(default_factory=list)

    @property
    def last_row(self) -> int:
        """The last row that holds anything."""
        return max(row for row, _ in self.cells)

    def row(self, number: int) -> list[str]:
        """The texts of a row, as a reader sees them."""
        columns = sorted(column for row, column in self.cells if row == number)
        return [self.cells[number, column].text for column in columns]

    @property
    def table(self) -> list[list[str]]:
        """The rows of its only table, headings first."""
        ((reference, _),) = self.tables
        first, last = (int(_REFERENCE.match(end)[2]) for end in reference.split(":"))  # type: ignore[index]
        return [self.row(number) for number in range(first, last + 1)]


def opened(content: bytes) -> dict[str, Page]:
    """Every sheet of a workbook, by name, in order."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    book = etree.fromstring(parts["xl/workbook.xml"])
    strings = [
        "".join(node.itertext(f"{MAIN}t"))
        for node in etree.fromstring(parts["xl/sharedStrings.xml"])
    ]
    forms = _forms(etree.fromstring(parts["xl/styles.xml"]))
    links = _relations(parts, "xl/_rels/workbook.xml.rels")
    return {
        sheet.get("name"): _page(
            sheet.get("name"), parts, f"xl/{links[sheet.get(f'{RELATION}id')]}", strings, forms
        )
        for sheet in book.find(f"{MAIN}sheets")
    }


def _page(name: str, parts: dict[str, bytes], path: str, strings: list[str], forms: Any) -> Page:
    root = etree.fromstring(parts[path])
    page = Page(name)
    for node in root.iter(f"{MAIN}c"):
        letters, number = _REFERENCE.match(node.get("r")).groups()  # type: ignore[union-attr]
        place = int(number), _column(letters)
        value = node.findtext(f"{MAIN}v")
        if value is None:
            continue
        if node.get("t") == "s":
            cell = Cell(strings[int(value)], computed=node.find(f"{MAIN}f") is not None)
        else:
            text = printed(Decimal(value), forms[int(node.get("s", 0))])
            cell = Cell(text, is_number=True, computed=node.find(f"{MAIN}f") is not None)
        page.cells[place] = cell
    page.merged = [node.get("ref") for node in root.iter(f"{MAIN}mergeCell")]
    names = path.rpartition("/")[2]
    links = _relations(parts, f"xl/worksheets/_rels/{names}.rels")
    for node in root.iter(f"{MAIN}tablePart"):
        table = etree.fromstring(parts["xl/" + links[node.get(f"{RELATION}id")].lstrip("./")])
        columns = [each.get("name") for each in table.iter(f"{MAIN}tableColumn")]
        page.tables.append((table.get("ref"), columns))
    return page


def _relations(parts: dict[str, bytes], path: str) -> dict[str, str]:
    if path not in parts:
        return {}
    return {node.get("Id"): node.get("Target") for node in etree.fromstring(parts[path])}


def _forms(styles: Any) -> list[str]:
    known = {node.get("numFmtId"): node.get("formatCode") for node in styles.iter(f"{MAIN}numFmt")}
    built_in = {"0": "General", "1": "0", "2": "0.00", "3": "#,##0", "9": "0%", "10": "0.00%"}
    return [
        {**built_in, **known}[node.get("numFmtId")]
        for node in styles.find(f"{MAIN}cellXfs").iter(f"{MAIN}xf")
    ]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def printed(number: Decimal, form: str) -> str:
    """A number as Excel prints it in one of the formats that the workbook uses."""
    positive, *rest = form.split(";")
    shape = positive if number > 0 or not rest else rest[0] if number < 0 else rest[-1]
    sign = "" if rest or number >= 0 else "-"
    scaled = abs(number) * (100 if shape.endswith("%") else 1)
    decimals = len(re.sub(r"[^0]", "", shape.partition(".")[2]))
    rounded = scaled.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{rounded:,}" if "," in shape else str(rounded)
    return sign + re.sub(r"[#,0]+(\.0+)?", lambda _: text, shape.replace('"', ""), count=1)


def accessible(content: bytes) -> list[str]:
    """What breaks "Releasing statistics in spreadsheets" in a workbook, a sentence each."""
    pages = list(opened(content).values())
    found = [] if [page.name for page in pages[:3]] == ["Cover", "Contents", "Notes"] else ["order"]
    checks: list[tuple[str, Callable[[Page], bool]]] = [
        ("merged cells", lambda page: bool(page.merged)),
        ("blank row", lambda page: any(not page.row(n) for n in range(1, page.last_row + 1))),
        ("no title", lambda page: (1, 1) not in page.cells),
        ("formula", lambda page: any(cell.computed for cell in page.cells.values())),
        ("long name", lambda page: len(page.name) > 31),
    ]
    for page in pages:
        found += [f"{page.name}: {fault}" for fault, breaks in checks if breaks(page)]
    for page in pages[1:]:
        if len(page.tables) != 1:
            found.append(f"{page.name}: {len(page.tables)} tables")
            continue
        start = page.tables[0][0].partition(":")[0]
        if page.name != "Contents" and f"starts in cell {start}." not in " ".join(
            page.row(3) + page.row(2) + page.row(4)
        ):
            found.append(f"{page.name}: does not say where its table starts")
        if page.table[0] != page.tables[0][1]:
            found.append(f"{page.name}: headings are not the table's")
        if any(len(row) != len(page.table[0]) or "" in row for row in page.table):
            found.append(f"{page.name}: empty cell")
    return found


@dataclass(frozen=True)
class Printed:
    """What a report's page prints: captions with rows or with alt texts, in order."""

    tables: list[tuple[str, list[list[str]]]]
    charts: list[tuple[str, str]]


def page(path: Path) -> Printed:
    """A report's HTML, read."""
    main = lxml.html.parse(str(path)).getroot().find(".//main")

    def text(node: Any) -> str:
        return " ".join(node.text_content().split())

    return Printed(
        [
            (text(node.find("caption")), [[text(cell) for cell in row] for row in node.iter("tr")])
            for node in main.iter("table")
        ],
        [
            (text(node.find("figcaption")), node.find(".//img").get("alt"))
            for node in main.iter("figure")
        ],
    )
