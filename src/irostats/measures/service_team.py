"""The IRO team: whether children keep their IRO, and who the IROs are (D6, D7)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.derive import Derived
from irostats.figures import Figure, Status
from irostats.measures.counting import Section
from irostats.measures.definitions.service_work import SMALLEST_TEAM, TEAM
from irostats.registry import Breakdown
from irostats.service.wordings import STAFF_ETHNICITY, STAFF_SEX, Free, parts

ALL_YEAR = "service.all_year"
SAME = "service.same_iro_percent"
CHANGES = "service.iro_changes_per_child"
LONG_AGO, FAR_OFF = pd.Timestamp("1900-01-01"), pd.Timestamp("2200-01-01")
"""What stands for a first day before the records, and for a last day that is not known yet."""
COLUMNS = {"sex": STAFF_SEX, "ethnic_group": STAFF_ETHNICITY}


def continuity(derived: Derived, make: Section) -> Iterator[Figure]:
    """Children looked after all year, whether they kept their IRO, and how often it changed."""
    year = make.year
    if not derived.records.service_kept("iro_allocation", year):
        missing = derived.records.service_missing("iro_allocation", year)
        yield from make.all_missing([ALL_YEAR, SAME, CHANGES], missing)
        return
    children = pd.Index(derived.looked_after_all_year(year)["CHILD"])
    rows = _touching(derived.records.service_rows("iro_allocation", year), year)
    grouped = rows.groupby("child_id")
    iros = grouped["iro_id"].nunique().reindex(children, fill_value=0)
    whole = pd.Series({child: _covers(own, year) for child, own in grouped}, dtype="boolean")
    kept = iros.eq(1) & whole.reindex(children).fillna(value=False)
    keys = pd.Series("not_recorded", children, dtype="string")
    keys = keys.mask(iros > 1, "changed").mask(kept, "same")
    yield make.value(ALL_YEAR, len(children))
    yield from make.counts(ALL_YEAR, "continuity", keys)
    same, changed = int(keys.eq("same").sum()), int(keys.eq("changed").sum())
    if len(children) and not same + changed:
        yield from make.all_missing([SAME, CHANGES], Status.NOT_RECORDED)
        return
    yield make.ratio(SAME, same, same + changed)
    changes = int(_changes(rows).reindex(children[keys.eq("changed")]).sum())
    yield make.ratio(CHANGES, changes, same + changed)


def _touching(rows: pd.DataFrame, year: ReportingYear) -> pd.DataFrame:
    """Allocations in force on a day of the year, in the order in which they followed.

    Returns:
        child_id, iro_id, and first and last day (``since``, ``until``) clipped to the year.
    """
    first, last = pd.Timestamp(year.first_day), pd.Timestamp(year.last_day)
    begun = rows["start"].fillna(rows["allocated_on"])
    touching = ~(begun > last) & ~(rows["end"] < first) & ~(rows["end"] < begun)
    dated = rows.assign(begun=begun.fillna(LONG_AGO), ended=rows["end"].fillna(FAR_OFF))
    ordered = dated[touching].sort_values(["begun", "ended", "LINE"], kind="stable")
    begun, ended = ordered["begun"], ordered["ended"]
    return ordered.assign(
        since=begun.where(begun > first, first), until=ended.where(ended < last, last)
    )


def _covers(own: pd.DataFrame, year: ReportingYear) -> bool:
    """Whether a child's allocations leave no day of the year without one."""
    day = pd.Timedelta(days=1)
    reached = pd.Timestamp(year.first_day) - day
    for since, until in zip(own["since"], own["until"], strict=True):
        if since > reached + day:
            return False
        reached = max(reached, until)
    return reached >= pd.Timestamp(year.last_day)


def _changes(rows: pd.DataFrame) -> pd.Series[int]:
    """For each child how often an allocation names another IRO than the one before."""
    before = rows.groupby("child_id")["iro_id"].shift()
    changed = before.notna() & rows["iro_id"].ne(before)
    return changed.fillna(value=False).astype("int64").groupby(rows["child_id"]).sum()


def profile(make: Section, posts: pd.DataFrame) -> Iterator[Figure]:
    """IROs in post by sex and ethnic group, unless the team is so small that it names people.

    Args:
        make: The section.
        posts: Rows of IROs in post on 31 March.
    """
    for breakdown in TEAM:
        each = _said(posts, COLUMNS[breakdown.name])
        recorded = int(each.ne("not_recorded").sum())
        if recorded >= SMALLEST_TEAM or posts.empty:
            yield from make.counts("service.headcount", breakdown.name, each)
        else:
            # Suppressed here and not at the protect boundary: internal readers know the team.
            why = Status.SUPPRESSED if recorded else Status.NOT_RECORDED
            yield from _hidden(make, breakdown, why)


def _said(posts: pd.DataFrame, column: Free) -> pd.Series[str]:
    """The first that a person's rows say; not recorded if none says anything."""
    read = parts(posts, column)
    said = read.mask(read.eq("not_recorded")).groupby(posts["iro_id"]).first()
    return said.fillna("not_recorded")


def _hidden(make: Section, breakdown: Breakdown, why: Status) -> Iterator[Figure]:
    for key in breakdown.categories:
        yield make.missing("service.headcount", why, breakdown=breakdown.name, category=key)
