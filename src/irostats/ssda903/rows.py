"""Rows as text with their lines, before anything is made of them; the CSV reader."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from irostats.ssda903 import headings
from irostats.ssda903.blocks import Block, blocks
from irostats.ssda903.findings import Finding
from irostats.ssda903.schema import TABLES
from irostats.ssda903.sources import Source
from irostats.ssda903.text import Grid, decode, split, tidied

_Column = list[str | None]


@dataclass(frozen=True, slots=True)
class TextRows:
    """Rows of one table in one file.

    Args:
        table: A key of ``TABLES``.
        file: Relative path.
        lines: Line of each row.
        columns: Tidied values by column, of equal length; only columns that are there.
        authorities: For each column that names the authority, its tidied values.
        years: Tidied values of the column that names the year, or None.
    """

    table: str
    file: str
    lines: tuple[int, ...]
    columns: Mapping[str, _Column]
    authorities: tuple[_Column, ...] = ()
    years: _Column | None = None

    def followed_by(self, more: TextRows) -> TextRows:
        """These rows and ``more`` of the same table and file; what only one has is blank."""

        def both(these: _Column | None, those: _Column | None) -> _Column:
            return (these or [None] * len(self.lines)) + (those or [None] * len(more.lines))

        names = dict.fromkeys((*self.columns, *more.columns))
        dated = self.years is not None or more.years is not None
        return replace(
            self,
            lines=self.lines + more.lines,
            columns={name: both(self.columns.get(name), more.columns.get(name)) for name in names},
            authorities=tuple(
                both(these, those)
                for these, those in zip_longest(self.authorities, more.authorities)
            ),
            years=both(self.years, more.years) if dated else None,
        )


@dataclass(frozen=True, slots=True)
class FileRows:
    """What one file holds.

    Args:
        tables: Its rows by table.
        findings: What was found; those that leave rows out name rows not in ``tables``.
        rows: Data rows in all.
        keys: Tables recognised, also those without a row.
    """

    tables: tuple[TextRows, ...] = ()
    findings: tuple[Finding, ...] = ()
    rows: int = 0
    keys: tuple[str, ...] = ()


@dataclass
class _Sorting:
    """Records sorted into those kept and those left out, by rule."""

    kept: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    found: dict[str, list[int]] = field(default_factory=dict)

    def note(self, rule: str, line: int) -> None:
        self.found.setdefault(rule, []).append(line)


def _sort(grid: Grid, match: headings.Match, cut_off: bool) -> _Sorting:
    """Keep records that can be laid under the headings."""
    sorting = _Sorting()
    width, needed = match.width, max(match.columns[c] for c in match.columns)
    last = len(grid.records) - 1
    for number, (record, line) in enumerate(zip(grid.records, grid.lines, strict=True)):
        if any(cell.strip() for cell in record[width:]):
            sorting.note("row-too-long", line)
        elif len(record) <= needed and number == last and cut_off:
            sorting.note("row-cut-off", line)
        else:
            if len(record) <= needed:
                sorting.note("row-short", line)
            sorting.kept.append(record + [""] * (width - len(record)))
            sorting.lines.append(line)
    return sorting


def _shown(names: Sequence[str], trusted: bool) -> str:
    """Names of extra columns; never a row's values glued to the headings."""
    if not trusted:
        return f"{len(names)} of them"
    plain = [n if re.fullmatch(r"[A-Za-z][A-Za-z_ \-]{0,39}", n) else "(no name)" for n in names]
    return ", ".join(plain[:8]) + (" and more" if len(plain) > 8 else "")


def _about_headings(match: headings.Match, file: str, *, trusted: bool) -> list[Finding]:
    found = [Finding("heading-absent", file, match.table, column=c, detail=c) for c in match.absent]
    if match.extra:
        shown = _shown(match.extra, trusted)
        found.append(Finding("heading-extra", file, match.table, detail=shown))
    if match.twice:
        found.append(Finding("heading-twice", file, match.table, detail=", ".join(match.twice)))
    return found


