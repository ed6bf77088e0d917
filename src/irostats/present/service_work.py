"""The service at work: conferences, continuity, the team, money, supervision."""

from __future__ import annotations

from irostats.figures import Figure, Status
from irostats.measures.definitions.service_work import ETHNIC_GROUP, SEX
from irostats.present.items import Sentence, Table
from irostats.present.numbers import say, share, status
from irostats.present.tables import (
    caption,
    counted,
    notes,
    over_years,
    printed,
    row,
    rows_by,
    without_value,
)
from irostats.present.view import View
from irostats.present.words import capital, moved, term
from irostats.registry import Breakdown

CONFERENCES, IN_TIME = "service.conferences", "service.conferences_in_time_percent"
ALL_YEAR, SAME = "service.all_year", "service.same_iro_percent"
CHANGES = "service.iro_changes_per_child"
TEAM, CHILDREN, OF_CHILDREN = (
    "service.headcount",
    "profile.looked_after",
    "profile.looked_after_percent",
)
BUDGET, COST = "service.budget", "service.cost_per_review"
SUPERVISION, PER_IRO = "service.supervision", "service.supervision_per_iro"
CHILDRENS_NAME = {"not_recorded": "not_known"}
"""Category of the children beside the team's, where it is called otherwise."""


def continuity_sentence(view: View) -> str:
    """How many children kept their IRO all year; empty if that is not known."""
    same = view.get(SAME)
    if not same.known:
        return ""
    course = moved(view, SAME)
    whom = f"{view.authority.words.children} from 1 April to 31 March"
    told = f"{share(same, view.measure(SAME))} of {whom} had the same IRO throughout"
    return f"{told}, {course}." if course else f"{told}."


def resources(view: View) -> Sentence:
    """What a panel asks of resources: vacancies, caseloads above the guidance, money."""
    return Sentence.of(_vacant(view), _above(view), _money(view))


def _vacant(view: View) -> str:
    vacant = view.get("service.vacant")
    if not vacant.known:
        return f"Vacant posts: {say(vacant, view.measure(vacant.measure))}."
    if vacant.value == 0:
        return "No post in the establishment was vacant on 31 March."
    number = say(vacant, view.measure(vacant.measure))
    return f"Posts of {number} full-time equivalent were vacant on 31 March."


def _above(view: View) -> str:
    above, iros = (
        view.get("service.iros", breakdown="band", category="above"),
        view.get("service.iros"),
    )
    if not (above.known and iros.known):
        return (
            f"IROs with a caseload above the guidance: {say(above, view.measure(above.measure))}."
        )
    measure = view.measure(above.measure)
    every, place = say(iros, measure), "a caseload above 70 for each full-time equivalent"
    if above.value == 0:
        return f"Of {every} IROs with children allocated, no one had {place}."
    return f"Of {every} IROs with children allocated, {say(above, measure)} had {place}."


def _money(view: View) -> str:
    budget, cost = view.get(BUDGET), view.get(COST)
    if not budget.known:
        return ""
    course = moved(view, BUDGET)
    told = f"The service's budget was {say(budget, view.measure(BUDGET))}"
    each = f", {say(cost, view.measure(COST))} for each review held" if cost.known else ""
    return f"{told}{each}{f'; the budget was {course}' if course else ''}."


def money(view: View) -> Table | Sentence:
    """Budget and cost per review, over the years."""
    return over_years(
        view,
        "Budget of the service",
        [row(view, BUDGET), row(view, COST)],
        missing="the service's budget",
        note="The budget also pays for visits, checks between reviews and conferences.",
    )


def chair_none(view: View) -> bool:
    """Whether no IRO in post chaired conferences at the end of any year shown."""
    posts = [
        view.get("service.in_post", year, breakdown="role", category="dual") for year in view.shown
    ]
    return all(figure.known and figure.value == 0 for figure in posts)


