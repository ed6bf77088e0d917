"""Percentages as so many in every ten: rounded down, so that ten of ten is 100% and no less."""

from __future__ import annotations

import math

from irostats.figures import Figure
from irostats.present.numbers import EXACT, counts_of, decimals_of, rounded
from irostats.present.view import View


def tenths(figure: Figure) -> int:
    """A percentage rounded down to tenths, from unrounded counts: 10 for 100 only."""
    if counts_of(figure):
        return int(10 * figure.numerator // figure.denominator)
    return math.floor(round(figure.value, EXACT) / 10)


def in_ten(view: View, figure: Figure) -> str:
    """A percentage in words: ``more than 9 in every 10``."""
    n, percent = tenths(figure), round(figure.value, EXACT)
    if percent in (0, 100):
        return "all of them" if percent else "none of them"
    if percent == 10 * n:
        return f"{n} in every 10"
    if rounded(figure.value, decimals_of(figure, view.measure(figure.measure))) >= 10 * (n + 1):
        return f"just under {n + 1} in every 10"
    return f"more than {n} in every 10" if n else "fewer than 1 in every 10"
