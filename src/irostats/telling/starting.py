"""What ``irostats new`` and ``irostats data`` print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from irostats.telling.lines import things

if TYPE_CHECKING:
    from irostats.postcodes import Added
    from irostats.templates import Started


def tell_started(started: Started, authority: str, year: str, data: Path) -> None:
    """Files made and files kept, and what comes next."""
    for heading, paths in (("made", started.made), ("kept as they are", started.kept)):
        if paths:
            click.echo(f"In {data}, {heading}:")
            for path in paths:
                click.echo(f"  {path}")
    if started.unknown:
        click.echo(f"{started.unknown} authority.toml has its name and code to be filled in.")
    if started.made:
        click.echo(
            f"\nFill in {started.folder / 'authority.toml'}, put the return into "
            f"{started.folder / year / 'ssda903'}, and run: irostats check {authority} {year}\n"
            "In a service table, write below the guide row, or delete that row to say that there "
            "was none; a table left as it is counts as not kept."
        )


def tell_added(added: Added) -> None:
    """What was taken over."""
    size = added.path.stat().st_size / 1e6
    click.echo(
        f"Kept in {added.path}: {things(added.postcodes, 'postcode')} under "
        f"{things(added.authorities, 'authority', 'authorities')} ({size:.1f} MB)."
    )
    if added.left_out:
        click.echo(f"{things(added.left_out, 'line')} without a postcode left out.")
    click.echo("They are used where an Episodes file has postcodes, and not where placements lie.")
