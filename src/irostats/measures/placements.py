"""Placements: kind, provider, place, time in care, moves, stability, absence, social workers.

Items A6, A7, A9 and A11 to A15.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.care import in_year
from irostats.derive import Derived
from irostats.figures import Figure, Status
from irostats.measures.counting import Section
from irostats.measures.definitions.placements import MEASURES, RELATIONS, SECTION
from irostats.measures.definitions.placements_breakdowns import (
    CROSSING,
    KINDS,
    NOT_KNOWN,
    NOT_RECORDED,
)
from irostats.ssda903 import codes

__all__ = ["MEASURES", "RELATIONS", "SECTION", "compute"]

FAR = 20
"""Miles from home beyond which a placement is far."""
LONG_TERM_MONTHS = 30
STABLE_YEARS = 2
STABLE_UNDER_AGE = 16
WORKERS_FROM = ReportingYear(2024)
"""The first year whose return has social workers."""
SINCE = {
    "5_years_and_over": pd.DateOffset(years=5),
    "2_to_5_years": pd.DateOffset(years=2),
    "1_to_2_years": pd.DateOffset(years=1),
    "6_to_12_months": pd.DateOffset(months=6),
}
KIND_CODES = {"M": "missing", "A": "away"}


def compute(derived: Derived, year: ReportingYear) -> Iterator[Figure]:
    """Figures of the section for one year."""
    make = Section(MEASURES, year)
    children = derived.usual_placements(year)
    yield from _placed(make, children)
    yield from _located(derived, make, children)
    yield from _time_in_care(derived, make, children)
    yield from _in_year(derived, make, children)
    yield from _long_term(derived, make, children)
    yield from _moves(derived, make)
    yield from _absences(derived, make)
    yield from _workers(derived, make, children)


def _placed(make: Section, children: pd.DataFrame) -> Iterator[Figure]:
    place, provider = codes.load("PLACE"), codes.load("PLACE_PROVIDER")
    keys = {
        "placement": _coded(children["PLACE"], place.group_by_code),
        "placement_before_2018": _coded(children["PLACE"], place.former_group_by_code),
        "provider": _coded(children["PLACE_PROVIDER"], provider.group_by_code, "not_reported"),
    }
    yield from _parts(make, "placements.placed", len(children), keys)


def _located(derived: Derived, make: Section, children: pd.DataFrame) -> Iterator[Figure]:
    names = ("placements.located", "placements.located_percent")
    if not _location_given(derived.care.episodes, make.year):
        yield from make.all_missing(names, Status.NOT_RECORDED)
        return
    side = _coded(children["PL_LOCATION"], codes.load("PL_LOCATION").group_by_code)
    miles = children["PL_DISTANCE"].mask(children["CHILD"].isin(derived.uasc(make.year)))
    far = pd.Series(NOT_KNOWN, index=children.index, dtype="string")
    far = far.mask(miles <= FAR, "20_or_less").mask(miles > FAR, "over_20")
    keys = {"locality": side, "distance": far, CROSSING.name: side + "*" + far}
    yield from _parts(make, names[0], len(children), keys)


def _location_given(episodes: pd.DataFrame, year: ReportingYear) -> bool:
    """Whether any episode with a day in the year says where its placement lies."""
    begun = episodes["DECOM"] <= pd.Timestamp(year.last_day)
    open_then = begun & ~(episodes["DEC"] < pd.Timestamp(year.first_day))
    return bool(episodes.loc[open_then, ["PL_LOCATION", "PL_DISTANCE"]].notna().to_numpy().any())


def _time_in_care(derived: Derived, make: Section, children: pd.DataFrame) -> Iterator[Figure]:
    periods = derived.care.periods.reindex(children["period"]).set_axis(children.index)
    start, known = periods["start"], periods["start_known"]
    day = pd.Timestamp(make.year.last_day)
    bands = pd.Series("under_6_months", index=children.index, dtype="string")
    for name, span in reversed(SINCE.items()):
        bands = bands.mask(start <= day - span, name)
    keys = {"time_in_care": bands.where(known.astype(bool), NOT_KNOWN)}
    yield from _parts(make, "placements.time_in_care", len(children), keys)


def _in_year(derived: Derived, make: Section, children: pd.DataFrame) -> Iterator[Figure]:
    had = derived.placements.in_year(make.year)["CHILD"].value_counts()
    each = children["CHILD"].map(had).fillna(0).clip(lower=1)
    yield make.value("placements.in_year", len(children))
    yield from make.counts("placements.in_year", "placements_in_year", _one_two_more(each))
    yield make.ratio("placements.three_or_more_percent", int((each >= 3).sum()), len(children))


def _long_term(derived: Derived, make: Section, children: pd.DataFrame) -> Iterator[Figure]:
    day = pd.Timestamp(make.year.last_day)
    long_ago = day - pd.DateOffset(months=LONG_TERM_MONTHS)
    settled_by = day - pd.DateOffset(years=STABLE_YEARS)
    names = ("long_term", "long_term_stable", "long_term_stable_percent")
    if pd.Timestamp(derived.records.history[0].first_day) > long_ago:
        missing = [f"{SECTION}.{name}" for name in names]
        yield from make.all_missing(missing, Status.NOT_ASSESSABLE)
        return
    start = children["period"].map(derived.care.periods["start"])
    under_16 = (children["age"] < STABLE_UNDER_AGE).fillna(value=False)
    cohort = children[under_16 & (start <= long_ago)]
    runs = derived.placements.runs.reindex(cohort["placement"])
    adoption = cohort["PLACE"].isin(codes.load("PLACE").in_group("adoption")).to_numpy()
    stable = (runs["start"] <= settled_by) | ((runs["earlier"] <= settled_by) & adoption)
    yield make.value("placements.long_term", len(cohort))
    yield make.value("placements.long_term_stable", int(stable.sum()))
    yield make.ratio("placements.long_term_stable_percent", int(stable.sum()), len(cohort))


def _moves(derived: Derived, make: Section) -> Iterator[Figure]:
    moves = derived.placements.moves_in(make.year)
    yield make.value("placements.moves", len(moves))
    reasons = moves["reason"].str.lower().fillna(NOT_RECORDED)
    yield from make.counts("placements.moves", "reason", reasons)


def _absences(derived: Derived, make: Section) -> Iterator[Figure]:
    names = ("absences", "absent_children", "absent_children_percent")
    absences, absent, percent = (f"{SECTION}.{name}" for name in names)
    if not derived.records.kept("missing", make.year):
        yield from make.all_missing((absences, absent, percent), Status.NOT_AVAILABLE)
        return
    looked_after = in_year(derived.care.periods, make.year)["CHILD"].unique()
    rows = _of_year(derived.records.tables["missing"], make.year)
    begun = rows["MIS_START"] <= pd.Timestamp(make.year.last_day)
    over = rows["MIS_END"] < pd.Timestamp(make.year.first_day)
    rows = rows[begun & ~over & rows["CHILD"].isin(looked_after)]
    rows = rows.drop_duplicates(["CHILD", "MISSING", "MIS_START"])
    rows = rows.assign(kind=_coded(rows["MISSING"], KIND_CODES))
    yield make.value(absences, len(rows))
    yield from make.counts(absences, "kind", rows["kind"])
    total = rows["CHILD"].nunique()
    yield make.value(absent, total)
    yield make.ratio(percent, total, len(looked_after))
    for kind in KINDS:
        found = rows[rows["kind"] == kind]["CHILD"].nunique()
        yield make.value(absent, found, breakdown="kind", category=kind)
        yield make.ratio(percent, found, len(looked_after), breakdown="kind", category=kind)


def _workers(derived: Derived, make: Section, children: pd.DataFrame) -> Iterator[Figure]:
    names = ("placements.workers", "placements.three_or_more_workers_percent")
    if make.year < WORKERS_FROM:
        yield from make.all_missing(names, Status.NOT_APPLICABLE)
        return
    if not derived.records.kept("sw_episodes", make.year):
        yield from make.all_missing(names, Status.NOT_AVAILABLE)
        return
    rows = _of_year(derived.records.tables["sw_episodes"], make.year)
    begun = rows["SW_DECOM"] <= pd.Timestamp(make.year.last_day)
    over = rows["SW_DEC"] <= pd.Timestamp(make.year.first_day)
    had = rows[begun & ~over].groupby("CHILD")["SW_ID"].nunique()
    each = children["CHILD"].map(had).fillna(0)
    yield make.value(names[0], len(children))
    yield from make.counts(
        names[0], "social_workers", _one_two_more(each).mask(each == 0, NOT_RECORDED)
    )
    yield make.ratio(names[1], int((each >= 3).sum()), len(children))


def _of_year(table: pd.DataFrame, year: ReportingYear) -> pd.DataFrame:
    """Rows of the year's own return."""
    return table[table["YEAR"] == year.end]


def _parts(
    make: Section, name: str, children: int, keys: Mapping[str, pd.Series[str]]
) -> Iterator[Figure]:
    """The total, each category of each breakdown, and their shares of the total."""
    yield make.value(name, children)
    for breakdown, values in keys.items():
        for part in make.counts(name, breakdown, values):
            yield part
            yield make.ratio(
                f"{name}_percent",
                part.value,
                children,
                breakdown=breakdown,
                category=part.category,
            )


def _coded(
    values: pd.Series[str], groups: Mapping[str, str], unknown: str = NOT_KNOWN
) -> pd.Series[str]:
    return values.map(groups).astype("string").fillna(unknown)


def _one_two_more(each: pd.Series[int]) -> pd.Series[str]:
    """``1``, ``2`` or ``3_or_more``."""
    return each.astype("int64").astype("string").mask(each >= 3, "3_or_more")
