"""The ``irostats`` command. Heavy imports stand inside functions: ``--help`` must be quick."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from irostats.differences.command import diff
from irostats.errors import IrostatsError
from irostats.telling.lines import columns, console, tell_error, tell_fault
from irostats.verifying.command import verify

DATA = click.option(
    "--data", default="", metavar="DIR", help="Folder of the authorities (IROSTATS_DATA)."
)
AUDIENCE = click.option(
    "--audience", default="public", show_default=True, help="public or internal."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="irostats")
def cli() -> None:
    """Annual reports of Independent Reviewing Officers, from an authority's SSDA903 return."""


@cli.command()
@click.argument("authority", required=False)
@click.argument("year", required=False)
@click.option("--all", "everything", is_flag=True, help="Every authority and year with inputs.")
@click.option("--to", "formats", default="", metavar="LIST", help="Some of html,docx,pdf.")
@AUDIENCE
@DATA
@click.option(
    "--output", default="", metavar="DIR", help="Folder for finished reports (IROSTATS_OUTPUT)."
)
@click.option(
    "--renderer",
    type=click.Choice(["auto", "quarto", "builtin"]),
    default="auto",
    show_default=True,
    help="Quarto where there is one, or the one that comes with irostats.",
)
@click.option("--strict", is_flag=True, help="Fail if the Handbook asks for what is not there.")
@click.option("-j", "--jobs", type=click.IntRange(1), help="Notebooks at a time; one a core.")
@click.option(
    "--cell-timeout",
    type=click.IntRange(1),
    default=120,
    show_default=True,
    metavar="SECONDS",
    help="Give up a cell after this long.",
)
@click.option(
    "--notebook-timeout",
    type=click.IntRange(1),
    default=300,
    show_default=True,
    metavar="SECONDS",
    help="Give up a notebook after this long.",
)
def build(
    authority: str | None,
    year: str | None,
    *,
    everything: bool,
    formats: str,
    audience: str,
    data: str,
    output: str,
    renderer: str,
    strict: bool,
    jobs: int | None,
    cell_timeout: int,
    notebook_timeout: int,
) -> None:
    """Build the report of AUTHORITY (such as york) for YEAR (such as 2016-17)."""
    if everything == bool(authority) or bool(authority) != bool(year):
        raise click.UsageError("Name an authority and a year, or give --all and neither.")
    from functools import partial

    from irostats import parameters
    from irostats.build.batch import build_all, reports
    from irostats.build.plan import Limits
    from irostats.build.progress import shown
    from irostats.build.run import Options
    from irostats.build.run import build as build_one
    from irostats.telling.builds import tell_built, tell_outcomes

    make = partial(parameters.make, audience=audience, data=data, output=output, formats=formats)
    options = Options(jobs or 0, Limits(cell_timeout, notebook_timeout), renderer, strict=strict)
    if not everything:
        wanted = make(authority or "", year or "")
        with shown(console(), wanted.title) as progress:
            built = build_one(wanted, options, progress)
        tell_built(built)
        return
    outcomes = []
    found = reports(parameters.data_folder(data))
    make(*found[0])  # an option that is wrong is wrong for all: one error, before any work
    for outcome in build_all(found, make, options, partial(shown, console())):
        outcomes.append(outcome)
        if outcome.error:
            tell_error(outcome.error)
    tell_outcomes(outcomes)
    if any(outcome.error for outcome in outcomes):
        raise SystemExit(1)


@cli.command()
@click.argument("authority")
@click.argument("year")
@AUDIENCE
@DATA
def check(authority: str, year: str, *, audience: str, data: str) -> None:
    """Say what is there, missing or wrong in the inputs of AUTHORITY for YEAR."""
    import irostats
    from irostats.telling.inputs import tell_check

    report = irostats.open(authority, year, audience=audience, data=data)
    tell_check(report, f"{authority} {year}")
    if report.issues.errors:
        raise SystemExit(1)


@cli.command()
@click.argument("authority")
@click.argument("year")
@DATA
def new(authority: str, year: str, *, data: str) -> None:
    """Make the folder of AUTHORITY for YEAR, with templates; nothing that is there is touched."""
    from irostats import parameters
    from irostats.telling.starting import tell_started
    from irostats.templates import start

    folder = parameters.data_folder(data)
    tell_started(start(authority, year, folder), authority, year, folder)


@cli.group("data")
def inputs() -> None:
    """Give irostats what every authority's report can use."""


@inputs.command("add-postcodes")
@click.argument("file", type=click.Path(path_type=Path))
@DATA
def add_postcodes(file: Path, *, data: str) -> None:
    """Keep what a postcode directory says of where placements lie.

    FILE is the ONS Postcode Directory (ONSPD) or the National Statistics Postcode Lookup (NSPL), as
    CSV or as the zip that it is published in. Give a newer one to replace it.
    """
    from irostats import parameters, postcodes
    from irostats.telling.starting import tell_added

    click.echo("Reading the directory; a whole one takes a minute or two.", err=True)
    tell_added(postcodes.add(file.expanduser(), parameters.data_folder(data)))


@cli.command()
@DATA
@click.option("--output", default="", metavar="DIR", help="Folder for finished reports.")
def doctor(*, data: str, output: str) -> None:
    """Say which renderer, versions, fonts and folders there are, and what to install for more."""
    from irostats import doctor as examine

    findings = examine.examine(data=data, output=output)
    rows = [("ok" if found.good else "--", found.name, found.text) for found in findings]
    click.echo(columns(rows))
    for found in findings:
        if found.advice:
            click.echo(f"\n{found.name}: {found.advice}")
    if any(found.fatal for found in findings):
        raise SystemExit(1)


cli.add_command(diff)
cli.add_command(verify)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and exit: 0 done, 1 could not be built, 2 the command was wrong."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure:  # a Windows console in cp1252 could not print every authority's words
            reconfigure(errors="replace")
    try:
        cli.main(args=arguments, prog_name="irostats", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        raise SystemExit(error.exit_code) from None
    except IrostatsError as error:
        tell_error(error)
        raise SystemExit(error.exit_code) from None
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. A report made earlier is untouched.", err=True)
        raise SystemExit(1) from None
    except Exception as error:  # noqa: BLE001 - nobody who runs this can read a traceback
        tell_fault(error)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
