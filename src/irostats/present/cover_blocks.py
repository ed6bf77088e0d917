"""Paragraphs of the committee paper: numbers, lists, and text that stays literal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from string import ascii_uppercase

from irostats.present.markup import escape

_LIST_LIKE = re.compile(r"^(\(?[0-9A-Za-z]+)([.)]\s)|^([-+:=])")
_VARIABLE = re.compile(r"\{\{<\s*var\s+\S+\s*>\}\}")
_HELD = re.compile("\ue000(\\d+)\ue001")
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass
class Numbers:
    """Counts the paper's paragraphs.

    Args:
        by_part: Whether they are counted by part (4.2), or from 1 to the end (7.).
    """

    by_part: bool
    part: int = 0
    count: int = 0

    def heading(self) -> str:
        """Begin a part; its number, with a space, where parts have one."""
        if not self.by_part:
            return ""
        self.part, self.count = self.part + 1, 0
        return f"{self.part}. "

    def of(self, kind: str) -> Iterator[str]:
        """The numbers of one part's paragraphs, without end.

        Args:
            kind: Empty for the paper's own; `none`, `arabic` or `roman`.
        """
        own = 0
        while True:
            own += 1
            if kind == "none":
                yield ""
            elif kind == "roman":
                yield f"{roman(own)})"
            elif kind == "arabic":
                yield f"{own}."
            else:
                self.count += 1
                yield f"{self.part}.{self.count}" if self.by_part else f"{self.count}."


def roman(number: int) -> str:
    """A small number in Roman letters.

    >>> roman(4)
    'iv'
    """
    letters = ""
    for value, letter in _ROMAN:
        while number >= value:
            letters, number = letters + letter, number - value
    return letters


def numbered(text: str, numbers: Iterator[str]) -> str:
    """A paragraph with the next number, or without where there is none."""
    number = next(numbers)
    return f"::: {{.numbered}}\n[{number}]{{.number}} {text}\n:::" if number else plain(text)


def plain(text: str) -> str:
    """A paragraph of Markdown that begins neither a list nor a heading."""
    return _LIST_LIKE.sub(
        lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", text
    )


def escaped(text: str) -> str:
    """Markdown that prints exactly this text, but for variables, which stay what they are."""
    variables: list[str] = []

    def hold(found: re.Match[str]) -> str:
        variables.append(found[0])
        return f"\ue000{len(variables) - 1}\ue001"

    literal = escape(_VARIABLE.sub(hold, re.sub("[\ue000\ue001]", "", text)))
    return _HELD.sub(lambda found: variables[int(found[1])], literal)


def split(text: str) -> Iterator[str]:
    """The paragraphs of a written text as Markdown; lines that begin with "- " are one list."""
    for block in re.split(r"\n\s*\n", text.strip()):
        lines: list[str] = []
        bullets: list[str] = []
        for line in block.splitlines():
            if line.strip().startswith("- "):
                bullets.append(line.strip()[2:])
            elif bullets:
                bullets[-1] += f" {line.strip()}"
            else:
                lines.append(line.strip())
        if lines:
            yield escaped(" ".join(lines))
        if bullets:
            yield "\n".join(f"- {plain(escaped(bullet))}" for bullet in bullets)


def lettered(titles: Iterable[str], first: str) -> Iterator[str]:
    """Titles as `Appendix A: ...`, `Appendix B: ...`.

    Args:
        titles: In order.
        first: What the first is called: ends in A or 1; empty for titles alone.
    """
    for position, title in enumerate(titles):
        sign = str(position + 1) if first.endswith("1") else ascii_uppercase[position]
        yield f"{first[:-1]}{sign}: {title}" if first else title
