"""One authority's made-up history: the steps in order, block by block."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from irostats.synthetic import ages, episodes, flows, lateness, leaving, people, reviewing, states
from irostats.synthetic.earlier import settle_earlier
from irostats.synthetic.mix import mix_of
from irostats.synthetic.model import Child, Period, stream
from irostats.synthetic.participating import children_coded, give_codes, reviewed_children
from irostats.synthetic.quotas import QuotaError, weighted
from irostats.synthetic.workdays import working_days_after, year_end, year_start

if TYPE_CHECKING:
    import random
    from datetime import date

    from irostats.synthetic.plan import Block, Plan

LATE_REASONS = {
    "social worker absent": 0.2,
    "social worker report not ready": 0.16,
    "independent reviewing officer sickness": 0.13,
    "late notification of new child": 0.1,
    "parent's request": 0.1,
    "child's request": 0.08,
    "placement move": 0.08,
    "awaiting court": 0.06,
    "child missing": 0.04,
    "administrative error": 0.05,
}
ATTEMPTS = 12


@dataclass(frozen=True)
class History:
    """The children of one block of years."""

    block: Block
    children: list[Child]


def simulate(plan: Plan, block: Block, first_key: int) -> History:
    """Simulate a block of years; another seed is tried where quotas cannot be met.

    Raises:
        QuotaError: if no seed meets them.
    """
    failures: list[str] = []
    for attempt in range(ATTEMPTS):
        try:
            return History(block, _attempt(plan, block, first_key, f"{plan.slug}/{attempt}"))
        except QuotaError as error:
            failures.append(str(error))
    raise QuotaError(f"{plan.slug} {block.years[0]}: " + "; ".join(sorted(set(failures))))


def _attempt(plan: Plan, block: Block, first_key: int, seed: str) -> list[Child]:
    children = _people(plan, block, first_key, f"{seed}/{block.years[0]}")
    anchor = plan.years[block.anchor]
    leaving.settle_reasons(children, anchor, block.years, seed)
    states.settle_states(children, anchor, stream(seed, block.anchor, "states"))
    if block.earlier and "legal" in plan.years[block.earlier].quotas:
        before = plan.years[block.earlier]
        settle_earlier(children, anchor, before, stream(seed, before.label, "states"))
    _reviews(plan, block, children, f"{seed}/{block.years[0]}/reviews")
    last_day, mix = year_end(block.years[-1]), mix_of(anchor)
    for child in children:
        if not anchor.settings.get("respite", True):
            for period in child.periods:
                period.moves.setdefault("no respite", 1)
        episodes.build(child, last_day, mix, stream(seed, child.key, "episodes"))
    _names(plan, children, seed)
    for label in block.years:
        give_codes(children, plan.years[label], seed)
    return children + _short_breaks(plan, block, children, seed)


def _people(plan: Plan, block: Block, first_key: int, seed: str) -> list[Child]:
    """Periods and people up to the calibrated year, then the years after it."""
    children = flows.opening_stock(
        block.opening, block.years[0], first_key, stream(seed, "opening stock")
    )
    opening = block.opening
    anchor = plan.years[block.anchor]
    earlier = plan.years[block.earlier] if block.earlier else None
    for label in block.years:
        year = plan.years[label]
        rng = stream(seed, label, "flows")
        children = flows.run_year(children, label, year.flow(opening), rng)
        opening = year.at_31_march
        if label == block.anchor:
            people.choose_seekers(children, anchor, earlier, stream(seed, "seekers"))
            ages.give_ages(children, anchor, stream(seed, "ages"))
            if earlier is not None and "age" in earlier.quotas:
                ages.fill_earlier_ages(children, earlier, stream(seed, "earlier ages"))
            ages.leavers_ages(children, stream(seed, "leavers' ages"))
        elif label > block.anchor:
            _newcomers(children, anchor.figures.get("uasc", 0) / anchor.at_31_march, seed, label)
    people.give_sex(children, anchor, earlier, stream(seed, "sex"))
    people.give_ethnicity(children, anchor, earlier, stream(seed, "ethnicity"))
    return children


def _newcomers(children: list[Child], seekers: float, seed: str, label: str) -> None:
    """Ages of those who started after the calibrated year."""
    rng = stream(seed, label, "newcomers")
    for child in children:
        if not child.has_age:
            child.uasc = rng.random() < seekers
    ages.newcomers_ages([c for c in children if not c.has_age], year_end(label), rng)


def _reviews(plan: Plan, block: Block, children: list[Child], seed: str) -> None:
    opens = year_start(block.years[0])
    for child in children:
        for period in child.periods:
            reviewing.history(period, opens, (seed, child.key, period.start))
    for label in block.years:
        year = plan.years[label]
        held = year.figures.get("reviews_held", year.settings.get("reviews", 0))
        reviewing.hold_year(children, label, held - year.settings.get("slack", 0), seed)
        reviewed_children(children, year, seed)
        overdue = year.settings.get("overdue", 0)
        final = label == block.years[-1]
        rng = stream(seed, label, "late")
        lateness.leave_overdue(children, label, overdue, rng, final=final)
        count = sum(len(child.reviews_in(label)) for child in children)
        reviewing.top_up(children, label, held - count, stream(seed, label, "second top up"))
        late = year.figures.get("reviews_late", round(year.settings.get("late_share", 0) * held))
        lateness.make_late(children, label, late, rng, lambda: weighted(LATE_REASONS, rng))  # noqa: B023
        children_coded(children, year, seed)


def _names(plan: Plan, children: list[Child], seed: str) -> None:
    """Identifiers and pupil numbers that cannot be anybody's: no school authority is 999."""
    rng = stream(seed, "names")
    for child in children:
        child.identifier = f"SYN{plan.prefix}{child.key:05d}"
        child.upn = _pupil_number(child.key)
        if rng.random() < 0.015:
            child.upn = "UN3"
        if child.uasc:
            child.uasc_ceased = child.last_end
            child.upn = "UN4" if rng.random() < 0.5 else child.upn


