"""What a finished file holds, whatever its format: pieces of text, tables, and faults."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that stands together, so that nothing is cut in two.

    Args:
        place: Where it stands, in words; names no child.
        text: The text.
        shown: Whether a reader sees it; else an attribute, a comment, metadata.
        under: Heading of its column or name of its field; empty if it stands in no such thing.
        amount: Whether it is a number by itself, such as a cell of a table of figures.
        joined: Whether words in it may have lost or gained the spaces between them.
    """

    place: str
    text: str
    shown: bool = True
    under: str = ""
    amount: bool = False
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """A table as printed: its caption without its number, and its rows, headings first."""

    caption: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """What reading a file already shows to be wrong.

    Args:
        rule: A key of ``rules.RULES``.
        place: Where.
        detail: What, in words.
    """

    rule: str
    place: str = ""
    detail: str = ""


@dataclass
class Contents:
    """A file laid out; readers add to it.

    Attributes:
        kind: ``html``, ``docx``, ``pdf``, ``xlsx``, ``csv``, ``json``, ``notebook`` or another.
        pieces: Its text.
        tables: Its tables that have captions.
        faults: What is wrong with it.
        pages: Text of each page or of the parts that every page repeats, to look for marks in.
    """

    kind: str
    pieces: list[Piece] = field(default_factory=list)
    tables: list[Printed] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)

    def add(self, place: str, text: str | None, *, shown: bool = True, **more: object) -> None:
        """Add a piece, unless there is nothing in it."""
        if text and text.strip():
            self.pieces.append(Piece(place, text, shown, **more))  # type: ignore[arg-type]

    def fault(self, rule: str, place: str = "", detail: str = "") -> None:
        """Add a fault."""
        self.faults.append(Fault(rule, place, detail))

    def within(self, place: str, inner: Contents) -> None:
        """Add what a part of the file holds; its places are told from ``place`` on."""
        self.pieces += [
            replace(piece, place=_joined(place, piece.place), shown=False) for piece in inner.pieces
        ]
        self.faults += [replace(fault, place=_joined(place, fault.place)) for fault in inner.faults]

    @property
    def text(self) -> str:
        """All that a reader sees, a piece a line."""
        return "\n".join(piece.text for piece in self.pieces if piece.shown)


def _joined(outer: str, inner: str) -> str:
    return ", ".join(part for part in (outer, inner) if part)


def on_one_line(parts: Iterable[str]) -> str:
    """Parts of a text as one, with single spaces."""
    return " ".join("".join(parts).split())
