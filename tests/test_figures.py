"""Figures and the registry: one row per number, and the sums that must hold."""

from __future__ import annotations

import pytest

from irostats.calendar import ReportingYear
from irostats.errors import UnknownName
from irostats.figures import COLUMNS, Figure, Figures, Status
from irostats.measures import REGISTRY, SECTIONS
from irostats.registry import Registry, Unit

YEAR = ReportingYear(2021)


def collected(*rows: Figure) -> Figures:
    return Figures.collect(rows, REGISTRY, authority="york")


def test_a_key_comes_once() -> None:
    """Two values for one number would be two truths."""
    row = Figure("reviews.held", "2020-21", 3)
    with pytest.raises(ValueError, match="computed twice"):
        collected(row, row)


@pytest.mark.parametrize(
    ("figure", "hint"),
    [
        (Figure("reviews.hold", "2020-21", 3), "reviews.held"),
        (Figure("reviews.held", "2020-21", 3, "quarters", "q1"), "quarter"),
        (Figure("reviews.held", "2020-21", 3, "sequence", "frist"), "first"),
    ],
)
def test_a_name_that_is_not_registered_is_an_error_with_the_nearest(
    figure: Figure, hint: str
) -> None:
    """Measures, breakdowns and categories are those of the registry."""
    with pytest.raises(UnknownName, match=f"Did you mean '{hint}'"):
        collected(figure)


def test_what_was_not_computed_is_not_available() -> None:
    """Asking for a year without figures gives a reason, never nought."""
    assert collected().get("reviews.held", YEAR).status is Status.NOT_AVAILABLE


def test_a_stock_is_named_by_its_day_and_a_flow_by_its_year() -> None:
    """Periods follow from what the measure counts."""
    assert REGISTRY["profile.looked_after"].period(YEAR) == "2021-03-31"
    assert REGISTRY["reviews.held"].period(YEAR) == "2020-21"


def test_parts_that_do_not_add_up_are_named() -> None:
    """On time, late and not assessable add up to held, or an issue says which do not."""
    parts = [
        Figure("reviews.held", "2020-21", 10),
        Figure("reviews.on_time", "2020-21", 6),
        Figure("reviews.late", "2020-21", 2),
    ]
    right = collected(*parts, Figure("reviews.not_assessable", "2020-21", 2))
    wrong = collected(*parts, Figure("reviews.not_assessable", "2020-21", 1))
    assert right.failed_sums() == ()
    (issue,) = wrong.failed_sums()
    assert "reviews.held in 2020-21 is 10" in issue.message
    assert "9" in issue.message


def test_every_sum_of_the_registry_can_fail() -> None:
    """For each sum, a total one too large is found: no relation is written in vain."""
    for relation in REGISTRY.sums():
        cells = [relation.total, *relation.parts]
        rows = [
            Figure(
                name,
                REGISTRY[name].period(YEAR),
                # All of it in the last part, which may be the only one there can be.
                float(number in (0, len(relation.parts))),
                breakdown,
                category,
            )
            for number, (name, breakdown, category) in enumerate(cells)
        ]
        assert collected(*rows).failed_sums() == ()
        off = Figure(
            rows[0].measure, rows[0].period, rows[0].value + 1, rows[0].breakdown, rows[0].category
        )
        found = collected(off, *rows[1:]).failed_sums()
        # A total may stand in two sums of these cells: of all parts, and of the only one there is.
        assert {issue.figures for issue in found} == {(relation.total[0],)}


def test_a_hidden_part_is_not_judged() -> None:
    """A sum with a part that has no value can neither hold nor fail."""
    rows = [
        Figure("reviews.due", "2020-21", 10),
        Figure("reviews.due_met", "2020-21", 6),
        Figure("reviews.due_missed", "2020-21", status=Status.SUPPRESSED),
    ]
    assert collected(*rows).failed_sums() == ()


def test_the_table_has_one_row_a_figure_and_the_registry_is_joined_on() -> None:
    """figures.csv carries label, unit and definition from the registry."""
    found = collected(Figure("reviews.held", "2020-21", 3))
    assert list(found.frame().columns) == list(COLUMNS)
    described = found.described().iloc[0]
    assert (described["authority"], described["label"], described["unit"]) == (
        "york",
        "Reviews held",
        "count",
    )


def test_every_measure_says_what_it_is() -> None:
    """Label, definition, source and item; a percentage names numerator and denominator."""
    for measure in REGISTRY.measures.values():
        assert measure.label
        assert measure.definition.endswith(".")
        assert measure.source
        assert measure.item
        if measure.unit in (Unit.PERCENT, Unit.RATE):
            assert measure.numerator, measure.name
            assert measure.denominator, measure.name
    assert {measure.section for measure in REGISTRY.measures.values()} == {
        section.SECTION for section in SECTIONS
    }


def test_a_measure_is_registered_once() -> None:
    """Two definitions of one name are a programming error."""
    measure = REGISTRY["reviews.held"]
    with pytest.raises(ValueError, match="registered twice"):
        Registry.of([measure, measure], [])
