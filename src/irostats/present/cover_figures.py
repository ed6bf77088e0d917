"""What stands in a committee paper without anybody writing it: figures in words, and the law."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from irostats.present import (
    challenge,
    cover_children,
    participation,
    profile,
    reviews,
    reviews_local,
    service,
)
from irostats.present.numbers import share
from irostats.present.view import View
from irostats.present.words import day, moved, no_figures


def made(view: View, key: str) -> tuple[str, ...]:
    """The paragraphs of one of ``committee.layouts.MADE``, as plain text."""
    return _MADE[key](view)


def period(view: View) -> str:
    """The reporting year from its first day to its last."""
    return f"{day(view.year.first_day)} to {day(view.year.last_day)}"


def _legal_basis(view: View) -> tuple[str, ...]:
    """Section 118 of the Adoption and Children Act 2002; Handbook, paragraph 7.11."""
    words = view.authority.words
    return (
        f"A council must appoint an Independent Reviewing Officer for every {words.child}: the "
        "duty came with section 118 of the Adoption and Children Act 2002 and stands in section "
        "25A of the Children Act 1989. What the officer does is set out in the Care Planning, "
        "Placement and Case Review (England) Regulations 2010 and in statutory guidance, the IRO "
        "Handbook.",
        "Paragraph 7.11 of the Handbook asks the manager of the service for an annual report, for "
        "the members of the corporate parenting panel to scrutinise. It is to show good practice, "
        "and what needs to be developed further, or urgently.",
    )


def _share(view: View, measure: str, what: str, said: str) -> tuple[str, ...]:
    """A sentence on a percentage.

    Args:
        view: Whose figures.
        measure: The percentage.
        what: What it counts, for a sentence that says why there is none.
        said: What follows the percentage and its counts.
    """
    percent = view.get(measure)
    if not percent.known:
        return (no_figures(view, percent, what),)
    return (f"{share(percent, view.measure(measure))} {said}",)


def _on_time(view: View) -> tuple[str, ...]:
    """In a sentence of its own: elsewhere it follows upon how many were held."""
    unknown = view.get("reviews.not_assessable")
    which = "" if unknown.known and unknown.value == 0 else "that can be assessed "
    said = f"of the reviews held in {view.year} {which}were on time."
    return _share(view, "reviews.on_time_percent", "reviews held on time", said)


def _took_part(view: View) -> tuple[str, ...]:
    said = (
        "of the children who had a review at the age of 4 or over took part in at least one of "
        "their reviews."
    )
    return _share(
        view, "participation.children_any_percent", "children taking part in reviews", said
    )


def _midpoint(view: View) -> tuple[str, ...]:
    said = (
        f"of {view.authority.words.children} on {day(view.year.last_day)} had a check between "
        "their reviews in the year."
    )
    return _share(view, "monitoring.midpoint_children_percent", "checks between reviews", said)


def _health(view: View) -> tuple[str, ...]:
    said = (
        f"of {view.authority.words.children} on {day(view.year.last_day)} had a health assessment "
        "in the year, by the records of the service; the report sets the measure of the Department "
        "for Education beside it."
    )
    return _share(view, "health.local_percent", "health assessments by the service", said)


def _alerts(view: View) -> tuple[str, ...]:
    """How many more or fewer alerts there were; nothing where the two years cannot be compared."""
    compared = moved(view, challenge.ALERTS)
    if not compared:
        return ()
    return (f"The number of alerts raised was {compared}. {challenge.NOT_WORSE}",)


def _stages(view: View) -> tuple[str, ...]:
    """In a paragraph of its own: in the report it follows upon how many were active."""
    said = challenge.stages_sentence(view)
    return (f"Of the disputes active in the year, {said[0].lower()}{said[1:]}",) if said else ()


def _unless_empty(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


_OFFICER = "Independent Reviewing Officer (IRO)"
_MADE: Mapping[str, Callable[[View], tuple[str, ...]]] = {
    "headlines.children": lambda view: (profile.number_sentence(view),),
    "headlines.held": lambda view: (reviews.held_sentence(view),),
    "headlines.on_time": _on_time,
    "headlines.participation": lambda view: (participation.percent_sentence(view),),
    "headlines.children_took_part": _took_part,
    "headlines.service": lambda view: (service.caseload_sentence(view, _OFFICER),),
    "headlines.challenge": lambda view: (challenge.summary_sentence(view),),
    "headlines.stages": _stages,
    "headlines.alerts": _alerts,
    "headlines.sex": lambda view: (cover_children.sex(view),),
    "headlines.ethnicity": lambda view: (cover_children.ethnicity(view),),
    "headlines.unaccompanied": lambda view: (cover_children.unaccompanied(view),),
    "headlines.distance": lambda view: _unless_empty(cover_children.distance(view)),
    "headlines.how_held": lambda view: (str(reviews_local.how_held(view)),),
    "headlines.midpoint": _midpoint,
    "headlines.health": _health,
    "legal_basis": _legal_basis,
    "period": lambda view: (period(view),),
}
