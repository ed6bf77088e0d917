"""The files of a return: in the folder, in sub-folders, in zips, opened with care."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from irostats.errors import InputError
from irostats.opening import contents
from irostats.ssda903.findings import Finding

READ = frozenset({".csv", ".txt", ".tsv", ".xml"})
MAX_BYTES = 256 * 2**20
"""Largest file that is opened; the largest authority's return has some megabytes."""
MAX_MEMBERS = 2000
MAX_RATIO = 200
"""CSV shrinks 10 to 30 times in a zip; what shrinks 200 times is not a return."""
_SKIPPED_FOLDERS = frozenset({"service", "narrative", "__macosx"})
_SKIPPED_FILES = frozenset({"thumbs.db", "desktop.ini", "readme.md", "readme.txt"})


@dataclass(frozen=True, slots=True)
class Source:
    """A file's bytes.

    Args:
        path: Relative to the caller's folder, with ``/``; zip members follow the zip's name.
        inside: Relative to the folder of the return, by which its year is told.
        data: Its bytes.
    """

    path: str
    inside: PurePosixPath
    data: bytes

    @property
    def sha256(self) -> str:
        """Hash of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


def _relative(path: Path, base: Path) -> str:
    try:
        return path.resolve().relative_to(base.resolve()).as_posix()
    except ValueError:
        return path.name


def _skipped(inside: PurePosixPath) -> bool:
    """Files that nobody means as part of a return: hidden ones, other records' folders."""
    return (
        any(part.startswith(".") for part in inside.parts)
        or any(part.lower() in _SKIPPED_FOLDERS for part in inside.parts[:-1])
        or inside.name.lower() in _SKIPPED_FILES
        or inside.name.startswith("~$")
    )


def _walk(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every file in order, and every folder that is not entered, with the reason."""
    closed: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=closed.append, followlinks=False):
        folders.sort()
        links = [name for name in folders if Path(root, name).is_symlink()]
        yield from ((Path(root, name), "it is a link to a folder") for name in links)
        yield from ((Path(root, name), "") for name in sorted(names))
    yield from ((Path(error.filename), "the folder cannot be opened") for error in closed)


def _refusal(info: zipfile.ZipInfo) -> str:
    """Why a member of a zip is not opened, or empty."""
    name = info.filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or ":" in name:
        return "its name leads outside the zip"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link"
    if info.flag_bits & 0x1:
        return "it is protected by a password"
    if info.file_size > MAX_BYTES or (
        info.file_size > 2**20 and info.file_size > MAX_RATIO * max(info.compress_size, 1)
    ):
        return "it is too large to be part of a return"
    if name.lower().endswith(".zip"):
        return "it is a zip inside a zip"
    return ""


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | str:
    """A member's bytes, or why they cannot be had."""
    try:
        with archive.open(info) as stream:
            data = stream.read(info.file_size + 1)
    except Exception:  # noqa: BLE001 - a damaged archive raises what its damage makes it raise
        return "it is damaged"
    return data if len(data) == info.file_size else "it is damaged"


def _unzip(data: bytes, path: str, inside: PurePosixPath) -> Iterator[Source | Finding]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = [info for info in archive.infolist() if not info.is_dir()]
    except Exception:  # noqa: BLE001 - as above
        yield Finding("file-unreadable", path, detail="it is no zip, or a damaged one")
        return
    if len(members) > MAX_MEMBERS or sum(info.file_size for info in members) > 2 * MAX_BYTES:
        yield Finding("file-unreadable", path, detail="it holds more than a return can")
        return
    for info in sorted(members, key=lambda info: info.filename):
        name = info.filename.replace("\\", "/")
        refusal = _refusal(info)
        within = inside / name.lstrip("/")
        if refusal:
            shown = f"{path}/{PurePosixPath(name).name}"
            yield Finding("file-unreadable", shown, detail=f"{refusal}, and was not opened")
        elif not _skipped(PurePosixPath(name)):
            found = _member(archive, info)
            if isinstance(found, str):
                yield Finding("file-unreadable", f"{path}/{name}", detail=found)
            else:
                yield from _sorted_out(Source(f"{path}/{name}", within, found))


def _sorted_out(source: Source) -> Iterator[Source | Finding]:
    """Whether a file is one to read, by its first bytes and its name."""
    suffix = source.inside.suffix.lower()
    if source.data.startswith(b"PK\x03\x04"):
        if suffix == ".zip":
            yield from _unzip(source.data, source.path, source.inside)
        else:
            yield Finding("file-unreadable", source.path, detail="it is a spreadsheet workbook")
    elif source.data.startswith(b"\xd0\xcf\x11\xe0"):
        yield Finding("file-unreadable", source.path, detail="it is an old spreadsheet workbook")
    elif suffix == ".zip":
        yield Finding("file-unreadable", source.path, detail="it is no zip, or a damaged one")
    elif suffix in READ:
        yield source
    else:
        yield Finding("file-skipped", source.path, detail="it is neither CSV, XML nor zip")


def _open(path: Path, name: str, within: Path) -> bytes | Finding:
    found = contents(path, within, MAX_BYTES)
    return found if isinstance(found, bytes) else Finding("file-unreadable", name, detail=found)


def find(folder: Path, *, relative_to: Path) -> Iterator[Source | Finding]:
    """The files to read, in order of their names, and what was passed over.

    Raises:
        InputError: There is no such folder.
    """
    if not folder.is_dir():
        raise InputError(
            f"There is no folder {_relative(folder, relative_to)}.",
            next_step="Put the year's SSDA903 return there, as CSV files, XML or a zip.",
        )
    for path, closed in _walk(folder):
        inside = PurePosixPath(path.relative_to(folder).as_posix())
        if _skipped(inside / "any" if closed else inside):
            continue
        name = f"{_relative(path.parent, relative_to)}/{path.name}".removeprefix("./")
        found = (
            Finding("folder-closed", name, detail=closed)
            if closed
            else _open(path, name, relative_to)
        )
        if isinstance(found, Finding):
            yield found
        else:
            yield from _sorted_out(Source(name, inside, found))
