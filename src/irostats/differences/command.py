"""``irostats diff``. Heavy imports stand inside functions: ``--help`` must be quick."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from irostats.errors import CommandError, IrostatsError
from irostats.formulas import literal

if TYPE_CHECKING:
    from irostats.differences.compare import Difference


@click.command()
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option("--data-a", default="", metavar="DIR", help="Folder of the inputs of A.")
@click.option("--data-b", default="", metavar="DIR", help="Folder of the inputs of B.")
@click.option(
    "--data", default="", metavar="DIR", help="Folder of the inputs of both (IROSTATS_DATA)."
)
@click.option(
    "--output", default="", metavar="DIR", help="Folder of finished reports (IROSTATS_OUTPUT)."
)
@click.option(
    "--audience", default="", help="public or internal; whichever is there, if not given."
)
@click.option("--csv", "file", default="", metavar="FILE", help="Write the whole difference.")
@click.option("--all", "everything", is_flag=True, help="Print every figure that moved.")
def diff(
    a: str,
    b: str,
    *,
    data_a: str,
    data_b: str,
    data: str,
    output: str,
    audience: str,
    file: str,
    everything: bool,
) -> None:
    """Say which figures moved from report A to report B, by how much, and why.

    A and B are folders of finished reports, or named as in york/2016-17: a provisional and a final
    return of one year, or two years of one authority.
    """
    from irostats import parameters
    from irostats.differences.builds import find_build
    from irostats.differences.compare import compare
    from irostats.differences.telling import told
    from irostats.telling.lines import console

    reports = parameters._folder(output, "IROSTATS_OUTPUT", "output")
    parameters.parse_list("audience", audience, tuple(parameters.Audience))
    readers = parameters.Audience(audience) if audience else None
    first, second = find_build(a, reports, readers), find_build(b, reports, readers)
    data_of_a = _inputs(data_a or data, first.authority.slug)
    data_of_b = _inputs(data_b or data, second.authority.slug)
    with console().status("reading the two builds") as status:
        difference = compare(first, second, data_of_a, data_of_b, status.update)
    if file:
        _write(difference, Path(file).expanduser())
    click.echo(told(difference, everything=everything))


def _inputs(given: str, authority: str) -> Path:
    """Where a build's inputs may lie; also the authority's own folder may be named."""
    from irostats import parameters

    try:
        folder = parameters.data_folder(given)
    except CommandError:  # builds can be compared away from a project; their inputs are not here
        return Path.cwd() / "data"
    if given and not folder.is_dir():
        raise CommandError(
            f"There is no folder {folder}.",
            next_step="Give the folder that the authority's folder lies in.",
        )
    return (
        folder.parent if folder.name == authority and not (folder / authority).exists() else folder
    )


def _write(difference: Difference, file: Path) -> None:
    """Write beside, then rename, so that no half of a file is left.

    Raises:
        IrostatsError: It cannot be written there.
    """
    from irostats.differences.tabled import frame

    beside = file.with_name(f".{file.name}.new")
    cells = frame(difference).map(lambda cell: literal(cell) if isinstance(cell, str) else cell)
    try:
        cells.to_csv(beside, index=False, encoding="utf-8", lineterminator="\n")
        beside.replace(file)
    except OSError as error:
        raise IrostatsError(
            f"{file} cannot be written ({error.strerror}).",
            next_step="Close the program that has it open, or name another file.",
        ) from None
