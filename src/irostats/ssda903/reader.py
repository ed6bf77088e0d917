"""Reading a folder that holds SSDA903 returns of one or several years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from irostats.calendar import ReportingYear
from irostats.ssda903 import years as year_of
from irostats.ssda903.authorities import AuthorityId, is_known
from irostats.ssda903.clean import clean
from irostats.ssda903.findings import Finding, issues
from irostats.ssda903.locating import Locator, without_seekers
from irostats.ssda903.model import Return, SourceFile
from irostats.ssda903.rows import TextRows, read_csv
from irostats.ssda903.schema import ESSENTIAL, TABLES, empty
from irostats.ssda903.sources import Source, find
from irostats.ssda903.xml_rows import looks_like, read_xml

_Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one call is asked for."""

    authority: AuthorityId
    default: int
    until: int
    locator: Locator


def _ours(rows: TextRows, authority: AuthorityId) -> tuple[_Mask, dict[str, _Mask]]:
    """Which rows are this authority's; and by rule those that are not."""
    count = len(rows.lines)
    if not rows.authorities:
        return np.ones(count, bool), {}
    texts = {text for values in rows.authorities for text in values if text}
    match = {text: authority.matches(text) for text in texts}
    known = {text: is_known(text) for text in texts}
    said = [[text for text in values if text] for values in zip(*rows.authorities, strict=True)]
    own = np.array([any(map(match.__getitem__, row)) for row in said], bool)
    named = np.array([bool(row) for row in said], bool)
    if not (named & ~own).any():
        return np.ones(count, bool), {}
    # A word that is no authority at all may be a name of this one that nobody told us.
    strange = named & ~np.array([any(map(known.__getitem__, row)) for row in said], bool)
    strange = strange if not own.any() else np.zeros(count, bool)
    return own, {
        "authority-unknown": strange,
        "other-authority": named & ~own & ~strange,
        "authority-blank": ~named,
    }


def _select(rows: TextRows, mask: _Mask) -> TextRows:
    keep = np.flatnonzero(mask).tolist()
    return replace(
        rows,
        lines=tuple(rows.lines[i] for i in keep),
        columns={name: [values[i] for i in keep] for name, values in rows.columns.items()},
        authorities=(),
        years=None,
    )


def _assigned(
    rows: TextRows, asked: _Reading, folder_year: int
) -> tuple[TextRows, npt.NDArray[np.int64], list[Finding]]:
    """The rows of this authority and not of a later year, with the year of each."""
    own, reasons = _ours(rows, asked.authority)
    given = rows.years or [None] * len(rows.lines)
    ends, unknown = year_of.column_years(given, folder_year)
    years, bad = np.array(ends, dtype=np.int64), np.array(unknown, bool)
    later = own & ~bad & (years > asked.until)
    reasons |= {"year-unreadable": own & bad, "year-later": later}
    lines = np.array(rows.lines, dtype=np.int64)
    found = [
        Finding(rule, rows.file, rows.table, tuple(lines[mask].tolist()))
        for rule, mask in reasons.items()
        if mask.any()
    ]
    if len(own) and not own.any() and not reasons["authority-unknown"].any():
        found.append(Finding("no-row-of-authority", rows.file, rows.table))
    keep = own & ~bad & ~later
    return _select(rows, keep), years[keep], found


@dataclass(frozen=True, slots=True)
class _File:
    """Tables of one file, what was found, its provenance, and whether a column says the year."""

    tables: dict[str, pd.DataFrame]
    findings: list[Finding]
    source: SourceFile
    dated: bool


