"""What can be wrong with a finished file, how grave it is, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Gravity(StrEnum):
    """What a finding does to publication."""

    STOP = "stop"
    """The file must not be published as it is."""
    SIGN_OFF = "sign-off"
    """Somebody who answers for it must have looked at it."""
    NOTE = "note"
    """Nothing is wrong, but a reader may wonder."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A gravity, what is wrong, and what to do next."""

    gravity: Gravity
    what: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found in one file.

    Args:
        file: Its name, without any child's identifier.
        rule: A key of ``RULES``.
        place: Page, part, cell or element.
        detail: More of what was found; never an identifier itself.
        times: How often, where it is told once.
    """

    file: str
    rule: str
    place: str = ""
    detail: str = ""
    times: int = 1

    @property
    def gravity(self) -> Gravity:
        """What it does to publication."""
        return RULES[self.rule].gravity

    @property
    def what(self) -> str:
        """What is wrong, in words."""
        return RULES[self.rule].what + (f": {self.detail}" if self.detail else "")

    @property
    def next_step(self) -> str:
        """What to do."""
        return RULES[self.rule].next_step


def _stop(what: str, next_step: str) -> Rule:
    return Rule(Gravity.STOP, what, next_step)


def _sign_off(what: str, next_step: str) -> Rule:
    return Rule(Gravity.SIGN_OFF, what, next_step)


def _note(what: str, next_step: str) -> Rule:
    return Rule(Gravity.NOTE, what, next_step)


_BUILD = "Build the report again, and make the edit in the narrative files."
_INSPECT = "In Word: File, Info, Check for Issues, Inspect Document, remove them; then save."
_WORD_AGAIN = "Build the Word file again, or put it back in Word, and export from there."

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        # What leads to a person.
        "identifier": _stop(
            "something that identifies a child",
            "Do not publish. Take it out at its source, build again; if it was published, tell "
            "your data protection officer at once.",
        ),
        "unprinted": _sign_off(
            "words of an input that are not meant to be printed",
            "Look whether they name or describe a person; if so, take them out and build again.",
        ),
        "row-data": _stop(
            "a table with a heading of the return's rows",
            "Take the table out: published files hold figures, never rows.",
        ),
        "row-pickle": _stop(
            "a saved object that may hold rows", "Delete the file; no reader needs it."
        ),
        # What nothing but a person can judge.
        "on-trust": _sign_off(
            "what disclosure control cannot judge is published on trust",
            "Look through the list, sign it, and keep it with the council's own papers.",
        ),
        "no-sign-off": _sign_off(
            "a public report without its sign-off list",
            "Build again: nobody can see what is published on trust.",
        ),
        # What could not be looked for.
        "no-inputs": _stop(
            "the inputs are not here, so no identifier could be looked for",
            "Give the folder of the authorities with --data.",
        ),
        "no-provenance": _sign_off(
            "there is no provenance.json beside the file",
            "Check it in the folder that irostats build wrote, or put that file beside it.",
        ),
        "inputs-changed": _sign_off(
            "inputs are not those that the report was built from",
            "Check with the inputs of the build, or build again.",
        ),
        "short-identifiers": _note(
            "some children's identifiers are too short to be told from counts",
            "They were looked for where identifiers stand; look through the free text yourself.",
        ),
        "unreadable": _stop(
            "the file cannot be read, so nothing in it could be checked",
            "Save it again without a password, or build it again.",
        ),
        "too-large": _stop(
            "the file holds more than irostats opens", "Take out what does not belong there."
        ),
        # What changed since the build.
        "changed": _note(
            "the file is not as the build wrote it",
            "If somebody edited it on purpose, see what follows; else build again.",
        ),
        "missing": _note(
            "the build wrote this file, and it is gone", "Build again if it is needed."
        ),
        "data-changed": _stop("a file of figures was changed since the build", _BUILD),
        "figure-differs": _stop("a number is not the one that was built", _BUILD),
        "suppressed-shown": _stop("a number stands where the build hid one", _BUILD),
        "table-differs": _sign_off(
            "a table does not have the rows and columns that were built",
            "Compare it with the other files of the build.",
        ),
        "table-unknown": _note(
            "the build wrote no table with this caption; its numbers could not be compared",
            "Compare it by hand if it holds figures.",
        ),
        "not-compared": _sign_off(
            "there is no unchanged file of this build to compare the figures with",
            "Check where the executed notebooks lie (--build DIR), or keep the built HTML beside.",
        ),
        "small-count": _sign_off(
            "a small number of children is typed in edited text",
            "Whoever answers for disclosure must agree that nobody can be recognised.",
        ),
        # Marks.
        "internal-in-public": _stop(
            "an internal file where files are to be published",
            "Do not publish it: take it out of the folder, or check with --audience internal.",
        ),
        "internal-here": _note(
            "an internal file lies here", "Do not publish it; public files bear no mark."
        ),
        "internal-unmarked": _stop(
            "an internal file without the mark OFFICIAL-SENSITIVE",
            "Do not pass it on. Build again; the mark belongs into its name and on every page.",
        ),
        "internal-open": _stop(
            "an internal file can be read by others on this machine",
            "Make it readable for its owner alone (chmod 600).",
        ),
        "synthetic-unsaid": _stop(
            "the returns are made up, and the file no longer says so", _BUILD
        ),
        "provisional-unsaid": _stop(
            "the return is provisional, and the file no longer says so", _BUILD
        ),
        # Word and other Office files.
        "tracked": _stop(
            "tracked changes: what was deleted can still be read",
            "In Word: Review, Accept All Changes, stop tracking; then save.",
        ),
        "comment": _stop("a comment", _INSPECT),
        "hidden-text": _stop("hidden text", _INSPECT),
        "person": _stop("a person's name in the file's properties", _INSPECT),
        "embedded": _stop("an embedded file", "Take it out; give what readers need as a file."),
        "linked": _stop(
            "something outside the file is fetched when it is opened", "Take the link out."
        ),
        "hidden-sheet": _stop("a hidden sheet, row or column", "Show it or delete it."),
        "macro": _stop("a program in the file", "Save it as a file without macros."),
        # Pages.
        "request": _stop(
            "the page asks another computer for something when it is opened", "Take it out."
        ),
        # Accessibility, as far as it can be lost by an edit.
        "no-title": _stop("the document has no title", _WORD_AGAIN),
        "no-language": _stop("the document does not say its language", _WORD_AGAIN),
        "no-alt": _stop(
            "an image has no alternative text", "Say in words what it shows, and save."
        ),
        "untagged": _stop(
            "the PDF is not tagged: screen readers cannot follow it",
            "Build it again; do not print to PDF. From Word: Save As PDF with document structure "
            "tags.",
        ),
        "pdf-action": _stop("a script or action in the PDF", "Build it again."),
        "pdf-annotation": _stop("a note or form field in the PDF", "Remove it, or build again."),
    }
)
