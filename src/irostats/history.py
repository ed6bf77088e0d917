"""Which years a report uses: the year itself and those before it without a break."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from irostats.calendar import ReportingYear
from irostats.errors import InputError, nearest
from irostats.issues import Severity
from irostats.parameters import Parameters, years
from irostats.postcodes import FILE as POSTCODES
from irostats.service import ServiceTables, read_service
from irostats.settings import Authority, YearSettings, read_year
from irostats.ssda903 import TABLES as RETURN_TABLES
from irostats.ssda903 import AuthorityId, Return, stack
from irostats.ssda903 import read as read_return
from irostats.ssda903.schema import empty

NOT_READ = (
    "file-unreadable",
    "file-skipped",
    "file-not-recognised",
    "folder-closed",
    "year-not-used",
    "year-unreadable",
    "date-unreadable",
    "date-serial",
    "date-blank",
    "no-row-of-authority",
    "other-authority",
)
"""Rules that say why a file gave no table."""
NEEDED = ("header", "episodes", "reviews")
"""Tables without which no figure of a year can be computed."""


@dataclass(frozen=True)
class YearFolder:
    """What one year's folder holds."""

    year: ReportingYear
    settings: YearSettings
    returned: Return
    service: ServiceTables


FolderReader = Callable[[Parameters, AuthorityId, ReportingYear], YearFolder]


def read_folder(parameters: Parameters, identity: AuthorityId, year: ReportingYear) -> YearFolder:
    """What the folder of ``year`` holds, read for the report that ``parameters`` ask for."""
    folder = parameters.authority_folder
    home = folder / str(year)
    return YearFolder(
        year,
        read_year(home / "year.toml"),
        _returned(home / "ssda903", identity, year, parameters),
        read_service(home / "service", year=year, relative_to=folder),
    )


def read_back(
    parameters: Parameters, authority: Authority, read: FolderReader = read_folder
) -> list[YearFolder]:
    """Folders of the year and of the years before it without a break, newest first.

    Args:
        parameters: What is asked for.
        authority: Whose rows to read.
        read: Reads one year's folder.

    Raises:
        InputError: The year itself has no folder.
    """
    folder = parameters.authority_folder
    identity = AuthorityId(
        authority.identity.code,
        authority.identity.ons_code,
        (authority.identity.name, authority.identity.council, authority.slug),
    )
    found: list[YearFolder] = []
    covered: set[int] = set()
    year = parameters.year
    while (home := folder / str(year)).is_dir() or year.end in covered:
        if home.is_dir():
            part = read(parameters, identity, year)
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
    return read_return(
        folder,
        authority=identity,
        year=year,
        relative_to=parameters.authority_folder,
        postcodes=parameters.data / POSTCODES,
    )


def _years_with(returned: Return, table: str) -> set[int]:
    return {int(end) for end in returned.tables[table]["YEAR"].dropna().unique()}


def refuse_mixture(parameters: Parameters, found: Sequence[YearFolder]) -> None:
    """Stop where synthetic and real years would be stacked.

    Raises:
        InputError: They would be.
    """
    kinds = {part.settings.synthetic for part in found}
    if len(kinds) > 1:
        made_up = ", ".join(str(part.year) for part in found if part.settings.synthetic)
        raise InputError(
            f"{parameters.title}: synthetic and real returns would be mixed; {made_up} is marked "
            "synthetic in year.toml, other years in use are not.",
            next_step="Keep real returns in a folder of their own, and give it with --data.",
        )


def contiguous(
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


def refuse_gaps(
    parameters: Parameters, returned: Return, sent: Mapping[str, frozenset[int]]
) -> None:
    """Stop where a table is missing that every figure needs, with all the reasons known.

    Raises:
        InputError: One is; every issue that says why is quoted.
    """
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


def sent_tables(parts: Iterable[Return]) -> dict[str, frozenset[int]]:
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
