"""What is measured of the time limits around a review and of allocation (B13-B14)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from irostats.registry import TOTAL, Direction, Measure, Sum, Term, Unit

WORKING_DAYS = "Working days are England's, less the days that the authority adds as holidays."
ALLOCATION_DAYS = 5
"""Working days within which an IRO is allocated (good practice)."""


@dataclass(frozen=True, slots=True)
class Step:
    """What must happen before or after each review, and within how many working days.

    The limits are those of the IRO Handbook (2010), chapter 3. The day that is counted from is
    day 0.

    Attributes:
        key: The last part of its measures' names.
        column: Its date in ``reviews_local``.
        what: What happens, as a noun phrase.
        within: The limit in words.
        days: Working days of the limit.
        before: Whether they are days before the review, not after it.
    """

    key: str
    column: str
    what: str
    within: str
    days: int
    before: bool = False


STEPS = (
    Step(
        "report",
        "report_received",
        "Social worker's report received",
        "at least 3 working days before the review",
        3,
        before=True,
    ),
    Step(
        "decisions",
        "decisions_sent",
        "Decisions sent out",
        "within 5 working days of the review",
        5,
    ),
    Step(
        "record", "record_completed", "Record completed", "within 15 working days of the review", 15
    ),
    Step(
        "record_sent", "record_sent", "Record sent out", "within 20 working days of the review", 20
    ),
)

STARTED = (
    "Periods of being looked after that are known to have begun from 1 April to 31 March, where "
    "the 5th working day after the first day (day 0) is on or before 31 March and the child was "
    "still looked after at the end of it; not counting series of short breaks"
)
ALLOCATED_ON = (
    "The day of allocation is the earliest allocated_on (start, where that is blank) on or before "
    "the period's last day among the child's rows of the year's own iro_allocation whose end is "
    "blank or on or after the period's first day."
)
REVIEWS = (
    "Rows of the year's own reviews_local whose review_date lies from 1 April to 31 March, whose "
    "status is held or blank, and whose type is not short_break; a row sent twice counts once"
)


NO_DAYS = "Not recorded where there are reviews and of none of them the day was."
TERMS = (
    Term("working days", WORKING_DAYS),
    Term("the day of allocation", ALLOCATED_ON),
    Term("days not recorded", NO_DAYS),
)


def _allocation() -> Iterator[Measure]:
    yield Measure(
        "monitoring.allocation_due",
        "Children who became looked after, an IRO being due within 5 working days",
        "Periods of being looked after that began in the year, at whose 5th working day the "
        "child was still looked after. Not recorded where the table has rows and none of them "
        "bears a date.",
        cohort=STARTED,
        source="iro_allocation, Episodes",
        item="B13",
        traps="A child who became looked after twice in the year is counted twice.",
    )
    for key, label, text in (
        (
            "in_time",
            "IRO allocated within 5 working days",
            "Of these, those whose day of allocation is on or before the 5th working day after "
            "the first day.",
        ),
        (
            "later",
            "IRO allocated later",
            "Of these, those whose day of allocation is after the 5th working day.",
        ),
        ("not_recorded", "No allocation recorded", "Of these, those without a day of allocation."),
    ):
        yield Measure(
            f"monitoring.allocated_{key}",
            label,
            f"{text} {ALLOCATED_ON} {WORKING_DAYS}",
            cohort=STARTED,
            source="iro_allocation, Episodes",
            item="B13",
        )
    yield Measure(
        "monitoring.allocated_percent",
        "IRO allocated within 5 working days of becoming looked after",
        "Periods with an IRO allocated within 5 working days as a percentage of all for which "
        "those days had passed. One without a recorded allocation counts as not in time, because "
        "nothing shows that an IRO was allocated.",
        Unit.PERCENT,
        numerator="IRO allocated within 5 working days",
        denominator="Periods begun in the year at whose 5th working day the child was still "
        "looked after",
        cohort=STARTED,
        source="iro_allocation, Episodes",
        item="B13",
        direction=Direction.HIGHER,
        traps="A table that keeps only each child's latest IRO makes this too low.",
    )


def _steps() -> Iterator[Measure]:
    yield Measure(
        "monitoring.reviews",
        "Reviews in the service's own records",
        "Reviews that the service's own records hold as held in the year.",
        cohort=REVIEWS,
        source="reviews_local",
        item="B14",
        traps="May differ from the reviews of the return, which are counted in another section.",
    )
    for step in STEPS:
        yield from _of_step(step)


def _of_step(step: Step) -> Iterator[Measure]:
    """In time, later and not recorded of one step, and the percentage."""
    column, blank = step.column, "is blank"
    if step.before:
        rule = f"the {step.days}rd working day after {column} is on or before the review_date"
    else:
        last = f"the {step.days}th working day after it"
        rule = f"{column} is on or after the review_date, and on or before {last}"
        blank = "is blank, or lies before the review_date, which cannot be"
    for key, label, text in (
        ("in_time", f"{step.what} {step.within}", f"those where {rule}."),
        ("later", f"{step.what} later", f"those where {column} is recorded, but not in time."),
        ("not_recorded", f"{step.what}: not recorded", f"those where {column} {blank}."),
    ):
        yield Measure(
            f"monitoring.{step.key}_{key}",
            label,
            f"Of the reviews in the service's own records, {text} {WORKING_DAYS}",
            cohort=REVIEWS,
            source="reviews_local",
            item="B14",
        )
    yield Measure(
        f"monitoring.{step.key}_percent",
        f"{step.what} {step.within}",
        "Reviews where this was in time as a percentage of those where its day was recorded. "
        + NO_DAYS,
        Unit.PERCENT,
        numerator=f"{step.what} {step.within}",
        denominator="Reviews where its day was recorded, in time or later",
        cohort=REVIEWS,
        source="reviews_local",
        item="B14",
        direction=Direction.HIGHER,
    )


def _sum(total: str, *parts: str) -> Sum:
    return Sum(
        (f"monitoring.{total}", TOTAL, TOTAL),
        tuple((f"monitoring.{part}", TOTAL, TOTAL) for part in parts),
    )


MEASURES = (*_allocation(), *_steps())
RELATIONS = (
    _sum("allocation_due", "allocated_in_time", "allocated_later", "allocated_not_recorded"),
    *(
        _sum("reviews", *(f"{step.key}_{part}" for part in ("in_time", "later", "not_recorded")))
        for step in STEPS
    ),
)
