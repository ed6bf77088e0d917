"""The finished papers, in HTML and Word: what they say is the same, and can be read by anybody."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import docx
import lxml.html  # type: ignore[import-untyped,unused-ignore]
import pytest
from committee_seeds import PARTS

import irostats
from irostats.render import RenderJob, render
from whole_reports import PROJECT, SEED_YEARS

RENDERERS = ["builtin", *(["quarto"] if os.environ.get("IROSTATS_QUARTO") else [])]
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NUMBERED = re.compile(r"^(\d+\.(\d+)?|[ivx]+\))$")


def tidy(text: str) -> str:
    """Text with single ordinary spaces."""
    return " ".join(text.split())


@dataclass
class Papers:
    """A folder with `cover.html` and `cover.docx`."""

    folder: Path
    slug: str

    @cached_property
    def page(self) -> Any:
        """The parsed HTML."""
        return lxml.html.parse(str(self.folder / "cover.html")).getroot()

    @cached_property
    def word(self) -> Any:
        """The opened Word file."""
        return docx.Document(str(self.folder / "cover.docx"))

    @cached_property
    def html_numbered(self) -> list[tuple[str, str]]:
        """Number and text of each numbered paragraph of the HTML."""
        found = []
        for div in self.page.find_class("numbered"):
            number = div.find_class("number")[0].text_content()
            found.append((number, tidy(div.text_content().strip().removeprefix(number))))
        return found

    @cached_property
    def word_numbered(self) -> list[tuple[str, str]]:
        """The same of the Word file, where a tab stands between them."""
        texts = [each.text for each in self.word.paragraphs if each.style.name.startswith("Numb")]
        return [
            (number, tidy(text)) for number, _, text in (each.partition("\t") for each in texts)
        ]


CASES = [(renderer, slug) for renderer in RENDERERS for slug in PARTS]


@pytest.fixture(scope="module", params=CASES, ids="-".join)
def paper(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Papers:
    """The paper of each seed, by each renderer."""
    renderer, slug = request.param
    report = irostats.open(slug, SEED_YEARS[slug])
    job = RenderJob(
        root=PROJECT,
        notebooks=PROJECT / "notebooks",
        output=tmp_path_factory.mktemp(slug),
        variables=report.variables(),
        parts=report.parts(),
        documents=("cover",),
        renderer=renderer,
    )
    render(job)
    return Papers(job.output, slug)


def test_a_finished_paper_keeps_its_promises(paper: Papers) -> None:
    """All of them on one paper, so that it is made once."""
    same_headings(paper)
    same_numbered_paragraphs(paper)
    language_title_and_banner(paper)
    nothing_is_loaded(paper)
    parts_stand_in_order(paper)
    fit_for_readers(paper)


def same_headings(paper: Papers) -> None:
    """One first-level heading, no level left out, the same in both files."""
    assert len(paper.page.xpath("//h1")) == 1
    html = [
        (int(node.tag[1]) - 1, tidy(node.text_content()))
        for node in paper.page.find(".//main").iter("h2", "h3", "h4")
    ]
    word = [
        (int(each.style.name[-1]), tidy(each.text))
        for each in paper.word.paragraphs
        if each.style.name.startswith("Heading")
    ]
    assert html == word
    assert {level for level, _ in html} <= {1, 2}
    assert html[0][0] == 1


def same_numbered_paragraphs(paper: Papers) -> None:
    """Each with its number, in both files; the text itself is the same."""
    assert paper.html_numbered == paper.word_numbered
    assert len(paper.html_numbered) > 10
    assert all(NUMBERED.match(number) and text for number, text in paper.html_numbered)


def language_title_and_banner(paper: Papers) -> None:
    """British English, a title, and at once that the data and the words are made up."""
    assert paper.page.get("lang") == "en-GB"
    languages = {node.get(f"{_W}val") for node in paper.word.styles.element.iter(f"{_W}lang")}
    assert languages == {"en-GB"}
    title = tidy(paper.page.findtext(".//title"))
    assert SEED_YEARS[paper.slug] in title
    assert paper.word.core_properties.title == title
    first = " ".join(each.text for each in paper.word.paragraphs[:8])
    for text in (first, tidy(paper.page.find(".//body").text_content())[:900]):
        assert "Synthetic data." in text
        assert "This paper is illustrative" in text
    assert "Synthetic data" in paper.word.sections[0].footer.paragraphs[0].text


def nothing_is_loaded(paper: Papers) -> None:
    """The page asks no server for anything, and neither file tells where it was made."""
    html = (paper.folder / "cover.html").read_text(encoding="utf-8")
    assert not paper.page.xpath("//script")
    assert not re.search(r"@import|url\((?!['\"]?data:)", html)
    word = "".join(node.text or "" for node in paper.word.element.iter())
    for text in (html, word):
        assert "irostats-" not in text
        assert "{{<" not in text


def parts_stand_in_order(paper: Papers) -> None:
    """Those of the council's own paper, in its order, in the Word file too."""
    text = "\n".join(tidy(each.text) for each in paper.word.paragraphs)
    position = 0
    for name in (each for each in PARTS[paper.slug] if not each.startswith("<")):
        found = re.search(rf"^[\d. ]*{re.escape(name)}", text[position:], re.MULTILINE)
        assert found, name
        position += found.end()


def fit_for_readers(paper: Papers) -> None:
    """A page for a phone, a keyboard and a screen reader, without contents: it is short."""
    assert paper.page.xpath("//meta[@name='viewport']")
    assert not paper.page.xpath("//nav")
    identifiers = paper.page.xpath("//@id")
    assert len(identifiers) == len(set(identifiers))
    skip = paper.page.xpath("//body/a")[0]
    assert paper.page.get_element_by_id(skip.get("href")[1:]).tag == "main"


def test_an_office_program_opens_the_paper(paper: Papers, tmp_path: Path) -> None:
    """It prints on a few pages, numbers and all."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("no LibreOffice on this machine: apt-get install libreoffice-writer")
    if paper.slug != "peterborough":
        return
    import pypdf

    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = [office, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run(
        [*command, str(paper.folder / "cover.docx")], check=True, capture_output=True, timeout=120
    )
    pages = [page.extract_text() for page in pypdf.PdfReader(tmp_path / "cover.pdf").pages]
    assert 1 < len(pages) < 8
    text = " ".join(" ".join(pages).split())
    assert re.search(r"12\.1 ?There are no financial implications", text)
