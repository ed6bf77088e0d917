"""Both renderers keep one contract, checked on the finished files.

Quarto takes part where it is named: `IROSTATS_QUARTO=/path/to/quarto pytest tests/contract`, which
is what `make check-quarto` does. `IROSTATS_FINISHED=folder` checks any finished report as well.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from finished import CONTRACT, Finished, nothing_loaded, squeezed

from irostats.render import RenderJob, annotate, render, write_sources
from report_samples import NOT_RECORDED, ROOT, VARIABLES, whole_set

FINISHED = [
    Path(name) for name in os.environ.get("IROSTATS_FINISHED", "").split(os.pathsep) if name
]
RENDERERS = ["builtin", *(["quarto"] if os.environ.get("IROSTATS_QUARTO") else [])]
THEME = "src/irostats/render/theme"
HTML_TABLE = "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"
ABSENT = ("tbl-reviews-due", "fig-service-caseload", "tbl-challenge-flow")
NARRATIVE = {
    "reviews": (
        "We held {{< var reviews.held >}} reviews: see @tbl-reviews-held and\n"
        "@fig-reviews-on-time, in @sec-reviews.\n\n- one\n- two\n\n> I like my IRO.\n\n"
        "::: {.callout-note}\nWhat the council does next.\n:::\n\n## Our plans\n\nMore of it."
    )
}


def number_of(label: str) -> int:
    """The number of a table or chart of the whole report, those that nobody keeps left out."""
    source = (ROOT / "report.qmd").read_text(encoding="utf-8")
    kind = label.partition("-")[0]
    labels = re.findall(rf"\.ipynb#({kind}-[\w-]+)", source)
    return [found for found in labels if found not in ABSENT].index(label) + 1


@pytest.fixture(scope="session", params=RENDERERS)
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """A report by each renderer, of made-up notebooks with three tables that nobody keeps."""
    folder = tmp_path_factory.mktemp(request.param)
    job = RenderJob(
        root=ROOT,
        notebooks=whole_set(folder / "notebooks", absent=ABSENT),
        output=folder / "output",
        variables=VARIABLES,
        narrative=NARRATIVE,
        renderer=request.param,
    )
    render(job)
    return Finished(job.output)


@pytest.mark.parametrize("promise", CONTRACT, ids=lambda promise: promise.__name__)
def test_both_renderers_keep_the_contract(
    report: Finished, promise: Callable[[Finished], None]
) -> None:
    """What each promise says is true of the files of each renderer."""
    promise(report)


@pytest.mark.skipif(not FINISHED, reason="no folders were named in IROSTATS_FINISHED")
def test_finished_reports_keep_the_contract() -> None:
    """So do reports that lie somewhere already."""
    for folder in FINISHED:
        for promise in CONTRACT:
            promise(Finished(folder))


def test_a_table_that_is_not_kept_is_a_sentence_without_number_or_caption(
    report: Finished,
) -> None:
    """Where a table is absent its sentence stands alone, and the numbers close up."""
    texts = [paragraph.text for paragraph in report.word.paragraphs]
    assert texts.count(NOT_RECORDED) == len(ABSENT)
    captions = [caption for caption, _ in [*report.html.tables, *report.html.charts]]
    assert not [caption for caption in captions if "reviews due" in caption]


def test_narrative_stands_under_its_section(report: Finished) -> None:
    """What people wrote is merged, with its figures and references."""
    headings = [text for _, text in report.html.headings]
    section = next(text.split()[0] for text in headings if text.endswith(" Reviews"))
    (ours,) = [text for text in headings if text.endswith(" Our plans")]
    assert ours.split(".")[0] == section
    table, chart = number_of("tbl-reviews-held"), number_of("fig-reviews-on-time")
    expected = [f"Table {table}", f"Figure {chart}", f"Section {section}"]
    assert report.html.references[-3:] == expected
    assert "We held 1,021 reviews" in " ".join(report.page.text_content().split())


def test_the_report_says_at_once_what_it_is(report: Finished) -> None:
    """The first page says that the data are synthetic and that the report is a draft."""
    first_page = report.pdf.pages[0].extract_text()
    assert "Synthetic data." in first_page
    assert "Draft." in first_page
    assert report.page.find_class("banner")


@pytest.mark.skipif(len(RENDERERS) < 2, reason="no Quarto was named in IROSTATS_QUARTO")
def test_the_root_renders_with_quarto_alone(tmp_path: Path) -> None:
    """`quarto render report.qmd` makes three files without a warning, from annotated notebooks.

    As in the repository's root: no staging, notebooks with HTML in their outputs, captions in the
    cells' metadata.
    """
    for name in ("report.qmd", "_quarto.yml"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / THEME, tmp_path / THEME)
    write_sources(tmp_path, VARIABLES, NARRATIVE)
    for path in whole_set(tmp_path / "notebooks", absent=ABSENT).iterdir():
        notebook = annotate(json.loads(path.read_text(encoding="utf-8")))
        for cell in notebook["cells"]:
            if "tbl-cap" in cell["metadata"]:
                cell["outputs"][0]["data"]["text/html"] = HTML_TABLE
        path.write_text(json.dumps(notebook), encoding="utf-8")
    command = [os.environ["IROSTATS_QUARTO"], "render", "report.qmd"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "WARN" not in done.stderr.upper()
    report = Finished(tmp_path / "output" / "preview")
    assert len(report.html.tables) == len(report.docx.tables) > 10
    assert len(report.html.charts) == len(report.docx.charts) > 5
    nothing_loaded(report)
    assert squeezed("Synthetic data: not a publication") in report.pdf_text


@pytest.mark.skipif(len(RENDERERS) < 2, reason="no Quarto was named in IROSTATS_QUARTO")
def test_the_renderers_agree_with_each_other(tmp_path: Path) -> None:
    """HTML and Word by Quarto say, word for word, what the built-in renderer's say."""
    notebooks = whole_set(tmp_path / "notebooks", absent=ABSENT)
    said = []
    for renderer in RENDERERS:
        job = RenderJob(
            root=ROOT,
            notebooks=notebooks,
            output=tmp_path / renderer,
            variables=VARIABLES,
            narrative=NARRATIVE,
            formats=("html", "docx"),
            renderer=renderer,
        )
        render(job)
        finished = Finished(job.output)
        words = " ".join(finished.page.find(".//main").text_content().split())
        said.append((finished.html, finished.docx, words))
    assert said[0] == said[1]
