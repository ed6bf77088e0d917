"""Names of input files as a published file may say them.

Whoever exports a return may put a child's identifier or name into the name of a file. On the
terminal an analyst is told the name itself; what leaves the machine says a name that is made of
words which any return has, or else of the table and the beginning of the checksum.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from irostats.service import TABLES as SERVICE
from irostats.settings import Authority
from irostats.ssda903 import TABLES as RETURN

_PART = re.compile(r"[a-z]+|\d+")
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d{2}(?:\s*[-_./\u2013]?\s*(?:(?:19|20)?\d{2}))?(?!\d)")
_USUAL = frozenset(
    [
        "903",
        "a",
        "ad",
        "adopted",
        "adoption",
        "all",
        "annex",
        "authority",
        "care",
        "cla",
        "collection",
        "committee",
        "csv",
        "data",
        "dfe",
        "draft",
        "episode",
        "export",
        "extract",
        "final",
        "for",
        "from",
        "full",
        "header",
        "health",
        "history",
        "in",
        "lac",
        "la",
        "leavers",
        "list",
        "local",
        "looked",
        "after",
        "missing",
        "narrative",
        "new",
        "of",
        "oc",
        "old",
        "outcomes",
        "permanence",
        "perm",
        "placed",
        "population",
        "prev",
        "previous",
        "provisional",
        "published",
        "q",
        "report",
        "return",
        "returns",
        "review",
        "service",
        "should",
        "social",
        "ssda",
        "submission",
        "sw",
        "table",
        "tables",
        "template",
        "the",
        "to",
        "toml",
        "v",
        "version",
        "worker",
        "workers",
        "year",
        "zip",
        "xml",
        "md",
        "txt",
        "children",
        "challenge",
        "participation",
        "monitoring",
        "placements",
        "priorities",
        "profile",
        "reviews",
        "summary",
        "npz",
        "postcodes",
        "quality",
        "tsv",
        "xlsx",
        "xls",
        "ods",
    ]
)
_KNOWN = _USUAL | {
    word
    for name in (*RETURN, *SERVICE, *(table.label for table in RETURN.values()))
    for word in _PART.findall(name.lower())
}


def names_of(authority: Authority) -> str:
    """The authority's own names, whose words may stand in the names of its files."""
    identity = authority.identity
    return " ".join((authority.slug, identity.name, identity.council, identity.code))


def shown(path: str, table: str = "", sha256: str = "", *, own: str = "") -> str:
    """A path with each name in it that could say something of a person replaced.

    Args:
        path: Relative to the authority's folder, with ``/``.
        table: The table that the file holds, or several joined by commas.
        sha256: Of the file; what is left of its name is told apart by it.
        own: As ``names_of`` gives them.
    """
    known = _KNOWN | set(_PART.findall(own.lower()))
    *folders, last = path.split("/")
    kept = [name if _plain(name, known) else "folder" for name in folders]
    if not _plain(last, known):
        suffix = PurePosixPath(last).suffix.lower()
        ending = suffix if re.fullmatch(r"\.[a-z]{2,4}", suffix) else ""
        first = table.partition(",")[0] or "file"
        last = "-".join(part for part in (first, sha256[:8]) if part) + ending
    return "/".join((*kept, last))


def _plain(name: str, known: frozenset[str] | set[str]) -> bool:
    """Whether a name is made of usual words, reporting years and single digits alone."""
    rest = _YEARS.sub(" ", name.lower())
    return rest.isascii() and all(
        part in known or (part.isdigit() and len(part) == 1) for part in _PART.findall(rest)
    )
