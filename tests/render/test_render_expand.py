"""Expanding the report's source to plain Pandoc Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from irostats.errors import IrostatsError
from irostats.render.expand import expand, split_front_matter
from irostats.render.staging import write_sources
from report_samples import (
    VARIABLES,
    chart_cell,
    png,
    sentence_cell,
    small_root,
    table_cell,
    write_notebook,
)


def expanded(folder: Path, body: str, **narrative: str) -> tuple[dict[str, Any], str]:
    """Front matter and body of a small report, with one cell of each kind to embed."""
    small_root(folder, body)
    write_sources(folder, VARIABLES, narrative)
    cells = (table_cell("tbl-a"), chart_cell("fig-b"), sentence_cell("tbl-c", "Not recorded."))
    write_notebook(folder / "notebooks" / "reviews.ipynb", *cells)
    meta, text, _ = expand(folder, folder / "figures")
    return meta, text


def test_variables_are_filled_in_text_and_front_matter(tmp_path: Path) -> None:
    """They print what Figures print."""
    meta, text = expanded(tmp_path, "Held: {{< var reviews.held >}}, **{{<var reviews.held>}}**.")
    assert meta["title"] == "Annual report of the Independent Reviewing Officers"
    assert "Held: 1,021, **1,021**." in text


def test_a_table_comes_with_label_caption_and_note(tmp_path: Path) -> None:
    """As Pandoc reads a captioned table."""
    _, text = expanded(tmp_path, "{{< embed notebooks/reviews.ipynb#tbl-a >}}")
    assert "| Reviews held | 998 | 1,021 |" in text
    assert "\n: The council's" in text
    assert "{#tbl-a}" in text
    assert "::: {.note}\nSource: SSDA903." in text


def test_a_chart_comes_as_a_picture_with_alt_text(tmp_path: Path) -> None:
    """The picture is written beside; quotes and backslashes in the alt text are kept."""
    _, text = expanded(tmp_path, "{{< embed notebooks/reviews.ipynb#fig-b >}}")
    assert "](figures/fig-b.png){#fig-b alt=" in text
    assert r"Bars of \"reviews\"" in text
    assert r"it's \\ more" in text
    assert (tmp_path / "figures" / "fig-b.png").read_bytes() == png()


def test_a_table_that_is_not_kept_is_its_sentence(tmp_path: Path) -> None:
    """Without caption or label."""
    _, text = expanded(tmp_path, "{{< embed notebooks/reviews.ipynb#tbl-c >}}")
    assert "Not recorded." in text
    assert "tbl-c" not in text


def test_an_included_narrative_has_its_variables_filled(tmp_path: Path) -> None:
    """What people wrote may name figures."""
    _, text = expanded(
        tmp_path, "{{< include narrative/reviews.md >}}", reviews="Ours: {{< var reviews.held >}}."
    )
    assert "Ours: 1,021." in text


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("text\n\n{{< var reviews.hled >}}", r"report\.qmd, line 8: .*'reviews\.hled'"),
        ("{{< embed notebooks/reviews.ipynb#tbl-aa >}}", "no cell labelled 'tbl-aa'.*'tbl-a'"),
        ("{{< embed notebooks/review.ipynb#tbl-a >}}", r"review\.ipynb is not there"),
        ("{{< include narrative/none.md >}}", r"none\.md is not there"),
        ("See {{< embed notebooks/reviews.ipynb#tbl-a >}}", "line of their own"),
        ("{{< embed notebooks/reviews.ipynb#tbl-a >}}\n" * 2, "'tbl-a' is embedded twice"),
    ],
)
def test_what_cannot_be_found_is_an_error_with_its_place(
    tmp_path: Path, body: str, message: str
) -> None:
    """The file and line are named, and the nearest known name."""
    with pytest.raises(IrostatsError, match=message):
        expanded(tmp_path, body)


def test_files_that_include_each_other_are_an_error(tmp_path: Path) -> None:
    """Rather than an endless loop."""
    (tmp_path / "loop.md").write_text("{{< include loop.md >}}", encoding="utf-8")
    with pytest.raises(IrostatsError, match="include each other"):
        expanded(tmp_path, "{{< include loop.md >}}")


def test_lines_keep_their_numbers_when_front_matter_is_cut_off() -> None:
    """So that an error names the line that an editor shows."""
    meta, body = split_front_matter("---\ntitle: x\n---\nfirst\n")
    assert meta == {"title": "x"}
    assert body.split("\n")[3] == "first"


def test_a_file_without_front_matter_is_all_body() -> None:
    """Narrative has none."""
    assert split_front_matter("text\n---\n") == ({}, "text\n---\n")
