"""Opening a file that an analyst put into a folder: a file, of that folder, of a sensible size.

A pipe would be waited for without end, a link can lead to what is nobody's to print, and a file
without end takes all memory. What cannot be opened is said in words; nothing is read of it.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import IO

MAX_SETTINGS = 2 * 2**20
"""Largest settings file, narrative, population.csv or published.csv."""

PIPE = "it is a pipe or a device, no file"
OUTSIDE = "it is a link that leads out of the folder"
CLOSED = "it cannot be opened"


def contents(path: Path, within: Path, limit: int = MAX_SETTINGS) -> bytes | str:
    """A file's bytes, or why it is not opened.

    Args:
        path: The file.
        within: The folder that it must lie in, links followed.
        limit: Its largest size in bytes.
    """
    try:
        if not _inside(path, within):
            return OUTSIDE
        # Asked of what is open, not of the name: between the two another file could take its place.
        with _opened(path) as file:
            kind = os.fstat(file.fileno())
            if not stat.S_ISREG(kind.st_mode):
                return PIPE
            if kind.st_size > limit:
                return f"it is larger than {limit // 2**20} MB"
            data = file.read(limit + 1)
    except (OSError, ValueError):
        return CLOSED
    return data if len(data) <= limit else f"it is larger than {limit // 2**20} MB"


def _inside(path: Path, within: Path) -> bool:
    return path.resolve().is_relative_to(within.resolve())


def _opened(path: Path) -> IO[bytes]:
    """The file for reading; of a pipe, without waiting for whoever writes into it."""

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))

    return open(path, "rb", opener=opener)


def there(path: Path) -> bool:
    """Whether anything bears the name: also what cannot be read, which must not pass for absent."""
    return os.path.lexists(path)
