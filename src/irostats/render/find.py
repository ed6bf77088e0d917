"""Which renderer this machine has: for `irostats build`, and for `irostats doctor` to print."""

from __future__ import annotations

import importlib.metadata
import os
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl

from irostats.errors import RenderError
from irostats.render.pandoc import pandoc
from irostats.render.quarto import OLDEST, quarto_path, quarto_version


@dataclass(frozen=True)
class Renderer:
    """The renderer of a report: `quarto` with its path, or `builtin`."""

    name: str
    path: Path | None = None


@dataclass(frozen=True)
class Survey:
    """What this machine can render with.

    `versions` maps each program to its version, or to None where it is absent. `advice` says in
    sentences what to install for more.
    """

    renderer: Renderer
    versions: dict[str, str | None]
    fonts: str
    advice: tuple[str, ...]


def choose(renderer: str = "auto", quarto: Path | None = None) -> Renderer:
    """The renderer to use.

    Args:
        renderer: `auto`, `quarto` or `builtin`. `auto` takes Quarto if there is one that is new
            enough; one that was named by path is used or refused, never passed over.
        quarto: Path of a Quarto.

    Raises:
        RenderError: Quarto was asked for and there is none.
    """
    if renderer == "builtin":
        return Renderer("builtin")
    named = quarto is not None or "IROSTATS_QUARTO" in os.environ
    path = quarto_path(quarto)
    if path is None:
        if renderer == "quarto":
            raise RenderError(
                "Quarto was asked for, but is not installed.",
                next_step="Install it from quarto.org or conda-forge, or use `--renderer builtin`.",
            )
        return Renderer("builtin")
    if renderer == "auto" and not named and not _new_enough(path):
        return Renderer("builtin")
    return Renderer("quarto", path)


def described(renderer: Renderer) -> str:
    """The programs that make a report, with their versions, in words."""
    from_wheels = f"Pandoc {_pandoc_version()} and Typst {importlib.metadata.version('typst')}"
    if renderer.path is None:
        return from_wheels
    version = ".".join(map(str, quarto_version(renderer.path)))
    return f"Quarto {version} (HTML, Word), {from_wheels} (PDF)"


def _pandoc_version() -> str:
    return pandoc(["--version"]).split("\n", 1)[0].removeprefix("pandoc").strip()


def find_renderer(quarto: Path | None = None) -> Survey:
    """Everything that bears on rendering here, without rendering anything.

    Raises:
        RenderError: The path that was named does not lead to a file, or Pandoc is broken.
    """
    path = quarto_path(quarto)
    version = quarto_version(path) if path else None
    versions = {
        "quarto": ".".join(map(str, version)) if version else None,
        "pandoc": _pandoc_version(),
        "typst": importlib.metadata.version("typst"),
    }
    return Survey(
        renderer=choose("auto", quarto),
        versions=versions,
        fonts=f"DejaVu Sans, from matplotlib {mpl.__version__}",
        advice=_advice(version),
    )


def _new_enough(path: Path) -> bool:
    try:
        return quarto_version(path)[:2] >= OLDEST
    except RenderError:
        return False


def _advice(version: tuple[int, ...] | None) -> tuple[str, ...]:
    if version is None:
        return (
            "Reports are made by the built-in renderer. To edit report.qmd with a live preview, "
            "install Quarto 1.4 or later (quarto.org, or conda-forge).",
        )
    if version[:2] < OLDEST:
        return ("Quarto is older than 1.4 and is not used; update it to use it.",)
    return ()
