"""Looking for identifiers in what a file holds; a finding never says the identifier itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from irostats.verifying.contents import Contents, Piece
from irostats.verifying.days import days
from irostats.verifying.known import POSTCODE, WORD, Hit, Kind, Known, plain
from irostats.verifying.rules import Finding

MOST = 40
"""Findings of identifiers told for one file; more say nothing new."""
_ABOUT_PERSON = re.compile(r"CHILD|PUPIL|\bUPN\b|\bCLIENT|\bCASE|\bID\b|IDENTIF|\bREF\b|_ID\b")
_ABOUT_BIRTH = re.compile(r"BORN|BIRTH|\bDOB\b|D\.O\.B")
_LEAD = re.compile(
    r"(?:CHILD|PUPIL|UPN|CLIENT|CASE|\bID|IDENTIFIER|REF)[A-Z_ ]{0,12}[\W_]{0,3}"
    r"(?:NO\.?|NUMBER|ID)?[\W_]{0,3}$"
)
_MONEY = "£$€"
_RISKY = 8
"""Digits below which a number by itself may be a figure."""


def look(name: str, contents: Contents, known: Known) -> list[Finding]:
    """Findings for one file, each identifier once with the number of its places.

    Args:
        name: The file's name.
        contents: What it holds.
        known: What to look for.
    """
    found: dict[tuple[Hit, bool], list[str]] = {}
    inside = known.inside
    for piece in (Piece("name of the file", name, shown=False), *contents.pieces):
        text = plain(piece.text)
        for hit in _hits(piece, text, known, inside):
            found.setdefault((hit, hit.kind in (Kind.WORDS, Kind.WORKER)), []).append(piece.place)
    file = masked(name, known)
    findings = [
        Finding(
            file,
            "unprinted" if quiet else "identifier",
            masked(places[0], known),
            f"{hit.kind}, as in the input {masked(hit.where, known)}",
            len(places),
        )
        for (hit, quiet), places in found.items()
    ]
    return findings[:MOST]


def masked(text: str, known: Known) -> str:
    """A name or place without the identifiers in it."""
    spelt = WORD.sub(lambda match: "…" if plain(match[0]) in known.words else match[0], text)
    for odd in known.odd:
        if odd in plain(spelt):
            return "…"
    joined = "".join(WORD.findall(plain(spelt)))
    if any(word in joined for words in known.inside.values() for word in words):
        return "…"
    shown = POSTCODE.sub("…", spelt) if POSTCODE.search(spelt) else spelt
    return "…" if any(day in known.births for day, _ in days(plain(shown))) else shown


def _hits(
    piece: Piece, text: str, known: Known, inside: Mapping[int, dict[str, Hit]]
) -> Iterator[Hit]:
    about = plain(piece.under)
    person, birth = bool(_ABOUT_PERSON.search(about)), bool(_ABOUT_BIRTH.search(about))
    words = [(match[0], match.start()) for match in WORD.finditer(text)]
    for word, at in words:
        yield from _word(piece, text, word, at, person, known, inside)
    if piece.joined:
        yield from _within("".join(word for word, _ in words), inside, whole=False)
    for odd, hit in known.odd.items():
        if odd in text and re.search(rf"(?<![^\W_]){re.escape(odd)}(?![^\W_])", text):
            yield hit
    for match in POSTCODE.finditer(text):
        if match[1] + match[2] in known.postcodes:
            yield known.postcodes[match[1] + match[2]]
    yield from _births(text, known, birth)
    yield from _phrases([word for word, _ in words], known)


def _births(text: str, known: Known, about: bool) -> Iterator[Hit]:
    """Days of birth; one that the report's own text names only where a birth is spoken of."""
    if not any(sign.isdigit() for sign in text):
        return
    for day, at in days(text):
        if day in known.births and (
            about or not known.ordinary(day) or _ABOUT_BIRTH.search(text[max(0, at - 40) : at])
        ):
            yield known.births[day]


def _word(
    piece: Piece,
    text: str,
    word: str,
    at: int,
    person: bool,
    known: Known,
    inside: Mapping[int, dict[str, Hit]],
) -> Iterator[Hit]:
    hit = known.words.get(word)
    if hit and (person or not _may_be_figure(piece, text, word, at)):
        yield hit
    elif len(word) > 8 and not hit:
        yield from _within(word, inside, whole=True)
    short = known.short.get(word)
    if short and any(sign.isdigit() for sign in word):
        alone = person and text.strip() == word
        if alone or _LEAD.search(text[max(0, at - 30) : at]):
            yield short


def _may_be_figure(piece: Piece, text: str, word: str, at: int) -> bool:
    """Whether a number by itself is rather an amount than an identifier."""
    if not word.isdigit() or len(word) >= _RISKY:
        return False
    before, behind = text[at - 1 : at], text[at + len(word) : at + len(word) + 2]
    decimals = re.match(r"[.,]\d", behind) or (before in ".," and before)
    return bool(piece.amount or decimals or (before and before in _MONEY))


def _within(text: str, inside: Mapping[int, dict[str, Hit]], *, whole: bool) -> Iterator[Hit]:
    """Identifiers inside a longer run of letters and digits."""
    if not any(sign.isdigit() for sign in text):
        return
    for length, words in inside.items():
        for start in range(len(text) - length + 1):
            hit = words.get(text[start : start + length])
            if hit and not (whole and _goes_on(text, start, start + length)):
                yield hit


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether a number at either end of a match is longer: then it is another identifier."""
    before, behind = text[max(0, start - 1) : start + 1], text[end - 1 : end + 1]
    return any(len(edge) > 1 and edge.isdigit() for edge in (before, behind))


def _phrases(words: list[str], known: Known) -> Iterator[Hit]:
    for at, word in enumerate(words):
        candidates = [
            *known.phrases.get((word,), ()),
            *known.phrases.get(tuple(words[at : at + 2]), ()),
        ]
        for phrase, hit in candidates:
            if tuple(words[at : at + len(phrase)]) == phrase:
                yield hit
