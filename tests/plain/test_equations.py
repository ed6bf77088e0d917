"""Whatever equation the counts of all authorities keep, disclosure control knows of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from random import Random

import numpy as np
import pytest
from authorities import made
from numpy.typing import NDArray
from plain_records import records

from irostats.calendar import ReportingYear
from irostats.derive import derive
from irostats.figures import Figure, Figures
from irostats.measures import REGISTRY, measure
from irostats.registry import TOTAL, Count, Unit
from whole_reports import TEST_ALL

Name = tuple[str, str, str, int]
"""A cell, and how many years before the last."""
Terms = dict[Name, float]
"""A linear equation that comes to nothing."""
AUTHORITIES = 400 if TEST_ALL else 40
OFTEN = 0.4
"""In so many of all authorities a count is more than none, for an equation not to be chance."""
CLOSE = 1e-6


@cache
def measured() -> tuple[tuple[ReportingYear, Figures], ...]:
    """Figures of random authorities, each with its last year."""
    found = []
    for number in range(AUTHORITIES):
        dice = Random(number)
        last = dice.choice((2018, 2020, 2022, 2024, 2026))
        children = [dice.getrandbits(32) for _ in range(dice.randrange(6, 30))]
        plain = made((last - 2, last - 1, last), children, dice.getrandbits(32), {})
        found.append((ReportingYear(last), measure(derive(records(plain)))))
    return tuple(found)


def sampled() -> tuple[list[Name], NDArray[np.float64]]:
    """Their counts, an authority a row; what is not there is not a number."""
    rows = []
    for last, figures in measured():
        ends = {
            m.period(year): before
            for m in REGISTRY.measures.values()
            for before, year in enumerate((last, last.previous))
        }
        rows.append(
            {
                (*figure.cell, ends[figure.period]): figure.value
                for figure in figures
                if figure.known
                and figure.period in ends
                and REGISTRY[figure.measure].unit is Unit.COUNT
            }
        )
    names = sorted({name for row in rows for name in row})
    return names, np.array([[row.get(name, np.nan) for name in names] for row in rows])


class Known:
    """The equations that disclosure control reasons with, and what follows from them.

    What is rarely more than none stands for nothing: without it other equations seem to hold.
    """

    def __init__(self, names: list[Name], rare: list[int]) -> None:
        self._place = {name: number for number, name in enumerate(names)}
        rows = [self._row(terms) for terms in self._told() if terms.keys() <= self._place.keys()]
        rows += [self._row({names[place]: 1.0}) for place in rare]
        _, size, directions = np.linalg.svd(np.array(rows), full_matrices=False)
        self._basis = directions[size > CLOSE]

    def _row(self, terms: Terms) -> NDArray[np.float64]:
        row = np.zeros(len(self._place))
        for name, sign in terms.items():
            row[self._place[name]] = sign
        return row

    def _told(self) -> Iterator[Terms]:
        for before in (0, 1):
            for relation in REGISTRY.sums():
                parts = {(*part, before): -1.0 for part in relation.parts}
                yield {(*relation.total, before): 1.0} | parts
        whole = (TOTAL, TOTAL)
        for change, of in REGISTRY.changes.items():
            yield {(of, *whole, 0): 1.0, (of, *whole, 1): -1.0, (change, *whole, 0): -1.0}
        for first, last in REGISTRY.carried.items():
            yield {(first, *whole, 0): 1.0, (last, *whole, 1): -1.0}

    def implies(self, terms: Terms) -> bool:
        """Whether an equation follows from the others."""
        row = self._row(terms)
        return bool(np.linalg.norm(row - self._basis.T @ (self._basis @ row)) < CLOSE)


def is_common(table: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Of each count, whether it is often more than none and not always the same."""
    varied = np.array([len(set(column[~np.isnan(column)])) > 2 for column in table.T])
    often: NDArray[np.bool_] = (table > 0).sum(axis=0) >= OFTEN * len(table)
    return varied & often


