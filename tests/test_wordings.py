"""Free text of service tables is read by the list, and the shipped tables need nothing else."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from irostats.calendar import ReportingYear
from irostats.service import read_service, stack_service, unknown_wordings
from irostats.service.wordings import DISPUTE_THEMES, OUTCOMES, STAFF_ETHNICITY, parts

DATA = Path(__file__).parents[1] / "data"
LATEST = (
    ("bath-and-north-east-somerset", 2019),
    ("central-bedfordshire", 2012),
    ("lancashire", 2019),
    ("peterborough", 2021),
    ("york", 2019),
)


@pytest.mark.parametrize(("authority", "end"), LATEST)
def test_the_shipped_tables_use_words_of_the_list(authority: str, end: int) -> None:
    """No row of a sample counts as other because the list lacks its wording."""
    year = ReportingYear(end)
    folder = DATA / authority / str(year) / "service"
    read = stack_service([read_service(folder, year=year, relative_to=DATA)])
    assert unknown_wordings(read.tables) == []


def test_a_cell_may_hold_several_themes() -> None:
    """Capitals and punctuation do not matter; a stray semicolon makes no theme."""
    rows = pd.DataFrame({"themes": ["PEP; drift/delay;", "Drift, delay", None, ";", "x;placement"]})
    read = parts(rows.astype("string"), DISPUTE_THEMES)
    assert list(zip(read.index, read, strict=True)) == [
        (0, "education"),
        (0, "other"),
        (1, "other"),
        (2, "not_recorded"),
        (3, "not_recorded"),
        (4, "other"),
        (4, "placement"),
    ]


def test_outcomes_are_one_a_cell_and_ethnicities_are_codes_or_words() -> None:
    """A semicolon parts no outcome; refused and unknown ethnicities are not recorded."""
    outcome = pd.DataFrame({"outcome": ["No change; reasons accepted", "", "withdrawn"]})
    assert [*parts(outcome.astype("string"), OUTCOMES)] == [
        "no_change",
        "not_recorded",
        "withdrawn",
    ]
    ethnic = pd.DataFrame({"ethnicity": ["wbri", "CHNE", "REFU", "Asian", "Martian"]})
    assert [*parts(ethnic.astype("string"), STAFF_ETHNICITY)] == [
        "white",
        "asian",
        "not_recorded",
        "asian",
        "not_recorded",
    ]
