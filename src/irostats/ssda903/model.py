"""What reading gives: the tables, the issues, and where every row came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from irostats.issues import Issue

_AROUND = re.compile(
    r"^(the )?((london|royal|metropolitan) borough of|(city|county|borough) of|county) "
    r"|( (city|county|borough|district))?( council)$"
    r"| (city of|county of|city|borough|county)$"
)


def authority_key(text: str) -> str:
    """A name or code of an authority, reduced so that its usual spellings are equal.

    >>> authority_key("Bath & North East Somerset Council"), authority_key("City of York")
    ('bath and north east somerset', 'york')
    """
    plain = unicodedata.normalize("NFKD", text).casefold().replace("&", " and ")
    plain = " ".join(re.sub(r"[^a-z0-9]+", " ", re.sub(r"['\u2019.]", "", plain)).split())
    while (shorter := _AROUND.sub("", plain).strip()) not in (plain, ""):
        plain = shorter
    return plain


@dataclass(frozen=True, slots=True)
class AuthorityId:
    """How an authority may be named in a return.

    Args:
        code: DfE's three-digit code.
        ons_code: The nine-character code.
        names: Its name, its council's name, its slug.
    """

    code: str
    ons_code: str
    names: tuple[str, ...]

    def matches(self, text: str) -> bool:
        """Whether ``text`` names this authority, in any case, by name or code."""
        key = authority_key(re.sub(r"\.0+$", "", text.strip()))
        own = (self.code, self.ons_code, *self.names)
        return bool(key) and key in {authority_key(name) for name in own}


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
        years: End years of the rows kept, or of the folder where no row is.
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
