"""Why figures moved: causes by example, counted by hand, and shares that always add up."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_builds import ANN, BEFORE, BEN, CHILDREN, altered, build, find, with_review, write

from irostats.calendar import ReportingYear
from irostats.differences.builds import Build
from irostats.differences.causes import MOST, grouped, shapley
from irostats.differences.compare import Difference, compare
from irostats.differences.inputs import Part
from irostats.differences.mixing import RULES
from small_authority import Child

DAYS = '[rules]\ninterval = "91_183_days"\n'
LATE_BY_MONTHS = with_review(BEN, d02_03_2021="PN1")
"""Held one day after six calendar months, and one day before 183 days are over."""


def shares(difference: Difference, measure: str, category: str = "", year: str = "") -> Any:
    """The share of each cause in the movement of a figure."""
    found = find(difference.moved, measure, category, year)
    return dict(difference.why[found.key].shares)


def compared(tmp_path: Path, a: Path, b: Path) -> Difference:
    """The difference of two builds of these inputs."""
    first, second = build(a, tmp_path / "one"), build(b, tmp_path / "other")
    return compare(first, second, a, b)


def test_equal_builds_do_not_differ(tmp_path: Path) -> None:
    """Nothing moved, nothing differs, nothing is to be done."""
    data = write(tmp_path / "data")
    found = compared(tmp_path, data, data)
    assert (found.moved, found.causes, found.rows, found.settings, found.notes) == ((),) * 5


def test_a_review_added_moves_reviews_held_by_one(tmp_path: Path) -> None:
    """It is the only cause, so that nothing need be computed again."""
    a, b = write(tmp_path / "a"), write(tmp_path / "b", [ANN, LATE_BY_MONTHS])
    found = compared(tmp_path, a, b)
    assert found.causes == ("Reviews",)
    assert shares(found, "reviews.held") == {"Reviews": 1}
    (rows,) = found.rows
    assert (rows.table, rows.added, rows.removed, rows.changed) == ("reviews", 1, 0, 0)


def test_a_setting_changed_is_the_cause(tmp_path: Path) -> None:
    """The same review is late by calendar months and on time by days."""
    children = [ANN, LATE_BY_MONTHS]
    a, b = write(tmp_path / "a", children), write(tmp_path / "b", children, settings=DAYS)
    found = compared(tmp_path, a, b)
    assert found.causes == ("[rules]",)
    assert shares(found, "reviews.on_time") == {"[rules]": 1}
    (setting,) = found.settings
    assert (setting.name, setting.a, setting.b) == (
        "[rules] interval",
        "calendar_months",
        "91_183_days",
    )


def test_settings_changed_in_the_same_folder_are_taken_from_the_builds(tmp_path: Path) -> None:
    """The first build's settings are no longer in authority.toml, but in its provenance."""
    data = write(tmp_path / "data", [ANN, LATE_BY_MONTHS])
    first = build(data, tmp_path / "one")
    write(data, [with_review(ANN, d10_03_2021="PN1"), LATE_BY_MONTHS], settings=DAYS)
    second = build(data, tmp_path / "other")
    write(tmp_path / "kept", [ANN, LATE_BY_MONTHS], settings=DAYS)
    found = compare(first, second, tmp_path / "kept", data)
    assert shares(found, "reviews.held") == {"Reviews": 1}
    assert shares(found, "reviews.on_time") == {"Reviews": 1, "[rules]": 1}


def test_an_earlier_year_revised_moves_that_year_and_what_follows_from_it(tmp_path: Path) -> None:
    """A review that last year's return lacked: one more held then; this year's one on time."""
    lacking = replace(BEN, reviews={k: v for k, v in BEN.reviews.items() if k != "02/03/2020"})
    a = write(tmp_path / "a", CHILDREN, [ANN, lacking])
    b = write(tmp_path / "b", CHILDREN, CHILDREN)
    found = compared(tmp_path, a, b)
    assert found.causes == (f"return of {BEFORE}",)
    assert find(found.moved, "reviews.held", year=BEFORE).by == 1
    assert find(found.moved, "reviews.on_time").by == 1
    assert not [
        f for f in found.moved if f.cell == ("reviews.held", "total", "total") and not f.year
    ]


