"""Rows of text to typed tables: dates, codes by year, numbers; what cannot be used is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from irostats.ssda903 import codes, dates
from irostats.ssda903.findings import Finding
from irostats.ssda903.rows import TextRows
from irostats.ssda903.schema import (
    DATES,
    FLOATS,
    NUMBERS,
    OPTIONAL_DATES,
    PROVENANCE,
    TABLES,
    dtype,
)

_Mask = npt.NDArray[np.bool_]
_LABELLED = re.compile(r"([A-Z0-9]+)(?:\s*[-\u2013\u2014:=.,;(/]\s*|\s+)(?=.*[A-Z]{3})(.+)")
"""A code and a label of at least one word of three letters; two codes are no label."""
_SHORTENED = re.compile(r"\d(\.\d+)?E\+?\d+")


def child_id(text: str | None) -> str | None:
    """An identifier as irostats compares it: text, upper case, without a spreadsheet's ``.0``.

    Service tables must pass theirs through here before they are joined to the return.

    >>> child_id("00123"), child_id("4711.0")
    ('00123', '4711')
    """
    return re.sub(r"(?<=\d)\.0+$", "", text) if text else None


@dataclass(frozen=True, slots=True)
class _Told:
    """Findings about a column, as masks over the rows."""

    rule: str
    column: str
    rows: _Mask


def _each(
    values: list[str | None], change: Callable[[str], str | float | None]
) -> list[str | float | None]:
    """``change`` of each value, computed once for equal ones; blanks stay blank."""
    known = {value: None if value is None else change(value) for value in set(values)}
    return [known[value] for value in values]


def _none(rows: int) -> _Mask:
    return np.zeros(rows, dtype=bool)


def recognise_code(text: str, known: Iterable[str], aliases: Mapping[str, str]) -> str | None:
    """The code in a field, also with a label after it, as a number, or with a space in it.

    >>> recognise_code("PN1 - ATTENDS AND SPEAKS", ["PN0", "PN1"], {})
    'PN1'
    """
    known = set(known)
    for candidate in (text, re.sub(r"\.0+$", "", text), text.replace(" ", "")):
        if candidate in known:
            return candidate
        if candidate in aliases:
            return aliases[candidate]
    match = _LABELLED.fullmatch(text)
    if match and match[1] in known and match[2].strip(" )") not in known:
        return match[1]
    return None


def _coded(
    values: list[str | None], column: str, years: npt.NDArray[np.int64]
) -> tuple[list[str | None], list[_Told]]:
    found = codes.load(column)
    by_code = found.by_code
    each = _each(values, lambda text: recognise_code(text, by_code, found.aliases))
    unknown = np.array(
        [v is not None and e is None for v, e in zip(values, each, strict=True)], bool
    )
    valid = {
        (code, year): code is None or by_code[str(code)].valid(year)
        for code, year in set(zip(each, years.tolist(), strict=True))
    }
    of_year = np.array([valid[pair] for pair in zip(each, years.tolist(), strict=True)], bool)
    written = {code.code: code.becomes or code.code for code in found.codes}
    result = [None if code is None else written[str(code)] for code in each]
    return result, [
        _Told("code-unknown", column, unknown),
        _Told("code-other-year", column, ~of_year),
    ]


def _numeric(text: str, bounds: tuple[float, float]) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if bounds[0] <= number <= bounds[1] else None


def _dated(
    rows: TextRows, column: str, years: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.datetime64], list[_Told]]:
    found = dates.read(rows.columns[column], years, column)
    states = found.states
    unreadable, serial = states == dates.State.UNREADABLE, states == dates.State.SERIAL
    placeholder = states == dates.State.PLACEHOLDER
    if column not in TABLES[rows.table].dates:
        partly = (states == dates.State.PARTLY) & (column != "DATE_PERM")
        return found.values, [
            _Told("date-ignored", column, unreadable | serial | partly),
            _Told("date-placeholder", column, placeholder),
        ]
    if column in OPTIONAL_DATES:
        blank = _none(len(states))
    else:
        blank, placeholder = (states == dates.State.BLANK) | placeholder, _none(len(states))
    return found.values, [
        _Told("date-blank", column, blank),
        _Told("date-placeholder", column, placeholder),
        _Told("date-serial", column, serial),
        _Told("date-unreadable", column, unreadable | (states == dates.State.PARTLY)),
    ]


def _column(
    rows: TextRows, column: str, years: npt.NDArray[np.int64]
) -> tuple[object, list[_Told]]:
    """One column typed, and what was found in it."""
    values = rows.columns.get(column)
    if values is None:
        filler = {"float64": np.nan}.get(dtype(column))
        return [filler] * len(rows.lines), []
    if column == "CHILD":
        ids = _each(values, child_id)
        blank = np.array([value is None for value in ids], bool)
        damaged = np.array([bool(v and _SHORTENED.fullmatch(v)) for v in values], bool)
        return ids, [_Told("child-blank", column, blank), _Told("child-damaged", column, damaged)]
    if column in DATES:
        return _dated(rows, column, years)
    if column in codes.FIELDS:
        return _coded(values, column, years)
    if column in NUMBERS or column in FLOATS:
        return _number(values, column)
    return _each(values, lambda text: re.sub(r"(?<=\d)\.0+$", "", text)), []


def _number(values: list[str | None], column: str) -> tuple[object, list[_Told]]:
    if column in FLOATS:
        # DfE writes 999.9 miles for a distance that is not known: blank, and nothing wrong.
        values = [None if value in {"999.9", "999.90"} else value for value in values]
    bounds = NUMBERS.get(column) or FLOATS[column]
    numbers = _each(values, lambda text: _numeric(text, bounds))
    wrong = np.array(
        [v is not None and n is None for v, n in zip(values, numbers, strict=True)], bool
    )
    told = [_Told("number-unreadable", column, wrong)]
    if column in FLOATS:
        return [np.nan if number is None else number for number in numbers], told
    return [None if number is None else str(int(float(number))) for number in numbers], told


def clean(rows: TextRows, years: npt.NDArray[np.int64]) -> tuple[pd.DataFrame, list[Finding]]:
    """A typed table of the rows that can be used, and what was found.

    Args:
        rows: Text by column.
        years: End year of the return that each row belongs to.

    Returns:
        Columns of ``TABLES[rows.table].kept`` and ``PROVENANCE``; the findings, of which those
        left out name each unusable row once, by its first fault.
    """
    count = len(rows.lines)
    data: dict[str, object] = {}
    told: list[_Told] = []
    for column in TABLES[rows.table].kept:
        data[column], found = _column(rows, column, years)
        told += found
    data |= {"YEAR": years, "FILE": [rows.file] * count, "LINE": list(rows.lines)}
    frame = pd.DataFrame(
        {c: pd.Series(data[c], dtype=dtype(c)) for c in (*TABLES[rows.table].kept, *PROVENANCE)}
    )
    return _without(frame, told, rows)


def _without(
    frame: pd.DataFrame, told: list[_Told], rows: TextRows
) -> tuple[pd.DataFrame, list[Finding]]:
    lines = np.array(rows.lines, dtype=np.int64)
    gone = _none(len(frame))
    findings = []
    kinds = [(t, Finding(t.rule, rows.file, rows.table, column=t.column)) for t in told]
    for leaving_first in (True, False):
        for fact, finding in kinds:
            if finding.left_out is leaving_first and (now := fact.rows & ~gone).any():
                findings.append(replace(finding, lines=tuple(lines[now].tolist())))
                if leaving_first:
                    gone |= now
    return frame.loc[~gone].reset_index(drop=True), findings
