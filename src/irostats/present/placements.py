"""Placements: of what kind and where, how lasting, why they changed, who was missing or away."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from irostats.figures import Figure, Status
from irostats.present import placements_charts
from irostats.present.charts import largest
from irostats.present.composition import composition
from irostats.present.items import Sentence, Table
from irostats.present.numbers import share, status
from irostats.present.placements_where import LOCATED, SNAPSHOT, location, time_in_care
from irostats.present.tables import always_zero, over_years, row, rows_by
from irostats.present.view import View
from irostats.present.words import children, day, moved, no_figures

PLACED = "placements.placed"
MANY = "placements.three_or_more_percent"
STABLE = "placements.long_term_stable_percent"
ABSENT = "placements.absent_children_percent"
WORKERS = "placements.three_or_more_workers_percent"
MANY_MOVES = (
    "Three or more placements in a year can mean that a child is unsettled, but a move can also be "
    "for the better, such as to a permanent family: the table of reasons says more. Temporary "
    "stays, and changes that leave a child with the same carer, are not counted."
)
WORKERS_SINCE = "Social workers have been part of the SSDA903 return since 2023-24"


def stability_sentence(view: View) -> str:
    """How many children had 3 or more placements, and how that compares."""
    figure = view.get(MANY)
    if not figure.known:
        return no_figures(view, figure, "3 or more placements in the year")
    words = view.authority.words
    return (
        f"Of {words.children} on 31 March, {_share(view, figure)} had had 3 or more placements in "
        f"the year{_compared(view, MANY)}."
    )


def headline(view: View) -> Sentence:
    """The largest group, far from home, moves, stability, absence, social workers."""
    return Sentence.of(
        _kind(view),
        far_sentence(view),
        stability_sentence(view),
        _stable(view),
        _absent(view),
        _social_workers(view),
    )


def _share(view: View, figure: Figure) -> str:
    return share(figure, view.measure(figure.measure))


def _compared(view: View, measure: str) -> str:
    found = moved(view, measure)
    return f", {found}" if found else ""


def _kind(view: View) -> str:
    top = largest(view.by(PLACED, "placement"), view.get(PLACED))
    if top is None:
        return ""
    name = view.measure(PLACED).breakdown("placement").categories[top]
    figure = view.get(f"{PLACED}_percent", breakdown="placement", category=top)
    words = view.authority.words
    return (
        f"The largest group of placements on {day(view.year.last_day)} was "
        f"{name[0].lower()}{name[1:]}, with {_share(view, figure)} of {words.children}."
    )


def far_sentence(view: View) -> str:
    """The share placed more than 20 miles from home; empty if it is not known."""
    far = view.get(f"{LOCATED}_percent", breakdown="distance", category="over_20")
    unknown = view.get(LOCATED, breakdown="distance", category="not_known")
    if not far.known:
        return ""
    words = f"{_share(view, far)} were placed more than 20 miles from home"
    if not unknown.known or unknown.value == 0:
        return f"{words}."
    return f"{words}; the distance is not known for {children(view, unknown)}."


def _stable(view: View) -> str:
    figure = view.get(STABLE)
    if not figure.known:
        return no_figures(view, figure, "long-term stability")
    return (
        "Of children under 16 looked after for 2½ years or more, "
        f"{_share(view, figure)} had lived with the same carer for 2 years or more, counting the "
        f"placement before one for adoption{_compared(view, STABLE)}."
    )


def _absent(view: View) -> str:
    figure = view.get(ABSENT)
    if not figure.known:
        return ""
    return (
        f"Of all {view.authority.words.children} at any time in the year, {_share(view, figure)} "
        f"were missing or away without authorisation at least once{_compared(view, ABSENT)}."
    )


def _social_workers(view: View) -> str:
    figure = view.get(WORKERS)
    if not figure.known:
        return ""
    return (
        f"On 31 March, {_share(view, figure)} had had 3 or more social workers in the year"
        f"{_compared(view, WORKERS)}."
    )


def kinds(view: View) -> Table | Sentence:
    """Placement and provider: counts and shares, this year and the year before."""
    return composition(
        view,
        f"{view.authority.words.children} on 31 March by placement and provider",
        (PLACED, f"{PLACED}_percent"),
        {"placement": "Placement", "provider": "Provider"},
        leave_out=("not_known", "not_reported"),
        missing="kinds of placement",
        note=f"A child who is away for a short time is counted in the usual placement. {SNAPSHOT}",
    )


def stability(view: View) -> Table | Sentence:
    """Placements in the year and long-term stability, over the years."""
    return over_years(
        view,
        "Placements in the year, and long-term stability",
        [
            *rows_by(view, "placements.in_year", "placements_in_year"),
            row(view, MANY, "With 3 or more placements"),
            row(view, "placements.long_term"),
            row(view, "placements.long_term_stable"),
            row(view, STABLE),
        ],
        missing="placements in the year",
        note=MANY_MOVES,
        intervals=(MANY, STABLE),
    )


def moves(view: View) -> Table | Sentence:
    """Moves to a new placement by the reason recorded, over the years."""
    name = "placements.moves"
    return over_years(
        view,
        "Moves to a new placement by reason",
        [*rows_by(view, name, "reason"), row(view, name, "All moves")],
        first_column="Reason",
        missing="moves to a new placement",
        note="Moves, not children: one child may move more than once.",
    )


def absences(view: View) -> Table | Sentence:
    """Missing and away without authorisation: times, children, shares, over the years."""
    times, who = "placements.absences", "placements.absent_children"
    gone = always_zero(view, times, "kind", ["not_known"])
    return over_years(
        view,
        "Missing, and away without authorisation",
        [
            *rows_by(view, times, "kind", prefix="Times: ", leave_out=gone),
            *rows_by(view, who, "kind", prefix="Children: ", leave_out=gone),
            row(view, who, "Children: missing or away, or both"),
            *rows_by(view, ABSENT, "kind", prefix="Share of children: ", leave_out=gone),
        ],
        missing="children missing or away",
        note=f"Shares are of all {view.authority.words.children} at any time in the year. Better "
        "recording raises these numbers.",
    )


def workers(view: View) -> Table | Sentence:
    """Social workers in the year, over the years that have them."""
    years = [
        year for year in view.shown if status(view.get(WORKERS, year)) is not Status.NOT_APPLICABLE
    ]
    if not years:
        return Sentence.of(
            f"{WORKERS_SINCE}: how many a child had in {view.year} cannot be counted from it."
        )
    return over_years(
        view,
        f"{view.authority.words.children} on 31 March by social workers in the year",
        [
            *rows_by(view, "placements.workers", "social_workers"),
            row(view, WORKERS, "With 3 or more social workers"),
        ],
        years=years,
        missing="social workers in the year",
        note=f"{WORKERS_SINCE}. A reorganisation changes many children's social worker at once.",
        intervals=(WORKERS,),
    )


TABLES: Mapping[str, Callable[[View], Table | Sentence]] = {
    "placements-kinds": kinds,
    "placements-location": location,
    "placements-time": time_in_care,
    "placements-stability": stability,
    "placements-moves": moves,
    "placements-absences": absences,
    "placements-workers": workers,
}
CHARTS = placements_charts.CHARTS
SENTENCES: Mapping[str, Callable[[View], Sentence]] = {"placements-headline": headline}
