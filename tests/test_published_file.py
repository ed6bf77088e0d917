"""published.csv: what was published, to compare with."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from irostats.errors import SettingsError
from irostats.measures import REGISTRY
from irostats.published import read_published

HEADING = "measure,breakdown,category,published,source,reason\n"


def read(folder: Path, text: str) -> tuple[object, ...]:
    path = folder / "published.csv"
    path.write_text(HEADING + text, encoding="utf-8")
    return read_published(path, REGISTRY)


def test_decimals_are_those_that_were_printed(tmp_path: Path) -> None:
    """97.5 is compared at one decimal, 1,021 as a whole number."""
    found = read_published(tmp_path / "none.csv", REGISTRY)
    assert found == ()
    path = tmp_path / "published.csv"
    path.write_text(
        HEADING + 'reviews.on_time_percent,,,97.5,Paper,\nreviews.held,,,"1,021",Paper,\n',
        encoding="utf-8",
    )
    one, two = read_published(path, REGISTRY)
    assert (one.value, one.decimals) == (Decimal("97.5"), 1)
    assert (two.value, two.decimals) == (Decimal(1021), 0)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("reviews.hold,,,3,Paper,\n", "Did you mean 'reviews.held'"),
        ("reviews.held,sequence,frist,3,Paper,\n", "Did you mean 'first'"),
        ("reviews.held,,,many,Paper,\n", "line 2: 'many' is not a number"),
    ],
)
def test_what_cannot_be_compared_is_an_error_with_its_line(
    tmp_path: Path, row: str, message: str
) -> None:
    """A misspelt measure would otherwise never be compared."""
    with pytest.raises(SettingsError, match=message):
        read(tmp_path, row)
