"""The profile of the children, plainly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from authorities import (
    NOT_ASSESSABLE,
    NOT_AVAILABLE,
    TOTAL,
    Cell,
    Expected,
    Plain,
    age,
    first_day,
    last_day,
    missing,
    number,
    ratio,
)
from plain_care import PlainCare, care, described, rows

CATEGORIES = {
    "sex": ("female", "male", "not_known"),
    "age": ("under_1", "1_to_4", "5_to_9", "10_to_15", "16_and_over", "not_known"),
    "ethnicity": ("white_british", "white_other", "mixed", "asian", "black", "other", "not_known"),
    "ethnic_group": ("white", "mixed", "asian", "black", "other", "not_known"),
    "ethnic_minority": ("white_british", "minority", "remaining"),
    "uasc": ("uasc", "other"),
    "legal_status": (
        "full_care_order",
        "interim_care_order",
        "placement_order",
        "section_20",
        "child_protection",
        "youth_justice",
        "freeing_order",
        "not_known",
    ),
    "need": ("n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "not_known"),
}
SEX = {"F": "female", "M": "male"}
LEGAL = {
    "C2": "full_care_order",
    "C1": "interim_care_order",
    "E1": "placement_order",
    "V2": "section_20",
    **dict.fromkeys(("L1", "L2", "L3"), "child_protection"),
    **dict.fromkeys(("J1", "J2", "J3"), "youth_justice"),
    "D1": "freeing_order",
}
ETHNIC = {
    **dict.fromkeys(("WIRI", "WOTH", "WIRT", "WROM"), "white_other"),
    "WBRI": "white_british",
    **dict.fromkeys(("MWBC", "MWBA", "MWAS", "MOTH"), "mixed"),
    **dict.fromkeys(("AIND", "APKN", "ABAN", "AOTH", "CHNE"), "asian"),
    **dict.fromkeys(("BCRB", "BAFR", "BOTH"), "black"),
    "OOTH": "other",
}
MONTHS = ("apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "jan", "feb", "mar")
Figures = dict[Cell, Expected]


def figures(plain: Plain, end: int) -> Figures:
    """Every cell of the section in the year that ends in ``end``."""
    found = care(plain)
    return {
        **_children(plain, found, end),
        **_change(plain, found, end),
        **_flows(found, end),
        **_short_breaks(found, end),
    }


def unaccompanied(plain: Plain, end: int) -> set[str]:
    """Children who were unaccompanied asylum-seeking at the end of 31 March."""
    return {
        str(row["CHILD"])
        for row in rows(plain, "uasc", end, "CHILD")
        if not (isinstance(row["DUC"], date) and row["DUC"] <= last_day(end))
    }


def _band(years: int | None) -> str:
    if years is None:
        return "not_known"
    for highest, name in ((0, "under_1"), (4, "1_to_4"), (9, "5_to_9"), (15, "10_to_15")):
        if years <= highest:
            return name
    return "16_and_over"


def _children(plain: Plain, found: PlainCare, end: int) -> Figures:
    known = described(plain)
    asylum = unaccompanied(plain, end)
    counts: dict[str, Counter[str]] = {name: Counter() for name in CATEGORIES}
    episodes = found.looked_after(end)
    for child, episode in episodes.items():
        row = known.get(child, {})
        group = ETHNIC.get(str(row.get("ETHNIC")), "not_known")
        counts["sex"][SEX.get(str(row.get("SEX")), "not_known")] += 1
        counts["age"][_band(age(row.get("DOB"), last_day(end)))] += 1
        counts["ethnicity"][group] += 1
        counts["ethnic_group"]["white" if group.startswith("white") else group] += 1
        minority = "remaining" if group in ("white_other", "not_known") else "minority"
        counts["ethnic_minority"][group if group == "white_british" else minority] += 1
        counts["uasc"]["uasc" if child in asylum else "other"] += 1
        counts["legal_status"][LEGAL.get(str(episode.legal), "not_known")] += 1
        counts["need"][(episode.need or "not_known").lower()] += 1
    total = len(episodes)
    got: Figures = {("profile.looked_after", TOTAL, TOTAL): number(total)}
    for breakdown, names in CATEGORIES.items():
        for name in names:
            count = counts[breakdown][name]
            got[("profile.looked_after", breakdown, name)] = number(count)
            got[("profile.looked_after_percent", breakdown, name)] = ratio(count, total)
    if "uasc" not in plain.returned[end]:
        got |= {cell: missing(NOT_AVAILABLE) for cell in got if cell[1] == "uasc"}
    return got


def _change(plain: Plain, found: PlainCare, end: int) -> Figures:
    now = len(found.looked_after(end))
    rate = missing(NOT_AVAILABLE)
    if end in plain.population:
        rate = ratio(now, plain.population[end], 10_000)
    change = percent = missing(NOT_ASSESSABLE)
    if end - 1 in plain.history:
        before = len(found.looked_after(end - 1))
        change, percent = number(now - before), ratio(now - before, before)
    return {
        ("profile.rate", TOTAL, TOTAL): rate,
        ("profile.looked_after_change", TOTAL, TOTAL): change,
        ("profile.looked_after_change_percent", TOTAL, TOTAL): percent,
    }


def _in(day: date | None, end: int) -> bool:
    return day is not None and first_day(end) <= day <= last_day(end)


def _flows(found: PlainCare, end: int) -> Figures:
    begun = [period for period in found.periods if _in(period.start, end)]
    ended = [period for period in found.periods if _in(period.end, end)]
    before = len(found.open_on(last_day(end - 1)))
    got: Figures = {
        ("profile.in_year", TOTAL, TOTAL): number(len(found.in_year(end))),
        ("profile.children_started", TOTAL, TOTAL): number(len({one.child for one in begun})),
        ("profile.children_ceased", TOTAL, TOTAL): number(len({one.child for one in ended})),
        ("profile.periods_open_before", TOTAL, TOTAL): number(before),
        ("profile.periods_in_year", TOTAL, TOTAL): number(before + len(begun)),
        ("profile.periods_open", TOTAL, TOTAL): number(len(found.open_on(last_day(end)))),
    }
    for name, days in (
        ("profile.periods_started", [one.start for one in begun]),
        ("profile.periods_ended", [one.end for one in ended if one.end]),
    ):
        got |= _by_month(name, days)
    return got


def _by_month(name: str, days: Iterable[date]) -> Figures:
    months = Counter((day.month - 4) % 12 for day in days)
    got: Figures = {(name, TOTAL, TOTAL): number(sum(months.values()))}
    for n, month in enumerate(MONTHS):
        got[(name, "month", month)] = number(months[n])
    for n in range(4):
        three = sum(months[month] for month in range(3 * n, 3 * n + 3))
        got[(name, "quarter", f"q{n + 1}")] = number(three)
    return got


def _short_breaks(found: PlainCare, end: int) -> Figures:
    """An episode without an end counts up to 31 March of its last return's year."""
    on_breaks = {
        one.child
        for one in found.breaks
        if one.start <= last_day(end) and (one.end or last_day(one.sent)) >= first_day(end)
    }
    return {("profile.short_breaks", TOTAL, TOTAL): number(len(on_breaks))}
