"""Problems found in data, in plain English, each with what it can move.

An issue never names a child: it names the file, the table, the lines and the rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

import pandas as pd

MAX_LINES = 10
"""How many line numbers an issue keeps: enough to find the fault, few enough to read."""

COLUMNS = ["severity", "rule", "table", "file", "rows", "lines", "message", "figures", "next_step"]


class Severity(StrEnum):
    """What an issue does to the report."""

    ERROR = "error"
    """A figure cannot be computed; the build stops unless the figure is optional."""
    WARNING = "warning"
    """Rows were left out or judged; the figures named may move."""
    NOTE = "note"
    """Nothing was left out, but a reader may wonder."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem, with every row that it touches counted.

    Args:
        severity: What it does to the report.
        rule: Short stable name, such as ``review-outside-period``; DfE's check number
            where one exists, such as ``166``, goes into the message.
        message: What is wrong, in plain English, without any child's identifier.
        table: The SSDA903 or service table.
        file: Path of the file relative to the authority's folder.
        rows: How many rows are concerned.
        lines: The first lines concerned, 1 being the file's heading line.
        figures: Measures, or sections, that the rows could move.
        next_step: What the analyst should do.
    """

    severity: Severity
    rule: str
    message: str
    table: str = ""
    file: str = ""
    rows: int = 0
    lines: tuple[int, ...] = ()
    figures: tuple[str, ...] = ()
    next_step: str = ""

    @property
    def where(self) -> str:
        """File, table and lines in words, as far as known."""
        parts = [self.file] if self.file else []
        if self.table:
            parts.append(f"table {self.table}")
        if self.lines:
            more = " and more" if self.rows > len(self.lines) else ""
            noun = "line" if len(self.lines) == 1 else "lines"
            parts.append(f"{noun} {', '.join(map(str, self.lines))}{more}")
        return ", ".join(parts)

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        moves = f" Can move: {', '.join(self.figures)}." if self.figures else ""
        step = f" {self.next_step}" if self.next_step else ""
        return f"{self.severity.value}: {where}{self.message}{moves}{step}"


@dataclass(frozen=True, slots=True)
class IssueLog:
    """An ordered, immutable collection of issues."""

    issues: tuple[Issue, ...] = field(default=())

    def __iter__(self) -> Iterator[Issue]:
        return iter(self.issues)

    def __len__(self) -> int:
        return len(self.issues)

    def __add__(self, other: Iterable[Issue]) -> IssueLog:
        return IssueLog((*self.issues, *other))

    @property
    def errors(self) -> tuple[Issue, ...]:
        """The issues that stop a figure."""
        return tuple(issue for issue in self.issues if issue.severity is Severity.ERROR)

    def frame(self) -> pd.DataFrame:
        """One row per issue, columns as in ``COLUMNS``."""
        rows = [
            {name: getattr(issue, name) for name in COLUMNS}
            | {"lines": ", ".join(map(str, issue.lines)), "figures": ", ".join(issue.figures)}
            for issue in self.issues
        ]
        return pd.DataFrame(rows, columns=COLUMNS)


def counted(rows: int) -> str:
    """A number of rows with its noun.

    >>> counted(1), counted(1234)
    ('1 row', '1,234 rows')
    """
    return f"{rows:,} row{'' if rows == 1 else 's'}"


def per_file(
    rows: pd.DataFrame,
    *,
    severity: Severity,
    rule: str,
    message: str,
    table: str,
    figures: tuple[str, ...] = (),
    next_step: str = "",
) -> list[Issue]:
    """One issue for each file that holds some of ``rows``.

    Args:
        rows: The rows concerned, with columns ``FILE`` and ``LINE``.
        severity: As for ``Issue``.
        rule: As for ``Issue``.
        message: As for ``Issue``; ``{n}`` is replaced by the number of rows, ``{rows}`` by
            the number with its noun: ``1 row``, ``1,234 rows``.
        table: As for ``Issue``.
        figures: As for ``Issue``.
        next_step: As for ``Issue``.
    """
    return [
        Issue(
            severity=severity,
            rule=rule,
            message=message.replace("{n}", str(len(part))).replace("{rows}", counted(len(part))),
            table=table,
            file=str(file),
            rows=len(part),
            lines=tuple(int(line) for line in sorted(part["LINE"])[:MAX_LINES]),
            figures=figures,
            next_step=next_step,
        )
        for file, part in rows.groupby("FILE", sort=True)
    ]
