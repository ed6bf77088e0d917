"""A plain authority as irostats has it: Records made in memory, or files to read them from."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from authorities import Plain, Row, Tables

from irostats.calendar import ReportingYear
from irostats.history import contiguous, sent_tables
from irostats.records import Records
from irostats.service import TABLES as SERVICE_TABLES
from irostats.service import ServiceTables, aligned, stack_service
from irostats.settings import Authority, Identity, Rules, YearSettings
from irostats.ssda903 import TABLES, Return, SourceFile
from irostats.ssda903.schema import dtype, empty

NOT_KNOWN_MILES = 999.9
NAME, SLUG = "Smalltown", "smalltown"


def records(plain: Plain) -> Records:
    """What ``irostats.records.load`` gives of the authority's files, made without them."""
    parts = [_returned(end, plain.returned[end]) for end in reversed(plain.years)]
    stacked, history = contiguous(parts, ReportingYear(plain.last))
    service = stack_service(
        [
            _service(end, plain.service[end], plain.unreadable.get(end, frozenset()))
            for end in plain.years
            if ReportingYear(end) in history
        ]
    )
    rules: Any = dict(plain.rules)
    return Records(
        authority=Authority(SLUG, Identity(NAME, f"{NAME} Council", "999"), rules=Rules(**rules)),
        year=ReportingYear(plain.last),
        history=history,
        settings=YearSettings(synthetic=True),
        tables=stacked.tables,
        sent=sent_tables(parts),
        service=ServiceTables(
            aligned(service.tables, stacked.tables["header"]["CHILD"]),
            service.years,
            service.unusable,
        ),
        population={
            ReportingYear(end): (number, "made up") for end, number in plain.population.items()
        },
        narrative={},
        files=(),
        issues=(),
    )


def _returned(end: int, tables: Tables) -> Return:
    """One year's return as reading gives it."""
    frames = {name: _empty(name) for name in TABLES}
    files = []
    for name, rows in tables.items():
        path = f"{ReportingYear(end)}/ssda903/{name}.csv"
        data: dict[str, Any] = {
            column: [_typed(row.get(column), column) for row in rows]
            for column in TABLES[name].kept
        }
        data |= {
            "YEAR": [end] * len(rows),
            "FILE": [path] * len(rows),
            "LINE": list(range(2, len(rows) + 2)),
        }
        frames[name] = pd.DataFrame(
            {column: pd.array(values, dtype=dtype(column)) for column, values in data.items()}
        )
        files.append(SourceFile(path, "", 0, name, len(rows), 0, (end,)))
    return Return(frames, (), tuple(files))


@cache
def _empty(name: str) -> pd.DataFrame:
    return empty(name)


def _typed(value: object, column: str) -> object:
    if column == "PL_DISTANCE":
        return None if value == NOT_KNOWN_MILES else value
    if isinstance(value, date):
        return pd.Timestamp(value)
    return str(value) if isinstance(value, int) else value


def _service(end: int, tables: Tables, unreadable: frozenset[str]) -> ServiceTables:
    """One year's service tables as reading gives them."""
    frames = {}
    for name, rows in tables.items():
        kinds: dict[str, Any] = {
            key: column.kind.value for key, column in SERVICE_TABLES[name].columns.items()
        }
        columns: dict[str, Any] = {
            key: pd.array([_typed(row.get(key), key) for row in rows], dtype=kinds[key])
            for key in SERVICE_TABLES[name].columns
        }
        columns["LINE"] = pd.array(list(range(2, len(rows) + 2)), dtype="int64")
        columns["YEAR"] = pd.array([end] * len(rows), dtype="int64")
        columns["FILE"] = pd.array([f"service/{name}.csv"] * len(rows), dtype="string")
        frames[name] = pd.DataFrame(columns)
    year = frozenset({ReportingYear(end)})
    return ServiceTables(frames, dict.fromkeys(frames, year), dict.fromkeys(unreadable, year))


def write(plain: Plain, folder: Path) -> None:
    """Write the authority's files into ``folder/smalltown``."""
    home = folder / SLUG
    for end in plain.years:
        year = home / str(ReportingYear(end))
        for name, rows in plain.returned[end].items():
            _write(year / "ssda903" / f"{name}.csv", TABLES[name].headings, rows, end)
        for name, rows in plain.service[end].items():
            _write(year / "service" / f"{name}.csv", tuple(SERVICE_TABLES[name].columns), rows, end)
        for name in plain.unreadable.get(end, frozenset()):
            _write(year / "service" / f"{name}.csv", ("nonsense",), [], end)
        (year / "year.toml").write_text("synthetic = true\n", encoding="utf-8")
    lines = ["[authority]", f'name = "{NAME}"', f'council = "{NAME} Council"', 'code = "999"']
    lines += ["[rules]", *(f"{key} = {_toml(value)}" for key, value in plain.rules.items())]
    (home / "authority.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    population = [
        {"year": str(ReportingYear(end)), "population": number, "source": "made up"}
        for end, number in plain.population.items()
    ]
    _write(home / "population.csv", ("year", "population", "source"), population, plain.last)


def _write(path: Path, headings: tuple[str, ...], rows: list[Row] | list[Any], end: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(headings)
        writer.writerows([_text(row.get(key), key, end) for key in headings] for row in rows)


def _text(value: object, key: str, end: int) -> str:
    if value is None:
        return ""
    if key == "SEX" and end < 2025:
        return {"M": "1", "F": "2"}.get(str(value), str(value))
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(f"{day:%Y-%m-%d}" for day in value) + "]"
    return str(value) if isinstance(value, int) else f'"{value}"'
