"""Placements, stability, absence and social workers, plainly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from authorities import (
    NOT_APPLICABLE,
    NOT_ASSESSABLE,
    NOT_AVAILABLE,
    NOT_RECORDED,
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
from plain_care import Episode, Period, PlainCare, care, described, rows
from plain_profile import unaccompanied

PLACEMENT = {
    "foster": "U1 U2 U3 U4 U5 U6",
    "adoption": "A3 A4 A5 A6",
    "parents": "P1",
    "childrens_homes": "K1 K2",
    "independent": "H5 K3 P2",
    "residential_schools": "S1",
    "other_residential": "R1 R2 R3 R5",
    "other": "P3 Z1 Z11 Z12 Z13 Z14 T0 T1 T2 T3 T4",
    "not_known": "",
}
BEFORE_2018 = {
    "foster": "U1 U2 U3 U4 U5 U6",
    "adoption": "A3 A4 A5 A6",
    "parents": "P1",
    "other_community": "P2 P3",
    "secure_homes_and_semi_independent": "K1 K2 K3 H5",
    "residential_schools": "S1",
    "other_residential": "R1 R2 R3 R5",
    "other": "Z1 Z11 Z12 Z13 Z14 T0 T1 T2 T3 T4",
    "not_known": "",
}
PROVIDER = {
    "own": "PR1",
    "other_authority": "PR2",
    "other_public": "PR3",
    "private": "PR4",
    "voluntary": "PR5",
    "parents": "PR0",
    "not_reported": "",
}
SIDES, FAR = ("inside", "outside", "not_known"), ("20_or_less", "over_20", "not_known")
TIME = (
    "under_6_months",
    "6_to_12_months",
    "1_to_2_years",
    "2_to_5_years",
    "5_years_and_over",
    "not_known",
)
REASONS = "carpl close alleg stand apprr creqb creqo child lareq place custod other not_recorded"
KINDS = ("missing", "away", "not_known")
ADOPTION = ("A3", "A4", "A5", "A6")
NEW_CARER = ("S", "P", "B")
FIRST_WITH_WORKERS = 2024
Figures = dict[Cell, Expected]


@dataclass
class Placement:
    """A child's episodes with one carer, none of them temporary, in order."""

    episodes: list[Episode]

    @property
    def start(self) -> date:
        """The first day with the carer."""
        return self.episodes[0].start

    @property
    def end(self) -> date | None:
        """The last day with the carer; None while it lasts."""
        return self.episodes[-1].end


def figures(plain: Plain, end: int) -> Figures:
    """Every cell of the section in the year that ends in ``end``."""
    found = care(plain)
    return {
        **_placed(found, end),
        **_located(plain, found, end),
        **_time_in_care(found, end),
        **_in_year(found, end),
        **_long_term(plain, found, end),
        **_moves(found, end),
        **_absences(plain, found, end),
        **_workers(plain, found, end),
    }


def placements(period: Period) -> list[Placement]:
    """The placements of a period of care, in order."""
    made: list[Placement] = []
    for n, episode in enumerate(period.episodes):
        if episode.temporary:
            continue
        away = n > 0 and period.episodes[n - 1].temporary
        same = bool(made) and (
            episode.rne not in NEW_CARER or (away and _back(made[-1].episodes[-1], episode))
        )
        if same:
            made[-1].episodes.append(episode)
        else:
            made.append(Placement([episode]))
    return made


def _back(before: Episode, episode: Episode) -> bool:
    """Whether the child came back, after a temporary stay, to where it was before."""
    elsewhere = (
        None not in (before.location, episode.location) and before.location != episode.location
    )
    farther = None not in (before.miles, episode.miles) and before.miles != episode.miles
    same = (before.place, before.provider) == (episode.place, episode.provider)
    return same and not elsewhere and not farther


