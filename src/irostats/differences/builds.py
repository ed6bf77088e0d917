"""A finished report as it lies in its folder: what it printed and what it was made from."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from irostats import opendata
from irostats.calendar import ReportingYear
from irostats.documents import FIGURES, named
from irostats.errors import CommandError, nearest
from irostats.parameters import Audience
from irostats.postcodes import FILE as POSTCODES
from irostats.settings import Authority, Identity, Protection, Rules, Words

PROVENANCE = "provenance.json"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SECTIONS: Mapping[str, type] = {
    "identity": Identity,
    "words": Words,
    "rules": Rules,
    "protection": Protection,
}


UNTOLD = -1
"""Rows of a file, where a build for the public does not tell how many it has."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that a build read: path below the authority's folder, SHA-256, rows.

    ``rows`` is ``UNTOLD`` where the build was for the public. ``tables`` are those that it held,
    joined by commas; None if the build did not note them.
    """

    path: str
    sha256: str
    rows: int
    tables: str | None = None

    @property
    def folder(self) -> str:
        """The year's folder that it lay in; its own name if it lay beside them."""
        return self.path.partition("/")[0]

    @property
    def kind(self) -> str:
        """``return``, ``service``, ``postcodes``, or ``other``: settings, words and the like."""
        if self.path == POSTCODES:
            return "postcodes"
        kinds = {"ssda903": "return", "service": "service"}
        parts = self.path.split("/")
        held = self.tables is None or self.tables
        return kinds.get(parts[1], "other") if len(parts) > 2 and held else "other"


@dataclass(frozen=True)
class Build:
    """A finished report.

    Attributes:
        folder: Where it lies.
        authority: Settings that it was made with.
        year: The year reported on.
        audience: Who may read it.
        history: The years in use, oldest first.
        status: Provisional or final return.
        synthetic: Whether its returns are made up.
        inputs: The files that it read.
        population: Children aged 0 to 17 by year; None if the build did not note them.
        code: SHA-256 of irostats's own files, and its version.
        libraries: Versions by name.
        figures: figures.csv, one row a figure, with the columns of ``figures.COLUMNS`` at least.
        as_written: Whether figures.csv is still the one that the build wrote.
        built_at: When, as the build says.
    """

    folder: Path
    authority: Authority
    year: ReportingYear
    audience: Audience
    history: tuple[ReportingYear, ...]
    status: str
    synthetic: bool
    inputs: tuple[InputFile, ...]
    population: Mapping[ReportingYear, float] | None
    code: tuple[str, str]
    libraries: Mapping[str, str]
    figures: pd.DataFrame
    as_written: bool
    built_at: str

    @property
    def made_by(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """What computed the figures: equal for two builds that compute alike."""
        return self.code[0], tuple(sorted(self.libraries.items()))


def find_build(text: str, output: Path, audience: Audience | None = None) -> Build:
    """The build that an argument names.

    Args:
        text: A folder with provenance.json and figures.csv, or ``authority/year`` below
            ``output``.
        output: Folder of finished reports.
        audience: For whom; by default the public, else internal readers.

    Raises:
        CommandError: It names no build; the nearest is named.
    """
    for folder in (Path(text).expanduser(), output / text):
        if folder.is_dir():
            return read_build(folder, audience)
    known = {
        path.parent.relative_to(output).as_posix()
        for reader in Audience
        for path in output.glob(f"*/*/{named(PROVENANCE, reader.marking)}")
    }
    raise CommandError(
        f"'{text}' is neither a folder nor a report below {output}.{nearest(text, known)}",
        next_step=f"Reports there: {', '.join(sorted(known)) or 'none'}. Name one of them, or the "
        f"folder of a report with {PROVENANCE} and {FIGURES}.",
    )


def read_build(folder: Path, audience: Audience | None = None) -> Build:
    """Read the build that lies in a folder.

    Args:
        folder: Where it lies, alone or beside the one for other readers.
        audience: Which of them; by default the public one, if it is there.

    Raises:
        CommandError: A file is missing, or is not what a build writes.
    """
    marking = _marking(folder, audience)
    names = [named(name, marking) for name in (PROVENANCE, FIGURES)]
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        raise CommandError(
            f"{folder} is no finished report: it holds no {' and no '.join(missing)}.",
            next_step="Give the folder that irostats build named, such as output/york/2016-17.",
        )
    try:
        said = json.loads((folder / names[0]).read_text(encoding="utf-8"))
        return _build(folder, said, folder / names[1])
    except CommandError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise CommandError(
            f"{folder / names[0]} or {names[1]} is not as a build writes it "
            f"({type(error).__name__}).",
            next_step="Build the report again.",
        ) from None


def _marking(folder: Path, audience: Audience | None) -> str:
    """The marking of the build that is meant."""
    wanted = (audience,) if audience else tuple(Audience)
    there = (each for each in wanted if (folder / named(PROVENANCE, each.marking)).is_file())
    return next(there, wanted[0]).marking


def _build(folder: Path, said: Mapping[str, Any], table: Path) -> Build:
    settings = said["settings"]
    if not _SLUG.fullmatch(said["authority"]):
        raise ValueError
    written = table.read_bytes()
    population = said.get("population")
    return Build(
        folder=folder,
        authority=Authority(
            slug=said["authority"],
            **{name: _section(kind, settings[name]) for name, kind in _SECTIONS.items()},
        ),
        year=ReportingYear.parse(said["year"]),
        audience=Audience(said["audience"]),
        history=tuple(map(ReportingYear.parse, said["years_in_use"])),
        status=str(said["return_status"]),
        synthetic=bool(said["synthetic"]),
        inputs=tuple(
            InputFile(
                _inside(file["path"]),
                file["sha256"],
                int(file.get("rows", UNTOLD)),
                file.get("table"),
            )
            for file in said["inputs"]
        ),
        population=None
        if population is None
        else {ReportingYear.parse(year): float(number) for year, number in population.items()},
        code=(said["code"]["sha256"], said["code"]["version"]),
        libraries=dict(said["libraries"]),
        figures=opendata.read(table),
        as_written=said["outputs"][table.name] == hashlib.sha256(written).hexdigest(),
        built_at=str(said.get("built_at", "")),
    )


def _inside(path: str) -> str:
    """A path below the authority's folder, as builds write it; no other is looked at."""
    if PurePosixPath(path).is_absolute() or ".." in path.split("/") or not path.isprintable():
        raise ValueError
    return path


def _section(kind: type, given: Mapping[str, Any]) -> Any:
    """A section of the settings; what today's irostats does not know is left out."""
    known = {field.name for field in fields(kind)}
    values = {name: value for name, value in given.items() if name in known}
    if "extra_holidays" in values:
        values["extra_holidays"] = tuple(map(date.fromisoformat, values["extra_holidays"]))
    return kind(**values)
