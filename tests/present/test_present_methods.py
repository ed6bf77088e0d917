"""The methods annex: every figure is defined at its anchor, and what is said alike is said once."""

from __future__ import annotations

import re
from functools import cache

import pytest
from made_up_figures import view

from irostats import measures
from irostats.measures.terms import TERMS
from irostats.present.items import Entry
from irostats.present.methods import methods
from irostats.present.tables import anchor
from irostats.present.words import term as worded

SECTIONS = [section.SECTION for section in measures.SECTIONS]
REPORT = view()


@cache
def entries(section: str) -> dict[str, Entry]:
    """The entries of a section by their anchors, which must be its own."""
    found = methods(section, REPORT).entries
    by_anchor = {entry.anchor: entry for entry in found}
    assert len(by_anchor) == len(found)
    return by_anchor


def plain(text: str) -> str:
    """Letters and digits alone, small, in the authority's words: joints do not matter."""
    return re.sub(r"[^a-z0-9]+", " ", worded(REPORT, text).lower()).strip()


@pytest.mark.parametrize("section", SECTIONS)
def test_every_measure_has_definition_formula_and_source_at_its_anchor(section: str) -> None:
    """With its terms put back, no word of a definition, formula or source is missing."""
    found = entries(section)
    for measure in measures.REGISTRY.measures.values():
        if measure.section != section:
            continue
        text = plain(found[anchor(measure.name)].text)
        for part in (measure.numerator, measure.denominator, measure.source):
            assert plain(part) in text
        left = measure.definition
        for term in sorted(TERMS.get(section, ()), key=lambda term: -len(term.text)):
            if term.text.strip() in left:
                assert plain(term.name) in text
            left = left.replace(term.text.strip(), "\n")
        assert all(plain(piece) in text for piece in left.split("\n"))


@pytest.mark.parametrize("section", sorted(TERMS))
def test_a_term_is_said_once_before_the_measures(section: str) -> None:
    """Its text stands in its own entry and in no other."""
    found = [*entries(section).values()]
    for number, term in enumerate(TERMS[section]):
        said = plain(term.text.strip().removeprefix(f"{term.name}: "))
        others = TERMS[section][:number] + TERMS[section][number + 1 :]
        if not any(other.text.strip() in term.text for other in others):
            assert [said in plain(entry.text) for entry in found].index(True) == number
            assert sum(said in plain(entry.text) for entry in found) == 1


@pytest.mark.parametrize("section", sorted(TERMS))
def test_every_term_is_needed(section: str) -> None:
    """At least one measure of the section says it."""
    of_section = [m for m in measures.REGISTRY.measures.values() if m.section == section]
    for term in TERMS[section]:
        said = term.text.strip()
        assert any(said in " ".join((m.definition, m.cohort, m.traps)) for m in of_section), said
