"""A file's bytes to ``Contents``: what it is, its first bytes say before its name does."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePath

from irostats.verifying.contents import Contents

MAX_BYTES = 256 * 2**20
MAX_UNZIPPED = 512 * 2**20
MAX_MEMBERS = 20_000
MAX_DEPTH = 5
ZIP, PDF, OLE, PNG = b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG\r\n\x1a\n"
_PICKLE = re.compile(rb"\x80[\x02-\x05]")
_RUN = re.compile(rb"[\x20-\x7e]{5,}")
_WIDE = re.compile(rb"(?:[\x20-\x7e]\x00){5,}")
_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)


def read(name: str, data: bytes, depth: int = 0) -> Contents:
    """Lay a file out; a file that cannot be read is a fault, and nothing is raised.

    Args:
        name: Its name, for what its bytes do not say.
        data: Its bytes.
        depth: How many files it lies in.
    """
    if depth > MAX_DEPTH or len(data) > MAX_BYTES:
        found = Contents("unknown")
        found.fault("too-large")
        return found
    try:
        return _read(PurePath(name).suffix.lower(), data, depth)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - a damaged file raises what its damage makes it raise
        found = binary(data)
        found.fault("unreadable")
        return found


def _read(suffix: str, data: bytes, depth: int) -> Contents:
    """By kind; each reader is imported where it is needed, since some are slow to load."""
    from irostats.verifying import data as plain
    from irostats.verifying import office, pages, pdfs

    if data.startswith(ZIP):
        return office.read(data, members(data), depth)
    if data.lstrip()[:4] == PDF or suffix == ".pdf":
        return pdfs.read(data, depth)
    if data.startswith(PNG):
        return _png(data)
    if _PICKLE.match(data) or suffix in (".pkl", ".pickle"):
        return plain.pickled(data)
    if suffix in (".html", ".htm", ".svg", ".xhtml") or _PAGE.match(data[:2000]):
        return pages.read(data.decode("utf-8", errors="replace"), depth)
    if data.startswith(OLE) or (
        b"\0" in data[:4000] and not data.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        return binary(data)
    if suffix == ".ipynb":
        return plain.notebook(data, depth)
    if suffix == ".json":
        return plain.json_(data)
    return plain.csv_(data) if suffix in (".csv", ".tsv") else plain.text(data)


def members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Files in a zip, within bounds.

    Raises:
        ValueError: It holds more than is opened.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if len(infos) > MAX_MEMBERS or sum(info.file_size for info in infos) > MAX_UNZIPPED:
            raise ValueError
        for info in infos:
            with archive.open(info) as stream:
                yield info.filename, stream.read(info.file_size + 1)
        if archive.comment:
            yield "comment of the zip.txt", archive.comment


def binary(data: bytes) -> Contents:
    """Runs of plain letters in bytes of an unknown kind, in one and in two bytes a letter."""
    found = Contents("binary")
    for match in _RUN.finditer(data):
        found.add(f"byte {match.start()}", match[0].decode("ascii"), shown=False, amount=True)
    for match in _WIDE.finditer(data):
        text = match[0].decode("utf-16-le")
        found.add(f"byte {match.start()}", text, shown=False, amount=True)
    return found


def _png(data: bytes) -> Contents:
    """What an image says beside its pixels."""
    found = Contents("png")
    at = len(PNG)
    while at + 8 <= len(data):
        (length,), kind = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + length]
        at += 12 + length
        if kind not in (b"tEXt", b"iTXt", b"zTXt", b"eXIf"):
            continue
        name, _, rest = body.partition(b"\0")
        place = f"image text {name.decode('latin-1')[:20]}"
        found.add(place, body.decode("utf-8", errors="replace"), shown=False)
        for start in range(min(len(rest), 80)):  # where the compressed part begins, the kind says
            try:
                inflated = zlib.decompressobj().decompress(rest[start:], 2**20)
            except zlib.error:
                continue
            found.add(place, inflated.decode("utf-8", errors="replace"), shown=False)
            break
    if rest := data[at:]:
        found.within("behind the image", binary(rest))
    return found
