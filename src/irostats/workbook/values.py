"""Printed cells as a spreadsheet holds them: numbers as numbers, the rest as text.

A number is the one that the report prints, with its decimals, so that workbook and report say
the same and neither says more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from irostats.formulas import printable
from irostats.present.items import Table

EMPTY = "z"
"""Where a printed table leaves a cell empty: the guidance allows no empty cell."""
COUNT, OUT_OF = "count", "out of"
LOWER, UPPER = "lower", "upper"
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<pounds>£?)(?P<whole>0|[1-9]\d{0,14}|[1-9]\d{0,2}(?:,\d{3}){1,4})"
    r"(?:\.(?P<decimals>\d{1,9}))?(?P<percent>%?)"
)
_WITH_COUNTS = re.compile(r"(?P<share>.+) \((?P<count>[\d,]+) of (?P<of>[\d,]+)\)")
_INTERVAL = re.compile(r"(?P<lower>\d+(?:\.\d+)?) to (?P<upper>\d+(?:\.\d+)?)%")


@dataclass(frozen=True, slots=True)
class Value:
    """A cell: text, or a number and the format that prints it as ``text``.

    Args:
        text: What a reader sees.
        number: What the cell holds, if it is a number.
        form: Its number format.
    """

    text: str
    number: float | None = None
    form: str = ""

    def __str__(self) -> str:
        """A word for gptables, which refuses cells that are blank or all signs."""
        return "cell"


@dataclass(frozen=True)
class Grid:
    """A table as a sheet holds it: headings all different, no cell empty.

    Args:
        columns: Headings.
        rows: As many values a row as there are columns.
        headings: How many leading columns name the row.
        numbers: Which columns hold numbers, and symbols in place of them.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    headings: int
    numbers: tuple[int, ...]


def value(text: str) -> Value:
    """A printed cell as a number if it is one, else as text.

    >>> value("97.9%").number, value("97.9%").form
    (0.979, '0.0%')
    """
    found = _NUMBER.fullmatch(text)
    if found is None:
        return Value(text or EMPTY)
    decimals = len(found["decimals"] or "")
    number = Decimal(f"{found['sign']}{found['whole'].replace(',', '')}.{found['decimals'] or 0}")
    point = f".{'0' * decimals}" if decimals else ""
    form = ("#,##0" if "," in found["whole"] else "0") + point
    if found["percent"]:
        form, number = f"{form}%", number / 100
    elif found["pounds"]:
        form = f'"{found["pounds"]}"{form}'
    if found["sign"] or found["pounds"]:
        plus = "+" if found["sign"] == "+" else ""
        form = f"{plus}{form};-{form};{form}"
    return Value(text, float(number), form)


def grid(table: Table) -> Grid:
    """A printed table, with a column for each number that a printed cell holds.

    ``97.6% (518 of 531)`` takes three columns and ``95.9 to 98.8%`` two, wherever a column has
    such a cell: numbers that share a cell with words can be neither sorted nor read by a program.
    """
    spread = [_column(table, n) for n in range(len(table.columns))]
    headings = [heading for column in spread for heading, _ in column]
    columns = [cells for column in spread for _, cells in column]
    sides = [table.align[n] for n, column in enumerate(spread) for _ in column]
    return Grid(
        tuple(unlike(headings)),
        tuple(zip(*columns, strict=True)),
        headings=table.headings,
        numbers=tuple(n for n, side in enumerate(sides) if side == "r"),
    )


def _column(table: Table, n: int) -> list[tuple[str, list[Value]]]:
    """What a printed column becomes: heading and cells of one to three columns."""
    heading, cells = table.columns[n], [row[n] for row in table.rows]
    if table.align[n] != "r" or n < table.headings:
        return [(heading, [Value(cell or EMPTY) for cell in cells])]
    shares = [_WITH_COUNTS.fullmatch(cell) for cell in cells]
    if any(shares):
        return [
            (heading, [value(f["share"] if f else c) for f, c in zip(shares, cells, strict=True)]),
            (f"{heading}: {COUNT}", [value(f["count"] if f else "") for f in shares]),
            (f"{heading}: {OUT_OF}", [value(f["of"] if f else "") for f in shares]),
        ]
    limits = [_INTERVAL.fullmatch(cell) for cell in cells]
    if any(limits):
        return [
            (
                f"{heading}: {name}",
                [value(f"{f[name]}%" if f else c) for f, c in zip(limits, cells, strict=True)],
            )
            for name in (LOWER, UPPER)
        ]
    return [(heading, [value(cell) for cell in cells])]


def unlike(headings: Sequence[str]) -> Iterator[str]:
    """The headings, with a number behind one that stands before: a spreadsheet table needs it."""
    seen: set[str] = set()
    for heading in headings:
        # An empty heading is refused, and so are two dollar signs, which mark a note to gptables.
        text = plain = (printable(heading).strip() or "Column").replace("$$", "$ $")[:240]
        count = 1
        while text.casefold() in seen:
            count += 1
            text = f"{plain} ({count})"
        seen.add(text.casefold())
        yield text
