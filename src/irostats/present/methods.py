"""The methods annex: each measure as the registry defines it, and the settings in force."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial

from irostats import measures
from irostats.disclosure.exempt import NONE
from irostats.measures.terms import TERMS
from irostats.present.items import Chart, Entry, Glossary, Sentence, Table
from irostats.present.tables import anchor, caption
from irostats.present.view import View
from irostats.present.words import capital, label, listing, term
from irostats.registry import Measure, Term, Unit
from irostats.settings import Protection


def methods(section: str, view: View) -> Glossary:
    """How each figure of a section is counted: definition, formula, cohort, source, traps.

    What several of them say alike comes first, and they refer to it.
    """
    terms = TERMS.get(section, ())
    found = [m for m in view.figures.registry.measures.values() if m.section == section]
    before = [None, *found]
    return Glossary.of_entries(
        (
            *(_said_once(view, section, each, terms) for each in terms),
            *(
                Entry(
                    anchor(measure.name),
                    label(view, measure.name),
                    _definition(view, measure, last, terms),
                )
                for measure, last in zip(found, before, strict=False)
            ),
        )
    )


def _said_once(view: View, section: str, said: Term, terms: tuple[Term, ...]) -> Entry:
    text = said.text.strip().removeprefix(f"{said.name}: ")
    text, others = _refer(text, tuple(each for each in terms if each is not said))
    text = capital(" ".join(filter(None, (text.rstrip(".") + ".", _see(others)))))
    place = anchor(f"{section}.term.{re.sub('[^a-z0-9]+', '_', said.name.lower())}")
    return Entry(place, term(view, capital(said.name)), term(view, text))


def _refer(text: str, terms: tuple[Term, ...]) -> tuple[str, list[str]]:
    """The text without the sentences of terms, with their names for phrases; terms to look up."""
    names = []
    for each in sorted(terms, key=lambda each: -len(each.text)):  # one may hold another
        said = each.text.strip()
        if said not in text:
            continue
        sentence = said.endswith(".")
        text = " ".join(text.replace(said, "" if sentence else each.name).split())
        names += [each.name] if sentence else []
    return text, names


def _see(names: list[str]) -> str:
    return f"See above: {', '.join(names)}." if names else ""


def _definition(view: View, measure: Measure, last: Measure | None, terms: tuple[Term, ...]) -> str:
    """Definition, terms, formula, cohort, source, trap: each a short sentence.

    Cohort and trap are left out where they are those of the measure just above.
    """
    new = {
        name: text
        for name in ("cohort", "traps")
        if (text := getattr(measure, name)) and (last is None or text != getattr(last, name))
    }
    definition, in_definition = _refer(measure.definition, terms)
    cohort, _ = _refer(new.get("cohort", ""), terms)
    trap, in_trap = _refer(new.get("traps", ""), terms)
    parts = (
        definition,
        _formula(measure),
        _sentence("Counted", cohort),
        _sentence("Source", measure.source),
        trap,
        _see(in_definition + in_trap),
    )
    return term(view, " ".join(filter(None, parts)))


def _formula(measure: Measure) -> str:
    if not (measure.numerator and measure.denominator):
        return ""
    times = " x 100" if measure.unit is Unit.PERCENT else ""
    return f"Formula: {_low(measure.numerator)} / {_low(measure.denominator)}{times}."


def _low(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _sentence(name: str, text: str) -> str:
    return f"{name}: {_low(text) if name != 'Source' else text}." if text else ""


def settings(view: View) -> Table:
    """The authority's rules that these figures were computed by."""
    rules = view.authority.rules
    holidays = listing([f"{day.day} {day:%B %Y}" for day in rules.extra_holidays])
    merge = rules.merge_window_working_days
    rows = (
        ("First review due", FIRST_REVIEW[rules.first_review]),
        ("Later reviews due", INTERVAL[rules.interval]),
        ("Due dates", DUE_DATES[rules.due_dates]),
        ("Reviews of children placed for adoption", ADOPTION[rules.adoption_reviews]),
        (
            "Reviews of a child close together",
            f"counted once within {merge} working days" if merge else "each counts",
        ),
        ("Further days that are not working days", holidays or "no others"),
        ("Small numbers", _small_numbers(view.authority.protection)),
        ("Small numbers shown all the same", _exempt(view)),
    )
    return Table(
        caption=caption(view, "settings in force", (view.year,)),
        columns=("Setting", "In force"),
        rows=tuple((name, capital(text)) for name, text in rows),
        note="Set in authority.toml; the defaults follow the 2010 Regulations.",
        align="ll",
    )


def _small_numbers(protection: Protection) -> str:
    if protection.suppression == "none":
        return "shown"
    if protection.rounding:
        return (
            f"numbers of children rounded to the nearest {protection.rounding}, and hidden where "
            "they could be worked out all the same"
        )
    hidden = f"1 to {protection.threshold} hidden where they describe children"
    if protection.suppression == "primary":
        return f"{hidden}, and nothing else"
    return f"{hidden}, with as few other numbers as would give them away"


def _exempt(view: View) -> str:
    names = view.authority.protection.exempt
    if not names:
        return "the service's own counts: reviews, time limits, alerts, disputes, staff"
    return listing([label(view, name) for name in names if name != NONE]) or "none"


FIRST_REVIEW = {
    "20_working_days": "20 working days after the child became looked after (28 days before "
    "April 2011)",
    "28_calendar_days": "28 days after the child became looked after",
}
INTERVAL = {
    "calendar_months": "three months after the first, six months after each later one",
    "91_183_days": "91 days after the first, 183 days after each later one",
}
DUE_DATES = {
    "service": "those of the case system where it gives them, else derived from the return",
    "return": "derived from the return",
}
ADOPTION = {"reg33": "judged as all others (regulation 33)"}

TABLES: Mapping[str, Callable[[View], Table | Sentence]] = {"methods-settings": settings}
CHARTS: Mapping[str, Callable[[View], Chart | Sentence]] = {}
SENTENCES: Mapping[str, Callable[[View], Sentence]] = {
    f"methods-{section.SECTION}": partial(methods, section.SECTION) for section in measures.SECTIONS
}
