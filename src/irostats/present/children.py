"""The summary for children and young people: five numbers, and what comes next."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from irostats.calendar import ReportingYear
from irostats.figures import Status
from irostats.present import children_facts as facts
from irostats.present.items import Chart, Sentence, Table
from irostats.present.markup import paragraph
from irostats.present.numbers import status
from irostats.present.view import View

PLACES = ("first", "second", "third", "fourth", "fifth")
LINES, LETTERS = 8, 58
"""Lines, and letters a line, for what is not known and for plans: more do not fit two pages."""
WHY = {
    Status.NOT_RECORDED: "we kept no record",
    Status.NOT_ASSESSABLE: "we need older records to tell",
    Status.NOT_APPLICABLE: "there was nothing to count",
    Status.SUPPRESSED: "it could show who somebody is",
    Status.LOW: "it could show who somebody is",
}


@dataclass(frozen=True)
class Points(Sentence):
    """A paragraph, points below it, and a paragraph after them."""

    @property
    def markdown(self) -> str:
        """The paragraphs between the first and the last as a list, every character literal."""
        first, *points, last = map(paragraph, self.paragraphs)
        return "\n\n".join((first, "\n".join(f"- {point}" for point in points), last))


def numbers(view: View) -> Sentence:
    """How to read numbers and pictures; what is not known, and what stands in its place."""
    return Sentence.of(
        "A row of ten shows how many in every ten, rounded down.",
        *_unknown(view),
    )


def _unknown(view: View) -> Iterator[str]:
    """A sentence for each reason, then one on what takes the place of what is missing."""
    gone = facts.missing(view)
    why = {
        fact.measure: WHY.get(status(view.get(fact.measure)), "it is not there") for fact in gone
    }
    for reason in dict.fromkeys(why.values()):
        what = [fact.unknown for fact in gone if why[fact.measure] == reason]
        yield f"We cannot say {' or '.join(what)}: {reason}."
    found = len(facts.chosen(view))
    instead = found - (facts.FIVE - len(gone))
    if instead:
        yield "Another number takes its place." if instead == 1 else "Others take their place."


def number(view: View, place: int) -> Chart | Sentence:
    """One of the five numbers, or why there is none.

    Args:
        view: Whose.
        place: 0 to 4.
    """
    found = facts.chosen(view)
    if place < len(found):
        return facts.chart(view, found[place])
    return Sentence.of(f"There is no {PLACES[place]} number for {view.year}.")


def plans(view: View) -> Sentence:
    """The priorities of next year in the service's own words, as many as there is room for."""
    following = ReportingYear(view.year.end + 1)
    every = [each.text for each in view.texts.priorities if each.year == following]
    shown = list(_with_room(every, LINES - _lines(str(numbers(view)))))
    if not shown:
        return Sentence.of(
            f"Our plans for {following} are not written down here. Ask your IRO what comes next, "
            "or say what should."
        )
    more = "The full report has more. " if len(shown) < len(every) else ""
    return Points(
        (
            f"Our plans for {following}, in the words of our report:",
            *shown,
            f"{more}What would you add? Tell your IRO.",
        )
    )


def _with_room(texts: list[str], lines: int) -> Iterator[str]:
    for text in texts:
        lines -= _lines(text)
        if lines >= 0:
            yield text


def _lines(text: str) -> int:
    return math.ceil(len(text) / LETTERS)


TABLES: Mapping[str, Callable[[View], Table | Sentence]] = {}
CHARTS: Mapping[str, Callable[[View], Chart | Sentence]] = {
    f"children-{name}": partial(number, place=place) for place, name in enumerate(PLACES)
}
SENTENCES: Mapping[str, Callable[[View], Sentence]] = {
    "children-numbers": numbers,
    "children-plans": plans,
}
