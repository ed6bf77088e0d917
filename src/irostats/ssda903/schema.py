"""The tables of the SSDA903 return: columns, what a row cannot be used without, and identity.

One set of columns serves every year; only tables were added and code sets changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

DATE_DTYPE = "datetime64[us]"
PROVENANCE = ("YEAR", "FILE", "LINE")
"""Added to every table: end year of the return, file, line (1 being the heading line)."""

DATES = frozenset(
    {
        "DOB",
        "DECOM",
        "DEC",
        "REVIEW",
        "DUC",
        "DATE_INT",
        "DATE_MATCH",
        "DATE_PLACED",
        "DATE_PLACED_CEASED",
        "DATE_PERM",
        "MIS_START",
        "MIS_END",
        "SW_DECOM",
        "SW_DEC",
        "DOLO_START",
        "DOLO_END",
        "MC_DOB",
        "PERIOD_START",
    }
)
BIRTHS = frozenset({"DOB", "MC_DOB"})
"""Dates that lie before the end of the return's year, which decides two-digit years."""

NUMBERS: Mapping[str, tuple[float, float]] = MappingProxyType({"SDQ_SCORE": (0, 40)})
"""Whole numbers kept as text, with their bounds."""

FLOATS: Mapping[str, tuple[float, float]] = MappingProxyType({"PL_DISTANCE": (0, 999.8)})
"""Columns held as numbers, with their bounds; 999.9 miles is DfE's "not known"."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the return.

    Args:
        label: As DfE calls it.
        columns: The 903's own columns that are kept, in order.
        required: Headings without which no row can be used.
        dates: Dates without which a row cannot be used.
        identity: What makes a row the same row in another file of the same year.
        dropped: Columns that are never kept: postcodes and pupil numbers are not needed.
        extras: Columns that some extracts add, kept and left blank elsewhere.
        figures: Sections whose figures its rows can move.
    """

    label: str
    columns: tuple[str, ...]
    required: tuple[str, ...]
    dates: tuple[str, ...]
    identity: tuple[str, ...]
    dropped: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()

    @property
    def kept(self) -> tuple[str, ...]:
        """Columns of the typed table, without provenance."""
        return self.columns + self.extras

    @property
    def headings(self) -> tuple[str, ...]:
        """All headings that belong to the table."""
        return self.kept + self.dropped


def _table(
    label: str, columns: str, required: str, dates: str, identity: str, **more: str
) -> Table:
    parts = {name: tuple(text.split()) for name, text in more.items()}
    return Table(
        label,
        tuple(columns.split()),
        tuple(required.split()),
        tuple(dates.split()),
        tuple(identity.split()),
        **parts,
    )


TABLES: Mapping[str, Table] = MappingProxyType(
    {
        "header": _table(
            "Header",
            "CHILD SEX DOB ETHNIC MOTHER MC_DOB",
            "CHILD DOB",
            "",
            "CHILD",
            dropped="UPN",
            figures="profile health leavers participation",
        ),
        "episodes": _table(
            "Episodes",
            "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE",
            "CHILD DECOM RNE LS DEC REC",
            "DECOM DEC",
            "CHILD DECOM",
            dropped="HOME_POST PL_POST URN",
            extras="PL_LOCATION PL_DISTANCE PERIOD_START",
            figures="profile health permanence reviews participation",
        ),
        "reviews": _table(
            "Reviews",
            "CHILD DOB REVIEW REVIEW_CODE",
            "CHILD REVIEW",
            "REVIEW",
            "CHILD REVIEW",
            figures="reviews participation",
        ),
        "uasc": _table("UASC", "CHILD SEX DOB DUC", "CHILD DUC", "", "CHILD", figures="profile"),
        "oc2": _table(
            "OC2",
            "CHILD DOB SDQ_SCORE SDQ_REASON CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK "
            "HEALTH_ASSESSMENT SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED",
            "CHILD",
            "",
            "CHILD",
            figures="health",
        ),
        "oc3": _table(
            "OC3", "CHILD DOB IN_TOUCH ACTIV ACCOM", "CHILD", "", "CHILD", figures="leavers"
        ),
        "ad1": _table(
            "AD1",
            "CHILD DOB DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR",
            "CHILD",
            "",
            "CHILD",
            figures="permanence",
        ),
        "placed_adoption": _table(
            "PlacedAdoption",
            "CHILD DOB DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED",
            "CHILD DATE_PLACED",
            "DATE_PLACED",
            "CHILD DATE_PLACED",
            figures="permanence",
        ),
        "prev_perm": _table(
            "PrevPerm", "CHILD DOB PREV_PERM LA_PERM DATE_PERM", "CHILD", "", "CHILD"
        ),
        "missing": _table(
            "Missing",
            "CHILD DOB MISSING MIS_START MIS_END",
            "CHILD MIS_START",
            "MIS_START",
            "CHILD MISSING MIS_START",
        ),
        "sw_episodes": _table(
            "SWEpisodes",
            "CHILD DOB SW_ID SW_DECOM SW_DEC SW_REASON",
            "CHILD SW_ID SW_DECOM",
            "SW_DECOM",
            "CHILD SW_ID SW_DECOM",
        ),
        "dolo": _table(
            "DoLo",
            "CHILD DOB DOLO_START DOLO_END",
            "CHILD DOLO_START",
            "DOLO_START",
            "CHILD DOLO_START",
        ),
    }
)
"""Every table irostats reads, in the order in which DfE lists them."""

ESSENTIAL = ("header", "episodes", "reviews")
"""Tables without which the report has no figures, and which have rows in every year."""

OPTIONAL_DATES = frozenset({"DEC"})
"""Dates that may be blank, but make a row unusable when they cannot be read."""


def dtype(column: str) -> str:
    """The dtype of a column: text, a date, or a number."""
    if column in DATES:
        return DATE_DTYPE
    if column in FLOATS:
        return "float64"
    return {"YEAR": "Int64", "LINE": "int64"}.get(column, "string")


def empty(key: str) -> pd.DataFrame:
    """Table ``key`` without rows, with its columns and dtypes."""
    columns = (*TABLES[key].kept, *PROVENANCE)
    return pd.DataFrame({name: pd.Series([], dtype=dtype(name)) for name in columns})
