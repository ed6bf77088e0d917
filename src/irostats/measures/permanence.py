"""Permanence: why care ended, adoption, plans by the second review (A10, A17, F4)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.care import ended_in
from irostats.derive import Derived
from irostats.figures import Figure, Status
from irostats.measures.counting import Section
from irostats.measures.definitions.permanence import (
    CARER,
    CONTINUES,
    HOME,
    LEGAL_ORDERS,
    MEASURES,
    RELATIONS,
    REVERSAL,
    SECTION,
)
from irostats.measures.definitions.profile import NOT_KNOWN
from irostats.review_clock import UNKNOWN
from irostats.ssda903 import codes

__all__ = ["MEASURES", "RELATIONS", "SECTION", "compute"]

LONG_TERM = {"U1": "relative", "U4": "other"}
SECOND = 2
PLANS = ("plan_by_second", "no_plan_by_second", "plan_not_recorded", "plan_by_second_percent")
STORIES = (
    "life_story",
    "life_story_no",
    "life_story_not_recorded",
    "life_story_percent",
    "life_story_recorded_percent",
)


def compute(derived: Derived, year: ReportingYear) -> Iterator[Figure]:
    """Figures of the section for one year."""
    make = Section(MEASURES, year)
    yield from _ended(derived, make)
    yield from _adoption(derived, make)
    yield from _long_term_fostering(derived, make)
    yield from _plans(derived, make)
    yield from _permanence_table(derived, make, derived.looked_after(year))


def _named(*names: str) -> list[str]:
    return [f"{SECTION}.{name}" for name in names]


def _within(days: pd.Series[pd.Timestamp], year: ReportingYear) -> pd.Series[bool]:
    return days.between(pd.Timestamp(year.first_day), pd.Timestamp(year.last_day))


def _ended(derived: Derived, make: Section) -> Iterator[Figure]:
    """Periods ended, by reason and in the groups of reasons that members ask for."""
    reasons = ended_in(derived.care.periods, make.year)["reason"]
    groups = reasons.map(codes.load("REC").group_by_code).astype("string")
    # A last episode that says that care continues does not say why it ended.
    keys = groups.mask(groups.eq(CONTINUES).fillna(value=False)).fillna(NOT_KNOWN)
    yield make.value("permanence.ended", len(keys))
    yield from make.counts("permanence.ended", "reason", keys)
    orders, home = (int(keys.isin(group).sum()) for group in (LEGAL_ORDERS, HOME))
    yield make.value("permanence.adopted", int(keys.eq("adopted").sum()))
    yield make.value("permanence.special_guardianship", int(keys.eq("special_guardianship").sum()))
    yield make.value("permanence.orders", orders)
    yield make.ratio("permanence.orders_percent", orders, len(keys))
    yield make.value("permanence.home", home)
    yield make.ratio("permanence.home_percent", home, len(keys))


def _adoption(derived: Derived, make: Section) -> Iterator[Figure]:
    """What the return's own tables of adoption say."""
    year, tables = make.year, derived.records.tables
    if derived.records.kept("ad1", year):
        records = tables["ad1"]
        adopted = records.loc[records["YEAR"] == year.end, "CHILD"].nunique()
        yield make.value("permanence.adoption_records", adopted)
    else:
        yield make.missing("permanence.adoption_records", Status.NOT_AVAILABLE)
    names = _named("adoption_decisions", "adoption_reversed")
    if not derived.records.kept("placed_adoption", year):
        yield from make.all_missing(names, Status.NOT_AVAILABLE)
        return
    # Only the year's own rows: with those sent late, earlier years would always hold more.
    decisions = tables["placed_adoption"]
    decisions = decisions[decisions["YEAR"] == year.end]
    reversed_ = decisions[_within(decisions["DATE_PLACED_CEASED"], year)]
    why = reversed_["REASON_PLACED_CEASED"].str.lower().fillna(NOT_KNOWN)
    yield make.value(names[0], int(_within(decisions["DATE_PLACED"], year).sum()))
    yield make.value(names[1], len(reversed_))
    yield from make.counts(names[1], REVERSAL.name, why)


