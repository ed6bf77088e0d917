"""The statutory content checklist: what guidance asks for, and where the report answers it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from irostats import handbook
from irostats.calendar import ReportingYear
from irostats.figures import Figure, Figures, Status

NO_ANSWER = (Status.NOT_RECORDED, Status.NOT_AVAILABLE, Status.NOT_ASSESSABLE)
"""A figure in one of these states answers nothing; a hidden one, or one of nothing, does."""
UNKNOWN = ("not_known", "not_recorded")
"""Categories of those of whom nobody wrote down which it was."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One item of the Handbook's list, and what the report says to it.

    Attributes:
        item: What is asked.
        measures: Names of the measures that answer it with a figure of the year.
        missing: Names of the measures that would, had they a figure.
        narrative: Whether somebody wrote the narrative of its section.
        parts: What of it figures answer.
        lacking: What of it no figure answers; a narrative may.
    """

    item: handbook.Item
    measures: tuple[str, ...]
    missing: tuple[str, ...]
    narrative: bool
    parts: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether there is a figure or a narrative."""
        return bool(self.measures) or self.narrative


def checklist(
    figures: Figures, year: ReportingYear, written: Collection[str]
) -> tuple[Answer, ...]:
    """An answer for each item, in the order of the guidance.

    Args:
        figures: Figures of the report.
        year: The year reported on.
        written: Sections for which somebody wrote a narrative.
    """
    return tuple(_answer(item, figures, year, written) for item in handbook.items())


def gaps(answers: Collection[Answer]) -> tuple[Answer, ...]:
    """The items that nothing answers."""
    return tuple(answer for answer in answers if not answer.answered)


def _answer(
    item: handbook.Item, figures: Figures, year: ReportingYear, written: Collection[str]
) -> Answer:
    names = [
        measure.name
        for measure in figures.registry.measures.values()
        if item.key in measure.handbook
    ]
    found = [name for name in names if _says(figures, name, year)]
    told = {part.text: _tells(figures, part, year) for part in item.parts}
    return Answer(
        item,
        tuple(found),
        tuple(name for name in names if name not in found),
        item.narrative in written,
        tuple(text for text, answered in told.items() if answered),
        tuple(text for text, answered in told.items() if not answered),
    )


def _says(figures: Figures, name: str, year: ReportingYear) -> bool:
    total = figures.get(name, year)
    by_category = (
        figure
        for breakdown in figures.registry[name].breakdowns
        for figure in figures.by(name, breakdown.name, year).values()
    )
    return any(figure.status not in NO_ANSWER for figure in (total, *by_category))


def _tells(figures: Figures, part: handbook.Part, year: ReportingYear) -> bool:
    """Whether one of the figures that a part names says anything."""
    return any(
        _categories_tell(figures.by(measure, breakdown, year))
        if breakdown
        else figures.get(measure, year).status not in NO_ANSWER
        for measure, breakdown in part.figures
        if _exists(figures, measure, breakdown)
    )


def _exists(figures: Figures, measure: str, breakdown: str) -> bool:
    known = figures.registry.measures.get(measure)
    return known is not None and breakdown in ("", *(each.name for each in known.breakdowns))


def _categories_tell(by_category: Mapping[str, Figure]) -> bool:
    """Whether categories say anything: not if nobody wrote down of anyone which it was."""
    answers = {key: each for key, each in by_category.items() if each.status not in NO_ANSWER}
    had = [key for key, each in answers.items() if not (each.known and each.value == 0)]
    return any(key not in UNKNOWN for key in had) or bool(answers and not had)
