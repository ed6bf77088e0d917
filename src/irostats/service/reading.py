"""Reading service tables: good rows get through, others are counted and explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.issues import Issue, Severity
from irostats.service.cells import Cells, cells_of
from irostats.service.files import Holding, hold
from irostats.service.schemas import TABLES
from irostats.service.typed import typed
from irostats.ssda903.model import SourceFile


@dataclass(frozen=True)
class ServiceTables:
    """Service tables of one or several years.

    Attributes:
        tables: Typed frames by name, with YEAR (end year), FILE and LINE.
        years: For each table, the years whose folder holds it and whose file could be read.
        unusable: For each table, the years whose folder holds it but whose file could not be
            read.
        issues: Rows and files that could not be used.
        files: Where the rows came from.
        templates: For each table, the years whose folder holds its template as it was made by
            ``irostats new``: the table is not kept.
    """

    tables: Mapping[str, pd.DataFrame]
    years: Mapping[str, frozenset[ReportingYear]]
    unusable: Mapping[str, frozenset[ReportingYear]]
    issues: tuple[Issue, ...] = ()
    files: tuple[SourceFile, ...] = ()
    templates: Mapping[str, frozenset[ReportingYear]] = field(default_factory=dict)


def read_service(folder: Path, *, year: ReportingYear, relative_to: Path) -> ServiceTables:
    """Read the service tables of one year's folder; a folder that is absent holds none.

    A table that two files or sheets hold is not read from either: to prefer one would be a guess.

    Args:
        folder: ``<year>/service``.
        year: The year that it belongs to.
        relative_to: What paths in issues are relative to.
    """
    holdings = [
        hold(path, path.relative_to(relative_to).as_posix(), relative_to)
        for path in (sorted(folder.glob("*")) if folder.is_dir() else [])
        if not path.is_dir() and not path.name.startswith((".", "~"))
    ]
    issues = [issue for holding in holdings for issue in holding.issues]
    by_table: dict[str, list[tuple[Holding, Cells]]] = {}
    templates: dict[str, Holding] = {}
    for holding in holdings:
        for name, sheet in holding.sheets:
            cells = cells_of(sheet, name, holding.relative)
            if cells.template:
                templates[name] = holding
            else:
                by_table.setdefault(name, []).append((holding, cells))
        for name in holding.unusable:
            by_table.setdefault(name, []).append((holding, Cells(None)))
    found: dict[str, pd.DataFrame] = {}
    for name, held in by_table.items():
        typed_rows, problems = _one(name, held, year)
        issues += problems
        if typed_rows is not None:
            found[name] = typed_rows
    unread = any(holding.unread for holding in holdings)
    lost = set(TABLES) - found.keys() if unread else by_table.keys() - found.keys()
    unfilled = templates.keys() - by_table.keys() - lost
    issues += [_template(name, templates[name].relative) for name in TABLES if name in unfilled]
    return ServiceTables(
        found,
        _of(year, found),
        _of(year, lost),
        tuple(issues),
        tuple(_sources(holdings, by_table, found, year)),
        templates=_of(year, unfilled),
    )


def _one(
    name: str, held: Sequence[tuple[Holding, Cells]], year: ReportingYear
) -> tuple[pd.DataFrame | None, list[Issue]]:
    """A table's typed rows from the one file that holds it, and what is wrong."""
    if len(held) > 1:
        return None, [_twice(name, [holding.relative for holding, _ in held])]
    holding, cells = held[0]
    if cells.frame is None:
        return None, list(cells.issues)
    rows, problems = typed(cells.frame, name, year, holding.relative)
    return rows, [*cells.issues, *problems]


def _of(year: ReportingYear, names: Iterable[str]) -> dict[str, frozenset[ReportingYear]]:
    return {name: frozenset({year}) for name in names}


def _sources(
    holdings: Iterable[Holding],
    by_table: Mapping[str, Sequence[tuple[Holding, Cells]]],
    found: Mapping[str, pd.DataFrame],
    year: ReportingYear,
) -> Iterator[SourceFile]:
    """The files that hold a table which is no unfilled template."""
    for holding in holdings:
        held = [
            (name, cells) for name, held in by_table.items() for of, cells in held if of is holding
        ]
        if held or holding.unread:
            total = sum(len(cells.frame) for _, cells in held if cells.frame is not None)
            names = dict.fromkeys(name for name, _ in held)
            kept = sum(len(found[name]) for name in names if name in found)
            yield SourceFile(
                holding.relative,
                holding.sha256,
                holding.size,
                ",".join(names),
                total,
                total - kept,
                (year.end,),
            )


def stack_service(parts: Sequence[ServiceTables]) -> ServiceTables:
    """Several years' tables as one, oldest first; of a record sent twice the later is kept."""
    tables = {}
    for name, table in TABLES.items():
        frames = [part.tables[name] for part in parts if name in part.tables]
        stacked = pd.concat([_empty(name), *frames], ignore_index=True) if frames else _empty(name)
        if table.identity:
            stacked = stacked.drop_duplicates(list(table.identity), keep="last", ignore_index=True)
        tables[name] = stacked
    return ServiceTables(
        tables,
        _joined(part.years for part in parts),
        _joined(part.unusable for part in parts),
        tuple(issue for part in parts for issue in part.issues),
        tuple(file for part in parts for file in part.files),
        _joined(part.templates for part in parts),
    )


def _joined(
    parts: Iterable[Mapping[str, frozenset[ReportingYear]]],
) -> dict[str, frozenset[ReportingYear]]:
    each = list(parts)
    return {
        name: frozenset().union(*(part.get(name, frozenset()) for part in each)) for name in TABLES
    }


def _empty(name: str) -> pd.DataFrame:
    columns = {
        heading: pd.Series(dtype=column.kind.value)
        for heading, column in TABLES[name].columns.items()
    }
    provenance = {
        "YEAR": pd.Series(dtype="int64"),
        "FILE": pd.Series(dtype="string"),
        "LINE": pd.Series(dtype="int64"),
    }
    return pd.DataFrame({**columns, **provenance})


def _twice(name: str, files: Sequence[str]) -> Issue:
    where = " and in ".join(dict.fromkeys(files))
    return Issue(
        Severity.ERROR,
        "service-table-twice",
        f"the table is here more than once, in {where}; none of them is used.",
        table=name,
        file=files[0],
        figures=TABLES[name].figures,
        next_step="Keep the one that counts, and take the other out of the folder.",
    )


def _template(name: str, relative: str) -> Issue:
    return Issue(
        Severity.NOTE,
        "service-template",
        f"nobody has filled the template in: {TABLES[name].prints} not recorded.",
        table=name,
        file=relative,
        next_step="Fill it in; or delete the guide row to say that there was none.",
    )
