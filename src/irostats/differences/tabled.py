"""A difference as one table, for a file."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd

from irostats.differences.compare import Difference
from irostats.differences.figures import Moved
from irostats.figures import Figure

NAMES = (
    *("part", "name", "breakdown", "category", "period_a", "period_b", "label", "unit"),
    *("a", "b", "status_a", "status_b", "moved", "causes"),
)
"""Columns; behind them one for each cause, with its share."""


def frame(difference: Difference) -> pd.DataFrame:
    """A row for each figure, table, setting and file that differs.

    Returns:
        ``part`` is figure (of the year reported on), revision (of an earlier year of which both
        builds hold figures), table, setting or file. ``a`` and ``b`` are what each build has,
        ``moved`` the second less the first, for tables rows added, removed and changed; behind
        them a column for each cause, with its share in the movement.
    """
    rows = [*_figures(difference), *_tables(difference), *_others(difference)]
    found = dict.fromkeys(name for row in rows for name in row if name not in NAMES)
    return pd.DataFrame(rows, columns=[*NAMES, *found], dtype=object)


def _figures(difference: Difference) -> Iterator[dict[str, object]]:
    for moved in difference.moved:
        measure, breakdown, category = moved.cell
        why = difference.why.get(moved.key)
        yield {
            "part": "figure" if moved.year is None else "revision",
            "name": measure,
            "breakdown": breakdown,
            "category": category,
            "period_a": moved.a.period if moved.a else None,
            "period_b": moved.b.period if moved.b else None,
            "label": moved.measure.label,
            "unit": moved.measure.unit.value,
            "a": _value(moved.a),
            "b": _value(moved.b),
            "status_a": moved.a.status.value if moved.a else "no such figure",
            "status_b": moved.b.status.value if moved.b else "no such figure",
            "moved": moved.by,
            "causes": _causes(difference, moved),
            **{f"due to {label}": float(share) for label, share in (why.shares if why else ())},
        }


def _causes(difference: Difference, moved: Moved) -> str:
    why = difference.why.get(moved.key)
    if why is None:
        return ""
    return ", ".join(why.involved or [label for label, _ in why.shares])


def _value(figure: Figure | None) -> float | None:
    return None if figure is None or math.isnan(figure.value) else figure.value


def _tables(difference: Difference) -> Iterator[dict[str, object]]:
    for table in difference.rows:
        base = {"part": "table", "name": table.table, "breakdown": table.kind}
        folder = {"period_a": table.folder, "period_b": table.folder}
        yield {**base, **folder, "category": "rows", "a": table.rows_a, "b": table.rows_b}
        for name in ("added", "removed", "changed"):
            number = getattr(table, name)
            if number is not None:
                yield {**base, **folder, "category": name, "moved": number}


def _others(difference: Difference) -> Iterator[dict[str, object]]:
    for setting in difference.settings:
        yield {"part": "setting", "name": setting.name, "a": setting.a, "b": setting.b}
    for path in difference.beside:
        yield {"part": "file", "name": path}
