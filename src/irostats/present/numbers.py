"""How numbers are printed: the one place, so that a number reads the same everywhere.

Rounding is half up, from unrounded values. A percentage below 100 never prints as 100%, and
one above 0 never as 0%: it gets the decimals that it takes. What has no value prints as words.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

from irostats.figures import Figure, Status
from irostats.registry import Measure, Unit

LARGE_BASE = 100
"""From this denominator on, a percentage is printed with one decimal."""
EXACT = 9
"""Decimals beyond which a float holds noise, such as 57.49999999999999 for 57.5."""
MOST_DECIMALS = 6

IN_TABLE = {
    Status.SUPPRESSED: "c",
    Status.NOT_AVAILABLE: "not available",
    Status.NOT_APPLICABLE: "not applicable",
    Status.LOW: "low",
    Status.NOT_RECORDED: "not recorded",
    Status.NOT_ASSESSABLE: "not assessable",
}
IN_SENTENCE = {
    **IN_TABLE,
    Status.SUPPRESSED: "a small number",
    Status.LOW: "a number close to zero",
}
WITHHELD = "an undisclosed number"
"""In a sentence, what is hidden for the sake of others and not small itself."""


def status(figure: Figure) -> Status:
    """Why a figure has no value; not available if it does not say."""
    if figure.status is Status.OK and math.isnan(figure.value):
        return Status.NOT_AVAILABLE
    return figure.status


def rounded(value: float, decimals: int) -> Decimal:
    """``value`` rounded half up.

    >>> rounded(0.125, 2)
    Decimal('0.13')
    """
    exact = Decimal(repr(round(float(value), EXACT)))
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0


def show(figure: Figure, measure: Measure) -> str:
    """A figure as a table prints it: ``1,021``, ``99.9%``, ``+7``, ``c``, ``not recorded``."""
    if not figure.known:
        return IN_TABLE[status(figure)]
    sign = "+" if is_change(measure) and figure.value > 0 else ""
    return sign + _number(figure, measure)


def say(figure: Figure, measure: Measure) -> str:
    """A figure as a sentence says it: as a table, but ``a small number`` for what is hidden."""
    if figure.known:
        return show(figure, measure)
    return WITHHELD if figure.withheld else IN_SENTENCE[status(figure)]


def share(figure: Figure, measure: Measure) -> str:
    """A percentage with the counts behind it: ``99.9% (1,020 of 1,021)``."""
    counts = counts_of(figure)
    return f"{show(figure, measure)} ({counts})" if counts else show(figure, measure)


def counts_of(figure: Figure) -> str:
    """The counts behind a percentage: ``1,020 of 1,021``; empty if there are none."""
    if not figure.known or math.isnan(figure.numerator) or math.isnan(figure.denominator):
        return ""
    return f"{rounded(figure.numerator, 0):,} of {rounded(figure.denominator, 0):,}"


def interval(figure: Figure) -> str:
    """The 95% interval of a percentage, such as ``96.8 to 98.6%``; empty if it has none."""
    if not figure.known or math.isnan(figure.lower):
        return ""
    low, high = (
        rounded(limit, 0 if limit in (0, 100) else 1) for limit in (figure.lower, figure.upper)
    )
    return f"{low} to {high}%"


def size(figure: Figure, measure: Measure) -> str:
    """A change without its sign, for a sentence that says which way: ``7``, ``1.6%``."""
    return _number(figure, measure).removeprefix("-")


def is_change(measure: Measure) -> bool:
    """Whether a measure is a difference between two years, and so bears a sign."""
    return measure.name.endswith(("_change", "_change_percent"))


def decimals_of(figure: Figure, measure: Measure) -> int:
    """Decimals with which a figure is printed unless that would hide that it is not 0 or 100."""
    if measure.unit in (Unit.COUNT, Unit.POUNDS):
        return 0
    if measure.unit is Unit.PERCENT:
        small = figure.denominator < LARGE_BASE
        return 0 if small else 1
    if measure.unit is Unit.RATE:
        return 1 if measure.name.endswith("_per_100") else 0
    return 1


def _number(figure: Figure, measure: Measure) -> str:
    decimals = decimals_of(figure, measure)
    if measure.unit is Unit.POUNDS:
        return f"{'-' if figure.value < 0 else ''}£{rounded(abs(figure.value), decimals):,}"
    if measure.unit is not Unit.PERCENT:
        return f"{_told_apart(figure.value, decimals, (0,)):,}"
    if figure.value in (0, 100):
        return f"{figure.value:.0f}%"
    limits = (0,) if is_change(measure) else (0, 100)
    printed = _told_apart(figure.value, decimals, limits)
    if printed == 100 and not is_change(measure):
        return "over 99.9%"
    return f"{printed:,}%"


def _told_apart(value: float, decimals: int, limits: tuple[int, ...]) -> Decimal:
    for more in range(decimals, MOST_DECIMALS + 1):
        printed = rounded(value, more)
        if value in limits or printed not in limits:
            return printed
    return rounded(value, MOST_DECIMALS)
