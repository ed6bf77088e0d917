"""Participation of parents and carers, advocacy, visits before reviews, feedback."""

from __future__ import annotations

from dataclasses import replace

from irostats.changes import Course, change
from irostats.measures.definitions.participation_local import QUESTIONS
from irostats.present.items import Sentence, Table
from irostats.present.numbers import share, show
from irostats.present.pruned import Row
from irostats.present.tables import counted, over_years, row, rows_by
from irostats.present.view import View
from irostats.present.words import moved

PARENTS, CARERS = "participation.parents_percent", "participation.carers_percent"
VISITED_CHILDREN = "participation.visited_children_percent"
UNRECORDED = "participation.unrecorded_percent"
FEEDBACK = "participation.feedback"
SHORT = {
    "parents": "parents",
    "carers": "carers",
    "advocacy": "advocates",
    "chaired": "children chairing",
    "visited": "visits before",
}


def others_sentences(view: View) -> tuple[str, ...]:
    """Parents and carers, then visits, as far as recorded."""
    return (
        _one(view, PARENTS, "A parent took part in {} of the reviews for which that is recorded"),
        _one(view, CARERS, "A carer took part in {}"),
        _one(
            view,
            VISITED_CHILDREN,
            "Before at least one of their reviews, the IRO saw {} of "
            "the children for whom that is recorded",
        ),
    )


def _one(view: View, name: str, words: str) -> str:
    figure = view.get(name)
    if not figure.known:
        return ""
    course = moved(view, name)
    told = words.format(share(figure, view.measure(name)))
    return f"{told}, {course}." if course else f"{told}."


def unrecorded_sentence(view: View) -> str:
    """A warning if the share of reviews without a usable code moved; else nothing."""
    now, measure = view.get(UNRECORDED), view.measure(UNRECORDED)
    found = change(now, view.before(UNRECORDED), measure)
    if found is None or found.course not in (Course.ROSE, Course.FELL):
        return ""
    return (
        f"The code was missing or not usable for {share(now, measure)} of reviews, "
        f"{moved(view, UNRECORDED)}: how often children took part may seem to have moved for that "
        "reason alone."
    )


def others(view: View) -> Table | Sentence:
    """Who else took part, advocacy, chairing, and visits before reviews, over the years."""
    asked = [row(view, f"participation.{name}_percent") for name in QUESTIONS]
    asked.append(row(view, VISITED_CHILDREN))
    found = over_years(
        view,
        "Parents, carers and advocates at reviews, children who chaired, and visits before",
        [*asked, *_unrecorded(view)],
        missing="who else took part in reviews, of advocacy and of visits before them",
        intervals=(PARENTS, CARERS),
        note="The return does not say who else took part: these figures come from the service's "
        "own records. Percentages are of reviews for which it is recorded, yes or no.",
    )
    if isinstance(found, Sentence):
        return found
    # The counts stand in the percentages' definitions too: one line to read on is enough.
    return replace(found, counted=counted(view, (view.get(name) for _, name, *_ in asked)))


def _unrecorded(view: View) -> list[Row]:
    """Reviews without an answer: a row for each question, or one where it is the same for all."""
    rows = [
        (f"Not recorded: {SHORT[name]}", f"participation.{name}", "answer", "not_recorded")
        for name in QUESTIONS
    ]
    numbers = {
        tuple(
            show(view.get(name, year, breakdown=by, category=key), view.measure(name))
            for year in view.shown
        )
        for _, name, by, key in rows
    }
    return rows if len(numbers) > 1 else [("Reviews for which this is not recorded", *rows[0][1:])]


def feedback(view: View) -> Table | Sentence:
    """Feedback by kind and by whom, over the years."""
    return over_years(
        view,
        "Feedback on reviews and IROs",
        [
            *rows_by(view, FEEDBACK, "kind"),
            row(view, FEEDBACK, "All feedback"),
            *rows_by(view, FEEDBACK, "given_by", prefix="Given by: "),
        ],
        first_column="Feedback",
        missing="feedback, compliments or complaints",
        note="More feedback is not worse: a service that asks hears more.",
    )
