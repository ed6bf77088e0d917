"""The annexes: published figures beside computed ones, and what was found in the records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from irostats.figures import Figure
from irostats.issues import Issue, Severity
from irostats.present.items import Chart, Sentence, Table
from irostats.present.numbers import IN_TABLE, rounded, status
from irostats.present.tables import caption, notes
from irostats.present.view import View
from irostats.present.words import capital, label, listing, term
from irostats.published import Published
from irostats.registry import TOTAL, Unit

MOST_ISSUES = 40
"""Rows of the table of problems; ``irostats check`` lists all."""
SECTIONS = {
    "profile": "children looked after",
    "reviews": "reviews",
    "participation": "participation",
    "service": "the service",
    "challenge": "challenge and disputes",
}


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
        note=notes(view, figures, "Computed figures are rounded as the published ones are."),
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
    group = breakdown.label[0].lower() + breakdown.label[1:]
    return f"{text}: {category}" if category == breakdown.label else f"{text}, {group}: {category}"


def issues(view: View) -> Table | Sentence:
    """The problems found in the inputs that can move a figure."""
    found = [issue for issue in view.issues if issue.figures]
    if not found:
        return Sentence.of("Nothing was found in the records that could move a figure.")
    order = list(Severity)
    found.sort(key=lambda issue: order.index(issue.severity))
    left = len(found) - MOST_ISSUES
    return Table(
        caption=caption(view, "what was found in the records, and what it can move", view.history),
        columns=("What was found", "Where", "Rows", "Figures that it can move"),
        rows=tuple(_issue(view, issue) for issue in found[:MOST_ISSUES]),
        note=f"{left} more are listed by irostats check." if left > 0 else "",
        align="llrl",
    )


def _issue(view: View, issue: Issue) -> tuple[str, ...]:
    where = issue.file or (f"table {issue.table}" if issue.table else "")
    rows = f"{issue.rows:,}" if issue.rows else ""
    return (issue.message, where, rows, capital(listing([_moved(view, n) for n in issue.figures])))


def _moved(view: View, name: str) -> str:
    if name in view.figures.registry.measures:
        text = label(view, name)
        return text[0].lower() + text[1:] if text[1:2].islower() else text
    return term(view, SECTIONS.get(name, name))


TABLES: Mapping[str, Callable[[View], Table | Sentence]] = {
    "annex-published": published,
    "annex-issues": issues,
}
CHARTS: Mapping[str, Callable[[View], Chart | Sentence]] = {}
SENTENCES: Mapping[str, Callable[[View], Sentence]] = {}
