"""Words of the service that a report prints: its priorities, and what inspectors found.

Free text can hold anything. A row whose words hold what could lead to a person is left out whole
and reported as an error that names file and line only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.errors import CommandError
from irostats.figures import Status
from irostats.issues import Issue, Severity, per_file
from irostats.records import Records

FEWEST_DIGITS = 5
"""Digits from which an identifier without its leading zeros is still looked for."""
_WORD = re.compile(r"[^\W_]+")
_PATTERNS = (
    # A postcode, an e-mail address, a telephone number, a unique pupil number.
    re.compile(r"\b(?:GIR\s*0AA|[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]?\s*\d[ABD-HJLNP-UW-Z]{2})\b"),
    re.compile(r"\S@\S"),
    re.compile(r"(?<!\d)(?:\+44|0)(?:[\s().-]*\d){9,11}(?!\d)"),
    re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[A-Z\d]\b"),
)
PRIORITY, FINDING = ("priority", "status", "note"), ("body", "judgement", "finding")


@dataclass(frozen=True, slots=True)
class Priority:
    """One of the service's priorities, in its own words.

    Attributes:
        year: The reporting year that it is for.
        text: What is to be done.
        status: ``done``, ``in_progress``, ``not_done``; empty if not recorded.
        note: What became of it; may be empty.
        file: The file that it stands in.
        line: Its line there.
    """

    year: ReportingYear
    text: str
    status: str = ""
    note: str = ""
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """What an inspector found about IROs.

    Attributes:
        day: Day of the inspector's report.
        body: Who inspected.
        judgement: The judgement; may be empty.
        finding: What was found; may be empty.
        file: The file that it stands in.
        line: Its line there.
    """

    day: date
    body: str
    judgement: str = ""
    finding: str = ""
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Texts:
    """The service's words that may be printed, for one year.

    Attributes:
        priorities: Those for the year of the report and those for the year after it, as given.
        findings: Those dated in the year or in the year before, latest first.
        findings_left_out: How many findings are left out because of what their words hold.
        findings_missing: Why there is no table of findings; ``OK`` if there is one.
        issues: Rows left out, and why.
    """

    priorities: tuple[Priority, ...] = ()
    findings: tuple[Finding, ...] = ()
    findings_left_out: int = 0
    findings_missing: Status = Status.NOT_RECORDED
    issues: tuple[Issue, ...] = ()


def read_texts(records: Records) -> Texts:
    """The words of the year reported on, without rows that could lead to a person."""
    year = records.year
    children = _identifiers(records)
    priorities, issues = _priorities(records)
    safe_priorities, unsafe_priorities = _part(priorities, PRIORITY, children)
    findings = _findings(records)
    safe_findings, unsafe_findings = _part(findings, FINDING, children)
    kept = records.service_kept("inspections", year) or len(findings)
    return Texts(
        priorities=tuple(
            Priority(of, text, status, note, file, int(line))
            for of, text, status, note, file, line in zip(
                safe_priorities["of"],
                *_words(safe_priorities, (*PRIORITY, "FILE")),
                safe_priorities["LINE"],
                strict=True,
            )
        ),
        findings=tuple(
            Finding(day, body, judgement, finding, file, int(line))
            for day, body, judgement, finding, file, line in zip(
                safe_findings["date"].dt.date,
                *_words(safe_findings, (*FINDING, "FILE")),
                safe_findings["LINE"],
                strict=True,
            )
        ),
        findings_left_out=len(unsafe_findings),
        findings_missing=Status.OK if kept else records.service_missing("inspections", year),
        issues=(
            *issues,
            *_unsafe(unsafe_priorities, "priorities", ("priorities",)),
            *_unsafe(unsafe_findings, "inspections", ("monitoring",)),
        ),
    )


def year_of(text: object) -> ReportingYear | None:
    """The reporting year that a cell names; None if it names none."""
    try:
        return ReportingYear.parse(str(text))
    except CommandError:
        return None


def could_lead_to_a_person(text: str, children: frozenset[str]) -> bool:
    """Whether a text holds a child's identifier, postcode, e-mail address, telephone number or UPN.

    Args:
        text: The words.
        children: Identifiers as ``_identifiers`` spells them.
    """
    plain = _plain(text)
    words = set(_WORD.findall(plain))
    if words & children or any(pattern.search(plain) for pattern in _PATTERNS):
        return True
    odd = (child for child in children if not _WORD.fullmatch(child))
    return any(re.search(rf"(?<![^\W_]){re.escape(child)}(?![^\W_])", plain) for child in odd)


def identifiers(children: Iterable[str]) -> frozenset[str]:
    """Identifiers as they are looked for: capitals, also without a number's leading zeros."""
    spelt = {_plain(child) for child in children}
    bare = {child.lstrip("0") for child in spelt if child.isdigit()}
    return frozenset(spelt | {child for child in bare if len(child) >= FEWEST_DIGITS}) - {""}


