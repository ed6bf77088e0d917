"""Participation: how often children took part in their reviews, and how; who else did."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from irostats.present import levels
from irostats.present.charts import Plan, Series, at_least, make, of_whom
from irostats.present.items import Chart, Sentence, Table
from irostats.present.numbers import share
from irostats.present.participation_local import (
    feedback,
    others,
    others_sentences,
    unrecorded_sentence,
)
from irostats.present.tables import across_measures, over_years, row, rows_by
from irostats.present.view import View
from irostats.present.words import moved, no_figures
from irostats.registry import TOTAL

PERCENT = "participation.percent"
APART = 10
"""Points between the lowest and the highest group from which the lowest is named."""
GROUPS = (
    ("age", "4_to_9", "Aged 4 to 9"),
    ("age", "10_to_15", "Aged 10 to 15"),
    ("age", "16_and_over", "Aged 16 and over"),
    ("uasc", "uasc", "Unaccompanied asylum-seeking"),
    ("need", "n2", "Need code N2, disability"),
)
CODED_NEED = (
    "The return has no flag for disability: need code N2 stands for children whose disability "
    "is the main reason for being looked after."
)


def percent_sentence(view: View) -> str:
    """How often children took part, with the counts."""
    percent = view.get(PERCENT)
    if not percent.known:
        return no_figures(view, percent, "children taking part in reviews")
    measure = view.measure(PERCENT)
    compared = moved(view, PERCENT)
    last = f", {compared}" if compared else ""
    unknown = view.get("participation.codes", breakdown="code", category="not_recorded")
    of_which = (
        "their reviews"
        if unknown.known and unknown.value == 0
        else "their reviews for which that is recorded"
    )
    return f"Children aged 4 and over took part in {share(percent, measure)} of {of_which}{last}."


def headline(view: View) -> Sentence:
    """Took part, attended, per child; who else did, and visits."""
    return Sentence(
        tuple(
            paragraph
            for sentences in (
                (
                    percent_sentence(view),
                    unrecorded_sentence(view),
                    _attended(view),
                    _per_child(view),
                ),
                others_sentences(view),
            )
            if (paragraph := " ".join(filter(None, sentences)))
        )
    )


def _attended(view: View) -> str:
    figure = view.get("participation.attended_percent")
    if not figure.known:
        return ""
    return f"They attended {share(figure, view.measure(figure.measure))} of these reviews."


def _per_child(view: View) -> str:
    some = view.get("participation.children_any_percent")
    every = view.get("participation.children_every_percent")
    if not (some.known and every.known):
        return ""
    return (
        f"Of the children reviewed at that age, {share(some, view.measure(some.measure))} took "
        "part in at least one of their reviews, and "
        f"{share(every, view.measure(every.measure))} in every one."
    )


def measures(view: View) -> Table | Sentence:
    """Each way in which participation is counted, this year and the year before."""
    names = (
        "percent",
        "attended_percent",
        "percent_of_all",
        "children_any_percent",
        "children_every_percent",
    )
    return over_years(
        view,
        "Children taking part in their reviews, as counted in five ways",
        [row(view, f"participation.{name}") for name in names],
        years=view.two_years,
        missing="children taking part in reviews",
        note="A child takes part by coming and speaking, by coming and letting someone else "
        "speak, or by sending their views in another way. Authorities count this differently, "
        "per review or per child, so each count stands beside its own denominator: compare only "
        "like with like.",
    )


def ages(view: View) -> Table | Sentence:
    """Taking part by age, for unaccompanied children and for need code N2."""
    return across_measures(
        view,
        "Reviews at age 4 and over in which the child took part, by group",
        [
            *((text, breakdown, key) for breakdown, key, text in GROUPS),
            ("All children aged 4 and over", TOTAL, TOTAL),
        ],
        (
            ("Reviews", "participation.counted"),
            ("Took part", "participation.took_part"),
            ("Took part, %", PERCENT),
        ),
        first_column="Group",
        missing="children taking part in reviews by age",
        note=f"Groups overlap. {CODED_NEED}",
    )


def codes(view: View) -> Table | Sentence:
    """Reviews by participation code, this year and the year before."""
    return over_years(
        view,
        "Reviews held by how the child took part",
        [
            *rows_by(view, "participation.codes", "code"),
            row(view, "participation.codes", "All reviews held"),
        ],
        first_column="Participation code",
        years=view.two_years,
        missing="reviews by participation code",
    )


def ages_chart(view: View) -> Chart | Sentence:
    """Whether children of all ages and groups took part as often."""
    plan = Plan(
        kind="Bar chart",
        title=_ages_title(view),
        about="Reviews at age 4 and over in which the child took part, per cent of those "
        f"recorded, by group, {of_whom(view, view.two_years)}",
        heading="Per cent of reviews at age 4 and over in which the child took part",
        labels=tuple(text for _, _, text in GROUPS),
        series=tuple(
            Series(
                str(year),
                tuple(
                    view.get(PERCENT, year, breakdown=breakdown, category=key)
                    for breakdown, key, _ in GROUPS
                ),
            )
            for year in view.two_years
        ),
    )
    return make(
        view,
        plan,
        levels.level(view, plan, full=100),
        missing="children taking part in reviews by age",
    )


def _ages_title(view: View) -> str:
    found = view.by(PERCENT, "age")
    values = sorted(figure.value for figure in found.values() if figure.known)
    if len(values) < len(found):
        return "How often children took part, by group"
    if values[0] == 100:
        return "From age 4, children took part in every review"
    if values[-1] - values[0] >= APART and values[0] < values[1]:
        lowest = next(key for key, figure in found.items() if figure.value == values[0])
        text = view.measure(PERCENT).breakdown("age").categories[lowest]
        return f"Children aged {text} took part least often"
    step = at_least(list(found.values()))
    if step is None:
        return "How often children took part, by group"
    return f"At every age from 4, at least {step}% took part"


TABLES: Mapping[str, Callable[[View], Table | Sentence]] = {
    "participation-measures": measures,
    "participation-ages": ages,
    "participation-codes": codes,
    "participation-others": others,
    "participation-feedback": feedback,
}
CHARTS: Mapping[str, Callable[[View], Chart | Sentence]] = {"participation-ages": ages_chart}
SENTENCES: Mapping[str, Callable[[View], Sentence]] = {"participation-headline": headline}
