"""What PDF/UA-1 asks and a machine can check, read from the file with pypdf.

The conditions are those of the Matterhorn Protocol 1.1 (PDF Association), by their numbers there.
Nothing here is Typst's or pikepdf's word: neither is used.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pypdf
from pypdf.generic import ContentStream

SHOWS = {
    *(b"Tj", b"TJ", b"'", b'"', b"Do", b"sh", b"BI", b"INLINE IMAGE"),
    *(b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"),
}
"""Operators that put something on the page."""
_STANDARD = (
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H L LI Lbl"
    " LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot"
    " Ruby Warichu Figure Formula Form"
)
STANDARD = {*_STANDARD.split(), *(f"H{level}" for level in range(1, 7))}
INSIDE = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "LI": {"L"},
    "LBody": {"LI"},
    "TOCI": {"TOC"},
}
"""What each element may stand in."""


@dataclass
class Checked:
    """A PDF, its structure and the faults found in it, one sentence each."""

    path: Path
    faults: list[str] = field(default_factory=list)

    @cached_property
    def reader(self) -> pypdf.PdfReader:
        """The opened file."""
        return pypdf.PdfReader(self.path)

    @cached_property
    def root(self) -> Any:
        """The catalogue."""
        return self.reader.trailer["/Root"]

    @cached_property
    def elements(self) -> list[tuple[Any, str, str]]:
        """Each structure element in reading order: itself, its standard type, its parent's."""
        tree = self.root.get("/StructTreeRoot")
        roles = {} if tree is None else dict(tree.get("/RoleMap", {}))
        return [] if tree is None else list(_walk(tree, roles, ""))

    def of(self, *kinds: str) -> list[Any]:
        """The elements of these types."""
        return [element for element, kind, _ in self.elements if kind in kinds]

    def unless(self, good: object, fault: str) -> None:
        """Note a fault."""
        if not good:
            self.faults.append(fault)


def faults_of(path: Path) -> list[str]:
    """Everything that is wrong with a PDF; empty if nothing is."""
    pdf = Checked(path)
    for check in (document, metadata, structure, tables, figures, links, content):
        check(pdf)
    return pdf.faults


def document(pdf: Checked) -> None:
    """Tagged, in British English, with a title in its bar, bookmarks and labelled pages."""
    root = pdf.root
    pdf.unless(_yes(root.get("/MarkInfo", {}).get("/Marked")), "00-000 not marked as tagged")
    pdf.unless(not _yes(root.get("/MarkInfo", {}).get("/Suspects")), "00-000 suspects")
    pdf.unless(root.get("/Lang") == "en-GB", "11-006 language is not en-GB")
    shown = root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")
    pdf.unless(_yes(shown), "07-001 the title bar does not show the title")
    pdf.unless(pdf.reader.outline, "no bookmarks")
    pdf.unless("/PageLabels" in root, "no page labels")
    labels = [str(number + 1) for number in range(len(pdf.reader.pages))]
    pdf.unless(pdf.reader.page_labels == labels, "page labels are not what the pages print")


def metadata(pdf: Checked) -> None:
    """XMP says PDF/UA-1 and the title, which the information dictionary repeats."""
    xmp = pdf.root["/Metadata"].get_data().decode("utf-8") if "/Metadata" in pdf.root else ""
    pdf.unless(re.search(r"pdfuaid:part(>|=\")1\b", xmp), "05-001 does not say PDF/UA-1")
    title = re.search(r"<dc:title>.*?<rdf:li[^>]*>([^<]+)</rdf:li>", xmp, re.DOTALL)
    pdf.unless(title, "06-003 no dc:title")
    known = pdf.reader.metadata.title if pdf.reader.metadata else None
    pdf.unless(known and known.strip(), "no title")


def structure(pdf: Checked) -> None:
    """Only standard types, each where it may stand; headings begin at 1 and skip none."""
    pdf.unless(pdf.elements, "01-000 no structure tree")
    level = 0
    for _, kind, parent in pdf.elements:
        pdf.unless(kind in STANDARD, f"02-001 {kind} is mapped to no standard type")
        allowed = INSIDE.get(kind)
        pdf.unless(allowed is None or parent in allowed, f"09-004 {kind} within {parent}")
        if re.fullmatch(r"H\d", kind):
            pdf.unless(int(kind[1]) <= level + 1, f"14-003 heading level {kind} after H{level}")
            level = int(kind[1])
    pdf.unless(level, "no heading")


def tables(pdf: Checked) -> None:
    """Every row as long as the first; header cells with a scope over columns and beside rows."""
    for number, table in enumerate(pdf.of("Table"), start=1):
        found = list(_walk(table, dict(pdf.root["/StructTreeRoot"].get("/RoleMap", {})), "Table"))
        rows = [element for element, kind, _ in found if kind == "TR"]
        heads = [kind for _, kind, _ in found].count("THead")
        pdf.unless(heads == 1, f"table {number} has {heads} header rows that repeat")
        lengths = {len(_kids(row)) for row in rows}
        pdf.unless(len(lengths) == 1, f"15-003 table {number} is not regular")
        for row in rows:
            first = _kids(row)[0]
            pdf.unless(first["/S"] == "/TH", f"table {number}: a row without a header cell")
        for cell in (element for element, kind, _ in found if kind == "TH"):
            scope = _attribute(cell, "/Scope")
            pdf.unless(scope in ("/Column", "/Row"), f"15-003 table {number}: TH without scope")


