"""Free text and quotations in what a public report prints: where they stand, not what they say.

Who signs off reads them there. Words that might name a child are not written down once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from irostats.committee.layouts import OWN, OWN_FILE
from irostats.committee.settings import FILE, TO_BE_FIXED, Committee
from irostats.committee.wording import NONE
from irostats.present.words import listing
from irostats.settings import Authority, Words

FEWEST = 4
"""Words from which a text in quotation marks may be what somebody said, and no mere name."""
_SHORTCODE = re.compile(r"\{\{<.*?>\}\}")
_QUOTED = re.compile(
    "\u201c([^\u201d]+)\u201d"
    '|"([^"]+)"'
    "|(?<!\\w)\u2018(.+?)\u2019(?!\\w)"
    "|(?<![\\w'])'(\\w.+?)'(?!\\w)"
    "|\u00ab([^\u00bb]+)\u00bb",
    re.DOTALL,
)
_BLOCK = re.compile(r"^ {0,3}>")
_WORD = re.compile(r"[^\W_][\w'\u2019.,%-]*")


@dataclass(frozen=True, slots=True)
class Place:
    """A text that is printed.

    Args:
        where: File, and line or key, in words that name no child.
        text: The text; it is counted and searched, and never written down.
        line: Line of the file that it begins with; 0 where only ``where`` says.
    """

    where: str
    text: str
    line: int = 0

    @property
    def words(self) -> int:
        """How many words of its own it has: a figure that is named is none."""
        return len(_WORD.findall(_SHORTCODE.sub(" ", self.text)))


def quotations(place: Place) -> Iterator[str]:
    """Where a text quotes: each block of lines that begin with ``>``, each longer quoted passage.

    Yields:
        File and line.
    """
    for line in _blocks(place.text) + _passages(place.text):
        yield f"{place.where}, line {place.line + line}" if place.line else place.where


def settings_texts(authority: Authority) -> Iterator[Place]:
    """Texts of authority.toml that are printed: terms of its own, and whom to ask."""
    ours = Words()
    for name in Words.__dataclass_fields__:
        said = getattr(authority.words, name)
        if said != getattr(ours, name):
            yield Place(f"authority.toml, [words] {name}", said)
    if authority.accessibility.contact:
        yield Place("authority.toml, [accessibility] contact", authority.accessibility.contact)


def committee_texts(committee: Committee) -> Iterator[Place]:
    """Texts of committee.toml, those of a section together."""
    said: dict[str, list[tuple[str, str]]] = {}
    for key, text in committee.texts():
        if key in committee.given and text.strip().lower() not in ("", NONE, TO_BE_FIXED):
            section, _, name = key.partition(".")
            said.setdefault(section, []).append((name, text))
    for section, texts in said.items():
        names = listing(list(dict.fromkeys(name for name, _ in texts)))
        yield Place(f"{FILE}, [{section}] {names}", "\n\n".join(text for _, text in texts))


def layout_text(committee: Committee, words: Iterable[str]) -> Iterator[Place]:
    """Names and words of the parts of a layout that the council wrote itself."""
    if committee.layout == OWN:
        yield Place(OWN_FILE, "\n\n".join(words))


def _blocks(text: str) -> list[int]:
    lines = [bool(_BLOCK.match(line)) for line in text.split("\n")]
    return [n for n, quoted in enumerate(lines) if quoted and not (n and lines[n - 1])]


def _passages(text: str) -> list[int]:
    """Lines that a longer passage in quotation marks begins in, outside of quoted blocks."""
    plain = "\n".join(
        "" if _BLOCK.match(line) else line for line in _SHORTCODE.sub("figure", text).split("\n")
    )
    found, at = [], 0
    for paragraph in re.split(r"(\n\s*\n)", plain):  # a mark that is not closed ends with it
        for match in _QUOTED.finditer(paragraph):
            said = next(filter(None, match.groups()))
            if len(_WORD.findall(said)) >= FEWEST:
                found.append(plain.count("\n", 0, at + match.start()))
        at += len(paragraph)
    return found
