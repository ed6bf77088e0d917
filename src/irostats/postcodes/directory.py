"""The directory as irostats keeps it: postcode, grid reference and upper-tier authority."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from irostats.errors import InputError
from irostats.opening import contents

FILE = "postcodes.npz"
"""Its name in the data folder."""
MAX_BYTES = 512 * 2**20
"""Largest directory that is opened, also unzipped; one of all postcodes has some 50 MB."""
UNKNOWN = -1
"""A grid reference that is not known, or not on the grid of Great Britain."""
METRES_A_MILE = 1609.3
"""As DfE's guide to the return converts the distance of a placement."""
WIDTH = 7
_ARRAYS = {"postcode": "S7", "east": "i4", "north": "i4", "authority": "u2", "authorities": "S9"}

_Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Directory:
    """Postcodes in order, without spaces.

    Attributes:
        postcode: In alphabetical order.
        east: Metres on the Ordnance Survey's grid, ``UNKNOWN`` where there is none.
        north: As ``east``.
        authority: Place in ``authorities``.
        authorities: ONS codes of upper-tier authorities; one may be empty.
        sha256: Of the file.
        size: Of the file, in bytes.
    """

    postcode: npt.NDArray[np.bytes_]
    east: npt.NDArray[np.int32]
    north: npt.NDArray[np.int32]
    authority: npt.NDArray[np.uint16]
    authorities: npt.NDArray[np.bytes_]
    sha256: str = ""
    size: int = 0

    def find(self, postcodes: Sequence[str | None]) -> _Ints:
        """Place of each postcode in the directory; ``UNKNOWN`` where it is not in it, or blank."""
        keys = np.array([_key(text) for text in postcodes], dtype=f"S{WIDTH}")
        if not len(self.postcode):
            return np.full(len(keys), UNKNOWN, dtype=np.int64)
        places = np.minimum(np.searchsorted(self.postcode, keys), len(self.postcode) - 1)
        found = (self.postcode[places] == keys) & (keys != b"")
        return np.where(found, places, UNKNOWN).astype(np.int64)

    def authority_of(self, places: _Ints) -> list[str]:
        """The upper-tier authority at each place; empty where either is not known."""
        names = [code.decode("ascii") for code in self.authorities.tolist()]
        of = self.authority[places].tolist()
        return [
            names[number] if place != UNKNOWN else ""
            for number, place in zip(of, places.tolist(), strict=True)
        ]

    def miles(self, ones: _Ints, others: _Ints) -> npt.NDArray[np.float64]:
        """Miles between two places each, in a straight line; NaN where either is not known.

        Straight line on the grid in metres, divided by 1,000 and by 1.6093 (DfE, guide to the
        SSDA903 collection, distance of placement).
        """
        across = self.east[ones].astype("float64") - self.east[others]
        along = self.north[ones].astype("float64") - self.north[others]
        known = np.ones(len(ones), dtype=bool)
        for places in (ones, others):
            known &= (places != UNKNOWN) & (self.east[places] != UNKNOWN)
        return np.where(known, np.hypot(across, along) / METRES_A_MILE, np.nan)


def _key(text: str | None) -> bytes:
    key = "".join((text or "").split()).upper()
    return key.encode("ascii") if key.isascii() and len(key) <= WIDTH else b""


def open_directory(path: Path) -> Directory:
    """Read the directory; once only while the file stays as it is.

    Raises:
        InputError: It is damaged.
    """
    stat = path.stat()
    return _open(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=1)
def _open(path: Path, changed: int, size: int) -> Directory:
    del changed
    try:
        data = contents(path, path.parent, MAX_BYTES)
        if isinstance(data, str) or _unzipped(data) > MAX_BYTES:
            raise ValueError
        with np.load(io.BytesIO(data), allow_pickle=False) as held:
            arrays = {name: held[name].astype(kind) for name, kind in _ARRAYS.items()}
        lengths = {len(arrays[name]) for name in ("postcode", "east", "north", "authority")}
        if len(lengths) > 1 or not (arrays["authority"] < len(arrays["authorities"])).all():
            raise ValueError
    except Exception:  # noqa: BLE001 - a damaged archive raises what its damage makes it raise
        raise InputError(
            f"The postcode directory {path} cannot be read.",
            next_step="Give it again with irostats data add-postcodes FILE, or remove it.",
        ) from None
    return Directory(**arrays, sha256=hashlib.sha256(data).hexdigest(), size=size)


def _unzipped(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(info.file_size for info in archive.infolist())


def write_directory(directory: Directory, path: Path) -> None:
    """Write the directory whole, or not at all; the same content makes the same bytes."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            np.savez_compressed(file, **{name: getattr(directory, name) for name in _ARRAYS})
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
