"""Permanence, and why care ended, plainly."""

from __future__ import annotations

from datetime import date

from authorities import (
    NOT_AVAILABLE,
    NOT_RECORDED,
    TOTAL,
    Cell,
    Expected,
    Plain,
    Row,
    first_day,
    last_day,
    missing,
    number,
    ratio,
)
from plain_care import PlainCare, care, rows
from plain_placements import usual
from plain_reviewed import reviewed

REASON = {
    "adopted": "E11 E12",
    "special_guardianship": "E43 E44 E45 E46 E47 E48",
    "arrangements_order": "E41",
    "home_planned": "E4A",
    "home_unplanned": "E4B",
    "relatives": "E13",
    "independent": "E5 E6",
    "stayed_with_carers": "E17",
    "adult_social_care": "E7",
    "other_authority": "E3",
    "custody": "E9",
    "remand_ended": "E14",
    "age_assessed": "E15",
    "abroad": "E16",
    "died": "E2",
    "other": "E8",
    "not_known": "",
}
TOGETHER = {
    "adopted": ("adopted",),
    "special_guardianship": ("special_guardianship",),
    "orders": ("adopted", "special_guardianship", "arrangements_order"),
    "home": ("home_planned", "home_unplanned"),
}
Figures = dict[Cell, Expected]


def figures(plain: Plain, end: int) -> Figures:
    """Every cell of the section in the year that ends in ``end``."""
    found = care(plain)
    return {
        **_ended(found, end),
        **_adoption(plain, end),
        **_fostering(found, end),
        **_second_reviews(plain, found, end),
        **_life_story(plain, found, end),
    }


def _in(day: object, end: int) -> bool:
    return isinstance(day, date) and first_day(end) <= day <= last_day(end)


def _ended(found: PlainCare, end: int) -> Figures:
    counts = dict.fromkeys(REASON, 0)
    for period in found.periods:
        if _in(period.end, end):
            code = period.reason
            named = [name for name, codes in REASON.items() if code in codes.split()]
            counts[named[0] if named else "not_known"] += 1
    total = sum(counts.values())
    got: Figures = {("permanence.ended", TOTAL, TOTAL): number(total)}
    for name, count in counts.items():
        got[("permanence.ended", "reason", name)] = number(count)
    for name, reasons in TOGETHER.items():
        of_them = sum(counts[reason] for reason in reasons)
        got[(f"permanence.{name}", TOTAL, TOTAL)] = number(of_them)
        if name in ("orders", "home"):
            got[(f"permanence.{name}_percent", TOTAL, TOTAL)] = ratio(of_them, total)
    return got


def _adoption(plain: Plain, end: int) -> Figures:
    records = {row["CHILD"] for row in rows(plain, "ad1", end)}
    adopted: Figures = {("permanence.adoption_records", TOTAL, TOTAL): number(len(records))}
    if "ad1" not in plain.returned[end]:
        adopted = dict.fromkeys(adopted, missing(NOT_AVAILABLE))
    decisions = rows(plain, "placed_adoption", end, "CHILD", "DATE_PLACED")
    made = [row for row in decisions if _in(row["DATE_PLACED"], end)]
    reversed_ = [row for row in decisions if _in(row["DATE_PLACED_CEASED"], end)]
    got: Figures = {
        ("permanence.adoption_decisions", TOTAL, TOTAL): number(len(made)),
        ("permanence.adoption_reversed", TOTAL, TOTAL): number(len(reversed_)),
    }
    for code in ("RD1", "RD2", "RD3", "RD4", None):
        count = sum(row["REASON_PLACED_CEASED"] == code for row in reversed_)
        key = (code or "not_known").lower()
        got[("permanence.adoption_reversed", "reversal", key)] = number(count)
    if "placed_adoption" not in plain.returned[end]:
        got = dict.fromkeys(got, missing(NOT_AVAILABLE))
    return {**adopted, **got}


def _fostering(found: PlainCare, end: int) -> Figures:
    places = [episode.place for episode in usual(found, end).values()]
    relatives, others = places.count("U1"), places.count("U4")
    name, total = "permanence.long_term_fostering", relatives + others
    return {
        (name, TOTAL, TOTAL): number(total),
        (name, "carer", "relative"): number(relatives),
        (name, "carer", "other"): number(others),
        (f"{name}_percent", TOTAL, TOTAL): ratio(total, len(places)),
    }


def _second_reviews(plain: Plain, found: PlainCare, end: int) -> Figures:
    reviews = reviewed(plain, found)
    local: dict[tuple[object, object], list[Row]] = {}
    for row in plain.service[end].get("reviews_local", []):
        if row["status"] != "cancelled":
            local.setdefault((row["child_id"], row["review_date"]), []).append(row)
    answers = []
    for one in reviews.in_year(end):
        of_it = local.get((one.child, one.day), [])
        said = any(row["type"] == "second" for row in of_it)
        if one.which == "second" or (not reviews.counted(one.period) and said):
            answers.append({row["permanence_plan"] for row in of_it})
    with_plan = sum("yes" in each for each in answers)
    without = sum("no" in each and "yes" not in each for each in answers)
    unknown = len(answers) - with_plan - without
    plans: Figures = {
        ("permanence.plan_by_second", TOTAL, TOTAL): number(with_plan),
        ("permanence.no_plan_by_second", TOTAL, TOTAL): number(without),
        ("permanence.plan_not_recorded", TOTAL, TOTAL): number(unknown),
        ("permanence.plan_by_second_percent", TOTAL, TOTAL): missing(NOT_RECORDED)
        if answers and unknown == len(answers)
        else ratio(with_plan, len(answers)),
    }
    plans[("permanence.second_reviews", TOTAL, TOTAL)] = number(len(answers))
    reason = absent(plain, "reviews_local", end)
    if not reviews.known_in(end):
        reason = NOT_AVAILABLE
    return dict.fromkeys(plans, missing(reason)) if reason else plans


def absent(plain: Plain, table: str, end: int) -> str:
    """Why a service table of a year is not in use; blank if it is."""
    if table in plain.service[end]:
        return ""
    return NOT_AVAILABLE if table in plain.unreadable.get(end, frozenset()) else NOT_RECORDED


def _life_story(plain: Plain, found: PlainCare, end: int) -> Figures:
    own = plain.service[end].get("permanence", [])
    said: dict[str, set[object]] = {child: set() for child in found.looked_after(end)}
    for row in own:
        if row["child_id"] in said:
            said[str(row["child_id"])].add(row["life_story"])
    has = sum("yes" in each for each in said.values())
    has_not = sum("no" in each and "yes" not in each for each in said.values())
    unknown = len(said) - has - has_not
    nothing = bool(said) and unknown == len(said)
    meetings = {
        (row["child_id"], row["disruption_meeting_date"])
        for row in own
        if _in(row["disruption_meeting_date"], end)
    }
    recorded = ratio(has, has + has_not)
    figures = {
        "life_story": number(has),
        "life_story_no": number(has_not),
        "life_story_not_recorded": number(unknown),
        "life_story_percent": missing(NOT_RECORDED) if nothing else ratio(has, len(said)),
        "life_story_recorded_percent": missing(NOT_RECORDED) if nothing else recorded,
        "disruption_meetings": number(len(meetings)),
    }
    reason = absent(plain, "permanence", end)
    return {
        (f"permanence.{name}", TOTAL, TOTAL): missing(reason) if reason else figure
        for name, figure in figures.items()
    }
