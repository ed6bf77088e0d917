"""What is measured of others' participation, visits and feedback: definitions, breakdowns."""

from __future__ import annotations

from irostats import handbook
from irostats.registry import TOTAL, Breakdown, Direction, Measure, Sum, Term, Unit

SOURCE = "participation_local, Reviews"
REVIEWS = "All reviews held in the year"
JOINED = (
    "A review held in the year is joined to the rows of the year's own participation_local with "
    "the same child and day; yes if any of them says yes, no if none does and any says no, else "
    "not recorded. Rows that match no review are left out. Not recorded as a whole, undivided "
    "figure and all, where the service keeps no such table."
)
NO_ANSWER = (
    "Not recorded where reviews were held and none of them has it; not applicable where none was "
    "held."
)
LEFT_OUT = "Reviews for which it is not recorded are left out; their number is shown."
TERMS = (
    Term("yes, no or not recorded", JOINED),
    Term("shares without answers", NO_ANSWER),
    Term("reviews left out", LEFT_OUT),
)

ANSWER = Breakdown(
    "answer",
    "As recorded",
    {"yes": "Yes", "no": "No", "not_recorded": "Not recorded"},
    protect=True,
)
KIND = Breakdown(
    "kind",
    "Kind of feedback",
    {"form": "Feedback form", "compliment": "Compliment", "complaint": "Complaint"},
)
GIVEN_BY = Breakdown(
    "given_by",
    "Given by",
    {
        "child": "Child",
        "parent": "Parent",
        "carer": "Carer",
        "professional": "Professional",
        "other": "Other",
        "not_recorded": "Not recorded",
    },
    protect=True,
)

QUESTIONS = {
    "parents": ("parent_attended", "a parent took part", "C7"),
    "carers": ("carer_attended", "a carer took part", "C7"),
    "advocacy": ("advocate", "an advocate supported the child", "C6"),
    "chaired": ("chaired", "the child chaired the review, or part of it", "C6"),
    "visited": ("visited_before", "the IRO saw the child before the review", "C6"),
}
"""Measure: the column of participation_local, what it says of a review, and the item."""


def _question(name: str) -> tuple[Measure, Measure]:
    column, says, item = QUESTIONS[name]
    answers = handbook.PARTICIPATION if name in ("parents", "carers") else ()
    return (
        Measure(
            f"participation.{name}",
            f"Reviews, by whether {says}",
            f"Reviews held in the year by whether {says} ({column}). {JOINED}",
            cohort=REVIEWS,
            source=SOURCE,
            item=item,
            handbook=answers,
            breakdowns=(ANSWER,),
        ),
        Measure(
            f"participation.{name}_percent",
            f"Reviews in which {says}",
            f"Reviews in which {says} as a percentage of reviews held for which yes or no is "
            f"recorded. {NO_ANSWER}",
            Unit.PERCENT,
            numerator=f"Reviews held in which {says}",
            denominator="Reviews held for which that is recorded, yes or no",
            cohort=REVIEWS,
            source=SOURCE,
            item=item,
            handbook=answers,
            direction=Direction.NEITHER if name == "advocacy" else Direction.HIGHER,
            protect=True,
            traps=LEFT_OUT,
        ),
    )


MEASURES = (
    *(measure for name in QUESTIONS for measure in _question(name)),
    Measure(
        "participation.visited_children_percent",
        "Children seen by the IRO before at least one review",
        "Children whom the IRO saw before at least one of their reviews held in the year "
        "(visited_before is yes) as a percentage of children with at least one review held in "
        "the year for which yes or no is recorded. Joined, not recorded and not applicable as "
        "the percentage of reviews.",
        Unit.PERCENT,
        numerator="Children seen before at least one review held in the year",
        denominator="Children with at least one review for which that is recorded, yes or no",
        cohort="Children with a review held in the year",
        source=SOURCE,
        item="C6",
        direction=Direction.HIGHER,
        protect=True,
    ),
    Measure(
        "participation.unrecorded_percent",
        "Reviews without a usable participation code",
        "Reviews whose code is not recorded, or is ruled out by the child's age (the last row of "
        "reviews by participation code), as a percentage of all reviews held.",
        Unit.PERCENT,
        numerator="Reviews held whose participation code is not recorded or is ruled out",
        denominator="Reviews held",
        cohort=REVIEWS,
        source="Reviews, Header",
        item="C3",
        direction=Direction.LOWER,
        protect=True,
        traps="If this share moves, participation may move with it, though nothing else changed.",
    ),
    Measure(
        "participation.feedback",
        "Feedback received",
        "Rows of the year's own feedback table dated from 1 April to 31 March: feedback forms, "
        "compliments and complaints about reviews and IROs. Who gave it is read from the word in "
        "the column 'from' by a fixed list; a word that is not in the list counts as other, a "
        "blank as not recorded.",
        cohort="From 1 April to 31 March",
        source="feedback",
        item="C8",
        breakdowns=(KIND, GIVEN_BY),
        traps="More feedback is not worse: a service that asks hears more, complaints included.",
    ),
)

RELATIONS = tuple(
    Sum(("reviews.held", TOTAL, TOTAL), ((f"participation.{name}", TOTAL, TOTAL),))
    for name in QUESTIONS
)
