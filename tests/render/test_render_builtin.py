"""The built-in renderer, from a small source to finished files."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import lxml.html  # type: ignore[import-untyped,unused-ignore]
import pypdf
import pytest

from irostats.errors import IrostatsError, RenderError
from irostats.render import FORMATS, render
from report_samples import VARIABLES, chart_cell, sentence_cell, small_job, table_cell

BODY = """# Reviews

{{< embed notebooks/reviews.ipynb#tbl-reviews-held >}}

{{< embed notebooks/reviews.ipynb#fig-reviews-on-time >}}

{{< include narrative/reviews.md >}}
"""
CELLS = (table_cell("tbl-reviews-held"), chart_cell("fig-reviews-on-time"))
BUILT_AT = datetime(2021, 7, 1, 12, 0, tzinfo=UTC)


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    """In every format, once the build time is stated, wherever the folders are."""
    made = []
    for name in ("one", "another place"):
        job = small_job(tmp_path / name, BODY, *CELLS, formats=FORMATS, built_at=BUILT_AT)
        made.append([path.read_bytes() for path in render(job)])
    assert made[0] == made[1]


def test_the_build_time_is_written_into_the_files(tmp_path: Path) -> None:
    """It is the stated time, not the clock's."""
    job = small_job(tmp_path, BODY, *CELLS, formats=("docx", "pdf"), built_at=BUILT_AT)
    word, pdf = render(job)
    properties: Any = docx.Document(str(word)).core_properties
    assert properties.created == BUILT_AT
    metadata = pypdf.PdfReader(pdf).metadata
    assert metadata is not None
    assert metadata.creation_date == BUILT_AT


def test_reports_rendered_at_once_do_not_mix(tmp_path: Path) -> None:
    """Two authorities' captions stay in their own reports."""
    jobs = [
        small_job(tmp_path / name, BODY, table_cell("tbl-reviews-held", name), CELLS[1])
        for name in ("York", "Lancashire")
    ]
    threads = [threading.Thread(target=render, args=(job,)) for job in jobs * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for job, mine, other in zip(jobs, ("York", "Lancashire"), ("Lancashire", "York"), strict=True):
        text = (job.output / "report.html").read_text(encoding="utf-8")
        assert f"Table\u00a01: {mine}" in text
        assert other not in text


def test_a_narrative_with_an_unknown_variable_is_an_error_that_names_both(tmp_path: Path) -> None:
    """The file, the line, the name and the nearest known one."""
    job = small_job(
        tmp_path, BODY, *CELLS, narrative={"reviews": "Well.\n\nHeld {{< var reviews.hed >}}"}
    )
    with pytest.raises(
        RenderError, match=r"narrative/reviews\.md, line 3: .*'reviews\.hed'.*'reviews\.held'"
    ):
        render(job)


def test_a_narrative_cannot_bring_in_what_runs_or_loads(tmp_path: Path) -> None:
    """Scripts are cleaned away, and pictures from elsewhere are refused by name."""
    job = small_job(tmp_path / "a", BODY, *CELLS, narrative={"reviews": "<script>x()</script>Hm"})
    render(job)
    text = (job.output / "report.html").read_text(encoding="utf-8")
    assert ("x()" in text, "Hm" in text) == (False, True)
    job = small_job(tmp_path / "b", BODY, *CELLS, narrative={"reviews": "![a](https://x.org/a)"})
    with pytest.raises(RenderError, match=r"narrative/reviews\.md, line 1: a picture"):
        render(job)


def test_what_people_wrote_may_break_the_page_but_not_embed(tmp_path: Path) -> None:
    """A narrative holds words and figures' names; tables come from the notebooks."""
    narrative = {"reviews": "One.\n\n{{< pagebreak >}}\n\nTwo."}
    assert render(small_job(tmp_path / "a", BODY, *CELLS, narrative=narrative))
    narrative = {"reviews": "{{< include narrative/reviews.md >}}"}
    with pytest.raises(RenderError, match=r"narrative/reviews\.md, line 1"):
        render(small_job(tmp_path / "b", BODY, *CELLS, narrative=narrative))


@pytest.mark.parametrize("fault", ["notebook", "typst", "disk"])
def test_a_failure_leaves_the_earlier_report_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """All formats are new, or all are old; nothing half-written lies beside."""
    job = small_job(tmp_path, BODY, *CELLS, formats=FORMATS)
    render(job)
    before = {path: path.read_bytes() for path in job.output.iterdir()}
    if fault == "notebook":
        (job.notebooks / "reviews.ipynb").write_text("{", encoding="utf-8")
    elif fault == "typst":
        monkeypatch.setattr("typst.compile", _refuse)
    else:
        monkeypatch.setattr(Path, "replace", _full)
    with pytest.raises(IrostatsError):
        render(job)
    assert {path: path.read_bytes() for path in job.output.iterdir()} == before


def _refuse(*_: object, **__: object) -> None:
    raise RuntimeError("not accessible")


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_what_typst_refuses_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF that would not be accessible is an error, not a lesser PDF."""
    monkeypatch.setattr("typst.compile", _refuse)
    with pytest.raises(RenderError, match="Typst says: not accessible"):
        render(small_job(tmp_path, BODY, *CELLS, formats=("pdf",)))


@pytest.mark.parametrize("name", ["O'Neill & Sons", 'The "Old" <Council>', "C#_*x*_ [1] $5", "é—ö"])
def test_any_name_can_stand_in_a_caption_and_an_alt_text(tmp_path: Path, name: str) -> None:
    """Alt text is printed as it is; captions are Markdown and must stay whole."""
    chart = chart_cell("fig-reviews-on-time", alt=name)
    job = small_job(tmp_path, BODY, CELLS[0], chart, formats=FORMATS)
    page, word, pdf = render(job)
    image = lxml.html.parse(str(page)).getroot().find(".//img")
    assert image is not None
    assert image.get("alt") == name
    document: Any = docx.Document(str(word))
    (drawing,) = [node for node in document.element.body.iter() if node.tag.endswith("}docPr")]
    assert drawing.get("descr") == name
    assert pdf.stat().st_size


def test_a_long_table_goes_on_to_a_second_page(tmp_path: Path) -> None:
    """With its header row again; a short one is kept together."""
    rows = "".join(f"| row {number} | {number} |\n" for number in range(120))
    table = table_cell("tbl-reviews-held", "Long", f"| Name | Held |\n|:--|--:|\n{rows}")
    (pdf,) = render(small_job(tmp_path, BODY, table, CELLS[1], formats=("pdf",)))
    pages = [page.extract_text() for page in pypdf.PdfReader(pdf).pages]
    with_rows = [text for text in pages if "row 1" in text or "row 11" in text]
    assert len(with_rows) > 1
    assert all("Held" in text for text in with_rows)


def test_an_empty_banner_leaves_nothing_behind(tmp_path: Path) -> None:
    """A final report of real data has nothing to warn of."""
    variables = VARIABLES | {"report": VARIABLES["report"] | {"banner": "", "footer": ""}}
    body = "::: {.banner}\n{{< var report.banner >}}\n:::\n\n" + BODY
    job = small_job(tmp_path, body, *CELLS, variables=variables, formats=FORMATS)
    text = render(job)[0].read_text(encoding="utf-8")
    assert 'class="banner"' not in text
    assert "<footer" not in text


def test_a_sentence_alone_makes_a_report(tmp_path: Path) -> None:
    """A report of nothing that was recorded is still a report."""
    body = "# Service\n\n{{< embed notebooks/reviews.ipynb#tbl-none >}}\n"
    job = small_job(tmp_path, body, sentence_cell("tbl-none", "Not recorded."), formats=FORMATS)
    assert "Not recorded." in render(job)[0].read_text(encoding="utf-8")