def kept(names: list[Name], table: NDArray[np.float64], often: list[int]) -> Iterator[Terms]:
    """Equations that all authorities keep: a count is another one, or two, or all of a breakdown.

    A sum of two is looked up by a random fingerprint of its column, among the counts that are
    there wherever the rarest of the three is.
    """
    for first in often:
        for second in _equal(table, often, table[:, first]):
            if second > first:
                yield {names[first]: 1.0, names[second]: -1.0}
    groups = defaultdict(list)
    for place, (name, breakdown, _, before) in enumerate(names):
        if breakdown != TOTAL:
            groups[name, breakdown, before].append(place)
    for parts in groups.values():
        for whole in _equal(table, often, table[:, parts].sum(axis=1)):
            if whole not in parts:
                yield {names[whole]: 1.0} | {names[part]: -1.0 for part in parts}
    yield from _pairs(names, table, often)


def _equal(table: NDArray[np.float64], places: list[int], column: NDArray[np.float64]) -> list[int]:
    absent = np.isnan(table[:, places]) | np.isnan(column)[:, None]
    same = ((table[:, places] == column[:, None]) | absent).all(axis=0)
    enough = ((~absent) & (column != 0)[:, None]).sum(axis=0) >= OFTEN * len(table)
    return [place for place, each in zip(places, same & enough, strict=True) if each]


def _pairs(names: list[Name], table: NDArray[np.float64], often: list[int]) -> Iterator[Terms]:
    together = defaultdict(list)
    for place in often:
        together[np.isnan(table[:, place]).tobytes()].append(place)
    dice = np.random.default_rng(1)
    for rare in together.values():
        rows = ~np.isnan(table[:, rare[0]])
        pool = [place for place in often if not np.isnan(table[rows, place]).any()]
        weights = dice.integers(1, 2**40, size=rows.sum())
        prints = dict(
            zip(pool, map(int, table[rows][:, pool].T.astype(int) @ weights), strict=True)
        )
        by_print = defaultdict(list)
        for place, number in prints.items():
            by_print[number].append(place)
        for whole, number in prints.items():
            for half, firsts in by_print.items():
                if half > number - half or number - half not in by_print:
                    continue
                for first in firsts:
                    for second in by_print[number - half]:
                        parts = {whole, first, second}
                        if len(parts) == 3 and not parts.isdisjoint(rare):
                            signs = {names[first]: -1.0, names[second]: -1.0}
                            yield {names[whole]: 1.0} | signs


@pytest.mark.timeout(1_800)
def test_every_equation_that_all_authorities_keep_follows_from_the_registry() -> None:
    """No count can be worked out of others in a way that the registry does not tell of."""
    names, table = sampled()
    common = is_common(table)
    known = Known(names, list(np.nonzero(~common)[0]))
    found = list(kept(names, table, list(np.nonzero(common)[0])))
    assert len(found) > AUTHORITIES, "the random authorities keep hardly any equation"
    assert [terms for terms in found if not known.implies(terms)] == []


def test_every_percentage_is_made_from_the_counts_that_the_registry_names() -> None:
    """Numerator and denominator are the sums of the named counts, in every category."""
    wrong, judged = set(), set()
    for last, figures in measured():
        for figure in figures:
            made_of = REGISTRY.ratios.get(figure.measure)
            if made_of is None or figure.period != REGISTRY[figure.measure].period(last):
                continue
            for side, counts in (
                (figure.numerator, made_of.numerator),
                (figure.denominator, made_of.denominator),
            ):
                parts = [_count(figures, count, figure, last) for count in counts]
                if side == side and parts and all(part == part for part in parts):
                    judged.add(figure.measure)
                    if sum(parts) != side:
                        wrong.add(figure.measure)
    assert wrong == set()
    named = {name for name, of in REGISTRY.ratios.items() if of.numerator or of.denominator}
    assert named - judged == set()


def _count(figures: Figures, count: Count, figure: Figure, last: ReportingYear) -> float:
    measure, breakdown, category = count.cell(figure.breakdown, figure.category)
    year = ReportingYear(last.end - count.before)
    return figures.get(measure, year, breakdown=breakdown, category=category).value


def test_every_percentage_rate_and_mean_says_what_it_is_made_from() -> None:
    """One that is left out could give a hidden count away."""
    made = {
        name
        for name, each in REGISTRY.measures.items()
        if each.unit in (Unit.PERCENT, Unit.RATE, Unit.MEAN)
    }
    assert made - REGISTRY.ratios.keys() == set()
