"""Comparing irostats with the plain computation of a section, cell by cell."""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import ModuleType

from authorities import TOTAL, Cell, Expected, Plain, Tables
from plain_records import records

from irostats import measures
from irostats.calendar import ReportingYear
from irostats.derive import Derived, derive
from irostats.figures import Figure, Figures, Status

PLAIN: Callable[[str], ModuleType] = importlib.import_module


def differences(section: str, plain: Plain, derived: Derived | None = None) -> list[str]:
    """A line for each cell of each year in which the two do not agree; none if they do.

    Args:
        section: ``profile``, ``placements`` ...: the measures of that module, and
            ``plain_<section>.figures``.
        plain: The authority.
        derived: What irostats derives from it, if that is known already.
    """
    found = derived or derive(records(plain))
    compute = getattr(measures, section).compute
    expect = PLAIN(f"plain_{section}").figures
    lines = []
    for end in plain.history:
        year = ReportingYear(end)
        got = Figures.collect(compute(found, year), measures.REGISTRY, authority="smalltown")
        lines += [f"{year} {line}" for line in _between(got, expect(plain, end))]
    return lines


def _between(got: Iterable[Figure], expected: dict[Cell, Expected]) -> Iterable[str]:
    computed = {figure.cell: figure for figure in got}
    for cell in expected.keys() | computed.keys():
        figure, wanted = computed.get(cell), expected.get(cell)
        name = " ".join(cell)
        if figure is None:
            yield f"{name}: irostats has none, plainly {wanted}"
        elif wanted is None and cell[1] == TOTAL and not figure.known:
            continue  # Shares have no undivided figure, but may say there why they are not there.
        elif wanted is None:
            yield f"{name}: irostats has {_told(figure)}, plainly none"
        elif not _same(figure, wanted):
            yield f"{name}: irostats has {_told(figure)}, plainly {wanted}"


def _told(figure: Figure) -> Expected:
    value, above, below = (
        None if math.isnan(number) else number
        for number in (figure.value, figure.numerator, figure.denominator)
    )
    return Expected(value, above, below, figure.status.value)


def _same(figure: Figure, wanted: Expected) -> bool:
    if figure.status is not Status(wanted.status):
        return False
    return all(
        math.isnan(number) if want is None else math.isclose(number, want, abs_tol=1e-9)
        for number, want in (
            (figure.value, wanted.value),
            (figure.numerator, wanted.numerator),
            (figure.denominator, wanted.denominator),
        )
    )


def smallest(plain: Plain, differs: Callable[[Plain], bool]) -> Plain:
    """An authority that still differs and no longer does with any one row or table less."""
    changed = True
    while changed:
        changed = False
        for smaller in _smaller(plain):
            if differs(smaller):
                plain, changed = smaller, True
                break
    return plain


def _smaller(plain: Plain) -> Iterable[Plain]:
    if len(plain.years) > 1:
        yield replace(plain, years=plain.years[1:])
    for tables in _less(plain.returned):
        yield replace(plain, returned=tables)
    for tables in _less(plain.service):
        yield replace(plain, service=tables)


def _without(child: str, tables: Tables) -> Tables:
    return {
        name: [row for row in rows if row.get("CHILD") != child] for name, rows in tables.items()
    }


def _less(given: Mapping[int, Tables]) -> Iterable[Mapping[int, Tables]]:
    """Without one child, without the rows of one table, without one row."""
    names = {
        row.get("CHILD") for tables in given.values() for rows in tables.values() for row in rows
    }
    for name in sorted(str(name) for name in names if name):
        yield {end: _without(name, tables) for end, tables in given.items()}
    for end, tables in given.items():
        for name, rows in tables.items():
            if len(rows) > 1:
                yield {**given, end: {**tables, name: []}}
        for name, rows in tables.items():
            for number in range(len(rows)):
                yield {**given, end: {**tables, name: rows[:number] + rows[number + 1 :]}}


def shown(plain: Plain) -> str:
    """The authority as text: every row that is there."""
    lines = [f"years {plain.years} rules {dict(plain.rules)} population {dict(plain.population)}"]
    for end in plain.years:
        for part in (plain.returned[end], plain.service[end]):
            for name, rows in part.items():
                if not rows:
                    continue
                lines.append(f"{end} {name}")
                for row in rows:
                    cells = (f"{key}={value}" for key, value in row.items() if value is not None)
                    lines.append("   " + " ".join(cells))
        absent = ", ".join(sorted(plain.unreadable.get(end, frozenset())))
        lines.append(f"{end} unreadable: {absent or 'none'}")
    return "\n".join(lines)
