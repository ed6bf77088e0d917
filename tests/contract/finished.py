"""What a finished report says, read back from its HTML, Word and PDF files.

`CONTRACT` lists what must be true of them, whichever renderer made them; each takes a `Finished`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import docx
import lxml.html  # type: ignore[import-untyped,unused-ignore]
import pypdf

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_REFERENCE = re.compile(r"^(Table|Figure|Section)\s\d+(\.\d+)*$")


@dataclass(frozen=True)
class Said:
    """The structure of one file.

    A table is its caption and its rows, header first; a chart is its caption and alt text.
    """

    title: str
    headings: list[tuple[int, str]]
    tables: list[tuple[str, list[list[str]]]]
    charts: list[tuple[str, str]]
    references: list[str]


def tidy(text: str | None) -> str:
    """Text with single ordinary spaces."""
    return " ".join((text or "").split())


def squeezed(text: str) -> str:
    """Text without any space, since a PDF breaks lines where it likes."""
    return re.sub(r"[\s\u00ad]+", "", text)


class Finished:
    """A folder with `report.html`, `report.docx` and `report.pdf`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def page(self) -> Any:
        """The parsed HTML."""
        return lxml.html.parse(str(self.folder / "report.html")).getroot()

    @cached_property
    def word(self) -> Any:
        """The opened Word file."""
        return docx.Document(str(self.folder / "report.docx"))

    @cached_property
    def pdf(self) -> pypdf.PdfReader:
        """The opened PDF."""
        return pypdf.PdfReader(self.folder / "report.pdf")

    @cached_property
    def pdf_text(self) -> str:
        """All that the PDF prints, without spaces."""
        return squeezed("".join(page.extract_text() for page in self.pdf.pages))

    @cached_property
    def html(self) -> Said:
        """What the HTML says."""
        main = self.page.find(".//main")
        return Said(
            title=tidy(self.page.findtext(".//title")),
            headings=[
                (int(node.tag[1]) - 1, tidy(node.text_content()))
                for node in main.iter("h2", "h3", "h4")
            ],
            tables=[_html_table(node) for node in main.iter("table")],
            charts=[
                (tidy(node.find("figcaption").text_content()), node.find(".//img").get("alt"))
                for node in main.iter("figure")
            ],
            references=[tidy(node.text_content()) for node in main.find_class("quarto-xref")],
        )

    @cached_property
    def docx(self) -> Said:
        """What the Word file says."""
        body = self.word.element.body
        captions: dict[str, list[str]] = {"Table Caption": [], "Image Caption": []}
        headings = []
        for paragraph in self.word.paragraphs:
            style = paragraph.style.name
            if style in captions:
                captions[style].append(tidy(paragraph.text))
            elif style.startswith("Heading"):
                headings.append((int(style[-1]), tidy(paragraph.text)))
        alts = [node.get("descr") for node in body.iter() if node.tag.endswith("}docPr")]
        tables = [
            [[tidy(entry.text) for entry in row.cells] for row in table.rows]
            for table in self.word.tables
        ]
        return Said(
            title=tidy(self.word.core_properties.title),
            headings=headings,
            tables=list(zip(captions["Table Caption"], tables, strict=True)),
            charts=list(zip(captions["Image Caption"], alts, strict=True)),
            references=[
                text
                for text in (_word_text(link) for link in body.iter(f"{_W}hyperlink"))
                if _REFERENCE.match(text)
            ],
        )

    def pdf_elements(self) -> Iterator[Any]:
        """Every element of the PDF's structure tree, in reading order."""
        root: Any = self.pdf.trailer["/Root"]
        yield from _elements(root["/StructTreeRoot"])


def _word_text(node: Any) -> str:
    return tidy("".join(part.text or "" for part in node.iter(f"{_W}t")))


def _html_table(node: Any) -> tuple[str, list[list[str]]]:
    rows = [[tidy(entry.text_content()) for entry in row] for row in node.iter("tr")]
    return tidy(node.findtext("caption") and node.find("caption").text_content()), rows


def _elements(node: Any) -> Iterator[Any]:
    children = node.get("/K", [])
    children = children if isinstance(children, list) else [children]
    for child in (each.get_object() for each in children):
        if isinstance(child, dict) and "/S" in child:
            yield child
            yield from _elements(child)


def same_headings(report: Finished) -> None:
    """The same headings, numbered alike, at the same levels."""
    assert report.html.headings
    assert report.docx.headings == report.html.headings
    for level, heading in report.html.headings:
        assert squeezed(heading) in report.pdf_text
        assert f"/H{level}" in {element["/S"] for element in report.pdf_elements()}


def same_tables(report: Finished) -> None:
    """The same captions, numbers and words in every table."""
    assert report.html.tables
    assert report.docx.tables == report.html.tables
    position = 0
    for caption, rows in report.html.tables:
        for text in (caption, *("".join(row) for row in rows)):
            found = report.pdf_text.find(squeezed(text), position)
            assert found >= 0, text
            position = found


def same_charts(report: Finished) -> None:
    """The same captions and alt texts of every chart."""
    assert report.docx.charts == report.html.charts
    figures = [each for each in report.pdf_elements() if each["/S"] == "/Figure"]
    assert [tidy(each["/Alt"]) for each in figures] == [alt for _, alt in report.html.charts]
    for caption, _ in report.html.charts:
        assert squeezed(caption) in report.pdf_text


