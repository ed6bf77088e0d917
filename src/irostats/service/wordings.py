"""Free text of service tables, read as the categories of a fixed list.

The words themselves never leave this module: whoever writes freely may name a child.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import pandas as pd

from irostats.issues import Issue, Severity, per_file
from irostats.ssda903 import codes

OTHER, NOT_RECORDED = "other", "not_recorded"


@dataclass(frozen=True, slots=True)
class Free:
    """A column that is read by a list of wordings.

    Attributes:
        table: The service table.
        column: Its column.
        list: The list in wordings.toml.
        figures: What its rows move.
        several: Whether a cell may hold several, with a semicolon between.
        unknown: What a wording that is not in the list counts as.
    """

    table: str
    column: str
    list: str
    figures: tuple[str, ...]
    several: bool = False
    unknown: str = OTHER


ALERT_THEMES = Free("alerts", "category", "theme", ("challenge.alerts",), several=True)
DISPUTE_THEMES = Free("disputes", "themes", "theme", ("challenge.active",), several=True)
OUTCOMES = Free("disputes", "outcome", "outcome", ("challenge.closed",))
LATE_REASONS = Free("reviews_local", "late_reason", "late_reason", ("reviews.late",))
FEEDBACK_FROM = Free("feedback", "from", "given_by", ("participation.feedback",))
STAFF_SEX = Free("iro_staff", "sex", "sex", ("service.headcount",), unknown=NOT_RECORDED)
STAFF_ETHNICITY = Free(
    "iro_staff", "ethnicity", "ethnic_group", ("service.headcount",), unknown=NOT_RECORDED
)
COLUMNS = (
    ALERT_THEMES,
    DISPUTE_THEMES,
    OUTCOMES,
    LATE_REASONS,
    FEEDBACK_FROM,
    STAFF_SEX,
    STAFF_ETHNICITY,
)


def parts(rows: pd.DataFrame, column: Free) -> pd.Series[str]:
    """The category of each part of each cell, indexed as ``rows``; blank cells are not recorded.

    A cell with several parts gives as many rows of the same index.
    """
    return _plain(rows, column).map(lambda text: _category(text, column)).astype("string")


def unknown_wordings(tables: Mapping[str, pd.DataFrame]) -> list[Issue]:
    """A note for each file with wordings that no list has: how many rows, and the first lines."""
    found: list[Issue] = []
    for column in COLUMNS:
        rows = tables[column.table]
        plain = _plain(rows, column).dropna()
        strange = plain[~plain.isin(_known(column.list))]
        counted_as = column.unknown.replace("_", " ")
        found += per_file(
            rows.loc[strange.index.unique()],
            severity=Severity.NOTE,
            rule="wording-unknown",
            table=column.table,
            message=f"{{rows}} with words for {column.column} that are not in the list of "
            f"wordings; counted as {counted_as}.",
            figures=column.figures,
            next_step="Use the words of the guide to the column.",
        )
    return found


def _plain(rows: pd.DataFrame, column: Free) -> pd.Series[str]:
    """Each part in lower case, without punctuation; NA where a cell says nothing."""
    cells = rows[column.column].astype("string")
    each = cells.str.split(";").explode() if column.several else cells
    plain = each.map(_simple, na_action="ignore").astype("string")
    said = plain.mask(plain.eq("").fillna(value=False))
    if not column.several:
        return said
    # A stray semicolon makes no theme, unless the cell holds nothing else.
    elsewhere = said.notna().groupby(level=0).transform("any") | said.index.duplicated()
    return said[~(said.isna() & elsewhere)]


def _simple(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


def _category(text: object, column: Free) -> str:
    if not isinstance(text, str):
        return NOT_RECORDED
    return _known(column.list).get(text, column.unknown)


@cache
def _known(name: str) -> Mapping[str, str]:
    """Category by simplified wording."""
    text = (resources.files("irostats.service") / "wordings.toml").read_text(encoding="utf-8")
    found = {
        _simple(wording): category
        for category, wordings in tomllib.loads(text)[name].items()
        for wording in wordings
    }
    if name != "ethnic_group":
        return found
    groups = codes.load("ETHNIC").group_by_code
    return found | {
        code.lower(): NOT_RECORDED if group == "not_known" else group
        for code, group in groups.items()
    }
