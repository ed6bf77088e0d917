"""Thousands of damaged folders: each is read, or refused in plain words, and soon."""

from __future__ import annotations

import time
import warnings
from collections import Counter
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from mutations import DAMAGES, IDENTIFIER, SEEDS, Files, base, damaged, place
from plain_records import SLUG

from irostats import parameters
from irostats.errors import IrostatsError
from irostats.records import Records, load
from whole_reports import TEST_ALL

LONGEST = 60.0
"""Seconds that no folder may take, whatever is in it and however busy the machine."""
EXAMPLES = 4_000 if TEST_ALL else 100


def read(files: Files, year: str, folder: Path) -> Records | IrostatsError:
    """What irostats makes of an authority's files; anything but an answer fails the test."""
    place(files, folder)
    begun = time.monotonic()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found: Records | IrostatsError = load(parameters.make(SLUG, year, data=folder))
    except IrostatsError as error:
        found = error
    assert time.monotonic() - begun < LONGEST
    return found


def told(found: Records | IrostatsError) -> str:
    """Everything that an analyst is shown of it."""
    if isinstance(found, IrostatsError):
        return str(found)
    return "\n".join(map(str, found.issues))


@pytest.mark.timeout(14_400 if TEST_ALL else 900)
def test_whatever_is_damaged_ends_in_tables_or_in_a_message(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """No traceback, no warning, no hang, and no child's identifier in what is said."""
    ends: Counter[str] = Counter()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=not TEST_ALL,
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(SEEDS), st.integers(0, 2**32 - 1))
    def ends_well(seed: int, damage: int) -> None:
        year, files = base(seed)
        broken, _ = damaged(Random(damage), files)
        found = read(broken, str(year), tmp_path_factory.mktemp("fuzz"))
        text = told(found)
        assert not IDENTIFIER.search(text), text
        assert len(text) < 100_000
        ends[type(found).__name__] += 1

    ends_well()
    assert ends["Records"] > EXAMPLES // 10
    assert len(ends) > 1


def _same(one: Records, other: Records) -> None:
    """The same rows, whatever their order, file and line.

    Of a row that was sent in two versions the last counts, and an issue names both.
    """
    if any(issue.rule == "sent-differently" for issue in one.issues):
        assert any(issue.rule == "sent-differently" for issue in other.issues)
        return
    for kept, read_ in ((one.tables, other.tables), (one.service.tables, other.service.tables)):
        assert kept.keys() == read_.keys()
        for name in kept:
            assert _rows(kept[name]) == _rows(read_[name]), name
    assert (one.sent, one.service.years, one.service.unusable) == (
        other.sent, other.service.years, other.service.unusable
    )  # fmt: skip


def _rows(frame: pd.DataFrame) -> Counter[str]:
    plain = frame.drop(columns=[name for name in ("FILE", "LINE") if name in frame])
    return Counter(map(str, plain.astype(str).itertuples(index=False, name=None)))


def _shuffled(dice: Random, files: Files) -> Files:
    """Rows and columns in another order, and files under other names."""
    found = {}
    for name, data in files.items():
        if name.count("/") != 2:
            found[name] = data
            continue
        rows = [line.split(b",") for line in data.rstrip(b"\n").split(b"\n")]
        order = dice.sample(range(len(rows[0])), len(rows[0]))
        moved = [b",".join(row[at] for at in order) for row in rows]
        body = dice.sample(moved[1:], len(moved) - 1)
        place_ = name
        if "/ssda903/" in name:
            folder, _, rest = name.rpartition("/")
            place_ = f"{folder}/{dice.randrange(10**9)} {rest}"
        found[place_] = b"\n".join((moved[0], *body)) + b"\n"
    return found


@pytest.mark.parametrize("number", range(60 if TEST_ALL else 4))
def test_order_says_nothing(number: int, tmp_path: Path) -> None:
    """Rows, columns and files of a return in another order are the same return."""
    year, files = base(SEEDS[number % len(SEEDS)])
    plain = read(files, str(year), tmp_path / "a")
    other = read(_shuffled(Random(number), files), str(year), tmp_path / "b")
    assert isinstance(plain, Records)
    assert isinstance(other, Records)
    _same(plain, other)


@pytest.mark.parametrize("number", range(60 if TEST_ALL else 4))
def test_what_is_sent_twice_counts_once(number: int, tmp_path: Path) -> None:
    """A return's file, or one of its rows, that is there again changes nothing."""
    dice = Random(number)
    year, files = base(SEEDS[number % len(SEEDS)])
    twice = dict(files)
    for name in [name for name in files if "/ssda903/" in name]:
        folder, _, rest = name.rpartition("/")
        if dice.random() < 0.5:
            twice[f"{folder}/sub/{rest}"] = files[name]
        elif len(rows := files[name].rstrip(b"\n").split(b"\n")) > 1:
            twice[name] = files[name] + dice.choice(rows[1:]) + b"\n"
    plain, other = read(files, str(year), tmp_path / "a"), read(twice, str(year), tmp_path / "b")
    assert isinstance(plain, Records)
    assert isinstance(other, Records)
    _same(plain, other)


CELL = b"?!"
"""What no column of a return or of a service table can mean."""


@pytest.mark.parametrize("number", range(400 if TEST_ALL else 16))
def test_a_damaged_cell_is_told_by_file_and_line_or_changes_nothing_else(
    number: int, tmp_path: Path
) -> None:
    """Every other row stays as it was; if this one does not, an issue names its line."""
    dice = Random(number)
    year, files = base(SEEDS[number % len(SEEDS)])
    filled = [name for name in files if name.count("/") == 2 and files[name].count(b"\n") > 1]
    name = dice.choice(sorted(filled))
    rows = [line.split(b",") for line in files[name].rstrip(b"\n").split(b"\n")]
    line, column = dice.randrange(1, len(rows)), dice.randrange(len(rows[0]))
    heading = rows[0][column].decode()
    rows[line][column] = CELL
    broken = files | {name: b"\n".join(map(b",".join, rows)) + b"\n"}
    plain, other = read(files, str(year), tmp_path / "a"), read(broken, str(year), tmp_path / "b")
    assert isinstance(plain, Records)
    if isinstance(other, IrostatsError):
        return
    named = any(
        issue.file == name and line + 1 in issue.lines and issue not in plain.issues
        for issue in other.issues
    )
    changed = False
    for kept, found in ((plain.tables, other.tables), (plain.service.tables, other.service.tables)):
        for table in kept:
            before, after = _rows(kept[table]), _rows(found.get(table, kept[table].iloc[:0]))
            gone, new = before - after, after - before
            changed = changed or bool(gone or new)
            free = heading in ("CHILD", "child_id", "id") or table not in name
            assert free or sum(gone.values()) <= 1, (table, heading)
    free_text = any(CELL.decode() in str(row) for row in _new(plain, other))
    assert named or free_text or not changed, (name, heading, line + 1)


def _new(plain: Records, other: Records) -> list[str]:
    """Rows of a damaged authority that the sound one has not."""
    new: list[str] = []
    for kept, found in ((plain.tables, other.tables), (plain.service.tables, other.service.tables)):
        for table in found:
            new += _rows(found[table]) - _rows(kept[table])
    return new


def test_each_damage_is_done() -> None:
    """The damages are not all one, and do damage."""
    year, files = base(SEEDS[0])
    del year
    for damage in DAMAGES:
        changed = 0
        for number in range(30):
            dice, found = Random(number), dict(files)
            damage(dice, found, dice.choice(sorted(found)))
            changed += found != files
        assert changed > 3, damage.__name__
