"""Records: one authority's inputs for one reporting year, with the earlier years behind it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.errors import InputError, nearest
from irostats.figures import Status
from irostats.issues import Issue, Severity
from irostats.parameters import Parameters, years
from irostats.service import TABLES, ServiceTables, read_service, stack_service
from irostats.settings import (
    Authority,
    YearSettings,
    read_authority,
    read_population,
    read_year,
)
from irostats.ssda903 import TABLES as RETURN_TABLES
from irostats.ssda903 import AuthorityId, Return, SourceFile, check, read, stack
from irostats.ssda903.schema import empty

NOT_READ = (
    "file-unreadable",
    "file-skipped",
    "file-not-recognised",
    "year-not-used",
    "other-authority",
)
"""Rules that say why a file gave no table."""
NEEDED = ("header", "episodes", "reviews")
"""Tables without which no figure of a year can be computed."""


@dataclass(frozen=True)
class Records:
    """Typed tables of one authority and reporting year.

    Attributes:
        authority: Settings from authority.toml.
        year: The year reported on.
        history: The years in use, oldest first, without a gap, ending with ``year``.
        settings: What year.toml says of the year reported on.
        tables: SSDA903 tables of all years in use, stacked; a later return wins.
        sent: For each of them, the end years of the returns that hold it.
        service: Service tables of all years in use, stacked.
        population: Children aged 0 to 17, and the source, by year.
        narrative: What people wrote for this year, by section, unchecked.
        files: Every file that was read, relative to the authority's folder, with SHA-256.
        issues: What reading found.
    """

    authority: Authority
    year: ReportingYear
    history: tuple[ReportingYear, ...]
    settings: YearSettings
    tables: Mapping[str, pd.DataFrame]
    sent: Mapping[str, frozenset[int]]
    service: ServiceTables
    population: Mapping[ReportingYear, tuple[float, str]]
    narrative: Mapping[str, str]
    files: tuple[SourceFile, ...]
    issues: tuple[Issue, ...]

    def kept(self, table: str, year: ReportingYear) -> bool:
        """Whether a return of the year has the table in use, even without rows."""
        return year.end in self.sent[table]

    def service_kept(self, table: str, year: ReportingYear) -> bool:
        """Whether the service keeps the table for the year."""
        return year in self.service.years.get(table, frozenset())

    def service_missing(self, table: str, year: ReportingYear) -> Status:
        """Why the service's table is not in use: not kept, or kept and not readable."""
        unusable = year in self.service.unusable.get(table, frozenset())
        return Status.NOT_AVAILABLE if unusable else Status.NOT_RECORDED

    @property
    def reviews_known_from(self) -> ReportingYear:
        """The first year from which every year in use has a Reviews table."""
        known = self.year
        for year in reversed(self.history):
            if not self.kept("reviews", year):
                break
            known = year
        return known

    def reviews_kept(self, year: ReportingYear) -> bool:
        """Whether the year's reviews are all in use."""
        return year in self.history and year >= self.reviews_known_from


def load(parameters: Parameters) -> Records:
    """Read everything that the report of one authority and year may use.

    Raises:
        InputError: The year has no return, a table is missing without which nothing can be
            computed, or synthetic and real years would be mixed.
        SettingsError: A settings file cannot be used.
    """
    folder = parameters.authority_folder
    authority = read_authority(folder / "authority.toml")
    found = _read_back(parameters, authority)
    _refuse_mixture(parameters, found)
    settings = found[0].settings
    returned, history = _contiguous([part.returned for part in found], parameters.year)
    sent = _sent(part.returned for part in found)
    _refuse_gaps(parameters, returned, sent)
    service = stack_service([part.service for part in reversed(found) if part.year in history])
    narrative, narrative_files = _narrative(folder / str(parameters.year) / "narrative", folder)
    own = [
        _source(path, folder)
        for path in (
            folder / "authority.toml",
            folder / "population.csv",
            folder / str(parameters.year) / "published.csv",
            *(folder / str(part.year) / "year.toml" for part in found),
        )
        if path.is_file()
    ]
    population = read_population(folder / "population.csv")
    return Records(
        authority=authority,
        year=parameters.year,
        history=history,
        settings=settings,
        tables=returned.tables,
        sent=sent,
        service=service,
        population=population,
        narrative=narrative,
        files=(*returned.files, *service.files, *own, *narrative_files),
        issues=(
            *returned.issues,
            *check(returned, year=parameters.year),
            *service.issues,
            *_not_given(parameters.year, history, service, population),
        ),
    )


@dataclass(frozen=True)
class _YearFolder:
    """What one year's folder holds."""

    year: ReportingYear
    settings: YearSettings
    returned: Return
    service: ServiceTables


def _read_back(parameters: Parameters, authority: Authority) -> list[_YearFolder]:
    """Folders of the year and of the years before it without a break, newest first."""
    folder = parameters.authority_folder
    identity = AuthorityId(
        authority.identity.code,
        authority.identity.ons_code,
        (authority.identity.name, authority.identity.council, authority.slug),
    )
    found: list[_YearFolder] = []
    covered: set[int] = set()
    year = parameters.year
    while (home := folder / str(year)).is_dir() or year.end in covered:
        if home.is_dir():
            part = _YearFolder(
                year,
                read_year(home / "year.toml"),
                _returned(home / "ssda903", identity, year, parameters),
                read_service(home / "service", year=year, relative_to=folder),
            )
            found.append(part)
            covered |= _years_with(part.returned, "episodes")
        elif not found:
            break
        year = year.previous
    if not found or found[0].year != parameters.year:
        known = [str(known) for known in years(parameters.data, parameters.authority)]
        raise InputError(
            f"{parameters.title}: there is no folder {home}.{nearest(str(parameters.year), known)}",
            next_step=f"Years with a folder: {', '.join(known) or 'none'}. If a later year's file "
            f"also holds {parameters.year}, put a copy of it into {home / 'ssda903'}.",
        )
    return found


