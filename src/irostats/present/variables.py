"""What ``{{< var ... >}}`` can name: printed figures, the authority's words, titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from irostats.errors import UnknownName, nearest
from irostats.parameters import Audience
from irostats.present import plainly
from irostats.present.markup import escape
from irostats.present.numbers import counts_of, say
from irostats.present.protected import rounds, treatment
from irostats.present.view import View
from irostats.present.words import capital, day
from irostats.registry import Measure, Unit

_VARIABLE = re.compile(r"\{\{<\s*var\s+(\S+?)\s*>\}\}")


def variables(view: View) -> dict[str, Any]:
    """Nested by the parts of the name: ``reviews.held`` is ``["reviews"]["held"]``.

    Each measure's undivided figure by its name; with ``_last_year`` the year before's; with
    ``_counts`` the counts behind a percentage; with ``_<breakdown>_<category>`` a category's.

    Returns:
        Markdown: figures as sentences say them, and words and titles, none of which can be read as
        anything but text; the banner.
    """
    found: dict[str, dict[str, str]] = {}
    for measure in view.figures.registry.measures.values():
        section, _, rest = measure.name.partition(".")
        found.setdefault(section, {}).update(_of_measure(view, measure, rest))
    return {**found, "words": _words(view), "report": _report(view)}


def _of_measure(view: View, measure: Measure, rest: str) -> Iterator[tuple[str, str]]:
    now, before = view.get(measure.name), view.before(measure.name)
    yield rest, say(now, measure)
    yield f"{rest}_last_year", say(before, measure)
    if measure.unit is Unit.PERCENT:
        yield f"{rest}_counts", counts_of(now) or say(now, measure)
        yield f"{rest}_counts_last_year", counts_of(before) or say(before, measure)
    for breakdown in measure.breakdowns:
        for key, figure in view.by(measure.name, breakdown.name).items():
            yield f"{rest}_{breakdown.name}_{key}", say(figure, measure)


def _words(view: View) -> dict[str, str]:
    words = asdict(view.authority.words)
    words |= {f"{name}_capital": capital(text) for name, text in words.items()}
    return {name: escape(text) for name, text in words.items()}


def _report(view: View) -> dict[str, str]:
    identity = view.authority.identity
    period = f"{day(view.year.first_day)} to {day(view.year.last_day)}"
    title = f"{view.name}: annual report of the Independent Reviewing Officers {view.year}"
    return {
        "title": escape(title),
        "subtitle": escape(f"{identity.council}, for the {view.authority.words.panel}, {period}"),
        "authority": escape(identity.name),
        "council": escape(identity.council),
        "year": str(view.year),
        "last_year": str(view.year.previous),
        "period": period,
        "audience": view.audience.value,
        "status": view.status,
        **_clock(view),
        "made_from": _made_from(view),
        "banner": "\n\n".join(_banner(view)),
        "footer": escape(_footer(view)),
        "banner_plain": "\n\n".join(plainly.banner(view)),
        "footer_plain": escape(plainly.footer(view)),
        "contact": _contact(view),
    }


def _contact(view: View) -> str:
    """Whom readers ask for another format, as Markdown."""
    council = escape(view.authority.identity.council)
    contact = escape(view.authority.accessibility.contact)
    if view.synthetic:
        named = f" The contact in the settings, {contact}, is made up as well." if contact else ""
        return (
            "This sample is made from synthetic data: nobody at "
            f"{council} can answer for it.{named}"
        )
    return f"Contact {contact or council}."


def _made_from(view: View) -> str:
    """What percentages are computed from, and whether parts add up, as the methods annex says."""
    if rounds(view):
        return f"{treatment(view)} Before rounding they do, and each build checks that."
    return (
        "Percentages are computed from counts before any rounding. Parts add up to their totals, "
        "and each build checks that they do."
    )


def _clock(view: View) -> dict[str, str]:
    """The authority's own time limits for reviews, in words."""
    rules = view.authority.rules
    by_days = rules.interval == "91_183_days"
    return {
        "first_review": "28 days"
        if rules.first_review == "28_calendar_days"
        else "20 working days",
        "second_review": "91 days" if by_days else "three months",
        "later_review": "183 days" if by_days else "six months",
    }


def _footer(view: View) -> str:
    text = f"{view.authority.identity.council}: IRO annual report {view.year}"
    if view.synthetic:
        text += ". Synthetic data, calibrated to published totals; not a publication of the council"
    return text


def _banner(view: View) -> Iterator[str]:
    """What a reader must know before the first figure, one paragraph each, as Markdown."""
    if view.synthetic:
        yield (
            "**Synthetic data.** The returns behind this report are made up and calibrated to "
            "published totals. They describe no real child, and this is not a publication of "
            f"{escape(view.authority.identity.council)}."
        )
    if len(view.history) == 1:
        yield (
            f"**First year.** No return for {view.year.previous} was given, so nothing is compared "
            "with a year before, and reviews whose due dates depend on earlier ones are not "
            "assessable unless the case system gives their due dates. This report is here to make "
            "the next year's reviews assessable."
        )
    if view.status == "provisional":
        yield f"**Provisional.** The return for {view.year} is not final: figures may change."
    yield from _protection(view)


def _protection(view: View) -> Iterator[str]:
    protection = view.authority.protection
    if view.audience is Audience.INTERNAL:
        yield (
            f"**{view.audience.marking}.** **Internal: not for publication.** Small numbers of "
            "children are shown."
        )
    elif protection.suppression == "none":
        yield (
            "**No disclosure control.** The authority's settings suppress nothing: check that no "
            "child can be recognised before this is published."
        )
    elif protection.suppression == "primary" and not protection.rounding:
        yield (
            f"**Some small numbers can be worked out.** Numbers from 1 to {protection.threshold} "
            "that describe children are not shown, but by the authority's settings nothing else "
            "is hidden for their sake. Check before publishing."
        )
    elif rounds(view):
        yield f"**Rounded numbers.** {treatment(view)}"


def check_narrative(narrative: Mapping[str, str], known: Mapping[str, Any]) -> None:
    """Check that every variable that the narrative names exists.

    Args:
        narrative: Markdown by section.
        known: As ``variables`` gives them.

    Raises:
        UnknownName: One does not; the message gives file, line and the nearest name.
    """
    check_texts(((f"narrative/{section}.md", text) for section, text in narrative.items()), known)


def check_texts(texts: Iterable[tuple[str, str]], known: Mapping[str, Any]) -> None:
    """Check that every variable that these texts name exists.

    Args:
        texts: Where each stands, and what it says.
        known: As ``variables`` gives them.

    Raises:
        UnknownName: One does not; the message gives place, line and the nearest name.
    """
    names = {f"{section}.{rest}" for section, values in known.items() for rest in values}
    for where, text in texts:
        for line, words in enumerate(text.splitlines(), start=1):
            for name in _VARIABLE.findall(words):
                if name not in names:
                    raise UnknownName(
                        f"{where}, line {line}: there is no figure or word "
                        f"'{name}'.{nearest(name, sorted(names))}",
                        next_step="Correct the name, or write the text without it.",
                    )
