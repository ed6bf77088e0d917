"""Which sheets tables.xlsx has: the report's tables in its order, then the charts' numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from irostats import present
from irostats.present.canvas import numbers_only
from irostats.present.items import Table
from irostats.present.tables import anchor

if TYPE_CHECKING:
    from irostats.report import Report

_EMBED = re.compile(r"^\{\{<\s*embed\s+\S+?#(tbl|fig)-(\S+)\s*>\}\}", re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=\S)")


@dataclass(frozen=True)
class Sheet:
    """One table on a sheet of its own.

    Args:
        name: The sheet's name, short and borne by no other: ``Table 3``.
        title: Name and caption, as the report prints them.
        table: What it shows.
        notes: What stands below it in the report, a sentence each.
        source: Which records it is made from.
    """

    name: str
    title: str
    table: Table
    notes: tuple[str, ...] = ()
    source: str = ""


def sheets(report: Report, root: Path) -> tuple[Sheet, ...]:
    """Every table that the report prints, then what each chart of report and summary draws.

    They bear the numbers that the report gives them. A table or chart for which there is nothing
    is a sentence in the report, and takes no sheet.

    Args:
        report: Whose tables.
        root: The project folder, whose ``report.qmd`` and ``summary.qmd`` say what is printed.
    """
    with numbers_only():
        return (
            *_tables(report, root / "report.qmd"),
            *_charts(report, root / "report.qmd", "Figure"),
            *_charts(report, root / "summary.qmd", "Summary"),
        )


def embedded(source: Path, kind: str) -> tuple[str, ...]:
    """Names of the tables (``tbl``) or charts (``fig``) that a document embeds, in order."""
    if not source.is_file():
        return ()
    found = _EMBED.findall(source.read_text(encoding="utf-8"))
    names = set(present.names()["table" if kind == "tbl" else "chart"])
    return tuple(name for each, name in found if each == kind and name in names)


def _tables(report: Report, source: Path) -> Iterator[Sheet]:
    items = (report.table(name) for name in embedded(source, "tbl"))
    shown = (item for item in items if isinstance(item, Table) and item.rows)
    for count, table in enumerate(shown, start=1):
        yield _sheet(report, f"Table {count}", table.caption, table, table.note)


def _charts(report: Report, source: Path, word: str) -> Iterator[Sheet]:
    items = (report.chart(name) for name in embedded(source, "fig"))
    shown = (item for item in items if isinstance(item, present.Chart) and item.data.rows)
    for count, chart in enumerate(shown, start=1):
        yield _sheet(report, f"{word} {count}", chart.caption, chart.data, chart.note)


def _sheet(report: Report, name: str, caption: str, table: Table, note: str) -> Sheet:
    notes = tuple(part for part in _SENTENCE.split(note.strip()) if part)
    return Sheet(name, f"{name}: {caption}", table, notes, _source(report, table))


def _source(report: Report, table: Table) -> str:
    registry = report.figures.registry.measures
    known = {anchor(name): measure.source for name, measure in registry.items()}
    # What a source says after a semicolon is of single breakdowns: the definitions have it whole.
    first = (known[where].partition(";")[0] for _, where in table.counted)
    named = (part.strip() for each in first for part in each.split(","))
    tables = ", ".join(dict.fromkeys(filter(None, named)))
    whose = report.authority.identity.council
    return f"Source: records of {whose}{f' ({tables})' if tables else ''}."
