"""Write beside, then rename: what keeps a build that is killed from leaving halves behind."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from irostats.errors import IrostatsError
from irostats.opened import STAGE
from irostats.parameters import MARKING

_STAGE, _OLD = STAGE, ".old-"
_PRIVATE, _OWNER = 0o077, 0o700
_LOCK_BYTE = 1 << 20
"""Windows forbids reading a locked byte, so the lock sits far behind the holder's note."""


@contextlib.contextmanager
def lock(folder: Path, title: str) -> Iterator[None]:
    """Hold the only build of ``folder``; the system frees the lock of a build that was killed.

    Args:
        folder: The build folder of one report; made if missing.
        title: The report, for the message.

    Raises:
        IrostatsError: Another build of the same report is running.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a+", encoding="utf-8") as file:
        try:
            _lock_file(file)
        except OSError:
            file.seek(0)
            holder = file.read().strip()
            raise IrostatsError(
                f"{title}: another build of this report is running"
                f"{f' ({holder})' if holder else ''}.",
                next_step="Wait until it is done, then build again.",
            ) from None
        file.truncate(0)
        file.write(f"process {os.getpid()}, since {time.strftime('%H:%M:%S')}")
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def _lock_file(file: IO[str]) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(_LOCK_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def private(wanted: bool) -> Iterator[None]:
    """While it lasts, what this process and its children write is for its owner alone.

    Also what is written on the way: executed notebooks, charts, what Pandoc and Typst leave.

    Args:
        wanted: False changes nothing: files get the user's own permissions.
    """
    before = os.umask(_PRIVATE) if wanted else None
    try:
        yield
    finally:
        if before is not None:
            os.umask(before)


def make_folder(folder: Path, *, private: bool) -> None:
    """Make a folder for finished files, readable by its owner alone if only private ones lie in it.

    One that is there keeps its permissions, but for one that was made private: once others may
    read what comes to lie in it, they may open it. The private files in it stay closed to them.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    if private:
        folder.mkdir(mode=_OWNER, exist_ok=True)
    elif folder.is_dir() and _made_private(folder):
        folder.chmod(0o777 & ~_umask())


def _made_private(folder: Path) -> bool:
    files = [path for path in folder.iterdir() if not path.name.startswith(".")]
    marked = bool(files) and all(MARKING in path.name for path in files)
    return marked and stat.S_IMODE(folder.stat().st_mode) == _OWNER


def _umask() -> int:
    current = os.umask(_PRIVATE)  # it can be read only by setting it
    os.umask(current)
    return current


@contextlib.contextmanager
def stage(folder: Path) -> Iterator[Path]:
    """A new folder within ``folder`` to write into; gone afterwards, whatever happens.

    So is ``folder`` itself if nothing came to lie in it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{_STAGE}{secrets.token_hex(4)}"
    path.mkdir(mode=0o700)  # what a build hands to its notebooks is nobody else's to write
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        with contextlib.suppress(OSError):
            folder.rmdir()


def clear_leftovers(folder: Path) -> None:
    """Remove what a killed build left in ``folder``, and put back what it had moved aside."""
    for old in sorted(folder.glob(f"{_OLD}*")):
        current = folder / old.name.removeprefix(_OLD)
        if not current.exists():
            old.replace(current)
    for leftover in (*folder.glob(f"{_STAGE}*"), *folder.glob(f"{_OLD}*")):
        shutil.rmtree(leftover, ignore_errors=True)


def swap(new: Path, current: Path) -> None:
    """Put the folder ``new`` in the place of ``current``.

    Folders cannot be replaced in one step everywhere; killed between the two renames, the old
    folder waits under its other name, and ``clear_leftovers`` puts it back.
    """
    old = current.with_name(f"{_OLD}{current.name}")
    shutil.rmtree(old, ignore_errors=True)
    if current.exists():
        current.replace(old)
    new.replace(current)
    shutil.rmtree(old, ignore_errors=True)


def publish(files: Iterable[Path], folder: Path, title: str, *, private: bool = False) -> None:
    """Move finished ``files`` into ``folder``, each in one step, in the order given.

    Private ones are closed to everybody but their owner before they are moved.

    Raises:
        IrostatsError: A file of that name is held open, as Word does on Windows.
    """
    for file in files:
        target = folder / file.name
        if private:
            file.chmod(0o600)
        try:
            file.replace(target)
        except PermissionError:
            raise IrostatsError(
                f"{title}: {target} could not be replaced.",
                next_step="Close the program that has it open, then build again.",
            ) from None
