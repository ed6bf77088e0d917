"""What is measured of reviews: definitions, breakdowns, sums."""

from __future__ import annotations

from irostats import handbook
from irostats.registry import TOTAL, Breakdown, Direction, Measure, Stand, Sum, Unit

SECTION = "reviews"
REV = (
    "Reviews held from 1 April to 31 March while the child was looked after, not counting "
    "series of short breaks"
)

SEQUENCE = Breakdown(
    "sequence",
    "Which review",
    {"first": "First review", "second": "Second review", "later": "Third and later reviews"},
)
QUARTER = Breakdown(
    "quarter",
    "Quarter",
    {
        "q1": "April to June",
        "q2": "July to September",
        "q3": "October to December",
        "q4": "January to March",
    },
)
PER_CHILD = Breakdown(
    "reviews_per_child",
    "Reviews in the year",
    {"1": "1 review", "2": "2 reviews", "3": "3 reviews", "4_or_more": "4 or more reviews"},
    protect=True,
)
LATENESS = Breakdown(
    "lateness",
    "Working days late",
    {
        "1_to_5": "1 to 5",
        "6_to_10": "6 to 10",
        "11_to_20": "11 to 20",
        "21_or_more": "21 or more",
    },
)
SPLITS = (SEQUENCE, QUARTER)

