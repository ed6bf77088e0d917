"""What is measured of reviews: definitions, breakdowns, sums."""

from __future__ import annotations

from irostats import handbook
from irostats.measures.definitions import reviews_due, reviews_local
from irostats.measures.definitions.reviews_breakdowns import (
    LATENESS,
    METHOD,
    PER_CHILD,
    QUARTER,
    REASON,
    SPLITS,
)
from irostats.measures.definitions.reviews_words import (
    BY_TEAM,
    DUE,
    IN_USE,
    JUDGED_FROM,
    MATCHED,
    NONE_ASSESSABLE,
    ON_THE_DAY,
    ONCE,
    REV,
    TEAMS,
    TERMS,
)
from irostats.registry import TOTAL, Direction, Measure, Sum, Unit

__all__ = ["MEASURES", "QUARTER", "RELATIONS", "SECTION", "TERMS"]

SECTION = "reviews"

MEASURES = (
    Measure(
        "reviews.held",
        "Reviews held",
        f"Reviews of children looked after that were held in the year. {ONCE} {IN_USE} "
        f"{ON_THE_DAY} {TEAMS} How it was held is the method of {MATCHED}.",
        cohort=REV,
        source=f"Reviews, Episodes; by method reviews_local; {BY_TEAM}",
        item="B1, B4, B5",
        handbook=handbook.TIMELINESS,
        breakdowns=(*SPLITS, METHOD),
        traps="More reviews is not better: children who move in and out of care have more.",
    ),
    Measure(
        "reviews.held_change",
        "Change in reviews held",
        "Reviews held less those held the year before. Not assessable without all reviews of the "
        "year before.",
        cohort=REV,
        source="Reviews, Episodes",
        item="B1",
    ),
    Measure(
        "reviews.held_change_percent",
        "Change in reviews held, per cent",
        "The change as a percentage of the reviews held the year before. Not assessable as the "
        "change.",
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
        protect=True,
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
        f"Reviews held on or before their due date. {DUE}",
        cohort=REV,
        source=f"{JUDGED_FROM}; {BY_TEAM}",
        item="B3",
        handbook=handbook.TIMELINESS,
        direction=Direction.HIGHER,
        breakdowns=SPLITS,
    ),
    Measure(
        "reviews.late",
        "Held late",
        "Reviews held after their due date. A late review's reason is the late_reason of "
        f"{MATCHED}, put under one heading by its wording; another wording counts as other, no "
        "row or no wording as not recorded.",
        cohort=REV,
        source=f"{JUDGED_FROM}; {BY_TEAM}; by reason reviews_local",
        item="B3, B9, B10",
        handbook=handbook.TIMELINESS,
        direction=Direction.LOWER,
        breakdowns=(*SPLITS, LATENESS, REASON),
    ),
    Measure(
        "reviews.not_assessable",
        "Not assessable",
        "Reviews whose due date cannot be known, because the review or the start of care that "
        "sets it lies before the returns given and the case system's due date is not given or "
        "not used. They are never counted as late.",
        cohort=REV,
        source=f"{JUDGED_FROM}; {BY_TEAM}",
        item="B3",
        breakdowns=SPLITS,
    ),
    Measure(
        "reviews.on_time_percent",
        "Held on time, per review held",
        "Reviews held on time as a percentage of the reviews that can be assessed. "
        f"{NONE_ASSESSABLE}",
        Unit.PERCENT,
        numerator="Reviews held on time",
        denominator="Reviews held on time or late",
        cohort=REV,
        source=f"{JUDGED_FROM}; {BY_TEAM}",
        item="B3, B4, B5",
        handbook=handbook.TIMELINESS,
        direction=Direction.HIGHER,
        breakdowns=SPLITS,
        traps="A review that was never held cannot be late here; see reviews due and met.",
    ),
    *reviews_due.MEASURES,
    Measure(
        "reviews.adoption",
        "Of these, reviews of children placed or to be placed for adoption",
        "Reviews held while the child was placed for adoption (A3 to A6) or under a placement "
        "order (E1). They are judged by the same rule and counted in the figures above. "
        f"{ON_THE_DAY}",
        cohort=REV,
        source="Reviews, Episodes",
        item="B1",
        protect=True,
    ),
    *reviews_local.MEASURES,
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