def _pupil_number(key: int) -> str:
    digits = f"999{4000 + key // 900:04d}{key % 20:02d}{key % 900 + 100:03d}"
    check = sum(int(digit) * (place + 2) for place, digit in enumerate(digits)) % 23
    return "ABCDEFGHJKLMNPQRTUVWXYZ"[check] + digits


def _short_breaks(plan: Plan, block: Block, children: list[Child], seed: str) -> list[Child]:
    """Children who only have a series of short breaks (V4): in the return, in no statistic."""
    rng = stream(seed, "short breaks")
    next_key = max(child.key for child in children) + 1
    breaks = []
    change = working_days_after(year_start(block.years[1]), rng.randint(40, 150))
    starts = _series_begin(block, plan.service.get("short_breaks", 4), rng)
    for i, start in enumerate(starts):
        end = start + timedelta(days=rng.randint(150, 900) if i else 800)
        open_still = end > year_end(block.years[-1])
        child = Child(next_key + i, [Period(start, None if open_still else end, need="N2")])
        child.short_breaks = True
        child.sex = rng.choice(["male", "female"])
        child.ethnic = weighted({"WBRI": 0.8, "MOTH": 0.1, "APKN": 0.1}, rng)
        child.born = start.replace(year=start.year - rng.randint(6, 14), day=rng.randint(2, 27))
        episodes.build_short_breaks(child, change, rng)
        breaks.append(child)
    _names(plan, breaks, seed + "/breaks")
    return breaks


def _series_begin(block: Block, count: int, rng: random.Random) -> list[date]:
    """Days on which series of short breaks begin: as some end, a third as many begin each year."""
    first, *later = (year_start(label) for label in block.years)
    begin = [working_days_after(first, rng.randint(5, 250)) for _ in range(count)]
    return begin + [
        working_days_after(day, rng.randint(5, 200)) for day in later for _ in range(count // 3)
    ]
