"""The sign-off list as a page of plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from irostats.disclosure.exempt import protecting
from irostats.present.view import View
from irostats.present.words import capital, heading
from irostats.settings import Protection
from irostats.signoff.numbers import Line, small_numbers, wholes
from irostats.signoff.words import Place, quotations
from irostats.telling.lines import things

WIDTH = 96
NOTHING = "Nothing has to be signed off before publication."
BEFORE = "To be signed off before publication: "
"""How the line begins that sums the list up; ``irostats verify`` reads it."""
_UNPROTECTED = ("unprotected small number of children", "unprotected small numbers of children")
_EXEMPT = ("small number that is exempt", "small numbers that are exempt")
_ALIKE = ("group who are all alike", "groups who are all alike")


@dataclass(frozen=True, slots=True)
class SignOff:
    """What somebody must have looked at before a public report is published.

    Attributes:
        exempt: Small numbers that are shown because the council exempts them.
        unprotected: Small numbers of children that nothing hides, as the settings say.
        wholes: Groups of children who are visibly all alike.
        texts: Free texts.
        quotations: Where they quote.
    """

    exempt: tuple[Line, ...] = ()
    unprotected: tuple[Line, ...] = ()
    wholes: tuple[Line, ...] = ()
    texts: tuple[Place, ...] = ()
    quotations: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """How much of each, in one line."""
        children, exempt, alike = map(_numbers, (self.unprotected, self.exempt, self.wholes))
        parts = (
            (children, things(children, *_UNPROTECTED)),
            (exempt, things(exempt, *_EXEMPT)),
            (alike, things(alike, *_ALIKE)),
            (len(self.texts), things(len(self.texts), "text")),
            (len(self.quotations), things(len(self.quotations), "quotation")),
        )
        said = [text for number, text in parts if number]
        return f"{BEFORE}{', '.join(said)}." if said else NOTHING


def sign_off(view: View, texts: Iterable[Place]) -> SignOff:
    """The list for a report.

    Args:
        view: Protected figures and words.
        texts: Free texts that are printed.
    """
    protection = view.authority.protection
    protected = protecting(view.figures.registry, protection.exempt)
    bare = protection.suppression == "none"
    written = tuple(text for text in texts if text.words)
    return SignOff(
        exempt=small_numbers(view, protected, among=False),
        unprotected=small_numbers(view, protected, among=True) if bare else (),
        # A rounded number that equals its rounded total says nothing for sure.
        wholes=() if protection.rounding and not bare else wholes(view, protected),
        texts=written,
        quotations=tuple(where for text in written for where in quotations(text)),
    )


def page(found: SignOff, view: View) -> str:
    """The list as it is written beside the report.

    Args:
        found: The list.
        view: The report that it belongs to.
    """
    protection = view.authority.protection
    most = protection.threshold
    children = view.authority.words.children
    lines = [
        "SIGN-OFF LIST: a working paper, not for publication",
        f"{view.authority.identity.name}, {view.year}: the files for the public",
        *(["Synthetic data: the returns are made up."] if view.synthetic else []),
        "",
        found.summary,  # unwrapped: it is read back
        "",
        *_wrapped(
            "Disclosure control cannot judge what stands below; it is published on trust. Somebody "
            "with authority over what is disclosed looks through it before the report goes out. "
            "It lists only what the public files show: no hidden number is in it."
        ),
        "",
        *_wrapped(_protection(protection, children)),
        *_part(
            f"Small numbers of {children} that are shown (1 to {most})",
            "Nothing protects them, as authority.toml asks.",
            _by_section(view, found.unprotected),
            asked=protection.suppression == "none",
        ),
        *_part(
            f"Small numbers that are exempt (1 to {most})",
            "They count the service's work, or the council has named their measures in "
            "authority.toml. Could anybody recognise a child in one?",
            _by_section(view, found.exempt),
        ),
        *_part(
            "Groups who are all alike",
            "Numbers that are shown say the same of everybody in a group: all of them, or none. "
            "Whoever knows that a child belongs to the group then knows it of the child.",
            _by_section(view, found.wholes),
            asked=not (protection.rounding and protection.suppression != "none"),
        ),
        *_part(
            "Free text",
            "Could anybody be recognised in it: by a name, a place, a day, a story?",
            [f"- {place.where}: {things(place.words, 'word')}" for place in found.texts],
        ),
        *_part(
            "Quotations",
            "Did whoever said it agree to its publication, and can nobody tell who it was?",
            [f"- {where}" for where in found.quotations],
        ),
        "",
        "Looked through by (post):",
        "",
        "Date:",
    ]
    return "\n".join(lines) + "\n"


def _numbers(lines: Iterable[Line]) -> int:
    return sum(line.numbers for line in lines)


def _protection(protection: Protection, children: str) -> str:
    of = f"Numbers of {children} from 1 to {protection.threshold}"
    if protection.suppression == "none":
        return f"How numbers are protected: not at all. {of} are shown."
    if protection.rounding:
        how = f"Numbers of {children} are rounded to the nearest {protection.rounding}"
    else:
        how = f"{of} are hidden"
    if protection.suppression == "primary":
        return f"How numbers are protected: {how}. Some of them can be worked out from others."
    also = "; what could be worked out all the same is hidden"
    others = ", and the fewest others without which they could be worked out"
    return f"How numbers are protected: {how}{also if protection.rounding else others}."


def _wrapped(text: str, first: str = "", after: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=after,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _part(title: str, about: str, lines: Sequence[str], *, asked: bool = True) -> Iterator[str]:
    """A heading, what to ask oneself, and the lines; nothing where it does not apply."""
    if not asked:
        return
    yield from ("", title, "-" * len(title))
    if not lines:
        yield "None."
        return
    yield from _wrapped(about)
    yield ""
    for line in lines:
        yield from _wrapped(line, after="  ") if line.startswith("- ") else [line]


def _by_section(view: View, lines: Iterable[Line]) -> list[str]:
    """Lines under the names of the report's sections, in the registry's order."""
    place = {name: number for number, name in enumerate(view.figures.registry.measures)}
    ordered = sorted(lines, key=lambda line: place[line.measure])
    found: list[str] = []
    for section, each in groupby(ordered, lambda line: view.measure(line.measure).section):
        found += [capital(heading(view, section)), *(f"- {line.text}" for line in each)]
    return found
