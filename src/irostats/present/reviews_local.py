"""Reviews by status, placement and team; why they were late; how they were held; how to read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from irostats.measures.definitions.reviews_breakdowns import (
    NOT_RECORDED,
    TEAM_IROS,
    TEAM_REVIEWS,
)
from irostats.present.items import Sentence, Table
from irostats.present.numbers import say, share
from irostats.present.reviews_charts import CALLED_REVIEWS, ON_TIME, unjudged
from irostats.present.reviews_reasons import reasons, why_late
from irostats.present.tables import (
    across_measures,
    always_zero,
    over_years,
    row,
    rows_by,
    without_value,
)
from irostats.present.view import View
from irostats.present.words import capital, counted, listing, no_figures, would_give
from irostats.review_clock import reading_notes

HELD, METHOD = "reviews.held", "reviews.method_percent"
OUTCOMES = (("Held", HELD), ("Late", "reviews.late"), ("On time, %", ON_TIME))
OF_ASSESSED = "Percentages are of reviews held on time or late."
NOT_HELD = ("reviews.cancelled", "reviews.adjourned")
FROM_SERVICE = "reviews.service_due_dates"


def _lines(view: View, breakdown: str) -> list[tuple[str, str, str]]:
    """A line for each category of this year's reviews; nothing is known to be nought."""
    found = view.measure(HELD).breakdown(breakdown).categories
    figures = view.by(HELD, breakdown)
    return [
        (text, breakdown, key)
        for key, text in found.items()
        if not (figures[key].known and figures[key].value == 0)
    ]


def on_the_day(view: View) -> Table | Sentence:
    """On time by legal status and by placement on the day of the review."""
    return across_measures(
        view,
        "Reviews held on time, by the child's legal status and placement on the day",
        [*_lines(view, "legal_status"), *_lines(view, "placement_type")],
        OUTCOMES,
        first_column="Legal status or placement",
        missing="reviews held on time by legal status and placement",
        note=f"Each review is counted once by legal status and once by placement. {OF_ASSESSED}",
    )


def teams(view: View) -> Table | Sentence:
    """On time by team, where there are teams to tell apart."""
    lines = _lines(view, "team")
    figures = list(view.by(HELD, "team").values())
    nothing = without_value(view, "the team that held each review", figures)
    if nothing:
        return nothing
    if len([key for *_, key in lines if key != NOT_RECORDED]) < 2:
        return Sentence.of(
            "Reviews are not shown by team: there is no second team with at least "
            f"{TEAM_IROS} Independent Reviewing Officers and {TEAM_REVIEWS} reviews."
        )
    return across_measures(
        view,
        "Reviews held on time, by team",
        lines,
        OUTCOMES,
        first_column="Team",
        missing="reviews held on time by team",
        note="Teams are numbered in the alphabetical order of their names. One with fewer than "
        f"{TEAM_IROS} Independent Reviewing Officers or {TEAM_REVIEWS} reviews is counted with "
        f"others, so that nobody's work is shown by itself. {OF_ASSESSED}",
    )


def methods(view: View) -> Table | Sentence:
    """How reviews were held, and those cancelled or adjourned, over the years."""
    found = over_years(
        view,
        "How reviews were held, and reviews cancelled and adjourned",
        [
            *rows_by(
                view,
                METHOD,
                "method",
                leave_out=always_zero(view, HELD, "method", (NOT_RECORDED,)),
            ),
            *(row(view, name) for name in NOT_HELD),
        ],
        missing="how reviews were held, and of reviews cancelled or adjourned",
        note="A review that was cancelled was usually held on another day. One that was adjourned "
        "was finished at a later meeting, and is counted once.",
    )
    return found.said_beside() if isinstance(found, Sentence) else found


def how_held(view: View) -> Sentence:
    """Whether most reviews were held virtually, in person or both ways; how many were not held."""
    return Sentence.of(_method(view), _not_held(view))


def _method(view: View) -> str:
    known = view.measure(METHOD)
    figures = view.by(METHOD, "method")
    first = next(iter(figures.values()))
    if not any(figure.known for figure in figures.values()):
        why = no_figures(view, first, "how reviews were held, or of reviews cancelled or adjourned")
        return " ".join(filter(None, (why, would_give(view, first))))
    ways = {
        "in_person": "in person",
        "virtual": "virtually",
        "hybrid": "both in person and virtually",
    }
    for key, way in ways.items():
        if figures[key].known and figures[key].value > 50:
            return (
                f"The majority of reviews, {share(figures[key], known)}, were held {way} in "
                f"{view.year}."
            )
    each = [f"{share(figures[key], known)} {way}" for key, way in ways.items()]
    return f"No way of holding reviews was used for the majority: {listing(each)}."


def _not_held(view: View) -> str:
    cancelled, adjourned = (view.get(name) for name in NOT_HELD)
    if not (cancelled.known and adjourned.known):
        return ""
    verb = "was" if cancelled.value == 1 else "were"
    text = capital(f"{counted(view, cancelled, *CALLED_REVIEWS)} {verb} cancelled")
    also = "was" if adjourned.value == 1 else "were"
    number = "none" if adjourned.value == 0 else say(adjourned, view.measure(adjourned.measure))
    return f"{text} in the year, and {number} {also} adjourned."


def reading(view: View) -> Sentence:
    """Whose due dates were used, and the law that applied in the years shown."""
    notes = reading_notes(view.shown, view.authority.rules)
    return Sentence.of(_whose(view), _not_judged(view), *notes)


def _not_judged(view: View) -> str:
    if not any(unjudged(view, year) for year in view.shown):
        return ""
    return (
        "A review whose predecessor lies in a year that was not given cannot be judged, unless the "
        "case system says when it was due: it is shown as not assessable, and is never counted as "
        "late."
    )


def _whose(view: View) -> str:
    judged, held = view.get(FROM_SERVICE), view.get(HELD)
    if view.authority.rules.due_dates == "return":
        return (
            "Due dates are those that follow from the return; the case system's are not used, by "
            "the authority's choice."
        )
    if not judged.known or judged.value == 0 or not held.known:
        return (
            "Due dates are those that follow from the return, because the case system's were not "
            "given."
        )
    if judged.value == held.value:
        return "Every review is judged by the due date that the case system gives."
    number = say(judged, view.measure(FROM_SERVICE))
    return (
        f"Of {counted(view, held, *CALLED_REVIEWS)}, {number} are judged by the due date that the "
        "case system gives, the others by the date that follows from the return."
    )


TABLES: Mapping[str, Callable[[View], Table | Sentence]] = {
    "reviews-on-the-day": on_the_day,
    "reviews-teams": teams,
    "reviews-reasons": reasons,
    "reviews-methods": methods,
}
SENTENCES: Mapping[str, Callable[[View], Sentence]] = {
    "reviews-reading": reading,
    "reviews-why-late": why_late,
    "reviews-how-held": how_held,
}
