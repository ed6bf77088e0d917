"""What a service table is: its columns, and what a row must satisfy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType


class Kind(Enum):
    """What a column holds."""

    TEXT = "string"
    DATE = "datetime64[us]"
    NUMBER = "float64"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a service table.

    Args:
        guide: What to write in it, for the person who fills it in.
        kind: Text, date or number.
        needed: Whether a row without it cannot be used.
        choices: The only words allowed, if any.
        also: Other spellings of the choices, in lower case, and the choice that each means.
        aliases: Other headings under which case systems export the column.
        least: The smallest number allowed.
        most: The largest number allowed.
    """

    guide: str
    kind: Kind = Kind.TEXT
    needed: bool = False
    choices: tuple[str, ...] = ()
    also: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    aliases: tuple[str, ...] = ()
    least: float = 0
    most: float = 1_000_000


@dataclass(frozen=True, slots=True)
class ServiceTable:
    """One service table.

    Args:
        guide: What the table is for.
        columns: By heading, in order.
        prints: What prints "not recorded" without it, with its verb.
        identity: Columns that make a row the same record in another year's file; empty if
            every year's file stands for itself.
        figures: Measures or sections that its rows move.
    """

    guide: str
    columns: Mapping[str, Column]
    prints: str
    identity: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


YES_NO = MappingProxyType(
    {"y": "yes", "true": "yes", "1": "yes", "n": "no", "false": "no", "0": "no"}
)
IRO = "A code for the IRO, not a name."
CHILD = "The child's identifier, as in the SSDA903 return."


def date(guide: str, *, needed: bool = False, aliases: tuple[str, ...] = ()) -> Column:
    """A column of dates."""
    return Column(guide, Kind.DATE, needed=needed, aliases=aliases)


def number(guide: str, *, needed: bool = False, most: float = 1_000_000) -> Column:
    """A column of numbers from 0 to ``most``."""
    return Column(guide, Kind.NUMBER, needed=needed, most=most)


def yes_no(guide: str, *, aliases: tuple[str, ...] = ()) -> Column:
    """A column of yes and no; blank where nobody wrote it down."""
    return Column(f"{guide} yes or no.", choices=("yes", "no"), also=YES_NO, aliases=aliases)


def one_of(
    guide: str,
    *choices: str,
    needed: bool = False,
    also: Mapping[str, str] | None = None,
    aliases: tuple[str, ...] = (),
) -> Column:
    """A column that holds one of a few words."""
    return Column(guide, needed=needed, choices=choices, also=also or {}, aliases=aliases)
