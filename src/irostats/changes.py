"""How a figure compares with the year before: one rule for every section.

Percentages and rates are similar unless the 95% interval of the difference excludes no change
and the change is at least one percentage point (a rate: one in its own unit). Counts rose or fell
by a number, and are similar under two per cent; they are never called significant.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from irostats.figures import Figure
from irostats.intervals import newcombe, rate_ratio
from irostats.registry import Measure, Unit

SIMILAR_COUNT = 2.0
"""Per cent of change under which a count is similar."""
SIMILAR_POINTS = 1.0
"""Percentage points of change under which a percentage is similar."""


class Course(Enum):
    """Which way a figure went."""

    ROSE = "rose"
    FELL = "fell"
    SIMILAR = "similar"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Change:
    """A figure against the same figure a year before.

    Attributes:
        course: Which way it went, by the rule.
        by: Now less before, in the measure's unit (percentage points for a percentage).
        percent: The same as a percentage of the figure before; None over nothing.
        lower: Lower limit of the 95% interval of the difference or ratio, if it has one.
        upper: Upper limit.
    """

    course: Course
    by: float
    percent: float | None = None
    lower: float | None = None
    upper: float | None = None


def change(now: Figure, before: Figure, measure: Measure) -> Change | None:
    """How ``now`` compares with ``before``; None unless both have a value.

    A percentage or rate without the counts behind it is compared by size alone.
    """
    if not (now.known and before.known):
        return None
    by = now.value - before.value
    percent = 100 * by / before.value if before.value else None
    if by == 0:
        return Change(Course.SAME, 0.0, percent)
    away = Course.ROSE if by > 0 else Course.FELL
    if measure.unit in (Unit.PERCENT, Unit.RATE):
        limits = _limits(now, before, measure)
        no_change = 0.0 if measure.unit is Unit.PERCENT else 1.0
        sure = limits is not None and not limits[0] <= no_change <= limits[1]
        moved = sure and abs(by) >= SIMILAR_POINTS
        lower, upper = limits or (None, None)
        return Change(away if moved else Course.SIMILAR, by, percent, lower, upper)
    small = percent is not None and abs(percent) < SIMILAR_COUNT
    return Change(Course.SIMILAR if small else away, by, percent)


def _limits(now: Figure, before: Figure, measure: Measure) -> tuple[float, float] | None:
    """Of the difference in percentage points, or of the ratio of two rates; None without both."""
    counts = (now.numerator, now.denominator, before.numerator, before.denominator)
    if any(count != count for count in counts):
        return None
    if measure.unit is Unit.PERCENT:
        whole = all(0 <= count <= below for count, below in (counts[:2], counts[2:]))
        return newcombe(*map(int, counts)) if whole else None
    return rate_ratio(*counts)
