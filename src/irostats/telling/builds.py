"""What ``irostats build`` prints when it is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from irostats.documents import SIGN_OFF
from irostats.telling.lines import columns

if TYPE_CHECKING:
    from irostats.build.batch import Outcome
    from irostats.build.run import Built


def tell_built(built: Built) -> None:
    """Where the report's files lie, and what is left to look at."""
    click.echo(f"The report lies in {built.folder}:")
    for name in built.names:
        click.echo(f"  {built.folder / name}")
    for name in built.removed:
        click.echo(f"{name} was made from other inputs and is gone; build it again with --to.")
    for gap in built.gaps:
        click.echo(f"The Handbook asks for this, and the report does not answer it: {gap}.")
    if built.issues:
        what = "one thing" if built.issues == 1 else f"{built.issues} things"
        click.echo(f"The inputs have {what} to look at: irostats check names them.")
    if built.sign_off:
        click.echo(f"{built.sign_off} See {built.folder / SIGN_OFF}.")


def tell_outcomes(outcomes: Sequence[Outcome]) -> None:
    """A line for each report of ``build --all``."""
    rows = [("report", "result", "seconds", "issues", "folder")]
    for outcome in outcomes:
        built = outcome.built
        result, issues, folder = ("failed", "", "")
        if built:
            result, issues, folder = ("built", str(built.issues), str(built.folder))
        rows.append((outcome.title, result, f"{outcome.seconds:.1f}", issues, folder))
    click.echo(columns(rows))
    failed = sum(outcome.error is not None for outcome in outcomes)
    click.echo(f"{len(outcomes) - failed} of {len(outcomes)} reports were built.")
