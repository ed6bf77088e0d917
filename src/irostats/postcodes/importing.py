"""Taking over the Office for National Statistics' postcode directory (ONSPD, NSPL).

Its columns have had other names over the years, and some of 1.3 gigabytes are not needed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
import pandas as pd

from irostats.errors import CommandError, InputError
from irostats.postcodes.directory import FILE, UNKNOWN, Directory, write_directory

HEADINGS = {
    "postcode": r"pcds|pcd|pcd2|pcd7|pcd8|postcode",
    "east": r"oseast1m|east1m",
    "north": r"osnrth1m|north1m",
    "district": r"oslaua|laua|lad\d*cd",
    "county": r"oscty|cty|cty\d*cd",
}
"""What a column is called, in the order of preference; the numbers are years."""
NEEDED = ("postcode", "east", "north", "district")
MAX_LINE = 100_000
MAX_BYTES = 8 * 2**30
"""Largest directory that is read, unzipped; a whole one has 1.3 GB."""
ROWS_AT_A_TIME = 250_000
_POSTCODE = r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}"
_PARTS = "multi_csv"
"""The folder in which the zip holds the same rows again, one file a postcode area."""


@dataclass(frozen=True, slots=True)
class Added:
    """What was taken over: where it lies, its postcodes and authorities, lines not understood."""

    path: Path
    postcodes: int
    authorities: int
    left_out: int


def add(file: Path, data: Path) -> Added:
    """Keep a postcode directory for all authorities of a data folder, in place of an earlier one.

    Args:
        file: The directory as CSV, or the zip that it is published in.
        data: Folder of the authorities.

    Raises:
        CommandError: There is no such file or folder.
        InputError: It is no postcode directory, or damaged.
    """
    if not file.is_file():
        raise CommandError(
            f"There is no file {file}.",
            next_step="Download the ONS Postcode Directory (ONSPD) or the National Statistics "
            "Postcode Lookup (NSPL), and give its CSV or its zip.",
        )
    if not data.is_dir():
        raise CommandError(
            f"There is no folder {data}.", next_step="Name the folder of the authorities: --data."
        )
    try:
        found = pd.concat(list(_chunks(file)), ignore_index=True)
    except InputError:
        raise
    except Exception:  # noqa: BLE001 - a damaged file raises what its damage makes it raise
        raise InputError(
            f"{file} cannot be read: it is damaged, or no CSV.", next_step="Download it again."
        ) from None
    usable = found[found["postcode"].str.fullmatch(_POSTCODE)]
    if usable.empty:
        raise InputError(f"{file} holds no postcode.", next_step="Give the whole directory.")
    directory = _directory(usable)
    write_directory(directory, data / FILE)
    known = int((directory.authorities != b"").sum())
    return Added(data / FILE, len(directory.postcode), known, len(found) - len(usable))


def _directory(rows: pd.DataFrame) -> Directory:
    once = rows.drop_duplicates("postcode", keep="last").sort_values("postcode")
    numbers, authorities = pd.factorize(once["authority"], sort=True)
    return Directory(
        postcode=once["postcode"].to_numpy(dtype="S7"),
        east=once["east"].to_numpy(dtype="i4"),
        north=once["north"].to_numpy(dtype="i4"),
        authority=numbers.astype("u2"),
        authorities=np.array(list(authorities), dtype="S9"),
    )


def _chunks(file: Path) -> Iterator[pd.DataFrame]:
    for text in _texts(file):
        places = _places(text.readline(MAX_LINE))
        if not set(NEEDED) <= places.keys():
            raise InputError(
                f"{file} is no postcode directory: it has no columns such as "
                "pcds, oseast1m, osnrth1m and oslaua, or pcds, east1m, north1m and lad25cd.",
                next_step="Give the ONS Postcode Directory (ONSPD) or the National Statistics "
                "Postcode Lookup (NSPL), as CSV or as the zip that it is published in.",
            )
        order = sorted(places, key=lambda name: places[name])
        reader = pd.read_csv(
            text,
            header=None,
            names=order,
            usecols=[places[name] for name in order],
            dtype=str,
            keep_default_na=False,
            chunksize=ROWS_AT_A_TIME,
        )
        yield from map(_needed, reader)


def _texts(file: Path) -> Iterator[IO[str]]:
    """The text of a CSV file; of a zip, that of the one in it that is a directory, or its parts."""
    with file.open("rb") as raw:
        if raw.read(4) != b"PK\x03\x04":
            raw.seek(0)
            yield _text(raw)
            return
    with zipfile.ZipFile(file) as archive:
        if sum(info.file_size for info in archive.infolist()) > MAX_BYTES:
            raise ValueError
        infos = [info for info in archive.infolist() if info.filename.lower().endswith(".csv")]
        fitting = [info for info in infos if _fits(archive, info)] or infos[:1]
        whole = [info for info in fitting if _PARTS not in info.filename.lower()]
        largest = sorted(whole, key=lambda info: info.file_size)[-1:]
        for info in largest or fitting:
            with archive.open(info) as member:
                yield _text(member)


def _fits(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    with archive.open(info) as member:
        return set(NEEDED) <= _places(_text(member).readline(MAX_LINE)).keys()


def _text(raw: IO[bytes]) -> IO[str]:
    return io.TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline="")


def _places(heading: str) -> dict[str, int]:
    """Where each column that is wanted stands in a line of headings, as far as it is there."""
    names = [name.strip().strip('"').lower() for name in heading.split(",")]
    return {
        column: min(places)[1]
        for column, pattern in HEADINGS.items()
        if (
            places := [
                (preference, names.index(name))
                for preference, choice in enumerate(pattern.split("|"))
                for name in names
                if re.fullmatch(choice, name)
            ]
        )
    }


def _needed(chunk: pd.DataFrame) -> pd.DataFrame:
    """Postcode, grid reference and upper-tier authority of each line.

    The authority is the county where there is one (E10), else the district. The grid references of
    Northern Ireland are on the Irish grid and cannot be measured from.
    """
    cells = {name: chunk[name].str.strip() for name in chunk}
    county = cells.get("county", pd.Series("", index=chunk.index))
    authority = county.where(county.str.startswith("E10"), cells["district"]).str.upper()
    grid = {name: pd.to_numeric(cells[name], errors="coerce") for name in ("east", "north")}
    on_grid = (grid["east"] > 0) & (grid["north"] > 0) & ~authority.str.startswith("N")
    return pd.DataFrame(
        {
            "postcode": cells["postcode"].str.replace(r"\s", "", regex=True).str.upper(),
            "authority": authority.where(authority.str.fullmatch(r"[A-Z]\d{8}"), ""),
            **{name: grid[name].where(on_grid, UNKNOWN).astype("int32") for name in grid},
        }
    )
