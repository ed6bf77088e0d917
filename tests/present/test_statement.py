"""The accessibility statement says whom to ask; a chart refers to no table that is not there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_up_figures import AUTHORITY, view

from irostats import present
from irostats.present import Chart
from irostats.render.notebooks import publishable
from irostats.settings import Accessibility
from report_samples import chart_cell, notebook


@pytest.mark.parametrize(
    ("contact", "synthetic", "said"),
    [
        ("", False, "Contact "),
        ("the team, a_b@example.org", False, r"a\_b\@example.org"),
        ("the team", True, "the team, is made up as well"),
        ("", True, "synthetic"),
    ],
)
def test_the_statement_says_whom_to_ask(contact: str, synthetic: bool, said: str) -> None:
    """The post in the settings, else the council; of a sample, that nobody can answer."""
    authority = replace(AUTHORITY, accessibility=Accessibility(contact))
    shown = replace(view(2, authority=authority), synthetic=synthetic)
    assert said in present.variables(shown)["report"]["contact"]


def test_a_chart_says_where_its_numbers_are() -> None:
    """In a table of the report where there is one, and in the file of figures."""
    trend, flow = (present.chart(view(4), name) for name in ("profile-trend", "profile-flow"))
    assert isinstance(trend, Chart)
    assert isinstance(flow, Chart)
    assert "@tbl-profile-number" in trend.numbers
    assert "@tbl" not in flow.numbers


def test_a_table_that_a_document_leaves_out_is_not_referred_to() -> None:
    """A council's own document may show the chart alone."""
    cell = chart_cell("fig-a")
    cell["outputs"][0]["metadata"]["irostats"]["note"] = "Its numbers: @tbl-a, and the file."
    for shown, said in (({"fig-a", "tbl-a"}, "@tbl-a, and the file"), ({"fig-a"}, ": the file")):
        (made,) = publishable(notebook(cell), [shown])["cells"]
        assert said in made["metadata"]["note"]
