"""The small tables beside a return (population.csv, published.csv): every cell, or a clear no."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from irostats.errors import SettingsError, nearest
from irostats.opening import contents
from irostats.ssda903.text import decode, split

MAX_ROWS = 20_000


def read_table(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with headings, each with its line; blank rows are passed over.

    Args:
        path: The file.
        columns: Headings that it must have; others are left out.

    Raises:
        SettingsError: It cannot be read, lacks a heading, or a row does not fit its headings.
    """
    data = contents(path, path.parent.parent)
    if isinstance(data, str):
        raise SettingsError(f"{path} is not read: {data}.")
    text, lost = decode(data)
    if lost:
        raise SettingsError(f"{path} is damaged, or no text.", next_step="Save it as UTF-8.")
    first = text.split("\n", 1)[0]
    grid = split(text, max(",;\t", key=first.count), limit=MAX_ROWS + 1)
    headings = [cell.strip().lower() for cell in grid.records[0]] if grid.records else []
    _check(headings, columns, path)
    if grid.broken or len(grid.records) > MAX_ROWS:
        line = min(grid.broken, default=MAX_ROWS)
        raise SettingsError(
            f"{path}, line {line}: a quotation mark does not end, or there are too many rows."
        )
    for record, line in zip(grid.records[1:], grid.lines[1:], strict=True):
        cells = [cell.strip() for cell in record]
        if any(cells[len(headings) :]):
            raise SettingsError(
                f"{path}, line {line}: there are more cells than headings.",
                next_step="Put text that holds a comma into double quotation marks.",
            )
        if any(cells):
            cells += [""] * (len(headings) - len(cells))
            yield line, {column: cells[headings.index(column)] for column in columns}


def _check(headings: Sequence[str], columns: Sequence[str], path: Path) -> None:
    step = f"Its columns are {', '.join(columns)}."
    for column in columns:
        if column not in headings:
            raise SettingsError(
                f"{path} has no column '{column}'.{nearest(column, headings)}", next_step=step
            )
        if headings.count(column) > 1:
            raise SettingsError(f"{path} has more than one column '{column}'.", next_step=step)
