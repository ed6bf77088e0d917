"""The annexes: published figures beside computed ones, and the statutory checklist."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from irostats import handbook
from irostats.checklist import Answer, checklist
from irostats.figures import Figure, Status
from irostats.present.items import Chart, Sentence, Table
from irostats.present.numbers import IN_TABLE, rounded, status
from irostats.present.tables import caption, notes
from irostats.present.view import View
from irostats.present.words import capital, heading, label, term
from irostats.published import Published
from irostats.registry import TOTAL, Unit

OF_ALL = ("profile.looked_after", "placements.placed", "placements.located")
"""Counts of the same children, whose parts need no other name than their own."""


def published(view: View) -> Table | Sentence:
    """Each published figure, the computed one, and whether they are the same."""
    if not view.published:
        return Sentence.of(
            f"No published figures of {view.name} for {view.year} were given to compare with."
        )
    items = sorted(view.published, key=partial(_place, view))
    figures = [_figure(view, item) for item in items]
    return Table(
        caption=caption(view, "published and computed figures", (view.year,)),
        columns=("Figure", "Published", "Computed", "Same?", "Source, and reason for a difference"),
        rows=tuple(
            _compared(view, item, figure) for item, figure in zip(items, figures, strict=True)
        ),
        note=notes(
            view,
            figures,
            "Differences are shown and explained, not removed. Computed figures are rounded as the "
            "published ones are.",
        ),
        align="lrrll",
    )


def _place(view: View, item: Published) -> tuple[int, int, int]:
    """Where a published figure stands: in the order of the report, parts below their whole."""
    place = list(view.figures.registry.measures).index(item.measure)
    if item.breakdown == TOTAL:
        return (place, -1, -1)
    breakdowns = view.measure(item.measure).breakdowns
    number = [breakdown.name for breakdown in breakdowns].index(item.breakdown)
    return (place, number, list(breakdowns[number].categories).index(item.category))


def _figure(view: View, item: Published) -> Figure:
    return view.get(item.measure, breakdown=item.breakdown, category=item.category)


def _compared(view: View, item: Published, figure: Figure) -> tuple[str, ...]:
    percent = "%" if view.measure(item.measure).unit is Unit.PERCENT else ""
    computed = rounded(figure.value, item.decimals) if figure.known else None
    if figure.status is Status.SUPPRESSED:
        # What the council once printed would tell what is hidden now.
        hidden = IN_TABLE[Status.SUPPRESSED]
        return (_name(view, item), hidden, hidden, "not compared", f"{item.source}.")
    same = "not compared" if computed is None else "yes" if computed == item.value else "no"
    return (
        _name(view, item),
        f"{item.value:,}{percent}",
        IN_TABLE[status(figure)] if computed is None else f"{computed:,}{percent}",
        same,
        " ".join(filter(None, (f"{item.source}.", item.reason if same != "yes" else ""))),
    )


def _name(view: View, item: Published) -> str:
    text = label(view, item.measure)
    if item.breakdown == TOTAL:
        return text
    breakdown = view.measure(item.measure).breakdown(item.breakdown)
    category = term(view, breakdown.categories[item.category])
    if item.measure in OF_ALL:
        return f"{breakdown.label}: {category}"
    group = breakdown.label[0].lower() + breakdown.label[1:]
    return f"{text}: {category}" if category == breakdown.label else f"{text}, {group}: {category}"


def revisions(view: View) -> Table | Sentence:
    """Figures published for the year before that differ from what the returns say now."""
    before = view.year.previous
    if not view.published_before:
        return Sentence.of(f"No figures published for {before} were given to compare with.")
    pairs = [
        (item, view.before(item.measure, breakdown=item.breakdown, category=item.category))
        for item in sorted(view.published_before, key=partial(_place, view))
    ]
    compared = [(item, figure) for item, figure in pairs if figure.known]
    revised = [
        (item, now)
        for item, figure in compared
        if (now := rounded(figure.value, item.decimals)) != item.value
    ]
    if not revised:
        return Sentence.of(
            f"{len(compared)} of the {len(pairs)} figures published for {before} could be compared "
            "with what the returns say now, and none is revised."
        )
    return Table(
        caption=caption(view, "published figures that are revised", (before,)),
        columns=("Figure", "Published", "Now", "Why"),
        rows=tuple(
            (_name(view, item), f"{item.value:,}", f"{now:,}", item.reason or "not stated")
            for item, now in revised
        ),
        note=f"{len(compared)} published figures could be compared.",
        align="lrrl",
    )


def statutory(view: View) -> Table:
    """What the Handbook asks for, where the report answers it, and what is not answered."""
    answers = checklist(view.figures, view.year, view.written)
    return Table(
        caption=caption(view, "what the IRO Handbook asks of this report", (view.year,)),
        columns=("Asked for", "Figures", "No figures on", "Narrative", "Answered?"),
        rows=tuple(
            (
                term(view, answer.item.text),
                _where(view, answer) or "no data",
                capital(", ".join(answer.lacking)) or "nothing",
                "written" if answer.narrative else "no narrative",
                _answered(answer),
            )
            for answer in answers
        ),
        note=f"{handbook.source()}. In part: figures answer some of what is asked, and whether the "
        "narrative says the rest is for its reader to judge.",
        align="lllll",
    )


def _answered(answer: Answer) -> str:
    if answer.measures and answer.lacking:
        return "in part"
    if answer.measures:
        return "yes" if answer.narrative else "by figures"
    return "in words only" if answer.narrative else "not answered: no data, no narrative"


def _where(view: View, answer: Answer) -> str:
    """The sections whose figures answer an item, and what of it they answer."""
    sections = dict.fromkeys(view.measure(name).section for name in answer.measures)
    where = "; ".join(capital(heading(view, section)) for section in sections)
    return f"{where}: {', '.join(answer.parts)}" if answer.parts else where


TABLES: Mapping[str, Callable[[View], Table | Sentence]] = {
    "annex-published": published,
    "annex-revisions": revisions,
    "annex-checklist": statutory,
}
CHARTS: Mapping[str, Callable[[View], Chart | Sentence]] = {}
SENTENCES: Mapping[str, Callable[[View], Sentence]] = {}
