"""What reading gives: the tables, the issues, and where every row came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from irostats.issues import Issue


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was read, for provenance.

    Args:
        path: Relative to the folder that the caller named; members of a zip follow its name.
        sha256: Of its bytes.
        size: In bytes.
        table: The table, or several joined by commas in XML; empty if not recognised.
        rows: Data rows in it: those kept and those left out.
        left_out: Rows left out, each counted in an issue.
        years: End years of which it speaks: those of the rows kept, or of the folder where no row
            is; of the whole return where a column says the year and rows may well be absent.
    """

    path: str
    sha256: str
    size: int
    table: str
    rows: int
    left_out: int = 0
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Return:
    """Typed tables of one authority, with all that was found on the way.

    Args:
        tables: Every key of ``TABLES``, possibly without rows.
        issues: What was left out or judged, in plain English.
        files: Where the rows came from.
    """

    tables: Mapping[str, pd.DataFrame]
    issues: tuple[Issue, ...]
    files: tuple[SourceFile, ...]
