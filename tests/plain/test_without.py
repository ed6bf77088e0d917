"""What is absent costs its own figures, and no other; and what is there adds up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import pytest
from authorities import Plain, Tables, authorities
from comparing import differences
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from plain_records import records

from irostats import measures
from irostats.calendar import ReportingYear
from irostats.derive import derive
from irostats.figures import Figure, Figures, Status
from irostats.measures import REGISTRY
from irostats.service import TABLES
from whole_reports import TEST_ALL

Key = tuple[str, str, str, str]
ALONE = ("header", "episodes", "reviews")
SECTIONS = tuple(section.SECTION for section in measures.SECTIONS)

examples = settings(
    max_examples=1_000 if TEST_ALL else 25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
slow = pytest.mark.timeout(14_400 if TEST_ALL else 1_200)


def figures(plain: Plain, narrative: Mapping[str, str] | None = None) -> Figures:
    """Every figure of an authority, unprotected."""
    return measures.measure(derive(replace(records(plain), narrative=narrative or {})))


def by_key(found: Iterable[Figure]) -> dict[Key, str]:
    """What each figure says, as text: a number that is none is none in both."""
    return {
        (figure.measure, figure.breakdown, figure.category, figure.period): repr(figure)
        for figure in found
    }


def moved(before: Figures, after: Figures) -> set[Key]:
    """Keys of figures that are not the same in both."""
    one, other = by_key(before), by_key(after)
    return {key for key in one.keys() | other.keys() if one.get(key) != other.get(key)}


def made_from(key: Key) -> set[str]:
    """Service tables that the registry names as the source of a figure.

    ``by team iro_staff`` after a semicolon speaks of that breakdown alone.
    """
    measure, breakdown, *_ = key
    tables: set[str] = set()
    for part in REGISTRY[measure].source.split(";"):
        words = part.replace(",", " ").split()
        if words[0] != "by" or words[1] == breakdown:
            tables |= TABLES.keys() & set(words)
    return tables


def without(plain: Plain, tables: Iterable[str], years: Callable[[int], bool]) -> Plain:
    """The authority without some service tables in some years, readable or not."""
    gone = frozenset(tables)
    kept: dict[int, Tables] = {}
    broken: dict[int, frozenset[str]] = {}
    for end in plain.years:
        absent = gone if years(end) else frozenset()
        own = plain.service[end]
        kept[end] = {name: rows for name, rows in own.items() if name not in absent}
        broken[end] = plain.unreadable.get(end, frozenset()) - absent
    return replace(plain, service=kept, unreadable=broken)


@slow
@examples
@given(authorities(), st.sampled_from(sorted(TABLES)), st.booleans())
def test_a_service_table_moves_no_figure_but_those_made_from_it(
    plain: Plain, table: str, last_only: bool
) -> None:
    """Absent from the last year's folder alone, or from every year's."""
    less = without(plain, [table], lambda end: end == plain.last or not last_only)
    strange = {key for key in moved(figures(plain), figures(less)) if table not in made_from(key)}
    assert strange == set()


@slow
@examples
@given(authorities())
def test_without_any_service_table_its_figures_are_not_recorded(plain: Plain) -> None:
    """Those made from none of them stand; reviews are judged by the return's due dates."""
    before = figures(plain)
    after = figures(without(plain, TABLES, lambda end: True))
    assert {key for key in moved(before, after) if not made_from(key)} == set()
    reviewed = {ReportingYear(end) for end in plain.history if _reviews_kept(plain, end)}
    for figure in after:
        known = any(figure.period == REGISTRY[figure.measure].period(year) for year in reviewed)
        needed = made_from((*figure.cell, figure.period))
        by_return = "where given" in REGISTRY[figure.measure].source
        if needed and known and not (by_return and figure.breakdown not in ("team", "reason")):
            assert figure.status is Status.NOT_RECORDED or _undivided(figure), figure


def _reviews_kept(plain: Plain, end: int) -> bool:
    return all("reviews" in plain.returned[year] for year in plain.history if year >= end)


def _undivided(figure: Figure) -> bool:
    """Whether the figure is made from the return, and only its breakdowns from a service table."""
    return not made_from((figure.measure, "total", "total", figure.period))


@slow
@examples
@given(authorities())
def test_what_people_write_moves_no_figure(plain: Plain) -> None:
    """Narrative names figures; it never makes one."""
    said = dict.fromkeys(SECTIONS, "We held {{< var reviews.held >}} reviews.")
    assert moved(figures(plain), figures(plain, said)) == set()


@slow
@examples
@given(authorities())
def test_parts_add_up_to_their_totals(plain: Plain) -> None:
    """Every sum of the registry holds, in every year."""
    assert figures(plain).failed_sums() == ()


@slow
@examples
@given(authorities())
def test_one_year_with_header_episodes_and_reviews_alone_is_enough(plain: Plain) -> None:
    """Each figure is a number or says why not, as it does when computed plainly."""
    end = plain.last
    own = {name: rows for name, rows in plain.returned[end].items() if name in ALONE}
    alone = replace(plain, years=(end,), returned={end: own}, service={end: {}}, unreadable={})
    found = figures(alone)
    assert all(figure.known or figure.status is not Status.OK for figure in found)
    year = ReportingYear(end)
    for name in ("due", "due_met", "due_missed", "due_met_percent", "held_change"):
        assert found.get(f"reviews.{name}", year).status is Status.NOT_ASSESSABLE
    for name in ("profile.looked_after_change", "placements.long_term_stable_percent"):
        assert found.get(name, year).status is Status.NOT_ASSESSABLE
    assert found.get("service.caseload", year).status is Status.NOT_RECORDED
    assert found.get("health.sdq_average", year).status is Status.NOT_AVAILABLE
    derived = derive(records(alone))
    assert [line for section in SECTIONS for line in differences(section, alone, derived)] == []
