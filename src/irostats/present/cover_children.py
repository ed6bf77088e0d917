"""Who the children are, for a committee paper: sex, ethnic group, where they came from and live."""

from __future__ import annotations

from irostats.figures import Figure
from irostats.present import placements
from irostats.present.numbers import say, share
from irostats.present.profile import LOOKED_AFTER, PERCENT
from irostats.present.view import View
from irostats.present.words import capital, children, day, no_figures

GROUPS = {
    "mixed": "of mixed or multiple ethnic groups",
    "asian": "Asian or Asian British",
    "black": "Black, African, Caribbean or Black British",
    "other": "of another ethnic group",
}


def sex(view: View) -> str:
    """Girls and boys, with shares; how many are not known."""
    girls, boys, unknown = view.by(PERCENT, "sex").values()
    if not (girls.known and boys.known):
        return no_figures(view, boys if girls.known else girls, "the sex of children")
    said = f"{_share(view, girls)} of {_whom(view)} were female and {_share(view, boys)} male"
    if unknown.known and unknown.value == 0:
        return f"{said}."
    count = view.by(LOOKED_AFTER, "sex")["not_known"]
    return f"{said}; it is not known of {children(view, count)}."


def ethnicity(view: View) -> str:
    """White British children and the four groups that are not white.

    The others are left to the report's table: beside a total, the last but one gives away a
    number that is hidden.
    """
    british = view.by(PERCENT, "ethnicity")["white_british"]
    if not british.known:
        return no_figures(view, british, "ethnic groups")
    counts, known = view.by(LOOKED_AFTER, "ethnicity"), view.measure(LOOKED_AFTER)
    groups = [
        f"{say(counts[key], known)} were {called}"
        for key, called in GROUPS.items()
        if not (counts[key].known and counts[key].value == 0)
    ]
    said = f"{_share(view, british)} of {_whom(view)} were White British"
    return f"{'; '.join((said, *groups))}."


def unaccompanied(view: View) -> str:
    """Children who came without their parents and seek asylum."""
    figure = view.by(LOOKED_AFTER, "uasc")["uasc"]
    if not figure.known:
        return no_figures(view, figure, "unaccompanied children who seek asylum")
    verb = "was" if figure.value == 1 else "were"
    return (
        f"{capital(children(view, figure))} on {day(view.year.last_day)} {verb} unaccompanied and "
        "seeking asylum."
    )


def distance(view: View) -> str:
    """How many live more than 20 miles from home; empty if it is not known."""
    said = placements.far_sentence(view)
    return f"Of {_whom(view)}, {said}" if said else ""


def _share(view: View, figure: Figure) -> str:
    return share(figure, view.measure(figure.measure))


def _whom(view: View) -> str:
    return f"{view.authority.words.children} on {day(view.year.last_day)}"
