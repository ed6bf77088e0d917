"""Permanence: how care ended, adoption, plans by the second review, life-story work."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from irostats.figures import Figure
from irostats.present import bars
from irostats.present.charts import Plan, Series, make, of_whom
from irostats.present.items import Chart, Sentence, Table
from irostats.present.numbers import say, show
from irostats.present.tables import over_years, row, rows_by, unless_zero
from irostats.present.view import View
from irostats.present.words import capital, counted, moved, no_figures, term

ENDED = "permanence.ended"
ORDERS, HOME = "permanence.orders_percent", "permanence.home_percent"
PLANNED = "permanence.plan_by_second_percent"
REVERSED = "permanence.adoption_reversed"
BY_ORDER = "adoption, a special guardianship order or a child arrangements order"


def headline(view: View) -> Sentence:
    """How care ended; adoptions, orders, returns home; plans by the second review."""
    return Sentence.of(_ended(view), _routes(view), _plans(view))


def _ended(view: View) -> str:
    ended, share = view.get(ENDED), view.get(ORDERS)
    if not ended.known:
        return no_figures(view, ended, "periods of care that ended")
    if ended.value == 0:
        return f"No period of care ended in {view.year}."
    percent = f" ({show(share, view.measure(ORDERS))})" if share.known and share.value else ""
    compared = moved(view, ORDERS)
    return (
        f"{_of_the_periods(view, ended)} {_number(view, 'permanence.orders')}{percent} ended with "
        f"{BY_ORDER}{f', {compared}' if compared else ''}."
    )


def _of_the_periods(view: View, ended: Figure) -> str:
    if ended.value == 1:
        return f"Of the 1 period of care that ended in {view.year},"
    number = say(ended, view.measure(ENDED))
    return f"Of the {number} periods of care that ended in {view.year},"


def _number(view: View, measure: str) -> str:
    figure = view.get(measure)
    return "none" if figure.known and figure.value == 0 else say(figure, view.measure(measure))


def _routes(view: View) -> str:
    """Adopted, special guardianship, home: each in numbers, whatever can be said of it."""
    ended, home = view.get(ENDED), view.get("permanence.home")
    if not ended.known or ended.value == 0:
        return ""
    unplanned = view.get(ENDED, breakdown="reason", category="home_unplanned")
    told = unplanned.known and home.known and home.value
    without_plan = "none" if unplanned.value == 0 else say(unplanned, view.measure(ENDED))
    return (
        f"{capital(_number(view, 'permanence.adopted'))} ended with adoption, "
        f"{_number(view, 'permanence.special_guardianship')} with a special guardianship order "
        f"and {_number(view, 'permanence.home')} with a return home to parents"
        f"{f', {without_plan} of them unplanned' if told else ''}."
    )


def _plans(view: View) -> str:
    share = view.get(PLANNED)
    if not share.known:
        return no_figures(view, share, "plans for permanence at second reviews")
    held = counted(view, view.get("permanence.second_reviews"), "second review", "second reviews")
    compared = moved(view, PLANNED)
    return (
        f"A plan for permanence was recorded at {_number(view, 'permanence.plan_by_second')} of "
        f"{held} ({show(share, view.measure(PLANNED))}){f', {compared}' if compared else ''}."
    )


def reasons(view: View) -> Table | Sentence:
    """Periods of care ended, by reason, and the shares to permanence and home, over the years."""
    return over_years(
        view,
        "Periods of care ended by reason",
        [
            *rows_by(view, ENDED, "reason"),
            row(view, ENDED, "All periods of care ended"),
            row(view, ORDERS, "To permanence by a legal order"),
            row(view, HOME, "Home to parents"),
        ],
        first_column="Reason",
        missing="periods of care ended",
        note=f"Legal orders: {BY_ORDER}.",
        intervals=(ORDERS, HOME),
    )


def chart(view: View) -> Chart | Sentence:
    """Shares that left care to permanence by a legal order and home, over the years."""
    measures = {ORDERS: "To permanence by a legal order", HOME: "Home to parents"}
    plan = Plan(
        kind="Bar chart with a bar for each year in each group",
        title=_title(view),
        about="Per cent of periods of care ended that led to permanence by a legal order, and "
        f"home to parents, {of_whom(view, view.shown)}",
        heading="Per cent of the periods of care that ended in the year",
        labels=tuple(measures.values()),
        series=tuple(
            Series(str(year), tuple(view.get(name, year) for name in measures))
            for year in view.shown
        ),
        label_column="How care ended",
        note=f"Legal orders: {BY_ORDER}.",
    )
    return make(view, plan, bars.columns(view, plan), missing="how care ended")


def _title(view: View) -> str:
    share = view.get(ORDERS)
    if not share.known:
        return "How care ended"
    return f"{show(share, view.measure(ORDERS))} left care to permanence by a legal order"


def routes(view: View) -> Table | Sentence:
    """Adoption from the decision to the order, special guardianship, long-term fostering."""
    return over_years(
        view,
        "Adoption, special guardianship and long-term fostering",
        [
            row(view, "permanence.adoption_decisions"),
            row(view, REVERSED),
            *rows_by(view, REVERSED, "reversal", prefix="Reversed: "),
            row(view, "permanence.adopted"),
            *([row(view, "permanence.adoption_records")] if _contradicted(view) else []),
            row(view, "permanence.special_guardianship"),
            row(view, "permanence.long_term_fostering", "In long-term fostering on 31 March"),
            row(view, "permanence.long_term_fostering_percent"),
        ],
        missing="adoption, special guardianship and long-term fostering",
        note="A decision that a child should be placed for adoption may lead to adoption a year "
        "or more later, or be reversed in a later year."
        + (
            " Adoption records (AD1) and reasons for leaving differ." if _contradicted(view) else ""
        ),
    )


def _contradicted(view: View) -> bool:
    """Whether the return's adoption records differ from the children adopted in a year shown."""
    pairs = [
        (view.get("permanence.adopted", year), view.get("permanence.adoption_records", year))
        for year in view.shown
    ]
    return any(
        adopted.known and records.known and adopted.value != records.value
        for adopted, records in pairs
    )


