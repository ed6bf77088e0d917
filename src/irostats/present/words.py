"""The authority's own terms, and the wording of counts, changes and missing figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from irostats.calendar import ReportingYear
from irostats.changes import SIMILAR_COUNT, Change, Course
from irostats.changes import change as compared
from irostats.figures import Figure, Status
from irostats.present.numbers import is_change, rounded, say, size, status
from irostats.present.view import View
from irostats.registry import TOTAL, Unit
from irostats.service import TABLES as SERVICE_TABLES

LOOKS_LARGE = 5.0
"""Percentage points from which a reader wonders why a change is called similar."""


def capital(text: str) -> str:
    """The text with its first letter a capital, the others as they are."""
    return text[:1].upper() + text[1:]


def term(view: View, text: str) -> str:
    """The text with the authority's own words for the children it looks after."""
    words = view.authority.words
    for ours, theirs in (
        ("children looked after", words.children),
        ("child looked after", words.child),
    ):
        text = text.replace(ours, theirs).replace(capital(ours), capital(theirs))
    return text


HEADINGS = {
    "profile": "children looked after",
    "leavers": "care leavers",
    "monitoring": "monitoring and quality",
    "service": "the service",
    "challenge": "challenge and disputes",
}
"""Sections whose heading is not their name."""


def heading(view: View, section: str) -> str:
    """What the report calls a section, in the authority's words, in lower case."""
    return term(view, HEADINGS.get(section, section))


def label(view: View, measure: str) -> str:
    """What a table calls a measure, in the authority's words."""
    if measure == "profile.looked_after":
        return f"{capital(view.authority.words.children)} on 31 March"
    return term(view, view.measure(measure).label)


def listing(items: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def day(when: date) -> str:
    """``31 March 2021``."""
    return f"{when.day} {when:%B %Y}"


def span(years: Sequence[ReportingYear]) -> str:
    """``2017-18 to 2020-21``, or one year."""
    first, last = min(years), max(years)
    return str(first) if first == last else f"{first} to {last}"


def counted(view: View, figure: Figure, one: str, many: str) -> str:
    """A count with its noun: ``1 review``, ``1,021 reviews``, ``no reviews``."""
    if not figure.known:
        of = " of" if status(figure) is Status.SUPPRESSED else ""
        return f"{say(figure, view.measure(figure.measure))}{of} {many}"
    if figure.value == 0:
        return f"no {many}"
    return f"{say(figure, view.measure(figure.measure))} {one if figure.value == 1 else many}"


def children(view: View, figure: Figure) -> str:
    """A count of children in the authority's own words."""
    return counted(view, figure, view.authority.words.child, view.authority.words.children)


def change(view: View, measure: str) -> str:
    """How a count compares with the year before, to follow a comma; empty if it cannot.

    Counts rose or fell by a number; under 2 per cent they are similar. Nothing is called
    significant.
    """
    before = view.before(measure)
    moved = view.get(f"{measure}_change")
    percent = view.get(f"{measure}_change_percent")
    if not (before.known and moved.known):
        return ""
    was = say(before, view.measure(measure))
    by = size(moved, view.measure(moved.measure))
    if moved.value == 0:
        return "the same number as a year before"
    part = f" ({size(percent, view.measure(percent.measure))})" if percent.known else ""
    more = "more" if moved.value > 0 else "fewer"
    if percent.known and abs(percent.value) < SIMILAR_COUNT:
        return f"similar to the {was} of a year before: {by} {more}{part}"
    return f"{'a rise' if moved.value > 0 else 'a fall'} of {by}{part} from {was} a year before"


def moved(view: View, measure: str, *, breakdown: str = TOTAL, category: str = TOTAL) -> str:
    """How any figure compares with the year before, to follow a comma; empty if it cannot.

    The rule is that of ``changes``: a percentage or rate that chance could have moved is called
    similar, and one that moved is given with the 95% interval of the difference.
    """
    known = view.measure(measure)
    if is_change(known):
        return ""
    before = view.before(measure, breakdown=breakdown, category=category)
    found = compared(view.get(measure, breakdown=breakdown, category=category), before, known)
    if found is None:
        return ""
    was = say(before, known)
    if found.course is Course.SAME:
        return "the same as a year before"
    if found.course is Course.SIMILAR:
        return f"similar to the {was} of a year before{_chance(found, known.unit)}"
    way = "up" if found.course is Course.ROSE else "down"
    return f"{way} from {was} a year before{_by_how_much(found, known.unit)}"


def _chance(found: Change, unit: Unit) -> str:
    """Why a change that looks large is called similar: so few cannot tell it from chance."""
    large = unit is Unit.PERCENT and abs(found.by) >= LOOKS_LARGE
    return f" ({rounded(found.by, 1):+} points, which chance could explain)" if large else ""


def _by_how_much(found: Change, unit: Unit) -> str:
    """In brackets: points with their interval, or per cent of the figure before."""
    if unit is Unit.PERCENT and found.lower is not None and found.upper is not None:
        ends = " to ".join(f"{rounded(end, 1):+}" for end in (found.lower, found.upper))
        return f" ({rounded(found.by, 1):+} points; 95% interval {ends})"
    if found.percent is not None and unit is not Unit.PERCENT:
        return f" ({rounded(found.percent, 1):+}%)"
    return ""


def would_give(view: View, *figures: Figure) -> str:
    """Which of the service's tables figures that are not recorded would be counted from."""
    tables = dict.fromkeys(name for figure in figures for name in _tables_of(view, figure))
    if not tables:
        return ""
    table = "table" if len(tables) == 1 else "tables"
    return f"It would be counted from the service's {table} {listing(list(tables))}."


def _tables_of(view: View, figure: Figure) -> Iterator[str]:
    """``by team iro_staff`` after a semicolon of a measure's source speaks of that breakdown."""
    if status(figure) is not Status.NOT_RECORDED:
        return
    for part in view.measure(figure.measure).source.split(";"):
        named = part.replace(",", " ").split()
        if named[:1] != ["by"] or named[1] == figure.breakdown:
            yield from (word for word in named if word in SERVICE_TABLES)


def first_missing(figures: Iterable[Figure]) -> Figure | None:
    """The first figure without a value, if no figure has one."""
    found = list(figures)
    return None if not found or any(figure.known for figure in found) else found[0]


def no_figures(view: View, figure: Figure, what: str) -> str:
    """A sentence instead of figures that all lack a value.

    Args:
        view: Whose report.
        figure: One of them.
        what: What they count, as a noun phrase in lower case: ``alerts``.
    """
    year, service = view.year, view.authority.words.service
    return {
        Status.NOT_RECORDED: f"{view.name}'s {service} kept no record of {what} in {year}: "
        "not recorded.",
        Status.NOT_ASSESSABLE: f"{capital(what)} in {year}: not assessable, because the returns "
        "given do not reach far enough back.",
        Status.NOT_APPLICABLE: f"{capital(what)} in {year}: not applicable, because there was "
        "nothing to count.",
        Status.SUPPRESSED: f"{capital(what)} in {year}: numbers too small to show without the "
        "risk that a child could be identified.",
        Status.LOW: f"{capital(what)} in {year}: numbers close to zero.",
    }.get(status(figure), f"{capital(what)} in {year}: not available.")
