"""Random small authorities, for figures that are computed twice.

A ``Plain`` is what an authority gave: for each of one to three consecutive years the tables of its
return and of its service, as lists of dicts that hold text, ``datetime.date``, numbers, or None
where a cell is blank; and its settings. ``authorities()`` draws one, full of edge cases but cleanly
shaped, since the reader has tests of its own. ``plain_records.records(plain)`` gives the irostats
``Records`` of it without a file, and ``plain_records.write(plain, folder)`` writes it to disk.

A section's plain computation is a module ``plain_<section>.py`` with one function::

    def figures(plain: Plain, end: int) -> dict[Cell, Expected]

which says, for the year that ends in ``end``, each cell (measure, breakdown, category) that the
section has: every category of every breakdown, and no other. It is written from the definitions
and the statute, row by row, without irostats. ``comparing.differences(section, plain)`` compares it
with irostats in every year, value, numerator, denominator and status.

What every section needs (returns stacked, periods of care, who is looked after) is in
``plain_care.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from hypothesis import strategies as st
from made_children import children
from made_services import services

Value = str | date | float | None
Row = dict[str, Value]
Tables = dict[str, list[Row]]
Cell = tuple[str, str, str]
"""Measure, breakdown, category; ``total`` for what is not divided."""
TOTAL = "total"
NOT_AVAILABLE, NOT_APPLICABLE = "x", "z"
NOT_RECORDED, NOT_ASSESSABLE = "not_recorded", "not_assessable"

LAST_YEARS = (2014, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2024, 2025, 2026)
"""End years of reports: with leap days, changes of codes, and social workers from 2023-24."""
EXTRA_HOLIDAYS = tuple(
    date(year, month, day)
    for year in range(2006, 2027)
    for month in range(1, 13)
    for day in (1, 12, 23)
)
"""More days than any council adds, so that each count of working days meets one."""


@dataclass(frozen=True)
class Plain:
    """What one authority gave.

    Attributes:
        years: End years of its folders, consecutive, oldest first; the last is reported on.
        returned: For each year the tables of its return, by irostats's names (``episodes``,
            ``sw_episodes`` ...): a table that is absent was not sent, one without rows was sent
            with its headings only. The last year has header, episodes and reviews.
        service: For each year the service's tables, likewise.
        unreadable: For each year the service tables whose file could not be read.
        rules: ``[rules]`` of authority.toml: first_review, interval, due_dates,
            merge_window_working_days, extra_holidays.
        population: Children aged 0 to 17 by end year, where given.
    """

    years: tuple[int, ...]
    returned: Mapping[int, Tables]
    service: Mapping[int, Tables]
    unreadable: Mapping[int, frozenset[str]] = field(default_factory=dict)
    rules: Mapping[str, str | int | tuple[date, ...]] = field(default_factory=dict)
    population: Mapping[int, float] = field(default_factory=dict)

    @property
    def last(self) -> int:
        """The year reported on."""
        return self.years[-1]

    @property
    def history(self) -> tuple[int, ...]:
        """The years in use: a year without an episode cuts off those before it."""
        used = [self.last]
        for end in reversed(self.years[:-1]):
            if not self.returned[end].get("episodes"):
                break
            used.insert(0, end)
        return tuple(used)


@dataclass(frozen=True)
class Expected:
    """What a cell should hold: a number and what it is a ratio of, or why there is none.

    Args:
        value: The number; None if there is none.
        numerator: Of a percentage, rate or mean.
        denominator: Of a percentage, rate or mean.
        status: Blank, or why there is no number.
    """

    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    status: str = ""


def number(value: float) -> Expected:
    """A count, or any number that is not a ratio."""
    return Expected(value)


def ratio(numerator: float, denominator: float, scale: float = 100) -> Expected:
    """A percentage (or a rate, or a mean with ``scale=1``); not applicable over nothing."""
    if denominator <= 0:
        return missing(NOT_APPLICABLE)
    return Expected(scale * numerator / denominator, numerator, denominator)


def missing(status: str) -> Expected:
    """No number, and why."""
    return Expected(status=status)


def first_day(end: int) -> date:
    """1 April of the year that ends in ``end``."""
    return date(end - 1, 4, 1)


def last_day(end: int) -> date:
    """31 March of the year that ends in ``end``."""
    return date(end, 3, 31)


def age(born: Value, day: date) -> int | None:
    """Completed years, None before birth or where the date of birth is not known.

    Who was born on 29 February has a birthday on 28 February.
    """
    if not isinstance(born, date) or born > day:
        return None
    month_and_day = (born.month, born.day)
    leap = day.year % 4 == 0 and (day.year % 100 != 0 or day.year % 400 == 0)
    if month_and_day == (2, 29) and not leap:
        month_and_day = (2, 28)
    return day.year - born.year - ((day.month, day.day) < month_and_day)


RULES: st.SearchStrategy[dict[str, str | int | tuple[date, ...]]] = st.fixed_dictionaries(
    {
        "first_review": st.sampled_from(["20_working_days", "28_calendar_days"]),
        "interval": st.sampled_from(["calendar_months", "91_183_days"]),
        "due_dates": st.sampled_from(["service", "return"]),
        "merge_window_working_days": st.sampled_from([0, 0, 3, 20]),
        "extra_holidays": st.sampled_from([(), EXTRA_HOLIDAYS]),
    }
)


@st.composite
def authorities(draw: st.DrawFn) -> Plain:
    """Any small authority: up to 12 children, one to three years, tables absent, empty or full.

    Hypothesis draws the shape, so that it can find a smaller one; the rows follow from seeds.
    """
    last = draw(st.sampled_from(LAST_YEARS))
    years = tuple(range(last - draw(st.integers(0, 2)), last + 1))
    seeds = draw(st.lists(st.integers(0, 2**32 - 1), max_size=12))
    rules = draw(RULES)
    seed = draw(st.integers(0, 2**32 - 1))
    return made(years, seeds, seed, rules)


def made(
    years: tuple[int, ...],
    seeds: list[int],
    seed: int,
    rules: Mapping[str, str | int | tuple[date, ...]],
) -> Plain:
    """The authority of these seeds: one for each child, one for all the rest."""
    dice = Random(seed)
    returned = children(years, seeds, dice)
    service, unreadable = services(years, returned, dice)
    population = {end: float(dice.choice([500, 12_345, 40_000])) for end in years}
    if dice.random() < 0.3:
        del population[dice.choice(years)]
    return Plain(years, returned, service, unreadable, rules, population)
