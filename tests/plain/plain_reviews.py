"""Reviews held, on time, due, overdue; reasons, methods, teams: computed plainly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from authorities import (
    NOT_ASSESSABLE,
    NOT_AVAILABLE,
    TOTAL,
    Plain,
    Row,
    first_day,
    last_day,
    missing,
    number,
    ratio,
)
from plain_care import Episode, PlainCare, care
from plain_reviewed import Held, Reviewed, reviewed
from plain_tables import (
    Cells,
    day,
    extra_holidays,
    in_use,
    in_year,
    kept,
    own,
    text,
    total,
    why_missing,
    working_day_after,
    working_days_between,
)

SEQUENCE = ("first", "second", "later")
QUARTERS = ("q1", "q2", "q3", "q4")
LEGAL = {
    "C2": "full_care_order",
    "C1": "interim_care_order",
    "E1": "placement_order",
    "V2": "section_20",
    **dict.fromkeys(("L1", "L2", "L3"), "child_protection"),
    **dict.fromkeys(("J1", "J2", "J3"), "youth_justice"),
    "D1": "freeing_order",
    "": "not_known",
}
PLACES = {
    **dict.fromkeys(("U1", "U2", "U3", "U4", "U5", "U6"), "foster"),
    **dict.fromkeys(("A3", "A4", "A5", "A6"), "adoption"),
    "P1": "parents",
    **dict.fromkeys(("K1", "K2"), "childrens_homes"),
    **dict.fromkeys(("H5", "K3", "P2"), "independent"),
    "S1": "residential_schools",
    **dict.fromkeys(("R1", "R2", "R3", "R5"), "other_residential"),
    **dict.fromkeys(("P3", "Z1", "Z11", "Z12", "Z13", "Z14"), "other"),
    **dict.fromkeys(("T0", "T1", "T2", "T3", "T4"), "other"),
    "": "not_known",
}
TEAMS = (*(f"team_{n}" for n in range(1, 9)), "others", "not_recorded")
LATENESS = ("1_to_5", "6_to_10", "11_to_20", "21_or_more")
REASONS = {
    "social worker absent": "social_worker_absent",
    "report not ready": "report_not_ready",
    "iro sick": "iro_capacity",
    "late notification": "late_notification",
    "parent's request": "parent_request",
    "child's request": "child_request",
    "placement move": "placement_move",
    "child missing": "child_missing",
    "school holiday": "school_holiday",
    "admin error": "administrative_error",
    "court": "awaiting_court",
}
ALL_REASONS = (*REASONS.values(), "other", "not_recorded")
METHODS = ("in_person", "virtual", "hybrid", "not_recorded")
JUDGED = ("on_time", "late", "not_assessable")

Keys = Callable[[Held], str]


def figures(plain: Plain, end: int) -> Cells:
    """Each cell of the section in the year that ends in ``end``."""
    cared = care(plain)
    found = reviewed(plain, cared)
    held = found.in_year(end)
    cells = {
        **_held(plain, found, held, end),
        **_due(found, end),
        **_children(plain, cared, found, end),
        **_not_in_return(plain, end),
    }
    if not found.known_in(end):
        local = ("reviews.cancelled", "reviews.adjourned")
        return {
            cell: value if cell[0] in local else missing(NOT_AVAILABLE)
            for cell, value in cells.items()
        }
    return cells


def judged(one: Held) -> str:
    """on_time, late or not_assessable."""
    if one.due is None:
        return "not_assessable"
    return "on_time" if one.day <= one.due else "late"


def _split(measure: str, breakdown: str, keys: Iterable[str], said: Iterable[str]) -> Cells:
    count = Counter(said)
    return {(measure, breakdown, key): number(count[key]) for key in keys}


def _held(plain: Plain, found: Reviewed, held: Sequence[Held], end: int) -> Cells:
    late = [one for one in held if judged(one) == "late"]
    children = Counter(one.child for one in held)
    before = found.in_year(end - 1)
    cells: Cells = {total("reviews.held"): number(len(held))}
    if end - 1 in plain.history and found.known_in(end - 1):
        change = len(held) - len(before)
        cells[total("reviews.held_change")] = number(change)
        cells[total("reviews.held_change_percent")] = ratio(change, len(before))
    else:
        for name in ("held_change", "held_change_percent"):
            cells[total(f"reviews.{name}")] = missing(NOT_ASSESSABLE)
    several = [f"{count}" if count < 4 else "4_or_more" for count in children.values()]
    cells |= {
        total("reviews.children"): number(len(children)),
        **_split("reviews.children", "reviews_per_child", ("1", "2", "3", "4_or_more"), several),
        total("reviews.per_child"): ratio(len(held), len(children), 1),
        total("reviews.adoption"): number(sum(_adoption(one) for one in held)),
        **_by_splits(plain, held, end),
        **_split("reviews.late", "lateness", LATENESS, (_band(plain, one) for one in late)),
    }
    of_rows = {
        **_split("reviews.late", "reason", ALL_REASONS, map(_reason, late)),
        **_split("reviews.held", "method", METHODS, map(_method, held)),
        **{
            ("reviews.method_percent", "method", key): ratio(
                sum(_method(one) == key for one in held), len(held)
            )
            for key in METHODS
        },
        total("reviews.service_due_dates"): number(sum(one.by_service for one in held)),
    }
    if not kept(plain, "reviews_local", end):
        of_rows = dict.fromkeys(of_rows, why_missing(plain, "reviews_local", end))
    return cells | of_rows


def _by_splits(plain: Plain, held: Sequence[Held], end: int) -> Cells:
    """Held, on time, late, not assessable and the percentage, by each way of dividing."""
    splits: dict[str, tuple[Iterable[str], Keys]] = {
        TOTAL: ((TOTAL,), lambda one: TOTAL),
        "sequence": (SEQUENCE, lambda one: one.which),
        "quarter": (QUARTERS, lambda one: f"q{(one.day.month - 4) % 12 // 3 + 1}"),
        "legal_status": (dict.fromkeys(LEGAL.values()), _legal),
        "placement_type": (dict.fromkeys(PLACES.values()), _place),
    }
    cells: Cells = {}
    for name, (keys, of) in splits.items():
        for key in keys:
            cells |= _of_part(name, key, [one for one in held if of(one) == key])
    team = teams(plain, held, end)
    for key in TEAMS:
        part = [one for one, own_team in zip(held, team or [], strict=False) if own_team == key]
        of_team = _of_part("team", key, part)
        for table in ("iro_staff", "reviews_local"):
            if not kept(plain, table, end):
                of_team = dict.fromkeys(of_team, why_missing(plain, table, end))
        cells |= of_team
    return cells


def _of_part(breakdown: str, key: str, part: Sequence[Held]) -> Cells:
    counts = Counter(judged(one) for one in part)
    cells = {(f"reviews.{name}", breakdown, key): number(counts[name]) for name in JUDGED}
    cells["reviews.held", breakdown, key] = number(len(part))
    assessable = counts["on_time"] + counts["late"]
    percent = ratio(counts["on_time"], assessable)
    if part and not assessable:
        percent = missing(NOT_ASSESSABLE)
    cells["reviews.on_time_percent", breakdown, key] = percent
    return cells


def _legal(one: Held) -> str:
    begun = _begun(one)
    return LEGAL[(begun[-1].legal if begun else None) or ""]


def _begun(one: Held) -> list[Episode]:
    return [episode for episode in one.period.episodes if episode.start <= one.day]


def _place(one: Held) -> str:
    """The placement on the day, of a temporary one the last before it."""
    begun = _begun(one)
    if begun and begun[-1].temporary:
        begun = [episode for episode in begun if not episode.temporary] or begun
    return PLACES[(begun[-1].place if begun else None) or ""]


def _adoption(one: Held) -> bool:
    return _place(one) == "adoption" or _legal(one) == "placement_order"


def _band(plain: Plain, one: Held) -> str:
    assert one.due is not None
    late = working_days_between(one.due, one.day, extra_holidays(plain))
    return LATENESS[(late > 5) + (late > 10) + (late > 20)]


def _reason(one: Held) -> str:
    said = text(one.local, "late_reason") if one.local else None
    return REASONS.get(said.lower(), "other") if said else "not_recorded"


def _method(one: Held) -> str:
    return (text(one.local, "method") if one.local else None) or "not_recorded"


def teams(plain: Plain, held: Sequence[Held], end: int) -> list[str]:
    """The team of each review, small ones joined."""
    names = sorted({name for row in in_use(plain, "iro_staff") if (name := text(row, "team"))})
    by_name = [_team(plain, one, end) for one in held]
    reviews = {name: by_name.count(name) for name in names}
    iros = {
        name: {
            one.local["iro_id"]
            for one, own_team in zip(held, by_name, strict=True)
            if own_team == name and one.local
        }
        for name in names
    }
    shown = [name for name in names[:8] if len(iros[name]) >= 3 and reviews[name] >= 10]
    others = [name for name in names if name not in shown and reviews[name]]
    while others and shown:
        together = set().union(*(iros[name] for name in others))
        if len(together) >= 3 and sum(reviews[name] for name in others) >= 10:
            break
        fewest = min(reviews[name] for name in shown)
        joins = [name for name in shown if reviews[name] == fewest][-1]
        shown.remove(joins)
        others.append(joins)
    numbered = {name: f"team_{n}" for n, name in enumerate(names, 1)}
    return [
        "not_recorded" if name is None else numbered[name] if name in shown else "others"
        for name in by_name
    ]


def _team(plain: Plain, one: Held, end: int) -> str | None:
    iro = text(one.local, "iro_id") if one.local else None
    if iro is None:
        return None
    for row in own(plain, "iro_staff", end):
        begun = day(row, "start") is None or (day(row, "start") or date.min) <= one.day
        ended = (day(row, "end") or date.max) < one.day
        if row["iro_id"] == iro and begun and not ended and row["team"]:
            return text(row, "team")
    return None


def _due(found: Reviewed, end: int) -> Cells:
    """Reviews that were due in the year."""
    names = [total(f"reviews.{name}") for name in ("due", "due_met", "due_missed")]
    percent = total("reviews.due_met_percent")
    if end <= found.known_from:
        return dict.fromkeys([*names, percent], missing(NOT_ASSESSABLE))
    due = [duty for duty in found.duties if duty.counts() and in_year(duty.due, end)]
    met = sum(duty.met for duty in due)
    counts = (len(due), met, len(due) - met)
    return {
        **{name: number(count) for name, count in zip(names, counts, strict=True)},
        percent: ratio(met, len(due)),
    }


def _children(plain: Plain, cared: PlainCare, found: Reviewed, end: int) -> Cells:
    """Children looked after on 31 March, and reviews overdue on that day."""
    last = last_day(end)
    here = cared.looked_after(end)
    periods = [period for period in cared.open_on(last) if period.child in here]
    overdue = sum(
        duty.due < last and (duty.held is None or duty.held > last)
        for duty in found.duties
        if duty.period in periods
    )
    counts = Counter(
        _child(cared, found, period.child, end)
        for period in periods
        if working_day_after(period.start, 20, extra_holidays(plain)) <= last
    )
    on_time, late = counts["all_on_time"], counts["some_late"]
    percent = ratio(on_time, on_time + late)
    if counts["not_assessable"] and not on_time + late:
        percent = missing(NOT_ASSESSABLE)
    return {
        total("reviews.children_all_on_time"): number(on_time),
        total("reviews.children_some_late"): number(late),
        total("reviews.children_not_assessable"): number(counts["not_assessable"]),
        total("reviews.children_all_on_time_percent"): percent,
        total("reviews.overdue"): number(overdue),
    }


def _child(cared: PlainCare, found: Reviewed, child: str, end: int) -> str:
    held = [one for one in found.held if one.child == child]
    if any(one.due is None for one in held if in_year(one.day, end)):
        return "not_assessable"
    for period in cared.periods:
        if period.child == child and period.touches(end) and not found.counted(period):
            own = [one for one in held if one.period is period]
            if not own or (own[0].due is None and own[0].day >= first_day(end)):
                return "not_assessable"
    due = [
        duty
        for duty in found.duties
        if duty.child == child and duty.counts() and in_year(duty.due, end)
    ]
    return "all_on_time" if all(duty.met for duty in due) else "some_late"


def _not_in_return(plain: Plain, end: int) -> Cells:
    """Reviews cancelled and adjourned, by the service's own table."""
    rows = {
        (row["child_id"], row["due_date"], row["review_date"], row["status"]): row
        for row in in_use(plain, "reviews_local")
        if row["type"] != "short_break"
    }
    there = kept(plain, "reviews_local", end)
    gone = why_missing(plain, "reviews_local", end)
    fell = [row["status"] for row in rows.values() if _belongs(row, end)]
    return {
        total(f"reviews.{status}"): number(fell.count(status)) if there else gone
        for status in ("cancelled", "adjourned")
    }


def _belongs(row: Row, end: int) -> bool:
    planned = day(row, "review_date") or day(row, "due_date")
    return in_year(planned, end) if planned else row["YEAR"] == end
