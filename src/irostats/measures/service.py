"""The IRO service: establishment, caseload, total load, and its work (D1-D9)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.derive import Derived
from irostats.figures import Figure, Status
from irostats.measures import service_team as team
from irostats.measures import service_work as work
from irostats.measures.counting import Section
from irostats.measures.definitions.service import (
    BAND,
    CONTRACT,
    GUIDANCE,
    MEASURES,
    RELATIONS,
    ROLE,
    SECTION,
)

__all__ = ["GUIDANCE", "MEASURES", "RELATIONS", "SECTION", "compute"]

BELOW, ABOVE = GUIDANCE
STAFF = ("establishment", "in_post", "vacant", "headcount", "caseload")
ALLOCATION = ("caseload_lowest", "caseload_highest", "iros")
LOAD = ("child_protection", "in_need", "total_load")


def compute(derived: Derived, year: ReportingYear) -> Iterator[Figure]:
    """Figures of the section for one year."""
    make = Section(MEASURES, year)
    records = derived.records
    children = derived.looked_after(year)["CHILD"]
    if not records.service_kept("iro_staff", year):
        missing = records.service_missing("iro_staff", year)
        yield from make.all_missing(_names(*STAFF, *ALLOCATION), missing)
        yield from _load(derived, make, len(children), None)
        yield from _work(derived, make, None)
        return
    staff = _in_effect(records.service.tables["iro_staff"], year)
    posts = staff[staff["iro_id"].notna()]
    in_post = _full_time(posts["fte"])
    yield from _establishment(make, staff, posts)
    yield _per_iro(make, "service.caseload", len(children), in_post)
    yield from _range(derived, make, posts, frozenset(children))
    yield from _load(derived, make, len(children), in_post)
    yield from team.profile(make, posts)
    yield from _work(derived, make, posts)


def _work(derived: Derived, make: Section, posts: pd.DataFrame | None) -> Iterator[Figure]:
    yield from work.conferences(derived, make)
    yield from team.continuity(derived, make)
    yield from work.budget(derived, make)
    yield from work.supervision(derived, make, posts)


def _names(*names: str) -> tuple[str, ...]:
    return tuple(f"{SECTION}.{name}" for name in names)


def _in_effect(table: pd.DataFrame, year: ReportingYear) -> pd.DataFrame:
    """Rows of the year's own file that hold on 31 March."""
    last = pd.Timestamp(year.last_day)
    rows = table[table["YEAR"] == year.end]
    return rows[~(rows["start"] > last) & ~(rows["end"] < last)]


def _full_time(fte: pd.Series[float]) -> float | None:
    """Full-time equivalents together; None if one of them is blank, which is not nought."""
    return float(fte.sum()) if fte.notna().all() else None


def _recorded(make: Section, name: str, value: float | None, **where: str) -> Figure:
    if value is None:
        return make.missing(name, Status.NOT_RECORDED, **where)
    return make.value(name, value, **where)


def _per_iro(make: Section, name: str, children: float, in_post: float | None) -> Figure:
    if in_post is None:
        return make.missing(name, Status.NOT_RECORDED)
    return make.ratio(name, children, in_post)


def _establishment(make: Section, staff: pd.DataFrame, posts: pd.DataFrame) -> Iterator[Figure]:
    in_post = _full_time(posts["fte"])
    # A row without it may be no post of the establishment: an agency worker's beside it.
    given = staff["establishment_fte"].dropna()
    establishment = float(given.sum()) if len(given) else None
    vacant = None
    if establishment is not None and in_post is not None:
        vacant = max(0.0, establishment - in_post)
    yield _recorded(make, "service.establishment", establishment)
    yield _recorded(make, "service.vacant", vacant)
    yield _recorded(make, "service.in_post", in_post)
    for breakdown in (CONTRACT, ROLE):
        recorded = in_post is not None and posts[breakdown.name].notna().all()
        for key in breakdown.categories:
            share = float(posts.loc[posts[breakdown.name] == key, "fte"].sum())
            where = {"breakdown": breakdown.name, "category": key}
            yield _recorded(make, "service.in_post", share if recorded else None, **where)
    yield make.value("service.headcount", posts["iro_id"].nunique())


def _range(
    derived: Derived, make: Section, posts: pd.DataFrame, children: frozenset[str]
) -> Iterator[Figure]:
    year = make.year
    if not derived.records.service_kept("iro_allocation", year):
        missing = derived.records.service_missing("iro_allocation", year)
        yield from make.all_missing(_names(*ALLOCATION), missing)
        return
    allocations = derived.records.service.tables["iro_allocation"]
    dated = allocations.assign(start=allocations["start"].fillna(allocations["allocated_on"]))
    current = _in_effect(dated, year)
    own = current[current["child_id"].isin(children) & current["iro_id"].isin(posts["iro_id"])]
    each = own.groupby("iro_id")["child_id"].nunique()
    fte = posts.groupby("iro_id")["fte"].agg(lambda own: own.sum(skipna=False))
    loads = each / fte[fte > 0].reindex(each.index)
    yield make.value("service.iros", len(loads))
    if loads.isna().any():
        gone = Status.NOT_RECORDED
        yield from make.all_missing(_names("caseload_lowest", "caseload_highest"), gone)
        for key in BAND.categories:
            yield make.missing("service.iros", gone, breakdown=BAND.name, category=key)
        return
    if loads.empty:
        gone = Status.NOT_APPLICABLE
        yield from make.all_missing(_names("caseload_lowest", "caseload_highest"), gone)
    else:
        yield make.value("service.caseload_lowest", float(loads.min()))
        yield make.value("service.caseload_highest", float(loads.max()))
    bands = loads.map(
        lambda load: "below" if load < BELOW else "above" if load > ABOVE else "within"
    )
    yield from make.counts("service.iros", BAND.name, bands)


def _load(
    derived: Derived, make: Section, children: int, in_post: float | None
) -> Iterator[Figure]:
    table = derived.records.service.tables["cp_caseload"]
    last = pd.Timestamp(make.year.last_day)
    counts = table[(table["YEAR"] == make.year.end) & (table["date"] <= last)]
    if counts.empty:
        missing = derived.records.service_missing("cp_caseload", make.year)
        yield from make.all_missing(_names(*LOAD), missing)
        return
    latest = counts.sort_values("date", kind="stable").iloc[-1]
    total = float(children)
    for name, column in (("child_protection", "children_cp"), ("in_need", "children_cin")):
        number = latest[column]
        if pd.isna(number):
            yield make.missing(f"service.{name}", Status.NOT_RECORDED)
        else:
            total += float(number)
            yield make.value(f"service.{name}", float(number))
    if pd.isna(latest["children_cp"]):
        yield make.missing("service.total_load", Status.NOT_RECORDED)
    elif derived.records.service_kept("iro_staff", make.year):
        yield _per_iro(make, "service.total_load", total, in_post)
    else:
        missing = derived.records.service_missing("iro_staff", make.year)
        yield make.missing("service.total_load", missing)
