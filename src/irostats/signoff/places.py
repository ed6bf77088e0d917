"""Every free text that a public report prints, by the file that it stands in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from irostats.calendar import ReportingYear
from irostats.present.words import listing
from irostats.published import Published
from irostats.signoff.words import Place, committee_texts, layout_text, settings_texts

if TYPE_CHECKING:
    from irostats.report import Report


def places(report: Report, called: Callable[[str], str]) -> Iterator[Place]:
    """The texts of a report: settings, paper, narratives, service tables, published.csv.

    Args:
        report: The report.
        called: What a file is called in what others read, by its path.
    """
    year = report.parameters.year
    yield from settings_texts(report.authority)
    committee = report.paper.committee
    yield from committee_texts(committee)
    yield from layout_text(
        committee, (f"{part.name} {part.intro}" for part in report.paper.layout.parts)
    )
    for name, text in report.narrative.items():
        yield Place(called(f"{year}/narrative/{name}.md"), text, line=1)
    for row in report.texts.priorities:
        text = "\n\n".join(filter(None, (row.text, row.note)))
        yield Place(f"{called(row.file)}, line {row.line}", text)
    for found in report.texts.findings:
        text = "\n\n".join(filter(None, (found.body, found.judgement, found.finding)))
        yield Place(f"{called(found.file)}, line {found.line}", text)
    yield from _reasons(report.published, year, called)
    yield from _reasons(report.published_before, year.previous, called)


def _reasons(
    rows: Iterable[Published], year: ReportingYear, called: Callable[[str], str]
) -> Iterator[Place]:
    """Sources and reasons of a year's published.csv, those of the file together."""
    texts = {row.line: f"{row.source}\n\n{row.reason}" for row in rows if row.source or row.reason}
    if texts:
        noun = "line" if len(texts) == 1 else "lines"
        where = f"{called(f'{year}/published.csv')}, {noun} {listing(_spans(sorted(texts)))}"
        yield Place(where, "\n\n".join(texts.values()))


def _spans(lines: Sequence[int]) -> list[str]:
    """Lines that follow each other as one: ``2 to 54``."""
    found: list[list[int]] = []
    for line in lines:
        if found and line == found[-1][-1] + 1:
            found[-1].append(line)
        else:
            found.append([line])
    return [f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in found]
