"""Word, Excel and other zips: every part, whether or not a reader sees it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from irostats.verifying.contents import Contents, Printed, on_one_line
from irostats.verifying.pages import caption, headings

_TRACKED = frozenset(
    [
        "ins",
        "del",
        "moveFrom",
        "moveTo",
        "rPrChange",
        "pPrChange",
        "tblPrChange",
        "tcPrChange",
        "trPrChange",
        "sectPrChange",
        "numberingChange",
        "cellIns",
        "cellDel",
    ]
)
_TEXT = frozenset({"t", "delText", "instrText", "delInstrText", "v", "f", "lpwstr", "lpstr"})
_PICTURES = frozenset({"docPr"})
_PEOPLE = frozenset({"creator", "lastModifiedBy", "Manager"})
_OFF = frozenset({"0", "false", "off"})
_SPACED = frozenset({"tab", "br", "cr"})


def read(data: bytes, members: Iterable[tuple[str, bytes]], depth: int) -> Contents:
    """Lay a zip out: a Word file, a workbook, or any other."""
    parts = dict(members)
    kind = (
        "docx" if "word/document.xml" in parts else "xlsx" if "xl/workbook.xml" in parts else "zip"
    )
    found = Contents(kind)
    for name, content in parts.items():
        found.add("name of a part", name, shown=False)
        if name.endswith((".xml", ".rels")):
            _part(found, name, content, kind)
        else:
            _inner(found, name, content, depth, office=kind != "zip")
    if kind == "docx":
        _document(found, fromstring(parts["word/document.xml"], forbid_dtd=True), parts)
    elif kind == "xlsx":
        _workbook(found, data, parts)
    return found


def _inner(found: Contents, name: str, content: bytes, depth: int, *, office: bool) -> None:
    from irostats.verifying.reading import read as read_file

    if office and re.search(r"/(?:embeddings|activeX)/|oleObject", name):
        found.fault("embedded", _short(name))
    if name.endswith("vbaProject.bin"):
        found.fault("macro", _short(name))
    found.within(_short(name), read_file(name, content, depth + 1))


def _short(name: str) -> str:
    """A part's name if it is one that Office gives, else its folder."""
    plain = re.fullmatch(r"[\[\]\w./-]{1,60}", name)
    return name if plain and not re.search(r"\d{5}", name) else name.partition("/")[0]


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _attributes(element: Element) -> dict[str, str]:
    return {name.rpartition("}")[2]: value for name, value in element.attrib.items()}


def _part(found: Contents, name: str, content: bytes, kind: str) -> None:
    """Text of every paragraph, cell and property of one part; every attribute that holds words."""
    root = fromstring(content, forbid_dtd=True)
    short = _short(name)
    for place, element in _blocks(root):
        text = on_one_line(_inside(element))
        hidden = name not in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
        numbers = name.startswith("xl/worksheets/")
        if not (numbers and _attributes(element).get("t") == "s"):  # a place in the shared texts
            found.add(f"{short}, {place}", text, shown=not hidden, amount=numbers)
    for element in root.iter():
        _element(found, short, element, kind)


_BLOCKS = frozenset({"p", "si", "c", "comment", "property"})


def _blocks(root: Element) -> Iterator[tuple[str, Element]]:
    """Paragraphs and the like, which are not cut; elsewhere each element that holds text."""
    count = 0

    def walk(element: Element) -> Iterator[tuple[str, Element]]:
        nonlocal count
        tag = _tag(element)
        if tag in _BLOCKS:
            count += 1
            at = _attributes(element).get("r") if tag == "c" else None
            yield (f"cell {at}" if at else f"{'paragraph' if tag == 'p' else tag} {count}"), element
            return
        if (element.text or "").strip():
            yield tag, element
        for child in element:
            yield from walk(child)

    yield from walk(root)


def _inside(element: Element) -> Iterator[str]:
    for part in element.iter():
        if _tag(part) in _SPACED:
            yield " "
        if part.text:
            yield part.text
        if part is not element and part.tail:
            yield part.tail


