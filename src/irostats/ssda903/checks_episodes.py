"""Checks of the Episodes, of unaccompanied children and of missing periods."""

from __future__ import annotations

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.ssda903.checking import (
    CARE,
    PROFILE,
    SHORT_BREAKS,
    Checks,
    Tables,
    is_code,
    of_year,
    year_ends,
)

checks = Checks()


def _in_care(tables: Tables) -> pd.DataFrame:
    """Episodes that are not short breaks, in order, each with the one before and after."""
    rows = tables["episodes"]
    rows = rows.loc[~rows["LS"].isin(SHORT_BREAKS)]
    rows = rows.sort_values(["CHILD", "DECOM", "DEC"], kind="stable")
    child = rows.groupby("CHILD", sort=False)
    return rows.assign(
        NEXT=child["DECOM"].shift(-1), BEFORE=child["DEC"].shift(), BEFORE_REC=child["REC"].shift()
    )


# Episodes


@checks.add("episode-not-in-header", "episodes", "{rows} of children not in the Header.", PROFILE)
def _episode_without_header(tables: Tables, year: ReportingYear) -> pd.DataFrame:
    rows = of_year(tables["episodes"], year)
    return rows.loc[~rows["CHILD"].isin(tables["header"]["CHILD"])]


@checks.add(
    "dec-without-rec", "episodes", "{rows} with an end and no reason (DfE check 148).", CARE
)
def _dec_without_rec(tables: Tables, year: ReportingYear) -> pd.DataFrame:  # noqa: ARG001
    rows = tables["episodes"]
    return rows.loc[rows["DEC"].notna() & rows["REC"].isna()]


@checks.add("rec-without-dec", "episodes", "{rows} with a reason and no end (DfE check 148).", CARE)
def _rec_without_dec(tables: Tables, year: ReportingYear) -> pd.DataFrame:  # noqa: ARG001
    rows = tables["episodes"]
    return rows.loc[rows["DEC"].isna() & rows["REC"].notna()]


@checks.add(
    "dec-after-year", "episodes", "{rows} with an end after the year's end (DfE check 354).", CARE
)
def _ends_late(tables: Tables, year: ReportingYear) -> pd.DataFrame:  # noqa: ARG001
    rows = tables["episodes"]
    return rows.loc[rows["DEC"] > year_ends(rows)]


@checks.add("decom-after-year", "episodes", "{rows} with a beginning after the year's end.", CARE)
def _begins_late(tables: Tables, year: ReportingYear) -> pd.DataFrame:  # noqa: ARG001
    rows = tables["episodes"]
    return rows.loc[rows["DECOM"] > year_ends(rows)]


@checks.add(
    "x1-without-next",
    "episodes",
    "{rows} with X1 and no episode that begins on the day of their end (DfE check 388).",
    CARE,
)
def _x1_without_next(tables: Tables, year: ReportingYear) -> pd.DataFrame:  # noqa: ARG001
    rows = _in_care(tables)
    continues = is_code(rows["REC"], "X1") & rows["DEC"].notna()
    return rows.loc[continues & (rows["NEXT"].isna() | (rows["NEXT"] > rows["DEC"]))]


# Other tables


@checks.add("uasc-not-in-header", "uasc", "{rows} of children not in the Header.", PROFILE)
def _uasc_without_header(tables: Tables, year: ReportingYear) -> pd.DataFrame:
    rows = of_year(tables["uasc"], year)
    return rows.loc[~rows["CHILD"].isin(tables["header"]["CHILD"])]


@checks.add("missing-backwards", "missing", "{rows} with an end before the beginning.", note=True)
def _missing_backwards(tables: Tables, year: ReportingYear) -> pd.DataFrame:
    rows = of_year(tables["missing"], year)
    return rows.loc[rows["MIS_END"] < rows["MIS_START"]]


@checks.add(
    "missing-overlap",
    "missing",
    "{rows} with a beginning before the period before has ended (DfE check 574).",
    note=True,
)
def _missing_overlap(tables: Tables, year: ReportingYear) -> pd.DataFrame:
    rows = of_year(tables["missing"], year).sort_values(["CHILD", "MIS_START"], kind="stable")
    child = rows.groupby("CHILD", sort=False)
    before, begun = child["MIS_END"].shift(), child["MIS_START"].shift()
    return rows.loc[begun.notna() & (before.isna() | (rows["MIS_START"] < before))]


@checks.add(
    "missing-outside-care",
    "missing",
    "{rows} outside the child's episodes (DfE checks 577, 578).",
    note=True,
)
def _missing_outside(tables: Tables, year: ReportingYear) -> pd.DataFrame:
    rows = of_year(tables["missing"], year).reset_index(drop=True)
    pairs = rows.reset_index().merge(tables["episodes"][["CHILD", "DECOM", "DEC"]], on="CHILD")
    begun = (pairs["DECOM"] <= pairs["MIS_START"]) & ~(pairs["DEC"] < pairs["MIS_START"])
    return rows.loc[~rows.index.isin(pairs.loc[begun, "index"])]
