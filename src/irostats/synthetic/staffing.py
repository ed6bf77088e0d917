"""Independent reviewing officers: posts, who holds them, which child is whose."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from irostats.synthetic.model import Child, periods_of, stream
from irostats.synthetic.quotas import weighted
from irostats.synthetic.returns import Rows, written
from irostats.synthetic.workdays import working_days_after, year_end, year_start

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator

    from irostats.synthetic.history import History
    from irostats.synthetic.plan import Plan

DAY = timedelta(days=1)
TURNOVER = 0.13
# Of the stretches of a child with an officer, in each year.
HANDED_OVER = 0.025
Span = tuple["Child", date, "date | None"]


@dataclass
class Holder:
    """Somebody in a post."""

    iro: str
    start: date
    end: date | None
    contract: str
    sex: str
    ethnicity: str


@dataclass
class Post:
    """A post with its hours, its holders one after another, and its children."""

    fte: float
    team: str
    holders: list[Holder]
    load: int = 0
    spans: list[Span] = field(default_factory=list)

    def holder_on(self, day: date) -> Holder:
        """Who holds the post on a day."""
        return next(h for h in reversed(self.holders) if h.start <= day)


def staff(plan: Plan, history: History) -> list[Post]:
    """The posts of a block of years, with some turnover in each year."""
    years = history.block.years
    rng = stream(plan.slug, years[0], "staff")
    number = 1 + 100 * (len(plan.blocks) > 1 and history.block is plan.blocks[1])
    posts = []
    for i, fte in enumerate(_hours(plan, years)):
        start = year_start(years[0]) - timedelta(days=rng.randint(60, 4000))
        posts.append(Post(fte, f"Team {'ABCDE'[i // 10]}", [_holder(number, start, rng)]))
        number += 1
    for fte, label in plan.service.get("new_posts", []):
        start = working_days_after(year_start(label), 3)
        posts.append(Post(fte, "Team A", [_holder(number, start, rng)]))
        number += 1
    for label, leaving in _turnover(len(posts), years, rng).items():
        for post in rng.sample([post for post in posts if len(post.holders) == 1], leaving):
            last = year_start(label) + timedelta(days=rng.randint(40, 300))
            if post.holders[-1].start < last:
                post.holders[-1].end = last
                post.holders.append(_holder(number, last + DAY, rng))
                number += 1
    return posts


def _turnover(posts: int, years: tuple[str, ...], rng: random.Random) -> dict[str, int]:
    """How many leave in each year: spread evenly, so that no year of a small team stands out."""
    total = max(round(TURNOVER * posts * len(years)), 1)
    even = {label: total // len(years) for label in years}
    for label in rng.sample(years, total % len(years)):
        even[label] += 1
    return even


def _hours(plan: Plan, years: tuple[str, ...]) -> list[float]:
    hours = plan.service.get("posts_by_block", {}).get(years[0], plan.service["posts"])
    return [float(fte) for fte in hours]


def _holder(number: int, start: date, rng: random.Random) -> Holder:
    return Holder(
        f"IRO{number:03d}",
        start,
        None,
        weighted({"permanent": 0.88, "agency": 0.12}, rng),
        weighted({"female": 0.76, "male": 0.24}, rng),
        weighted(
            {"WBRI": 0.82, "WIRI": 0.03, "AIND": 0.04, "APKN": 0.04, "BCRB": 0.05, "BAFR": 0.02},
            rng,
        ),
    )


def allocate(history: History, posts: list[Post], seed: str) -> None:
    """Give each child, on becoming looked after, to the post with the fewest per hour."""
    rng = stream(seed, history.block.years[0], "allocation")
    spans = [(p.start, c, p.end) for c, p in periods_of(history.children) if not c.short_breaks]
    spans.sort(key=lambda span: (span[0], span[1].key))
    opens = year_start(history.block.years[0])
    leaving: list[tuple[date, Post]] = []
    for start, child, end in spans:
        for left in [entry for entry in leaving if entry[0] <= max(start, opens)]:
            left[1].load -= 1
            leaving.remove(left)
        there = [p for p in posts if p.holders[0].start <= max(start, opens)]
        post = min(there, key=lambda p: (p.load + 1) / p.fte)
        post.load += 1
        if end is not None:
            leaving.append((end, post))
        post.spans.append((child, _allocated(start, end, rng), end))
    for label in history.block.years:
        _hand_over(posts, label, stream(seed, label, "handed over"))


def _hand_over(posts: list[Post], label: str, rng: random.Random) -> None:
    """A few children change officers though nobody leaves, two at a time, so that loads stay.

    Only those who are looked after from long before to long after, so that it does not matter for
    the allocation on entering care.
    """
    first, last = year_start(label), year_end(label)
    count = round(HANDED_OVER * sum(len(post.spans) for post in posts) / 2)
    for _ in range(count):
        one, two = rng.sample(posts, 2)
        day = working_days_after(first, rng.randint(25, 200))
        moved = [_settled(post, day, last, rng) for post in (one, two)]
        for post, other, span in ((one, two, moved[0]), (two, one, moved[1])):
            if None not in moved and span is not None:
                child, start, end = span
                post.spans[post.spans.index(span)] = (child, start, day - DAY)
                other.spans.append((child, day, end))


def _settled(post: Post, day: date, last: date, rng: random.Random) -> Span | None:
    found = [
        span
        for span in post.spans
        if span[1] + timedelta(days=200) < day and (span[2] is None or span[2] > last)
    ]
    return rng.choice(found) if found and post.holders[0].start < day else None


def _allocated(start: date, end: date | None, rng: random.Random) -> date:
    """Most children have their officer within five working days."""
    wait = rng.choices([0, 1, 2, 3, 4, 5, 7, 10], [10, 18, 20, 17, 13, 12, 7, 3])[0]
    day = working_days_after(start, wait) if wait else start
    first_31_march = date(start.year + (start >= date(start.year, 4, 1)), 3, 31)
    stays = end is None or end > first_31_march
    day = min(day, first_31_march) if stays else day
    return min(day, end - DAY) if end is not None else day


def assignments(posts: Iterable[Post]) -> Iterator[tuple[Child, Holder, date, date | None]]:
    """Every stretch of one child with one officer: who, from, to (None: still)."""
    for post in posts:
        for child, start, end in post.spans:
            for holder in post.holders:
                first = max(start, holder.start)
                ends = [day for day in (end, holder.end) if day is not None]
                last = min(ends) if ends else None
                if last is None or first <= last:
                    yield child, holder, first, last


def officer_on(spans: list[tuple[Child, Holder, date, date | None]], day: date) -> str:
    """The officer responsible for a child on a day, or the first to come."""
    for _, holder, first, last in spans:
        if first <= day and (last is None or day <= last):
            return holder.iro
    return spans[0][1].iro


def staff_rows(posts: list[Post], plan: Plan, year: str) -> Rows:
    """The year's post holders; posts without a holder; hours of the establishment once a post."""
    first, last = year_start(year), year_end(year)
    rows = []
    for post in posts:
        for holder in post.holders:
            if holder.start > last or (holder.end and holder.end < first):
                continue
            left = holder.end is not None and holder.end <= last
            rows.append(
                {
                    "iro_id": holder.iro,
                    "start": written(holder.start),
                    "end": written(holder.end) if left else "",
                    "fte": f"{post.fte:g}",
                    "headcount": "1",
                    "contract": holder.contract,
                    "role": "dual" if plan.service["dual"] else "cla",
                    "team": post.team,
                    "establishment_fte": "" if left else f"{post.fte:g}",
                    "sex": holder.sex,
                    "ethnicity": holder.ethnicity,
                }
            )
    if plan.service["vacant_fte"]:
        rows.append(
            {
                "role": "dual" if plan.service["dual"] else "cla",
                "team": "Team A",
                "establishment_fte": f"{plan.service['vacant_fte']:g}",
            }
        )
    return rows


def allocation_rows(posts: list[Post], year: str) -> Rows:
    """Who was responsible for which child at any time in the year."""
    first, last = year_start(year), year_end(year)
    rows = []
    for child, holder, start, end in assignments(posts):
        if start > last or (end is not None and end < first):
            continue
        ended = end is not None and end <= last
        rows.append(
            {
                "child_id": child.identifier,
                "iro_id": holder.iro,
                "allocated_on": written(start),
                "start": written(start),
                "end": written(end) if ended else "",
            }
        )
    return sorted(
        rows,
        key=lambda row: (row["child_id"], row["start"][6:] + row["start"][3:5] + row["start"][:2]),
    )
