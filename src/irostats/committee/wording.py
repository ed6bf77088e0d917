"""Words that no committee paper may hold, and the sentences that stand for "none"."""

from __future__ import annotations

import re
from pathlib import Path

from irostats.errors import SettingsError
from irostats.texts import could_lead_to_a_person

NONE = "none"
#: What each implication is called in a sentence; also how a text that speaks of another is found.
CALLED = {
    "financial": "financial",
    "legal": "legal",
    "risk": "risk management",
    "staffing": "staffing or human resources",
    "equalities": "equalities or human rights",
    "community_safety": "community safety or crime and disorder",
    "information_technology": "information technology",
    "property": "property",
    "sustainability": "sustainability or carbon",
    "procurement": "procurement",
    "other": "other",
}
#: Why there is none: what must hold where a council says so of a paper that brings a report.
BECAUSE = {
    "financial": "the report looks back on a year, and the paper proposes no spending",
    "legal": "the report meets a statutory duty, and the paper proposes no change to how the "
    "council meets it",
    "risk": "the paper proposes nothing that brings a new risk; what the service found that could "
    "put children at risk is in the report",
    "staffing": "the paper proposes no change to posts or to how people work",
    "equalities": "the paper proposes no change to what any group of people receives",
    "community_safety": "the paper proposes nothing that bears on crime or on safety in public",
    "information_technology": "the paper proposes no new system and no change to one",
    "property": "the paper proposes nothing that concerns land or buildings",
    "sustainability": "the paper proposes nothing that uses more energy, travel or materials",
    "procurement": "the paper proposes to buy nothing",
    "other": "nothing else follows from what the paper proposes",
}
#: What "none" means for the other keys that may have it.
NOTHING = {
    "text.consultation": "No consultation was needed for this report.",
    "text.options": "There are no options to consider: the report is required by statutory "
    "guidance.",
    "posts.specialists": "None",
    "timescales.deadline": "Not applicable",
    "timescales.cabinet": "Not applicable",
    "timescales.council": "Not applicable",
    "timescales.government": "Not applicable",
    "meeting.wards": "None",
}

_SHORTCODE = re.compile(r"\{\{<(?!\s*var\s+\S+\s*>\}\})")
_PERSON = re.compile(r"\b(?:Mrs?|Ms|Miss|Mx|Dr|Cllr|Councillor)\.?\s+[A-Z]")
_NO_IMPLICATIONS = re.compile(r"\bno\s+(?P<what>[\w\s/()&,-]{0,60}?)\s*implications?\b")
_OF_NONE = ("", "direct", "specific", "further", "other", "additional", "significant", "such")


def none_of(key: str) -> str | None:
    """The sentence for `none` at a key; None where it may not stand."""
    section, _, name = key.partition(".")
    if section == "implications":
        direct = "direct " if name == "legal" else ""
        return f"There are no {direct}{CALLED[name]} implications: {BECAUSE[name]}."
    return NOTHING.get(key)


def refuse(text: str, key: str, path: Path) -> None:
    """Refuse what a committee paper may not hold.

    Args:
        text: One value.
        key: Its dotted key.
        path: The file, for the error.

    Raises:
        SettingsError: It holds an e-mail address, a telephone number or a person's name, a
            shortcode other than `var`, "none" where that says nothing, or speaks of another
            implication than its own.
    """
    section, _, name = key.partition(".")
    where = f"{path}: [{section}] {name}"
    if could_lead_to_a_person(text, frozenset()) or _PERSON.search(text):
        raise SettingsError(
            f"{where} holds a person's name, an e-mail address, a telephone number or a postcode, "
            "or what looks so.",
            next_step="Name the post only: the paper is public and outlasts whoever holds it.",
        )
    if _SHORTCODE.search(text):
        raise SettingsError(
            f"{where} holds a shortcode other than {{{{< var ... >}}}}.",
            next_step="Name a figure, or write plain text.",
        )
    if text.strip().lower() == NONE and none_of(key) is None:
        raise SettingsError(
            f'{where} = "{text}" says nothing there.',
            next_step="Write what the paper shall say, or leave the line out.",
        )
    if section == "implications":
        _refuse_other(text, name, where)


def _refuse_other(text: str, name: str, where: str) -> None:
    """A council has printed "no equalities implications" under Legal."""
    for found in _NO_IMPLICATIONS.finditer(text.lower()):
        said = found["what"].strip()
        if said in _OF_NONE or any(word in said for word in _words(name)):
            continue
        others = [other for other in CALLED if any(word in said for word in _words(other))]
        if others:
            raise SettingsError(
                f"{where} says that there are no {said} implications.",
                next_step=f'Write {name} = "{NONE}", or {others[0]} = "{NONE}" if that was meant.',
            )


def _words(name: str) -> tuple[str, ...]:
    return tuple(part for each in CALLED[name].split(" or ") for part in each.split(" and "))