def _identifiers(records: Records) -> frozenset[str]:
    tables = [table for table in records.tables.values() if "CHILD" in table]
    return identifiers(child for table in tables for child in table["CHILD"].dropna().unique())


def _plain(text: str) -> str:
    """Capitals, without characters that nobody sees, full-width letters and digits made plain."""
    shown = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return unicodedata.normalize("NFKC", shown).upper()


def _words(rows: pd.DataFrame, columns: Sequence[str]) -> list[list[str]]:
    """The columns' cells, each on one line; blank ones are empty."""
    return [[" ".join(str(cell).split()) for cell in rows[name].fillna("")] for name in columns]


def _priorities(records: Records) -> tuple[pd.DataFrame, list[Issue]]:
    """Rows of the year's own table for this year and the next, with ``of``; what is amiss."""
    table = records.service.tables["priorities"]
    every = table.assign(
        of=pd.Series([year_of(cell) for cell in table["year"]], table.index, object)
    )
    unusable = every["of"].isna()
    own = every[(every["YEAR"] == records.year.end) & ~unusable]
    this, following = records.year, ReportingYear(records.year.end + 1)
    wanted = own["of"].isin([this, following])
    return own[wanted], [
        *per_file(
            every[unusable],
            severity=Severity.WARNING,
            rule="priority-year",
            message="{rows} with a year that is not a reporting year; left out.",
            table="priorities",
            figures=("priorities",),
            next_step="Write it as 2020-21.",
        ),
        *per_file(
            own[~wanted],
            severity=Severity.NOTE,
            rule="priority-other-year",
            message=f"{{rows}} for years other than {this} and {following}; not shown.",
            table="priorities",
            next_step="Put priorities into the folder of the year whose report they belong to.",
        ),
    ]


def _findings(records: Records) -> pd.DataFrame:
    rows = records.service.tables["inspections"]
    first, last = records.year.previous.first_day, records.year.last_day
    recent = rows[rows["date"].between(pd.Timestamp(first), pd.Timestamp(last))]
    return recent.sort_values("date", ascending=False, kind="stable")


def _part(
    rows: pd.DataFrame, columns: Sequence[str], children: frozenset[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows that may be printed, and those that may not."""
    texts = map(" | ".join, zip(*_words(rows, columns), strict=True))
    unsafe = pd.Series(
        [could_lead_to_a_person(text, children) for text in texts], rows.index, dtype=bool
    )
    return rows[~unsafe], rows[unsafe]


def _unsafe(rows: pd.DataFrame, table: str, figures: tuple[str, ...]) -> list[Issue]:
    return per_file(
        rows,
        severity=Severity.ERROR,
        rule="text-unsafe",
        message="{rows} with words that hold a child's identifier, a postcode, an e-mail address, "
        "a telephone number or a pupil number, or look so; not printed.",
        table=table,
        figures=figures,
        next_step="Reword them so that no one is identified, and build again.",
    )
