"""Reading service tables: good rows get through, others are counted and explained."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from irostats.calendar import ReportingYear
from irostats.errors import nearest
from irostats.issues import Issue, Severity, per_file
from irostats.service.model import Column, Kind, ServiceTable
from irostats.service.schemas import TABLES, schema
from irostats.ssda903 import dates
from irostats.ssda903.model import SourceFile
from irostats.ssda903.text import decode, split

DELIMITERS = (",", ";", "\t")


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
    """

    tables: Mapping[str, pd.DataFrame]
    years: Mapping[str, frozenset[ReportingYear]]
    unusable: Mapping[str, frozenset[ReportingYear]]
    issues: tuple[Issue, ...] = ()
    files: tuple[SourceFile, ...] = ()


def read_service(folder: Path, *, year: ReportingYear, relative_to: Path) -> ServiceTables:
    """Read the service tables of one year's folder; a folder that is absent holds none.

    Args:
        folder: ``<year>/service``.
        year: The year that it belongs to.
        relative_to: What paths in issues are relative to.
    """
    found: dict[str, pd.DataFrame] = {}
    unusable: set[str] = set()
    issues: list[Issue] = []
    files: list[SourceFile] = []
    for path in sorted(folder.glob("*")) if folder.is_dir() else []:
        name, relative = path.stem.lower(), path.relative_to(relative_to).as_posix()
        if path.name.startswith((".", "~")) or not path.is_file():
            continue
        if path.suffix.lower() != ".csv" or name not in TABLES:
            issues.append(_unknown(path, relative))
            continue
        data = path.read_bytes()
        raw, problems = _cells(data, name, relative)
        issues += problems
        if raw is None:
            unusable.add(name)
            continue
        typed, problems = _typed(raw, name, year, relative)
        issues += problems
        found[name] = typed
        digest = hashlib.sha256(data).hexdigest()
        files.append(
            SourceFile(
                relative, digest, len(data), name, len(raw), len(raw) - len(typed), (year.end,)
            )
        )
    return ServiceTables(
        found,
        {name: frozenset({year}) for name in found},
        {name: frozenset({year}) for name in unusable},
        tuple(issues),
        tuple(files),
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


def _unknown(path: Path, relative: str) -> Issue:
    known = [f"{name}.csv" for name in TABLES]
    return Issue(
        Severity.WARNING,
        "service-file-unknown",
        f"this is not a service table that irostats knows.{nearest(path.name, known)}",
        file=relative,
        next_step="Service tables are CSV files named after their table.",
    )


def _cells(data: bytes, name: str, relative: str) -> tuple[pd.DataFrame | None, list[Issue]]:
    """The file as text cells, headings known, blank as NA, with LINE."""
    text, _ = decode(data)
    heading = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=heading.count)
    grid = split(text, delimiter)
    if not grid.records:
        return None, [_unusable(name, relative, "the file is empty.")]
    table = TABLES[name]
    headings = _headings(grid.records[0], table)
    missing = [
        key for key, column in table.columns.items() if column.needed and key not in headings
    ]
    if missing:
        return None, [_unusable(name, relative, f"the file has no column {', '.join(missing)}.")]
    width = len(headings)
    body = [
        (line, record)
        for line, record in zip(grid.lines[1:], grid.records[1:], strict=True)
        if any(cell.strip() for cell in record)
    ]
    ragged = [line for line, record in body if any(cell.strip() for cell in record[width:])]
    rows = [
        {"LINE": line, **dict(zip(headings, (cell.strip() for cell in record), strict=False))}
        for line, record in body
        if line not in ragged
    ]
    frame = pd.DataFrame(rows, columns=["LINE", *dict.fromkeys(headings)])
    cells = frame.reindex(columns=["LINE", *table.columns]).astype(
        dict.fromkeys(table.columns, "string")
    )
    broken = (*grid.broken, *ragged)
    issues = [_broken(name, relative, broken)] if broken else []
    return cells.replace("", pd.NA), issues


def _headings(cells: Sequence[str], table: ServiceTable) -> list[str]:
    """Headings as irostats names them; a case system's own name for a column is known."""
    known = {alias: key for key, column in table.columns.items() for alias in column.aliases}
    names = [cell.strip().lower().replace(" ", "_") for cell in cells]
    return [known[name] if name in known and known[name] not in names else name for name in names]


def _unusable(name: str, relative: str, why: str) -> Issue:
    return Issue(
        Severity.ERROR,
        "service-table-unusable",
        why,
        table=name,
        file=relative,
        figures=TABLES[name].figures,
        next_step=f"Its columns are {', '.join(TABLES[name].columns)}.",
    )


def _broken(name: str, relative: str, lines: tuple[int, ...]) -> Issue:
    return Issue(
        Severity.WARNING,
        "service-row-broken",
        "rows have more cells than headings, or a quotation mark that does not end; left out.",
        table=name,
        file=relative,
        rows=len(lines),
        lines=tuple(sorted(lines))[:10],
        figures=TABLES[name].figures,
        next_step="Put text that holds a comma into double quotation marks.",
    )


def _typed(
    cells: pd.DataFrame, name: str, year: ReportingYear, relative: str
) -> tuple[pd.DataFrame, list[Issue]]:
    """Typed rows that satisfy the schema; others are counted by column."""
    table = TABLES[name]
    columns = {key: _column(cells[key], column, year) for key, column in table.columns.items()}
    typed = pd.DataFrame({**columns, "LINE": cells["LINE"].astype("int64")}).assign(
        YEAR=year.end, FILE=pd.Series(relative, index=cells.index, dtype="string")
    )
    faults = {
        key: set(cells.index[cells[key].notna() & typed[key].isna()]) for key in table.columns
    }
    for key, index in _failures(typed, name):
        faults[key].add(index)
    issues = [
        issue
        for key, rows in faults.items()
        if rows
        for issue in per_file(
            typed.loc[sorted(rows)],
            severity=Severity.WARNING,
            rule="service-row-unusable",
            table=name,
            message=f"{{n}} rows have no usable {key} ({_allowed(table.columns[key])}); left out.",
            figures=table.figures,
            next_step="Correct these cells and build again.",
        )
    ]
    bad = set().union(*faults.values())
    return typed.drop(index=sorted(bad)).reset_index(drop=True), issues


def _failures(typed: pd.DataFrame, name: str) -> Iterable[tuple[str, int]]:
    from pandera.errors import SchemaErrors

    try:
        schema(name).validate(typed, lazy=True)
    except SchemaErrors as error:
        cases = error.failure_cases
        return [
            (str(column), int(index))
            for column, index in zip(cases["column"], cases["index"], strict=True)
            if pd.notna(index)
        ]
    return []


def _column(cells: pd.Series[str], column: Column, year: ReportingYear) -> pd.Series[Any]:
    if column.kind is Kind.DATE:
        values = [None if pd.isna(cell) else str(cell).upper() for cell in cells]
        ends = np.full(len(values), year.end, dtype=np.int64)
        return pd.Series(dates.read(values, ends, "").values, index=cells.index)
    if column.kind is Kind.NUMBER:
        plain = cells.str.replace(r"[,£\s]", "", regex=True)
        return pd.to_numeric(plain, errors="coerce").astype("float64")
    if not column.choices:
        return cells
    lower = cells.str.lower()
    return lower.replace(dict(column.also)) if column.also else lower


def _allowed(column: Column) -> str:
    if column.choices:
        return "one of " + ", ".join(column.choices)
    if column.kind is Kind.NUMBER:
        return f"a number from {column.least:g} to {column.most:g}"
    return "a date such as 31/03/2021" if column.kind is Kind.DATE else "not blank"
