"""The service: IROs in post, their caseloads against the guidance, their total load."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from irostats.figures import Figure
from irostats.measures.service import GUIDANCE
from irostats.present import lines
from irostats.present import service_work as work
from irostats.present.charts import Plan, Series, make, of_whom
from irostats.present.items import Chart, Sentence, Table
from irostats.present.numbers import say
from irostats.present.tables import over_years, row, rows_by
from irostats.present.view import View
from irostats.present.words import capital, day, label, listing, no_figures

LOW, HIGH = GUIDANCE
CASELOAD = "service.caseload"
TOTAL_LOAD = "service.total_load"
IN_POST = "service.in_post"
LOWEST, HIGHEST = "service.caseload_lowest", "service.caseload_highest"


def caseload_sentence(view: View, officer: str = "IRO") -> str:
    """The average caseload and where it stands against the guidance.

    Args:
        view: Whose report.
        officer: What an IRO is called: in full where the report names one first.
    """
    figure = view.get(CASELOAD)
    if not figure.known:
        return no_figures(view, figure, "caseloads")
    # Members read "below" as falling short, where it means more time for each child.
    chairs = view.get(IN_POST, breakdown="role", category="dual")
    below = ""
    if figure.value < LOW:
        below = (
            " IROs chair child protection conferences as well, which this does not count."
            if chairs.known and chairs.value > 0
            else " A lower caseload leaves more time for each child."
        )
    return (
        f"The average caseload was {_say(view, figure)} {view.authority.words.children} for each "
        f"full-time {officer}, {_place(figure)} that the IRO Handbook calls good practice.{below}"
    )


def headline(view: View) -> Sentence:
    """In post, caseload, range, total load, continuity; one sentence if nothing is recorded."""
    in_post, caseload = view.get("service.in_post"), view.get(CASELOAD)
    kept = work.continuity_sentence(view)
    if not (in_post.known or caseload.known):
        return Sentence.of(no_figures(view, in_post, "IROs in post and their caseloads"), kept)
    return Sentence.of(_in_post(view), caseload_sentence(view), _range(view), _load(view), kept)


def _in_post(view: View) -> str:
    in_post, posts = view.get("service.in_post"), view.get("service.establishment")
    people = view.get("service.headcount")
    if not in_post.known:
        return no_figures(view, in_post, "IROs in post")
    of_posts = f", in an establishment of {_say(view, posts)}" if posts.known else ""
    heads = f" ({_say(view, people)} people)" if people.known and people.value != 1 else ""
    service = view.authority.words.service
    return (
        f"On {day(view.year.last_day)} the {service} had {_say(view, in_post)} "
        f"full-time-equivalent IROs in post{heads}{of_posts}."
    )


def _range(view: View) -> str:
    low, high = view.get(LOWEST), view.get(HIGHEST)
    if not (low.known and high.known):
        return ""
    ends = f"{_say(view, low)} to {_say(view, high)}"
    return f"Caseloads ranged from {ends} for each full-time equivalent."


def _load(view: View) -> str:
    load, chairs = view.get(TOTAL_LOAD), view.get(IN_POST, breakdown="role", category="dual")
    if not load.known or (chairs.known and chairs.value == 0):
        return ""  # who chairs no conferences does not bear their load
    names = {
        "service.child_protection": "child protection plans",
        "service.in_need": "children in need",
    }
    with_these = listing([text for name, text in names.items() if view.get(name).known])
    counted_in = f" with {with_these}" if with_these else ""
    return (
        f"The total load{counted_in} was {_say(view, load)} for each full-time IRO, for which "
        "there is no national guidance."
    )


def _say(view: View, figure: Figure) -> str:
    return say(figure, view.measure(figure.measure))


def _place(figure: Figure) -> str:
    if figure.value < LOW:
        return f"below the {LOW} to {HIGH}"
    return f"above the {LOW} to {HIGH}" if figure.value > HIGH else f"within the {LOW} to {HIGH}"


def establishment(view: View) -> Table | Sentence:
    """Posts, IROs in post by contract and role, vacancies, over the years."""
    return over_years(
        view,
        "Posts and IROs in post on 31 March",
        [
            row(view, "service.establishment"),
            row(view, "service.in_post"),
            *rows_by(view, "service.in_post", "contract", prefix="In post (FTE): "),
            *rows_by(view, "service.in_post", "role", prefix="In post (FTE): "),
            row(view, "service.vacant"),
            row(view, "service.headcount"),
        ],
        missing="posts and IROs in post",
        note="FTE: full-time equivalent.",
    )


def _band(text: str) -> str:
    """``below 50``, ``of 50 to 70``."""
    return f"of {text}" if text[:1].isdigit() else text[:1].lower() + text[1:]


def caseload(view: View) -> Table | Sentence:
    """Caseload, its range and bands, and what else IROs bear if they do, over the years."""
    alone = work.chair_none(view)
    load = ("service.child_protection", "service.in_need", TOTAL_LOAD)
    return over_years(
        view,
        f"Caseloads {'' if alone else 'and total load '}of IROs on 31 March",
        [
            row(view, CASELOAD),
            row(view, LOWEST),
            row(view, HIGHEST),
            row(view, "service.iros"),
            *(
                (f"IROs with a caseload {_band(text)}", measure, breakdown, key)
                for text, measure, breakdown, key in rows_by(view, "service.iros", "band")
            ),
            *(row(view, name) for name in load if not alone),
        ],
        missing="caseloads",
        note=f"The IRO Handbook calls {LOW} to {HIGH} {view.authority.words.children} for each "
        f"full-time IRO good practice{_not_of_load(alone=alone)}.",
    )


def _not_of_load(*, alone: bool) -> str:
    if alone:
        return ". IROs here do not chair child protection conferences, so there is no total load"
    return "; this does not apply to the total load"


def caseload_chart(view: View) -> Chart | Sentence:
    """Whether caseloads lie within the guidance, on average and at the ends."""
    names = ((LOWEST, "Lowest"), (CASELOAD, "Average"), (HIGHEST, "Highest"))
    plan = Plan(
        kind="Range chart",
        title=_caseload_title(view),
        about=f"{capital(view.authority.words.children)} for each full-time-equivalent IRO on "
        f"31 March, average and range, against the good practice of {LOW} to {HIGH}, "
        + of_whom(view, view.shown),
        heading=f"{capital(view.authority.words.children)} for each full-time IRO",
        labels=tuple(str(year) for year in view.shown),
        series=tuple(
            Series(name, tuple(view.get(measure, year) for year in view.shown))
            for measure, name in names
        ),
        label_column="Year",
    )
    floor = lines.range_floor(plan.figures, GUIDANCE)
    if floor:
        plan = replace(
            plan,
            heading=f"{plan.heading} (axis starts at {floor})",
            note=f"The axis starts at {floor}, not at 0.",
        )
    return make(
        view,
        plan,
        lines.ranges(view, plan, band=GUIDANCE, floor=floor),
        missing="caseloads",
        height=1.5 + 0.45 * len(plan.labels),
    )


def _caseload_title(view: View) -> str:
    low, average, high = view.get(LOWEST), view.get(CASELOAD), view.get(HIGHEST)
    if not average.known:
        return f"{label(view, CASELOAD)} by year"
    if all(f.known and LOW <= f.value <= HIGH for f in (low, average, high)):
        return f"Every caseload was within {LOW} to {HIGH}"
    return f"The average caseload was {_place(average)} range"


TABLES: Mapping[str, Callable[[View], Table | Sentence]] = {
    "service-establishment": establishment,
    "service-caseload": caseload,
    "service-continuity": work.continuity,
    "service-team": work.team,
    "service-conferences": work.conferences,
    "service-supervision": work.supervision,
    "service-money": work.money,
}
CHARTS: Mapping[str, Callable[[View], Chart | Sentence]] = {"service-caseload": caseload_chart}
SENTENCES: Mapping[str, Callable[[View], Sentence]] = {
    "service-headline": headline,
    "service-resources": work.resources,
}