def _element(found: Contents, part: str, element: Element, kind: str) -> None:
    tag, values = _tag(element), _attributes(element)
    for name, value in values.items():
        if len(value) > 3 and name not in ("rsidR", "rsidRDefault", "rsidP", "paraId", "textId"):
            found.add(f"{part}, {name} of {tag}", value, shown=False, amount=value.isdigit())
    if kind == "docx" and tag in _TRACKED:
        found.fault("tracked", part)
    if (tag == "comment" and part.startswith(("word/", "xl/"))) or tag == "threadedComment":
        found.fault("comment", part)
    if (
        tag in ("vanish", "webHidden")
        and values.get("val", "1") not in _OFF
        and part.startswith("word/")
        and part != "word/styles.xml"
    ):
        found.fault("hidden-text", part)
    if tag in _PEOPLE and part.startswith("docProps/") and (element.text or "").strip():
        found.fault("person", part, tag)
    if tag == "Relationship":
        _relationship(found, part, values)
    if tag == "sheet" and values.get("state", "visible") != "visible":
        found.fault("hidden-sheet", part)
    if tag in ("row", "col") and part.startswith("xl/") and values.get("hidden") in ("1", "true"):
        found.fault("hidden-sheet", part, tag)


def _relationship(found: Contents, part: str, values: dict[str, str]) -> None:
    """A link that a reader follows is one thing; what is fetched unasked another."""
    if values.get("TargetMode") != "External":
        return
    kind = values.get("Type", "").rpartition("/")[2]
    target = values.get("Target", "").strip().lower()
    if kind != "hyperlink" or not target.startswith(("http://", "https://", "mailto:", "#")):
        found.fault("linked", part, kind)


def _document(found: Contents, root: Element, parts: dict[str, bytes]) -> None:
    """What a Word file must have; its tables with their captions; what its pages repeat."""
    before = ""
    for element in root.iter():
        if _tag(element) == "p":
            before = on_one_line(_inside(element)) or before
        elif _tag(element) == "tbl":
            found.tables.append(_table(element, before))
            headings(found, found.tables[-1].rows[:1], found.tables[-1].caption or "a table")
        elif _tag(element) in _PICTURES:
            values = _attributes(element)
            decorative = any(_tag(part) == "decorative" for part in element.iter())
            if not (values.get("descr", "").strip() or decorative):
                found.fault("no-alt", "word/document.xml, picture")
    core = parts.get("docProps/core.xml")
    properties = {_tag(e): (e.text or "").strip() for e in fromstring(core)} if core else {}
    if not properties.get("title"):
        found.fault("no-title", "docProps/core.xml")
    styles = parts.get("word/styles.xml", b"") + parts.get("word/settings.xml", b"")
    if not properties.get("language") and b"<w:lang " not in styles:
        found.fault("no-language", "word/styles.xml")
    repeated = [
        on_one_line(_inside(fromstring(content)))
        for name, content in parts.items()
        if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name)
    ]
    found.pages.append("\n".join(repeated))


def _table(element: Element, before: str) -> Printed:
    said = [
        _attributes(part).get("val", "")
        for part in element.iter()
        if _tag(part) in ("tblCaption", "tblDescription")
    ]
    rows = []
    for row in (part for part in element.iter() if _tag(part) == "tr"):
        cells = [on_one_line(_inside(cell)) for cell in row if _tag(cell) == "tc"]
        rows.append(tuple(cells))
    return Printed(caption(said[0] if said else before), tuple(rows))


def _workbook(found: Contents, data: bytes, parts: dict[str, bytes]) -> None:
    """Typed cells by sheet and heading, as the service's own workbooks are read."""
    from irostats.service.workbooks import read_workbook

    if any(name.startswith("xl/externalLinks/") for name in parts):
        found.fault("linked", "xl/externalLinks")
    core = parts.get("docProps/core.xml")
    if not core or not (fromstring(core).findtext("{*}title") or "").strip():
        found.fault("no-title", "docProps/core.xml")
    book = read_workbook(data)
    for number, (name, sheet) in enumerate(book.sheets.items(), start=1):
        found.add(f"name of sheet {number}", name, shown=False)
        heads: tuple[str, ...] = ()
        page = []
        for line, record in zip(sheet.lines, sheet.records, strict=True):
            filled = [cell for cell in record if cell.strip()]
            if not heads and len(filled) > 1:
                heads = tuple(record)
                headings(found, (heads,), f"sheet {number}, row {line}")
            page += filled
            for place, cell in enumerate(record):
                under = heads[place] if place < len(heads) else ""
                at = f"sheet {number}, row {line}, column {place + 1}"
                found.add(at, cell, under=under, amount=bool(re.fullmatch(r"-?[\d.,]+", cell)))
        found.pages.append("\n".join(page))
