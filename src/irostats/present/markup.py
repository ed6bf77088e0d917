"""Plain text as Markdown, HTML and aligned text, so that any text stays literal."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

_SPECIAL = re.compile(r"""[\\`*_{}\[\]<>|$~^@#"'&]|(?<=-)-|(?<=\.)\.""")
_LIST_LIKE = re.compile(r"^(\(?[0-9A-Za-z]+)([.)]\s)|^([-+:=])")
WIDEST = 46
"""Characters beyond which a column of a Markdown table claims no more of the page's width."""


def one_line(text: str) -> str:
    """The text with every run of white space made one space."""
    return " ".join(text.split())


def escape(text: str) -> str:
    """Markdown that Pandoc and Jupyter read as exactly this text, on one line."""
    return _SPECIAL.sub(lambda found: "\\" + found[0], one_line(text))


def paragraph(text: str) -> str:
    """A paragraph of Markdown that starts neither a list nor a heading."""
    return _LIST_LIKE.sub(
        lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", escape(text)
    )


def pipe_table(columns: Sequence[str], rows: Sequence[Sequence[str]], align: str) -> str:
    """A Pandoc pipe table.

    Args:
        columns: Headings.
        rows: Cells, as many a row as there are columns.
        align: ``l`` or ``r`` for each column.
    """
    cells = [[escape(cell) for cell in row] for row in (columns, *rows)]
    widths = [max(3, *(len(row[n]) for row in cells)) for n in range(len(columns))]

    def line(row: Sequence[str]) -> str:
        padded = (
            cell.rjust(width) if side == "r" else cell.ljust(width)
            for cell, width, side in zip(row, widths, align, strict=True)
        )
        return f"| {' | '.join(padded)} |"

    # Pandoc takes the columns' share of the page from the dashes where a row is long.
    dashes = [min(width, WIDEST) for width in widths]
    rule = "|".join(
        "-" * width + "-:" if side == "r" else ":-" + "-" * width
        for width, side in zip(dashes, align, strict=True)
    )
    return "\n".join([line(cells[0]), f"|{rule}|", *map(line, cells[1:])])


def text_table(columns: Sequence[str], rows: Sequence[Sequence[str]], align: str) -> str:
    """Columns aligned with spaces."""
    cells = [[one_line(cell) for cell in row] for row in (columns, *rows)]
    widths = [max(len(row[n]) for row in cells) for n in range(len(columns))]
    lines = (
        "  ".join(
            cell.rjust(width) if side == "r" else cell.ljust(width)
            for cell, width, side in zip(row, widths, align, strict=True)
        ).rstrip()
        for row in cells
    )
    return "\n".join(lines)


def html_table(
    caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], align: str, headings: int
) -> str:
    """An accessible HTML table: caption, column headings, row headings, each with its scope."""

    def cell(text: str, n: int, tag: str, scope: str) -> str:
        side = "right" if align[n] == "r" else "left"
        return f'<{tag}{scope} style="text-align:{side}">{html.escape(text)}</{tag}>'

    head = "".join(cell(text, n, "th", ' scope="col"') for n, text in enumerate(columns))
    body = "\n".join(
        "<tr>"
        + "".join(
            cell(text, n, "th", ' scope="row"') if n < headings else cell(text, n, "td", "")
            for n, text in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f"<table>\n<caption>{html.escape(caption)}</caption>\n<thead>\n<tr>{head}</tr>\n</thead>\n"
        f"<tbody>\n{body}\n</tbody>\n</table>"
    )
