"""The committed notebooks: parameters, one line an item, every item once."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from irostats import present

ROOT = Path(__file__).resolve().parents[2]
SECTIONS = tuple(section.__name__.rpartition(".")[2] for section in present.SECTIONS)
CELL = re.compile(
    r"#\| label: (?P<prefix>tbl-|fig-|)(?P<label>[a-z-]+)\n"
    r'report\.(?P<kind>[a-z]+)\("(?P<name>.+)"\)'
)
PREFIX = {"table": "tbl-", "chart": "fig-", "sentence": ""}


def code_cells(section: str) -> list[dict[str, Any]]:
    """The code cells of a notebook, each with its source joined."""
    text = (ROOT / "notebooks" / f"{section}.ipynb").read_text(encoding="utf-8")
    cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    return [{**cell, "source": "".join(cell["source"])} for cell in cells]


def items(section: str) -> list[tuple[str, str]]:
    """Kind and name of each item of a notebook, from its cells of one line."""
    found = []
    for cell in code_cells(section)[2:]:
        match = CELL.fullmatch(cell["source"])
        assert match, cell["source"]
        assert match["prefix"] == PREFIX[match["kind"]]
        assert match["label"] == match["name"]
        found.append((match["kind"], match["name"]))
    return found


@pytest.mark.parametrize("section", SECTIONS)
def test_a_notebook_starts_with_typed_parameters_and_one_call(section: str) -> None:
    """The same parameters in each, tagged, then ``irostats.open``, and no logic anywhere."""
    parameters, opening, *_ = code_cells(section)
    assert parameters["metadata"]["tags"] == ["parameters"]
    lines = parameters["source"].splitlines()
    assert [line.split(":")[0] for line in lines] == ["authority", "year", "audience", "data"]
    assert all(re.fullmatch(r'\w+: str = ".*"  # .+', line) for line in lines)
    assert opening["source"].splitlines()[-2:] == [
        "report = irostats.open(authority, year, audience=audience, data=data)",
        "report",
    ]


def test_every_table_chart_and_sentence_stands_in_one_notebook() -> None:
    """Nothing that can be shown is left out, and nothing is shown twice."""
    shown = [item for section in SECTIONS for item in items(section)]
    assert len(shown) == len(set(shown))
    assert set(shown) == {(kind, name) for kind, names in present.names().items() for name in names}


@pytest.mark.parametrize("section", SECTIONS)
def test_an_item_is_named_after_its_section(section: str) -> None:
    """Whoever finds one finds the others."""
    assert all(name.startswith(f"{section}-") for _, name in items(section))
