"""Care leavers around their birthday: in touch, what they do, where they live (A18)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from irostats.calendar import ReportingYear, ages
from irostats.derive import Derived
from irostats.figures import Figure, Status
from irostats.measures.counting import Section, banded
from irostats.measures.definitions.leavers import AGE, MEASURES, OCCUPIED, RELATIONS, SECTION
from irostats.measures.definitions.profile import NOT_KNOWN
from irostats.registry import TOTAL

__all__ = ["MEASURES", "RELATIONS", "SECTION", "compute"]

AGE_BANDS = {"17_to_18": (17, 18), "19_to_21": (19, 21)}
CONTACT_CODES = {
    "YES": "in_touch",
    "NO": "not_in_touch",
    "REFU": "refused",
    "NREQ": "not_required",
    "RHOM": "returned_home",
}
ACTIVITY_CODES = {
    **dict.fromkeys(("F1", "P1"), "higher_education"),
    **dict.fromkeys(("F2", "P2"), "other_education"),
    **dict.fromkeys(("F3", "P3", "F4", "P4", "F5", "P5"), "training_employment"),
    "G4": "illness",
    "G5": "other_reason",
    "G6": "parenting",
}
NEVER_SUITABLE = ("S", "X")
"""No fixed abode and custody: a suffix 1 there is a slip."""
SHARES = (
    ("in_touch", "contact", "IN_TOUCH", ("in_touch",)),
    ("occupied", "activity", "ACTIV", OCCUPIED),
    ("suitable", "accommodation", "ACCOM", ("suitable",)),
)
"""Measure, the breakdown that it is part of, its field of OC3, the categories counted."""


def compute(derived: Derived, year: ReportingYear) -> Iterator[Figure]:
    """Figures of the section for one year."""
    make = Section(MEASURES, year)
    if not derived.records.kept("oc3", year):
        yield from make.all_missing((measure.name for measure in MEASURES), Status.NOT_AVAILABLE)
        return
    people = _young_people(derived, year)
    yield make.value("leavers.young_people", len(people))
    yield from make.counts("leavers.young_people", AGE.name, people["age"])
    for share, name, field, counted in SHARES:
        yield from _counted(make, share, people[field], people[name].isin(counted))
        for age in AGE.categories:
            of_age = people[people["age"].eq(age)]
            held = of_age[name].isin(counted)
            yield from _counted(make, share, of_age[field], held, breakdown=AGE.name, category=age)
        yield from _crossed(make, name, people, field)


def _counted(
    make: Section,
    share: str,
    values: pd.Series[str],
    held: pd.Series[bool],
    *,
    breakdown: str = TOTAL,
    category: str = TOTAL,
) -> Iterator[Figure]:
    """A count and its percentage, unless the field is blank for every one of them."""
    name, percent = f"leavers.{share}", f"leavers.{share}_percent"
    if len(values) and values.isna().all():
        for measure in (name, percent):
            yield make.missing(measure, Status.NOT_RECORDED, breakdown=breakdown, category=category)
        return
    number = int(held.sum())
    yield make.value(name, number, breakdown=breakdown, category=category)
    yield make.ratio(percent, number, len(values), breakdown=breakdown, category=category)


def _young_people(derived: Derived, year: ReportingYear) -> pd.DataFrame:
    """A row for each care leaver listed who is alive, with age group and what is known."""
    rows = derived.records.tables["oc3"]
    listed = rows[(rows["YEAR"] == year.end) & rows["IN_TOUCH"].ne("DIED").fillna(value=True)]
    found = derived.describe(listed)
    # The birthday in the year makes them as old as they are on 31 March.
    day = pd.Series(pd.Timestamp(year.last_day), index=found.index, dtype="datetime64[us]")
    kind, suffix = found["ACCOM"].str[0], found["ACCOM"].str[1]
    suitable = suffix.map({"1": "suitable", "2": "unsuitable"}).astype("string")
    return found.assign(
        age=banded(ages(found["DOB"], day), AGE_BANDS).fillna(NOT_KNOWN),
        contact=_coded(found["IN_TOUCH"], CONTACT_CODES),
        activity=_coded(found["ACTIV"], ACTIVITY_CODES),
        accommodation=suitable.mask(
            suitable.notna() & kind.isin(NEVER_SUITABLE), "unsuitable"
        ).fillna(NOT_KNOWN),
    )


def _coded(values: pd.Series[str], groups: dict[str, str]) -> pd.Series[str]:
    return values.map(groups).astype("string").fillna(NOT_KNOWN)


def _crossed(make: Section, name: str, people: pd.DataFrame, field: str) -> Iterator[Figure]:
    """Counts of every age group by one other thing, and their shares of the age group."""
    percent, groups = f"leavers.{name}_percent", people["age"].value_counts()
    recorded = set(people[people[field].notna()]["age"])
    yield make.value(f"leavers.{name}", len(people))
    keys = people["age"] + "*" + people[name]
    for cell in make.counts(f"leavers.{name}", f"{AGE.name}*{name}", keys):
        yield cell
        age = cell.category.partition("*")[0]
        where = {"breakdown": cell.breakdown, "category": cell.category}
        if age in groups and age not in recorded:
            yield make.missing(percent, Status.NOT_RECORDED, **where)
        else:
            yield make.ratio(percent, cell.value, int(groups.get(age, 0)), **where)
