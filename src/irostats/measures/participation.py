"""Participation: how children took part in their reviews, and who else did (C1-C8)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.derive import Derived
from irostats.figures import Figure, Status
from irostats.measures.counting import Section, banded
from irostats.measures.definitions.participation import GROUPS, MEASURES, RELATIONS, SECTION
from irostats.measures.definitions.profile import UASC
from irostats.measures.participation_local import FEEDBACK, feedback, local
from irostats.registry import Breakdown

__all__ = ["MEASURES", "RELATIONS", "SECTION", "compute"]

TOOK_PART_CODES = ("PN1", "PN2", "PN3", "PN5", "PN6")
ATTENDED_CODES = ("PN1", "PN2", "PN3", "PN4")
AGE_BANDS = {"4_to_9": (4, 9), "10_to_15": (10, 15), "16_and_over": (16, 99)}
YOUNGEST = 4
"""Age from which participation is measured."""


def compute(derived: Derived, year: ReportingYear) -> Iterator[Figure]:
    """Figures of the section for one year."""
    make = Section(MEASURES, year)
    if not derived.records.reviews_kept(year):
        missing = Status.NOT_AVAILABLE
        yield from make.all_missing([name for name in make.names if name != FEEDBACK], missing)
        yield from feedback(derived, make)
        return
    held = derived.reviews_in(year)
    took_part = held["REVIEW_CODE"].isin(TOOK_PART_CODES)
    counted = held[(held["age"] >= YOUNGEST) & held["REVIEW_CODE"].notna() & _valid(held)]
    yield from _measure(derived, make, counted)
    attended = int(counted["REVIEW_CODE"].isin(ATTENDED_CODES).sum())
    yield make.value("participation.attended", attended)
    yield make.ratio("participation.attended_percent", attended, len(counted))
    yield make.value("participation.took_part_all", int(took_part.sum()))
    yield make.ratio("participation.percent_of_all", int(took_part.sum()), len(held))
    yield make.value("participation.codes", len(held))
    codes = _codes(held)
    yield from make.counts("participation.codes", "code", codes)
    unrecorded = int(codes.eq("not_recorded").sum())
    yield make.ratio("participation.unrecorded_percent", unrecorded, len(held))
    yield from _children(make, counted)
    yield from local(derived, make, held)


def _valid(held: pd.DataFrame) -> pd.Series[bool]:
    return held["REVIEW_CODE"].ne("PN0").fillna(value=False)


def _codes(held: pd.DataFrame) -> pd.Series[str]:
    """The code as recorded, unless age rules it out: PN0 at 4 or over, another one below."""
    young = (held["age"] < YOUNGEST).fillna(value=False)
    of_age = (held["age"] >= YOUNGEST).fillna(value=False)
    code = held["REVIEW_CODE"].str.lower()
    ruled_out = (of_age & code.eq("pn0")) | (young & code.ne("pn0"))
    return code.mask(ruled_out.fillna(value=True)).fillna("not_recorded")


def _groups(derived: Derived, counted: pd.DataFrame, year: ReportingYear) -> pd.DataFrame:
    """The categories of every breakdown for each review counted."""
    episodes = derived.care.episodes
    need = episodes.groupby("period")["CIN"].first().reindex(counted["period"])
    return pd.DataFrame(
        {
            "age": banded(counted["age"], AGE_BANDS),
            "uasc": _either(counted["CHILD"].isin(derived.uasc_in(year)), "uasc"),
            "need": _either(pd.Series(need.eq("N2").to_numpy(), counted.index), "n2"),
        },
        index=counted.index,
    )


def _either(holds: pd.Series[bool], name: str) -> pd.Series[str]:
    return holds.fillna(value=False).map({True: name, False: "other"})


def _measure(derived: Derived, make: Section, counted: pd.DataFrame) -> Iterator[Figure]:
    took_part = counted[counted["REVIEW_CODE"].isin(TOOK_PART_CODES)]
    known = [group for group in GROUPS if _kept(derived, make, group)]
    figures = {}
    for name, rows in (("counted", counted), ("took_part", took_part)):
        groups = _groups(derived, rows, make.year)
        figures[name] = [make.value(f"participation.{name}", len(rows))]
        for group in known:
            figures[name] += make.counts(f"participation.{name}", group.name, groups[group.name])
        yield from figures[name]
    yield from make.ratios("participation.percent", figures["took_part"], figures["counted"])
    for group in GROUPS:
        if group not in known:
            yield from _unknown_group(make, group)


def _unknown_group(make: Section, group: Breakdown) -> Iterator[Figure]:
    for measure in ("counted", "took_part", "percent"):
        for key in group.categories:
            yield make.missing(
                f"participation.{measure}",
                Status.NOT_AVAILABLE,
                breakdown=group.name,
                category=key,
            )


def _kept(derived: Derived, make: Section, group: Breakdown) -> bool:
    return group is not UASC or derived.records.kept("uasc", make.year)


def _children(make: Section, counted: pd.DataFrame) -> Iterator[Figure]:
    each = counted["REVIEW_CODE"].isin(TOOK_PART_CODES).groupby(counted["CHILD"])
    children = each.ngroups
    yield make.value("participation.children", children)
    for name, number in (("any", int(each.any().sum())), ("every", int(each.all().sum()))):
        yield make.value(f"participation.children_{name}", number)
        yield make.ratio(f"participation.children_{name}_percent", number, children)
