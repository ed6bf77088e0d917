"""How movements and shares are printed: shares that are printed add up to what is printed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from irostats.registry import Unit

MOST_DECIMALS = 6


def decimals_of(number: Fraction, unit: Unit) -> int:
    """Decimals that a movement takes: none if it is whole, else one, or more if it is tiny."""
    if number.denominator == 1 and unit in (Unit.COUNT, Unit.POUNDS):
        return 0
    least = 1
    while least < MOST_DECIMALS and not round(abs(number) * 10**least):
        least += 1
    return least


def adding_up(shares: Sequence[Fraction], total: Fraction, decimals: int) -> list[Fraction]:
    """Shares rounded so that they add up to the rounded total: by largest remainder.

    >>> [str(share) for share in adding_up([Fraction(1, 3)] * 3, Fraction(1), 1)]
    ['2/5', '3/10', '3/10']
    """
    unit = 10**decimals
    floors = [share * unit // 1 for share in shares]
    missing = round(total * unit) - sum(floors)
    order = sorted(range(len(shares)), key=lambda i: floors[i] - shares[i] * unit)
    for i in order[:missing]:
        floors[i] += 1
    return [Fraction(floor, unit) for floor in floors]


def signed(number: Fraction, decimals: int) -> str:
    """A movement with its sign: ``+3``, ``-0.4``, ``0``.

    >>> signed(Fraction(-5, 2), 1)
    '-2.5'
    """
    scaled = round(number * 10**decimals)
    return f"{Decimal(scaled).scaleb(-decimals):+,}" if scaled else "0"
