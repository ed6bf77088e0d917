"""``irostats verify``. Heavy imports stand inside functions: ``--help`` must be quick."""

from __future__ import annotations

from pathlib import Path

import click

from irostats.errors import CommandError


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FOLDER_OR_FILE...")
@click.option(
    "--data", default="", metavar="DIR", help="Folder of the authorities (IROSTATS_DATA)."
)
@click.option(
    "--build", default="", metavar="DIR", help="Folder of executed notebooks (IROSTATS_BUILD)."
)
@click.option(
    "--audience",
    type=click.Choice(["public", "internal"]),
    help="All files are for these readers; else each file says for whom it is.",
)
def verify(paths: tuple[str, ...], *, data: str, build: str, audience: str | None) -> None:
    """Say what would stop publication of finished files, also of ones edited since their build.

    Give the folder of a report, such as output/york/2016-17, or some files of it.
    """
    import os

    from irostats import parameters
    from irostats.telling.lines import console
    from irostats.verifying.checking import Asked
    from irostats.verifying.checking import verify as check
    from irostats.verifying.telling import told

    chosen = build or os.environ.get("IROSTATS_BUILD", "")
    asked = Asked(
        parameters.data_folder(data),
        Path(chosen).expanduser().resolve() if chosen else None,
        audience or "",
    )
    found = [_existing(text) for text in paths]
    with console().status("reading") as status:
        checked = check(found, asked, status.update)
    if not checked.files:
        raise CommandError(
            "There is no file to check.",
            next_step="Give the folder that irostats build named, such as output/york/2016-17.",
        )
    click.echo(told(checked))
    if checked.stopped:
        raise SystemExit(1)


def _existing(text: str) -> Path:
    path = Path(text).expanduser()
    if not path.exists():
        raise CommandError(
            "A folder or file to check is not there.",
            next_step="Give the folder that irostats build named, such as output/york/2016-17.",
        )
    return path.resolve()
