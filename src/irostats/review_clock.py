"""The review clock of one period of care: when each review fell due, and whether it was in time.

The clock: the first review is due 20 working days after care began, the second three months
after the first was held, each later one six months after the one before was held (Care
Planning, Placement and Case Review (England) Regulations 2010, reg 33). It runs from the day
on which the last review was held, not from the day on which it was due. Where the case system
gives a review's due date and the authority counts by it, that date stands in its place.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple

from irostats.calendar import (
    ReportingYear,
    add_months,
    add_working_days,
    working_days_between,
)
from irostats.settings import Rules

UNKNOWN = 0
"""Sequence of a review of which it cannot be known whether it is the first, second or later."""
INTERVAL_DAYS = {3: 91, 6: 183}
"""Days that ``interval = "91_183_days"`` puts in place of three and six calendar months."""


class Judgement(StrEnum):
    """Whether a review was held by its due date."""

    ON_TIME = "on_time"
    LATE = "late"
    NOT_ASSESSABLE = "not_assessable"


class Judged(NamedTuple):
    """A review that was held, and whether in time; ``derived_due`` is what the clock alone says."""

    period: int
    REVIEW: date
    sequence: int
    due: date | None
    judgement: str
    working_days_late: int
    derived_due: date | None


class Due(NamedTuple):
    """A due date while the child was looked after, and the review that met it."""

    period: int
    CHILD: str
    sequence: int
    due: date
    met_on: date | None


@dataclass(frozen=True, slots=True)
class Clock:
    """The review clock of one period of care.

    Args:
        period: Its number.
        child: Whose it is.
        start: Its first day.
        end: Its last day; None while open.
        complete: Whether every review since its start is in use.
        held: Dates of the reviews held, in order.
        rules: The authority's settings.
        given: Due dates of the case system, by the day on which the review was held.
    """

    period: int
    child: str
    start: date
    end: date | None
    complete: bool
    held: Sequence[date]
    rules: Rules
    given: Mapping[date, date] = field(default_factory=dict)

    def due(self, index: int) -> date | None:
        """By when the review at ``index`` of those held, or the next after them, must be held."""
        given = self.given.get(self.held[index]) if index < len(self.held) else None
        return given or self.derived_due(index)

    def derived_due(self, index: int) -> date | None:
        """The same by the clock alone."""
        if index == 0:
            return first_due(self.start, self.rules) if self.complete else None
        return next_due(self.start, self.held[index - 1], self.sequence(index), self.rules)

    def sequence(self, index: int) -> int:
        """Which review the one at ``index`` is."""
        return index + 1 if self.complete else UNKNOWN

    def judged(self) -> Iterator[Judged]:
        """Each review held, with its due date."""
        for index, held in enumerate(self.held):
            due = self.due(index)
            late = 0
            if due is None:
                judgement = Judgement.NOT_ASSESSABLE
            elif held <= due:
                judgement = Judgement.ON_TIME
            else:
                judgement = Judgement.LATE
                late = working_days_between(due, held, extra=self.rules.extra_holidays)
            yield Judged(
                self.period,
                held,
                self.sequence(index),
                due,
                judgement.value,
                late,
                self.derived_due(index),
            )

    def obligations(self) -> Iterator[Due]:
        """Each due date that exists: none on or after the day on which care ended."""
        for index in range(len(self.held) + 1):
            due = self.due(index)
            if due is None or (self.end is not None and self.end <= due):
                continue
            met_on = self.held[index] if index < len(self.held) else None
            yield Due(self.period, self.child, self.sequence(index), due, met_on)


def due_dates_rule(start: date) -> dict[str, Any]:
    """The entry of ``review_rules.toml`` for care that began on ``start``."""
    applicable = [rule for rule in _rules() if rule["from"] <= start]
    return applicable[-1] if applicable else _rules()[0]


def first_due(start: date, rules: Rules) -> date:
    """When the first review of care begun on ``start`` falls due (reg 33(1))."""
    rule = due_dates_rule(start)["first"]
    if "working_days" not in rule:
        return start + timedelta(days=int(rule["calendar_days"]))
    if rules.first_review == "28_calendar_days":
        return start + timedelta(days=28)
    return add_working_days(start, int(rule["working_days"]), extra=rules.extra_holidays)


def next_due(start: date, last_held: date, sequence: int, rules: Rules) -> date:
    """When the review after one held on ``last_held`` falls due (reg 33(2)).

    Args:
        start: First day of the period of care.
        last_held: Date of the review before.
        sequence: Which review it is: 2 for the second, more or ``UNKNOWN`` for a later one.
        rules: The authority's settings.
    """
    months = int(due_dates_rule(start)["second" if sequence == 2 else "later"]["months"])
    if rules.interval == "91_183_days":
        return last_held + timedelta(days=INTERVAL_DAYS[months])
    return add_months(last_held, months)


def reading_notes(years: Iterable[ReportingYear], rules: Rules) -> tuple[str, ...]:
    """What readers must know of the law in some years, in sentences, oldest law first.

    Args:
        years: The years that are shown.
        rules: The authority's settings.
    """
    shown = list(years)
    return tuple(
        note["text"]
        for note in sorted(_content()["note"], key=lambda note: note["first_day"])
        if note.get("first_review", rules.first_review) == rules.first_review
        and any(
            year.first_day <= note["last_day"] and note["first_day"] <= year.last_day
            for year in shown
        )
    )


def _rules() -> list[dict[str, Any]]:
    return sorted(_content()["rule"], key=lambda rule: rule["from"])


@lru_cache(maxsize=1)
def _content() -> dict[str, list[dict[str, Any]]]:
    text = resources.files("irostats").joinpath("review_rules.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
