"""A job is checked when it is made."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from irostats.errors import RenderError
from report_samples import sentence_cell, small_job

BODY = "# Reviews\n\n{{< embed notebooks/reviews.ipynb#reviews-headline >}}\n"
CELL = sentence_cell("reviews-headline")


def test_an_unknown_format_names_the_nearest(tmp_path: Path) -> None:
    """A misspelt format is an error that suggests the right one."""
    with pytest.raises(RenderError, match=r"format called 'dcox'.*'docx'"):
        small_job(tmp_path, BODY, CELL, formats=("dcox",))


def test_an_unknown_renderer_is_an_error(tmp_path: Path) -> None:
    """Only auto, quarto and builtin are renderers."""
    with pytest.raises(RenderError, match="renderer called 'latex'"):
        small_job(tmp_path, BODY, CELL, renderer="latex")


def test_a_narrative_of_no_section_is_an_error(tmp_path: Path) -> None:
    """What someone wrote is never left out because a file was misnamed."""
    with pytest.raises(RenderError, match=r"'review'.*'reviews'"):
        small_job(tmp_path, BODY, CELL, narrative={"review": "text"})


@pytest.mark.parametrize(
    ("setting", "value", "message"),
    [
        ("formats", (), "No format"),
        ("timeout", 0, "must be positive"),
        ("built_at", datetime(2021, 3, 31), "no time zone"),
    ],
)
def test_senseless_settings_are_errors(
    tmp_path: Path, setting: str, value: object, message: str
) -> None:
    """A job that could not be done is refused before anything is written."""
    with pytest.raises(RenderError, match=message):
        small_job(tmp_path, BODY, CELL, **{setting: value})


def test_a_root_without_a_report_is_an_error(tmp_path: Path) -> None:
    """The error names the file that is missing."""
    job = small_job(tmp_path, BODY, CELL)
    (job.root / "report.qmd").unlink()
    with pytest.raises(RenderError, match=r"report\.qmd is not there"):
        small_job_again(job.root, job.notebooks)


def small_job_again(root: Path, notebooks: Path) -> None:
    """Make a job over folders that are there already."""
    from irostats.render import RenderJob

    RenderJob(root=root, notebooks=notebooks, output=root, variables={})


def test_the_build_time_is_seconds_since_1970(tmp_path: Path) -> None:
    """As SOURCE_DATE_EPOCH wants it."""
    job = small_job(tmp_path, BODY, CELL, built_at=datetime(1970, 1, 2, tzinfo=UTC))
    assert job.epoch_seconds == 86400