def same_references(report: Finished) -> None:
    """The same cross-references, each to something that is there."""
    assert report.docx.references == report.html.references
    captions = [caption for caption, _ in [*report.html.tables, *report.html.charts]]
    sections = [f"Section {heading.split()[0]}" for _, heading in report.html.headings]
    for text in report.html.references:
        assert squeezed(text) in report.pdf_text
        assert any(known.startswith(f"{text}:") for known in captions) or text in sections
    assert not re.search(r"\?(tbl|fig|sec)-|@(tbl|fig|sec)-", report.pdf_text)


def captions_count_up(report: Finished) -> None:
    """Tables and figures are counted apart, from 1, without a gap."""
    tables = [caption.split(":")[0] for caption, _ in report.html.tables]
    charts = [caption.split(":")[0] for caption, _ in report.html.charts]
    assert tables == [f"Table {number + 1}" for number in range(len(tables))]
    assert charts == [f"Figure {number + 1}" for number in range(len(charts))]


def alt_text_everywhere(report: Finished) -> None:
    """Every picture has alt text that says something other than its caption."""
    images = list(report.page.iter("img"))
    assert len(images) == len(report.html.charts)
    for caption, alt in report.html.charts:
        assert alt.strip()
        assert alt != caption


def header_rows_everywhere(report: Finished) -> None:
    """Every table has header cells, with a scope in HTML, and repeats them in Word."""
    for table in report.page.iter("table"):
        assert all(node.get("scope") == "col" for node in table.find("thead").iter("th"))
        assert all(row[0].get("scope") == "row" for row in table.find("tbody").iter("tr"))
        assert not table.xpath(".//*[@colspan or @rowspan]")
    for table in report.word.tables:
        assert table.rows[0]._tr.find(f"{_W}trPr/{_W}tblHeader") is not None
        assert not list(table._tbl.iter(f"{_W}gridSpan", f"{_W}vMerge"))
        assert all(not entry.tables for row in table.rows for entry in row.cells)
    elements = [element["/S"] for element in report.pdf_elements()]
    assert elements.count("/Table") == len(report.html.tables)
    assert elements.count("/TH") >= sum(len(rows[0]) for _, rows in report.html.tables)


def language_and_title(report: Finished) -> None:
    """Each file says that it is in British English, and what it is called."""
    assert report.page.get("lang") == "en-GB"
    languages = {node.get(f"{_W}val") for node in report.word.styles.element.iter(f"{_W}lang")}
    assert languages == {"en-GB"}
    root: Any = report.pdf.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert report.html.title
    assert report.docx.title == report.html.title
    assert report.pdf.metadata is not None
    assert report.pdf.metadata.title == report.html.title


def one_first_heading(report: Finished) -> None:
    """One first-level heading, the title, and no level left out below it."""
    titles = list(report.page.iter("h1"))
    assert [tidy(node.text_content()) for node in titles] == [report.html.title]
    before = 0
    for level, _ in report.html.headings:
        assert level <= before + 1
        before = level


def nothing_loaded(report: Finished) -> None:
    """The web page asks no server for anything and runs nothing."""
    text = (report.folder / "report.html").read_text(encoding="utf-8")
    for node in report.page.iter("img", "link", "script", "iframe", "source", "object", "embed"):
        assert (node.get("src") or node.get("href") or "").startswith("data:"), node.tag
    assert not list(report.page.iter("script"))
    assert not re.search(r"@import|url\((?!['\"]?data:)", text)


def fit_for_readers(report: Finished) -> None:
    """The page suits a phone, a keyboard and a screen reader."""
    assert report.page.xpath("//meta[@name='viewport']")
    assert report.page.find(".//main") is not None
    skip = report.page.xpath("//body/a")[0]
    assert report.page.get_element_by_id(skip.get("href")[1:]).tag == "main"
    assert report.page.xpath("//nav//a")
    for region in report.page.find_class("scroll"):
        assert region.get("tabindex") == "0"
        assert region.get("aria-label")
    identifiers = report.page.xpath("//@id")
    assert len(identifiers) == len(set(identifiers))
    for link in report.page.xpath("//a[starts-with(@href, '#')]"):
        assert link.get("href")[1:] in identifiers


def accessible_pdf(report: Finished) -> None:
    """The PDF is tagged, and says that it is PDF/UA-1."""
    root: Any = report.pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    metadata = root["/Metadata"].get_data().decode("utf-8")
    assert re.search(r"pdfuaid:part(>|=\")1", metadata)


def no_path_of_this_machine(report: Finished) -> None:
    """No file tells where it was made."""
    html = (report.folder / "report.html").read_text(encoding="utf-8")
    word = "".join(node.text or "" for node in report.word.element.iter())
    for text in (html, word, report.pdf_text):
        assert "ipynb" not in text
        assert "irostats-" not in text


def footer_on_every_page(report: Finished) -> None:
    """What the web page says at its foot stands at the foot of each page of the others."""
    foot = report.page.xpath("//body/footer")
    if not foot:
        return
    mark = tidy(foot[0].text_content())
    assert squeezed(mark) in squeezed(report.word.sections[0].footer.paragraphs[0].text)
    for page in report.pdf.pages:
        assert squeezed(mark) in squeezed(page.extract_text())


CONTRACT: tuple[Callable[[Finished], None], ...] = (
    same_headings,
    same_tables,
    same_charts,
    same_references,
    captions_count_up,
    alt_text_everywhere,
    header_rows_everywhere,
    language_and_title,
    one_first_heading,
    nothing_loaded,
    fit_for_readers,
    accessible_pdf,
    no_path_of_this_machine,
    footer_on_every_page,
)
