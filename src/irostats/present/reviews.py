"""Reviews: how many were held, whether in time, and how late the late ones were."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from irostats.present import bars, lines
from irostats.present.charts import Plan, Series, at_least, make, of_whom, years_series
from irostats.present.items import Chart, Sentence, Table
from irostats.present.numbers import say, share
from irostats.present.tables import across_measures, over_years, row, rows_by
from irostats.present.view import View
from irostats.present.words import capital, change, counted, day, no_figures
from irostats.registry import TOTAL

ON_TIME = "reviews.on_time_percent"
OUTCOMES = (
    ("Held", "reviews.held"),
    ("On time", "reviews.on_time"),
    ("Late", "reviews.late"),
    ("Not assessable", "reviews.not_assessable"),
    ("On time, per cent", ON_TIME),
)
OF_ASSESSED = "Percentages are of reviews held on time or late."
CALLED_REVIEWS = ("review", "reviews")


def held_sentence(view: View) -> str:
    """How many reviews were held, of how many children."""
    held, of_children = view.get("reviews.held"), view.get("reviews.children")
    if not held.known:
        return no_figures(view, held, "reviews held")
    compared = change(view, "reviews.held")
    whom = f" of {counted(view, of_children, 'child', 'children')}" if held.value else ""
    return (
        f"The {view.authority.words.service} held {counted(view, held, *CALLED_REVIEWS)}{whom} "
        f"in {view.year}{f', {compared}' if compared else ''}."
    )


def on_time_sentence(view: View) -> str:
    """How many of them were on time, with the counts."""
    percent, before = view.get(ON_TIME), view.before(ON_TIME)
    if not percent.known:
        return no_figures(view, percent, "reviews held on time")
    last = (
        f" The year before it was {share(before, view.measure(ON_TIME))}." if before.known else ""
    )
    on_time = share(percent, view.measure(ON_TIME))
    unknown = view.get("reviews.not_assessable")
    of_which = "these" if unknown.known and unknown.value == 0 else "those that can be assessed"
    return f"Of {of_which}, {on_time} were on time.{last}"


def headline(view: View) -> Sentence:
    """Held, on time, due and met, overdue."""
    return Sentence.of(
        held_sentence(view),
        on_time_sentence(view),
        _not_assessable(view),
        _due(view),
        _overdue(view),
    )


def _not_assessable(view: View) -> str:
    figure = view.get("reviews.not_assessable")
    if not figure.known or figure.value == 0:
        return ""
    words = counted(view, figure, *CALLED_REVIEWS)
    verb = "is" if figure.value == 1 else "are"
    return f"A further {words} {verb} not assessable, and not counted as late."


def _due(view: View) -> str:
    figure = view.get("reviews.due_met_percent")
    if not figure.known:
        return ""
    met = share(figure, view.measure(figure.measure))
    return f"Of the reviews that fell due in the year, {met} were held by their due date."


def _overdue(view: View) -> str:
    figure = view.get("reviews.overdue")
    if not figure.known:
        return ""
    verb = "was" if figure.value == 1 else "were"
    words = counted(view, figure, *CALLED_REVIEWS)
    return f"There {verb} {words} overdue on {day(view.year.last_day)}."


def held(view: View) -> Table | Sentence:
    """Reviews, children and reviews a child, over the years."""
    return over_years(
        view,
        "Reviews held and children reviewed",
        [
            row(view, "reviews.held"),
            row(view, "reviews.held_change", "Change on the year before"),
            row(view, "reviews.held_change_percent", "Change on the year before, per cent"),
            row(view, "reviews.adoption", "Of reviews held: placed or to be placed for adoption"),
            row(view, "reviews.children"),
            *rows_by(view, "reviews.children", "reviews_per_child", prefix="Children with "),
            row(view, "reviews.per_child"),
        ],
        missing="reviews held",
    )


def _split(view: View, breakdown: str, what: str) -> Table | Sentence:
    found = view.measure("reviews.held").breakdown(breakdown)
    lines = [(text, breakdown, key) for key, text in found.categories.items()]
    return across_measures(
        view,
        what,
        [*lines, ("All reviews", TOTAL, TOTAL)],
        OUTCOMES,
        first_column=found.label,
        missing="reviews held on time",
        note=OF_ASSESSED,
    )


def on_time(view: View) -> Table | Sentence:
    """On time, late and not assessable by sequence."""
    return _split(view, "sequence", "Reviews held on time, by which review it was")


def quarters(view: View) -> Table | Sentence:
    """On time, late and not assessable by quarter."""
    return _split(view, "quarter", "Reviews held on time, by quarter")


def due(view: View) -> Table | Sentence:
    """Reviews due and met, children with all on time, overdue, over the years."""
    names = (
        "due",
        "due_met",
        "due_missed",
        "due_met_percent",
        "children_all_on_time",
        "children_some_late",
        "children_not_assessable",
        "children_all_on_time_percent",
        "overdue",
    )
    return over_years(
        view,
        "Reviews due and held in time, children with all reviews on time, and reviews overdue",
        [row(view, f"reviews.{name}") for name in names],
        missing="reviews due",
    )


def lateness(view: View) -> Table | Sentence:
    """Late reviews by how late, over the years."""
    return over_years(
        view,
        "Late reviews by working days late",
        [
            *rows_by(view, "reviews.late", "lateness"),
            row(view, "reviews.late", "All late reviews"),
        ],
        first_column="Working days late",
        missing="late reviews",
    )


def on_time_chart(view: View) -> Chart | Sentence:
    """Whether timeliness held through the quarters of all years given."""
    quarters = view.measure(ON_TIME).breakdown("quarter").categories
    figures = [
        figure for year in view.shown for figure in view.by(ON_TIME, "quarter", year).values()
    ]
    floor = lines.axis_floor(figures)
    plan = Plan(
        kind="Line chart",
        title=_on_time_title(view),
        about="Reviews held on time as a percentage of reviews that can be assessed, by quarter, "
        + of_whom(view, view.shown),
        heading="Per cent of reviews held on time, by quarter of the year from April"
        + (f" (axis starts at {floor}%)" if floor else ""),
        labels=tuple(f"{year} {key.upper()}" for year in view.shown for key in quarters),
        series=(Series("On time", tuple(figures)),),
        label_column="Quarter",
        note=f"The axis starts at {floor}%, not at 0%." if floor else "",
    )
    starts = range(0, len(figures), len(quarters))
    return make(
        view,
        plan,
        lines.line(view, plan, floor=floor, starts=starts),
        missing="reviews held on time by quarter",
    )


def _on_time_title(view: View) -> str:
    figures = list(view.by(ON_TIME, "quarter").values())
    if all(figure.known and figure.value == 100 for figure in figures):
        return f"Every review was on time in {view.year}"
    step = at_least(figures)
    if step is None:
        return "Reviews held on time by quarter"
    return f"At least {step}% were on time in every {view.year} quarter"


def lateness_chart(view: View) -> Chart | Sentence:
    """Whether fewer reviews were late than before, and less late."""
    bands = view.measure("reviews.late").breakdown("lateness").categories
    plan = Plan(
        kind="Bar chart with a bar for each year in each group",
        title=_lateness_title(view),
        about=f"Late reviews by working days late, {of_whom(view, view.shown)}",
        heading="Late reviews by how many working days late",
        labels=tuple(bands.values()),
        series=years_series(view, "reviews.late", "lateness", tuple(bands)),
        label_column="Working days late",
    )
    return make(view, plan, bars.columns(view, plan), missing="late reviews")


def _lateness_title(view: View) -> str:
    late, before = view.get("reviews.late"), view.before("reviews.late")
    if not late.known:
        return "Late reviews by how late they were"
    verb = "was" if late.value == 1 else "were"
    count = capital(f"{counted(view, late, *CALLED_REVIEWS)} {verb} late in {view.year}")
    if not before.known:
        return count
    was = say(before, view.measure(before.measure)) if before.value else "none"
    return f"{count}, {was} the year before"


TABLES: Mapping[str, Callable[[View], Table | Sentence]] = {
    "reviews-held": held,
    "reviews-on-time": on_time,
    "reviews-quarters": quarters,
    "reviews-due": due,
    "reviews-lateness": lateness,
}
CHARTS: Mapping[str, Callable[[View], Chart | Sentence]] = {
    "reviews-on-time": on_time_chart,
    "reviews-lateness": lateness_chart,
}
SENTENCES: Mapping[str, Callable[[View], Sentence]] = {"reviews-headline": headline}
