"""Cells of a service table as dates, numbers and known words; rows that cannot be used."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from irostats.calendar import ReportingYear
from irostats.issues import Issue, Severity, per_file
from irostats.service.model import Column, Kind
from irostats.service.schemas import TABLES, schema
from irostats.ssda903 import dates


def typed(
    cells: pd.DataFrame, name: str, year: ReportingYear, relative: str
) -> tuple[pd.DataFrame, list[Issue]]:
    """Typed rows that satisfy the schema, with YEAR, FILE and LINE; others are counted by column.

    Args:
        cells: Text by column, blank as NA, with LINE.
        name: The table.
        year: The year whose folder it lay in, by which two digits of a year are understood.
        relative: Path of the file.
    """
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
