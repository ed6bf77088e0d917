"""What the workbook says about itself: cover, symbols, definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from irostats.parameters import MARKING, Audience
from irostats.present.items import Table
from irostats.present.protected import rounds, suppressed_key, treatment
from irostats.present.tables import anchor
from irostats.present.variables import variables
from irostats.workbook.sheets import Sheet
from irostats.workbook.values import COUNT, EMPTY, LOWER, OUT_OF, UPPER, grid

if TYPE_CHECKING:
    from irostats.report import Report

SYNTHETIC = "Synthetic data, calibrated to published totals; not a publication of the council."
LICENCE = (
    "Contains public sector information licensed under the Open Government Licence v3.0: figures "
    "that the Department for Education published, in the table of published and computed figures."
)
_DFE = re.compile(r"\bDfE\b|Department for Education")
_MARKDOWN = re.compile(r"\*\*|\\(?=\W)")

MEANINGS = {
    "low": "above zero, but rounds to zero.",
    "not available": "the return or table that it needs was not given, or cannot be read.",
    "not recorded": "the service keeps no record of it.",
    "not assessable": "the returns given do not reach far enough back to judge.",
    "not applicable": "there is nothing to divide by.",
    "none": "no 95% interval: nothing was judged.",
    EMPTY: "not applicable: the report leaves this cell empty, because the row has no such entry.",
    f"{COUNT}; {OUT_OF}": "the counts behind the percentage in the column to their left.",
    f"{LOWER}; {UPPER}": "limits of the 95% interval: how far chance alone could move it.",
}


def titles(report: Report) -> tuple[str, ...]:
    """Lines below the title of every sheet: who may read it, whether the data are real."""
    lines = []
    if report.parameters.audience is Audience.INTERNAL:
        lines.append(f"{MARKING}: internal, not for publication.")
    if report.settings.synthetic:
        lines.append(SYNTHETIC)
    return tuple(lines)


def title(report: Report) -> str:
    """Whose tables, and of which year."""
    name = report.authority.identity.name
    return (
        f"{name}: tables of the annual report of the Independent Reviewing Officers "
        f"{report.parameters.year}"
    )


def introduction(report: Report) -> list[str]:
    """The cover's first lines: the mark, council, year, and what the report's banner says."""
    marks = [line for line in titles(report) if line != SYNTHETIC]
    return [*marks, variables(report.view)["report"]["subtitle"], *_banner(report)]


def _banner(report: Report) -> list[str]:
    """The paragraphs of the report's banner."""
    text = variables(report.view)["report"]["banner"]
    return [_MARKDOWN.sub("", part) for part in text.split("\n\n") if part]


def about(report: Report) -> list[str]:
    """The cover's part on the data: status, small numbers, how to read them, licence."""
    lines = [
        f"Status of the return: {report.settings.status}.",
        f"Small numbers. {treatment(report.view)}",
        "Each sheet holds one table. Tables bear the numbers that they have in the report; sheets "
        "named Figure hold what the report's charts show, and those named Summary what the "
        "summary for children shows.",
        "Numbers are rounded as the report prints them; figures.csv has them "
        f"{'with every decimal' if rounds(report.view) else 'unrounded'}. Where the "
        "report prints a percentage with its counts, or an interval, in one cell, they stand in "
        "columns of their own.",
        "Symbols are explained on the sheet Notes, and measures on the sheet Definitions.",
        "This is management information, not an official statistic.",
    ]
    published = (*report.published, *report.published_before)
    if any(_DFE.search(figure.source) for figure in published):
        lines.append(LICENCE)
    return lines


def contact(report: Report) -> list[str]:
    """A post or a mailbox, and the service: never a person's name."""
    posts = report.paper.committee.posts
    named = next((post for post in (posts.contact, posts.author) if post and "{{" not in post), "")
    service = report.authority.words.service
    whom = [service, report.authority.identity.council]
    return [", ".join([*([named] if named else []), *whom])]


def notes(report: Report, shown: Sequence[Sheet]) -> Table:
    """The symbols and words that stand in place of numbers, those that are used."""
    meanings = {"c": suppressed_key(report.view).removeprefix("c: "), **MEANINGS}
    used = set(_used([*(sheet.table for sheet in shown), definitions(report, shown)]))
    rows = [(text, meaning) for text, meaning in meanings.items() if text in used]
    nothing = [("no symbols", "every cell of this workbook is a number or a word.")]
    return Table("Notes: symbols", ("Symbol", "Meaning"), tuple(rows or nothing), align="ll")


def _used(tables: Sequence[Table]) -> Iterator[str]:
    for table in tables:
        cells = grid(table)
        yield from (cell.text for row in cells.rows for cell in row if cell.number is None)
        for pair in ((COUNT, OUT_OF), (LOWER, UPPER)):
            if any(heading.endswith(f": {pair[0]}") for heading in cells.columns):
                yield "; ".join(pair)


def definitions(report: Report, shown: Sequence[Sheet]) -> Table:
    """What each measure in the workbook means, in the order of the report."""
    used = {where for sheet in shown for _, where in sheet.table.counted}
    measures = report.figures.registry.measures
    rows = [
        tuple(
            text or EMPTY
            for text in (m.label, m.definition, m.numerator, m.denominator, m.unit.value, m.source)
        )
        for name, m in measures.items()
        if anchor(name) in used
    ]
    columns = ("Measure", "Definition", "What is divided", "By what", "Unit", "Made from")
    return Table("Definitions: what each measure means", columns, tuple(rows), align="l" * 6)