MEASURES = (
    Measure(
        "reviews.held",
        "Reviews held",
        "Reviews of children looked after that were held in the year. A review sent twice "
        "counts once.",
        cohort=REV,
        source="Reviews, Episodes",
        item="B1",
        handbook=handbook.TIMELINESS,
        breakdowns=SPLITS,
        traps="More reviews is not better: children who move in and out of care have more.",
    ),
    Measure(
        "reviews.held_change",
        "Change in reviews held",
        "Reviews held less those held the year before.",
        cohort=REV,
        source="Reviews, Episodes",
        item="B1",
    ),
    Measure(
        "reviews.held_change_percent",
        "Change in reviews held, per cent",
        "The change as a percentage of the reviews held the year before.",
        Unit.PERCENT,
        numerator="Change in reviews held",
        denominator="Reviews held the year before",
        cohort=REV,
        source="Reviews, Episodes",
        item="B1",
    ),
    Measure(
        "reviews.children",
        "Children reviewed",
        "Children with at least one review in the year, each counted once.",
        cohort=REV,
        source="Reviews, Episodes",
        item="B2",
        breakdowns=(PER_CHILD,),
    ),
    Measure(
        "reviews.per_child",
        "Reviews for each child reviewed",
        "Reviews held divided by children reviewed.",
        Unit.MEAN,
        numerator="Reviews held",
        denominator="Children reviewed",
        cohort=REV,
        source="Reviews, Episodes",
        item="B2",
    ),
    Measure(
        "reviews.on_time",
        "Held on time",
        "Reviews held on or before their due date: 20 working days after the child became "
        "looked after, three months after the first review, six months after each later one.",
        cohort=REV,
        source="Reviews, Episodes",
        item="B3",
        handbook=handbook.TIMELINESS,
        direction=Direction.HIGHER,
        breakdowns=SPLITS,
    ),
    Measure(
        "reviews.late",
        "Held late",
        "Reviews held after their due date.",
        cohort=REV,
        source="Reviews, Episodes",
        item="B3",
        handbook=handbook.TIMELINESS,
        direction=Direction.LOWER,
        breakdowns=(*SPLITS, LATENESS),
    ),
    Measure(
        "reviews.not_assessable",
        "Not assessable",
        "Reviews whose due date cannot be known, because the review or the start of care that "
        "sets it lies before the returns given. They are never counted as late.",
        cohort=REV,
        source="Reviews, Episodes",
        item="B3",
        breakdowns=SPLITS,
    ),
    Measure(
        "reviews.on_time_percent",
        "Held on time, per review held",
        "Reviews held on time as a percentage of the reviews that can be assessed.",
        Unit.PERCENT,
        numerator="Reviews held on time",
        denominator="Reviews held on time or late",
        cohort=REV,
        source="Reviews, Episodes",
        item="B3",
        handbook=handbook.TIMELINESS,
        direction=Direction.HIGHER,
        breakdowns=SPLITS,
        traps="A review that was never held cannot be late here; see reviews due and met.",
    ),
    Measure(
        "reviews.due",
        "Reviews due",
        "Due dates that fell in the year while the child was still looked after, each set by "
        "the review before it or by the start of care.",
        source="Reviews, Episodes",
        cohort="Due dates from 1 April to 31 March",
        item="B6",
    ),
    Measure(
        "reviews.due_met",
        "Reviews due and held by their due date",
        "Due dates in the year on or before which the review was held, even where it was held "
        "before the year began.",
        source="Reviews, Episodes",
        cohort="Due dates from 1 April to 31 March",
        item="B6",
        direction=Direction.HIGHER,
    ),
    Measure(
        "reviews.due_missed",
        "Reviews due and not held by their due date",
        "Due dates in the year by which no review was held: held late, or not at all.",
        source="Reviews, Episodes",
        cohort="Due dates from 1 April to 31 March",
        item="B6",
        direction=Direction.LOWER,
    ),
    Measure(
        "reviews.due_met_percent",
        "On time, per review due",
        "Reviews due in the year that were held by their due date, as a percentage of reviews "
        "due. It catches reviews that were never held.",
        Unit.PERCENT,
        numerator="Reviews due and held by their due date",
        denominator="Reviews due",
        cohort="Due dates from 1 April to 31 March",
        source="Reviews, Episodes",
        item="B6",
        direction=Direction.HIGHER,
    ),
    Measure(
        "reviews.children_all_on_time",
        "Children with all reviews on time",
        "Children looked after on 31 March for at least 20 working days all of whose reviews due "
        "in the year were held by their due dates.",
        cohort="Children looked after on 31 March for at least 20 working days",
        source="Reviews, Episodes",
        stand=Stand.STOCK,
        item="B7",
        direction=Direction.HIGHER,
    ),
    Measure(
        "reviews.children_some_late",
        "Children with a review not on time",
        "Children of the same group with at least one review due in the year that was not held "
        "by its due date.",
        cohort="Children looked after on 31 March for at least 20 working days",
        source="Reviews, Episodes",
        stand=Stand.STOCK,
        item="B7",
        direction=Direction.LOWER,
    ),
    Measure(
        "reviews.children_not_assessable",
        "Children whose reviews cannot be assessed",
        "Children of the same group with a review in the year that is not assessable.",
        cohort="Children looked after on 31 March for at least 20 working days",
        source="Reviews, Episodes",
        stand=Stand.STOCK,
        item="B7",
    ),
    Measure(
        "reviews.children_all_on_time_percent",
        "On time, per child",
        "Children all of whose reviews due in the year were on time, as a percentage of the "
        "children who can be assessed (the former national measure).",
        Unit.PERCENT,
        numerator="Children with all reviews on time",
        denominator="Children with all reviews on time or one that was not",
        cohort="Children looked after on 31 March for at least 20 working days",
        source="Reviews, Episodes",
        stand=Stand.STOCK,
        item="B7",
        direction=Direction.HIGHER,
    ),
    Measure(
        "reviews.overdue",
        "Overdue on 31 March",
        "Reviews of children looked after on 31 March that were due before that day and had not "
        "been held. One due on 31 March is not yet overdue.",
        cohort="Children looked after on 31 March",
        source="Reviews, Episodes",
        stand=Stand.STOCK,
        item="B8",
        direction=Direction.LOWER,
    ),
    Measure(
        "reviews.adoption",
        "Of these, reviews of children placed or to be placed for adoption",
        "Reviews held while the child was placed for adoption or under a placement order. They "
        "are judged by the same rule and counted in the figures above.",
        cohort=REV,
        source="Reviews, Episodes",
        item="B1",
    ),
)


def _cell(measure: str) -> tuple[str, str, str]:
    return (measure, TOTAL, TOTAL)


RELATIONS = (
    *(
        Sum(
            ("reviews.held", breakdown, key),
            tuple(
                (f"reviews.{part}", breakdown, key)
                for part in ("on_time", "late", "not_assessable")
            ),
        )
        for breakdown, key in (
            (TOTAL, TOTAL),
            *((split.name, key) for split in SPLITS for key in split.categories),
        )
    ),
    Sum(_cell("reviews.due"), (_cell("reviews.due_met"), _cell("reviews.due_missed"))),
)
