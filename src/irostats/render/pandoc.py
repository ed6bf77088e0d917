"""Pandoc from its wheel."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

import pypandoc

from irostats.errors import RenderError
from irostats.render.programs import run


@functools.cache
def pandoc_path() -> Path:
    """Where Pandoc is.

    Raises:
        RenderError: There is none.
    """
    try:
        return Path(pypandoc.get_pandoc_path())
    except OSError:
        raise RenderError(
            "Pandoc is not installed.", next_step="Install it with `pip install pypandoc_binary`."
        ) from None


def pandoc(
    arguments: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    timeout: float = 60.0,
    stdin: str = "",
    epoch: int = 0,
) -> str:
    """Run Pandoc.

    Args:
        arguments: As on its command line.
        cwd: Folder to run it in.
        timeout: Seconds.
        stdin: The document.
        epoch: The time that Word files state, in seconds since 1970.

    Raises:
        RenderError: It failed or took too long.
    """
    return run(
        [pandoc_path(), *arguments],
        name="Pandoc",
        cwd=cwd,
        timeout=timeout,
        env={"SOURCE_DATE_EPOCH": str(epoch)},
        stdin=stdin,
    )
