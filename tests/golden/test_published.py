"""Every published figure against its recomputation from the shipped returns."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from pathlib import Path

import pytest
from golden_table import AUTHORITY_YEARS, EXCEPTIONS, PUBLISHED, Published, read
from recompute import compute, round_half_up
from recompute_returns import DATA

MET = [figure for figure in PUBLISHED if figure.key not in EXCEPTIONS]
NOT_MET = [figure for figure in PUBLISHED if figure.key in EXCEPTIONS]


@pytest.mark.parametrize(("authority", "year"), AUTHORITY_YEARS)
def test_every_authority_year_is_shipped(authority: str, year: str) -> None:
    """The return of each of the 18 authority-years lies in its folder."""
    folder = DATA / authority / year / "ssda903"
    assert list(folder.glob("*.csv")), f"no shipped return of {authority} {year}"


@pytest.mark.parametrize("published", MET, ids=lambda figure: figure.name)
def test_published_figure_is_met(published: Published) -> None:
    """The unrounded computed value, rounded half up as published, equals what was published."""
    value = compute(published.authority, published.year, published.figure, published.category)
    assert value is not None, f"{published.name}: the shipped records do not give this figure"
    assert round_half_up(value, published.decimals) == published.value


@pytest.mark.parametrize("published", NOT_MET, ids=lambda figure: figure.name)
def test_exception_still_differs(published: Published) -> None:
    """A figure is listed as an exception only while it differs: a stale one fails."""
    value = compute(published.authority, published.year, published.figure, published.category)
    assert value is None or round_half_up(value, published.decimals) != published.value


def test_every_exception_names_a_published_figure_and_gives_a_reason() -> None:
    """Nothing is excepted that was not published, or without saying why, or twice."""
    known = {figure.key for figure in PUBLISHED}
    assert [key for key in EXCEPTIONS if key not in known] == []
    assert [key for key, reason in EXCEPTIONS.items() if len(reason.split()) < 5] == []
    assert len(read("exceptions.csv")) == len(EXCEPTIONS)


def test_table_lists_each_figure_once_with_its_source() -> None:
    """One row a figure and value; each with a source, a shipped year and its own decimals."""
    counts = Counter(figure.key for figure in PUBLISHED)
    assert [key for key, count in counts.items() if count > 1] == []
    for figure in PUBLISHED:
        assert figure.source, figure.name
        assert (figure.authority, figure.year) in AUTHORITY_YEARS
        assert figure.value.as_tuple().exponent == -figure.decimals, figure.name
        assert figure.issue in (1, 2)


def test_recomputation_imports_the_standard_library_alone() -> None:
    """No pandas and no irostats: the golden values are computed by other means."""
    here = Path(__file__).parent
    allowed = sys.stdlib_module_names | {path.stem for path in here.glob("recompute*.py")}
    for path in here.glob("recompute*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                modules = [node.module or ""]
            else:
                continue
            assert {name.split(".")[0] for name in modules} <= allowed, path.name
