"""What ``irostats check`` prints: what is there, what is missing, what is wrong, what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from irostats.telling.lines import columns, things

if TYPE_CHECKING:
    from irostats.checklist import Answer
    from irostats.issues import Issue
    from irostats.registry import Registry
    from irostats.report import Report

MISSING = ("not-given", "service-template")
"""Rules that tell what is not there, with what it costs the report."""


def tell_check(report: Report, title: str) -> None:
    """All that an analyst asks before a build.

    Args:
        report: What was opened.
        title: Authority and year.
    """
    _tell_tables(report, title)
    missing = [issue for issue in report.issues if issue.rule in MISSING]
    _tell_missing(missing, report.overview.costs, title)
    tell_issues([issue for issue in report.issues if issue.rule not in MISSING], title)
    _tell_checklist(report, title)


def _tell_tables(report: Report, title: str) -> None:
    overview = report.overview
    click.echo(f"{title}: what is there\n")
    for heading, tables in (("return", overview.returned), ("service", overview.service)):
        click.echo(_by_year(heading, tables, overview.years) + "\n")
    click.echo("Rows in use; a row that was sent again counts in the last year that sent it.")
    click.echo("none: kept, without a row. -: not given. template: nobody has filled it in.\n")
    click.echo(columns([("also", ""), *_others(report)]) + "\n")


def _by_year(heading: str, tables: Mapping[str, Sequence[str]], years: Sequence[str]) -> str:
    return columns(
        [(heading, *years), *((name, *cells) for name, cells in tables.items())], numbers=True
    )


def _others(report: Report) -> Iterator[tuple[str, str]]:
    """Inputs that are no tables, each with what there is."""
    year = report.parameters.year
    paths = {file.path for file in report.files}
    status = "synthetic" if report.settings.synthetic else report.settings.status
    yield "authority.toml", "there"
    there = f"{year}/year.toml" in paths
    yield "year.toml", f"there: {status}" if there else f"not given: the return is {status}"
    known = ", ".join(str(each) for each in sorted(report.population))
    yield "population.csv", known or "no year in use"
    number = len(report.published)
    yield "published.csv", things(number, "figure to compare", "figures to compare")
    own = [path for path in ("committee.toml", f"{year}/committee.toml") if path in paths]
    yield "committee.toml", "there" if own else "not given: most of the paper is to be written"
    written = [name for name, text in report.narrative.items() if text.strip()]
    yield "narrative", ", ".join(written) or "nobody has written any"
    used = any(path.startswith("postcodes.") for path in paths)
    yield "postcodes", "a directory says where placements lie" if used else "no directory is used"


def _tell_missing(issues: Sequence[Issue], costs: Sequence[str], title: str) -> None:
    number = len(issues) + len(costs)
    if not number:
        return
    click.echo(f"{title}: {things(number, 'input')} missing (what each costs the report)\n")
    for cost in costs:
        click.echo(f"  {cost}")
    for issue in issues:
        click.echo(f"  {_where(issue)}{issue.message}")
    steps = dict.fromkeys(issue.next_step for issue in issues if issue.next_step)
    for step in steps:
        click.echo(f"    What to do: {step}")
    click.echo()


def _where(issue: Issue) -> str:
    return f"{issue.file}: " if issue.file else ""


def tell_issues(issues: Iterable[Issue], title: str) -> None:
    """Issues by what they do to the report, the gravest first."""
    from irostats.issues import Severity

    headings = {
        Severity.ERROR: "cannot be computed until these are put right",
        Severity.WARNING: "rows were left out or judged, and figures may move",
        Severity.NOTE: "nothing was left out, but you may wonder",
    }
    told = list(issues)
    if not told:
        click.echo(f"{title}: nothing is wrong in the inputs.\n")
    for severity, heading in headings.items():
        found = [issue for issue in told if issue.severity is severity]
        if not found:
            continue
        click.echo(f"{title}: {things(len(found), severity.value)} ({heading})")
        for issue in found:
            click.echo(f"\n  {issue.where or 'inputs'}\n    {issue.message}")
            if issue.figures:
                click.echo(f"    Can move: {', '.join(issue.figures)}.")
            if issue.next_step:
                click.echo(f"    What to do: {issue.next_step}")
        click.echo()


def _tell_checklist(report: Report, title: str) -> None:
    from irostats import handbook

    answers = report.checklist
    answered = sum(answer.answered for answer in answers)
    click.echo(
        f"{title}: {answered} of {len(answers)} items that the report must contain are answered "
        f"({handbook.source()})"
    )
    for answer in answers:
        click.echo(
            f"\n  {_plain(answer.item.text)}\n    {_answer(answer, report.figures.registry)}"
        )


def _plain(text: str) -> str:
    return text[0].upper() + text[1:]


def _answer(answer: Answer, registry: Registry) -> str:
    sections = dict.fromkeys(registry[name].section for name in answer.measures)
    said = f"figures in {', '.join(sections)}" if sections else ""
    words = f"narrative/{answer.item.narrative}.md" if answer.narrative else ""
    if answer.answered:
        gap = f" No figures on: {', '.join(answer.lacking)}." if answer.lacking else ""
        return f"Answered: {' and '.join(filter(None, (said, words)))}.{gap}"
    lacking = dict.fromkeys(registry[name].section for name in answer.missing)
    return (
        f"NOT ANSWERED: no data for {', '.join(lacking) or 'it'}, and nobody has written "
        f"narrative/{answer.item.narrative}.md."
    )