def figures(pdf: Checked) -> None:
    """Every figure says what it shows."""
    for number, figure in enumerate(pdf.of("Figure", "Formula"), start=1):
        pdf.unless(str(figure.get("/Alt", "")).strip(), f"13-004 figure {number} has no alt text")


def links(pdf: Checked) -> None:
    """Every annotation is a link, in the structure, that says where to; pages tab by structure."""
    held = {
        child.raw_get("/Obj").idnum
        for link in pdf.of("Link")
        for child in _listed(link)
        if not isinstance(child, int) and child.get("/Type") == "/OBJR"
    }
    for number, page in enumerate(pdf.reader.pages, start=1):
        annotations = page.get("/Annots", [])
        if annotations:
            pdf.unless(
                page.get("/Tabs") == "/S", f"28-008 page {number} is not tabbed by structure"
            )
        for reference in annotations:
            annotation = reference.get_object()
            pdf.unless(annotation["/Subtype"] == "/Link", f"28-002 page {number}: not a link")
            pdf.unless(
                reference.idnum in held, f"28-011 page {number}: a link outside the structure"
            )
            said = str(annotation.get("/Contents", "")).strip()
            pdf.unless(said, f"28-012 page {number}: a link that says nothing")
            place = re.fullmatch(r"(page )?\d+|here|link", said)
            pdf.unless(not place, f"page {number}: a link that says only '{said}'")


def content(pdf: Checked) -> None:
    """All that a page shows is an artefact or belongs to one element; no element lacks content."""
    claimed = _claimed(pdf)
    for number, page in enumerate(pdf.reader.pages, start=1):
        key = page.indirect_reference.idnum if page.indirect_reference else 0
        shown, loose = _shown(page, pdf.reader)
        pdf.unless(
            not loose, f"01-003 page {number}: {loose} marks are neither tagged nor artefact"
        )
        own = claimed.get(key, Counter[int]())
        missing, twice = shown - set(own), [one for one, count in own.items() if count > 1]
        pdf.unless(not missing, f"01-005 page {number}: {len(missing)} parts outside the structure")
        pdf.unless(not twice, f"page {number}: {len(twice)} parts in two places of the structure")
        resources: Any = page["/Resources"]
        for name, font in dict(resources.get("/Font", {})).items():
            pdf.unless(
                "/ToUnicode" in font.get_object(), f"10-001 page {number}: {name} unreadable"
            )


def _shown(page: Any, reader: pypdf.PdfReader) -> tuple[set[int], int]:
    """Marked-content numbers of a page, and how much it shows outside all marked content."""
    open_: list[bool] = []
    numbers, loose = set(), 0
    stream: Any = ContentStream(page["/Contents"].get_object(), reader)
    for operands, operator in stream.operations:
        if operator in (b"BDC", b"BMC"):
            number = _number(operands, page) if operator == b"BDC" else None
            if number is not None:
                numbers.add(number)
            open_.append(number is not None or operands[0] == "/Artifact")
        elif operator == b"EMC":
            open_.pop()
        elif operator in SHOWS and not any(open_):
            loose += 1
    return numbers, loose


def _number(operands: list[Any], page: Any) -> int | None:
    given = operands[1]
    if not isinstance(given, Mapping):
        given = page["/Resources"]["/Properties"][given]
    found = given.get("/MCID")
    return None if found is None else int(found)


def _claimed(pdf: Checked) -> dict[int, Counter[int]]:
    """How often the structure names each marked-content number, by page."""
    found: dict[int, Counter[int]] = {}
    for element, _, _ in pdf.elements:
        own = element.raw_get("/Pg").idnum if "/Pg" in element else 0
        for child in _listed(element):
            if isinstance(child, int):
                found.setdefault(own, Counter())[int(child)] += 1
            elif child.get("/Type") == "/MCR":
                page = child.raw_get("/Pg").idnum if "/Pg" in child else own
                found.setdefault(page, Counter())[int(child["/MCID"])] += 1
    return found


def _yes(value: Any) -> bool:
    return getattr(value, "value", value) is True


def _listed(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return [kid.get_object() for kid in (kids if isinstance(kids, list) else [kids])]


def _kids(element: Any) -> list[Any]:
    return [kid for kid in _listed(element) if isinstance(kid, dict) and "/S" in kid]


def _walk(node: Any, roles: Mapping[str, Any], parent: str) -> Iterator[tuple[Any, str, str]]:
    for child in _kids(node):
        kind = str(roles.get(child["/S"], child["/S"])).removeprefix("/")
        yield child, kind, parent
        yield from _walk(child, roles, kind)


def _attribute(element: Any, name: str) -> object:
    given = element.get("/A", [])
    for each in given if isinstance(given, list) else [given]:
        if name in each.get_object():
            return each.get_object()[name]
    return None
