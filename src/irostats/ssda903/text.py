"""Bytes to rows of text: encodings, line ends, delimiters and quotation marks, as they come.

Nothing here can fail: what cannot be read is told by line number.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

DELIMITERS = (",", ";", "\t", "|")
MAX_LINES_A_RECORD = 20
"""A quoted value that goes on for longer was never closed."""

_BLANKS = frozenset(
    {"", "NULL", "(NULL)", "#NULL!", "NONE", "NIL", "NA", "N/A", "#N/A", "<NA>", "NAN", "NAT"}
    | {"(BLANK)", "-", "--", "---", "\u2013", "\u2014", "."}
)
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u00ad"))


@dataclass(frozen=True, slots=True)
class Grid:
    """Records of a delimited file.

    Args:
        records: The fields of each record, as sent.
        lines: The line on which each record begins, from 1.
        broken: Lines that are no record: a quotation mark is not closed, or too long.
        oversized: Those of the broken lines that are longer than a field may be.
    """

    records: list[list[str]]
    lines: list[int]
    broken: tuple[int, ...] = ()
    oversized: tuple[int, ...] = ()


def _utf16_without_mark(data: bytes) -> str | None:
    sample = data[:4000]
    half = len(sample) // 2
    if half and sample[1::2].count(0) > 0.7 * half:
        return "utf-16-le"
    if half and sample[0::2].count(0) > 0.7 * half:
        return "utf-16-be"
    return None


def encoding_of(data: bytes) -> str:
    """The encoding: by its mark, by the shape of UTF-16, UTF-8 if valid, else Windows' cp1252."""
    marks = {
        b"\xff\xfe\x00\x00": "utf-32",
        b"\x00\x00\xfe\xff": "utf-32",
        b"\xef\xbb\xbf": "utf-8-sig",
        b"\xff\xfe": "utf-16",
        b"\xfe\xff": "utf-16",
    }
    for mark, name in marks.items():
        if data.startswith(mark):
            return name
    if name_16 := _utf16_without_mark(data):
        return name_16
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def decode(data: bytes) -> tuple[str, bool]:
    """The text with line feeds as line ends and no NULs; whether characters were lost."""
    text = data.decode(encoding_of(data), errors="replace")
    lost = "\ufffd" in text or "\x00" in text
    text = text.replace("\x00", "").removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n"), lost


class _Feed:
    """Lines for ``csv.reader``, counted, that refuses a record without end."""

    def __init__(self, lines: Sequence[str], start: int) -> None:
        self.lines, self.position, self.record = lines, start, start

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.position >= len(self.lines):
            raise StopIteration
        if self.position - self.record >= MAX_LINES_A_RECORD:
            raise csv.Error("record without end")
        self.position += 1
        return self.lines[self.position - 1] + "\n"


def _alone(line: str, delimiter: str) -> list[str] | None:
    """One line by itself, or None if its quotation marks do not pair."""
    if line.count('"') % 2:
        return None
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return None


def split(text: str, delimiter: str, *, width: int = 0, limit: int | None = None) -> Grid:
    """Split text into records.

    Args:
        text: With line feeds as line ends.
        delimiter: One character.
        width: Fields that a record over several lines must have to be believed; 0: any.
        limit: Stop after so many records.
    """
    lines = text.split("\n")
    records: list[list[str]] = []
    starts: list[int] = []
    broken: list[int] = []
    position = 0
    while position < len(lines) and (limit is None or len(records) < limit):
        feed = _Feed(lines, position)
        reader = csv.reader(feed, delimiter=delimiter, strict=True)
        try:
            for record in reader:
                several = feed.position - position > 1
                if several and width and len(record) != width:
                    raise csv.Error("record of another width")
                records.append(record)
                starts.append(position + 1)
                position = feed.record = feed.position
                if limit is not None and len(records) >= limit:
                    break
            else:
                break
        except csv.Error:
            alone = _alone(lines[position], delimiter)
            if alone is None:
                broken.append(position + 1)
            else:
                records.append(alone)
                starts.append(position + 1)
            position += 1
    oversized = tuple(n for n in broken if len(lines[n - 1]) > csv.field_size_limit())
    return Grid(records, starts, tuple(broken), oversized)


def tidy(value: str | None) -> str | None:
    """Upper-cased text with single spaces, or None where a value stands for blank."""
    if value is None:
        return None
    text = " ".join(value.translate(_INVISIBLE).split()).upper()
    return None if text in _BLANKS else text


def tidied(values: Iterable[str | None]) -> list[str | None]:
    """``tidy`` of each value, computed once for equal ones."""
    known: dict[str | None, str | None] = {}
    result = []
    for value in values:
        if value not in known:
            known[value] = tidy(value)
        result.append(known[value])
    return result


def heading_key(text: str) -> str:
    """A heading without case, spaces, underscores and hyphens."""
    return re.sub(r"[\s_\-.]+", "", text.translate(_INVISIBLE)).upper()
