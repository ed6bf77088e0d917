"""Where placements lie, from postcodes: the last thing that is done with them.

A return holds the postcode of the home and of the placement; whether the placement lies inside the
authority, and how far from home, is worked out from a postcode directory where the extract does
not say so. Postcodes go no further than this module.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.postcodes import Directory, open_directory
from irostats.ssda903.findings import Finding, in_one
from irostats.ssda903.model import SourceFile
from irostats.ssda903.rows import TextRows

HOME, PLACE = "HOME_POST", "PL_POST"
POSTCODES = frozenset({HOME, PLACE})
LOCATION, DISTANCE = "PL_LOCATION", "PL_DISTANCE"
INSIDE, OUTSIDE = "IN", "OUT"


@dataclass
class Locator:
    """Fills in where placements lie, opens the directory when first needed, and notes what it did.

    Args:
        path: The postcode directory; None, or no file there: nothing is filled in.
        own: ONS codes of the authority, all that it has borne.
    """

    path: Path | None
    own: frozenset[str]

    def __post_init__(self) -> None:
        self.given = self.path is not None and self.path.is_file()
        self.used = False
        self.measured: set[str] = set()
        self._found: list[Finding] = []

    @property
    def wanted(self) -> frozenset[str]:
        """Columns that reading keeps for this."""
        return POSTCODES if self.given else frozenset()

    @cached_property
    def _directory(self) -> Directory:
        assert self.path is not None
        return open_directory(self.path)

    def located(self, rows: TextRows) -> TextRows:
        """Rows of a file without their postcodes, with what these say of its placements.

        A column of which the file holds anything stays as it is: whoever made the extract knows
        which of its placements could not be measured.
        """
        columns = {name: cells for name, cells in rows.columns.items() if name not in POSTCODES}
        plain = replace(rows, columns=columns)
        places = rows.columns.get(PLACE) or []
        lacking = {name for name in (LOCATION, DISTANCE) if not any(columns.get(name) or [])}
        if not self.given or not lacking or not any(places):
            return plain
        self.used = True
        homes = rows.columns.get(HOME) or [None] * len(places)
        directory = self._directory
        at, home = directory.find(places), directory.find(homes)
        filled: dict[str, list[str | None]] = {}
        if LOCATION in lacking and self._own_known(rows.file):
            filled[LOCATION] = [self._side(code) for code in directory.authority_of(at)]
        if DISTANCE in lacking:
            miles = pd.Series(directory.miles(at, home))
            filled[DISTANCE] = [None if pd.isna(m) else f"{m:.1f}" for m in miles]
            self.measured.add(rows.file)
        unknown = [
            line
            for line, place, p, other, h in zip(rows.lines, places, at, homes, home, strict=True)
            if (place and p < 0) or (DISTANCE in lacking and other and h < 0)
        ]
        if unknown:
            self._found.append(Finding("postcode-unknown", rows.file, rows.table, tuple(unknown)))
        return replace(plain, columns=columns | filled)

    def _side(self, code: str) -> str | None:
        return (INSIDE if code in self.own else OUTSIDE) if code else None

    def _own_known(self, file: str) -> bool:
        """Whether the directory has the authority; if not, every placement would be outside."""
        known = {code.decode("ascii") for code in self._directory.authorities.tolist()}
        if self.own & known:
            return True
        self._found.append(Finding("postcode-authority", file, "episodes"))
        return False

    @property
    def findings(self) -> list[Finding]:
        """One finding a rule, however many files."""
        rules = dict.fromkeys(finding.rule for finding in self._found)
        return [in_one([f for f in self._found if f.rule == rule]) for rule in rules]

    @property
    def source(self) -> tuple[SourceFile, ...]:
        """The directory, if it was used, for provenance."""
        if not self.used or self.path is None:
            return ()
        held = self._directory
        return (SourceFile(self.path.name, held.sha256, held.size, "", 0),)


def without_seekers(
    tables: Mapping[str, pd.DataFrame], measured: Collection[str]
) -> dict[str, pd.DataFrame]:
    """Tables in which unaccompanied children have no distance that was worked out here.

    Their home is abroad (DfE checks 392 and 406). Those count who are so at the end of the year,
    as the figures count them.

    Args:
        tables: All tables of a return.
        measured: Files whose distances were worked out.
    """
    episodes, uasc = tables["episodes"], tables["uasc"]
    if not measured or uasc.empty:
        return dict(tables)
    last = uasc["YEAR"].map(lambda end: pd.Timestamp(ReportingYear(int(end)).last_day))
    still = uasc[~(uasc["DUC"] <= last)]
    seekers = pd.MultiIndex.from_frame(still[["CHILD", "YEAR"]])
    theirs = pd.MultiIndex.from_frame(episodes[["CHILD", "YEAR"]]).isin(seekers)
    blank = theirs & episodes["FILE"].isin(measured)
    return {**tables, "episodes": episodes.assign(**{DISTANCE: episodes[DISTANCE].mask(blank)})}