def plans(view: View) -> Table | Sentence:
    """Second reviews with and without a plan for permanence, over the years."""
    names = ("second_reviews", "plan_by_second", "no_plan_by_second")
    unrecorded = row(view, "permanence.plan_not_recorded")
    return over_years(
        view,
        "Plans for permanence at second reviews",
        [
            *(row(view, f"permanence.{name}") for name in names),
            *unless_zero(view, unrecorded),
            row(view, PLANNED),
        ],
        missing="plans for permanence at second reviews",
        note="The second review falls due three months after the first; by then, statutory "
        "guidance says, each child should have a plan for permanence. The percentage is of all "
        "second reviews held: where nothing is recorded, no plan is counted.",
        intervals=(PLANNED,),
    )


def work(view: View) -> Table | Sentence:
    """Life-story work of the children looked after, and disruption meetings, over the years."""
    names = (
        "life_story",
        "life_story_no",
        "life_story_not_recorded",
        "life_story_percent",
        "life_story_recorded_percent",
        "disruption_meetings",
    )
    return over_years(
        view,
        term(
            view, "Life-story work with children looked after on 31 March, and disruption meetings"
        ),
        [row(view, f"permanence.{name}") for name in names],
        missing="life-story work and disruption meetings",
    )


TABLES: Mapping[str, Callable[[View], Table | Sentence]] = {
    "permanence-reasons": reasons,
    "permanence-routes": routes,
    "permanence-plans": plans,
    "permanence-work": work,
}
CHARTS: Mapping[str, Callable[[View], Chart | Sentence]] = {"permanence-routes": chart}
SENTENCES: Mapping[str, Callable[[View], Sentence]] = {"permanence-headline": headline}
