"""Reading the labelled outputs of executed notebooks."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from irostats.errors import NotebookError
from irostats.render.notebooks import annotate, embedded, publishable, read_notebook
from report_samples import (
    ALT,
    CAPTION,
    NOTE,
    cell,
    chart_cell,
    notebook,
    png,
    sentence_cell,
    table_cell,
    write_notebook,
)


def read(folder: Path, *cells: dict[str, Any]) -> Any:
    """What the labelled cells of a notebook show."""
    return embedded(write_notebook(folder / "reviews.ipynb", *cells))


def test_a_table_a_chart_and_a_sentence_are_read(tmp_path: Path) -> None:
    """Each kind comes with all that the report needs of it."""
    found = read(tmp_path, table_cell("tbl-a"), chart_cell("fig-b"), sentence_cell("c"))
    assert [item.kind for item in found.values()] == ["table", "chart", "sentence"]
    assert found["tbl-a"].caption == CAPTION
    assert found["tbl-a"].note == NOTE
    assert (found["fig-b"].png, found["fig-b"].alt) == (png(), ALT)
    assert found["c"].markdown == "**1,021 reviews** were held."


def test_cells_without_a_label_are_passed_over(tmp_path: Path) -> None:
    """Parameters, set-up and headings are no part of the report."""
    unlabelled = cell("x", {"text/plain": "row data"})
    unlabelled["source"] = "report"
    assert read(tmp_path, unlabelled, {"cell_type": "markdown", "source": "# x"}) == {}


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (table_cell("tbl-a", caption=""), "table without a caption"),
        (chart_cell("fig-a", alt="  "), "chart without alt text"),
        (chart_cell("fig-a", caption=""), "chart without a caption"),
        (cell("tbl-a", {"text/plain": "x"}, kind="table", caption="x"), "without text in Markdown"),
        (cell("fig-a", {"text/plain": "x"}, kind="chart", caption="x", alt="x"), "a picture"),
        ({**sentence_cell("a"), "outputs": []}, "shows 0 things"),
        ({**sentence_cell("a"), "outputs": sentence_cell("a")["outputs"] * 2}, "shows 2 things"),
        (
            {**sentence_cell("a"), "outputs": [{"output_type": "error", "ename": "KeyError"}]},
            "failed",
        ),
    ],
)
def test_an_incomplete_cell_is_an_error_that_names_it(
    tmp_path: Path, broken: dict[str, Any], message: str
) -> None:
    """Nothing is published without its caption, alt text or output."""
    with pytest.raises(NotebookError, match=message) as caught:
        read(tmp_path, broken)
    assert "reviews.ipynb, cell '" in str(caught.value)


def test_a_label_borne_twice_is_an_error(tmp_path: Path) -> None:
    """A label names one cell."""
    with pytest.raises(NotebookError, match="two cells are labelled 'tbl-a'"):
        read(tmp_path, table_cell("tbl-a"), table_cell("tbl-a"))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"nbformat": 4}'])
def test_what_is_no_notebook_is_an_error(tmp_path: Path, text: str) -> None:
    """A half-written notebook is told from an absent one."""
    path = tmp_path / "reviews.ipynb"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NotebookError, match="is not a notebook"):
        read_notebook(path)


def test_an_absent_notebook_is_an_error(tmp_path: Path) -> None:
    """It says what to do."""
    with pytest.raises(NotebookError, match=r"not there.*\n?.*Build the report again"):
        read_notebook(tmp_path / "reviews.ipynb")


def test_annotating_puts_captions_where_quarto_looks_for_them() -> None:
    """In the cell's metadata; the source keeps its label only."""
    given = notebook(table_cell("tbl-a"), chart_cell("fig-b"), sentence_cell("c"))
    before = copy.deepcopy(given)
    table, chart, sentence = annotate(given)["cells"]
    assert table["metadata"] == {"tbl-cap": CAPTION, "note": NOTE}
    assert chart["metadata"]["fig-cap"] == CAPTION
    assert chart["metadata"]["fig-alt"] == ALT.replace("\\", "\\\\")
    assert sentence["metadata"] == {}
    assert table["source"] == before["cells"][0]["source"]
    assert given == before


def test_what_is_staged_holds_only_what_is_published() -> None:
    """No code, no printed streams, no HTML, no cell without a label."""
    table = table_cell("tbl-a")
    table["outputs"][0]["data"]["text/html"] = "<table></table>"
    table["outputs"].append({"output_type": "stream", "name": "stderr", "text": "warning"})
    loose = cell("x", {"text/plain": "loose"})
    loose["source"] = "report"
    (staged,) = publishable(notebook(loose, table))["cells"]
    assert staged["source"] == "#| label: tbl-a\n"
    assert [sorted(output["data"]) for output in staged["outputs"]] == [
        ["text/markdown", "text/plain"]
    ]