def test_two_causes_that_need_each_other_share_alike(tmp_path: Path) -> None:
    """A review of a child without an episode does not count, nor does an episode without review."""
    third = Child("SECRET3", "01/10/2020", born="03/03/2012", reviews={"20/10/2020": "PN1"})
    a, b = write(tmp_path / "a"), write(tmp_path / "b", [*CHILDREN, third], CHILDREN)
    found = compared(tmp_path, a, b)
    assert found.causes == ("Header", "Episodes", "Reviews")
    half = Fraction(1, 2)
    assert shares(found, "reviews.held") == {"Episodes": half, "Reviews": half}
    assert shares(found, "profile.looked_after") == {"Episodes": 1}


def test_two_causes_that_follow_one_another(tmp_path: Path) -> None:
    """A review added that is late by the first rule: on time by the second."""
    a, b = write(tmp_path / "a"), write(tmp_path / "b", [ANN, LATE_BY_MONTHS], settings=DAYS)
    found = compared(tmp_path, a, b)
    assert found.causes == ("Reviews", "[rules]")
    assert shares(found, "reviews.held") == {"Reviews": 1}
    assert shares(found, "reviews.on_time") == {
        "Reviews": Fraction(1, 2),
        "[rules]": Fraction(1, 2),
    }


def _computed_otherwise(made: Build, measure: str, more: int) -> Build:
    """The build as another version of irostats would have made it."""
    frame = made.figures.copy()
    own = (frame["measure"] == measure) & (frame["period"] == str(made.year))
    frame.loc[own & (frame["breakdown"] == "total"), "value"] += more
    path = made.folder / "figures-OFFICIAL-SENSITIVE.csv"
    frame.to_csv(path, index=False)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()

    def other(said: dict[str, Any]) -> None:
        said["outputs"][path.name] = digest
        said["code"] = {"version": "0.0.9", "sha256": "0" * 64}

    return altered(made, other)


def test_what_inputs_do_not_explain_is_the_code_version(tmp_path: Path) -> None:
    """The first build counted two reviews too many; the second has one more, so one less."""
    a, b = write(tmp_path / "a"), write(tmp_path / "b", [ANN, LATE_BY_MONTHS])
    first = _computed_otherwise(build(a, tmp_path / "one"), "reviews.held", 2)
    found = compare(first, build(b, tmp_path / "other"), a, b)
    assert found.causes == ("Reviews", "code version")
    assert shares(found, "reviews.held") == {"Reviews": 1, "code version": -2}
    assert ("irostats", "0.0.9 (000000000000)") in [(s.name, s.a) for s in found.settings]


def test_two_years_are_compared_year_against_year(tmp_path: Path) -> None:
    """Five reviews against three; and last year's figures as both hold them, here the same."""
    data = write(tmp_path / "data")
    first, second = build(data, tmp_path / "one", BEFORE), build(data, tmp_path / "other")
    found = compare(first, second, data, data)
    held = find(found.moved, "reviews.held")
    assert held.a is not None
    assert held.b is not None
    assert (held.a.value, held.b.value, held.a.period, held.b.period) == (6, 3, BEFORE, "2020-21")
    assert found.causes == (f"returns since {BEFORE}",)
    assert not [figure for figure in found.moved if figure.year]


def test_a_later_return_and_a_revision_are_told_apart(tmp_path: Path) -> None:
    """Last year's figures moved by its own return's revision, this year's by both."""
    lacking = replace(BEN, reviews={k: v for k, v in BEN.reviews.items() if k != "02/03/2020"})
    a = write(tmp_path / "a", CHILDREN, [ANN, lacking])
    b = write(tmp_path / "b", CHILDREN, CHILDREN)
    first, second = build(a, tmp_path / "one", BEFORE), build(b, tmp_path / "other")
    found = compare(first, second, a, b)
    assert found.causes == (f"return of {BEFORE}", f"returns since {BEFORE}")
    assert shares(found, "reviews.held", year=BEFORE) == {f"return of {BEFORE}": 1}
    # Five then, without the one that was sent later; three now, whatever was sent of then.
    half = Fraction(1, 2)
    assert shares(found, "reviews.held") == {
        f"return of {BEFORE}": half,
        f"returns since {BEFORE}": -2 - half,
    }


