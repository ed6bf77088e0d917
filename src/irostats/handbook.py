"""What statutory guidance asks of the annual report: IRO Handbook, paragraph 7.11."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

DISPUTES = ("disputes",)
SERVICE = ("service",)
PARTICIPATION = ("participation",)
TIMELINESS = ("timeliness",)
AUDITS = ("audits",)
RESOURCES = ("resources",)
"""Keys of items as measures bear them: a measure that answers two has their sum."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that the report must contain.

    Attributes:
        key: Its short name, which measures bear.
        text: What is asked, in our own words.
        narrative: The section whose narrative can answer it.
    """

    key: str
    text: str
    narrative: str


@cache
def items() -> tuple[Item, ...]:
    """All items, in the order of the guidance."""
    return tuple(
        Item(key, table["text"], table["narrative"])
        for key, table in _content().items()
        if isinstance(table, dict)
    )


def source() -> str:
    """The guidance and its paragraph."""
    return str(_content()["source"])


@cache
def _content() -> dict[str, dict[str, str] | str]:
    text = (resources.files("irostats") / "handbook.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
