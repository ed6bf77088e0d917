"""Health: checks, SDQ scores, substance misuse and convictions; the service's own record."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from irostats.figures import Status
from irostats.present import bars
from irostats.present.charts import Plan, Series, at_least, make, of_whom
from irostats.present.items import Chart, Sentence, Table
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
from irostats.present.words import day, listing, moved, no_figures, term

CHILDREN = "health.children"
LOCAL, LOCAL_WHOLE = "health.local_percent", "health.local_whole_year_percent"
ASSESSED = "health.assessment_percent"
CHECKS = {
    ASSESSED: "Health assessment",
    "health.dental_percent": "Dental check",
    "health.immunised_percent": "Immunisations up to date",
}
HAD = {
    ASSESSED: "had their health assessed",
    "health.dental_percent": "had their teeth checked by a dentist",
    "health.immunised_percent": "had their immunisations up to date",
}
ALL, UNDER_5, FROM_10 = "All", "Under 5", "10 and over"
QUESTIONS = (
    ("health.assessment", "Health assessment", ALL),
    ("health.dental", "Dental check", ALL),
    ("health.immunised", "Immunisations up to date", ALL),
    ("health.development", "Development checks up to date", UNDER_5),
    ("health.substance_misuse", "Substance misuse identified", ALL),
    ("health.convicted", "Convicted or cautioned in the year", FROM_10),
)
WHOLE_YEAR = (
    "The Department for Education asks about the health of children looked after for the whole "
    "year, without a break and not in a series of short breaks: those who came in the year are "
    "not among them. Those of whom nothing is recorded are in the denominator."
)
OWN_AGES = (
    "Each question is asked of its own ages. A blank is neither yes nor no: it is shown as not "
    "recorded, and lowers the share all the same."
)
INTERVENTIONS = {
    "received": "received an intervention",
    "refused": "offered one and did not receive it",
    "not_offered": "not offered one",
    "not_recorded": "without a record of it",
}


def headline(view: View) -> Sentence:
    """Health assessments, dental checks, immunisations, SDQ, substance misuse."""
    return Sentence.of(_checks(view), _sdq(view), _substance(view))


def _unknown(view: View, measure: str, what: str) -> str:
    """Why there is no figure: what the return leaves blank is not the service's to record."""
    figure = view.get(measure)
    if status(figure) is Status.NOT_RECORDED:
        return f"{what[0].upper()}{what[1:]} in {view.year}: not recorded in the return."
    return no_figures(view, figure, what)


def _with_change(view: View, measure: str, had: str) -> str:
    """``93.9% had their health assessed, similar to the 92.0% of a year before``."""
    change = moved(view, measure)
    return f"{say(view.get(measure), view.measure(measure))} {had}{f', {change}' if change else ''}"


def _checks(view: View) -> str:
    children, assessed = view.get(CHILDREN), view.get(ASSESSED)
    if children.known and children.value == 0:
        return term(view, f"There were no children looked after for the whole of {view.year}.")
    if not assessed.known:
        return _unknown(view, ASSESSED, "health assessments")
    number = say(children, view.measure(CHILDREN))
    whom = term(view, f"Of the {number} children looked after for the whole of {view.year}, ")
    parts = [_with_change(view, name, had) for name, had in HAD.items()]
    return f"{whom}{'; '.join(parts)}."


def _sdq(view: View) -> str:
    scored, average = view.get("health.sdq_scored_percent"), view.get("health.sdq_average")
    if not (scored.known and average.known):
        return ""
    change = moved(view, "health.sdq_average")
    concern = view.get("health.sdq_band_percent", breakdown="score", category="concern")
    return (
        f"A score of the Strengths and Difficulties Questionnaire is held for "
        f"{share(scored, view.measure(scored.measure))} of those aged 5 to 16; their average score "
        f"was {say(average, view.measure(average.measure))}{f', {change},' if change else ''} and "
        f"the scores of {say(concern, view.measure(concern.measure))} were a cause for concern."
    )


def _substance(view: View) -> str:
    name = "health.intervention"
    found = view.get(name)
    if not found.known or found.value == 0:
        return ""
    parts = [
        f"{say(figure, view.measure(name))} {INTERVENTIONS[key]}"
        for key, figure in view.by(name, "intervention").items()
        if not (figure.known and figure.value == 0)
    ]
    who = "child was" if found.value == 1 else "children were"
    number = say(found, view.measure(name))
    return f"{number} {who} found to have a substance misuse problem: {listing(parts)}."


