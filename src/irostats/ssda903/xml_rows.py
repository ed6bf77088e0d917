"""The XML return (root EXPSSDA903), parsed safely, as rows of the same tables as the CSV files.

A document type, an entity or anything fetched from elsewhere is refused. A row's line is its
number among the table's rows in the file, because the whole return is often one line.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from irostats.ssda903.findings import Finding
from irostats.ssda903.headings import OWN, canonical
from irostats.ssda903.rows import FileRows, TextRows
from irostats.ssda903.schema import TABLES
from irostats.ssda903.sources import Source
from irostats.ssda903.text import encoding_of, tidied, tidy

ROOT = "EXPSSDA903"
_PERSON = ("CHILD", "DOB", "SEX")
_FLAG_NO = frozenset({None, "0", "N", "NO", "FALSE"})
_FLAT = ("header", "ad1", "oc3")
"""Tables whose fields lie in HEADER itself; the others have an element of their own."""

_ALWAYS = {"header", "episodes", "reviews"}
"""Tables that every XML return has, be it without a row."""

_Row = dict[str, str | None]


def looks_like(data: bytes) -> bool:
    """Whether bytes are XML rather than delimited text."""
    head = data[:400].decode(encoding_of(data[:400]), errors="replace")
    return head.lstrip("\ufeff \r\n\t").startswith("<")


def _tag(element: Element) -> str:
    tag = element.tag if isinstance(element.tag, str) else ""
    return canonical(tag.rpartition("}")[2])


def _fields(element: Element) -> _Row:
    """Leaf elements by column; the first of a name counts."""
    found: _Row = {}
    for part in element:
        if not len(part):
            found.setdefault(_tag(part), part.text)
    return found


def _filled(row: _Row, columns: frozenset[str]) -> bool:
    return any(tidy(row.get(name)) is not None for name in columns)


def _table_of(row: _Row) -> str | None:
    """The table that an element's fields belong to."""
    best = max(TABLES, key=lambda key: len(OWN[key] & row.keys()))
    return best if OWN[best] & row.keys() else None


def _of_header(header: Element) -> Iterator[tuple[str | None, _Row]]:
    flat = _fields(header)
    person = {name: flat.get(name) for name in _PERSON}
    yield "header", flat
    if tidy(flat.get("UASC")) not in _FLAG_NO or tidy(flat.get("DUC")) is not None:
        yield "uasc", flat
    for name in _FLAT[1:]:
        if _filled(flat, OWN[name]):
            yield name, flat
    for part in header:
        if len(part):
            row = _fields(part)
            if _filled(row, frozenset(row)):
                yield _table_of(row), person | row


def _of_child(child: Element) -> Iterator[tuple[str | None, _Row]]:
    """Rows of one CHILD element, each with the table it belongs to, None where unknown."""
    parts = list(child)
    person: _Row = {}
    for part in parts:
        if _tag(part) == "HEADER":
            person = {name: _fields(part).get(name) for name in _PERSON} | person
    for part in parts:
        if _tag(part) == "HEADER":
            yield from _of_header(part)
        elif len(part):
            row = _fields(part)
            yield _table_of(row), person | row


def _parse(data: bytes) -> Element | str:
    """The root element, or why there is none."""
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        return "it holds a document type or entities, which no return has and which are not safe"
    except ParseError as error:
        return f"it is not well-formed at line {error.position[0]}"
    except (ValueError, LookupError, RecursionError, MemoryError):
        return "its encoding is unknown or it is damaged"
    if _tag(root) != ROOT:
        return f"its root element is not {ROOT}"
    return root


def read_xml(source: Source, also: frozenset[str] = frozenset()) -> FileRows:
    """Rows of an XML return, by table.

    Args:
        source: The file.
        also: Columns that are dropped elsewhere, and kept here.
    """
    root = _parse(source.data)
    if isinstance(root, str):
        return FileRows(findings=(Finding("xml-broken", source.path, detail=root),))
    rows: dict[str | None, list[_Row]] = {}
    for child in root:
        for key, row in _of_child(child):
            rows.setdefault(key, []).append(row)
    unknown = len(rows.pop(None, []))
    found = (
        (Finding("xml-element-unknown", source.path, lines=tuple(range(1, unknown + 1))),)
        if unknown
        else ()
    )
    tables = tuple(_columns(key, rows[key], source.path, also) for key in TABLES if rows.get(key))
    total = sum(len(table.lines) for table in tables)
    held = {table.table for table in tables} | (_ALWAYS if len(root) else set())
    if any(_tag(part) == "UASC" for part in root.iterfind("*/*/*")):
        # Every header says whether the child is one: where none is, the table is there and empty.
        held.add("uasc")
    return FileRows(tables, found, total, tuple(key for key in TABLES if key in held))


def _columns(key: str, rows: list[_Row], file: str, also: frozenset[str]) -> TextRows:
    dropped = (name for name in TABLES[key].dropped if name in also)
    return TextRows(
        key,
        file,
        tuple(range(1, len(rows) + 1)),
        {name: tidied(row.get(name) for row in rows) for name in (*TABLES[key].kept, *dropped)},
    )
