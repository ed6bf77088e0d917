"""Participation as the service records it: parents, carers, advocacy, visits, feedback (C6-C8)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from irostats.derive import Derived
from irostats.figures import Figure, Status
from irostats.measures.counting import Section
from irostats.measures.definitions.participation_local import QUESTIONS
from irostats.service.wordings import FEEDBACK_FROM, parts

TABLE = "participation_local"
VISITED_CHILDREN = "participation.visited_children_percent"
FEEDBACK = "participation.feedback"


def local(derived: Derived, make: Section, held: pd.DataFrame) -> Iterator[Figure]:
    """Figures from the service's own tables.

    Args:
        derived: The authority's year.
        make: The section.
        held: Reviews held in the year: CHILD, REVIEW.
    """
    if derived.records.service_kept(TABLE, make.year):
        yield from _questions(make, held, derived.records.service_rows(TABLE, make.year))
    else:
        names = [f"participation.{name}" for name in QUESTIONS]
        names += [f"{name}_percent" for name in names]
        missing = derived.records.service_missing(TABLE, make.year)
        yield from make.all_missing([*names, VISITED_CHILDREN], missing)
    yield from feedback(derived, make)


def _questions(make: Section, held: pd.DataFrame, rows: pd.DataFrame) -> Iterator[Figure]:
    for name, (column, _, _) in QUESTIONS.items():
        answers = _answers(held, rows, column)
        yield make.value(f"participation.{name}", len(held))
        yield from make.counts(f"participation.{name}", "answer", answers)
        yield share_of_recorded(make, f"participation.{name}_percent", answers)
    # A child was seen if one review says yes, and is recorded if one says yes or no.
    answers = _answers(held, rows, QUESTIONS["visited"][0])
    yield share_of_recorded(make, VISITED_CHILDREN, answers.groupby(held["CHILD"]).agg(_strongest))


def _answers(held: pd.DataFrame, rows: pd.DataFrame, column: str) -> pd.Series[str]:
    """Yes, no or not recorded, for each review held."""
    said = rows.groupby(["child_id", "review_date"])[column].agg(_strongest)
    keys = pd.MultiIndex.from_arrays([held["CHILD"], held["REVIEW"]])
    found = said.reindex(keys).to_numpy(dtype=object)
    return pd.Series(found, held.index, dtype="string").fillna("not_recorded")


def _strongest(said: pd.Series[str]) -> str:
    """Yes if one row says yes, else no if one says no."""
    given = set(said.dropna())
    return next((word for word in ("yes", "no") if word in given), "not_recorded")


def share_of_recorded(make: Section, name: str, answers: pd.Series[str], **where: str) -> Figure:
    """Yes as a percentage of yes and no; not recorded if there is neither, though it was asked."""
    yes, no = int(answers.eq("yes").sum()), int(answers.eq("no").sum())
    if len(answers) and not yes + no:
        return make.missing(name, Status.NOT_RECORDED, **where)
    return make.ratio(name, yes, yes + no, **where)


def feedback(derived: Derived, make: Section) -> Iterator[Figure]:
    """Forms, compliments and complaints received in the year."""
    if not derived.records.service_kept("feedback", make.year):
        missing = derived.records.service_missing("feedback", make.year)
        yield from make.all_missing([FEEDBACK], missing)
        return
    rows = derived.records.service_rows("feedback", make.year)
    first, last = pd.Timestamp(make.year.first_day), pd.Timestamp(make.year.last_day)
    received = rows[rows["date"].between(first, last)]
    yield make.value(FEEDBACK, len(received))
    yield from make.counts(FEEDBACK, "kind", received["kind"])
    yield from make.counts(FEEDBACK, "given_by", parts(received, FEEDBACK_FROM))
