"""Derived: what the measures count, computed once from Records.

Children's identifiers and dates of birth live here and go no further: measures give numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from irostats.calendar import ReportingYear, ages
from irostats.care import Care, looked_after_on, periods_of_care
from irostats.due_dates import Reconciled, given, reconcile
from irostats.issues import Issue
from irostats.placements import Placements, placements
from irostats.records import Records
from irostats.reviews import Reviewed, judge
from irostats.service import unmatched_participation
from irostats.whole_year import continuously_looked_after


@dataclass(frozen=True)
class Derived:
    """Records with periods of care, placements and judged reviews.

    Attributes:
        records: What they were derived from.
        care: Episodes, periods, short breaks.
        reviewed: Reviews, obligations.
    """

    records: Records
    care: Care
    reviewed: Reviewed

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What deriving left out or repaired."""
        local = self.records.service.tables["participation_local"]
        unmatched = unmatched_participation(local, self.reviewed.reviews)
        return (
            *self.care.issues,
            *self.reviewed.issues,
            *self.reconciled.issues,
            *unmatched,
        )

    @cached_property
    def reconciled(self) -> Reconciled:
        """How the return's reviews and the service's own table of reviews agree."""
        records = self.records
        return reconcile(
            records.service.tables["reviews_local"],
            self.reviewed,
            returned=records.tables["reviews"],
            children=frozenset(records.tables["header"]["CHILD"]),
            periods=self.care.periods,
            kept=[year for year in records.history if records.service_kept("reviews_local", year)],
            rules=records.authority.rules,
        )

    @cached_property
    def children(self) -> pd.DataFrame:
        """One row per child of the Header, the latest return's word: SEX, DOB, ETHNIC by CHILD."""
        header = self.records.tables["header"].sort_values("YEAR", kind="stable")
        return header.groupby("CHILD")[["SEX", "DOB", "ETHNIC"]].last()

    def describe(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows with the SEX, DOB and ETHNIC of their CHILD joined on.

        The Header's date of birth counts; the row's own stands in for a child whom no Header
        holds.
        """
        own = rows.drop(columns=["SEX", "DOB", "ETHNIC"], errors="ignore")
        joined = own.join(self.children, on="CHILD")
        if "DOB" not in rows:
            return joined
        return joined.assign(DOB=joined["DOB"].fillna(rows["DOB"]))

    def looked_after(self, year: ReportingYear) -> pd.DataFrame:
        """Children looked after at the end of 31 March: an episode each, with ``age``."""
        found = self.describe(looked_after_on(self.care.episodes, year))
        day = pd.Series(pd.Timestamp(year.last_day), index=found.index, dtype="datetime64[us]")
        return found.assign(age=ages(found["DOB"], day))

    @cached_property
    def placements(self) -> Placements:
        """Placements of all years in use: runs of episodes with the same carer."""
        return placements(self.care.episodes)

    def usual_placements(self, year: ReportingYear) -> pd.DataFrame:
        """Children looked after at the end of 31 March: their usual placement, with ``age``."""
        found = self.describe(self.placements.usual_on(self.care.episodes, year))
        day = pd.Series(pd.Timestamp(year.last_day), index=found.index, dtype="datetime64[us]")
        return found.assign(age=ages(found["DOB"], day))

    def looked_after_all_year(self, year: ReportingYear) -> pd.DataFrame:
        """Those of ``looked_after`` who have been so for the whole year: the cohort of OC2."""
        found = self.looked_after(year)
        cohort = continuously_looked_after(self.care.periods, self.care.short_breaks, year)
        return found[found["CHILD"].isin(cohort)]

    def reviews_in(self, year: ReportingYear) -> pd.DataFrame:
        """Reviews held in the year, with ``age`` on the day."""
        reviews = self.reviewed.reviews
        held = self.describe(
            reviews[
                reviews["REVIEW"].between(pd.Timestamp(year.first_day), pd.Timestamp(year.last_day))
            ]
        )
        return held.assign(age=ages(held["DOB"], held["REVIEW"]))

    def uasc(self, year: ReportingYear) -> frozenset[str]:
        """Children who were unaccompanied asylum-seeking at the end of 31 March.

        In the year's UASC table with no date on which that status ceased, or one after it.
        """
        table = self.records.tables["uasc"]
        ceased = table["DUC"] <= pd.Timestamp(year.last_day)
        return frozenset(table[(table["YEAR"] == year.end) & ~ceased]["CHILD"])

    def uasc_in(self, year: ReportingYear) -> frozenset[str]:
        """Children who were unaccompanied asylum-seeking at any time in the year."""
        table = self.records.tables["uasc"]
        return frozenset(table[table["YEAR"] == year.end]["CHILD"])


def derive(records: Records) -> Derived:
    """Derive everything that the measures count."""
    care = periods_of_care(records.tables["episodes"], records.year, since=records.history[0])
    reviewed = judge(
        records.tables["reviews"],
        care.periods,
        known_from=records.reviews_known_from.first_day,
        year=records.year,
        rules=records.authority.rules,
        short_breaks=care.short_breaks,
        given=given(records.service.tables["reviews_local"], records.authority.rules),
    )
    return Derived(records, care, reviewed)
