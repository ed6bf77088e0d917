"""Rows as text with their lines, before anything is made of them; the CSV reader."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from irostats.ssda903 import headings
from irostats.ssda903.findings import Finding
from irostats.ssda903.schema import TABLES
from irostats.ssda903.sources import Source
from irostats.ssda903.text import Grid, decode, heading_key, split, tidied


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
    columns: Mapping[str, list[str | None]]
    authorities: tuple[list[str | None], ...] = ()
    years: list[str | None] | None = None


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


def _sort(grid: Grid, match: headings.Match, titles: Sequence[str], cut_off: bool) -> _Sorting:
    """Keep records that can be laid under the headings."""
    sorting = _Sorting()
    width, needed = match.width, max(match.columns[c] for c in match.columns)
    same = [heading_key(title) for title in titles[:width]]
    last = len(grid.records) - 1
    for number, (record, line) in enumerate(zip(grid.records, grid.lines, strict=True)):
        if any(cell.strip() for cell in record[width:]):
            sorting.note("row-too-long", line)
        elif heading_key(record[0]) == same[0] and list(map(heading_key, record[:width])) == same:
            sorting.note("heading-repeated", line)
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


def read_csv(source: Source) -> FileRows:
    """Rows of a delimited file, whatever its encoding, delimiter and order of columns."""
    text, is_lost = decode(source.data)
    lost = (Finding("characters-lost", source.path),) if is_lost else ()
    found = headings.find(text)
    if found is None:
        return _unrecognised(text, lost, source.path)
    grid = split(text, found.delimiter, width=len(found.titles))
    cut_off = not text.endswith("\n")
    return _laid_out(_below(grid, found.line), found, lost, source.path, cut_off)


def _below(grid: Grid, line: int) -> Grid:
    """The records below a line that are not blank."""
    pairs = zip(grid.records, grid.lines, strict=True)
    body = [(r, n) for r, n in pairs if n > line and any(cell.strip() for cell in r)]
    broken, oversized = (tuple(n for n in ns if n > line) for ns in (grid.broken, grid.oversized))
    return Grid([r for r, _ in body], [n for _, n in body], broken, oversized)


def _laid_out(
    grid: Grid, found: headings.Found, lost: tuple[Finding, ...], file: str, cut_off: bool
) -> FileRows:
    """The records under their headings, and what is wrong with them."""
    match = found.match
    sorting = _sort(grid, match, found.titles, cut_off)
    longest = max(map(len, grid.records), default=0)
    trusted = len(found.titles) <= longest
    findings = [*lost, *_about_headings(match, file, trusted=trusted)]
    unclosed = sorted({*grid.broken} - {*grid.oversized})
    by_rule = {
        "row-unreadable": unclosed,
        "row-oversized": list(grid.oversized),
        **sorting.found,
    }
    if match.missing:
        by_rule.pop("row-short", None)
    findings += [
        Finding(r, file, match.table, tuple(lines)) for r, lines in by_rule.items() if lines
    ]
    rows = len(grid.records) + len(grid.broken)
    if not rows:
        findings.append(Finding("file-no-rows", file, match.table))
    if match.missing:
        lines, detail = tuple(sorting.lines), ", ".join(match.missing)
        findings.append(Finding("heading-missing", file, match.table, lines, detail=detail))
        return FileRows((), tuple(findings), rows, (match.table,))
    return FileRows((_columns(sorting, match, file),), tuple(findings), rows, (match.table,))


def _columns(sorting: _Sorting, match: headings.Match, file: str) -> TextRows:
    def column(position: int) -> list[str]:
        return [record[position] for record in sorting.kept]

    kept = TABLES[match.table].kept
    return TextRows(
        match.table,
        file,
        tuple(sorting.lines),
        {name: tidied(column(at)) for name, at in match.columns.items() if name in kept},
        tuple(tidied(column(at)) for at in match.authority),
        None if match.year is None else tidied(column(match.year)),
    )
