"""What a notebook cell shows: a table, a chart or a sentence, in every form that is read."""

from __future__ import annotations

import html
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from irostats.present.markup import escape, html_table, paragraph, pipe_table, text_table

Bundle = tuple[dict[str, Any], dict[str, Any]]
"""Data by media type, and the metadata of the output: ``{"irostats": {...}}``."""


@dataclass(frozen=True)
class Table:
    """A table of printed text.

    Args:
        caption: What it shows, of whom, when.
        columns: Headings.
        rows: Printed cells, as many a row as there are columns.
        note: What a reader must know, such as what ``c`` stands for.
        headings: How many leading columns name the row.
        align: ``l`` or ``r`` for each column; numbers are right-aligned unless given.
        counted: Label and anchor of the definition of each measure that it shows.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    headings: int = 1
    align: str = ""
    counted: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"A row of '{self.caption}' has not {len(self.columns)} cells.")
        if not self.align:
            numbers = len(self.columns) - self.headings
            object.__setattr__(self, "align", "l" * self.headings + "r" * numbers)

    @property
    def markdown(self) -> str:
        """A Pandoc pipe table without its caption and note, which travel as metadata."""
        return pipe_table(self.columns, self.rows, self.align)

    @property
    def html(self) -> str:
        """An accessible HTML table with its caption and note."""
        table = html_table(self.caption, self.columns, self.rows, self.align, self.headings)
        return f"{table}\n<p>{html.escape(self.note)}</p>" if self.note else table

    def __str__(self) -> str:
        table = text_table(self.columns, self.rows, self.align)
        return "\n\n".join(part for part in (self.caption, table, self.note) if part)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Bundle:  # noqa: ARG002
        data = {"text/markdown": self.markdown, "text/html": self.html, "text/plain": str(self)}
        note = _note(self.note, self.counted)
        return data, _metadata("table", caption=escape(self.caption), note=note)


@dataclass(frozen=True)
class Chart:
    """A chart as a picture, with what it shows in words and numbers.

    Args:
        caption: Its title, which states the finding, and what is drawn, of whom, when.
        alt: Kind of chart, finding and numbers, for those who do not see it.
        data: The numbers drawn.
        png: The picture.
        title: The finding alone, in ten words or so.
        note: What a reader must know, such as that an axis is cut.
        numbers: Where its numbers stand, as Markdown; it may refer to a table, ``@tbl-...``.
    """

    caption: str
    alt: str
    data: Table
    png: bytes
    title: str = ""
    note: str = ""
    numbers: str = ""

    def __str__(self) -> str:
        numbers = text_table(self.data.columns, self.data.rows, self.data.align)
        return "\n\n".join(filter(None, (self.caption, self.alt, numbers, self.note)))

    def __repr__(self) -> str:
        return f"Chart({self.caption!r})"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Bundle:  # noqa: ARG002
        data = {"image/png": b64encode(self.png).decode("ascii"), "text/plain": str(self)}
        caption, note = escape(self.caption), _note(self.note, self.data.counted, self.numbers)
        return data, _metadata("chart", caption=caption, alt=self.alt, note=note)


@dataclass(frozen=True)
class Sentence:
    """One or more paragraphs of plain text.

    Args:
        paragraphs: Each one or more sentences.
        instead: What a document prints in its place; empty for nothing, None for the sentence.
    """

    paragraphs: tuple[str, ...]
    instead: str | None = field(default=None, kw_only=True)

    @classmethod
    def of(cls, *sentences: str) -> Sentence:
        """One paragraph; empty sentences are left out."""
        return cls((" ".join(sentence for sentence in sentences if sentence),))

    def said_beside(self) -> Sentence:
        """The same for a notebook, and nothing in a document: what stands beside it says it."""
        return replace(self, instead="")

    def said_above(self) -> Sentence:
        """The same for a notebook, and a few words in a document whose section starts with it."""
        return replace(self, instead="Not recorded: see the start of this section.")

    @property
    def markdown(self) -> str:
        """The paragraphs, with every character literal."""
        if self.instead is not None:
            return paragraph(self.instead) or "<!-- -->"
        return "\n\n".join(map(paragraph, self.paragraphs))

    def __str__(self) -> str:
        return "\n\n".join(self.paragraphs)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Bundle:  # noqa: ARG002
        return {"text/markdown": self.markdown, "text/plain": str(self)}, _metadata("sentence")


@dataclass(frozen=True)
class Entry:
    """One term of a glossary: where links to it lead, its name, what it means."""

    anchor: str
    term: str
    text: str


@dataclass(frozen=True)
class Glossary(Sentence):
    """Terms and what they mean, a paragraph each, to which tables and charts link.

    Args:
        entries: The terms, in order.
    """

    entries: tuple[Entry, ...] = ()

    @classmethod
    def of_entries(cls, entries: Iterable[Entry]) -> Glossary:
        """A glossary whose plain text says the same."""
        found = tuple(entries)
        return cls(tuple(f"{entry.term}. {entry.text}" for entry in found), found)

    @property
    def markdown(self) -> str:
        """A block in small type: a paragraph for each term, in bold and with its anchor."""
        entries = "\n\n".join(
            f"[**{escape(entry.term)}.**]{{#{entry.anchor}}} {escape(entry.text)}"
            for entry in self.entries
        )
        return f"::: {{.glossary}}\n{entries}\n:::"


def _note(note: str, counted: tuple[tuple[str, str], ...], numbers: str = "") -> str:
    """What stands below a table or chart, as Markdown: the note, then where to read on.

    A figure is one click away from its definition on a screen, and one line on paper.
    """
    links = "; ".join(f"[{escape(text)}](#{anchor})" for text, anchor in counted)
    return "\n\n".join(
        filter(None, (escape(note), numbers, f"How it is counted: {links}." if links else ""))
    )


def _metadata(kind: str, **values: str) -> dict[str, Any]:
    """Captions and notes are Markdown, alt text is plain, as Quarto reads them."""
    return {"irostats": {"kind": kind, **{name: text for name, text in values.items() if text}}}
