"""Reviews held after their due date, and reviews not held at all by 31 March."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from irostats.synthetic.model import Child, Period, Review, periods_of
from irostats.synthetic.reviewing import CARRIED, settle
from irostats.synthetic.workdays import working_day_on_or_after, year_end, year_start

if TYPE_CHECKING:
    import random
    from collections.abc import Callable


def make_late(
    children: list[Child], year: str, count: int, rng: random.Random, reasons: Callable[[], str]
) -> None:
    """Hold exactly ``count`` of a year's reviews after their due date, most by some days."""
    first, last = year_start(year), year_end(year)
    now = [r for _, p in periods_of(children) for r in p.reviews if first <= r.held <= last]
    missing = count - sum(review.late for review in now)
    for review in now:
        review.reason = reasons() if review.late else ""
    places = [
        (period, review)
        for _, period in periods_of(children)
        for review in period.reviews
        if first <= review.held <= last
    ]
    rng.shuffle(places)
    touched: set[int] = set()
    for period, review in places:
        if missing <= 0:
            break
        if id(period) not in touched and _postpone(period, review, last, rng):
            touched.add(id(period))
            review.reason = reasons()
            missing -= 1
    if missing:
        raise ValueError(f"{year}: {missing} late reviews more (or fewer) do not fit")


def _postpone(period: Period, review: Review, last: date, rng: random.Random) -> bool:
    day = working_day_on_or_after(review.due + timedelta(days=_days_late(rng)))
    following = [r.held for r in period.reviews if r.held > review.held]
    stop = min([period.end or last + timedelta(days=500), last, *following])
    room = 45 if following and stop == min(following) else 2
    if review.late or day + timedelta(days=room) > stop or (review.due - review.held).days > 60:
        return False
    review.held = day
    settle(period)
    return True


def _days_late(rng: random.Random) -> int:
    """Mostly one to twenty days, with a tail."""
    return (
        rng.randint(1, 12)
        if rng.random() < 0.6
        else rng.choices(
            [rng.randint(10, 20), rng.randint(21, 40), rng.randint(41, 75)], [6, 3, 1]
        )[0]
    )


def leave_overdue(
    children: list[Child], year: str, count: int, rng: random.Random, *, final: bool
) -> None:
    """Leave reviews due late in March unheld on the 31st; they follow in April, if shipped."""
    first, last = year_end(year) - timedelta(days=26), year_end(year)
    places = [
        period
        for child, period in periods_of(children)
        if period.reviews
        and not child.short_breaks
        and len(child.reviews_in(year)) > 1
        and (period.end is None or period.end > last + timedelta(days=60))
        and first <= period.reviews[-1].held <= last
        and first <= period.reviews[-1].due < last
    ]
    for period in rng.sample(places, min(count, len(places))):
        review = period.reviews.pop()
        if final:
            period.closed_to_reviews = True
            continue
        day = working_day_on_or_after(last + timedelta(days=rng.randint(2, 14)))
        period.reviews.append(Review(day, review.due, review.sequence, reason=CARRIED))
