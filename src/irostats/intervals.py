"""Confidence intervals of percentages, of their differences, and of ratios of rates."""

from __future__ import annotations

import math
from functools import lru_cache


@lru_cache(maxsize=4096)
def wilson(numerator: int, denominator: int) -> tuple[float, float]:
    """The Wilson 95% interval of a proportion, in per cent.

    Wilson (1927), as OHID's technical guidance asks; computed by SciPy.

    >>> [round(limit, 2) for limit in wilson(1020, 1021)]
    [99.45, 99.98]
    """
    # SciPy's statistics take half a second to load, and not every use of irostats needs them.
    from scipy.stats import binomtest

    interval = binomtest(numerator, denominator).proportion_ci(method="wilson")
    return 100 * float(interval.low), 100 * float(interval.high)


def newcombe(
    numerator: int, denominator: int, numerator_before: int, denominator_before: int
) -> tuple[float, float]:
    """The 95% interval of a difference of two independent proportions, in percentage points.

    Newcombe (1998), method 10: from the two Wilson intervals. The example is the paper's own,
    56 of 70 against 48 of 80: 0.0524 to 0.3339.

    >>> [round(limit, 2) for limit in newcombe(56, 70, 48, 80)]
    [5.24, 33.39]
    """
    now, before = 100 * numerator / denominator, 100 * numerator_before / denominator_before
    low, high = wilson(numerator, denominator)
    low_before, high_before = wilson(numerator_before, denominator_before)
    difference = now - before
    return (
        difference - math.hypot(now - low, high_before - before),
        difference + math.hypot(high - now, before - low_before),
    )


@lru_cache(maxsize=4096)
def rate_ratio(
    count: float, base: float, count_before: float, base_before: float
) -> tuple[float, float] | None:
    """The exact 95% interval of the ratio of two Poisson rates; None if nothing was counted.

    Conditional on the sum, the first count is binomial (Przyborowski and Wilenski 1940), so the
    limits follow from Clopper and Pearson's of its share.

    >>> [round(limit, 2) for limit in rate_ratio(20, 1000, 10, 1000)]
    [0.89, 4.78]
    """
    from scipy.stats import binomtest

    both = round(count) + round(count_before)
    if both == 0 or not (base > 0 and base_before > 0):
        return None
    share = binomtest(round(count), both).proportion_ci(method="exact")
    scale = base_before / base

    def ratio(limit: float) -> float:
        return math.inf if limit >= 1 else scale * limit / (1 - limit)

    return ratio(float(share.low)), ratio(float(share.high))
