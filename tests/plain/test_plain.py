"""Every figure is what its definition says, plainly counted, in thousands of random authorities."""

from __future__ import annotations

import importlib
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from authorities import LAST_YEARS, Plain, authorities, made
from comparing import differences, shown, smallest
from hypothesis import HealthCheck, Phase, given, settings
from plain_records import SLUG, records, write

from irostats import measures, parameters
from irostats.calendar import ReportingYear
from irostats.derive import derive
from irostats.records import load
from whole_reports import TEST_ALL

SECTIONS = {
    "children": ("profile", "placements", "health", "permanence", "leavers"),
    "service": (
        "reviews",
        "participation",
        "monitoring",
        "service",
        "challenge",
        "priorities",
    ),
}
"""Those whose inputs are much the same, so that one authority serves all."""


@pytest.mark.timeout(14_400 if TEST_ALL else 1_200)
@pytest.mark.parametrize("sections", SECTIONS.values(), ids=SECTIONS)
def test_every_figure_is_what_its_definition_says(sections: tuple[str, ...]) -> None:
    """Value, numerator, denominator and reason, of every category and year."""

    # A failure is made smaller here, by taking rows away: sooner than by drawing again.
    @settings(
        max_examples=3_000 if TEST_ALL else 50,
        deadline=None,
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(authorities())
    def agree(plain: Plain) -> None:
        derived = derive(records(plain))
        for section in sections:
            if differences(section, plain, derived):
                _explain(section, plain)

    agree()


def _explain(section: str, plain: Plain) -> None:
    least = smallest(plain, lambda smaller: bool(differences(section, smaller)))
    told = "\n".join(sorted(differences(section, least)))
    pytest.fail(f"{told}\n\nin the authority\n{shown(least)}")


def one(number: int) -> Plain:
    """The same authority every time."""
    dice = Random(number)
    last = dice.choice(LAST_YEARS)
    years = tuple(range(last - dice.randrange(3), last + 1))
    seeds = [dice.getrandbits(32) for _ in range(dice.randrange(13))]
    return made(years, seeds, dice.getrandbits(32), {})


@pytest.mark.parametrize("number", range(4))
def test_records_in_memory_give_the_figures_of_the_files(number: int, tmp_path: Path) -> None:
    """So that what holds of records made without a file holds of a council's folder."""
    plain = one(number)
    write(plain, tmp_path)
    read = load(parameters.make(SLUG, str(ReportingYear(plain.last)), data=tmp_path))
    from_files = measures.measure(derive(read)).frame()
    assert from_files.equals(measures.measure(derive(records(plain))).frame())


NEVER = {("reviews.not_assessable", "sequence", which) for which in ("first", "second")}
"""Which review it is is known only where care began in use, and then so is its due date."""


@pytest.mark.parametrize("sections", SECTIONS.values(), ids=SECTIONS)
def test_random_authorities_reach_every_cell(sections: tuple[str, ...]) -> None:
    """No category is compared at nought only; of the few teams that are shown, one will do."""
    seen: dict[tuple[str, str, str], bool] = {}
    for number in range(300):
        plain = one(number)
        for section in sections:
            figures = importlib.import_module(f"plain_{section}").figures
            for end in plain.history:
                for cell, expected in figures(plain, end).items():
                    where = ("", "", "a team") if cell[2].startswith("team_") else cell
                    seen[where] = seen.get(where, False) or bool(expected.value)
    assert {cell for cell, counted in seen.items() if not counted} <= NEVER


def test_a_difference_is_found_and_made_small() -> None:
    """An episode that irostats is not given is the one row of the smallest that differs."""

    def without_one(plain: Plain) -> Plain:
        own = plain.returned[plain.last]
        tables = {**own, "episodes": own["episodes"][:-1]}
        return replace(plain, returned={**plain.returned, plain.last: tables})

    def found(plain: Plain) -> bool:
        return bool(differences("profile", plain, derive(records(without_one(plain)))))

    few = (made((2021,), [number], number, {}) for number in range(50))
    plain = next(plain for plain in few if found(plain))
    least = smallest(plain, found)
    assert sum(len(rows) for tables in least.returned.values() for rows in tables.values()) == 1