def conferences(view: View) -> Table | Sentence:
    """Conferences by type, and how many in time, over the years; a sentence if IROs chair none."""
    if chair_none(view) and status(view.get(CONFERENCES)) is Status.NOT_RECORDED:
        return Sentence.of(
            "IROs here do not chair child protection conferences: none of those in post on 31 "
            f"March {'of any year shown ' if len(view.shown) > 1 else ''}does so."
        )
    return over_years(
        view,
        "Child protection conferences chaired by IROs",
        [
            *rows_by(view, CONFERENCES, "type"),
            row(view, CONFERENCES, "All conferences"),
            *rows_by(view, IN_TIME, "type", prefix="In time: "),
            row(view, IN_TIME, "In time: all conferences"),
            ("Not recorded whether in time", CONFERENCES, "in_time", "not_recorded"),
        ],
        first_column="Conferences",
        missing="child protection conferences chaired by IROs",
        intervals=(IN_TIME,),
        note="An initial conference has 15 working days; a review conference three months after "
        "it, then six.",
    )


def continuity(view: View) -> Table | Sentence:
    """Children looked after all year by whether they kept their IRO, over the years."""
    return over_years(
        view,
        "Continuity of IRO",
        [
            *rows_by(view, ALL_YEAR, "continuity"),
            row(view, ALL_YEAR),
            row(view, SAME),
            row(view, CHANGES),
        ],
        missing="which IRO children had",
        intervals=(SAME,),
        note=f"Of {view.authority.words.children} from 1 April to 31 March: who came or left in "
        "the year is not counted.",
    )


def supervision(view: View) -> Table | Sentence:
    """Supervision and training, per IRO and who had none, over the years."""
    return over_years(
        view,
        "Supervision and training of IROs",
        [
            *rows_by(view, SUPERVISION, "occasion", prefix="Occasions in the year: "),
            *rows_by(view, PER_IRO, "occasion", prefix="Per IRO in post: "),
            row(view, "service.without_supervision"),
            row(view, "service.without_training"),
        ],
        missing="supervision and training",
    )


def team(view: View) -> Table | Sentence:
    """The team beside the children by sex and ethnic group; a sentence if it is too small."""
    shown = [part for part in (SEX, ETHNIC_GROUP) if any(_iros(view, part, known=True))]
    figures = [figure for part in (SEX, ETHNIC_GROUP) for figure in _iros(view, part)]
    if not shown:
        if status(figures[0]) is Status.SUPPRESSED:
            return Sentence.of(
                "The team is too small for its sex and ethnic groups to be set beside those of "
                f"{view.authority.words.children} without showing who is who."
            )
        return without_value(view, "sex and ethnic group of the IROs in post", figures) or (
            Sentence.of("The sex and ethnic group of the IROs in post: not available.")
        )
    lines = [line for part in shown for line in _lines(view, part)]
    flat = [figure for _, _, line in lines for figure in line]
    hidden = [part.label.lower() for part in (SEX, ETHNIC_GROUP) if part not in shown]
    note = f"IROs by {hidden[0]}: not shown or not recorded." if hidden else ""
    return Table(
        caption=caption(view, "IROs in post and those whom they serve, on 31 March", (view.year,)),
        columns=(
            "Characteristic",
            "Group",
            "IROs in post",
            capital(view.authority.words.children),
            "Of these, %",
        ),
        rows=tuple(
            (what, text, *(printed(view, figure, counts=False) for figure in line))
            for what, text, line in lines
        ),
        note=notes(view, flat, note),
        headings=2,
        counted=counted(view, flat),
    )


def _iros(view: View, part: Breakdown, *, known: bool = False) -> list[Figure]:
    figures = view.by(TEAM, part.name).values()
    return [figure for figure in figures if figure.known or not known]


def _lines(view: View, part: Breakdown) -> list[tuple[str, str, tuple[Figure, ...]]]:
    found: list[tuple[str, str, tuple[Figure, ...]]] = []
    for key, text in part.categories.items():
        theirs = CHILDRENS_NAME.get(key, key)
        found.append(
            (
                part.label,
                "Not recorded or not known" if key == "not_recorded" else term(view, text),
                (
                    view.get(TEAM, breakdown=part.name, category=key),
                    view.get(CHILDREN, breakdown=part.name, category=theirs),
                    view.get(OF_CHILDREN, breakdown=part.name, category=theirs),
                ),
            )
        )
    return found
