"""The summary for children: two pages that a ten-year-old can read, with the report's numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import lxml.html  # type: ignore[import-untyped,unused-ignore]
import pypdf
import pytest
from finished import Finished, squeezed, tidy

import irostats
from irostats import present
from irostats.calendar import ReportingYear
from irostats.figures import Figure, Status
from irostats.narrative import reading_age
from irostats.present import View
from irostats.render import RenderJob, render
from irostats.texts import Priority, Texts
from report_samples import ROOT, cell, embeds, write_notebook
from whole_reports import SEED_YEARS, Reports

EVERY = [(path.parent.name, path.name) for path in sorted((ROOT / "data").glob("*/20*"))]
OLDEST = 11
"""Reading age: that of a child of ten and a half."""
ROWS = {
    "review meetings were held": "Reviews held",
    "meetings were on time": "Reviews held on time",
    "could check were on time": "Reviews held on time",
    "heard the child's own views": "Reviews at age 4 and over in which the child took part",
    "saw their IRO before": "Children seen by the IRO before at least one review",
    "we spoke up": "Alerts raised",
    "asked managers to act": "Disputes opened",
    "for each full-time IRO": "Average caseload per full-time IRO",
    "kept the same IRO": "Children who had the same IRO all year",
}
"""What a number is said to be of, and the row of the report's tables that has it."""


@lru_cache
def page(folder: Path, name: str = "summary") -> Any:
    """The parsed HTML."""
    return lxml.html.parse(str(folder / f"{name}.html")).getroot()


@lru_cache
def pdf(folder: Path) -> pypdf.PdfReader:
    """The opened PDF."""
    return pypdf.PdfReader(folder / "summary.pdf")


def text_of(folder: Path) -> str:
    """All that the summary says, a paragraph, point or heading each."""
    nodes = page(folder).find(".//main").iter("h2", "p", "li", "figcaption")
    return "\n\n".join(tidy(node.text_content()) for node in nodes)


def numbers(folder: Path) -> list[tuple[str, str]]:
    """Each large number with what it is said to be of."""
    return [
        (
            tidy(node.find_class("big")[0].text_content()),
            tidy(node.find_class("words")[0].text_content()),
        )
        for node in page(folder).iter("figcaption")
    ]


def summary(view: View, variables: Mapping[str, Any], folder: Path) -> Path:
    """A summary made of a view, without the rest of its report."""
    cells = []
    for label in embeds()["children"]:
        name = label.removeprefix("fig-")
        made = present.chart(view, name) if label != name else present.sentence(view, name)
        data, metadata = made._repr_mimebundle_()
        cells.append(cell(label, data, **metadata["irostats"]))
    write_notebook(folder / "notebooks" / "children.ipynb", *cells)
    job = RenderJob(
        root=ROOT,
        notebooks=folder / "notebooks",
        output=folder / "output",
        variables=variables,
        documents=("summary",),
        renderer="builtin",
    )
    render(job)
    return job.output


@pytest.mark.parametrize(("slug", "year"), EVERY)
def test_two_pages_with_five_numbers_that_a_ten_year_old_can_read(
    tmp_path: Path, slug: str, year: str
) -> None:
    """Of every shipped authority and year; no telephone number, and made-up numbers called so."""
    report = irostats.open(slug, year)
    folder = summary(report.view, report.variables(), tmp_path)
    assert len(pdf(folder).pages) == 2
    assert len(numbers(folder)) == 5
    text = text_of(folder)
    age = reading_age(text)
    assert age is not None
    assert age <= OLDEST
    assert report.authority.words.child in text
    assert report.authority.words.service in text
    assert report.authority.identity.council in text
    assert not re.search(r"\d{5}|\d{3} \d{3}", text)
    assert "made up" in tidy(page(folder).find_class("banner")[0].text_content())


