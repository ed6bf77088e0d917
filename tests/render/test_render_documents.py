"""Several documents of one staged report."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import docx
import lxml.html  # type: ignore[import-untyped,unused-ignore]
import pypdf
import pytest

from irostats.documents import DOCUMENTS, output_names
from irostats.errors import RenderError
from irostats.parameters import FORMATS
from irostats.render import RenderJob, render
from report_samples import ROOT, chart_cell, small_job, table_cell

EMBED = "{{< embed notebooks/reviews.ipynb#tbl-reviews-held >}}"
BODY = f"# Reviews\n\n{EMBED}\n"
SHORT = (
    '---\ntitle: "{title}"\nlang: en-GB\ntoc: false\nshort: true\nnumber-sections: false\n---\n\n'
)
COVER = SHORT.format(title="Paper") + "# First\n\n{{< include parts/cover.md >}}\n"
SUMMARY = SHORT.format(title="For children") + f"# Hello\n\nSee @tbl-reviews-held.\n\n{EMBED}\n"


def job(folder: Path, **documents: str) -> RenderJob:
    """A job over a report and other documents, all of one notebook, in every format."""
    made = small_job(folder, BODY, table_cell("tbl-reviews-held"), chart_cell("fig-x"))
    for name, text in documents.items():
        (made.root / f"{name}.qmd").write_text(text, encoding="utf-8")
    return dataclasses.replace(made, formats=FORMATS, parts={"cover": "**Held:** all of them."})


def names(work: RenderJob) -> list[str]:
    """Names of the files that are made."""
    return [path.name for path in render(work)]


def test_a_project_of_a_report_alone_makes_the_report_alone(tmp_path: Path) -> None:
    """Other documents may be absent."""
    assert names(job(tmp_path)) == ["report.html", "report.docx", "report.pdf"]


def test_each_document_is_made_in_its_own_formats(tmp_path: Path) -> None:
    """Of those that were asked for; and the names are known beforehand."""
    work = job(tmp_path, cover=COVER, summary=SUMMARY)
    assert names(work) == [
        *("report.html", "report.docx", "report.pdf"),
        *("cover.html", "cover.docx", "summary.html", "summary.pdf"),
    ]
    assert tuple(names(work)) == output_names(work.root, FORMATS)
    word = dataclasses.replace(work, formats=("docx",))
    assert names(word) == ["report.docx", "cover.docx"]


def test_documents_can_be_chosen(tmp_path: Path) -> None:
    """A misspelt one is an error that suggests the right one; so is a job that makes nothing."""
    work = job(tmp_path, cover=COVER)
    assert names(dataclasses.replace(work, documents=("cover",))) == ["cover.html", "cover.docx"]
    with pytest.raises(RenderError, match=r"document called 'covr'.*'cover'"):
        dataclasses.replace(work, documents=("covr",))
    with pytest.raises(RenderError, match="Nothing would be made of cover as pdf"):
        dataclasses.replace(work, documents=("cover",), formats=("pdf",))


def test_a_short_document_has_neither_contents_nor_numbers(tmp_path: Path) -> None:
    """Where its front matter says so; the report keeps both."""
    render(work := job(tmp_path, cover=COVER, summary=SUMMARY))
    for name, heading, has_contents in (("report", "1 Reviews", True), ("cover", "First", False)):
        page = lxml.html.parse(str(work.output / f"{name}.html")).getroot()
        assert bool(page.xpath("//nav")) is has_contents
        assert page.find(".//main//h2").text_content().split() == heading.split()
        words = [each.text for each in docx.Document(str(work.output / f"{name}.docx")).paragraphs]
        assert ("Contents" in words) is has_contents
    text = pypdf.PdfReader(work.output / "summary.pdf").pages[0].extract_text()
    assert "Contents" not in text
    assert "1 Hello" not in text


def test_documents_number_their_tables_apart(tmp_path: Path) -> None:
    """One cell may stand in two documents."""
    render(work := job(tmp_path, summary=SUMMARY))
    for name in ("report", "summary"):
        assert "Table\u00a01:" in (work.output / f"{name}.html").read_text(encoding="utf-8")


def test_what_code_writes_into_a_document_keeps_to_the_list(tmp_path: Path) -> None:
    """As what people write does."""
    work = dataclasses.replace(job(tmp_path, cover=COVER), parts={"cover": "<b>x</b>"})
    with pytest.raises(RenderError, match=r"parts/cover\.md uses .*raw HTML"):
        render(work)
    with pytest.raises(RenderError, match="part called 'covr'"):
        dataclasses.replace(work, parts={"covr": ""})


def test_one_document_that_fails_leaves_all_as_they_were(tmp_path: Path) -> None:
    """A report is not published beside last month's paper."""
    render(work := job(tmp_path, cover=COVER))
    before = {path: path.read_bytes() for path in work.output.iterdir()}
    (work.root / "cover.qmd").write_text(f"{COVER}\n{{{{< var no.such >}}}}\n", encoding="utf-8")
    with pytest.raises(RenderError, match=r"cover\.qmd, line \d+: .*'no\.such'"):
        render(work)
    assert {path: path.read_bytes() for path in work.output.iterdir()} == before


def test_quarto_is_told_of_every_document() -> None:
    """`quarto render` in the repository makes them all."""
    listed = (ROOT / "_quarto.yml").read_text(encoding="utf-8")
    assert f"render: [{', '.join(each.source for each in DOCUMENTS)}]" in listed
