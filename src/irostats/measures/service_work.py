"""The IRO service at work: conferences, budget, supervision and training (D5, D8, D9)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.derive import Derived
from irostats.errors import CommandError
from irostats.figures import Figure, Status
from irostats.measures.counting import Section
from irostats.measures.definitions.service_work import OCCASION, TYPE
from irostats.measures.participation_local import share_of_recorded

CONFERENCES = "service.conferences"
IN_TIME = "service.conferences_in_time_percent"
BUDGET, COST = "service.budget", "service.cost_per_review"
SUPERVISION = "service.supervision"
PER_IRO = "service.supervision_per_iro"


def conferences(derived: Derived, make: Section) -> Iterator[Figure]:
    """Conferences that IROs chaired, and whether in time."""
    held = _dated(derived, make, "conferences")
    if held is None:
        missing = derived.records.service_missing("conferences", make.year)
        yield from make.all_missing([CONFERENCES, IN_TIME], missing)
        return
    yield make.value(CONFERENCES, len(held))
    yield from make.counts(CONFERENCES, TYPE.name, held["type"])
    yield from make.counts(CONFERENCES, "in_time", held["in_time"].fillna("not_recorded"))
    yield share_of_recorded(make, IN_TIME, held["in_time"])
    for key in TYPE.categories:
        own = held.loc[held["type"].eq(key), "in_time"]
        yield share_of_recorded(make, IN_TIME, own, breakdown=TYPE.name, category=key)


def _dated(derived: Derived, make: Section, table: str) -> pd.DataFrame | None:
    """Rows of the year's own file dated in the year; None if there is no such file."""
    if not derived.records.service_kept(table, make.year):
        return None
    rows = derived.records.service_rows(table, make.year)
    first, last = pd.Timestamp(make.year.first_day), pd.Timestamp(make.year.last_day)
    return rows[rows["date"].between(first, last)]


def budget(derived: Derived, make: Section) -> Iterator[Figure]:
    """The budget, and what it comes to for each review held."""
    rows = derived.records.service.tables["budget"]
    given = rows.loc[rows["year"].map(_year).eq(make.year.end), "gbp"]
    if given.empty:
        missing = derived.records.service_missing("budget", make.year)
        yield from make.all_missing([BUDGET, COST], missing)
        return
    pounds = float(given.iloc[-1])
    yield make.value(BUDGET, pounds)
    if derived.records.reviews_kept(make.year):
        yield make.ratio(COST, pounds, len(derived.reviews_in(make.year)))
    else:
        yield make.missing(COST, Status.NOT_AVAILABLE)


def _year(text: str) -> int:
    """The end year that a cell names; 0 if it names none."""
    try:
        return ReportingYear.parse(text).end
    except CommandError:
        return 0


def supervision(derived: Derived, make: Section, posts: pd.DataFrame | None) -> Iterator[Figure]:
    """Supervision and training, per IRO in post, and who had none.

    Args:
        derived: The authority's year.
        make: The section.
        posts: Rows of IROs in post on 31 March; None if there is no staff table.
    """
    without = [f"service.without_{key}" for key in OCCASION.categories]
    rows = _dated(derived, make, "supervision")
    if rows is None:
        missing = derived.records.service_missing("supervision", make.year)
        yield from make.all_missing([SUPERVISION, PER_IRO, *without], missing)
        return
    yield make.value(SUPERVISION, len(rows))
    yield from make.counts(SUPERVISION, OCCASION.name, rows["type"])
    if posts is None:
        missing = derived.records.service_missing("iro_staff", make.year)
        yield from make.all_missing([PER_IRO, *without], missing)
        return
    iros = frozenset(posts["iro_id"])
    own = rows[rows["iro_id"].isin(iros)]
    yield make.ratio(PER_IRO, len(own), len(iros))
    for key in OCCASION.categories:
        some = own[own["type"].eq(key)]
        where = {"breakdown": OCCASION.name, "category": key}
        yield make.ratio(PER_IRO, len(some), len(iros), **where)
        yield make.value(f"service.without_{key}", len(iros) - some["iro_id"].nunique())
