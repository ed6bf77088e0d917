"""Whatever is wrong with the inputs, messages name rows by file and line, never by child."""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from canary_authority import YEAR, Canaries, write_canaries

import irostats
from irostats.errors import IrostatsError

Spoil = Callable[[random.Random, str], str]


def _lines(text: str) -> list[str]:
    return text.split("\n")


def _quotation(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text))
    return f'{text[:at]}"{text[at:]}'


def _comma(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text))
    return f"{text[:at]},{text[at:]}"


def _cut(chance: random.Random, text: str) -> str:
    return text[: chance.randrange(1, len(text))]


def _no_heading(chance: random.Random, text: str) -> str:
    return "\n".join(_lines(text)[1:])


def _twice(chance: random.Random, text: str) -> str:
    return text + text


def _shuffled(chance: random.Random, text: str) -> str:
    head, *rows = _lines(text)
    cells = head.split(",")
    chance.shuffle(cells)
    return "\n".join([",".join(cells), *rows])


def _semicolons(chance: random.Random, text: str) -> str:
    return text.replace(",", ";", chance.randrange(40))


def _row_as_heading(chance: random.Random, text: str) -> str:
    rows = _lines(text)
    return "\n".join([rows[1], *rows]) if len(rows) > 1 else text


def _swapped(chance: random.Random, text: str) -> str:
    return "\n".join(",".join(reversed(row.split(","))) for row in _lines(text))


SPOILT = (
    _quotation, _comma, _cut, _no_heading, _twice, _shuffled, _semicolons, _row_as_heading,
    _swapped,
)  # fmt: skip


@pytest.mark.timeout(300)
@pytest.mark.parametrize("spoil", SPOILT, ids=lambda spoil: spoil.__name__.strip("_"))
def test_no_message_about_spoilt_inputs_holds_a_canary(spoil: Spoil, tmp_path: Path) -> None:
    """Every file is spoilt at once; errors, issues and warnings are read whole."""
    canaries = write_canaries(tmp_path)
    chance = random.Random(spoil.__name__)
    home = tmp_path / "smalltown" / YEAR
    paths = sorted((*home.glob("ssda903/*.csv"), *home.glob("service/*.csv")))
    for path in paths:
        before = path.read_text(encoding="utf-8")
        path.write_text(spoil(chance, before), encoding="utf-8")
    assert _leaks(canaries, tmp_path) == []


@pytest.mark.parametrize(
    "name",
    ["authority.toml", "committee.toml", "population.csv", f"{YEAR}/published.csv"],
)
def test_no_message_about_settings_holds_a_child(name: str, tmp_path: Path) -> None:
    """A comment or a value beside the one that is wrong is not quoted."""
    canaries = write_canaries(tmp_path)
    path = tmp_path / "smalltown" / name
    path.write_text(_cut(random.Random(7), path.read_text(encoding="utf-8")), encoding="utf-8")
    assert _leaks(canaries, tmp_path) == []


def _leaks(canaries: Canaries, data: Path) -> list[str]:
    """Fields whose canaries any message holds; names of files may be told."""
    said = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            report = irostats.open("smalltown", YEAR, data=str(data))
            said += [f"{issue} {issue.message} {issue.next_step}" for issue in report.issues]
        except IrostatsError as error:
            said.append(f"{error}")
    said += [str(warning.message) for warning in caught]
    return [field for field in canaries.leaked("\n".join(said)) if "name of" not in field]