def _file(source: Source, asked: _Reading) -> _File:
    reads = read_xml if looks_like(source.data) else read_csv
    read_ = reads(source, asked.locator.wanted)
    folder_year = year_of.from_folders(source.inside) or asked.default
    findings = list(read_.findings)
    tables = {}
    for rows in read_.tables:
        if rows.years is None:
            findings += _named(source, folder_year)
        mine, years, found = _assigned(rows, asked, folder_year)
        tables[rows.table], unusable = clean(asked.locator.located(mine), years)
        findings += [*found, *unusable]
    held = sorted({int(y) for frame in tables.values() for y in frame["YEAR"].unique()})
    provenance = SourceFile(
        source.path,
        source.sha256,
        len(source.data),
        ",".join(read_.keys),
        read_.rows,
        left_out=sum(len(finding.lines) for finding in findings if finding.left_out),
        years=tuple(held) or (folder_year,),
    )
    return _File(tables, findings, provenance, any(rows.years is not None for rows in read_.tables))


def _spanning(files: Sequence[_File]) -> list[SourceFile]:
    """Files with a YEAR column speak of all years of the return, also those without a row.

    A year without an unaccompanied child is a fact; one without an episode is a gap.
    """
    span = {year for file in files if file.source.table for year in file.source.years}
    return [
        replace(file.source, years=tuple(sorted(span)))
        if file.dated and not set(file.source.table.split(",")) & set(ESSENTIAL)
        else file.source
        for file in files
    ]


def _named(source: Source, folder_year: int) -> list[Finding]:
    said = year_of.contradicting_name(source.inside, folder_year)
    finding = Finding("file-name-year", source.path, detail=said)
    return [finding] if said else []


def _once(key: str, frames: Sequence[pd.DataFrame]) -> tuple[pd.DataFrame, list[Finding]]:
    """All rows of a table, equal ones of one year once.

    Columns that only some extracts have do not tell rows apart; the row that has them stays.
    """
    filled = [frame for frame in frames if len(frame)]
    if not filled:
        return empty(key), []
    table = TABLES[key]
    rows = pd.concat(filled, ignore_index=True)
    order = rows[list(table.extras)].isna().sum(axis=1).sort_values(kind="stable").index
    again = rows.loc[order].duplicated([*table.columns, "YEAR"]).reindex(rows.index)
    left = rows.loc[again]
    found = [
        Finding("row-repeated", str(file), key, tuple(int(line) for line in part["LINE"]))
        for file, part in left.groupby("FILE", sort=True)
    ]
    return rows.loc[~again].reset_index(drop=True), found


def read(
    folder: Path,
    *,
    authority: AuthorityId,
    year: ReportingYear,
    relative_to: Path,
    until: ReportingYear | None = None,
    postcodes: Path | None = None,
) -> Return:
    """Read every return in a folder: CSV files, sub-folders by year, zips and XML.

    Args:
        folder: Normally ``<year>/ssda903``; it may hold sub-folders named as years.
        authority: Rows that name another are left out and counted.
        year: Rows that neither a column nor a folder gives a year belong to it.
        relative_to: Folder that file names in tables and issues start from.
        until: Rows of later years are left out and counted; by default ``year``.
        postcodes: A postcode directory, which need not exist: where an Episodes file does not say
            where its placements lie, their postcodes do.

    Returns:
        Typed tables, issues and files. For each file, its rows in the tables and its
        ``left_out`` are its ``rows``.

    Raises:
        InputError: The folder does not exist, or the postcode directory is damaged.
    """
    locator = Locator(postcodes, authority.ons_codes)
    asked = _Reading(authority, year.end, (until or year).end, locator)
    findings: list[Finding] = []
    files: list[_File] = []
    for source in find(folder, relative_to=relative_to):
        if isinstance(source, Finding):
            findings.append(source)
        else:
            files.append(_file(source, asked))
            findings += files[-1].findings
    joined = {}
    repeated = Counter[str]()
    for key in TABLES:
        joined[key], again = _once(key, [f.tables[key] for f in files if key in f.tables])
        findings += again
        repeated.update({finding.file: len(finding.lines) for finding in again})
    joined = without_seekers(joined, locator.measured)
    findings += locator.findings
    if not any(file.source.table for file in files):
        findings.append(Finding("nothing-recognised"))
    counted = tuple(
        replace(file, left_out=file.left_out + repeated[file.path]) for file in _spanning(files)
    )
    return Return(joined, issues(findings), (*counted, *locator.source))