def test_two_pages_even_where_much_is_missing_and_much_is_planned(tmp_path: Path) -> None:
    """The longest that can be said of what is not known, and plans beyond all measure."""
    gone = {
        "participation.visited_children_percent": Status.NOT_ASSESSABLE,
        "challenge.alerts": Status.NOT_RECORDED,
        "challenge.opened": Status.NOT_RECORDED,
    }

    def change(figure: Figure) -> Figure:
        status = gone.get(figure.measure)
        return figure.without_value(status) if status else figure

    report = irostats.open("lancashire", "2016-17").view
    figures = replace(report.figures, rows=tuple(map(change, report.figures.rows)))
    following = ReportingYear(report.year.end + 1)
    plan = Priority(following, "Make sure that all of us do what we said we would do in the year.")
    view = replace(report, figures=figures, texts=Texts(priorities=(plan,) * 9))
    folder = summary(view, present.variables(view), tmp_path)
    assert len(pdf(folder).pages) == 2


@pytest.mark.parametrize("slug", SEED_YEARS)
def test_every_number_is_the_reports(built: Reports, slug: str) -> None:
    """The report's cell of the year, in the row that says the same, begins with it."""
    last: dict[str, list[str]] = {}
    for table in page(built[slug], "report").iter("table"):
        headings, *rows = ([tidy(node.text_content()) for node in row] for row in table.iter("tr"))
        year = headings.index(SEED_YEARS[slug]) if SEED_YEARS[slug] in headings else -1
        for first, *cells in rows:
            last.setdefault(first, []).append(cells[year - (year > 0)])
    assert len(numbers(built[slug])) == 5
    for number, words in numbers(built[slug]):
        (row_name,) = {row for part, row in ROWS.items() if part in words.split(". ")[0]}
        assert any(re.match(rf"{re.escape(number)}(?![\d.,])", each) for each in last[row_name])


@pytest.mark.parametrize("slug", SEED_YEARS)
def test_the_web_page_and_the_pdf_say_the_same(built: Reports, slug: str) -> None:
    """Words, numbers, and the alt text of each picture, which is not its caption."""
    folder = built[slug]
    printed = squeezed("".join(each.extract_text() for each in pdf(folder).pages))
    for node in page(folder).find(".//main").iter("h2", "p", "li"):
        assert squeezed(node.text_content()) in printed
    for number, words in numbers(folder):
        assert squeezed(number) in printed
        assert squeezed(words) in printed
    alts = [node.get("alt") for node in page(folder).iter("img")]
    elements = list(Elements(folder).pdf_elements())
    assert [tidy(each["/Alt"]) for each in elements if each["/S"] == "/Figure"] == alts
    assert not set(alts) & {tidy(node.text_content()) for node in page(folder).iter("figcaption")}


class Elements(Finished):
    """The structure tree of the summary's PDF."""

    @property
    def pdf(self) -> pypdf.PdfReader:
        """The summary instead of the report."""
        return pdf(self.folder)


@pytest.mark.parametrize("slug", SEED_YEARS)
def test_the_pdf_is_accessible_and_says_on_each_page_that_its_numbers_are_made_up(
    built: Reports, slug: str
) -> None:
    """Tagged, PDF/UA-1, with language, title, headings and lists."""
    root: Any = pdf(built[slug]).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert re.search(r"pdfuaid:part(>|=\")1", root["/Metadata"].get_data().decode("utf-8"))
    kinds = {element["/S"] for element in Elements(built[slug]).pdf_elements()}
    assert {"/H1", "/L", "/Figure"} <= kinds
    foot = tidy(page(built[slug]).xpath("//body/footer")[0].text_content())
    assert "Made-up numbers" in foot
    for each in pdf(built[slug]).pages:
        assert squeezed(foot) in squeezed(each.extract_text())
    about = pdf(built[slug]).metadata
    assert about is not None
    assert about.title == page(built[slug]).findtext(".//title")


@pytest.mark.parametrize("slug", SEED_YEARS)
def test_the_web_page_is_one_file_in_large_type(built: Reports, slug: str) -> None:
    """No script, nothing loaded; captions bear no number of a figure."""
    assert page(built[slug]).find("body").get("class") == "large"
    assert not list(page(built[slug]).iter("script"))
    text = (built[slug] / "summary.html").read_text(encoding="utf-8")
    assert not re.search(r"@import|url\((?!['\"]?data:)", text)
    assert "Figure" not in text_of(built[slug])
