"""What officers do besides reviews, and what they get: conferences, referrals, supervision."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from irostats.synthetic.quotas import answers, chosen
from irostats.synthetic.returns import Rows, written
from irostats.synthetic.workdays import (
    is_working_day,
    working_day_in,
    year_end,
    year_start,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Mapping

    from irostats.synthetic.staffing import Holder, Post

Month = tuple[date, date]


def conferences(label: str, target: Mapping[str, Any], rng: random.Random) -> Rows:
    """Child protection conferences, one for a family, by day."""
    rows = []
    for kind in ("icpc", "rcpc"):
        days = sorted(working_day_in(label, rng) for _ in range(target[kind]))
        in_time = answers([1.0] * len(days), target[f"{kind}_in_time"], rng, unknown=0)
        rows += [(day, kind, answer) for day, answer in zip(days, in_time, strict=True)]
    return [
        {"date": written(day), "type": kind, "in_time": answer}
        for day, kind, answer in sorted(rows)
    ]


def referrals(label: str, target: Mapping[str, Any], rng: random.Random) -> Rows:
    """Referrals to Cafcass and legal advice sought; none is a table without rows."""
    rows = sorted(
        (working_day_in(label, rng), kind)
        for kind in ("cafcass", "legal_advice")
        for _ in range(target[kind])
    )
    return [{"date": written(day), "type": kind} for day, kind in rows]


def supervision(
    posts: Iterable[Post], label: str, target: Mapping[str, Any], rng: random.Random
) -> Rows:
    """Supervision in so great a share of the months in post, and training in so great a share."""
    holders = sorted(
        (holder for post in posts for holder in post.holders), key=lambda holder: holder.iro
    )
    served = [
        (holder.iro, days)
        for holder in holders
        for month in _months(label)
        if (days := _in_post(holder, month))
    ]
    rows = []
    for kind in ("supervision", "training"):
        count = round(target[kind] * len(served))
        rows += [
            (served[i][0], rng.choice(served[i][1]), kind)
            for i in sorted(chosen([1.0] * len(served), count, rng))
        ]
    return [{"iro_id": iro, "date": written(day), "type": kind} for iro, day, kind in sorted(rows)]


def _months(label: str) -> list[Month]:
    firsts = []
    day = year_start(label)
    while day <= year_end(label):
        firsts.append(day)
        day = (day + timedelta(days=31)).replace(day=1)
    ends = [*(first - timedelta(days=1) for first in firsts[1:]), year_end(label)]
    return list(zip(firsts, ends, strict=True))


def _in_post(holder: Holder, month: Month) -> list[date]:
    """The working days of a month on which the holder is in post; few of them count as none."""
    first, last = month
    opens, closes = max(first, holder.start), min(last, holder.end or last)
    span = range((closes - opens).days + 1)
    days = [day for n in span if is_working_day(day := opens + timedelta(days=n))]
    return days if len(days) >= 10 else []
