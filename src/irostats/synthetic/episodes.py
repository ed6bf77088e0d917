"""Episodes of care: chains of placements and legal statuses that lead to the calibrated state."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from irostats.synthetic.homes import of_kind, postcode, some_home
from irostats.synthetic.leaving import ADOPTED
from irostats.synthetic.model import Child, Episode, Period, Pin, Placement
from irostats.synthetic.orders import path_of_orders
from irostats.synthetic.quotas import weighted
from irostats.synthetic.workdays import age_on, reporting_year, year_end, year_start

if TYPE_CHECKING:
    import random

    from irostats.synthetic.mix import Mix

REASONS = {
    "CARPL": 0.3,
    "OTHER": 0.2,
    "CREQB": 0.15,
    "CREQO": 0.1,
    "CHILD": 0.1,
    "LAREQ": 0.04,
    "STAND": 0.03,
    "PLACE": 0.05,
    "CLOSE": 0.02,
    "ALLEG": 0.01,
}
UNSETTLED_SHARE = 0.25
DAY = timedelta(days=1)
Spell = tuple[date, Placement, bool]


def build(child: Child, last_day: date, mix: Mix, rng: random.Random) -> None:
    """Write the episodes of every period of a child."""
    for period in child.periods:
        period.home = postcode(rng)
        stop = period.end or last_day + timedelta(days=60)
        spells = _spells(child, period, stop, mix, rng)
        adopted = next((day for day, home, _ in spells if home.place[0] == "A"), None)
        orders = path_of_orders(child, period, stop, adopted, rng)
        period.episodes = _merge(period, spells, orders, rng)


def move_dates(
    period: Period, stop: date, wanted: dict[str, int], rng: random.Random
) -> list[date]:
    """Days on which the child moves: exactly as many as planned in planned years, else some."""
    days: list[date] = []
    unsettled = rng.random() < UNSETTLED_SHARE
    label = reporting_year(period.start)
    while year_start(label) < stop:
        first = max(period.start + timedelta(days=6), year_start(label) + 3 * DAY)
        last = min(stop - timedelta(days=6), year_end(label) - 3 * DAY)
        slots = (last - first).days // 7
        count = wanted.get(label)
        if count is None:
            young = period.start > year_start(label) - timedelta(days=365)
            mean = (0.3 if young else 0.14) * max(slots, 0) / 52
            # Most children hardly move; a few move again and again.
            mean *= 7 if unsettled else 0.7
            count = min(sum(rng.random() < mean / 4 for _ in range(4)), max(slots, 0))
        elif count and slots < count:
            raise ValueError(f"{label}: no room for {count} moves")
        picked = sorted(rng.sample(range(slots), count)) if count else []
        days += [first + timedelta(days=7 * slot + rng.randint(0, 4)) for slot in picked]
        label = reporting_year(year_end(label) + DAY)
    return days


def _spells(child: Child, period: Period, stop: date, mix: Mix, rng: random.Random) -> list[Spell]:
    """Placements in order, each with its first day and whether the carer stays the same."""
    starts = [period.start, *move_dates(period, stop, period.moves, rng)]
    if len(starts) == 1 and period.rec in ADOPTED and not period.pins:
        starts.append(period.start + DAY * max(int((stop - period.start).days * 0.6), 3))
    pins = {year_end(label): pin for label, pin in period.pins.items()}
    spells: list[Spell] = []
    for i, day in enumerate(starts):
        until = starts[i + 1] if i + 1 < len(starts) else stop
        pinned = [fixed for fixed in sorted(pins) if day <= fixed < until]
        if pinned:
            spells += _pinned(pins[pinned[-1]], day, pinned[-1], rng)
            continue
        final = i + 1 == len(starts)
        spells.append((day, _home(child, period, day, mix, rng, final=final), False))
    return _respite(period, spells, stop, rng)


def _pinned(pin: Pin, day: date, fixed: date, rng: random.Random) -> list[Spell]:
    """The placement on the day ``fixed``, after fostering by the same carers if so planned."""
    if not pin.same_carer_adoption:
        return [(day, pin.placement, False)]
    before = pin.placement.moved(place="U5")
    change = max(day + 20 * DAY, fixed - timedelta(days=rng.randint(90, 200)))
    return [(day, before, False), (change, pin.placement, True)]


def _home(
    child: Child, period: Period, day: date, mix: Mix, rng: random.Random, *, final: bool
) -> Placement:
    if final and period.rec in ADOPTED and day > period.start:
        provider = rng.choice(["PR1", "PR1", "PR5", "PR2"])
        home = of_kind("adoption", provider, rng)
        return home.moved(
            location="OUT", distance=f"{rng.uniform(8, 70):.1f}", postcode=postcode(rng)
        )
    return some_home(max(age_on(child.born, day), 0), mix, rng, seeker=child.uasc)


def _respite(period: Period, spells: list[Spell], stop: date, rng: random.Random) -> list[Spell]:
    """A few children with one placement are away for some days and come back to it."""
    if len(spells) != 1 or period.moves.get("no respite") or rng.random() > 0.02:
        return spells
    home = spells[0][1]
    day = period.start + (stop - period.start) * rng.uniform(0.6, 0.9)
    back = day + timedelta(days=rng.randint(3, 7))
    near_year_end = reporting_year(day) != reporting_year(back + 4 * DAY) or day.month == 4
    if home.place[0] != "U" or (stop - period.start).days < 150 or near_year_end:
        return spells
    away = Placement("T4", "", home.location, home.distance, postcode(rng))
    return [*spells, (day, away, False), (back, home, False)]


def _merge(
    period: Period, spells: list[Spell], orders: list[tuple[date, str]], rng: random.Random
) -> list[Episode]:
    """One episode for each stretch in which neither placement nor legal status changes."""
    homes = {day: (home, same) for day, home, same in spells}
    legal = dict(orders)
    home, status = spells[0][1], orders[0][1]
    episodes: list[Episode] = []
    for day in sorted(homes.keys() | legal.keys()):
        moved, ordered = day in homes, day in legal
        same = homes[day][1] if moved else False
        rne = {
            (True, True): "U" if same else "B",
            (True, False): "T" if same else "P",
            (False, True): "L",
        }[moved, ordered]
        if moved:
            home = homes[day][0]
        status = legal.get(day, status)
        if episodes:
            episodes[-1].dec, episodes[-1].rec = day, "X1"
            if moved:
                adoption = home.place[0] == "A"
                episodes[-1].reason = "CARPL" if adoption else weighted(REASONS, rng)
        episodes.append(Episode(day, rne if episodes else "S", status, home))
    if period.end is not None:
        episodes[-1].dec, episodes[-1].rec = period.end, period.rec
    return episodes


def build_short_breaks(child: Child, change: date, rng: random.Random) -> None:
    """V4 episodes: an agreed series of short breaks; the carers may change once."""
    period = child.periods[0]
    period.home = postcode(rng)
    home = of_kind("foster", "PR1", rng).moved(
        place="U6", location="IN", distance="4.2", postcode=postcode(rng)
    )
    period.episodes = [Episode(period.start, "S", "V4", home)]
    if period.start + 30 * DAY < change and (period.end is None or change < period.end):
        period.episodes[0].dec, period.episodes[0].rec = change, "X1"
        period.episodes[0].reason = "OTHER"
        period.episodes.append(Episode(change, "P", "V4", home.moved(postcode=postcode(rng))))
    if period.end is not None:
        period.episodes[-1].dec, period.episodes[-1].rec = period.end, "E8"
