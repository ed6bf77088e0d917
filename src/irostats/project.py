"""Where irostats's own notebooks lie, and where a build may write."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from irostats.errors import CommandError


def project_root() -> Path:
    """The folder that holds ``notebooks/`` and ``report.qmd``, whose notebooks are executed.

    The one that ``IROSTATS_PROJECT`` names, else the one that this module was installed from, else
    (irostats being installed apart from it) the nearest above the working directory that is
    irostats's and not in the data folder. What lies beside somebody's data is never executed.

    Raises:
        CommandError: There is none.
    """
    named = os.environ.get("IROSTATS_PROJECT", "")
    if named:
        folder = Path(named).expanduser().resolve()
        if _is_project(folder):
            return folder
        raise CommandError(
            f"IROSTATS_PROJECT names {folder}, which has no report.qmd and notebooks/.",
            next_step="Name the folder that you cloned or unpacked, or leave it out.",
        )
    for folder in _above(Path(__file__).resolve().parent):
        if _is_project(folder):
            return folder
    here = Path.cwd()
    data = Path(os.environ.get("IROSTATS_DATA") or here / "data").expanduser().resolve()
    for folder in _above(here):
        if _is_project(folder) and _is_own(folder) and not folder.is_relative_to(data):
            return folder
    raise CommandError(
        "The irostats project folder (with report.qmd and notebooks/) was not found.",
        next_step="Run the command inside the folder that you cloned or unpacked.",
    )


def _is_project(folder: Path) -> bool:
    return (folder / "report.qmd").is_file() and (folder / "notebooks").is_dir()


def _is_own(folder: Path) -> bool:
    """Whether a folder is irostats's, and no authority's."""
    try:
        return 'name = "irostats"' in (folder / "pyproject.toml").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False


def _above(folder: Path) -> tuple[Path, ...]:
    return (folder, *folder.parents)


def keep_apart(
    data: Path, inputs: Sequence[Path], *, build: tuple[Path, Path], output: tuple[Path, Path]
) -> None:
    """Stop where a build would write over its inputs, or into irostats itself.

    Args:
        data: Folder of the authorities.
        inputs: The authorities' folders.
        build: The build folder, and this report's in it.
        output: The output folder, and this report's in it.

    Raises:
        CommandError: Build or output is the data folder, lies in an authority's folder or in the
            program, or its report's folder holds the data; or they are one folder.
    """
    source = Path(__file__).resolve().parent
    kept = [("the program's own folder", source)]
    kept += [(f"the project's {name}", source.parents[1] / name) for name in ("notebooks", "tests")]
    kept += [("an authority's inputs", folder) for folder in inputs]
    for name, (folder, own) in {"build": build, "output": output}.items():
        where = [what for what, other in kept if folder.is_relative_to(other)]
        if folder == data or data.is_relative_to(own):
            where.append("the data folder")
        if where:
            raise CommandError(
                f"The {name} folder {folder} would lie in {where[0]}.",
                next_step="Choose another folder, such as one beside it.",
            )
    if output[0] == build[0]:
        raise CommandError(
            f"{output[0]} cannot be both the build and the output folder.",
            next_step="Give --output or IROSTATS_BUILD another folder.",
        )
