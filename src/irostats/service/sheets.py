"""Rows as a service file holds them, as text, before anything is made of them; the CSV reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from irostats.ssda903.text import decode, split

DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a CSV file, or of one sheet of a workbook.

    Attributes:
        records: The cells of each row, as text; those of no row need be as many.
        lines: The line, or row of the sheet, of each.
        broken: Lines that are no row: a quotation mark does not end.
        columns_certain: Whether a cell stands in its column whatever stands beside it; in a CSV
            file a stray comma moves all that follow.
    """

    records: Sequence[Sequence[str]]
    lines: Sequence[int]
    broken: tuple[int, ...] = ()
    columns_certain: bool = False

    @property
    def empty(self) -> bool:
        """Whether no cell says anything."""
        return not self.broken and not any(map(says, self.records))


def says(record: Sequence[str]) -> bool:
    """Whether any cell of a row is not blank."""
    return any(cell.strip() for cell in record)


def from_csv(data: bytes) -> Sheet:
    """The rows of a delimited file, whatever its encoding and delimiter."""
    text, _ = decode(data)
    first = next((line for line in text.split("\n") if line.strip()), "")
    grid = split(text, max(DELIMITERS, key=first.count))
    return Sheet(grid.records, grid.lines, grid.broken)
