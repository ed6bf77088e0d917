"""What reading finds, and how it is told: one rule each, in plain English.

A ``Finding`` is a fact about lines of one file; ``issues`` turns findings into Issues. The rules
marked ``left_out`` take their rows out of the tables, and nothing else does: for every file, rows
kept plus rows of these findings are the rows that it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from irostats.issues import MAX_LINES, Issue, Severity, counted
from irostats.ssda903.rules import LEFT_OUT, RULES
from irostats.ssda903.schema import TABLES

DETAILS = {
    ("reviews", "REVIEW"): " (DfE check 166)",
    ("reviews", "REVIEW_CODE"): " (DfE check 167)",
    ("header", "SEX"): " (DfE check 101)",
    ("header", "ETHNIC"): " (DfE check 103)",
    ("episodes", "LS"): "; the child still counts as looked after",
    ("episodes", "RNE"): "; dates alone decide whether a period of care begins",
    ("episodes", "REC"): "; an episode that ended stays ended, its reason is not known",
}
"""What a message adds where it is about this table and column."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Lines of one file to which one rule applies.

    Args:
        rule: A key of ``RULES``.
        file: Relative path.
        table: A key of ``TABLES``, or empty.
        lines: Every line concerned.
        column: The column that it is about.
        detail: What else the message says; never a value of a child.
        count: Rows concerned where their lines are not named, because they lie in many files.
    """

    rule: str
    file: str = ""
    table: str = ""
    lines: tuple[int, ...] = ()
    column: str = ""
    detail: str = ""
    count: int = 0

    @property
    def rows(self) -> int:
        """How many rows are concerned."""
        return self.count or len(self.lines)

    @property
    def left_out(self) -> bool:
        """Whether the rows are left out of the tables."""
        return self.rule in LEFT_OUT


def _issue(finding: Finding) -> Issue:
    rule = RULES[finding.rule]
    table = TABLES.get(finding.table)
    figures = table.figures if table else ()
    quiet = rule.severity is not Severity.NOTE and table is not None and not figures
    detail = finding.detail or DETAILS.get((finding.table, finding.column), "")
    return Issue(
        severity=Severity.NOTE if quiet else rule.severity,
        rule=finding.rule,
        message=rule.message.format(
            rows=counted(finding.rows),
            table=table.label if table else "",
            column=finding.column,
            detail=detail,
        ),
        table=finding.table,
        file=finding.file,
        rows=finding.rows,
        lines=tuple(sorted(finding.lines)[:MAX_LINES]),
        figures=figures if rule.severity is not Severity.NOTE else (),
        next_step=rule.next_step,
    )


def in_one(findings: Sequence[Finding]) -> Finding:
    """Findings of one rule in several files as one that names the first and how many they are."""
    first = min(findings, key=lambda finding: finding.file)
    files = len({finding.file for finding in findings})
    if files == 1:
        table = first.table if len({finding.table for finding in findings}) == 1 else ""
        lines = tuple(sorted(line for finding in findings for line in finding.lines))
        return replace(first, table=table, lines=lines)
    return Finding(
        first.rule,
        first.file,
        detail=f", in {files} files of which this is the first",
        count=sum(finding.rows for finding in findings),
    )


def _others_in_one(findings: Sequence[Finding]) -> Iterable[Finding]:
    """Rows of other authorities are one finding, wherever they were found."""
    others = [finding for finding in findings if finding.rule == "other-authority"]
    if others:
        yield in_one(others)
    yield from (finding for finding in findings if finding.rule != "other-authority")


def issues(findings: Sequence[Finding]) -> tuple[Issue, ...]:
    """One issue per finding, those that stop figures first, then by file and rule."""
    order = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
    told = [_issue(finding) for finding in _others_in_one(findings)]
    told.sort(key=lambda issue: (order.index(issue.severity), issue.file, issue.rule, issue.table))
    return tuple(told)
