"""The summary: the few numbers that members of the panel read, each with last year's."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from irostats.present import challenge, participation, profile, reviews, reviews_charts, service
from irostats.present.items import Chart, Sentence, Table
from irostats.present.tables import over_years, row
from irostats.present.view import View

HEADLINES = (
    "profile.looked_after",
    "profile.children_started",
    "reviews.held",
    "reviews.on_time_percent",
    "reviews.children_all_on_time_percent",
    "reviews.overdue",
    "participation.percent",
    "service.caseload",
    "challenge.alerts",
    "challenge.active",
)
NAMES = {
    "reviews.on_time_percent": "Reviews held on time",
    "reviews.children_all_on_time_percent": "Children with all reviews on time",
    "reviews.overdue": "Reviews overdue on 31 March",
    "participation.percent": "Reviews at age 4 and over in which the child took part",
    "challenge.active": "Formal disputes active in the year",
}


def headlines_text(view: View) -> Sentence:
    """One paragraph a section."""
    return Sentence(
        (
            profile.number_sentence(view),
            f"{reviews.held_sentence(view)} {reviews.on_time_sentence(view)}",
            participation.percent_sentence(view),
            service.caseload_sentence(view, "Independent Reviewing Officer (IRO)"),
            challenge.summary_sentence(view),
        )
    )


def headlines(view: View) -> Table | Sentence:
    """The headline numbers, this year and the year before."""
    before = view.year.previous
    missing = "" if view.last_year else f"No return for {before} was given to compare with."
    return over_years(
        view,
        "Headline figures",
        [row(view, name, NAMES.get(name, "")) for name in HEADLINES],
        first_column="Headline",
        years=view.two_years,
        note=" ".join(filter(None, (missing, reviews_charts.left_out(view, view.two_years)))),
    )


TABLES: Mapping[str, Callable[[View], Table | Sentence]] = {"summary-headlines": headlines}
CHARTS: Mapping[str, Callable[[View], Chart | Sentence]] = {}
SENTENCES: Mapping[str, Callable[[View], Sentence]] = {"summary-headlines-text": headlines_text}
