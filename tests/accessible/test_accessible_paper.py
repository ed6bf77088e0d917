"""The built PDF and Word files are accessible; each check has been seen to find its fault."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import checked_pdf
import checked_word
import pikepdf
import pypdf
import pytest

from irostats.documents import SIGN_OFF
from irostats.parameters import MARKING
from irostats.render import render
from report_samples import chart_cell, small_job, table_cell
from whole_reports import SEED_YEARS, TEST_ALL, Reports

BODY = """::: {.banner}
What this is.
:::

# Reviews {#sec-reviews}

As [the law](https://www.legislation.gov.uk/uksi/2010/959) says, in @sec-held and @tbl-reviews-held.

- one
- two

## Held {#sec-held}

{{< embed notebooks/reviews.ipynb#tbl-reviews-held >}}

{{< pagebreak >}}

## Drawn

{{< embed notebooks/reviews.ipynb#fig-reviews-drawn >}}
"""


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        *((slug, "summary") for slug in SEED_YEARS),
        # A long report takes the reader a minute; Typst enforces it in all of them.
        *((slug, "report") for slug in (SEED_YEARS if TEST_ALL else ("york",))),
    ],
)
def test_every_pdf_is_pdf_ua(built: Reports, slug: str, name: str) -> None:
    """Not by Typst's word: every machine-checkable point, read by another library."""
    assert checked_pdf.faults_of(built[slug] / f"{name}.pdf") == []


@pytest.mark.parametrize("slug", SEED_YEARS)
@pytest.mark.parametrize("name", ["report", "cover"])
def test_every_word_file_is_accessible(built: Reports, slug: str, name: str) -> None:
    """Styles, header rows and columns, alt text, language, title, captions, links; no marking."""
    assert checked_word.faults_of(built[slug] / f"{name}.docx") == []


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with a table, a chart and links; and the same, marked."""
    folder = tmp_path_factory.mktemp("small")
    cells = (table_cell("tbl-reviews-held"), chart_cell("fig-reviews-drawn"))
    for name, marking in (("public", ""), ("internal", MARKING)):
        formats = ("html", "docx", "pdf")
        job = small_job(folder / name, BODY, *cells, formats=formats, marking=marking)
        render(job)
    return folder


def public(small: Path, kind: str) -> Path:
    """The file for the public."""
    return small / "public" / "output" / f"report.{kind}"


def internal(small: Path, kind: str) -> Path:
    """The marked file."""
    return small / "internal" / "output" / f"report-{MARKING}.{kind}"


def test_a_small_report_has_no_fault(small: Path) -> None:
    """What the faults are planted in is sound."""
    assert checked_pdf.faults_of(public(small, "pdf")) == []
    assert checked_pdf.faults_of(internal(small, "pdf")) == []
    assert checked_word.faults_of(public(small, "docx")) == []
    assert checked_word.faults_of(internal(small, "docx"), MARKING) == []


def test_every_page_of_an_internal_report_is_marked(small: Path) -> None:
    """At the head of each page, in the title and the properties; a public one nowhere."""
    for path, marked in ((internal(small, "pdf"), True), (public(small, "pdf"), False)):
        pdf = checked_pdf.Checked(path).reader
        assert len(pdf.pages) > 1
        assert {MARKING in page.extract_text() for page in pdf.pages} == {marked}
        assert pdf.metadata is not None
        assert (MARKING in str(pdf.metadata.title)) is marked
        assert (MARKING in str(pdf.metadata.get("/Keywords"))) is marked
    text = internal(small, "html").read_text(encoding="utf-8")
    assert f"<title>{MARKING}: " in text
    assert re.search(rf'<aside class="marking"[^>]*>{MARKING}</aside>', text)
    assert re.search(rf'@page {{ @top-center {{ content: "{MARKING}"', text)
    assert MARKING not in public(small, "html").read_text(encoding="utf-8")


def test_every_printed_page_of_an_internal_web_page_is_marked(
    small: Path, tmp_path: Path, chromium: str
) -> None:
    """In its margin, by the browser."""
    made = tmp_path / "printed.pdf"
    page = internal(small, "html").as_uri()
    options = ("--headless", "--no-sandbox", "--no-pdf-header-footer", f"--print-to-pdf={made}")
    subprocess.run([chromium, *options, page], check=True, capture_output=True, timeout=60)
    pages = [each.extract_text() for each in pypdf.PdfReader(made).pages]
    assert len(pages) > 1
    assert [number for number, text in enumerate(pages, start=1) if MARKING not in text] == []


def test_an_internal_build_is_marked_throughout(built: Reports) -> None:
    """Every file of it, page by page, beside the public one, which bears no marking."""
    folder = built.report("york", SEED_YEARS["york"])
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert built.report("york", SEED_YEARS["york"], "internal") == folder
    marked = {path for path in folder.iterdir() if MARKING in path.name}
    assert {path: path.read_bytes() for path in {*folder.iterdir()} - marked} == before
    names = {path.name for path in before} - {SIGN_OFF}
    assert {path.name.replace(f"-{MARKING}", "") for path in marked} == names
    assert {path.stat().st_mode & 0o077 for path in marked} == {0}
    for path in marked:
        if path.suffix == ".pdf":
            pages = checked_pdf.Checked(path).reader.pages
            assert all(MARKING in page.extract_text() for page in pages)
            assert checked_pdf.faults_of(path) == []
        elif path.suffix == ".docx":
            assert checked_word.faults_of(path, MARKING) == []
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                assert MARKING in book.read("xl/sharedStrings.xml").decode()
        else:
            assert MARKING in path.read_text(encoding="utf-8")


def test_a_link_is_read_by_its_words_and_its_page(small: Path) -> None:
    """Not as "page 1" alone, which is what Typst writes."""
    pdf = checked_pdf.Checked(public(small, "pdf")).reader
    said = [
        str(each.get_object()["/Contents"])
        for page in pdf.pages
        for each in page.get("/Annots", [])
    ]
    assert said[-3:] == ["the law", "Section 1.1 (page 1)", "Table 1 (page 1)"]


# ------------------------------------------------------------------ faults planted in a PDF


def elements(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    """Structure elements of a type."""
    return [each for each in pdf.objects if _is_element(each) and str(each.S)[1:] == kind]


def _is_element(thing: Any) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/StructElem"


def annotation(pdf: pikepdf.Pdf) -> Any:
    """The first link."""
    return next(page.Annots[0] for page in pdf.pages if "/Annots" in page)


def first_page(pdf: pikepdf.Pdf, change: Callable[[bytes], bytes]) -> None:
    """Write another first page."""
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(change(page.Contents.read_bytes()))


def unscoped(pdf: pikepdf.Pdf) -> None:
    """Take the scope from every header cell."""
    for cell in elements(pdf, "TH"):
        for each in cell.A:
            if "/Scope" in each:
                del each.Scope


def without(key: str, *things: Any) -> None:
    """Drop a key."""
    for thing in things:
        del thing[key]


def replace_in_xmp(pdf: pikepdf.Pdf, before: bytes, after: bytes) -> None:
    """Write other metadata."""
    text = pdf.Root.Metadata.read_bytes()
    assert before in text
    pdf.Root.Metadata = pdf.make_stream(text.replace(before, after))


def said(thing: Any, key: str, value: Any) -> None:
    """Set a key."""
    thing[key] = value


PDF_FAULTS: dict[str, Callable[[pikepdf.Pdf], object]] = {
    "13-004": lambda pdf: without("/Alt", elements(pdf, "Figure")[0]),
    "15-003": unscoped,
    "without a header cell": lambda pdf: said(elements(pdf, "TH")[-1], "/S", pikepdf.Name.TD),
    "header rows that repeat": lambda pdf: said(
        elements(pdf, "THead")[0], "/S", pikepdf.Name.TBody
    ),
    "not regular": lambda pdf: elements(pdf, "TR")[1].K.__delitem__(-1),
    "00-000": lambda pdf: without("/MarkInfo", pdf.Root),
    "01-000": lambda pdf: without("/StructTreeRoot", pdf.Root),
    "01-003": lambda pdf: first_page(pdf, lambda text: text + b"\n0 0 9 9 re f"),
    "01-005": lambda pdf: said(elements(pdf, "P")[0], "/K", pikepdf.Array([])),
    "02-001": lambda pdf: said(elements(pdf, "P")[0], "/S", pikepdf.Name.Paragraph),
    "09-004": lambda pdf: said(elements(pdf, "TBody")[0], "/S", pikepdf.Name.Div),
    "11-006": lambda pdf: said(pdf.Root, "/Lang", "en-US"),
    "07-001": lambda pdf: without("/ViewerPreferences", pdf.Root),
    "05-001": lambda pdf: replace_in_xmp(pdf, b"pdfuaid:part", b"pdfuaid:none"),
    "06-003": lambda pdf: replace_in_xmp(pdf, b"dc:title", b"dc:name"),
    "no title": lambda pdf: without("/Title", pdf.docinfo),
    "bookmarks": lambda pdf: without("/Outlines", pdf.Root),
    "page labels": lambda pdf: without("/PageLabels", pdf.Root),
    "14-003": lambda pdf: said(elements(pdf, "H2")[0], "/S", pikepdf.Name.H3),
    "28-008": lambda pdf: without("/Tabs", *(page for page in pdf.pages if "/Tabs" in page)),
    "28-011": lambda pdf: said(elements(pdf, "Link")[-1], "/K", pikepdf.Array([])),
    "28-012": lambda pdf: without("/Contents", annotation(pdf)),
    "says only": lambda pdf: said(annotation(pdf), "/Contents", "page 3"),
    "10-001": lambda pdf: without("/ToUnicode", *filter(_is_font, pdf.objects)),
}
"""What takes each thing away, by a word of what must be said of it."""


def _is_font(thing: Any) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing


@pytest.mark.parametrize("word", PDF_FAULTS)
def test_a_fault_in_a_pdf_is_found(small: Path, tmp_path: Path, word: str) -> None:
    """Each point fails on a file that lacks it."""
    with pikepdf.open(public(small, "pdf")) as pdf:
        PDF_FAULTS[word](pdf)
        pdf.save(tmp_path / "faulty.pdf")
    assert [fault for fault in checked_pdf.faults_of(tmp_path / "faulty.pdf") if word in fault]


# ------------------------------------------------------------------ faults planted in a Word file

DOCUMENT, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"
CORE = "docProps/core.xml"
WORD_FAULTS: dict[str, tuple[str, str, str]] = {
    "no title in": (CORE, r"<dc:title>.*?</dc:title>", "<dc:title></dc:title>"),
    "properties are not": (CORE, "en-GB", "en-US"),
    "styles in": (STYLES, 'w:val="en-GB"', 'w:val="en-US"'),
    "settings are not": (SETTINGS, "en-GB", "en-US"),
    "Title style": (DOCUMENT, '"Title"', '"BodyText"'),
    "no headings": (DOCUMENT, '"Heading[12]"', '"BodyText"'),
    "heading 3 after": (DOCUMENT, '"Heading2"', '"Heading3"'),
    "bold line": (
        DOCUMENT,
        "<w:sectPr",
        '<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>A</w:t>'
        "</w:r></w:p><w:sectPr",
    ),
    "is empty": (DOCUMENT, "<w:sectPr", "<w:p/><w:sectPr"),
    "spaced out": (DOCUMENT, "<w:sectPr", "<w:p><w:r><w:t>a     b</w:t></w:r></w:p><w:sectPr"),
    "first character": (DOCUMENT, "<w:sectPr", "<w:p><w:r><w:t>- a</w:t></w:r></w:p><w:sectPr"),
    "no caption": (DOCUMENT, '"TableCaption"', '"BodyText"'),
    "no header row": (DOCUMENT, r"<w:tblHeader[^>]*/>", ""),
    "firstColumn": (DOCUMENT, 'w:firstColumn="1"', 'w:firstColumn="0"'),
    "joined cells": (DOCUMENT, r"<w:tcPr ?/>", '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'),
    "not regular": (DOCUMENT, "</w:tbl>", "<w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"),
    "without a name": (DOCUMENT, ">Measure<", "><"),
    "no alt text": (DOCUMENT, 'descr="[^"]*"', 'descr=""'),
    "is called": (DOCUMENT, 'descr="[^"]*"', 'descr="figures/a.png"'),
    "link that says": (DOCUMENT, ">the law<", ">here<"),
    "nowhere": (DOCUMENT, 'w:name="sec-held"', 'w:name="gone"'),
    "page numbers": ("word/footer1.xml", "PAGE", "DATE"),
}
"""Part, what is replaced once, and by what, by a word of what must be said of it."""


def faulty(path: Path, into: Path, part: str, before: str, after: str) -> Path:
    """A copy of a Word file with one thing replaced."""
    made = into / "faulty.docx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == part:
                changed, count = re.subn(before, after, text.decode("utf-8"), flags=re.DOTALL)
                assert count, before
                text = changed.encode("utf-8")
            new.writestr(name, text)
    return made


@pytest.mark.parametrize("word", WORD_FAULTS)
def test_a_fault_in_a_word_file_is_found(small: Path, tmp_path: Path, word: str) -> None:
    """Each point fails on a file that lacks it."""
    made = faulty(public(small, "docx"), tmp_path, *WORD_FAULTS[word])
    assert [fault for fault in checked_word.faults_of(made) if word in fault]


def test_a_marking_that_is_missing_or_stray_is_found(small: Path, tmp_path: Path) -> None:
    """In the header and in the properties, of an internal and of a public file."""
    bare = faulty(internal(small, "docx"), tmp_path, "word/header1.xml", MARKING, "")
    assert checked_word.faults_of(bare, MARKING) == ["the header of section 1 says ''"]
    bare = faulty(internal(small, "docx"), tmp_path, CORE, MARKING, "")
    assert len(checked_word.faults_of(bare, MARKING)) == 2
    assert checked_word.faults_of(internal(small, "docx"))
