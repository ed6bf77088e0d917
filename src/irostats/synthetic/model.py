"""The simulated history: children, periods of care, episodes and reviews."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from irostats.synthetic.workdays import year_end, year_start

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def stream(*parts: object) -> random.Random:
    """A random stream of its own for each step, so that one step never disturbs another."""
    return random.Random(":".join(str(part) for part in parts))  # noqa: S311  # not cryptography


@dataclass(eq=False)
class Review:
    """A review held: its date, when it was due, its place in the sequence, its code."""

    held: date
    due: date
    sequence: int
    code: str = ""
    reason: str = ""

    @property
    def late(self) -> bool:
        """Whether it was held after its due date."""
        return self.held > self.due


@dataclass(frozen=True)
class Placement:
    """Where a child lives: SSDA903 codes, location and distance in miles (None: not known)."""

    place: str
    provider: str
    location: str
    distance: str
    postcode: str = ""
    urn: str = ""

    def moved(self, **changes: str) -> Placement:
        """The same placement with some fields changed."""
        return replace(self, **changes)


@dataclass(frozen=True)
class Pin:
    """How a child is looked after on a calibrated 31 March."""

    legal: str
    placement: Placement
    same_carer_adoption: bool = False


@dataclass(eq=False)
class Episode:
    """One row of the Episodes table."""

    decom: date
    rne: str
    ls: str
    placement: Placement
    dec: date | None = None
    rec: str = ""
    reason: str = ""


@dataclass(eq=False)
class Period:
    """A period of being looked after; ``end`` is None while it lasts beyond the last year."""

    start: date
    end: date | None = None
    rec: str = ""
    need: str = "N1"
    home: str = ""
    moves: dict[str, int] = field(default_factory=dict)
    pins: dict[str, Pin] = field(default_factory=dict)
    episodes: list[Episode] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    closed_to_reviews: bool = False

    def open_on(self, day: date) -> bool:
        """Whether the child is looked after at the end of ``day``."""
        return self.start <= day and (self.end is None or self.end > day)

    def touches(self, year: str) -> bool:
        """Whether any day of the reporting year lies in the period."""
        return self.start <= year_end(year) and (self.end is None or self.end >= year_start(year))


@dataclass(eq=False)
class Child:
    """A child with everything that the returns say about them."""

    key: int
    periods: list[Period]
    born: date = date(1900, 1, 1)
    sex: str = ""
    ethnic: str = ""
    group: str = ""
    uasc: bool = False
    uasc_ceased: date | None = None
    identifier: str = ""
    upn: str = ""
    short_breaks: bool = False

    @property
    def first_start(self) -> date:
        """The start of the first period."""
        return self.periods[0].start

    @property
    def last_end(self) -> date | None:
        """The end of the last period, None while it lasts."""
        return self.periods[-1].end

    @property
    def has_age(self) -> bool:
        """Whether a date of birth has been given yet."""
        return self.born.year > 1900

    def period_on(self, day: date) -> Period | None:
        """The period open at the end of a day."""
        return next((period for period in self.periods if period.open_on(day)), None)

    def continuous_in(self, year: str) -> bool:
        """Whether looked after without a break from 1 April (or before) to 31 March."""
        period = self.period_on(year_end(year))
        return period is not None and period.start <= year_start(year)

    def in_year(self, year: str) -> bool:
        """Whether looked after on any day of the year."""
        return any(period.touches(year) for period in self.periods)

    def reviews_in(self, year: str) -> list[Review]:
        """The reviews held in a reporting year."""
        first, last = year_start(year), year_end(year)
        return [r for p in self.periods for r in p.reviews if first <= r.held <= last]


def looked_after(children: Iterable[Child], day: date) -> list[Child]:
    """The children looked after at the end of a day, short breaks left out."""
    return [c for c in children if not c.short_breaks and c.period_on(day) is not None]


def periods_of(children: Iterable[Child]) -> Iterator[tuple[Child, Period]]:
    """Every period of care with its child."""
    for child in children:
        for period in child.periods:
            yield child, period
