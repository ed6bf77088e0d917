"""Reviews: how many were held, whether in time, and how late the late ones were."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from irostats.present import reviews_charts, reviews_local
from irostats.present.items import Sentence, Table
from irostats.present.numbers import share
from irostats.present.reviews_charts import CALLED_REVIEWS, ON_TIME, unjudged
from irostats.present.tables import across_measures, over_years, row, rows_by, unless_zero
from irostats.present.view import View
from irostats.present.words import change, counted, day, moved, no_figures
from irostats.registry import TOTAL

NOT_ASSESSABLE = "reviews.not_assessable"
OUTCOMES = (
    ("Held", "reviews.held"),
    ("On time", "reviews.on_time"),
    ("Late", "reviews.late"),
    ("Not assessable", NOT_ASSESSABLE),
    ("On time, %", ON_TIME),
)
OF_ASSESSED = "Percentages are of reviews held on time or late."


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
    on_time = share(percent, view.measure(ON_TIME))
    unknown = view.get("reviews.not_assessable")
    of_which = "these" if unknown.known and unknown.value == 0 else "those that can be assessed"
    compared = moved(view, ON_TIME)
    then = f", {compared}" if compared else ""
    if then and unjudged(view, view.year.previous):
        then += (
            f", when {share(before, view.measure(ON_TIME))} of those that could be assessed were"
        )
    return f"Of {of_which}, {on_time} were on time{then}."


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
        [each for each in OUTCOMES if each[1] != NOT_ASSESSABLE or unjudged(view, view.year)],
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


def timeliness(view: View) -> Table | Sentence:
    """On time, late and not assessable, over the years."""
    return over_years(
        view,
        "Reviews held on time",
        [
            *(row(view, f"reviews.{name}") for name in ("on_time", "late")),
            *unless_zero(view, row(view, NOT_ASSESSABLE)),
            row(view, ON_TIME),
            row(
                view,
                "reviews.adoption",
                "All reviews held: child placed or to be placed for adoption",
            ),
        ],
        intervals=(ON_TIME,),
        missing="reviews held on time",
        note=OF_ASSESSED + " Reviews of children placed or to be placed for adoption are judged by "
        "the same time limits.",
    )


def due(view: View) -> Table | Sentence:
    """Reviews due and met, children with all on time, overdue, over the years."""
    of_reviews = ("due", "due_met", "due_missed", "due_met_percent")
    of_children = ("children_all_on_time", "children_some_late")
    return over_years(
        view,
        "Reviews due and held in time, children with all reviews on time, and reviews overdue",
        [
            *(row(view, f"reviews.{name}") for name in (*of_reviews, *of_children)),
            *unless_zero(view, row(view, "reviews.children_not_assessable")),
            row(view, "reviews.children_all_on_time_percent"),
            row(view, "reviews.overdue"),
        ],
        intervals=("reviews.due_met_percent", "reviews.children_all_on_time_percent"),
        missing="reviews due",
        note="The share of reviews held that were on time says nothing of a review that was "
        "never held. The share of reviews due counts those as well, and the share of children "
        "shows how many had every review on time: the three need not agree. Children are those "
        "looked after on 31 March who had been so for at least 20 working days.",
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


TABLES: Mapping[str, Callable[[View], Table | Sentence]] = {
    "reviews-held": held,
    "reviews-timeliness": timeliness,
    "reviews-on-time": on_time,
    "reviews-quarters": quarters,
    "reviews-due": due,
    "reviews-lateness": lateness,
    **reviews_local.TABLES,
}
CHARTS = reviews_charts.CHARTS
SENTENCES: Mapping[str, Callable[[View], Sentence]] = {
    "reviews-headline": headline,
    **reviews_local.SENTENCES,
}
