"""Rows of service tables that speak of a review, joined to the return's reviews."""

from __future__ import annotations

import pandas as pd

from irostats.issues import Issue, Severity, per_file


def matched(rows: pd.DataFrame, reviews: pd.DataFrame) -> pd.Series[bool]:
    """Whether each row's ``child_id`` and ``review_date`` are CHILD and REVIEW of a review held.

    A row whose day lies outside the year of its own file is not matched.
    """
    held = pd.MultiIndex.from_arrays([reviews["CHILD"], reviews["REVIEW"]])
    ends = rows["review_date"].dt.year + (rows["review_date"].dt.month >= 4)
    there = pd.MultiIndex.from_arrays([rows["child_id"], rows["review_date"]]).isin(held)
    own: pd.Series[bool] = ends.eq(rows["YEAR"])
    return own & there


def unmatched_participation(rows: pd.DataFrame, reviews: pd.DataFrame) -> list[Issue]:
    """A warning for each participation_local with rows that belong to no review of its year."""
    return per_file(
        rows[~matched(rows, reviews)],
        severity=Severity.WARNING,
        rule="participation-unmatched",
        table="participation_local",
        message="{rows} without a review of that child on that day in the year's return; left out.",
        figures=("participation.parents_percent", "participation.visited_percent"),
        next_step="Correct child_id or review_date, or send the missing review.",
    )
