"""Inputs: everything that one report may use, as it lies in its folders, years not yet joined."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from irostats.calendar import ReportingYear
from irostats.errors import InputError
from irostats.history import FolderReader, YearFolder, read_back, read_folder
from irostats.narrative import without_hints
from irostats.opening import contents
from irostats.parameters import Parameters
from irostats.settings import Authority, read_authority, read_population
from irostats.ssda903 import SourceFile


@dataclass(frozen=True)
class Inputs:
    """What was read for one authority-year, each year's folder by itself.

    Attributes:
        parameters: What was asked for.
        authority: Settings from authority.toml.
        folders: Returns and service tables of the year and those before it, newest first.
        population: Children aged 0 to 17, and the source, by year.
        narrative: What people wrote for this year, by section, unchecked.
        files: Files read beside returns and service tables.
    """

    parameters: Parameters
    authority: Authority
    folders: tuple[YearFolder, ...]
    population: Mapping[ReportingYear, tuple[float, str]]
    narrative: Mapping[str, str]
    files: tuple[SourceFile, ...]


def gather(
    parameters: Parameters,
    authority: Authority | None = None,
    read: FolderReader = read_folder,
) -> Inputs:
    """Read the folders of one authority and year, without joining the years.

    Args:
        parameters: What is asked for.
        authority: Settings to read by; by default those of authority.toml.
        read: Reads one year's folder.

    Raises:
        InputError: The year has no return.
        SettingsError: A settings file cannot be used.
    """
    folder = parameters.authority_folder
    authority = authority or read_authority(folder / "authority.toml")
    found = read_back(parameters, authority, read)
    narrative, narrative_files = _narrative(folder / str(parameters.year) / "narrative", folder)
    own = [
        _source(path, folder, data)
        for path in (
            folder / "authority.toml",
            folder / "population.csv",
            folder / str(parameters.year) / "published.csv",
            folder / str(parameters.year.previous) / "published.csv",
            *(folder / str(part.year) / "year.toml" for part in found),
            folder / "committee.toml",
            folder / str(parameters.year) / "committee.toml",
        )
        # Whoever reads one of these says what is wrong with it, if it cannot be read.
        if isinstance(data := contents(path, folder), bytes)
    ]
    return Inputs(
        parameters=parameters,
        authority=authority,
        folders=tuple(found),
        population=read_population(folder / "population.csv"),
        narrative=narrative,
        files=(*own, *narrative_files),
    )


def _narrative(folder: Path, relative_to: Path) -> tuple[dict[str, str], list[SourceFile]]:
    paths = sorted(folder.glob("*.md")) if folder.is_dir() else []
    read = {path: _text(path, relative_to) for path in paths if not path.name.startswith(".")}
    return (
        {path.stem: without_hints(text) for path, (text, _) in read.items()},
        [_source(path, relative_to, data) for path, (_, data) in read.items()],
    )


def _text(path: Path, within: Path) -> tuple[str, bytes]:
    """A narrative as text, and its bytes."""
    data = contents(path, within)
    try:
        if isinstance(data, bytes):
            return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"), data
        why, step = data, "Put a text file there, or take it out."
    except UnicodeDecodeError:
        why, step = "it is not UTF-8 text", "Save it again as UTF-8."
    name = path.relative_to(within).as_posix()
    raise InputError(f"The narrative {name} is not read: {why}.", next_step=step)


def _source(path: Path, relative_to: Path, data: bytes) -> SourceFile:
    return SourceFile(
        path.relative_to(relative_to).as_posix(), hashlib.sha256(data).hexdigest(), len(data), "", 0
    )
