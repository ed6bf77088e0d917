"""The ``irostats`` command. Heavy imports stand inside functions: ``--help`` must be quick."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from irostats.differences.command import diff
from irostats.errors import IrostatsError

if TYPE_CHECKING:
    from rich.console import Console

    from irostats.build.batch import Outcome
    from irostats.build.run import Built
    from irostats.issues import IssueLog

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
    from irostats.build.batch import build_all, data_folder, reports
    from irostats.build.plan import Limits
    from irostats.build.progress import shown
    from irostats.build.run import Options
    from irostats.build.run import build as build_one

    make = partial(parameters.make, audience=audience, data=data, output=output, formats=formats)
    options = Options(jobs or 0, Limits(cell_timeout, notebook_timeout), renderer, strict=strict)
    if not everything:
        wanted = make(authority or "", year or "")
        with shown(_console(), wanted.title) as progress:
            built = build_one(wanted, options, progress)
        _tell_built(built)
        return
    outcomes = []
    found = reports(data_folder(data))
    make(*found[0])  # an option that is wrong is wrong for all: one error, before any work
    for outcome in build_all(found, make, options, partial(shown, _console())):
        outcomes.append(outcome)
        if outcome.error:
            _tell_error(outcome.error)
    _tell_outcomes(outcomes)
    if any(outcome.error for outcome in outcomes):
        raise SystemExit(1)


@cli.command()
@click.argument("authority")
@click.argument("year")
@AUDIENCE
@DATA
def check(authority: str, year: str, *, audience: str, data: str) -> None:
    """Say what is wrong or missing in the inputs of AUTHORITY for YEAR."""
    import irostats

    report = irostats.open(authority, year, audience=audience, data=data)
    _tell_issues(report.issues, f"{authority} {year}")
    if report.issues.errors:
        raise SystemExit(1)


@cli.command()
@DATA
@click.option("--output", default="", metavar="DIR", help="Folder for finished reports.")
def doctor(*, data: str, output: str) -> None:
    """Say which renderer, versions, fonts and folders there are, and what to install for more."""
    from irostats import doctor as examine

    findings = examine.examine(data=data, output=output)
    rows = [("ok" if found.good else "--", found.name, found.text) for found in findings]
    click.echo(_columns(rows))
    for found in findings:
        if found.advice:
            click.echo(f"\n{found.name}: {found.advice}")
    if any(found.fatal for found in findings):
        raise SystemExit(1)


cli.add_command(diff)


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
        _tell_error(error)
        raise SystemExit(error.exit_code) from None
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. A report made earlier is untouched.", err=True)
        raise SystemExit(1) from None
    except Exception as error:  # noqa: BLE001 - nobody who runs this can read a traceback
        click.echo(_apology(error), err=True)
        raise SystemExit(1) from None


def _console() -> Console:
    from rich.console import Console

    return Console(stderr=True, soft_wrap=True)


def _tell_error(error: IrostatsError) -> None:
    from rich.text import Text

    console = _console()
    console.print(Text(error.message, style="bold red"))
    if error.next_step:
        console.print(Text(f"What to do: {error.next_step}"))


def _tell_built(built: Built) -> None:
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


def _tell_outcomes(outcomes: Sequence[Outcome]) -> None:
    rows = [("report", "result", "seconds", "issues", "folder")]
    for outcome in outcomes:
        built = outcome.built
        result, issues, folder = ("failed", "", "")
        if built:
            result, issues, folder = ("built", str(built.issues), str(built.folder))
        rows.append((outcome.title, result, f"{outcome.seconds:.1f}", issues, folder))
    click.echo(_columns(rows))
    failed = sum(outcome.error is not None for outcome in outcomes)
    click.echo(f"{len(outcomes) - failed} of {len(outcomes)} reports were built.")


def _columns(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows in columns. A table of rich's would cut paths off where the terminal ends."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
    return "\n".join(lines)


def _tell_issues(issues: IssueLog, title: str) -> None:
    from irostats.issues import Severity

    headings = {
        Severity.ERROR: "cannot be computed until these are put right",
        Severity.WARNING: "rows were left out or judged, and figures may move",
        Severity.NOTE: "nothing was left out, but you may wonder",
    }
    if not len(issues):
        click.echo(f"{title}: nothing is wrong or missing in the inputs.")
    for severity, heading in headings.items():
        found = [issue for issue in issues if issue.severity is severity]
        if not found:
            continue
        plural = "" if len(found) == 1 else "s"
        click.echo(f"{title}: {len(found)} {severity.value}{plural} ({heading})")
        for issue in found:
            click.echo(f"\n  {issue.where or 'inputs'}\n    {issue.message}")
            if issue.figures:
                click.echo(f"    Can move: {', '.join(issue.figures)}.")
            if issue.next_step:
                click.echo(f"    What to do: {issue.next_step}")
        click.echo()


def _apology(error: Exception) -> str:
    from irostats.build import masking

    log = Path(tempfile.gettempdir()) / f"irostats-{os.getpid()}.log"
    log.write_text(masking.of(error), encoding="utf-8")
    return (
        f"Sorry: irostats met a fault of its own ({type(error).__name__}).\n"
        f"What to do: send {log} to whoever looks after irostats; no child's data is in it."
    )


if __name__ == "__main__":
    main()