def local(view: View) -> Sentence:
    """The service's own rate of health assessments beside DfE's, and why they differ."""
    own, dfe, common = view.get(LOCAL), view.get(ASSESSED), view.get(LOCAL_WHOLE)
    if not own.known:
        none_kept = status(own) is Status.NOT_RECORDED
        of_its_own = (
            "health assessments of its own" if none_kept else "the service's health assessments"
        )
        return Sentence.of(no_figures(view, own, of_its_own))
    children = term(view, "children looked after")
    recorded = (
        f"By the service's own record, {share(own, view.measure(LOCAL))} of {children} on "
        f"{day(view.year.last_day)} had a health assessment in the year"
    )
    if not dfe.known:
        return Sentence.of(f"{recorded}.")
    why = (
        f"They count different children, all {children} on that day or only those who were so "
        "for the whole year, and rest on different records"
    )
    same = (
        f": for the children whom DfE counts, the service's own record gives "
        f"{share(common, view.measure(LOCAL_WHOLE))}"
        if common.known
        else ""
    )
    return Sentence.of(
        f"{recorded}; by DfE's definition it was {share(dfe, view.measure(ASSESSED))}.",
        f"{why}{same}.",
    )


def checks(view: View) -> Table | Sentence:
    """Every health measure, of its own ages, over the years."""
    return over_years(
        view,
        term(view, "Health of children looked after for the whole year"),
        [
            row(view, CHILDREN, term(view, "Children looked after for the whole year")),
            *(row(view, name, text) for name, text in CHECKS.items()),
            row(view, "health.development_percent", "Development checks up to date, under 5"),
            row(view, "health.substance_misuse_percent", "Substance misuse identified"),
            row(view, "health.convicted_percent", "Convicted or cautioned, 10 and over"),
            row(view, LOCAL_WHOLE, "Health assessment, by the service's own record"),
            row(
                view,
                LOCAL,
                term(view, "The same, of all children looked after on 31 March"),
            ),
        ],
        missing="health checks",
        intervals=(*CHECKS, LOCAL_WHOLE, LOCAL),
        note=term(view, WHOLE_YEAR),
    )


def recorded(view: View) -> Table | Sentence:
    """What the return says of whom: yes, no or nothing, each question of its own ages."""
    lines = [[view.get(name), *view.by(name, "recorded").values()] for name, _, _ in QUESTIONS]
    flat = [figure for line in lines for figure in line]
    return without_value(view, "answers on health", flat) or Table(
        caption=caption(view, "What the return records of children's health", (view.year,)),
        columns=("Question", "Ages", "Children", "Yes", "No", "Not recorded"),
        rows=tuple(
            (text, ages, *(printed(view, figure) for figure in line))
            for (_, text, ages), line in zip(QUESTIONS, lines, strict=True)
        ),
        note=notes(view, flat, OWN_AGES),
        headings=2,
        counted=counted(view, flat),
    )


def sdq(view: View) -> Table | Sentence:
    """Children aged 5 to 16: with a score, average, bands, over the years."""
    return over_years(
        view,
        "Strengths and Difficulties Questionnaire, children aged 5 to 16",
        [
            row(view, "health.sdq", "Children aged 5 to 16"),
            row(view, "health.sdq_scored_percent", "With a score"),
            row(view, "health.sdq_average", "Average score"),
            *rows_by(view, "health.sdq_band_percent", "score"),
        ],
        missing="SDQ scores",
        note="Scores run from 0 to 40, and a higher one means more difficulties. Bands are shares "
        "of the children with a score.",
    )


def checks_chart(view: View) -> Chart | Sentence:
    """Health assessment, dental check and immunisations, this year and before."""
    plan = Plan(
        kind="Bar chart with a bar for each year in each group",
        title=_checks_title(view),
        about=term(view, "Share of children looked after for the whole year with each check")
        + f", {of_whom(view, view.shown)}",
        heading=term(view, "Per cent of children looked after for the whole year"),
        labels=tuple(CHECKS.values()),
        series=tuple(
            Series(str(year), tuple(view.get(name, year) for name in CHECKS)) for year in view.shown
        ),
        label_column="Check",
    )
    return make(view, plan, bars.columns(view, plan), missing="health checks")


def _checks_title(view: View) -> str:
    figures = {text: view.get(name) for name, text in CHECKS.items()}
    known = {text: figure for text, figure in figures.items() if figure.known}
    if len(known) < len(figures):
        return term(view, "Health checks of children looked after for the whole year")
    step = at_least(list(known.values()))
    if step is not None and step >= 90:
        return f"Each health check reached at least {step}% of children"
    least = min(known, key=lambda text: known[text].value)
    lowest = say(known[least], view.measure(known[least].measure))
    return f"Lowest of the three: {least.lower()}, {lowest}"


TABLES: Mapping[str, Callable[[View], Table | Sentence]] = {
    "health-checks": checks,
    "health-recorded": recorded,
    "health-sdq": sdq,
}
CHARTS: Mapping[str, Callable[[View], Chart | Sentence]] = {"health-checks": checks_chart}
SENTENCES: Mapping[str, Callable[[View], Sentence]] = {
    "health-headline": headline,
    "health-local": local,
}
