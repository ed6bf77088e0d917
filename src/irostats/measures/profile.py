"""Children looked after: how many, who they are, who came and who left (A1-A6, A8, A10, A19)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.care import begun_in, ended_in, in_year, open_at_end
from irostats.derive import Derived
from irostats.figures import Figure, Status
from irostats.measures.counting import Section, banded
from irostats.measures.definitions.profile import (
    MEASURES,
    MONTHS,
    NOT_KNOWN,
    RELATIONS,
    SECTION,
    UASC,
)
from irostats.ssda903 import codes

__all__ = ["MEASURES", "RELATIONS", "SECTION", "compute"]

AGE_BANDS = {
    "under_1": (-1, 0),
    "1_to_4": (1, 4),
    "5_to_9": (5, 9),
    "10_to_15": (10, 15),
    "16_and_over": (16, 99),
}
SEX_CODES = {"F": "female", "M": "male"}
MINORITY = ("mixed", "asian", "black", "other")
NEED_CODES = {f"N{n}": f"n{n}" for n in range(1, 9)}


def compute(derived: Derived, year: ReportingYear) -> Iterator[Figure]:
    """Figures of the section for one year."""
    make = Section(MEASURES, year)
    children = derived.looked_after(year)
    stock = make.value("profile.looked_after", len(children))
    yield stock
    parts = [
        figure
        for name, keys in _characteristics(derived, children, year)
        for figure in make.counts("profile.looked_after", name, keys)
    ]
    if not derived.records.kept("uasc", year):
        parts = [part for part in parts if part.breakdown != "uasc"]
        yield from (
            make.missing(name, Status.NOT_AVAILABLE, breakdown="uasc", category=key)
            for name in ("profile.looked_after", "profile.looked_after_percent")
            for key in UASC.categories
        )
    yield from parts
    for part in parts:
        yield make.ratio(
            "profile.looked_after_percent",
            part.value,
            stock.value,
            breakdown=part.breakdown,
            category=part.category,
        )
    yield from _change(derived, make, len(children))
    yield _rate(derived, make, len(children))
    yield make.value("profile.short_breaks", _short_breaks(derived.care.short_breaks, year))
    yield from _flow(derived.care.periods, make)


def _characteristics(
    derived: Derived, children: pd.DataFrame, year: ReportingYear
) -> Iterator[tuple[str, pd.Series[str]]]:
    unaccompanied = children["CHILD"].isin(derived.uasc(year))
    yield "sex", _coded(children["SEX"], SEX_CODES)
    yield "age", banded(children["age"], AGE_BANDS).fillna(NOT_KNOWN)
    group = _coded(children["ETHNIC"], codes.load("ETHNIC").group_by_code)
    british = children["ETHNIC"].eq("WBRI").fillna(value=False)
    ethnicity = group.mask(group.eq("white"), "white_other").mask(british, "white_british")
    yield "ethnicity", ethnicity
    yield "ethnic_group", group
    yield (
        "ethnic_minority",
        ethnicity.mask(ethnicity.isin(MINORITY), "minority").mask(
            ethnicity.isin(("white_other", NOT_KNOWN)), "remaining"
        ),
    )
    yield "uasc", unaccompanied.map({True: "uasc", False: "other"})
    yield "legal_status", _coded(children["LS"], codes.load("LS").group_by_code)
    yield "need", _coded(children["CIN"], NEED_CODES)


def _coded(codes: pd.Series[str], groups: Mapping[str, str]) -> pd.Series[str]:
    return codes.map(groups).astype("string").fillna(NOT_KNOWN)


def _change(derived: Derived, make: Section, now: int) -> Iterator[Figure]:
    names = ("profile.looked_after_change", "profile.looked_after_change_percent")
    if make.year.previous not in derived.records.history:
        yield from make.all_missing(names, Status.NOT_ASSESSABLE)
        return
    before = len(derived.looked_after(make.year.previous))
    yield make.value(names[0], now - before)
    yield make.ratio(names[1], now - before, before)


def _rate(derived: Derived, make: Section, children: int) -> Figure:
    population = derived.records.population.get(make.year)
    if population is None:
        return make.missing("profile.rate", Status.NOT_AVAILABLE)
    return make.per("profile.rate", children, population[0], 10_000)


def _short_breaks(episodes: pd.DataFrame, year: ReportingYear) -> int:
    """Children with a day of short breaks in the year.

    An episode that no later return closed is known up to the end of the year that sent it.
    """
    sent_until = pd.to_datetime(episodes["YEAR"].astype("string") + "-03-31")
    ends = episodes["DEC"].fillna(sent_until)
    within = (episodes["DECOM"] <= pd.Timestamp(year.last_day)) & (
        ends >= pd.Timestamp(year.first_day)
    )
    return int(episodes.loc[within, "CHILD"].nunique())


def _flow(periods: pd.DataFrame, make: Section) -> Iterator[Figure]:
    year = make.year
    begun, ended = begun_in(periods, year), ended_in(periods, year)
    before, after = open_at_end(periods, year.previous), open_at_end(periods, year)
    present = in_year(periods, year)
    yield make.value("profile.in_year", present["CHILD"].nunique())
    yield make.value("profile.periods_started", len(begun))
    yield from make.counts("profile.periods_started", "month", _months(begun["start"]))
    yield from make.counts("profile.periods_started", "quarter", _quarters(begun["start"]))
    yield make.value("profile.children_started", begun["CHILD"].nunique())
    yield make.value("profile.periods_ended", len(ended))
    yield from make.counts("profile.periods_ended", "month", _months(ended["end"]))
    yield from make.counts("profile.periods_ended", "quarter", _quarters(ended["end"]))
    yield make.value("profile.children_ceased", ended["CHILD"].nunique())
    yield make.value("profile.periods_open_before", len(before))
    yield make.value("profile.periods_in_year", len(present))
    yield make.value("profile.periods_open", len(after))


def _months(days: pd.Series[pd.Timestamp]) -> pd.Series[str]:
    names = [*list(MONTHS)[9:], *list(MONTHS)[:9]]
    return days.dt.month.map(dict(enumerate(names, start=1))).astype("string")


def _quarters(days: pd.Series[pd.Timestamp]) -> pd.Series[str]:
    return "q" + ((days.dt.month - 4) % 12 // 3 + 1).astype("string")
