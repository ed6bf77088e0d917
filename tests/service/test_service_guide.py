"""The guide describes the service tables that there are, and the words that they know."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path

from irostats.service import TABLES, Column, ServiceTable
from irostats.service.wordings import COLUMNS
from irostats.service.workbooks import SUFFIXES

GUIDE = (Path(__file__).parents[2] / "docs" / "guide.md").read_text(encoding="utf-8")
LINES = GUIDE.splitlines()


def described(name: str, column: Column) -> str:
    """A column as the guide prints it: what it cannot do without is bold."""
    choices = f" ({', '.join(column.choices)})" if column.choices else ""
    return f"**{name}**{choices}" if column.needed else f"{name}{choices}"


def line(name: str, table: ServiceTable) -> str:
    """A table as the guide prints it."""
    columns = ", ".join(described(key, column) for key, column in table.columns.items())
    without = table.prints.removesuffix(" prints").removesuffix(" print")
    return f"| `{name}` | {columns} | {without} |"


def test_the_guide_has_a_line_for_every_service_table() -> None:
    """In order, with each column; if this fails, put these lines into the guide's table."""
    expected = [line(name, table) for name, table in TABLES.items()]
    found = [text for text in LINES if text.startswith("| `") and text.split("`")[1] in TABLES]
    assert found == expected, "\n".join(expected)


def test_the_guide_has_the_words_for_free_text() -> None:
    """The first wording of each category, for the columns whose guide sends people there."""
    text = (resources.files("irostats.service") / "wordings.toml").read_text(encoding="utf-8")
    lists = tomllib.loads(text)
    guided = {
        free.list
        for free in COLUMNS
        if "in the words of the guide" in TABLES[free.table].columns[free.column].guide
    }
    assert guided == {"theme", "outcome", "late_reason"}
    for name in guided:
        words = "; ".join(wordings[0] for wordings in lists[name].values())
        assert words in " ".join(GUIDE.split()), words


def test_the_guide_names_every_kind_of_workbook() -> None:
    """By its suffix."""
    for suffix in SUFFIXES:
        assert f"`{suffix}`" in GUIDE
