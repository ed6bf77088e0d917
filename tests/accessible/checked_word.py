"""What Word's accessibility checker and a screen reader need, read from the file's own XML."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import docx

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
LONGEST_BOOKMARK = 40
"""Characters: Word cuts what is longer, and links to it lead nowhere."""
MEANINGLESS = re.compile(
    r"(click )?here|link|more|read more|https?://\S+|www\.\S+|\W*", re.IGNORECASE
)
TYPED_BULLET = re.compile(r"^\s*([-*•·]|\(?[a-z]\))\s")


@dataclass
class Checked:
    """A Word file and the faults found in it, one sentence each."""

    path: Path
    faults: list[str] = field(default_factory=list)

    @cached_property
    def word(self) -> Any:
        """The opened file."""
        return docx.Document(str(self.path))

    @cached_property
    def body(self) -> Any:
        """The XML of its text."""
        return self.word.element.body

    @cached_property
    def blocks(self) -> list[Any]:
        """Paragraphs and tables in order, without the bookmarks between them."""
        return [node for node in self.body if node.tag in (f"{_W}p", f"{_W}tbl")]

    def part(self, name: str) -> str:
        """The text of one of the parts of the file."""
        with zipfile.ZipFile(self.path) as archive:
            return archive.read(name).decode("utf-8")

    def unless(self, good: object, fault: str) -> None:
        """Note a fault."""
        if not good:
            self.faults.append(fault)


def faults_of(path: Path, marking: str = "") -> list[str]:
    """Everything that is wrong with a Word file; empty if nothing is.

    Args:
        path: The file.
        marking: What every page must bear; empty if none may.
    """
    word = Checked(path)
    for check in (document, headings, paragraphs, tables, pictures, links):
        check(word)
    pages(word, marking)
    return word.faults


def document(word: Checked) -> None:
    """British English wherever Word looks, and a title."""
    title = word.word.core_properties.title
    first = word.blocks[0]
    word.unless(title.strip(), "no title in the properties")
    word.unless(_style(first) == "Title", "the title is not in the Title style")
    word.unless(title.endswith(_text(first)), "the properties name another title")
    languages = {node.get(f"{_W}val") for node in word.word.styles.element.iter(f"{_W}lang")}
    word.unless(languages == {"en-GB"}, f"styles in {languages}")
    own = {node.get(f"{_W}val") for node in word.body.iter(f"{_W}lang")}
    word.unless(own <= {"en-GB"}, f"text in {own}")
    settings = word.part("word/settings.xml")
    word.unless('<w:themeFontLang w:val="en-GB"' in settings, "settings are not in en-GB")
    word.unless(word.word.core_properties.language == "en-GB", "properties are not in en-GB")


def headings(word: Checked) -> None:
    """Heading styles, begun at the first level, none skipped, and never a bold line instead."""
    level = 0
    for node in word.blocks:
        found = re.fullmatch(r"Heading(\d)", _style(node))
        if found:
            own = int(found[1])
            word.unless(own <= level + 1, f"heading {own} after {level}: {_text(node)[:30]}")
            word.unless(_text(node), "a heading without words")
            level = own
        bold = _style(node) in ("BodyText", "FirstParagraph", "Compact") and _all_bold(node)
        word.unless(not bold, f"a bold line in place of a heading: {_text(node)[:30]}")
    word.unless(level, "no headings")


def paragraphs(word: Checked) -> None:
    """No paragraph is empty, no space made by spaces, and lists are lists."""
    for number, node in enumerate(word.blocks, start=1):
        if node.tag != f"{_W}p":
            continue
        held = _text(node) or next(node.iter(f"{_W}drawing"), None) is not None
        word.unless(held, f"paragraph {number} is empty")
        word.unless("   " not in _raw(node), f"paragraph {number} is spaced out with spaces")
        listed = node.find(f"{_W}pPr/{_W}numPr") is not None
        typed = TYPED_BULLET.match(_raw(node)) and not listed
        word.unless(not typed, f"paragraph {number} is a list by its first character only")


def tables(word: Checked) -> None:
    """A caption above, header row and column flagged, no joined, nested or missing cells."""
    before = None
    number = 0
    for node in word.blocks:
        if node.tag == f"{_W}tbl":
            number += 1
            _table(word, node, before, f"table {number}")
        before = node


def _table(word: Checked, table: Any, before: Any, name: str) -> None:
    captioned = before is not None and _is_caption(word, _style(before))
    word.unless(captioned, f"{name} has no caption above")
    rows = table.findall(f"{_W}tr")
    word.unless(rows[0].find(f"{_W}trPr/{_W}tblHeader") is not None, f"{name} has no header row")
    look = table.find(f"{_W}tblPr/{_W}tblLook")
    for flag in ("firstRow", "firstColumn"):
        said = look is not None and look.get(f"{_W}{flag}") == "1"
        word.unless(said, f"{name} does not say {flag}")
    joined = list(table.iter(f"{_W}gridSpan", f"{_W}vMerge", f"{_W}hMerge"))
    word.unless(not joined, f"{name} has joined cells")
    word.unless(len({len(row.findall(f"{_W}tc")) for row in rows}) == 1, f"{name} is not regular")
    word.unless(len(list(table.iter(f"{_W}tbl"))) == 1, f"{name} holds a table")
    word.unless(
        all(_text(cell) for cell in rows[0].findall(f"{_W}tc")),
        f"{name} has a column without a name",
    )


def pictures(word: Checked) -> None:
    """Each says what it shows, and never the path of its file."""
    for kind in (f"{_WP}docPr", f"{_PIC}cNvPr"):
        for number, node in enumerate(word.body.iter(kind), start=1):
            alt = node.get("descr", "").strip()
            word.unless(alt, f"picture {number} has no alt text")
            word.unless(not alt.endswith((".png", ".svg")), f"picture {number} is called {alt}")


def links(word: Checked) -> None:
    """Each says where it leads, and leads to something that is there."""
    names = [node.get(f"{_W}name") for node in word.body.iter(f"{_W}bookmarkStart")]
    twice = [name for name, count in Counter(names).items() if count > 1]
    word.unless(not twice, f"bookmarks that are there twice: {twice}")
    for node in word.body.iter(f"{_W}hyperlink"):
        said, anchor = _text(node), node.get(f"{_W}anchor")
        word.unless(not MEANINGLESS.fullmatch(said), f"a link that says '{said}'")
        word.unless(anchor is None or anchor in names, f"a link to {anchor}, which is nowhere")
        word.unless(len(anchor or "") <= LONGEST_BOOKMARK, f"a bookmark too long: {anchor}")


def pages(word: Checked, marking: str) -> None:
    """A page number at the foot of each section; at its head the marking, or nothing."""
    for number, section in enumerate(word.word.sections, start=1):
        foot = section.footer._element
        numbered = any("PAGE" in (node.text or "") for node in foot.iter(f"{_W}instrText"))
        word.unless(numbered, f"section {number} has no page numbers")
        for which in ("header", "first_page_header", "even_page_header"):
            header = getattr(section, which)
            used = which == "header" or section.different_first_page_header_footer
            said = "" if header.is_linked_to_previous else _text(header._element)
            wanted = marking if used and which != "even_page_header" else ""
            word.unless(said == wanted, f"the {which} of section {number} says '{said}'")
    for said in (word.word.core_properties.title, word.word.core_properties.keywords):
        word.unless((marking or "OFFICIAL") in said if marking else "OFFICIAL" not in said, said)


def _is_caption(word: Checked, style: str) -> bool:
    while style:
        if style == "Caption":
            return True
        known = word.word.styles.element.xpath(f"w:style[@w:styleId='{style}']/w:basedOn/@w:val")
        style = str(known[0]) if known else ""
    return False


def _style(node: Any) -> str:
    found = node.find(f"{_W}pPr/{_W}pStyle")
    return "" if found is None else str(found.get(f"{_W}val"))


def _raw(node: Any) -> str:
    return "".join(part.text or "" for part in node.iter(f"{_W}t"))


def _text(node: Any) -> str:
    return " ".join(_raw(node).split())


def _all_bold(node: Any) -> bool:
    runs = [run for run in _runs(node) if _text(run)]
    return bool(runs) and all(run.find(f"{_W}rPr/{_W}b") is not None for run in runs)


def _runs(node: Any) -> Iterator[Any]:
    yield from node.iter(f"{_W}r")