def usual(found: PlainCare, end: int) -> dict[str, Episode]:
    """The episode in which each child looked after on 31 March is, or usually is, placed."""
    day = last_day(end)
    where = {}
    for period in found.open_on(day):
        begun = [episode for episode in period.episodes if episode.start <= day]
        lasting = [episode for episode in begun if not episode.temporary]
        where[period.child] = (lasting if lasting and begun[-1].temporary else begun)[-1]
    return where


def _grouped(code: str | None, groups: dict[str, str]) -> str:
    for name, codes in groups.items():
        if code in codes.split():
            return name
    return list(groups)[-1]


def _shares(name: str, breakdown: str, names: Iterable[str], keys: list[str]) -> Figures:
    """Counts and percentages of all keys by category."""
    counts, total = Counter(keys), len(keys)
    got: Figures = {(f"placements.{name}", TOTAL, TOTAL): number(total)}
    for key in names:
        got[(f"placements.{name}", breakdown, key)] = number(counts[key])
        got[(f"placements.{name}_percent", breakdown, key)] = ratio(counts[key], total)
    return got


def _placed(found: PlainCare, end: int) -> Figures:
    children = usual(found, end).values()
    places = [_grouped(one.place, PLACEMENT) for one in children]
    before = [_grouped(one.place, BEFORE_2018) for one in children]
    providers = [_grouped(one.provider, PROVIDER) for one in children]
    return {
        **_shares("placed", "placement", PLACEMENT, places),
        **_shares("placed", "placement_before_2018", BEFORE_2018, before),
        **_shares("placed", "provider", PROVIDER, providers),
    }


def _located(plain: Plain, found: PlainCare, end: int) -> Figures:
    asylum = unaccompanied(plain, end)
    sides, miles = [], []
    for child, episode in usual(found, end).items():
        sides.append({"IN": "inside", "OUT": "outside"}.get(str(episode.location), "not_known"))
        if episode.miles is None or child in asylum:
            miles.append("not_known")
        else:
            miles.append("20_or_less" if episode.miles <= 20 else "over_20")
    crossings = [f"{side}*{far}" for side in SIDES for far in FAR]
    both = [f"{side}*{far}" for side, far in zip(sides, miles, strict=True)]
    got = {
        **_shares("located", "locality", SIDES, sides),
        **_shares("located", "distance", FAR, miles),
        **_shares("located", "locality*distance", crossings, both),
    }
    said = any(
        episode.location or episode.miles is not None
        for period in found.periods
        for episode in period.episodes
        if episode.start <= last_day(end) and (episode.end is None or episode.end >= first_day(end))
    )
    return got if said else dict.fromkeys(got, missing(NOT_RECORDED))


def _time_in_care(found: PlainCare, end: int) -> Figures:
    keys = []
    for period in found.open_on(last_day(end)):
        key = "under_6_months"
        for day, name in (
            (date(end - 1, 9, 30), "6_to_12_months"),
            (last_day(end - 1), "1_to_2_years"),
            (last_day(end - 2), "2_to_5_years"),
            (last_day(end - 5), "5_years_and_over"),
        ):
            key = name if period.start <= day else key
        keys.append(key if period.start_known else "not_known")
    return _shares("time_in_care", "time_in_care", TIME, keys)


def _in_year(found: PlainCare, end: int) -> Figures:
    keys = []
    for child in found.looked_after(end):
        had = [
            placement
            for period in found.periods
            if period.child == child
            for placement in placements(period)
            if placement.start <= last_day(end)
            and any(one.end is None or one.end > first_day(end) for one in placement.episodes)
        ]
        keys.append("3_or_more" if len(had) >= 3 else str(len(had) or 1))
    names = ("1", "2", "3_or_more")
    got = _shares("in_year", "placements_in_year", names, keys)
    share = ratio(keys.count("3_or_more"), len(keys))
    return {
        **{cell: figure for cell, figure in got.items() if cell[0] == "placements.in_year"},
        ("placements.three_or_more_percent", TOTAL, TOTAL): share,
    }


