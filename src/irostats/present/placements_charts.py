"""The charts of placements: of what kind they were, and how lasting."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from irostats.changes import Course, change
from irostats.present import bars, levels
from irostats.present.charts import Plan, Series, largest, make, of_whom
from irostats.present.items import Chart, Sentence
from irostats.present.numbers import show
from irostats.present.tables import always_zero
from irostats.present.view import View

PLACED = "placements.placed"
PERCENT = "placements.placed_percent"
MANY = "placements.three_or_more_percent"
FEW = 2


def kinds_chart(view: View) -> Chart | Sentence:
    """Shares of the kinds of placement, this year and the year before."""
    words = view.authority.words
    labels = dict(view.measure(PLACED).breakdown("placement").categories)
    for key in always_zero(view, PLACED, "placement", labels):
        del labels[key]
    plan = Plan(
        kind="Bar chart",
        title=_kinds_title(view, labels),
        about=f"Share of {words.children} by placement on 31 March, "
        f"{of_whom(view, view.two_years)}",
        heading=f"Per cent of {words.children} by placement on 31 March",
        labels=tuple(labels.values()),
        series=tuple(
            Series(
                str(year),
                tuple(
                    view.get(PERCENT, year, breakdown="placement", category=key) for key in labels
                ),
            )
            for year in view.two_years
        ),
        label_column="Placement",
    )
    return make(view, plan, levels.level(view, plan), missing="kinds of placement")


def _kinds_title(view: View, labels: Mapping[str, str]) -> str:
    top = largest(view.by(PLACED, "placement"), view.get(PLACED))
    if top is None:
        return "Kinds of placement on 31 March"
    if top == "not_known":
        return "Placements that are not known are most"
    figure = view.get(PERCENT, breakdown="placement", category=top)
    part = f", {show(figure, view.measure(PERCENT))}" if figure.known else ""
    return f"Largest group: {labels[top][0].lower()}{labels[top][1:]}{part}"


def stability_chart(view: View) -> Chart | Sentence:
    """Children with 3 or more placements in the year, over the years."""
    words = view.authority.words
    if len(view.shown) < FEW:
        return Sentence.of(
            f"Only the return for {view.year} was given, so there is no course of moves to show."
        )
    plan = Plan(
        kind="Bar chart",
        title=_stability_title(view),
        about=f"Per cent of {words.children} on 31 March who had 3 or more placements in the year, "
        f"{of_whom(view, view.shown)}",
        heading=f"Per cent of {words.children} with 3 or more placements in the year",
        labels=tuple(map(str, view.shown)),
        series=(
            Series(
                "3 or more placements in the year",
                tuple(view.get(MANY, year) for year in view.shown),
            ),
        ),
        label_column="Year",
    )
    return make(
        view, plan, bars.focus_columns(view, plan), missing="3 or more placements in the year"
    )


def _stability_title(view: View) -> str:
    now = view.get(MANY)
    if not now.known:
        return "3 or more placements in the year"
    found = change(now, view.before(MANY), view.measure(MANY))
    value = show(now, view.measure(MANY))
    if found is None:
        return f"{value} had 3 or more placements in the year"
    if found.course in (Course.SIMILAR, Course.SAME):
        return f"{value} had 3 or more placements, much as before"
    way = "up" if found.course is Course.ROSE else "down"
    was = show(view.before(MANY), view.measure(MANY))
    return f"{value} had 3 or more placements, {way} from {was}"


CHARTS: Mapping[str, Callable[[View], Chart | Sentence]] = {
    "placements-kinds": kinds_chart,
    "placements-stability": stability_chart,
}
