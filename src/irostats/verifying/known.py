"""What must not be found in a finished file: identifiers from the inputs, each with its place.

The inputs are read again by the readers that the report was made with, the columns that they
otherwise drop included. What is held here never leaves the process, and nothing here is printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from irostats.texts import FEWEST_DIGITS
from irostats.verifying.days import days

WORD = re.compile(r"[^\W_]+")
POSTCODE = re.compile(r"(?<![^\W_])([A-Z]{1,2}\d[A-Z\d]?)[\s\-_.+]{0,2}(\d[A-Z]{2})(?![^\W_])")
PUPIL = re.compile(r"(?<![^\W_])[A-Z]\d{11}[A-Z\d](?![^\W_])")
_NAMESPACE = "WWW.W3.ORG/1999/02/22-RDF"
SURE = 8
"""Signs from which an identifier is looked for also inside longer words."""


class Kind(StrEnum):
    """What an identifier is, as a finding says it."""

    CHILD = "a child's identifier"
    PUPIL = "a unique pupil number"
    BIRTH = "a date of birth"
    POSTCODE = "the postcode of a home or placement"
    PLACEMENT = "the URN of a placement"
    CASE = "the number of a case"
    WORKER = "the code of a reviewing officer"
    WORDS = "words of a field that is not printed"


@dataclass(frozen=True, slots=True)
class Hit:
    """An identifier without itself: its kind, and the input's file and line that hold it."""

    kind: Kind
    where: str


@dataclass(frozen=True, slots=True)
class Allowed:
    """What may be printed: words in capitals with single spaces, and days."""

    words: str
    days: frozenset[date]

    @classmethod
    def of(cls, text: str) -> Allowed:
        """The words and days of a text."""
        shown = plain(text)
        return cls(f" {' '.join(WORD.findall(shown))} ", frozenset(day for day, _ in days(shown)))


@dataclass
class Known:
    """Identifiers by how they are looked for.

    Attributes:
        words: Those of letters and digits alone, in capitals.
        short: Those of them that are too short to be told from other words and numbers.
        odd: Those with other signs in them.
        births: Dates of birth.
        postcodes: In capitals, without a space.
        phrases: First two words of what is not printed, and all phrases that begin so.
        fixed: Days that the report's own text names.
    """

    words: dict[str, Hit] = field(default_factory=dict)
    short: dict[str, Hit] = field(default_factory=dict)
    odd: dict[str, Hit] = field(default_factory=dict)
    births: dict[date, Hit] = field(default_factory=dict)
    postcodes: dict[str, Hit] = field(default_factory=dict)
    phrases: dict[tuple[str, ...], list[tuple[tuple[str, ...], Hit]]] = field(default_factory=dict)
    fixed: frozenset[date] = frozenset()

    def identifier(self, text: str, kind: Kind, where: str) -> None:
        """Add an identifier, also without its leading zeros."""
        spelt = plain(text).strip()
        bare = spelt.lstrip("0") if spelt.isdigit() else spelt
        for each in {spelt, bare} - {""}:
            if not WORD.fullmatch(each):
                self.odd.setdefault(each, Hit(kind, where))
            elif len(each) < FEWEST_DIGITS or not any(sign.isdigit() for sign in each):
                self.short.setdefault(each, Hit(kind, where))
            else:
                self.words.setdefault(each, Hit(kind, where))

    def birth(self, day: date, where: str) -> None:
        """Add a date of birth."""
        self.births.setdefault(day, Hit(Kind.BIRTH, where))

    def postcode(self, text: str, where: str) -> None:
        """Add a postcode; what is none is left."""
        key = re.sub(r"[\s\-_.+]", "", plain(text))
        if re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}", key):
            self.postcodes.setdefault(key, Hit(Kind.POSTCODE, where))

    def phrase(self, text: str, where: str) -> None:
        """Add words that are not printed; one word by itself only if it could be no other."""
        words = tuple(WORD.findall(plain(text)))
        if len(words) > 1:
            self.phrases.setdefault(words[:2], []).append((words, Hit(Kind.WORDS, where)))
        elif words and len(words[0]) >= FEWEST_DIGITS:
            self.phrases.setdefault(words, []).append((words, Hit(Kind.WORDS, where)))

    def patterns(self, text: str, where: str) -> None:
        """Add whatever in a text looks like a postcode or a pupil number."""
        shown = plain(text)
        for match in POSTCODE.finditer(shown):
            self.postcode(match[0], where)
        for match in PUPIL.finditer(shown):
            self.identifier(match[0], Kind.PUPIL, where)

    def without(self, allowed: Allowed) -> None:
        """Take out phrases that may be printed anyway, and note the days that may."""
        self.phrases = {
            first: kept
            for first, each in self.phrases.items()
            if (kept := [one for one in each if f" {' '.join(one[0])} " not in allowed.words])
        }
        self.fixed |= allowed.days

    def ordinary(self, day: date) -> bool:
        """Whether a day stands in the report's own text, as the ends of reporting years do."""
        return day in self.fixed or (day.month, day.day) in ((3, 31), (4, 1))

    @property
    def inside(self) -> Mapping[int, dict[str, Hit]]:
        """Identifiers that are looked for inside longer words, by length."""
        found: dict[int, dict[str, Hit]] = {}
        for word, hit in self.words.items():
            if len(word) >= SURE and not (word.isdigit() and len(word) < SURE + 2):
                found.setdefault(len(word), {})[word] = hit
        return found


def plain(text: str) -> str:
    """Capitals, without signs that nobody sees, full-width letters and digits made plain.

    And without the one name in XML that holds a day, which is nobody's.
    """
    if text.isascii():
        return text.upper().replace(_NAMESPACE, "")
    shown = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return unicodedata.normalize("NFKC", shown).upper().replace(_NAMESPACE, "")


def merged(parts: Iterable[Known]) -> Known:
    """All that several inputs hold."""
    whole = Known()
    for part in parts:
        for name in ("words", "short", "odd", "births", "postcodes"):
            getattr(whole, name).update(getattr(part, name))
        for first, each in part.phrases.items():
            whole.phrases.setdefault(first, []).extend(each)
        whole.fixed |= part.fixed
    return whole
