"""A difference in words, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from irostats.calendar import ReportingYear
from irostats.differences.amounts import adding_up, decimals_of, signed
from irostats.differences.builds import UNTOLD, Build
from irostats.differences.causes import Parted
from irostats.differences.compare import Difference
from irostats.differences.figures import Moved
from irostats.differences.inputs import RowsDiffer
from irostats.figures import Figure
from irostats.measures import REGISTRY
from irostats.present import numbers
from irostats.registry import Measure, Unit
from irostats.ssda903 import TABLES as RETURN
from irostats.telling.lines import columns, things

MOST_LINES = 60
"""Movements printed before those of categories are left to the file."""


def told(difference: Difference, *, everything: bool = False) -> str:
    """The difference as a terminal prints it.

    Args:
        difference: What was found.
        everything: Whether to print every figure that moved, however many there are.
    """
    parts = [
        columns([("A", *_named(difference.a)), ("B", *_named(difference.b))]),
        *_inputs(difference),
        *_moved(difference, everything=everything),
        *difference.notes,
    ]
    return "\n\n".join(part for part in parts if part)


def _named(build: Build) -> tuple[str, ...]:
    kind = f"{build.status} return, for {build.audience.value} readers"
    return build.authority.slug, str(build.year), kind, str(build.folder)


def _inputs(difference: Difference) -> Iterator[str]:
    """What went in and differs."""
    if difference.rows:
        lines = [f"  {_table(rows)}: {_counts(rows)}" for rows in difference.rows]
        yield "\n".join(["Tables that differ", *lines])
    if difference.settings:
        lines = [f"  {s.name}: {s.a} in A, {s.b} in B" for s in difference.settings]
        yield "\n".join(["Settings and versions that differ", *lines])
    if difference.beside:
        lines = [f"  {path}" for path in difference.beside]
        yield "\n".join(["Other files that differ, and move no figure", *lines])
    if not (difference.rows or difference.settings):
        yield "Nothing differs in tables, settings and versions."


def _table(rows: RowsDiffer) -> str:
    if rows.kind == "service":
        return f"{rows.folder}, {rows.table}"
    labels = (RETURN[name].label if name in RETURN else name for name in rows.table.split(","))
    return f"{rows.folder}, {'/'.join(labels)}"


def _counts(rows: RowsDiffer) -> str:
    if rows.rows_a is None and rows.rows_b is None:
        return "cannot be read in one of them"
    if rows.rows_a is None or rows.rows_b is None:
        only, number = ("B", rows.rows_b) if rows.rows_a is None else ("A", rows.rows_a)
        return f"only in {only}" + ("" if number == UNTOLD else f", {things(number or 0, 'row')}")
    if UNTOLD in (rows.rows_a, rows.rows_b):
        return "the file differs"
    if rows.added is None or rows.removed is None or rows.changed is None:
        more = rows.rows_b - rows.rows_a
        change = (
            f"{things(abs(more), 'row')} {'more' if more > 0 else 'fewer'}" if more else "as many"
        )
        return (
            f"the file differs; {things(rows.rows_a, 'row')} in A, {rows.rows_b:,} in B ({change})"
        )
    return f"{things(rows.added, 'row')} added, {rows.removed:,} removed, {rows.changed:,} changed"


def _moved(difference: Difference, *, everything: bool) -> Iterator[str]:
    """The figures that moved, those of the year reported on first."""
    found = difference.moved
    if not found:
        yield "No figure moved."
        return
    shown = [f for f in found if f.undivided or everything or len(found) <= MOST_LINES]
    of = len(difference.b.figures)
    yield f"{things(len(found), 'figure')} moved, of {of:,} in B.{_only(difference)}"
    several = len(difference.causes) > 1 and bool(difference.why)
    years = dict.fromkeys(figure.year for figure in shown)
    for year in years:
        rows = [("figure", "category", "A", "B", "moved", *(["why"] if several else []))]
        rows += [_line(f, difference, why=several) for f in shown if f.year == year]
        yield f"{_heading(difference, year)}\n{columns(rows)}"
    if len(shown) < len(found):
        more = len(found) - len(shown)
        yield f"{more:,} more moved by category: --all prints them, --csv FILE writes them."


def _heading(difference: Difference, revised: ReportingYear | None) -> str:
    if revised:
        return f"{revised}, of which both hold figures"
    if difference.a.year == difference.b.year:
        return str(difference.b.year)
    return f"{difference.a.year} in A, {difference.b.year} in B"


def _only(difference: Difference) -> str:
    if len(difference.causes) == 1:
        return f" Of what can move figures, only this differs: {difference.causes[0]}."
    return ""


def _line(figure: Moved, difference: Difference, *, why: bool) -> tuple[str, ...]:
    measure = figure.measure
    cells = (
        measure.label,
        category(figure),
        shown(figure.a, measure),
        shown(figure.b, measure),
        by(figure),
    )
    return (*cells, because(figure, difference.why.get(figure.key))) if why else cells


def category(figure: Moved) -> str:
    """Breakdown and category in words; empty for an undivided figure."""
    measure, breakdown, key = figure.cell
    if figure.undivided:
        return ""
    known = REGISTRY.measures.get(measure)
    of = next((b for b in known.breakdowns if b.name == breakdown), None) if known else None
    return f"{of.label}: {of.categories.get(key, key)}" if of else f"{breakdown}: {key}"


def shown(figure: Figure | None, measure: Measure) -> str:
    """A figure as the report prints it; a dash where the build has none."""
    return numbers.show(figure, measure) if figure else "-"


def by(figure: Moved) -> str:
    """By how much a figure moved; empty where that is no number."""
    if figure.by is None:
        return ""
    points = " points" if figure.measure.unit is Unit.PERCENT else ""
    exact = Fraction(figure.by)
    return f"{signed(exact, decimals_of(exact, figure.measure.unit))}{points}"


def because(figure: Moved, why: Parted | None) -> str:
    """The causes of a movement, with the share of each where it has one.

    Shares are rounded so that those printed add up to the movement printed.
    """
    if why is None or figure.by is None:
        return ", ".join(why.involved) if why else ""
    if not why.shares:
        return ", ".join(why.involved)
    exact = [share for _, share in why.shares]
    decimals = max(
        decimals_of(share, figure.measure.unit) for share in [*exact, Fraction(figure.by)]
    )
    rounded = adding_up(exact, Fraction(figure.by), decimals)
    labels = [label for label, _ in why.shares]
    return ", ".join(
        f"{label} {signed(share, decimals)}" for label, share in zip(labels, rounded, strict=True)
    )
