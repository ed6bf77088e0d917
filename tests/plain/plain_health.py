"""Health of the children looked after for the whole year, plainly."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from authorities import (
    NOT_AVAILABLE,
    NOT_RECORDED,
    TOTAL,
    Cell,
    Expected,
    Plain,
    Row,
    age,
    first_day,
    last_day,
    missing,
    number,
    ratio,
)
from plain_care import PlainCare, care, described, rows

AGES = ("under_5", "5_to_9", "10_to_16", "17_and_over", "not_known")
BANDS = {"normal": (0, 13), "borderline": (14, 16), "concern": (17, 40)}
YES_NO = ("yes", "no", NOT_RECORDED)
ALL = frozenset(AGES)
QUESTIONS = {
    "assessment": ("HEALTH_ASSESSMENT", ALL),
    "dental": ("TEETH_CHECK", ALL),
    "immunised": ("IMMUNISATIONS", ALL),
    "development": ("HEALTH_CHECK", frozenset({"under_5"})),
    "substance_misuse": ("SUBSTANCE_MISUSE", ALL),
    "convicted": ("CONVICTED", frozenset({"10_to_16", "17_and_over"})),
}
SDQ_AGES = ("5_to_9", "10_to_16")
INTERVENTIONS = ("received", "refused", "not_offered", NOT_RECORDED)
Figures = dict[Cell, Expected]


def figures(plain: Plain, end: int) -> Figures:
    """Every cell of the section in the year that ends in ``end``."""
    found = care(plain)
    ages = whole_year(plain, found, end)
    outcomes = {str(row["CHILD"]): row for row in rows(plain, "oc2", end, "CHILD")}
    of_oc2 = {
        **_questions(ages, outcomes),
        **_sdq(ages, outcomes),
        **_interventions(ages, outcomes),
    }
    if "oc2" not in plain.returned[end]:
        of_oc2 = dict.fromkeys(of_oc2, missing(NOT_AVAILABLE))
    got: Figures = {("health.children", TOTAL, TOTAL): number(len(ages))}
    for name in AGES:
        got[("health.children", "age", name)] = number(list(ages.values()).count(name))
    return {**got, **of_oc2, **_local(plain, found, ages, end)}


def whole_year(plain: Plain, found: PlainCare, end: int) -> dict[str, str]:
    """Band of age of each child looked after for the whole year."""
    first, last = first_day(end), last_day(end)
    on_breaks = {
        one.child
        for one in found.breaks
        if one.start <= last and (one.end or last_day(one.sent)) >= first
    }
    known = described(plain)
    return {
        period.child: _band(age(known.get(period.child, {}).get("DOB"), last))
        for period in found.open_on(last)
        if period.start <= first and period.child not in on_breaks
    }


def _band(years: int | None) -> str:
    if years is None:
        return "not_known"
    for highest, name in ((4, "under_5"), (9, "5_to_9"), (16, "10_to_16")):
        if years <= highest:
            return name
    return "17_and_over"


def _said(outcomes: dict[str, Row], children: Iterable[str], field: str) -> list[object]:
    return [outcomes.get(child, {}).get(field) for child in children]


def _questions(ages: dict[str, str], outcomes: dict[str, Row]) -> Figures:
    got: Figures = {}
    for name, (field, bands) in QUESTIONS.items():
        children = [child for child, band in ages.items() if band in bands]
        answers = _said(outcomes, children, field)
        counts = {"yes": answers.count("1"), "no": answers.count("0")}
        counts[NOT_RECORDED] = answers.count(None)
        got[(f"health.{name}", TOTAL, TOTAL)] = number(len(children))
        for key in YES_NO:
            got[(f"health.{name}", "recorded", key)] = number(counts[key])
        nothing = bool(answers) and counts[NOT_RECORDED] == len(answers)
        share = missing(NOT_RECORDED) if nothing else ratio(counts["yes"], len(answers))
        got[(f"health.{name}_percent", TOTAL, TOTAL)] = share
    return got


def _sdq(ages: dict[str, str], outcomes: dict[str, Row]) -> Figures:
    children = [child for child, band in ages.items() if band in SDQ_AGES]
    scores = [score for score in _said(outcomes, children, "SDQ_SCORE") if isinstance(score, int)]
    reasons = sum(
        outcomes.get(child, {}).get("SDQ_SCORE") is None
        and outcomes.get(child, {}).get("SDQ_REASON") is not None
        for child in children
    )
    counts = {
        name: sum(low <= score <= high for score in scores) for name, (low, high) in BANDS.items()
    }
    got: Figures = {("health.sdq", TOTAL, TOTAL): number(len(children))}
    for name, count in counts.items():
        got[("health.sdq", "score", name)] = number(count)
        got[("health.sdq_band_percent", "score", name)] = ratio(count, len(scores))
    got[("health.sdq", "score", "no_score")] = number(reasons)
    left = len(children) - len(scores) - reasons
    got[("health.sdq", "score", NOT_RECORDED)] = number(left)
    got[("health.sdq_scored", TOTAL, TOTAL)] = number(len(scores))
    got[("health.sdq_scored_percent", TOTAL, TOTAL)] = ratio(len(scores), len(children))
    got[("health.sdq_average", TOTAL, TOTAL)] = ratio(sum(scores), len(scores), 1)
    if children and not scores and not reasons:
        got |= {cell: missing(NOT_RECORDED) for cell in got if cell[0] != "health.sdq"}
    return got


def _interventions(ages: dict[str, str], outcomes: dict[str, Row]) -> Figures:
    counts = dict.fromkeys(INTERVENTIONS, 0)
    answers = _said(outcomes, ages, "SUBSTANCE_MISUSE")
    for child in ages:
        row = outcomes.get(child, {})
        if row.get("SUBSTANCE_MISUSE") != "1":
            continue
        offered = {"1": "refused", "0": "not_offered"}
        key = offered.get(str(row["INTERVENTION_OFFERED"]), NOT_RECORDED)
        counts["received" if row["INTERVENTION_RECEIVED"] == "1" else key] += 1
    got: Figures = {("health.intervention", TOTAL, TOTAL): number(sum(counts.values()))}
    for name, count in counts.items():
        got[("health.intervention", "intervention", name)] = number(count)
        got[("health.intervention_percent", "intervention", name)] = ratio(count, len(ages))
    nothing = bool(answers) and answers.count(None) == len(answers)
    return dict.fromkeys(got, missing(NOT_RECORDED)) if nothing else got


def _local(plain: Plain, found: PlainCare, ages: dict[str, str], end: int) -> Figures:
    assessed = {
        row["child_id"]
        for year in plain.history
        for row in plain.service[year].get("health_local", [])
        if isinstance(row["assessed"], date) and first_day(end) <= row["assessed"] <= last_day(end)
    }
    got: Figures = {}
    for name, children in (
        ("local", set(found.looked_after(end))),
        ("local_whole_year", set(ages)),
    ):
        count = len(children & assessed)
        got[(f"health.{name}", TOTAL, TOTAL)] = number(count)
        got[(f"health.{name}_percent", TOTAL, TOTAL)] = ratio(count, len(children))
    if "health_local" in plain.service[end]:
        return got
    unreadable = "health_local" in plain.unreadable.get(end, frozenset())
    return dict.fromkeys(got, missing(NOT_AVAILABLE if unreadable else NOT_RECORDED))