def test_many_causes_are_taken_together_service_tables_first() -> None:
    """At most four, so that figures are computed at most sixteen times."""
    own: list[Part] = [("return", "2020-21", name) for name in ("header", "episodes", "reviews")]
    service: list[Part] = [("service", "2020-21", name) for name in ("alerts", "disputes")]
    assert [c.label for c in grouped([*own, RULES], "2020-21", "")] == [
        "Header",
        "Episodes",
        "Reviews",
        "[rules]",
    ]
    assert [c.label for c in grouped([*own, *service], "2020-21", "")][-1] == "service tables"
    every = [*own, *service, ("return", BEFORE, "reviews"), RULES]
    found = grouped(every, "2020-21", "")
    assert [cause.label for cause in found] == [
        "this year's return",
        "service tables",
        f"return of {BEFORE}",
        "[rules]",
    ]
    assert len(found) == MOST
    assert frozenset().union(*(cause.parts for cause in found)) == frozenset(every)


numbers = st.integers(-1000, 1000).map(lambda number: Fraction(number, 7))


@given(st.integers(0, 4).flatmap(lambda n: st.lists(numbers, min_size=2**n, max_size=2**n)))
def test_shares_add_up_exactly(values: Sequence[Fraction]) -> None:
    """Whatever the causes do together."""
    assert sum(shapley(values), Fraction(0)) == values[-1] - values[0]


@given(numbers, st.lists(numbers, min_size=3, max_size=3))
def test_causes_that_do_not_interact_have_their_own_effect(
    start: Fraction, effects: Sequence[Fraction]
) -> None:
    """A cause that does nothing has no share."""
    values = [
        start + sum((e for i, e in enumerate(effects) if at >> i & 1), Fraction(0))
        for at in range(8)
    ]
    assert list(shapley(values)) == list(effects)


CHANGES: dict[str, Callable[[Child], Child]] = {
    "review added": lambda c: with_review(c, d10_03_2021="PN1"),
    "code changed": lambda c: replace(c, reviews=dict.fromkeys(c.reviews, "PN4")),
    "left": lambda c: replace(c, end="30/11/2020"),
    "born": lambda c: replace(c, born="01/01/2016"),
    "earlier review": lambda c: with_review(c, d01_11_2019="PN1"),
}


@settings(max_examples=5)
@given(
    st.lists(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=3, unique=True),
    st.lists(st.sampled_from(sorted(CHANGES)), max_size=2, unique=True),
    st.booleans(),
)
def test_shares_add_up_to_every_movement(
    tmp_path_factory: pytest.TempPathFactory, first: list[str], second: list[str], rules: bool
) -> None:
    """In builds of inputs that differ in any of these ways at once."""
    folder = tmp_path_factory.mktemp("changed")
    changed = []
    for child, names in ((ANN, first), (BEN, second)):
        for name in names:
            child = CHANGES[name](child)
        changed.append(child)
    found = compared(
        folder,
        write(folder / "a"),
        write(folder / "b", changed, settings=DAYS if rules else ""),
    )
    assert found.moved
    for figure in found.moved:
        why = found.why[figure.key]
        if figure.by is not None and why.shares:
            assert figure.a is not None
            assert figure.b is not None
            total = Fraction(figure.b.value) - Fraction(figure.a.value)
            assert sum((share for _, share in why.shares), Fraction(0)) == total
        else:
            assert why.involved


def test_inputs_of_a_build_survive_json(tmp_path: Path) -> None:
    """A build read again is what was built: year, settings with dates, files."""
    data = write(tmp_path / "data", settings="[rules]\nextra_holidays = [2020-05-26]\n")
    made = build(data, tmp_path / "one")
    assert made.year == ReportingYear(2021)
    assert [f"{day:%d/%m/%Y}" for day in made.authority.rules.extra_holidays] == ["26/05/2020"]
    assert json.loads((made.folder / "provenance.json").read_text())["population"] == {}
    assert {file.tables for file in made.inputs if file.kind == "return"} >= {"header", "reviews"}
