"""Quarto, by subprocess, in a staged copy of the report."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
from pathlib import Path

from irostats.documents import Document
from irostats.errors import RenderError
from irostats.render.programs import run

#: The first version whose filters can number what a notebook's cell shows.
OLDEST = (1, 4)

_VERSION = re.compile(r"(\d+)\.(\d+)(?:\.(\d+))?")
_RENDERED = "rendered"
_VERSION_SECONDS = 60.0


def quarto_path(explicit: Path | None = None) -> Path | None:
    """Where Quarto is: named, in `IROSTATS_QUARTO`, on the `PATH`, or its Python package.

    Raises:
        RenderError: The path that was named does not lead to a file.
    """
    named = explicit or os.environ.get("IROSTATS_QUARTO")
    if named:
        path = Path(named)
        if not path.is_file():
            raise RenderError(
                f"There is no Quarto at {path}.",
                next_step="Correct the path, or leave it out to use the built-in renderer.",
            )
        return path.resolve()
    on_path = shutil.which("quarto")
    return Path(on_path) if on_path else _packaged()


def quarto_version(path: Path) -> tuple[int, ...]:
    """The version that Quarto reports.

    Raises:
        RenderError: It does not start, or says something else.
    """
    said = run([path, "--version"], name=f"Quarto at {path}", timeout=_VERSION_SECONDS)
    found = _VERSION.search(said)
    if not found:
        raise RenderError(f"Quarto at {path} does not say which version it is: {said.strip()!r}.")
    return tuple(int(part) for part in found.groups(default="0"))


def require_version(path: Path) -> tuple[int, ...]:
    """The version, if it is new enough.

    Raises:
        RenderError: It is older than 1.4.
    """
    version = quarto_version(path)
    if version[:2] < OLDEST:
        raise RenderError(
            f"Quarto at {path} is version {_dotted(version)}; 1.4 or later is needed.",
            next_step="Update Quarto, or build with `--renderer builtin`.",
        )
    return version


def render_quarto(
    stage: Path,
    document: Document,
    formats: tuple[str, ...],
    *,
    path: Path,
    epoch: int,
    timeout: float,
    marking: str = "",
) -> dict[str, Path]:
    """Render a document of a staged report with Quarto.

    Args:
        stage: The staged copy, see `staging.stage`.
        document: Which of its documents.
        formats: Some of `html`, `docx`.
        path: The Quarto to run.
        epoch: The time that Word files state, in seconds since 1970.
        timeout: Seconds for each format.
        marking: What every page bears.

    Returns:
        The finished files inside the stage, by format.

    Raises:
        RenderError: Quarto failed, took too long, or did not write what it was asked for.
    """
    require_version(path)
    made = {}
    for format_ in formats:
        arguments = ["render", document.source, "--to", format_, "--output-dir", _RENDERED]
        arguments += ["-M", f"marking:{marking}"] if marking else []
        run(
            [path, *arguments],
            name="Quarto",
            cwd=stage,
            timeout=timeout,
            env={"SOURCE_DATE_EPOCH": str(epoch)},
        )
        made[format_] = stage / _RENDERED / document.file(format_)
        if not made[format_].is_file() or made[format_].stat().st_size == 0:
            raise RenderError(
                f"Quarto said that it was done, but there is no {made[format_].name} where it was "
                "told to write it.",
                next_step="Build with `--renderer builtin`, and report this with Quarto's version.",
            )
    return made


def _packaged() -> Path | None:
    """Quarto as the PyPI package `quarto-cli` leaves it: downloaded when it was installed."""
    spec = importlib.util.find_spec("quarto_cli")
    if spec is None or not spec.origin:
        return None
    found = sorted(Path(spec.origin).parent.glob("quarto*/bin/quarto*"))
    return next((path for path in found if path.name in ("quarto", "quarto.exe")), None)


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(str(part) for part in version)
