"""Confidence intervals of percentages."""

from __future__ import annotations

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
