"""Nobody works out a hidden count from random tables: rows, columns, crossings, shares, years."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from attacker import THRESHOLD, attack

from irostats.calendar import ReportingYear
from irostats.disclosure import protect
from irostats.figures import Figure, Figures, Status
from irostats.parameters import Audience
from irostats.registry import (
    SAME,
    TOTAL,
    Breakdown,
    Count,
    MadeOf,
    Measure,
    Registry,
    Sum,
    Unit,
)
from irostats.settings import Protection
from whole_reports import TEST_ALL

ROWS = {f"r{n}": f"Row {n}" for n in range(4)}
COLUMNS = {f"c{n}": f"Column {n}" for n in range(3)}
CROSSED = {f"{row}*{column}": f"{row}, {column}" for row in ROWS for column in COLUMNS}
BY_ROW = Breakdown("row", "Row", ROWS, protect=True)
BY_COLUMN = Breakdown("column", "Column", COLUMNS, protect=True)
BY_BOTH = Breakdown("row*column", "Row and column", CROSSED, protect=True)
QUARTER = Breakdown("quarter", "Quarter", {f"q{n}": f"Q{n}" for n in range(1, 5)})


def count(name: str, *breakdowns: Breakdown, protect: bool = True) -> Measure:
    """A measure that counts children, or reviews."""
    return Measure(name, name, name, breakdowns=breakdowns, protect=protect)


def share(name: str, *breakdowns: Breakdown) -> Measure:
    """A percentage."""
    return Measure(name, name, name, Unit.PERCENT, "x", "y", breakdowns=breakdowns, protect=True)


REGISTRY = Registry.of(
    (
        count("t.children", BY_ROW, BY_COLUMN, BY_BOTH),
        share("t.children_percent", BY_ROW, BY_COLUMN),
        count("t.seen", BY_ROW),
        share("t.seen_percent", BY_ROW),
        count("t.change"),
        count("t.again"),
        count("t.reviews", BY_ROW, QUARTER, protect=False),
        count("t.late", BY_ROW, QUARTER, protect=False),
    ),
    (
        *(
            Sum(
                ("t.children", "row", row),
                tuple(("t.children", "row*column", f"{row}*{column}") for column in COLUMNS),
            )
            for row in ROWS
        ),
        *(
            Sum(
                ("t.children", "column", column),
                tuple(("t.children", "row*column", f"{row}*{column}") for row in ROWS),
            )
            for column in COLUMNS
        ),
        Sum(("t.children", TOTAL, TOTAL), (("t.again", TOTAL, TOTAL),)),
    ),
    {
        "t.children_percent": MadeOf((Count("t.children", SAME, SAME),), (Count("t.children"),)),
        "t.seen_percent": MadeOf(
            (Count("t.seen", SAME, SAME),), (Count("t.children", SAME, SAME),)
        ),
    },
    {"t.change": "t.children"},
)
YEARS = (ReportingYear(2020), ReportingYear(2021))


def made_up(dice: Random) -> Figures:
    """Two years of tables, sparse or full, whose sums all hold."""
    rows: list[Figure] = []
    before = None
    for year in YEARS:
        top = dice.choice([1, 2, 4, 8, 30])
        cells = {key: dice.choice([0, dice.randint(0, top)]) for key in CROSSED}
        rows += _year(year, cells, before, dice)
        before = sum(cells.values())
    return Figures.collect(rows, REGISTRY, authority="york")


def _year(
    year: ReportingYear, cells: dict[str, int], before: int | None, dice: Random
) -> Iterator[Figure]:
    period, total = str(year), sum(cells.values())
    by_row = {row: sum(n for key, n in cells.items() if key.startswith(row)) for row in ROWS}
    by_column = {
        column: sum(n for key, n in cells.items() if key.endswith(column)) for column in COLUMNS
    }
    seen = {row: dice.randint(0, number) for row, number in by_row.items()}
    late = {row: dice.randint(0, number) for row, number in seen.items()}

    def counts(name: str, whole: int | None, **breakdowns: dict[str, int]) -> Iterator[Figure]:
        if whole is not None:
            yield Figure(name, period, float(whole))
        for breakdown, numbers in breakdowns.items():
            for key, number in numbers.items():
                yield Figure(name, period, float(number), breakdown.replace("_", "*"), key)

    def ratios(
        name: str, breakdown: str, above: dict[str, int], below: dict[str, int]
    ) -> Iterator[Figure]:
        for key, number in above.items():
            if not below[key]:
                yield Figure(
                    name, period, breakdown=breakdown, category=key, status=Status.NOT_APPLICABLE
                )
                continue
            value = 100 * number / below[key]
            yield Figure(name, period, value, breakdown, key, float(number), float(below[key]))

    yield from counts("t.children", total, row=by_row, column=by_column, row_column=cells)
    yield from counts("t.again", total)
    yield from counts("t.seen", sum(seen.values()), row=seen)
    yield from counts("t.reviews", sum(seen.values()), row=seen, quarter=_parted(seen, dice))
    yield from counts("t.late", sum(late.values()), row=late, quarter=_parted(late, dice))
    if before is not None:
        yield from counts("t.change", total - before)
    yield from ratios("t.children_percent", "row", by_row, dict.fromkeys(ROWS, total))
    yield from ratios("t.children_percent", "column", by_column, dict.fromkeys(COLUMNS, total))
    yield from ratios("t.seen_percent", "row", seen, by_row)
    yield from ratios("t.seen_percent", TOTAL, {TOTAL: sum(seen.values())}, {TOTAL: total})


def _parted(numbers: dict[str, int], dice: Random) -> dict[str, int]:
    parts = dict.fromkeys(QUARTER.categories, 0)
    for _ in range(sum(numbers.values())):
        parts[dice.choice(list(parts))] += 1
    return parts


@pytest.mark.timeout(7_200 if TEST_ALL else 600)
def test_nobody_works_out_a_hidden_count_or_that_a_hidden_group_is_all_of_one_kind() -> None:
    """Whatever the table, each hidden count can be two numbers, and no hidden split is certain."""
    for number in range(3_000 if TEST_ALL else 40):
        figures = made_up(Random(number))
        shown = protect(figures, Protection(), Audience.PUBLIC)
        assert attack(shown, YEARS) == [], number


@pytest.mark.timeout(7_200 if TEST_ALL else 600)
@pytest.mark.parametrize("base", [5, 10])
def test_nobody_works_out_a_small_count_from_rounded_ones(base: int) -> None:
    """Sums of what is rounded, and counts that are not, leave each small count two numbers."""
    for number in range(1_000 if TEST_ALL else 10):
        figures = made_up(Random(number))
        shown = protect(figures, Protection(rounding=base), Audience.PUBLIC)
        small = frozenset(
            (*figure.cell, figure.period) for figure in figures if 1 <= figure.value <= THRESHOLD
        )
        assert attack(shown, YEARS, base=base, small=small) == [], number


def test_the_attack_works_out_what_primary_suppression_leaves() -> None:
    """Of nearly every table, so that finding nothing says something."""
    found = [
        attack(protect(made_up(Random(number)), Protection("primary"), Audience.PUBLIC), YEARS)
        for number in range(10)
    ]
    assert sum(bool(learnt) for learnt in found) > 5
    assert any("is all of" in line for learnt in found for line in learnt)
