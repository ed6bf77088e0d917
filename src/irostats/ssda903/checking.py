"""What the checks of the stacked return share: their registry, and the rows they look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.issues import Severity

SHORT_BREAKS = ("V3", "V4")
"""Legal statuses that are not counted as being looked after."""

PROFILE, CARE = ("profile",), ("profile", "reviews", "participation")
REVIEWS, TOOK_PART = ("reviews", "participation"), ("participation",)

Tables = Mapping[str, pd.DataFrame]
Finder = Callable[[Tables, ReportingYear], pd.DataFrame]


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Args:
        rule: Short stable name.
        table: The table whose rows it finds.
        message: With ``{rows}`` to fill; DfE's number where there is one.
        find: Gives the rows to which the message applies.
        severity: A warning, or a note where no figure is wrong.
        figures: Sections that the rows can move.
    """

    rule: str
    table: str
    message: str
    find: Finder
    severity: Severity
    figures: tuple[str, ...]

    @property
    def next_step(self) -> str:
        """What to do about the rows."""
        warned = self.severity is Severity.WARNING
        return "Correct the records and export again." if warned else ""


@dataclass
class Checks:
    """Checks in the order in which they are told."""

    all: list[Check] = field(default_factory=list)

    def add(
        self,
        rule: str,
        table: str,
        message: str,
        figures: tuple[str, ...] = (),
        *,
        note: bool = False,
    ) -> Callable[[Finder], Finder]:
        """Register a finder, as a decorator."""

        def register(find: Finder) -> Finder:
            severity = Severity.NOTE if note else Severity.WARNING
            self.all.append(Check(rule, table, message, find, severity, figures))
            return find

        return register


def latest_header(tables: Tables) -> pd.DataFrame:
    """The last Header row of each child, indexed by ``CHILD``."""
    header = tables["header"].sort_values(["YEAR", "LINE"], kind="stable")
    return header.drop_duplicates("CHILD", keep="last").set_index("CHILD")


def of_year(rows: pd.DataFrame, year: ReportingYear) -> pd.DataFrame:
    """The rows that the return of ``year`` sent."""
    return rows.loc[rows["YEAR"] == year.end]


def year_ends(rows: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    """31 March of the return that each row belongs to."""
    known = {year: pd.Timestamp(int(year), 3, 31) for year in rows["YEAR"].unique()}
    ends = [known[year] for year in rows["YEAR"]]
    return pd.Series(ends, index=rows.index, dtype="datetime64[us]")


def is_code(values: pd.Series[str], code: str) -> pd.Series[bool]:
    """Where a column holds ``code``; blank is not it."""
    return values.eq(code).fillna(False).astype(bool)