def _unrecognised(text: str, lost: tuple[Finding, ...], file: str) -> FileRows:
    grid = split(text, ",")
    begins = [n for r, n in zip(grid.records, grid.lines, strict=True) if any(map(str.strip, r))]
    lines = tuple(sorted((*begins, *grid.broken)))[1:]
    if not begins and not grid.broken:
        return FileRows(findings=(*lost, Finding("file-empty", file)))
    return FileRows(
        findings=(*lost, Finding("file-not-recognised", file, lines=lines)), rows=len(lines)
    )


def read_csv(source: Source, also: frozenset[str] = frozenset()) -> FileRows:
    """Rows of a delimited file, whatever its encoding, delimiter and order of columns.

    Args:
        source: The file.
        also: Columns that are dropped elsewhere, and kept here.
    """
    text, is_lost = decode(source.data)
    lost = (Finding("characters-lost", source.path),) if is_lost else ()
    found = headings.find(text)
    if found is None:
        return _unrecognised(text, lost, source.path)
    grid = split(text, found.delimiter, width=len(found.titles))
    parts = blocks(grid, found)
    cut_off = not text.endswith("\n")
    whole = _together(
        [
            _laid_out(block, part, source.path, cut_off and block is parts[-1][0], also)
            for block, part in parts
        ]
    )
    return replace(whole, findings=(*lost, *whole.findings))


def _together(parts: Sequence[FileRows]) -> FileRows:
    """Blocks of one file as one: a table's rows in one piece, a finding's lines in one."""
    tables: dict[str, TextRows] = {}
    for rows in (rows for part in parts for rows in part.tables):
        tables[rows.table] = tables[rows.table].followed_by(rows) if rows.table in tables else rows
    filled = {key for part in parts for key in part.keys if part.rows}
    findings: dict[Finding, list[int]] = {}
    for finding in (finding for part in parts for finding in part.findings):
        if finding.rule == "file-no-rows" and finding.table in filled:
            continue
        findings.setdefault(replace(finding, lines=()), []).extend(finding.lines)
    return FileRows(
        tuple(tables.values()),
        tuple(replace(finding, lines=tuple(lines)) for finding, lines in findings.items()),
        sum(part.rows for part in parts),
        tuple(dict.fromkeys(key for part in parts for key in part.keys)),
    )


def _laid_out(block: Block, grid: Grid, file: str, cut_off: bool, also: frozenset[str]) -> FileRows:
    """The records of a block under its headings, and what is wrong with them."""
    match = block.match
    sorting = _sort(grid, match, cut_off)
    longest = max(map(len, grid.records), default=0)
    findings = _about_headings(match, file, trusted=len(block.titles) <= longest)
    by_rule = {
        "row-unreadable": sorted({*grid.broken} - {*grid.oversized}),
        "row-oversized": grid.oversized,
        "heading-repeated": block.again,
        **sorting.found,
    }
    if match.missing:
        by_rule.pop("row-short", None)
    findings += [
        Finding(r, file, match.table, tuple(lines)) for r, lines in by_rule.items() if lines
    ]
    rows = len(grid.records) + len(grid.broken) + len(block.again)
    if not rows:
        findings.append(Finding("file-no-rows", file, match.table))
    if match.missing:
        lines, detail = tuple(sorting.lines), ", ".join(match.missing)
        findings.append(Finding("heading-missing", file, match.table, lines, detail=detail))
        return FileRows((), tuple(findings), rows, (match.table,))
    return FileRows((_columns(sorting, match, file, also),), tuple(findings), rows, (match.table,))


def _columns(sorting: _Sorting, match: headings.Match, file: str, also: frozenset[str]) -> TextRows:
    def column(position: int) -> list[str]:
        return [record[position] for record in sorting.kept]

    kept = {*TABLES[match.table].kept, *also}
    return TextRows(
        match.table,
        file,
        tuple(sorting.lines),
        {name: tidied(column(at)) for name, at in match.columns.items() if name in kept},
        tuple(tidied(column(at)) for at in match.authority),
        None if match.year is None else tidied(column(match.year)),
    )
