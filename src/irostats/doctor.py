"""What this machine has for making reports, and what to install for more."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from irostats.errors import IrostatsError

PACKAGES = ("papermill", "nbclient", "ipykernel", "pandas", "matplotlib", "seaborn", "holidays")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Args:
        name: What it is.
        text: What was found.
        good: Whether there is nothing to do.
        advice: What to install or change.
        fatal: Whether no report can be made without it.
    """

    name: str
    text: str
    good: bool = True
    advice: str = ""
    fatal: bool = False


def examine(*, data: str = "", output: str = "") -> tuple[Finding, ...]:
    """Look at versions, renderers, fonts and folders.

    Args:
        data: Folder of the authorities, as for a build.
        output: Folder for finished reports, as for a build.
    """
    return (
        Finding("irostats", metadata.version("irostats")),
        Finding("python", f"{platform.python_version()} at {sys.executable}"),
        *(_package(name) for name in PACKAGES),
        *_rendering(),
        *_folders(data, output),
    )


def _package(name: str) -> Finding:
    try:
        return Finding(name, metadata.version(name))
    except metadata.PackageNotFoundError:
        advice = "python -m pip install --require-hashes -r requirements.lock"
        return Finding(name, "not installed", good=False, advice=advice, fatal=True)


def _rendering() -> Iterator[Finding]:
    from irostats.render import find_renderer

    try:
        survey = find_renderer()
    except IrostatsError as error:
        advice = error.next_step or "python -m pip install pypandoc_binary typst"
        yield Finding("renderer", error.message, good=False, advice=advice, fatal=True)
        return
    for name, version in survey.versions.items():
        yield Finding(name, version or "not installed", good=version is not None)
    chosen = survey.renderer
    where = f" at {chosen.path}" if chosen.path else ", which comes with irostats"
    yield Finding("renderer", f"{chosen.name}{where}", advice=" ".join(survey.advice))
    yield Finding("fonts", survey.fonts)


def _folders(data: str, output: str) -> Iterator[Finding]:
    from irostats import parameters

    try:
        root, inputs = parameters.project_root(), parameters.data_folder(data)
    except IrostatsError as error:
        yield Finding("project", error.message, good=False, advice=error.next_step, fatal=True)
        return
    yield Finding("project", str(root))
    found = parameters.authorities(inputs)
    yield Finding(
        "data",
        f"{inputs}: {', '.join(found) or 'no authority'}",
        good=bool(found),
        advice="" if found else "An authority is a folder with authority.toml; see data/README.md.",
    )
    finished = Path(output or os.environ.get("IROSTATS_OUTPUT", "") or root / "output").resolve()
    yield _writable("output", finished)


def _writable(name: str, folder: Path) -> Finding:
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    if not os.access(nearest, os.W_OK):
        advice = "Choose a folder that you may write to, with --output or IROSTATS_OUTPUT."
        return Finding(name, f"{folder} cannot be written", good=False, advice=advice, fatal=True)
    free = shutil.disk_usage(nearest).free / 1e9
    return Finding(name, f"{folder} ({free:.0f} GB free)")
