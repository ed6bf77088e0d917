"""What all commands print alike: columns, errors, and an apology for a fault of our own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from irostats.errors import IrostatsError

if TYPE_CHECKING:
    from rich.console import Console


def console() -> Console:
    """Where progress and errors go."""
    from rich.console import Console

    return Console(stderr=True, soft_wrap=True)


def tell_error(error: IrostatsError) -> None:
    """What is wrong, and what to do."""
    from rich.text import Text

    out = console()
    out.print(Text(error.message, style="bold red"))
    if error.next_step:
        out.print(Text(f"What to do: {error.next_step}"))


def tell_fault(error: Exception) -> None:
    """That irostats itself failed, and where the log is; no value of a row stands in it."""
    from irostats.build import masking

    # Made anew and for its owner alone: a name that can be foreseen could be a link elsewhere.
    with tempfile.NamedTemporaryFile(
        "w", prefix=f"irostats-{os.getpid()}-", suffix=".log", delete=False, encoding="utf-8"
    ) as file:
        file.write(masking.of(error))
        log = Path(file.name)
    click.echo(
        f"Sorry: irostats met a fault of its own ({type(error).__name__}).\n"
        f"What to do: send {log} to whoever looks after irostats; no child's data is in it.",
        err=True,
    )


def columns(rows: Sequence[Sequence[str]], *, numbers: bool = False) -> str:
    """Rows in columns. A table of rich's would cut paths off where the terminal ends.

    Args:
        rows: As many cells each.
        numbers: Whether all columns but the first are set to the right.
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    right = str.rjust if numbers else str.ljust
    set_as = [str.ljust, *[right] * (len(widths) - 1)]
    lines = (
        "  ".join(how(cell, width) for how, cell, width in zip(set_as, row, widths, strict=True))
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)


def things(number: int, one: str, several: str = "") -> str:
    """A number with its noun.

    >>> things(1, "row"), things(2, "row"), things(3, "this is", "these are")
    ('1 row', '2 rows', '3 these are')
    """
    return f"{number:,} {one if number == 1 else several or one + 's'}"
