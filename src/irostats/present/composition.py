"""One table of how a number is made up: categories down, numbers and shares across."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from irostats.figures import Figure
from irostats.present.items import Sentence, Table
from irostats.present.pruned import is_unused
from irostats.present.tables import (
    always_zero,
    caption,
    counted,
    notes,
    printed,
    without_value,
)
from irostats.present.view import View
from irostats.present.words import term


def composition(
    view: View,
    what: str,
    measures: tuple[str, str],
    breakdowns: Mapping[str, str],
    *,
    leave_out: Collection[str] = (),
    missing: str = "",
    note: str = "Percentages are of all children on that day.",
) -> Table | Sentence:
    """Categories down, number and share across, this year and the year before.

    Args:
        view: Whose figures.
        what: The caption without authority and years.
        measures: The count, and its percentage.
        breakdowns: Those that stand below each other, with what the first column calls them.
        leave_out: Categories that are left out if they are zero in every year shown.
        missing: What a sentence says is missing if no figure has a value.
        note: What a reader must know beside the keys of symbols.
    """
    years = sorted(view.two_years)
    rows: list[tuple[str, ...]] = []
    used: list[Figure] = []
    for name, heading in breakdowns.items():
        categories = view.measure(measures[0]).breakdown(name).categories
        gone = always_zero(view, measures[0], name, set(leave_out) & set(categories))
        for key, text in categories.items():
            figures = [
                view.get(measure, year, breakdown=name, category=key)
                for year in years
                for measure in measures
            ]
            if key in gone or is_unused(name, key, figures):
                continue
            used += figures
            cells = (printed(view, figure, counts=False) for figure in figures)
            rows.append((heading, term(view, text), *cells))
    columns = [text for year in years for text in (f"{year}, number", f"{year}, %")]
    table = Table(
        caption=caption(view, what, years),
        columns=("Characteristic", "Group", *columns),
        rows=tuple(rows),
        note=notes(view, used, note),
        headings=2,
        counted=counted(view, used),
    )
    return without_value(view, missing or what, used) or table
