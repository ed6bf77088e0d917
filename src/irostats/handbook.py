"""What statutory guidance asks of the annual report: IRO Handbook, paragraph 7.11."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

DISPUTES = ("disputes",)
SERVICE = ("service",)
PARTICIPATION = ("participation",)
TIMELINESS = ("timeliness",)
AUDITS = ("audits",)
RESOURCES = ("resources",)
"""Keys of items as measures bear them: a measure that answers two has their sum."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that a compound item asks for.

    Attributes:
        text: What it is.
        figures: What answers it: measure, and the breakdown whose categories do, or empty.
    """

    text: str
    figures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that the report must contain.

    Attributes:
        key: Its short name, which measures bear.
        text: What is asked, in our own words.
        narrative: The section whose narrative can answer it.
        parts: What of it figures can answer, each by itself.
    """

    key: str
    text: str
    narrative: str
    parts: tuple[Part, ...]


@cache
def items() -> tuple[Item, ...]:
    """All items, in the order of the guidance."""
    return tuple(
        Item(key, table["text"], table["narrative"], tuple(map(_part, table["parts"])))
        for key, table in _content().items()
        if isinstance(table, dict)
    )


def source() -> str:
    """The guidance and its paragraph."""
    return str(_content()["source"])


def _part(table: dict[str, Any]) -> Part:
    named = (name.partition(":") for name in table["figures"])
    return Part(table["text"], tuple((measure, breakdown) for measure, _, breakdown in named))


@cache
def _content() -> dict[str, Any]:
    text = (resources.files("irostats") / "handbook.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
