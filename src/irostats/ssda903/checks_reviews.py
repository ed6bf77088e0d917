"""Checks of the Header and the Reviews."""

from __future__ import annotations

import numpy as np
import pandas as pd

from irostats.calendar import ReportingYear, bank_holidays
from irostats.ssda903.checking import (
    CARE,
    PROFILE,
    REVIEWS,
    TOOK_PART,
    Checks,
    Tables,
    is_code,
    latest_header,
    of_year,
    year_ends,
)

CLOSE = 20
"""Working days within which two reviews of a child are worth a look."""

checks = Checks()


def reviews_of(tables: Tables, year: ReportingYear) -> pd.DataFrame:
    """Reviews held in the year, or sent in its return, with the child's date of birth."""
    rows = tables["reviews"]
    first, last = pd.Timestamp(year.first_day), pd.Timestamp(year.last_day)
    rows = rows.loc[rows["REVIEW"].between(first, last) | (rows["YEAR"] == year.end)]
    born = latest_header(tables)["DOB"]
    return rows.assign(BORN=born.reindex(rows["CHILD"]).to_numpy())


# Header


@checks.add(
    "dob-missing",
    "header",
    "{rows} without a date of birth that can be used, so without an age.",
    CARE,
)
def _no_dob(tables: Tables, year: ReportingYear) -> pd.DataFrame:
    rows = of_year(tables["header"], year)
    return rows.loc[rows["DOB"].isna()]


@checks.add(
    "sex-missing", "header", "{rows} without a sex that can be used (DfE check 101).", PROFILE
)
def _no_sex(tables: Tables, year: ReportingYear) -> pd.DataFrame:
    rows = of_year(tables["header"], year)
    return rows.loc[rows["SEX"].isna()]


@checks.add(
    "ethnic-missing",
    "header",
    "{rows} without an ethnicity that can be used (DfE check 103).",
    PROFILE,
)
def _no_ethnicity(tables: Tables, year: ReportingYear) -> pd.DataFrame:
    rows = of_year(tables["header"], year)
    return rows.loc[rows["ETHNIC"].isna()]


@checks.add("dob-after-year", "header", "{rows} born after the year's end (DfE check 301).", CARE)
def _born_late(tables: Tables, year: ReportingYear) -> pd.DataFrame:  # noqa: ARG001
    rows = tables["header"]
    return rows.loc[rows["DOB"] > year_ends(rows)]


# Reviews


@checks.add(
    "review-not-in-header", "reviews", "{rows} of children not in the Header (INT08).", REVIEWS
)
def _review_without_header(tables: Tables, year: ReportingYear) -> pd.DataFrame:
    rows = reviews_of(tables, year)
    return rows.loc[~rows["CHILD"].isin(tables["header"]["CHILD"])]


@checks.add(
    "review-dob", "reviews", "{rows} with another DOB than the Header's (INT17).", TOOK_PART
)
def _review_dob(tables: Tables, year: ReportingYear) -> pd.DataFrame:
    rows = reviews_of(tables, year)
    return rows.loc[rows["DOB"].notna() & rows["BORN"].notna() & (rows["DOB"] != rows["BORN"])]


@checks.add(
    "review-code-missing",
    "reviews",
    "{rows} without a code that can be used (DfE check 167).",
    TOOK_PART,
)
def _no_code(tables: Tables, year: ReportingYear) -> pd.DataFrame:
    rows = reviews_of(tables, year)
    return rows.loc[rows["REVIEW_CODE"].isna()]


@checks.add(
    "pn0-at-4",
    "reviews",
    "{rows} with PN0 although the child was 4 or over (DfE check 440).",
    TOOK_PART,
)
def _pn0_at_4(tables: Tables, year: ReportingYear) -> pd.DataFrame:
    rows = reviews_of(tables, year)
    return rows.loc[
        is_code(rows["REVIEW_CODE"], "PN0")
        & (rows["REVIEW"] > rows["BORN"] + pd.DateOffset(years=4))
    ]


@checks.add(
    "pn-under-4",
    "reviews",
    "{rows} with PN1 to PN7 although the child was under 4 (DfE check 441).",
    TOOK_PART,
)
def _coded_under_4(tables: Tables, year: ReportingYear) -> pd.DataFrame:
    rows = reviews_of(tables, year)
    coded = rows["REVIEW_CODE"].notna() & ~is_code(rows["REVIEW_CODE"], "PN0")
    return rows.loc[coded & (rows["REVIEW"] < rows["BORN"] + pd.DateOffset(years=4))]


@checks.add(
    "review-after-return",
    "reviews",
    "{rows} dated after 31 March of the return's year; each counts in the year of its date.",
    REVIEWS,
    note=True,
)
def _after_return(tables: Tables, year: ReportingYear) -> pd.DataFrame:
    rows = tables["reviews"]
    counts = rows["REVIEW"] <= pd.Timestamp(year.last_day)
    return rows.loc[counts & (rows["REVIEW"] > year_ends(rows))]


@checks.add(
    "reviews-close",
    "reviews",
    f"{{rows}} within {CLOSE} working days of the child's review before; each counts.",
    REVIEWS,
    note=True,
)
def _close(tables: Tables, year: ReportingYear) -> pd.DataFrame:
    rows = tables["reviews"].sort_values(["CHILD", "REVIEW"], kind="stable")
    before = rows.groupby("CHILD", sort=False)["REVIEW"].shift()
    held = rows["REVIEW"].between(pd.Timestamp(year.first_day), pd.Timestamp(year.last_day))
    rows, before = rows.loc[held & before.notna()], before.loc[held & before.notna()]
    days = np.busday_count(
        before.to_numpy().astype("datetime64[D]"),
        rows["REVIEW"].to_numpy().astype("datetime64[D]"),
        holidays=bank_holidays(),
    )
    return rows.loc[days <= CLOSE]
