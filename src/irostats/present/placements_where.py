"""Placements: where the children live, how far from home, and how long they have been in care."""

from __future__ import annotations

from irostats.figures import Status
from irostats.present.composition import composition
from irostats.present.items import Sentence, Table
from irostats.present.numbers import status
from irostats.present.view import View

LOCATED, IN_CARE = "placements.located", "placements.time_in_care"
SNAPSHOT = (
    "A snapshot of one day, not a flow: who came and went between two such days is not in it."
)
NOT_ALIKE = (
    "Outside the boundary need not be far from home, nor inside it near. Some children are placed "
    "far away for good reasons, such as to live with relatives."
)
LONGEST = (
    "Not known: these children were in care before the first return given, so they are among those "
    "longest in care, and the numbers for the longer times are too low."
)
GIVE_LOCATION = (
    "To have it counted, give PL_LOCATION and PL_DISTANCE in the Episodes file, or give a postcode "
    "directory once with `irostats data add-postcodes FILE`."
)


def location(view: View) -> Table | Sentence:
    """Inside or outside, distance, and both: counts and shares; what to do if not recorded."""
    found = [status(view.get(LOCATED, year)) for year in view.two_years]
    if all(why is Status.NOT_RECORDED for why in found):
        return Sentence.of(
            f"Where {view.authority.words.children} were placed in {view.year}, and how far from "
            f"home: not recorded. {GIVE_LOCATION}"
        )
    sides = view.measure(LOCATED).breakdown("locality*distance").categories
    return composition(
        view,
        f"{view.authority.words.children} on 31 March by where they were placed and how far from "
        "home",
        (LOCATED, f"{LOCATED}_percent"),
        {"locality": "Boundary", "distance": "Distance", "locality*distance": "Both"},
        leave_out=[key for key in sides if key.startswith("not_known")],
        missing="where children were placed",
        note=f"{NOT_ALIKE} Percentages are of all children, those whose distance is not known "
        "among them; unaccompanied asylum-seeking children have none. "
        + (GIVE_LOCATION if Status.NOT_RECORDED in found else SNAPSHOT),
    )


def time_in_care(view: View) -> Table | Sentence:
    """How long the children had been looked after: counts and shares."""
    return composition(
        view,
        f"{view.authority.words.children} on 31 March by time in care",
        (IN_CARE, f"{IN_CARE}_percent"),
        {"time_in_care": "Time in care"},
        missing="time in care",
        note=f"{LONGEST} {SNAPSHOT}" if _some_unknown(view) else SNAPSHOT,
    )


def _some_unknown(view: View) -> bool:
    """Whether there is a child in the table of whom it is not known when care began."""
    found = [
        view.get(IN_CARE, year, breakdown="time_in_care", category="not_known")
        for year in view.two_years
    ]
    return any(figure.value > 0 or status(figure) is Status.SUPPRESSED for figure in found)
