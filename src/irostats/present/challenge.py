"""Challenge: alerts, formal disputes and how far they went."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from irostats.figures import Figure, Status
from irostats.present import bars
from irostats.present import challenge_matters as matters
from irostats.present.charts import Plan, make, of_whom, years_series
from irostats.present.items import Chart, Sentence, Table
from irostats.present.numbers import say, status
from irostats.present.tables import always_zero, over_years, row, rows_by
from irostats.present.view import View
from irostats.present.words import counted, day, listing, no_figures, would_give

ALERTS, ACTIVE, OPEN = "challenge.alerts", "challenge.active", "challenge.open"
NOT_WORSE = (
    "More challenge is neither good nor bad in itself: it may show an independent service that "
    "speaks up for children, or care planning that gives it cause to. A low number may mean good "
    "practice, or challenge that nobody wrote down."
)
DISPUTES = ("formal dispute", "formal disputes")


def summary_sentence(view: View) -> str:
    """Alerts, disputes active and open at the end; what is not recorded, in one sentence."""
    alerts, active = view.get(ALERTS), view.get(ACTIVE)
    if not (alerts.known or active.known) and status(alerts) is status(active):
        return no_figures(view, alerts, "alerts or disputes")
    return " ".join((_alerts(view), _disputes(view)))


def headline(view: View) -> Sentence:
    """Alerts, disputes, how far they went and how long they took."""
    if _unrecorded(view):
        tables = would_give(view, view.get(ALERTS), view.get(ACTIVE))
        return Sentence.of(summary_sentence(view), tables)
    return Sentence.of(
        summary_sentence(view), _closed(view), stages_sentence(view), matters.time_sentence(view)
    )


def _unrecorded(view: View) -> bool:
    """Whether nobody recorded alerts or disputes in any year shown, which the headline says."""
    figures = [view.get(name, year) for name in (ALERTS, ACTIVE) for year in view.shown]
    return all(status(figure) is Status.NOT_RECORDED for figure in figures)


def _once(make: Callable[[View], Table | Sentence]) -> Callable[[View], Table | Sentence]:
    """A table that says no more than a few words where the headline says that there is none."""

    def made(view: View) -> Table | Sentence:
        found = make(view)
        above = isinstance(found, Sentence) and found.instead is None and _unrecorded(view)
        return found.said_above() if isinstance(found, Sentence) and above else found

    return made


def _alerts(view: View) -> str:
    alerts = view.get(ALERTS)
    if not alerts.known:
        return no_figures(view, alerts, "alerts")
    rate = view.get("challenge.alerts_per_100")
    each = f", {say(rate, view.measure(rate.measure))} for every 100 children" if rate.known else ""
    return f"IROs raised {counted(view, alerts, 'alert', 'alerts')} in {view.year}{each}."


def _disputes(view: View) -> str:
    active, still = view.get(ACTIVE), view.get(OPEN)
    if not active.known:
        return no_figures(view, active, "formal disputes")
    verb = "was" if active.value == 1 else "were"
    words = f"There {verb} {counted(view, active, *DISPUTES)} active in the year"
    if active.value == 0 or not still.known:
        return f"{words}."
    left = say(still, view.measure(OPEN)) if still.value else "none"
    remained = "was" if still.value == 1 else "were"
    return f"{words}; {left} {remained} still open on {day(view.year.last_day)}."


def _closed(view: View) -> str:
    opened, closed = view.get("challenge.opened"), view.get("challenge.closed")
    brought = view.get("challenge.brought_forward")
    if not (opened.known and closed.known and brought.known) or view.get(ACTIVE).value == 0:
        return ""
    return (
        f"Of the disputes active, {_were(view, brought)} brought forward from the year before and "
        f"{_were(view, opened)} opened in the year; {_were(view, closed)} closed in the year."
    )


def _were(view: View, figure: Figure) -> str:
    """``none was``, ``1 was``, ``11 were``."""
    number = "none" if figure.value == 0 else say(figure, view.measure(figure.measure))
    return f"{number} {'was' if figure.value in (0, 1) else 'were'}"


def stages_sentence(view: View) -> str:
    """How far the active disputes went; empty if none was active."""
    stages = view.by(ACTIVE, "stage")
    active = view.get(ACTIVE)
    shown = [
        f"stage {key} for {say(figure, view.measure(ACTIVE))}"
        for key, figure in stages.items()
        if status(figure) is Status.SUPPRESSED or (figure.known and figure.value)
    ]
    if not active.known or not shown:
        return ""
    return f"The highest stage reached was {listing(shown)}."


def alerts(view: View) -> Table | Sentence:
    """Alerts by quarter, and the two rates, over the years."""
    return over_years(
        view,
        "Alerts raised, and rates of alerts and disputes",
        [
            *rows_by(view, ALERTS, "quarter", prefix="Alerts raised: "),
            row(view, ALERTS),
            row(view, "challenge.alerts_per_100"),
            row(view, "challenge.disputes_per_100"),
        ],
        missing="alerts",
        note=NOT_WORSE,
    )


def flow(view: View) -> Table | Sentence:
    """Disputes brought forward, opened, active, closed and open, over the years."""
    names = ("brought_forward", "opened", "active", "closed", "open")
    return over_years(
        view,
        "Formal disputes from one 31 March to the next",
        [row(view, f"challenge.{name}") for name in names],
        missing="formal disputes",
        note=f"{'' if view.get(ALERTS).known else f'{NOT_WORSE} '}Active disputes are those "
        "brought forward and those opened; each was closed in the year or open at its end.",
    )


def stages(view: View) -> Table | Sentence:
    """Active disputes by the highest stage reached, over the years."""
    if all(status(view.get(ACTIVE, year)) is Status.NOT_RECORDED for year in view.shown):
        said = Sentence.of(f"The stages that disputes reached in {view.year}: not recorded.")
        return said.said_beside()
    return over_years(
        view,
        "Active disputes by the highest stage reached",
        [
            *rows_by(view, ACTIVE, "stage", leave_out=_stages_unused(view)),
            row(view, ACTIVE, "All active disputes"),
        ],
        first_column="Highest stage reached",
        missing="the stages that disputes reached",
    )


def _stages_unused(view: View) -> list[str]:
    """The last stages, if no dispute ever reached them: procedures differ in how many there are."""
    categories = list(view.measure(ACTIVE).breakdown("stage").categories)
    zero = set(always_zero(view, ACTIVE, "stage", categories))
    unused: list[str] = []
    while len(categories) > 1 and categories[-1] in zero:
        unused.append(categories.pop())
    return unused


def stages_chart(view: View) -> Chart | Sentence:
    """How far disputes went, this year and before."""
    unused = _stages_unused(view)
    categories = view.measure(ACTIVE).breakdown("stage").categories
    labels = {key: text for key, text in categories.items() if key not in unused}
    plan = Plan(
        kind="Bar chart with a bar for each year in each group",
        title=_stages_title(view),
        about=f"Active disputes by the highest stage reached, {of_whom(view, view.shown)}",
        heading="Formal disputes active in the year, by highest stage reached",
        labels=tuple(labels.values()),
        series=years_series(view, ACTIVE, "stage", tuple(labels)),
        label_column="Highest stage reached",
    )
    return make(view, plan, bars.columns(view, plan), missing="disputes by stage")


def _stages_title(view: View) -> str:
    active = view.get(ACTIVE)
    first = view.get(ACTIVE, breakdown="stage", category="1")
    if not (active.known and first.known):
        return "Formal disputes by the highest stage reached"
    if active.value == 0:
        return f"No formal dispute was active in {view.year}"
    if first.value == active.value:
        return "No dispute went beyond stage 1"
    if first.value == 0:
        return "Every dispute went beyond stage 1"
    of_all, count = (say(figure, view.measure(ACTIVE)) for figure in (active, first))
    return f"{count} of {of_all} disputes went no further than stage 1"


TABLES: Mapping[str, Callable[[View], Table | Sentence]] = {
    "challenge-alerts": _once(alerts),
    "challenge-flow": _once(flow),
    "challenge-stages": _once(stages),
    "challenge-times": _once(matters.times),
    "challenge-themes": _once(matters.themes),
    "challenge-outcomes": _once(matters.outcomes),
}
CHARTS: Mapping[str, Callable[[View], Chart | Sentence]] = {
    "challenge-stages": stages_chart,
    "challenge-themes": matters.themes_chart,
}
SENTENCES: Mapping[str, Callable[[View], Sentence]] = {
    "challenge-headline": headline,
    "challenge-referrals": matters.referrals,
}
