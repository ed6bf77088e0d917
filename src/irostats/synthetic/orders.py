"""Legal statuses in order: paths that reach each calibrated date as they should."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from irostats.synthetic.leaving import ADOPTED
from irostats.synthetic.model import Child, Period
from irostats.synthetic.quotas import weighted
from irostats.synthetic.workdays import year_end

if TYPE_CHECKING:
    import random

DAY = timedelta(days=1)
Orders = list[tuple[date, str]]
STEPS = {("V2", "C2"): ["C1", "C2"], ("V2", "E1"): ["C1", "E1"]}


def path_of_orders(
    child: Child, period: Period, stop: date, adopted: date | None, rng: random.Random
) -> Orders:
    """The orders of a period; ``adopted`` is the day of placement for adoption, if any."""
    marks = [(year_end(label), pin.legal) for label, pin in sorted(period.pins.items())]
    end_status = _last_status(child, period, stop, marks[-1] if marks else None, rng)
    if end_status:
        marks.append((stop, end_status))
    by, legal = marks[0]
    if adopted is not None and legal == "E1":
        by = min(by, adopted + 6 * DAY)
    orders = first_orders(period.start, by, legal, rng)
    for (since, before), (until, after) in pairwise(marks):
        if before != after:
            in_time = adopted is not None and after == "E1" and adopted > since + 30 * DAY
            last = min(until, adopted) if in_time and adopted else until
            orders += _steps(max(since, orders[-1][0]), last, before, after, rng)
    return _off_year_end(orders)


def _steps(since: date, until: date, before: str, after: str, rng: random.Random) -> Orders:
    """The orders between two dates, spread over the time between them."""
    steps = STEPS.get((before, after), [after])
    room = (until - since).days - 8
    days = sorted(rng.sample(range(4, max(room, 12)), len(steps)))
    return [(since + timedelta(days=day), legal) for day, legal in zip(days, steps, strict=True)]


def _last_status(
    child: Child, period: Period, stop: date, pinned: tuple[date, str] | None, rng: random.Random
) -> str:
    """The order in force when care ends, or at the end of the shipped years; blank: as before."""
    days = (stop - period.start).days
    if pinned is not None:
        since, legal = pinned
        if (stop - since).days < 45:
            return ""
        if period.rec in ADOPTED:
            return "E1"
        return "C2" if legal == "C1" and rng.random() < 0.7 else legal
    if period.rec in ADOPTED:
        return "E1"
    if period.rec in {"E9", "E14"}:
        return "J1"
    if child.uasc:
        return "V2"
    if days < 15:
        return weighted({"V2": 0.6, "L2": 0.12, "L1": 0.13, "C1": 0.15}, rng)
    if days < 200:
        return weighted({"V2": 0.62, "C1": 0.38}, rng)
    return weighted({"V2": 0.3, "C1": 0.08, "C2": 0.62}, rng)


def first_orders(start: date, by: date, final: str, rng: random.Random) -> Orders:
    """A path of orders from the start of care that ends in ``final`` before ``by``."""
    days = (by - start).days - 8
    if final not in {"C1", "C2", "E1"} or days < 20:
        return [(start, final)]
    entry = weighted({"C1": 0.58, "V2": 0.3, "L2": 0.06, "L1": 0.06}, rng)
    interim = {"C1": 0, "V2": rng.randint(12, 120), "L2": rng.randint(3, 8), "L1": 3}[entry]
    if interim > days // 2:
        entry, interim = "C1", 0
    path = [(start, entry)] if entry != "C1" else []
    path.append((start + timedelta(days=interim), "C1"))
    if final == "C1":
        return path
    made = interim + rng.randint(140, 300)
    if made > days:
        made = max(interim + 8, int(days * 0.85))
    if final == "E1" and made + 40 < days and rng.random() < 0.35:
        path.append((start + timedelta(days=made), "C2"))
        made = min(made + rng.randint(25, 120), days)
    return [*path, (start + timedelta(days=made), final)]


def _off_year_end(orders: Orders) -> Orders:
    """Keep changes away from 31 March and 1 April, where counting rules differ."""
    kept = orders[:1]
    for day, legal in orders[1:]:
        edge = (day.month, day.day) in {(3, 30), (3, 31), (4, 1), (4, 2)}
        earlier = day - 4 * DAY
        kept.append(
            (earlier if edge and earlier > kept[-1][0] else day + 5 * DAY if edge else day, legal)
        )
    return kept