def _long_term(plain: Plain, found: PlainCare, end: int) -> Figures:
    cells = [
        (f"placements.{name}", TOTAL, TOTAL)
        for name in ("long_term", "long_term_stable", "long_term_stable_percent")
    ]
    if plain.history[0] > end - 2:
        return dict.fromkeys(cells, missing(NOT_ASSESSABLE))
    known = described(plain)
    long_term = stable = 0
    for period in found.open_on(last_day(end)):
        years = age(known.get(period.child, {}).get("DOB"), last_day(end))
        if years is None or years >= 16 or period.start > date(end - 3, 9, 30):
            continue
        long_term += 1
        had = [one for one in placements(period) if one.start <= last_day(end)]
        if not had:
            continue
        begun = had[-1].start
        now = [one for one in had[-1].episodes if one.start <= last_day(end)][-1]
        if now.place in ADOPTION and len(had) > 1:
            begun = had[-2].start
        stable += begun <= last_day(end - 2)
    figures = (number(long_term), number(stable), ratio(stable, long_term))
    return dict(zip(cells, figures, strict=True))


def _moves(found: PlainCare, end: int) -> Figures:
    reasons = []
    for period in found.periods:
        if not period.touches(end):
            continue
        for placement in placements(period)[1:]:
            if not first_day(end) <= placement.start <= last_day(end):
                continue
            n = period.episodes.index(placement.episodes[0])
            reasons.append((period.episodes[n - 1].reason or NOT_RECORDED).lower())
    got = _shares("moves", "reason", REASONS.split(), reasons)
    return {cell: figure for cell, figure in got.items() if cell[0] == "placements.moves"}


def _absences(plain: Plain, found: PlainCare, end: int) -> Figures:
    in_year = found.in_year(end)
    times = [
        (str(row["CHILD"]), {"M": "missing", "A": "away"}.get(str(row["MISSING"]), "not_known"))
        for row in rows(plain, "missing", end, "CHILD", "MISSING", "MIS_START")
        if row["CHILD"] in in_year
        and isinstance(row["MIS_START"], date)
        and row["MIS_START"] <= last_day(end)
        and not (isinstance(row["MIS_END"], date) and row["MIS_END"] < first_day(end))
    ]
    got: Figures = {}
    for kind in (TOTAL, *KINDS):
        of_kind = [child for child, which in times if kind in (TOTAL, which)]
        where = (TOTAL if kind == TOTAL else "kind", kind)
        children = len(set(of_kind))
        got[("placements.absences", *where)] = number(len(of_kind))
        got[("placements.absent_children", *where)] = number(children)
        got[("placements.absent_children_percent", *where)] = ratio(children, len(in_year))
    kept = "missing" in plain.returned[end]
    return got if kept else dict.fromkeys(got, missing(NOT_AVAILABLE))


def _workers(plain: Plain, found: PlainCare, end: int) -> Figures:
    had: dict[str, set[object]] = {child: set() for child in found.looked_after(end)}
    for row in rows(plain, "sw_episodes", end, "CHILD", "SW_ID", "SW_DECOM"):
        start, stop = row["SW_DECOM"], row["SW_DEC"]
        begun = isinstance(start, date) and start <= last_day(end)
        lasted = not (isinstance(stop, date) and stop <= first_day(end))
        if row["CHILD"] in had and begun and lasted:
            had[str(row["CHILD"])].add(row["SW_ID"])
    keys = []
    for workers in had.values():
        many = "3_or_more" if len(workers) >= 3 else str(len(workers))
        keys.append(many if workers else NOT_RECORDED)
    names = ("1", "2", "3_or_more", NOT_RECORDED)
    got = _shares("workers", "social_workers", names, keys)
    got = {cell: figure for cell, figure in got.items() if cell[0] == "placements.workers"}
    share = ratio(keys.count("3_or_more"), len(keys))
    got[("placements.three_or_more_workers_percent", TOTAL, TOTAL)] = share
    if end < FIRST_WITH_WORKERS:
        return dict.fromkeys(got, missing(NOT_APPLICABLE))
    return (
        got if "sw_episodes" in plain.returned[end] else dict.fromkeys(got, missing(NOT_AVAILABLE))
    )
