"""The one way in: a job goes in, finished files come out, or the old ones stay."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from irostats.documents import Document, named
from irostats.errors import RenderError
from irostats.render.builtin import render_builtin
from irostats.render.find import choose
from irostats.render.job import RenderJob
from irostats.render.policy import apply_policy
from irostats.render.quarto import render_quarto
from irostats.render.staging import stage
from irostats.render.word import finish_word


def render(job: RenderJob) -> list[Path]:
    """Render the documents of a report.

    Everything is made in a folder of its own and moved into place at the end, so that a failure, or
    being stopped at any moment, leaves the earlier files as they were.

    The PDF is made by the built-in renderer even where there is Quarto: the Typst that Quarto 1.7
    brings makes no tagged PDF, and fetches packages from a server.

    Args:
        job: What to render, and where to.

    Returns:
        The finished files, document by document, each in the order of `job.formats`.

    Raises:
        RenderError: The report could not be made; it says why and what to do.
        NotebookError: A notebook did not run to its end, or lacks a caption or alt text.
    """
    try:
        return _render(job)
    except OSError as error:
        raise RenderError(
            f"The report could not be written to {job.output}: {error}.",
            next_step="Close the report if it is open in Word or a PDF reader, make sure that the "
            "disk is not full, and build again.",
        ) from error


def _render(job: RenderJob) -> list[Path]:
    chosen = choose(job.renderer, job.quarto)
    with tempfile.TemporaryDirectory(prefix="irostats-", ignore_cleanup_errors=True) as folder:
        staged = stage(job, Path(folder))
        made = [path for each in job.present for path in _made(job, staged, each, chosen.path)]
        return _publish(made, job.output, job.marking)


def _made(job: RenderJob, staged: Path, document: Document, quarto: Path | None) -> list[Path]:
    formats = document.among(job.formats)
    by_quarto = tuple(name for name in formats if name != "pdf") if quarto else ()
    built_in = tuple(name for name in formats if name not in by_quarto)
    made: dict[str, Path] = {}
    if by_quarto and quarto:
        made |= render_quarto(
            staged,
            document,
            by_quarto,
            path=quarto,
            epoch=job.epoch_seconds,
            timeout=job.timeout,
            marking=job.marking,
        )
    if built_in:
        made |= render_builtin(
            staged,
            document,
            built_in,
            built_at=job.built_at,
            timeout=job.timeout,
            marking=job.marking,
        )
    if "docx" in made:
        finish_word(made["docx"], job.marking)
    if "html" in made:
        apply_policy(made["html"])
    return [made[name] for name in formats]


def _publish(made: list[Path], output: Path, marking: str) -> list[Path]:
    """Write beside, then rename: no reader ever meets half a report."""
    output.mkdir(parents=True, exist_ok=True)
    beside = [output / f".{path.name}.part" for path in made]
    finished = [output / named(path.name, marking) for path in made]
    try:
        for path, copy in zip(made, beside, strict=True):
            shutil.copyfile(path, copy)
        for copy, place in zip(beside, finished, strict=True):
            copy.replace(place)
    finally:
        for copy in beside:
            copy.unlink(missing_ok=True)
    return finished
