"""What is measured of due dates: reviews due and met, children, overdue."""

from __future__ import annotations

from irostats.measures.definitions.reviews_words import JUDGED_FROM, NONE_ASSESSABLE
from irostats.registry import Direction, Measure, Stand, Unit

FELL_DUE = "Due dates from 1 April to 31 March"
LONG_ENOUGH = "Children looked after on 31 March for at least 20 working days"

MEASURES = (
    Measure(
        "reviews.due",
        "Reviews due",
        "Due dates that fell in the year while the child was still looked after: of each review "
        "held, the due date by which it is judged, and of the next one not yet held, the date set "
        "by the last review or by the start of care. One on or after the day on which care ended "
        "does not count. In the first year in use they are not assessable.",
        source=JUDGED_FROM,
        cohort=FELL_DUE,
        item="B6",
    ),
    Measure(
        "reviews.due_met",
        "Reviews due and held by their due date",
        "Due dates in the year on or before which the review was held, even where it was held "
        "before the year began.",
        source=JUDGED_FROM,
        cohort=FELL_DUE,
        item="B6",
        direction=Direction.HIGHER,
    ),
    Measure(
        "reviews.due_missed",
        "Reviews due and not held by their due date",
        "Due dates in the year by which no review was held: held late, or not at all.",
        source=JUDGED_FROM,
        cohort=FELL_DUE,
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
        cohort=FELL_DUE,
        source=JUDGED_FROM,
        item="B6",
        direction=Direction.HIGHER,
    ),
    Measure(
        "reviews.children_all_on_time",
        "Children with all reviews on time",
        "Children looked after on 31 March for at least 20 working days all of whose reviews due "
        "in the year were held by their due dates, those of an earlier period of care in the year "
        "included.",
        cohort=LONG_ENOUGH,
        source=JUDGED_FROM,
        stand=Stand.STOCK,
        item="B7",
        direction=Direction.HIGHER,
        protect=True,
    ),
    Measure(
        "reviews.children_some_late",
        "Children with a review not on time",
        "Children of the same group with at least one review due in the year that was not held "
        "by its due date.",
        cohort=LONG_ENOUGH,
        source=JUDGED_FROM,
        stand=Stand.STOCK,
        item="B7",
        direction=Direction.LOWER,
        protect=True,
    ),
    Measure(
        "reviews.children_not_assessable",
        "Children whose reviews cannot be assessed",
        "Children of the same group with a review in the year that is not assessable, or with a "
        "period of care in the year that began before the first return in use, or on a day that "
        "is not known, and of which no review is in use, or the first one in use lacks a due date "
        "and was not held before the year. They are in neither of the other two groups.",
        cohort=LONG_ENOUGH,
        source=JUDGED_FROM,
        stand=Stand.STOCK,
        item="B7",
        protect=True,
    ),
    Measure(
        "reviews.children_all_on_time_percent",
        "On time, per child",
        "Children all of whose reviews due in the year were on time, as a percentage of the "
        f"children who can be assessed (the former national measure). {NONE_ASSESSABLE}",
        Unit.PERCENT,
        numerator="Children with all reviews on time",
        denominator="Children with all reviews on time or one that was not",
        cohort=LONG_ENOUGH,
        source=JUDGED_FROM,
        stand=Stand.STOCK,
        item="B7",
        direction=Direction.HIGHER,
        protect=True,
    ),
    Measure(
        "reviews.overdue",
        "Overdue on 31 March",
        "Reviews of children looked after on 31 March that were due before that day and had not "
        "been held. One due on 31 March is not yet overdue.",
        cohort="Children looked after on 31 March",
        source=JUDGED_FROM,
        stand=Stand.STOCK,
        item="B8",
        direction=Direction.LOWER,
    ),
)
