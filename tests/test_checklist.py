"""What the Handbook asks for is answered by figures or narrative, or is a gap."""

from __future__ import annotations

from dataclasses import replace

from irostats import handbook
from irostats.calendar import ReportingYear
from irostats.checklist import checklist, gaps
from irostats.figures import Figure, Figures, Status
from irostats.measures import REGISTRY as REAL
from irostats.registry import Breakdown, Measure, Registry

YEAR = ReportingYear(2021)
PARTS = Breakdown("grade", "Grade", {"good": "Good", "poor": "Poor"})
AUDITS = Measure("monitoring.audits", "Audits", "Audits.", handbook=handbook.AUDITS)
GRADES = Measure(
    "monitoring.grades", "Grades", "Grades.", handbook=handbook.AUDITS, breakdowns=(PARTS,)
)


def answer(*rows: Figure, written: tuple[str, ...] = ()) -> bool:
    """Whether the item on audits is answered."""
    figures = Figures.collect(rows, Registry.of((AUDITS, GRADES), ()), authority="somewhere")
    return next(
        found.answered for found in checklist(figures, YEAR, written) if found.item.key == "audits"
    )


def test_the_handbook_asks_for_six_things() -> None:
    """Paragraph 7.11 has six items, each with a section whose narrative can answer it."""
    assert [item.key for item in handbook.items()] == [
        "disputes",
        "service",
        "participation",
        "timeliness",
        "audits",
        "resources",
    ]


def test_every_item_has_measures_that_answer_it() -> None:
    """No item can only be answered in words."""
    keys = {key for measure in REAL.measures.values() for key in measure.handbook}
    assert keys == {item.key for item in handbook.items()}


def test_a_figure_or_a_narrative_answers() -> None:
    """Zero audits is an answer, and so is a number hidden; a narrative does without figures."""
    assert answer(Figure("monitoring.audits", "2020-21", 0))
    assert answer(Figure("monitoring.audits", "2020-21", status=Status.SUPPRESSED))
    assert answer(Figure("monitoring.grades", "2020-21", 3, "grade", "good"))
    assert answer(written=("monitoring",))


def test_each_part_of_a_compound_item_is_answered_by_itself() -> None:
    """Children took part, of parents nobody wrote it down: one part is lacking."""
    children = REAL.measures["participation.percent"]
    parents = REAL.measures["participation.parents_percent"]
    figures = Figures.collect(
        [Figure(children.name, "2020-21", 90.0)],
        Registry.of((replace(children, breakdowns=()), parents), ()),
        authority="somewhere",
    )
    found = {each.item.key: each for each in checklist(figures, YEAR, ())}["participation"]
    assert found.answered
    assert (found.parts, found.lacking) == (("children",), ("parents",))


def test_grades_that_nobody_wrote_down_answer_nothing() -> None:
    """All audits without a grade: what came of them is not said. No audit at all is an answer."""

    def lacking(good: float, unknown: float) -> bool:
        parts = Breakdown("grade", "Grade", {"good": "Good", "not_recorded": "Not recorded"})
        audits = replace(AUDITS, breakdowns=(parts,))
        rows = [
            Figure("monitoring.audits", "2020-21", good, "grade", "good"),
            Figure("monitoring.audits", "2020-21", unknown, "grade", "not_recorded"),
        ]
        figures = Figures.collect(rows, Registry.of((audits,), ()), authority="somewhere")
        found = {each.item.key: each for each in checklist(figures, YEAR, ())}["audits"]
        return "outcomes of audits" in found.lacking

    assert lacking(0, 3)
    assert not lacking(2, 1)
    assert not lacking(0, 0)


def test_every_part_names_figures_that_answer_its_item() -> None:
    """Measures are registered for the item, and have the breakdown."""
    for item in handbook.items():
        for part in item.parts:
            for measure, breakdown in part.figures:
                known = REAL.measures[measure]
                assert item.key in known.handbook
                assert not breakdown or known.breakdown(breakdown)


def test_what_is_not_recorded_is_a_gap() -> None:
    """Neither another section's narrative nor a figure without a value answers."""
    missing = Figure("monitoring.audits", "2020-21", status=Status.NOT_RECORDED)
    assert not answer(missing, written=("service",))
    figures = Figures.collect([missing], Registry.of((AUDITS, GRADES), ()), authority="somewhere")
    assert "audits" in [gap.item.key for gap in gaps(checklist(figures, YEAR, ()))]
