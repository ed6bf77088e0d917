"""Exports joined end to end in one file: each block of records under its own headings.

A heading line in another order, or of another table, begins a new block; one that says the same
again is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from irostats.ssda903.headings import Found, Match, recognise
from irostats.ssda903.text import Grid


@dataclass(slots=True)
class Block:
    """Records below one line of headings.

    Args:
        titles: The fields of the headings.
        match: What they say.
        line: Their line.
        records: The fields of each record that is not blank.
        lines: The line of each.
        again: Lines of headings after the file's first that stand over or among the records.
    """

    titles: Sequence[str]
    match: Match
    line: int
    records: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    again: list[int] = field(default_factory=list)


def _headings(record: Sequence[str]) -> Match | None:
    """What a record says if it is a line of headings; every table's have CHILD among them."""
    if any("CHILD" in cell.upper() for cell in record):
        return recognise(record)
    return None


def blocks(grid: Grid, found: Found) -> list[tuple[Block, Grid]]:
    """The records below the file's headings by the headings that they stand under.

    Args:
        grid: All records of the file.
        found: Its first headings.

    Returns:
        Each block with its records as a grid; lines that are no record are in the block in
        which they stand.
    """
    all_ = [Block(found.titles, found.match, found.line)]
    for record, line in zip(grid.records, grid.lines, strict=True):
        if line <= found.line or not any(cell.strip() for cell in record):
            continue
        block = all_[-1]
        if match := _headings(record):
            if match != block.match:
                all_.append(block := Block(record, match, line))
            block.again.append(line)
        else:
            block.records.append(record)
            block.lines.append(line)
    return list(_with_broken(all_, grid))


def _with_broken(all_: Sequence[Block], grid: Grid) -> Iterator[tuple[Block, Grid]]:
    for block, following in pairwise([*all_, None]):
        if block is None:
            return
        until = following.line if following else float("inf")
        broken, oversized = (
            tuple(n for n in lines if block.line < n < until)
            for lines in (grid.broken, grid.oversized)
        )
        yield block, Grid(block.records, block.lines, broken, oversized)
