"""A file edited since its build, against what the build printed: numbers, and what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from irostats.verifying.contents import Contents, Fault, Printed
from irostats.verifying.rules import Finding

_DIGIT = re.compile(r"\d")
_SUPPRESSED = re.compile(r"\[?c\]?", re.IGNORECASE)
_SMALL = re.compile(
    r"\b(?:[1-5]|one|two|three|four|five)(?:\s+[\w'\u2019-]+){0,3}?\s+"
    r"(?:child|children|young\s+(?:people|person)|boys?|girls?|bab(?:y|ies)|siblings?|"
    r"care\s+leavers?|brothers?|sisters?)\b",
    re.IGNORECASE,
)
MOST = 25


@dataclass(frozen=True)
class Reference:
    """What the build printed: tables by caption, and every paragraph."""

    tables: Mapping[str, tuple[Printed, ...]] = field(default_factory=dict)
    paragraphs: frozenset[str] = frozenset()


def reference(unchanged: Iterable[Contents]) -> Reference:
    """From files that are as the build wrote them: pages, Word files, executed notebooks."""
    tables: dict[str, tuple[Printed, ...]] = {}
    paragraphs: set[str] = set()
    for contents in unchanged:
        for table in contents.tables:
            if table.caption:
                key = _key(table.caption)
                tables[key] = (*tables.get(key, ()), table)
        paragraphs |= {_words(piece.text) for piece in contents.pieces}
    return Reference(tables, frozenset(paragraphs))


def differences(name: str, contents: Contents, built: Reference) -> list[Finding]:
    """Findings for an edited file.

    Args:
        name: Its name.
        contents: What it holds.
        built: What the build printed.
    """
    faults: list[Fault] = []
    if contents.tables and not built.tables:
        faults.append(Fault("not-compared"))
    elif built.tables:
        for table in contents.tables:
            faults += _compared(table, built)
    if contents.kind == "pdf":
        faults.append(Fault("not-compared", "", "a PDF has no tables that could be read back"))
    faults += _typed(contents, built)
    return [Finding(name, fault.rule, fault.place, fault.detail) for fault in faults[:MOST]]


def _compared(table: Printed, built: Reference) -> Iterator[Fault]:
    if not any(_DIGIT.search(cell) for row in table.rows for cell in row):
        return
    known = built.tables.get(_key(table.caption))
    place = f"table '{table.caption[:80]}'" if table.caption else "a table without a caption"
    if known is None:
        yield Fault("table-unknown", place)
        return
    each = [list(_cells(table, other, place)) for other in known]
    yield from min(each, key=len)


def _cells(table: Printed, other: Printed, place: str) -> Iterator[Fault]:
    if [len(row) for row in table.rows] != [len(row) for row in other.rows]:
        yield Fault("table-differs", place)
    for number, (row, built) in enumerate(zip(table.rows, other.rows, strict=False), start=1):
        for column, (now, before) in enumerate(zip(row, built, strict=False), start=1):
            if _words(now) == _words(before):
                continue
            where = f"{place}, row {number}, column {column}"
            if _SUPPRESSED.fullmatch(before.strip()) and _DIGIT.search(now):
                yield Fault("suppressed-shown", where)
            elif _DIGIT.search(now + before):
                yield Fault(
                    "figure-differs", where, f"the build printed {before[:40] or 'nothing'}"
                )


def _typed(contents: Contents, built: Reference) -> Iterator[Fault]:
    for piece in contents.pieces:
        if not piece.shown or _words(piece.text) in built.paragraphs:
            continue
        match = _SMALL.search(piece.text)
        if match:
            yield Fault("small-count", piece.place, f"\u201c{match[0][:60]}\u201d")


def _key(caption: str) -> str:
    return _words(caption).casefold()


def _words(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())
