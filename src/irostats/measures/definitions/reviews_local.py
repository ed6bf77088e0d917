"""What is measured of reviews from the service's own table alone."""

from __future__ import annotations

from irostats.measures.definitions.reviews_breakdowns import METHOD
from irostats.measures.definitions.reviews_words import MATCHED, REV
from irostats.registry import Measure, Unit

IN_THE_YEAR = (
    "in the year by its date of review, without one by its due date, without either by the year "
    "of its file; short breaks left out, rows alike in child, dates and status counted once"
)

MEASURES = (
    Measure(
        "reviews.method_percent",
        "How reviews were held, per cent",
        "Reviews held in person, virtually, both ways, or not recorded how, as a percentage of "
        "all reviews held.",
        Unit.PERCENT,
        numerator="Reviews held in that way",
        denominator="Reviews held",
        cohort=REV,
        source="Reviews, Episodes, reviews_local",
        item="B12",
        breakdowns=(METHOD,),
    ),
    Measure(
        "reviews.cancelled",
        "Reviews cancelled",
        f"Rows of the service's reviews_local with status cancelled, each {IN_THE_YEAR}.",
        source="reviews_local",
        item="B11",
        traps="A review that is cancelled is usually held on another day; whether one was missed "
        "is shown by reviews due and met.",
    ),
    Measure(
        "reviews.adjourned",
        "Reviews adjourned",
        f"Rows of the service's reviews_local with status adjourned, each {IN_THE_YEAR}.",
        source="reviews_local",
        item="B11",
        traps="An adjourned review is finished at a later meeting, and is counted once, on the "
        "date that the return gives.",
    ),
    Measure(
        "reviews.service_due_dates",
        "Judged by the case system's due date",
        "Reviews held that are judged by the due date of the case system: the due_date of "
        f"{MATCHED}. The others are judged by the date that follows from the return.",
        cohort=REV,
        source="Reviews, Episodes, reviews_local",
        item="B3",
    ),
)
