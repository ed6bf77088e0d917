"""One typed object for what a build is asked to do; every way in makes it."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from irostats.calendar import ReportingYear
from irostats.errors import CommandError, nearest
from irostats.project import keep_apart
from irostats.project import project_root as project_root

FORMATS = ("html", "docx", "pdf")
MARKING = "OFFICIAL-SENSITIVE"
"""The Government Security Classifications' marking of what must not be passed on."""
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST = 80
"""Characters of an authority's folder name; systems end at 255 for a whole path."""
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{name}{n}" for name in ("com", "lpt") for n in range(10)}
)
"""Names that Windows keeps for devices, whatever folder they stand in."""


class Audience(StrEnum):
    """Who may read the report: the public gets protected figures."""

    PUBLIC = "public"
    INTERNAL = "internal"

    @property
    def marking(self) -> str:
        """What every page and file name of such a report bears; empty for the public."""
        return MARKING if self is Audience.INTERNAL else ""


@dataclass(frozen=True, slots=True)
class Parameters:
    """What to report on, for whom, from and into which folders.

    Args:
        authority: Name of the authority's folder under ``data``, such as ``york``.
        year: The reporting year.
        audience: Who may read the report.
        data: Folder with one sub-folder an authority.
        build: Folder for executed notebooks.
        output: Folder for finished reports.
        formats: Some of ``html``, ``docx``, ``pdf``.
    """

    authority: str
    year: ReportingYear
    audience: Audience = Audience.PUBLIC
    data: Path = Path("data")
    build: Path = Path("build")
    output: Path = Path("output")
    formats: tuple[str, ...] = FORMATS

    @property
    def title(self) -> str:
        """Authority and year, for messages."""
        return f"{self.authority} {self.year}"

    @property
    def authority_folder(self) -> Path:
        """Where the authority's inputs lie."""
        return self.data / self.authority

    @property
    def build_folder(self) -> Path:
        """Where this report's executed notebooks go."""
        return self.build / self.authority / str(self.year)

    @property
    def output_folder(self) -> Path:
        """Where this report's finished files go."""
        return self.output / self.authority / str(self.year)


def make(
    authority: str,
    year: str,
    *,
    audience: str = "public",
    data: str | Path = "",
    build: str | Path = "",
    output: str | Path = "",
    formats: str = "",
) -> Parameters:
    """Check text parameters, as papermill and the command line give them.

    Args:
        authority: Folder name under ``data``.
        year: Such as ``2020-21``.
        audience: ``public`` or ``internal``.
        data: Folder; empty means ``IROSTATS_DATA``, else the project's ``data``.
        build: Folder; empty means ``IROSTATS_BUILD``, else beside ``output``.
        output: Folder; empty means ``IROSTATS_OUTPUT``, else the project's ``output``.
        formats: Comma-separated, empty means all.

    Raises:
        CommandError: A parameter is unknown or malformed, with the nearest that is known.
    """
    folder = data_folder(data)
    output_folder = _folder(output, "IROSTATS_OUTPUT", "output")
    build_folder = (
        _folder(build, "IROSTATS_BUILD", "build")
        if build
        or os.environ.get("IROSTATS_BUILD")
        or not (output or os.environ.get("IROSTATS_OUTPUT"))
        else output_folder.parent / "build"
    )
    wanted = Parameters(
        authority=_authority(authority, folder),
        year=ReportingYear.parse(str(year)),
        audience=Audience(_choice("audience", audience, tuple(Audience))),
        data=folder,
        build=build_folder,
        output=output_folder,
        formats=parse_list("format", formats, FORMATS) or FORMATS,
    )
    inputs = [folder / name for name in authorities(folder)]
    keep_apart(
        folder,
        inputs,
        build=(build_folder, wanted.build_folder),
        output=(output_folder, wanted.output_folder),
    )
    return wanted


def data_folder(given: str | Path) -> Path:
    """The folder of the authorities: the one given, ``IROSTATS_DATA``, or the project's.

    Raises:
        CommandError: None is given, and there is no project.
    """
    return _folder(given, "IROSTATS_DATA", "data")


def check_slug(name: str, known: Sequence[str]) -> None:
    """Stop at a name that no authority's folder can have.

    Raises:
        CommandError: It is one, with those that are known.
    """
    if not _SLUG.fullmatch(name) or len(name) > LONGEST or name in _DEVICES:
        raise CommandError(
            f"{shown(name)} is not an authority's folder name: small letters, digits and hyphens.",
            next_step=f"Known: {', '.join(known) or 'none'}.",
        )


def shown(text: str) -> str:
    """What somebody asked for, as a message repeats it: on one line, and not without end."""
    short = text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
    return f"'{short}'" if short.isprintable() else ascii(short)


def parse_list(name: str, text: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Split ``a,b`` and check each part, since papermill's ``-p`` cannot give lists.

    Raises:
        CommandError: A part is not among ``known``.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return tuple(dict.fromkeys(_choice(name, part, known) for part in parts))


def authorities(data: Path) -> tuple[str, ...]:
    """Names of the authorities that have a folder with ``authority.toml`` under ``data``."""
    return tuple(sorted(path.parent.name for path in data.glob("*/authority.toml")))


def years(data: Path, authority: str) -> tuple[ReportingYear, ...]:
    """The years for which the authority has a folder, oldest first."""
    names = (path.name for path in (data / authority).iterdir() if path.is_dir())
    return tuple(
        sorted(
            ReportingYear.parse(name) for name in names if re.fullmatch("[0-9]{4}-[0-9]{2}", name)
        )
    )


def _folder(given: str | Path, variable: str, default: str) -> Path:
    chosen = str(given) or os.environ.get(variable, "")
    if chosen:
        return Path(chosen).expanduser().resolve()
    try:
        return project_root() / default
    except CommandError:
        # Reading needs no project, only building does, which says so itself.
        if default == "data":
            raise
        return Path.cwd() / default


def _choice(name: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise CommandError(
            f"{shown(value)} is not a known {name}.{nearest(value, known)}",
            next_step=f"Known: {', '.join(known)}.",
        )
    return value


def _authority(name: str, data: Path) -> str:
    known = authorities(data)
    check_slug(name, known)
    if name not in known:
        raise CommandError(
            f"There is no authority '{name}' in {data}.{nearest(name, known)}",
            next_step=f"Known: {', '.join(known) or 'none'}. "
            "An authority is a folder with authority.toml.",
        )
    return name