def _returned(
    folder: Path, identity: AuthorityId, year: ReportingYear, parameters: Parameters
) -> Return:
    """A year's return; an earlier year whose folder holds none has none."""
    if not folder.is_dir() and year != parameters.year:
        return Return({name: empty(name) for name in RETURN_TABLES}, (), ())
    return read(folder, authority=identity, year=year, relative_to=parameters.authority_folder)


def _years_with(returned: Return, table: str) -> set[int]:
    return {int(end) for end in returned.tables[table]["YEAR"].dropna().unique()}


def _refuse_mixture(parameters: Parameters, found: list[_YearFolder]) -> None:
    kinds = {part.settings.synthetic for part in found}
    if len(kinds) > 1:
        made_up = ", ".join(str(part.year) for part in found if part.settings.synthetic)
        raise InputError(
            f"{parameters.title}: synthetic and real returns would be mixed; {made_up} is marked "
            "synthetic in year.toml, other years in use are not.",
            next_step="Keep real returns in a folder of their own, and give it with --data.",
        )


def _contiguous(
    parts: list[Return], year: ReportingYear
) -> tuple[Return, tuple[ReportingYear, ...]]:
    """The returns of the years up to ``year`` without a gap, as one."""
    present: set[int] = set().union(*(_years_with(part, "episodes") for part in parts))
    history = [year]
    while history[0].previous.end in present:
        history.insert(0, history[0].previous)
    stacked = stack(list(reversed(parts)), years=history)
    ends = {known.end for known in history}
    return (
        replace(
            stacked,
            tables={
                name: table[table["YEAR"].isin(ends)].reset_index(drop=True)
                for name, table in stacked.tables.items()
            },
        ),
        tuple(history),
    )


def _refuse_gaps(
    parameters: Parameters, returned: Return, sent: Mapping[str, frozenset[int]]
) -> None:
    """Stop where a table is missing that every figure needs, with all the reasons known."""
    missing = [name.capitalize() for name in NEEDED if parameters.year.end not in sent[name]]
    if not missing:
        return
    reasons = [
        str(issue)
        for issue in returned.issues
        if issue.severity is Severity.ERROR or issue.rule in NOT_READ
    ]
    raise InputError(
        "\n".join(
            [
                f"{parameters.title}: the return has no usable {', '.join(missing)} table, and "
                "nothing can be computed without it.",
                *reasons,
            ]
        ),
        next_step=f"Put that year's CSV files, zip or XML into "
        f"{parameters.authority_folder / str(parameters.year) / 'ssda903'}.",
    )


def _sent(parts: Iterable[Return]) -> dict[str, frozenset[int]]:
    """The years for which each table was sent: with rows in use, or with none at all.

    Asked of each return before they are stacked, since a row that is sent again belongs to the
    last return. A file of which no row could be used was not sent: its rows are not nought.
    """
    sent: dict[str, set[int]] = {name: set() for name in RETURN_TABLES}
    for part in parts:
        for name in RETURN_TABLES:
            sent[name] |= _years_with(part, name)
        for file in part.files:
            if file.rows == 0 or file.left_out < file.rows:
                for name in sent.keys() & set(file.table.split(",")):
                    sent[name] |= set(file.years)
    return {name: frozenset(ends) for name, ends in sent.items()}


def _not_given(
    year: ReportingYear,
    history: tuple[ReportingYear, ...],
    service: ServiceTables,
    population: Mapping[ReportingYear, tuple[float, str]],
) -> list[Issue]:
    """A note for each optional input that is not there, with what it costs the report."""
    costs = []
    if len(history) == 1:
        costs.append(
            f"No return for {year.previous} was given: changes on the year before, and reviews "
            "whose due dates depend on it, are not assessable."
        )
    if year not in population:
        costs.append(f"population.csv has no row for {year}: the rate prints not available.")
    costs += [
        f"The year's service folder has no {name}.csv: {table.prints} not recorded."
        for name, table in TABLES.items()
        if year not in service.years[name] and year not in service.unusable[name]
    ]
    return [
        Issue(Severity.NOTE, "not-given", cost, next_step="Give it if the authority has it.")
        for cost in costs
    ]


def _narrative(folder: Path, relative_to: Path) -> tuple[dict[str, str], list[SourceFile]]:
    paths = sorted(folder.glob("*.md")) if folder.is_dir() else []
    try:
        texts = {path.stem: path.read_text(encoding="utf-8-sig") for path in paths}
    except UnicodeDecodeError:
        raise InputError(
            f"A narrative file in {folder} is not UTF-8 text.",
            next_step="Save it again as UTF-8.",
        ) from None
    return texts, [_source(path, relative_to) for path in paths]


def _source(path: Path, relative_to: Path) -> SourceFile:
    data = path.read_bytes()
    return SourceFile(
        path.relative_to(relative_to).as_posix(), hashlib.sha256(data).hexdigest(), len(data), "", 0
    )
