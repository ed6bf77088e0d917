"""Which tables a file of the service's folder holds: one in a CSV, several in a workbook."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from irostats.errors import nearest
from irostats.issues import Issue, Severity
from irostats.opening import CLOSED, contents
from irostats.service.cells import fits, unusable
from irostats.service.schemas import TABLES
from irostats.service.sheets import Sheet, from_csv
from irostats.service.workbooks import (
    DAMAGED,
    MAX_BYTES,
    SUFFIXES,
    Workbook,
    is_workbook,
    read_workbook,
)

CSV = ".csv"
AS_XLSX = "Save it as XLSX, or each sheet as CSV, and build again."
WHAT_TO_DO = {CLOSED: "Close it in other programs."}
HOW = (
    "Service tables are CSV files or workbooks (XLSX, XLS, ODS) named after their table, or "
    "workbooks with sheets named after theirs."
)


@dataclass(frozen=True, slots=True)
class Holding:
    """What one file holds.

    Attributes:
        relative: Its path, for issues.
        sheets: Tables and their rows.
        unusable: Tables that it should hold, and that could not be had.
        unread: Whether any table may be in it: a workbook of another name that cannot be read.
        issues: What is wrong with it.
        sha256: Of its bytes.
        size: In bytes.
    """

    relative: str
    sheets: tuple[tuple[str, Sheet], ...] = ()
    unusable: tuple[str, ...] = ()
    unread: bool = False
    issues: tuple[Issue, ...] = ()
    sha256: str = ""
    size: int = 0


def hold(path: Path, relative: str, within: Path) -> Holding:
    """Open a file, and say which tables are in it; what it is, its first bytes say.

    Args:
        path: The file.
        relative: Its path, for issues.
        within: The folder that it must lie in, links followed.
    """
    name, suffix = path.stem.lower(), path.suffix.lower()
    if suffix not in (CSV, *SUFFIXES) or (suffix == CSV and name not in TABLES):
        return Holding(relative, issues=(_unknown(path, relative),))
    data = contents(path, within, MAX_BYTES)
    if isinstance(data, str):
        return _closed(
            name, relative, f"{data}.", WHAT_TO_DO.get(data, "Put the file itself there.")
        )
    if is_workbook(data):
        found = _book(read_workbook(data), path, relative)
    elif data.lstrip().startswith(b"<"):
        found = _closed(name, relative, "the file is a web page or XML, no workbook.", AS_XLSX)
    elif name in TABLES:
        found = Holding(relative, ((name, from_csv(data)),))
    else:
        found = _closed(name, relative, DAMAGED, AS_XLSX)
    return replace(found, sha256=hashlib.sha256(data).hexdigest(), size=len(data))


def _closed(name: str, relative: str, why: str, next_step: str) -> Holding:
    """A file of which nothing can be read."""
    if name in TABLES:
        issue = unusable(name, relative, why, next_step=next_step)
        return Holding(relative, unusable=(name,), issues=(issue,))
    issue = Issue(
        Severity.ERROR,
        "service-file-unreadable",
        f"{why} Any service table may be in it: those that no other file holds are not available.",
        file=relative,
        next_step=next_step,
    )
    return Holding(relative, unread=True, issues=(issue,))


def _book(book: Workbook, path: Path, relative: str) -> Holding:
    """The tables of a workbook: sheets by their names, and the one that it is named after."""
    own = path.stem.lower()
    if book.refused:
        return _closed(own, relative, book.refused, AS_XLSX)
    filled = {sheet: rows for sheet, rows in book.sheets.items() if not rows.empty}
    named = [(_table(sheet), rows) for sheet, rows in filled.items() if _table(sheet) in TABLES]
    others = {
        sheet: rows
        for sheet, rows in filled.items()
        if _table(sheet) not in TABLES and sheet not in book.hidden
    }
    if own in TABLES and own not in dict(named):
        if not others:
            why = f"no sheet of the workbook is named {own}." if named else "the file is empty."
            issue = unusable(own, relative, why)
            return Holding(relative, tuple(named), unusable=(own,), issues=(issue,))
        first = next((s for s in others if fits(others[s], TABLES[own])), next(iter(others)))
        named.append((own, others.pop(first)))
    if not named:
        return Holding(relative, issues=(_unknown(path, relative, others),))
    return Holding(relative, tuple(named), issues=tuple(_unread(others, relative)))


def _table(sheet: str) -> str:
    """The table that a sheet's name would be."""
    return "_".join(sheet.lower().replace("-", " ").split())


def _unread(sheets: Iterable[str], relative: str) -> Iterator[Issue]:
    """A note on sheets that are no table, which may be misspelt; their own names are not told."""
    names = [_table(sheet) for sheet in sheets]
    if names:
        hints = dict.fromkeys(nearest(name, TABLES) for name in names)
        yield Issue(
            Severity.NOTE,
            "service-sheet-unread",
            f"{len(names)} sheet{' is' if len(names) == 1 else 's are'} not named after a service "
            f"table, and not read.{''.join(hints)}",
            file=relative,
            next_step="Name a sheet after its table if it holds one.",
        )


def _unknown(path: Path, relative: str, sheets: Iterable[str] = ()) -> Issue:
    suffix = path.suffix.lower()
    known = [f"{name}{suffix if suffix in SUFFIXES else CSV}" for name in TABLES]
    hints = (nearest(path.name, known), *(nearest(_table(sheet), TABLES) for sheet in sheets))
    return Issue(
        Severity.WARNING,
        "service-file-unknown",
        f"this is not a service table that irostats knows.{next(filter(None, hints), '')}",
        file=relative,
        next_step=HOW,
    )
