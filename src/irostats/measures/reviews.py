"""Reviews: how many were held, and whether in time (B1-B9)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from irostats.calendar import ReportingYear, latest_day_before
from irostats.care import in_year, open_at_end
from irostats.derive import Derived
from irostats.figures import Figure, Status
from irostats.measures.counting import Section, banded
from irostats.measures.definitions.reviews import MEASURES, RELATIONS, SECTION

__all__ = ["MEASURES", "RELATIONS", "SECTION", "compute"]

LATENESS_BANDS = {
    "1_to_5": (0, 5),
    "6_to_10": (6, 10),
    "11_to_20": (11, 20),
    "21_or_more": (21, 10**6),
}
PER_CHILD_BANDS = {"1": (1, 1), "2": (2, 2), "3": (3, 3), "4_or_more": (4, 10**6)}
PARTS = ("on_time", "late", "not_assessable")
ADOPTION_PLACEMENTS = ("A3", "A4", "A5", "A6")
LONG_ENOUGH = 20
"""Working days looked after before a child counts in the measure per child."""


def compute(derived: Derived, year: ReportingYear) -> Iterator[Figure]:
    """Figures of the section for one year."""
    make = Section(MEASURES, year)
    held = derived.reviews_in(year)
    yield from _held(derived, make, held)
    yield from _on_time(make, held)
    yield from _due(derived, make)
    yield from _per_child(derived, make, held)
    yield make.value("reviews.overdue", _overdue(derived, year))
    yield make.value("reviews.adoption", _adoption(derived, held))


def _held(derived: Derived, make: Section, held: pd.DataFrame) -> Iterator[Figure]:
    yield make.value("reviews.held", len(held))
    for name, keys in _splits(held):
        yield from make.counts("reviews.held", name, keys)
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


def _splits(held: pd.DataFrame) -> Iterator[tuple[str, pd.Series[str]]]:
    sequence = held["sequence"].map({1: "first", 2: "second"}).astype("string").fillna("later")
    yield "sequence", sequence
    quarters = (held["REVIEW"].dt.month - 4) % 12 // 3 + 1
    yield "quarter", "q" + quarters.astype("string")


def _on_time(make: Section, held: pd.DataFrame) -> Iterator[Figure]:
    figures = {part: list(_counts(make, part, held)) for part in PARTS}
    for part in PARTS:
        yield from figures[part]
    late = held.loc[held["judgement"] == "late", "working_days_late"]
    yield from make.counts("reviews.late", "lateness", banded(late, LATENESS_BANDS))
    for on_time, too_late in zip(figures["on_time"], figures["late"], strict=True):
        assessable = on_time.value + too_late.value
        where = {"breakdown": on_time.breakdown, "category": on_time.category}
        if not assessable and len(held):
            yield make.missing("reviews.on_time_percent", Status.NOT_ASSESSABLE, **where)
        else:
            yield make.ratio("reviews.on_time_percent", on_time.value, assessable, **where)


def _counts(make: Section, part: str, held: pd.DataFrame) -> Iterator[Figure]:
    rows = held[held["judgement"] == part]
    yield make.value(f"reviews.{part}", len(rows))
    for name, keys in _splits(rows):
        yield from make.counts(f"reviews.{part}", name, keys)


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


def _adoption(derived: Derived, held: pd.DataFrame) -> int:
    """Reviews on a day when the child was under a placement order or placed for adoption."""
    episodes = derived.care.episodes
    adoption = episodes[episodes["LS"].eq("E1") | episodes["PLACE"].isin(ADOPTION_PLACEMENTS)]
    joined = held[["CHILD", "REVIEW"]].merge(adoption[["CHILD", "DECOM", "DEC"]], on="CHILD")
    during = (joined["DECOM"] <= joined["REVIEW"]) & ~(joined["DEC"] <= joined["REVIEW"])
    return len(joined[during].drop_duplicates(["CHILD", "REVIEW"]))
