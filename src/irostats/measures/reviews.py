"""Reviews: how many were held, and whether in time (B1-B12)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from irostats.calendar import ReportingYear, latest_day_before
from irostats.care import in_year, open_at_end
from irostats.derive import Derived
from irostats.figures import Figure, Status
from irostats.measures import reviews_local
from irostats.measures.counting import Section, banded
from irostats.measures.definitions.reviews import MEASURES, RELATIONS, SECTION
from irostats.measures.definitions.reviews_breakdowns import TEAM
from irostats.measures.reviews_splits import PER_CHILD_BANDS, described, lateness, splits

__all__ = ["MEASURES", "RELATIONS", "SECTION", "compute"]

PARTS = ("on_time", "late", "not_assessable")
LONG_ENOUGH = 20
"""Working days looked after before a child counts in the measure per child."""


def compute(derived: Derived, year: ReportingYear) -> Iterator[Figure]:
    """Figures of the section for one year."""
    make = Section(MEASURES, year)
    if not derived.records.reviews_kept(year):
        yield from reviews_local.without_reviews(derived, make)
        return
    held = described(derived, derived.reviews_in(year))
    team = reviews_local.team_of_each(derived, held, make)
    yield from _held(derived, make, held)
    yield from _on_time(make, held, team)
    yield from _due(derived, make)
    yield from _per_child(derived, make, held)
    yield make.value("reviews.overdue", _overdue(derived, year))
    yield make.value("reviews.adoption", int(held["adoption"].sum()))
    yield from reviews_local.compute(derived, make, held)


def _held(derived: Derived, make: Section, held: pd.DataFrame) -> Iterator[Figure]:
    each = held.groupby("CHILD").size()
    yield make.value("reviews.children", len(each))
    yield from make.counts("reviews.children", "reviews_per_child", banded(each, PER_CHILD_BANDS))
    yield make.ratio("reviews.per_child", len(held), len(each))
    names = ("reviews.held_change", "reviews.held_change_percent")
    if not derived.records.reviews_kept(make.year.previous):
        yield from make.all_missing(names, Status.NOT_ASSESSABLE)
        return
    before = len(derived.reviews_in(make.year.previous))
    yield make.value(names[0], len(held) - before)
    yield make.ratio(names[1], len(held) - before, before)


def _on_time(make: Section, held: pd.DataFrame, team: pd.Series[str] | Status) -> Iterator[Figure]:
    """Held, on time, late and not assessable, each by every split."""
    yield from _counts(make, "reviews.held", held, team)
    figures = {
        part: list(_counts(make, f"reviews.{part}", held[held["judgement"] == part], team))
        for part in PARTS
    }
    for part in PARTS:
        yield from figures[part]
    late = held[held["judgement"] == "late"]
    yield from make.counts("reviews.late", "lateness", lateness(late))
    for three in zip(*(figures[part] for part in PARTS), strict=True):
        yield _share(make, *three)


def _share(make: Section, on_time: Figure, too_late: Figure, unknown: Figure) -> Figure:
    """On time of those on time or late; not assessable if there are others only."""
    name = "reviews.on_time_percent"
    where = {"breakdown": on_time.breakdown, "category": on_time.category}
    if not on_time.known:
        return make.missing(name, on_time.status, **where)
    assessable = on_time.value + too_late.value
    if not assessable and unknown.value:
        return make.missing(name, Status.NOT_ASSESSABLE, **where)
    return make.ratio(name, on_time.value, assessable, **where)


def _counts(
    make: Section, name: str, rows: pd.DataFrame, team: pd.Series[str] | Status
) -> Iterator[Figure]:
    yield make.value(name, len(rows))
    for breakdown, keys in splits(rows):
        yield from make.counts(name, breakdown, keys)
    if isinstance(team, Status):
        for key in TEAM.categories:
            yield make.missing(name, team, breakdown=TEAM.name, category=key)
    else:
        yield from make.counts(name, TEAM.name, team[rows.index])


def _obligations(derived: Derived, year: ReportingYear) -> pd.DataFrame:
    """Due dates in the year, each with whether the review was held by then."""
    due = derived.reviewed.obligations
    rows = due[due["due"].between(pd.Timestamp(year.first_day), pd.Timestamp(year.last_day))]
    return rows.assign(met=rows["met_on"] <= rows["due"])


def _due(derived: Derived, make: Section) -> Iterator[Figure]:
    names = ("reviews.due", "reviews.due_met", "reviews.due_missed", "reviews.due_met_percent")
    if make.year == derived.records.reviews_known_from:
        # Of the children already looked after nobody can say when their next review was due.
        yield from make.all_missing(names, Status.NOT_ASSESSABLE)
        return
    due = _obligations(derived, make.year)
    met = int(due["met"].sum())
    yield make.value(names[0], len(due))
    yield make.value(names[1], met)
    yield make.value(names[2], len(due) - met)
    yield make.ratio(names[3], met, len(due))


def _per_child(derived: Derived, make: Section, held: pd.DataFrame) -> Iterator[Figure]:
    year = make.year
    extra = derived.records.authority.rules.extra_holidays
    latest_start = pd.Timestamp(latest_day_before(year.last_day, LONG_ENOUGH, extra=extra))
    periods = open_at_end(derived.care.periods, year)
    children = set(periods[periods["start"] <= latest_start]["CHILD"])
    incomplete = derived.reviewed.incomplete
    current = in_year(derived.care.periods, year).index
    unheard = incomplete[
        incomplete["period"].isin(current)
        & ~(incomplete["first_review"] < pd.Timestamp(year.first_day))
    ]
    unknown = children & (
        set(held[held["judgement"] == "not_assessable"]["CHILD"]) | set(unheard["CHILD"])
    )
    due = _obligations(derived, year)
    late = children & set(due[~due["met"]]["CHILD"]) - unknown
    on_time = children - unknown - late
    yield make.value("reviews.children_all_on_time", len(on_time))
    yield make.value("reviews.children_some_late", len(late))
    yield make.value("reviews.children_not_assessable", len(unknown))
    name = "reviews.children_all_on_time_percent"
    assessable = len(on_time) + len(late)
    if unknown and not assessable:
        yield make.missing(name, Status.NOT_ASSESSABLE)
    else:
        yield make.ratio(name, len(on_time), assessable)


def _overdue(derived: Derived, year: ReportingYear) -> int:
    """Open periods whose next due date lay before 31 March with no review held by that day."""
    last = pd.Timestamp(year.last_day)
    due = derived.reviewed.obligations
    held_later = due["met_on"].isna() | (due["met_on"] > last)
    still_open = due["period"].isin(open_at_end(derived.care.periods, year).index)
    return int(((due["due"] < last) & held_later & still_open).sum())