def _long_term_fostering(derived: Derived, make: Section) -> Iterator[Figure]:
    children = derived.usual_placements(make.year)
    carers = children["PLACE"].map(LONG_TERM).astype("string").dropna()
    yield make.value("permanence.long_term_fostering", len(carers))
    yield from make.counts("permanence.long_term_fostering", CARER.name, carers)
    yield make.ratio("permanence.long_term_fostering_percent", len(carers), len(children))


def _plans(derived: Derived, make: Section) -> Iterator[Figure]:
    """Second reviews held, and whether there was a plan for permanence at each."""
    records, year = derived.records, make.year
    names = _named("second_reviews", *PLANS)
    if not records.reviews_kept(year):
        yield from make.all_missing(names, Status.NOT_AVAILABLE)
        return
    if not records.service_kept("reviews_local", year):
        yield from make.all_missing(names, records.service_missing("reviews_local", year))
        return
    rows = records.service_rows("reviews_local", year)
    rows = rows[rows["review_date"].notna() & ~rows["status"].eq("cancelled").fillna(value=False)]
    held = derived.reviews_in(year)[["CHILD", "REVIEW", "sequence"]]
    by = ["child_id", "review_date"]
    named_second = rows[rows["type"].eq("second").fillna(value=False)]
    reviews = pd.MultiIndex.from_frame(held[["CHILD", "REVIEW"]])
    stated = reviews.isin(pd.MultiIndex.from_frame(named_second[by]))
    second = reviews[held["sequence"].eq(SECOND) | (held["sequence"].eq(UNKNOWN) & stated)]
    yield make.value(names[0], len(second))
    counts = _yes_no(rows.set_index(by)["permanence_plan"], second)
    yield from map(make.value, names[1:4], counts)
    yield _share(make, names[4], counts, len(second))


def _permanence_table(derived: Derived, make: Section, children: pd.DataFrame) -> Iterator[Figure]:
    """Life-story work of the children looked after, and disruption meetings held."""
    records, year = derived.records, make.year
    names, meetings = _named(*STORIES), "permanence.disruption_meetings"
    if not records.service_kept("permanence", year):
        missing = records.service_missing("permanence", year)
        yield from make.all_missing([*names, meetings], missing)
        return
    rows = records.service_rows("permanence", year)
    counts = _yes_no(rows.set_index("child_id")["life_story"], pd.Index(children["CHILD"]))
    yield from map(make.value, names[:3], counts)
    yield _share(make, names[3], counts, len(children))
    yield _share(make, names[4], counts, counts[0] + counts[1])
    held = rows[_within(rows["disruption_meeting_date"], year)]
    each = held.drop_duplicates(["child_id", "disruption_meeting_date"])
    yield make.value(meetings, len(each))


def _yes_no(answers: pd.Series[str], of: pd.Index) -> tuple[int, int, int]:
    """How many of ``of`` are answered yes in any row, no in a row and never yes, neither.

    Args:
        answers: yes, no or NA, indexed by the child, or by child and date.
        of: Those children or reviews, each once.
    """
    yes = of.isin(answers.index[answers.eq("yes").fillna(value=False)])
    no = of.isin(answers.index[answers.eq("no").fillna(value=False)]) & ~yes
    return int(yes.sum()), int(no.sum()), int((~yes & ~no).sum())


def _share(make: Section, name: str, counts: tuple[int, int, int], whole: int) -> Figure:
    """Yes as a percentage; not recorded where no one was given an answer at all."""
    yes, no, unanswered = counts
    if unanswered and not yes + no:
        return make.missing(name, Status.NOT_RECORDED)
    return make.ratio(name, yes, whole)
