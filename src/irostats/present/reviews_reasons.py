"""Why reviews were late: a table, a sentence where all is hidden, the commonest reason."""

from __future__ import annotations

from collections.abc import Mapping

from irostats.figures import Figure, Status
from irostats.measures.definitions.reviews_breakdowns import NOT_RECORDED
from irostats.present.charts import largest
from irostats.present.items import Sentence, Table
from irostats.present.numbers import say, status
from irostats.present.reviews_charts import CALLED_REVIEWS
from irostats.present.tables import over_years, row, rows_by, without_value
from irostats.present.view import View
from irostats.present.words import capital, counted, listing, no_figures

LATE = "reviews.late"


def reasons(view: View) -> Table | Sentence:
    """Why reviews were late, over the years; a sentence where this year's are all hidden."""
    by_reason = view.by(LATE, "reason")
    figures = [f for year in view.shown for f in view.by(LATE, "reason", year).values()]
    nothing = without_value(view, "reasons for late reviews", figures)
    if nothing:
        late = view.get(LATE)
        return nothing.said_beside() if late.known and late.value else nothing
    if _all_hidden(by_reason):
        return _reasons_in_words(view)
    return over_years(
        view,
        "Late reviews by reason",
        [
            *rows_by(view, LATE, "reason"),
            row(view, LATE, "All late reviews"),
        ],
        first_column="Reason",
        missing="reasons for late reviews",
    )


def _all_hidden(by_reason: Mapping[str, Figure]) -> bool:
    """Whether every reason that somebody had is too rare to be shown."""
    hidden = [status(figure) is Status.SUPPRESSED for figure in by_reason.values()]
    shown = [figure for figure in by_reason.values() if figure.known and figure.value]
    return any(hidden) and not shown


def _reasons_in_words(view: View) -> Sentence:
    """The reasons given, without numbers, and why there are none."""
    labels = view.measure(LATE).breakdown("reason").categories
    given = [
        _reason(labels[key])
        for key, figure in view.by(LATE, "reason").items()
        if status(figure) is Status.SUPPRESSED and key != NOT_RECORDED
    ]
    if not given:
        return Sentence.of(f"No reason is recorded for the late reviews of {view.year}.")
    return Sentence.of(
        f"Reasons given in {view.year}: {listing(given)}. How often is not shown, so that no child "
        "can be identified."
    )


def _reason(text: str) -> str:
    """A reason within a sentence."""
    return text if text.startswith("IRO") else text[0].lower() + text[1:]


def why_late(view: View) -> Sentence:
    """The commonest reason for late reviews."""
    late, by_reason = view.get(LATE), view.by(LATE, "reason")
    if not late.known:
        return Sentence.of(no_figures(view, late, "late reviews"))
    if late.value == 0:
        return Sentence.of(f"No review was late in {view.year}.")
    nothing = without_value(view, "reasons for late reviews", by_reason.values())
    if nothing:
        return nothing
    top, many = largest(by_reason, late), capital(counted(view, late, *CALLED_REVIEWS))
    were = f"{many} {'was' if late.value == 1 else 'were'} late"
    if top is None and _all_hidden(by_reason):
        return Sentence.of(f"{were}.")
    if top is None:
        hidden = Status.SUPPRESSED in map(status, by_reason.values())
        why = "common enough to be shown as the first" if hidden else "more common than all others"
        return Sentence.of(f"{were}; no reason was {why}.")
    most = say(by_reason[top], view.measure(LATE))
    if top == NOT_RECORDED:
        return Sentence.of(f"{were}; for {most} of these no reason was recorded.")
    reason = _reason(view.measure(LATE).breakdown("reason").categories[top])
    return Sentence.of(f"{were}; the commonest reason, for {most} of these, was: {reason}.")
