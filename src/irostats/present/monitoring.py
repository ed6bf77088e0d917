"""Monitoring: checks between reviews, plans, time limits, audits, inspectors' findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from irostats.figures import Status
from irostats.measures.definitions.monitoring_steps import STEPS
from irostats.present.items import Chart, Sentence, Table
from irostats.present.numbers import IN_TABLE, share
from irostats.present.tables import caption, over_years, row, rows_by, unless_zero
from irostats.present.view import View
from irostats.present.words import counted, day, moved, no_figures, term

DUE, CHILDREN = "monitoring.midpoint_percent", "monitoring.midpoint_children_percent"
PLANS, ALLOCATED = "monitoring.plans_percent", "monitoring.allocated_percent"
AUDITS = "monitoring.audits"
NOT_GIVEN = "not given"
MIDPOINT_NOTE = (
    "A share of 100% is neither possible nor appropriate: some reviews follow each other too "
    "closely for a check between them, and some children came into care shortly before 31 March. "
    "One check in the year is enough for a child to be counted, while each long interval between "
    "two reviews needs its own, so the two percentages need not agree. A check is due in each "
    "interval of three months or more, and counts in the year in which the interval ends; whether "
    "one was made cannot be judged without the reviews and checks of the year before."
)


def headline(view: View) -> Sentence:
    """Mid-point checks, plans, allocation, audits; what is not recorded says so in its place."""
    told = [_midpoint(view), _plans(view), _allocated(view), _audits(view)]
    what = "mid-point checks, plans, allocation or audits"
    return Sentence.of(*(told if any(told) else [no_figures(view, view.get(AUDITS), what)]))


def _share(view: View, measure: str) -> str:
    """A percentage with its counts."""
    return share(view.get(measure), view.measure(measure))


def _change(view: View, measure: str) -> str:
    """How it compares with the year before, and the end of the sentence."""
    change = moved(view, measure)
    return f", {change}." if change else "."


def _midpoint(view: View) -> str:
    due, children = view.get(DUE), view.get(CHILDREN)
    if not (due.known or children.known):
        return ""
    parts = []
    if due.known:
        parts.append(
            f"IROs made a mid-point check in {_share(view, DUE)} of the intervals between reviews "
            f"in which one was due in {view.year}{_change(view, DUE)}"
        )
    if children.known:
        of_whom = term(view, "children looked after")
        parts.append(
            f"A check was made in the year for {_share(view, CHILDREN)} of {of_whom} on "
            f"{day(view.year.last_day)}{_change(view, CHILDREN)}"
        )
    return " ".join(parts)


def _plans(view: View) -> str:
    if not view.get(PLANS).known:
        return ""
    return (
        f"Plans were up to date in {_share(view, PLANS)} of cases where that was recorded"
        f"{_change(view, PLANS)}"
    )


def _allocated(view: View) -> str:
    if not view.get(ALLOCATED).known:
        return ""
    return (
        f"An IRO was allocated within 5 working days in {_share(view, ALLOCATED)} of the cases in "
        f"which a child came into care{_change(view, ALLOCATED)}"
    )


def _audits(view: View) -> str:
    if not (audits := view.get(AUDITS)).known:
        return ""
    verb = "was" if audits.value == 1 else "were"
    return f"There {verb} {counted(view, audits, 'audit', 'audits')} in {view.year}."


def midpoint(view: View) -> Table | Sentence:
    """Checks done of those due, and children with a check, over the years."""
    return over_years(
        view,
        "Mid-point checks",
        [
            row(view, "monitoring.midpoint_due"),
            row(view, "monitoring.midpoint_done"),
            row(view, DUE),
            row(view, CHILDREN),
        ],
        missing="mid-point checks",
        intervals=(DUE, CHILDREN),
        note=MIDPOINT_NOTE,
    )


def plans(view: View) -> Table | Sentence:
    """Plans up to date, by plan, over the years."""
    unrecorded = "monitoring.plans_not_recorded"
    return over_years(
        view,
        "Plans up to date at review",
        [
            *rows_by(view, PLANS, "plan"),
            row(view, PLANS, "All these plans"),
            *unless_zero(view, row(view, unrecorded, "Not recorded whether up to date")),
        ],
        missing="whether plans were up to date at reviews",
        first_column="Plan",
        intervals=(PLANS,),
    )


def allocation(view: View) -> Table | Sentence:
    """IROs allocated in time, over the years."""
    return over_years(
        view,
        "IROs allocated to children who became looked after",
        [
            row(view, "monitoring.allocation_due", "Came into care, an IRO being due"),
            row(view, "monitoring.allocated_later"),
            *unless_zero(view, row(view, "monitoring.allocated_not_recorded")),
            row(view, ALLOCATED, "IRO allocated within 5 working days"),
        ],
        missing="when IROs were allocated",
        intervals=(ALLOCATED,),
        note="Those who left before the 5th working day, or came into care fewer than 5 working "
        "days before 31 March, are not counted.",
    )


def steps(view: View) -> Table | Sentence:
    """Reports, decisions and records in time, over the years."""
    percents = [f"monitoring.{step.key}_percent" for step in STEPS]
    unrecorded = [row(view, f"monitoring.{step.key}_not_recorded") for step in STEPS]
    return over_years(
        view,
        "Reports, decisions and records in time",
        [
            row(view, "monitoring.reviews"),
            *(row(view, name) for name in percents),
            *unless_zero(view, *unrecorded),
        ],
        missing="reports and records of reviews",
        intervals=percents,
        note="Percentages are of the reviews for which the day was recorded.",
    )


def audits(view: View) -> Table | Sentence:
    """Audits by grade, over the years."""
    return over_years(
        view,
        "Audits by grade",
        [
            *rows_by(view, AUDITS, "grade", leave_out=_unused(view, "grade", "not_recorded")),
            row(view, AUDITS, "All audits"),
        ],
        missing="audits",
        first_column="Grade",
        note=view.measure(AUDITS).traps,
    )


def audit_types(view: View) -> Table | Sentence:
    """Audits by what was audited, over the years, if anybody wrote it down."""
    if view.get(AUDITS).value == 0:
        return Sentence.of(f"No audit was made in {view.year}.")
    if not view.get(AUDITS).known:
        return Sentence.of(no_figures(view, view.get(AUDITS), "what was audited")).said_beside()
    kinds = list(view.measure(AUDITS).breakdown("type").categories)
    unused = _unused(view, "type", *kinds)
    if {*kinds} - {*unused} <= {"not_recorded"}:
        return Sentence.of(f"What was audited in {view.year}: not recorded.")
    return over_years(
        view,
        "Audits by what was audited",
        [*rows_by(view, AUDITS, "type", leave_out=unused), row(view, AUDITS, "All audits")],
        missing="what was audited",
        first_column="What was audited",
    )


def _unused(view: View, breakdown: str, *keys: str) -> list[str]:
    """Categories that are zero, or without a value, in every year shown."""
    return [
        key
        for key in keys
        if not any(
            figure.value > 0 or figure.status is Status.SUPPRESSED
            for figure in (
                view.get(AUDITS, year, breakdown=breakdown, category=key) for year in view.shown
            )
        )
    ]


def findings(view: View) -> Table | Sentence:
    """What inspectors found about IROs, in their reports' words as the service gives them."""
    texts = view.texts
    span = f"from {day(view.year.previous.first_day)} to {day(view.year.last_day)}"
    left_out = _left_out(texts.findings_left_out)
    if texts.findings:
        return Table(
            caption=caption(view, "What inspectors found about IROs", (view.year,)),
            columns=("Date", "Who inspected", "Judgement", "What was found about IROs"),
            rows=tuple(
                (day(each.day), each.body, each.judgement or NOT_GIVEN, each.finding or NOT_GIVEN)
                for each in texts.findings
            ),
            note=" ".join(filter(None, (f"Findings dated {span}.", left_out))),
            align="llll",
        )
    if left_out:
        return Sentence.of(f"Findings of inspectors about IROs, dated {span}: {left_out}")
    if texts.findings_missing is Status.OK:
        return Sentence.of(f"No finding of an inspector about IROs is dated {span}.")
    why = IN_TABLE[texts.findings_missing]
    return Sentence.of(f"What inspectors found about IROs {span}: {why}.")


def _left_out(number: int) -> str:
    if not number:
        return ""
    noun = "1 finding is" if number == 1 else f"{number} findings are"
    return f"{noun} left out, because the words could lead to a person."


TABLES: Mapping[str, Callable[[View], Table | Sentence]] = {
    "monitoring-midpoint": midpoint,
    "monitoring-plans": plans,
    "monitoring-allocation": allocation,
    "monitoring-steps": steps,
    "monitoring-audits": audits,
    "monitoring-audit-types": audit_types,
    "monitoring-findings": findings,
}
CHARTS: Mapping[str, Callable[[View], Chart | Sentence]] = {}
SENTENCES: Mapping[str, Callable[[View], Sentence]] = {"monitoring-headline": headline}
