"""Challenge in depth: time to closing, themes, outcomes, Cafcass and legal advice."""

from __future__ import annotations

from irostats.figures import Figure
from irostats.present import levels
from irostats.present.charts import Plan, Series, largest, make, of_whom
from irostats.present.items import Chart, Sentence, Table
from irostats.present.numbers import say, share, status
from irostats.present.tables import (
    SMALL_BASE,
    across_measures,
    always_zero,
    over_years,
    row,
    rows_by,
)
from irostats.present.view import View
from irostats.present.words import counted, moved, no_figures, would_give
from irostats.registry import TOTAL

ALERTS, ACTIVE = "challenge.alerts", "challenge.active"
CLOSED, OPEN = "challenge.closed", "challenge.open"
IN_TIME = "challenge.closed_in_time_percent"
ALERTS_CLOSED, ALERTS_IN_TIME = "challenge.alerts_closed", "challenge.alerts_in_time_percent"
CAFCASS, ADVICE = "challenge.cafcass", "challenge.legal_advice"

WHOM = (
    "An Independent Reviewing Officer (IRO) may refer a case to Cafcass, the Children and Family "
    "Court Advisory and Support Service, at any time, and may take legal advice that is "
    "independent of the council."
)


def time_sentence(view: View) -> str:
    """How many disputes were closed in time, and how many have been open for longer."""
    closed, still = view.get(IN_TIME), view.get(OPEN, breakdown="time", category="later")
    told = []
    if closed.known:
        told.append(
            f"{share(closed, view.measure(IN_TIME))} of disputes closed in the year were closed "
            f"within the 20 working days of the IRO Handbook{_against_last_year(view, closed)}."
        )
    if still.known and view.get(OPEN).value:
        number = say(still, view.measure(OPEN)) if still.value else "none"
        told.append(f"Of those still open on 31 March, {number} had been open for longer.")
    return " ".join(told)


def _against_last_year(view: View, now: Figure) -> str:
    """The change by rule; of a few disputes the share alone, which no rule makes similar."""
    before = view.before(IN_TIME)
    if before.known and min(now.denominator, before.denominator) < SMALL_BASE:
        return f", after {share(before, view.measure(IN_TIME))} a year before"
    course = moved(view, IN_TIME)
    return f", {course}" if course else ""


def times(view: View) -> Table | Sentence:
    """Disputes and alerts by time to closing, over the years."""
    return over_years(
        view,
        "How long disputes and alerts took",
        [
            *rows_by(view, CLOSED, "time", prefix="Disputes closed: "),
            row(view, IN_TIME),
            *rows_by(view, OPEN, "time", prefix="Disputes open on 31 March: "),
            *rows_by(view, ALERTS_CLOSED, "time", prefix="Alerts closed: "),
            row(view, ALERTS_IN_TIME),
        ],
        missing="how long disputes and alerts took",
        intervals=(IN_TIME, ALERTS_IN_TIME),
        note="The IRO Handbook allows 20 working days in all, counted from the day on which a "
        "dispute was opened.",
    )


def themes(view: View) -> Table | Sentence:
    """Alerts and active disputes by theme, this year."""
    categories = view.measure(ALERTS).breakdown("theme").categories
    shown = [key for key in _by_size(view) if not _nobodys(view, key)]
    return across_measures(
        view,
        "What alerts and disputes were about",
        [
            *((categories[key], "theme", key) for key in shown),
            ("All alerts and disputes", TOTAL, TOTAL),
        ],
        (("Alerts raised", ALERTS), ("Disputes active", ACTIVE)),
        first_column="Theme",
        missing="what alerts and disputes were about",
        note="An alert or dispute counts in each of its themes, so that themes may add up to more "
        "than all. Themes of none are left out.",
    )


def _by_size(view: View) -> list[str]:
    """The themes by how many alerts they have this year, other and unknown ones last."""
    figures = view.by(ALERTS, "theme")

    def place(key: str) -> tuple[bool, float]:
        return key in ("other", "not_recorded"), -figures[key].value if figures[key].known else 0.0

    return sorted(figures, key=place)


def _nobodys(view: View, key: str) -> bool:
    """Whether no alert and no dispute had the theme."""
    both = [view.get(name, breakdown="theme", category=key) for name in (ALERTS, ACTIVE)]
    return all(figure.known and figure.value == 0 for figure in both)


def themes_chart(view: View) -> Chart | Sentence:
    """What alerts were about, this year beside the year before."""
    zero = set(always_zero(view, ALERTS, "theme", view.by(ALERTS, "theme")))
    categories = view.measure(ALERTS).breakdown("theme").categories
    order = _by_size(view)
    labels = {key: categories[key] for key in order if key not in zero} or categories
    plan = Plan(
        kind="Bar chart",
        title=_themes_title(view),
        about=f"Alerts raised by theme, {of_whom(view, view.two_years)}",
        heading="Alerts raised, by theme",
        labels=tuple(labels.values()),
        series=tuple(
            Series(
                str(year),
                tuple(view.get(ALERTS, year, breakdown="theme", category=key) for key in labels),
            )
            for year in view.two_years
        ),
        label_column="Theme",
    )
    return make(view, plan, levels.level(view, plan), missing="alerts by theme")


def _themes_title(view: View) -> str:
    first = largest(view.by(ALERTS, "theme"), view.get(ALERTS))
    if first is None or first in ("other", "not_recorded"):
        return "What alerts were about"
    text = view.measure(ALERTS).breakdown("theme").categories[first]
    return f"Most common in alerts: {text[:1].lower()}{text[1:]}"


def outcomes(view: View) -> Table | Sentence:
    """Disputes closed in the year by outcome, over the years."""
    found = over_years(
        view,
        "Disputes closed in the year by outcome",
        [
            *rows_by(view, CLOSED, "outcome"),
            row(view, CLOSED, "All disputes closed"),
        ],
        first_column="Outcome",
        missing="the outcomes of disputes",
    )
    both = status(view.get(ALERTS)) is status(view.get(CLOSED))
    return found.said_beside() if isinstance(found, Sentence) and both else found


def referrals(view: View) -> Sentence:
    """Cases referred to Cafcass, and independent legal advice: none is said too."""
    cafcass, advice = view.get(CAFCASS), view.get(ADVICE)
    if not (cafcass.known or advice.known) and status(cafcass) is status(advice):
        what = "referrals to Cafcass or independent legal advice"
        return Sentence.of(no_figures(view, cafcass, what), would_give(view, cafcass))
    told = Sentence.of(
        f"IROs referred {counted(view, cafcass, 'case', 'cases')} to Cafcass in {view.year}"
        f"{_last_year(view, CAFCASS)}.",
        f"They sought independent legal advice {_times(view, advice)}{_last_year(view, ADVICE)}.",
    )
    return Sentence((*told.paragraphs, WHOM))


def _times(view: View, figure: Figure) -> str:
    """``in no case``, ``once``, ``twice``, ``3 times``."""
    if not figure.known:
        return f"in a number of cases that is {say(figure, view.measure(figure.measure))}"
    number = say(figure, view.measure(figure.measure))
    return {0: "in no case", 1: "once", 2: "twice"}.get(int(figure.value), f"{number} times")


def _last_year(view: View, name: str) -> str:
    before = view.before(name)
    if not before.known:
        return ""
    number = say(before, view.measure(name)) if before.value else "none"
    return f" ({number} the year before)"
