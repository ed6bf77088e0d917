"""When reviews are held: the statutory clock, brought-forward reviews, late ones."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from irostats.synthetic.model import Child, Period, Review, periods_of, stream
from irostats.synthetic.workdays import (
    add_months,
    is_working_day,
    working_day_on_or_after,
    working_day_on_or_before,
    working_days_after,
    year_end,
    year_start,
)

if TYPE_CHECKING:
    import random

REGULATIONS_IN_FORCE = date(2011, 4, 1)
DAY = timedelta(days=1)
CARRIED = "carried over"
ALWAYS_FORWARD = 0.035


def review_due(start: date, held: list[date]) -> date:
    """When the next review is due (SI 2010/959 reg 33; before April 2011, SI 1991/895 reg 3)."""
    if not held and start < REGULATIONS_IN_FORCE:
        return start + timedelta(days=28)
    if not held:
        return working_days_after(start, 20)
    return add_months(held[-1], 3 if len(held) == 1 else 6)


def due_next(period: Period) -> date:
    """When the period's next review is due."""
    return review_due(period.start, [review.held for review in period.reviews])


def settle(period: Period) -> None:
    """Put the reviews in order and work out each one's sequence and due date anew."""
    period.reviews.sort(key=lambda review: review.held)
    held = [review.held for review in period.reviews]
    for i, review in enumerate(period.reviews):
        review.sequence = i + 1
        review.due = review_due(period.start, held[:i])


def _planned(period: Period, forward: float, rng: random.Random) -> date:
    """The day for which the next review is arranged: near its due date, or brought forward."""
    due = due_next(period)
    if not period.reviews:
        early = rng.choices(range(12), [5, 9, 11, 10, 9, 7, 5, 4, 3, 2, 1, 1])[0]
        return max(due - timedelta(days=early), period.start + 2 * DAY)
    last = period.reviews[-1].held
    if rng.random() < max(forward, ALWAYS_FORWARD):
        return last + (due - last) * rng.uniform(0.35, 0.8)
    mean = (7 if len(period.reviews) == 1 else 12) * (1 + min(forward, 0))
    early = min(int(rng.expovariate(1 / mean)), 55)
    if (due.month, due.day) > (12, 21) or (due.month, due.day) < (1, 4):
        early += 12
    return due - timedelta(days=early)


def _in_the_week(day: date, rng: random.Random) -> date:
    """A working day; what would fall on a weekend is spread over the week before."""
    if is_working_day(day):
        return day
    return working_day_on_or_before(day - timedelta(days=rng.randint(1, 6)))


def _hold(period: Period, last_day: date, opens: date, forward: float, rng: random.Random) -> bool:
    """Add the next review if it falls by ``last_day``; whether it did."""
    due = due_next(period)
    day = _in_the_week(_planned(period, forward, rng), rng)
    if due <= last_day + timedelta(days=13) and day > last_day - timedelta(days=1):
        # Easter often follows: rather than miss a date in early April it is held in March.
        day = working_day_on_or_before(last_day - timedelta(days=rng.randint(1, 9)))
    if day < opens:
        day = working_day_on_or_after(opens + timedelta(days=rng.randint(0, 6)))
        if day > due:
            day = working_day_on_or_before(due)
    after = period.reviews[-1].held if period.reviews else period.start
    day = max(day, working_day_on_or_after(after + DAY))
    stop = period.end or last_day + timedelta(days=400)
    if day > last_day or day >= stop:
        return False
    period.reviews.append(Review(day, due, len(period.reviews) + 1))
    return True


def history(period: Period, opens: date, seed: object) -> None:
    """The reviews of a period held before the first shipped year."""
    rng = stream(seed, "history")
    while _hold(period, opens - DAY, period.start, 0.12, rng):
        pass


def hold_year(children: list[Child], year: str, target: int, seed: str) -> None:
    """Hold a year's reviews: as many brought forward as bring the total up to the target.

    A share below zero stands for booking closer to the due date, where few reviews were held.
    """
    low, high = -0.85, 0.9
    for _ in range(9):
        middle = (low + high) / 2
        if _try(children, year, middle, seed) <= target:
            low = middle
        else:
            high = middle
    count = _try(children, year, low, seed)
    if count > target:
        raise ValueError(f"{year}: {count} reviews are due, more than the {target} published")
    top_up(children, year, target - count, stream(seed, year, "top up"))


def _try(children: list[Child], year: str, forward: float, seed: str) -> int:
    """Hold the year's reviews with one share brought forward; how many there are."""
    first, last = year_start(year), year_end(year)
    count = 0
    for child, period in periods_of(children):
        if not period.touches(year) or child.short_breaks:
            continue
        kept = [r for r in period.reviews if r.held < first or r.reason == CARRIED]
        period.reviews = kept
        count += sum(r.held >= first for r in kept)
        if period.closed_to_reviews:
            continue
        rng = stream(seed, child.key, period.start, year)
        while _hold(period, last, max(first, period.start), forward, rng):
            count += 1
    return count


def top_up(children: list[Child], year: str, missing: int, rng: random.Random) -> None:
    """Bring forward so many reviews more, in the widest gaps first."""
    places = [
        (wide, child, period)
        for child, period in periods_of(children)
        if not child.short_breaks
        for wide in [_widest(period, year)]
        if wide
    ]
    rng.shuffle(places)
    places.sort(key=lambda place: -((place[0][1] - place[0][0]).days // 30))
    for (after, before), _child, period in places[:missing]:
        share = rng.uniform(0.4, 0.65)
        day = _in_the_week(after + (before - after) * share, rng)
        period.reviews.append(Review(day, day, 0))
        settle(period)
    if missing > len(places) or missing < 0:
        raise ValueError(f"{year}: {missing} reviews more do not fit")


def _widest(period: Period, year: str) -> tuple[date, date] | None:
    """The widest stretch without review in a year for a child who had one in that year."""
    first, last = year_start(year), year_end(year)
    held = [review.held for review in period.reviews]
    stop = min(period.end or last, last)
    marks = [max(period.start, first), *[d for d in held if first <= d], stop]
    if len(marks) < 3 or period.closed_to_reviews:
        return None
    gap = max(pairwise(marks), key=lambda pair: pair[1] - pair[0])
    earlier = [d for d in held if d <= gap[0]]
    if gap[0] == marks[0]:
        gap = (max([gap[0], *earlier]), gap[1])
    return gap if (gap[1] - gap[0]).days >= 60 else None
