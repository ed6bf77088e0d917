"""Tables, charts and sentences, all from protected Figures; nothing here computes a statistic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from irostats.errors import UnknownName, nearest
from irostats.present import (
    annex,
    challenge,
    children,
    health,
    leavers,
    methods,
    monitoring,
    participation,
    permanence,
    placements,
    priorities,
    profile,
    quality,
    reviews,
    service,
    summary,
)
from irostats.present.items import Chart, Sentence, Table
from irostats.present.variables import check_narrative, check_texts, variables
from irostats.present.view import View

__all__ = [
    "Chart",
    "Sentence",
    "Table",
    "View",
    "chart",
    "check_narrative",
    "check_texts",
    "names",
    "sentence",
    "table",
    "variables",
]

Item = TypeVar("Item")

SECTIONS = (
    summary,
    profile,
    placements,
    health,
    permanence,
    leavers,
    reviews,
    participation,
    monitoring,
    service,
    challenge,
    priorities,
    annex,
    methods,
    quality,
    children,
)
"""In the order of the report, then the children's summary; each has a notebook of its name."""


def table(view: View, name: str) -> Table | Sentence:
    """A table, or a sentence saying why there is none.

    Raises:
        UnknownName: There is no such table; the nearest is named.
    """
    return _named(_TABLES, "table", name)(view)


def chart(view: View, name: str) -> Chart | Sentence:
    """A chart, or a sentence saying why there is none.

    Raises:
        UnknownName: There is no such chart; the nearest is named.
    """
    made = _named(_CHARTS, "chart", name)(view)
    if isinstance(made, Chart) and name not in children.CHARTS:
        return replace(made, numbers=_numbers(view, name))
    return made


def sentence(view: View, name: str) -> Sentence:
    """One or more sentences.

    Raises:
        UnknownName: There is no such sentence; the nearest is named.
    """
    return _named(_SENTENCES, "sentence", name)(view)


def names() -> Mapping[str, tuple[str, ...]]:
    """The names of all tables, charts and sentences by kind, in the order of the report."""
    return MappingProxyType(
        {"table": tuple(_TABLES), "chart": tuple(_CHARTS), "sentence": tuple(_SENTENCES)}
    )


def _numbers(view: View, name: str) -> str:
    """Where the numbers of a chart stand: in a table of the report, if there is one, and beside."""
    there = _NUMBERS_IN.get(name, name)
    beside = "the file of figures that comes with this report"
    if there in _TABLES and isinstance(table(view, there), Table):
        return f"Its numbers: @tbl-{there}, and {beside}."
    return f"Its numbers: {beside}."


def _named(
    items: Mapping[str, Callable[[View], Item]], kind: str, name: str
) -> Callable[[View], Item]:
    try:
        return items[name]
    except KeyError:
        raise UnknownName(
            f"There is no {kind} '{name}'.{nearest(name, items)}",
            next_step=f"Known: {', '.join(items)}.",
        ) from None


_TABLES: Mapping[str, Callable[[View], Table | Sentence]] = {
    name: make for section in SECTIONS for name, make in section.TABLES.items()
}
_CHARTS: Mapping[str, Callable[[View], Chart | Sentence]] = {
    name: make for section in SECTIONS for name, make in section.CHARTS.items()
}
_SENTENCES: Mapping[str, Callable[[View], Sentence]] = {
    name: make for section in SECTIONS for name, make in section.SENTENCES.items()
}
_NUMBERS_IN = {
    "profile-trend": "profile-number",
    "profile-ages": "profile-characteristics",
    "profile-flow": "",  # by month in no table
    "permanence-routes": "permanence-reasons",
    "reviews-on-time": "reviews-quarters",
}
"""The table with a chart's numbers, unless it bears the chart's name."""
