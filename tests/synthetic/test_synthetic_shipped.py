"""The shipped files: written anew byte for byte, and sound as returns."""

from __future__ import annotations

import csv
import functools
import itertools
import os
import re
from datetime import date
from pathlib import Path

import pytest

from irostats.synthetic.__main__ import main
from irostats.synthetic.blemishes import read
from irostats.synthetic.checks import check
from irostats.synthetic.plan import AUTHORITIES, load
from irostats.synthetic.readme import readme
from irostats.synthetic.returns import FIRST_COLLECTED, Rows
from irostats.synthetic.writing import NOT_MADE, Made, make

DATA = Path(__file__).parents[2] / "data"
YEARS = [
    (slug, label) for slug in AUTHORITIES for block in load(slug).blocks for label in block.years
]
TEST_ALL = os.environ.get("IROSTATS_TEST_ALL") == "1"
QUICK = AUTHORITIES if TEST_ALL else ("bath-and-north-east-somerset", "york")
every_year = pytest.mark.parametrize(("slug", "year"), YEARS)


@functools.cache
def rows(slug: str, year: str, table: str) -> Rows:
    """The rows of a shipped SSDA903 table; none of one that was not collected yet."""
    if year < FIRST_COLLECTED.get(table, ""):
        return []
    with (DATA / slug / year / "ssda903" / f"{table}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@functools.cache
def made(slug: str) -> Made:
    """One authority, made once for several tests; it must not be changed."""
    return make(load(slug))


@pytest.mark.parametrize("slug", QUICK)
def test_generator_writes_the_shipped_files_byte_for_byte(slug: str, tmp_path: Path) -> None:
    """Anyone who runs the command gets the committed files, no more and no fewer."""
    assert main(["--output", str(tmp_path), "--authority", slug]) == 0
    written = {p.relative_to(tmp_path) for p in tmp_path.rglob("*") if p.is_file()}
    # What was published, and what a committee's papers need, is kept beside the made-up tables.
    shipped = {
        path.relative_to(DATA)
        for path in (DATA / slug).rglob("*")
        if path.is_file() and path.name not in NOT_MADE
    }
    assert written == shipped
    for path in written:
        assert (tmp_path / path).read_bytes() == (DATA / path).read_bytes(), path


def test_checks_notice_a_missing_review() -> None:
    """A return with one review fewer is not as published."""
    spoilt = make(load("bath-and-north-east-somerset"))
    assert check(spoilt) == []
    reviews = spoilt.returns["2018-19"]["reviews"]
    child = next(row["CHILD"] for row in reviews if row["REVIEW_CODE"] == "PN1")
    spoilt.returns["2018-19"]["reviews"] = [row for row in reviews if row["CHILD"] != child]
    assert any("reviews_held" in text and "not 454" in text for text in check(spoilt))


def test_checks_notice_a_changed_characteristic() -> None:
    """One girl more is one too many."""
    spoilt = make(load("bath-and-north-east-somerset"))
    for row in spoilt.returns["2018-19"]["header"]:
        row["SEX"] = "2"
    assert any("sex.female" in text for text in check(spoilt))


def test_readme_lists_contradictions_exceptions_and_blemishes() -> None:
    """What does not agree, and what is not met, is written down."""
    text = readme([made("york"), made("bath-and-north-east-somerset")])
    for slug in ("york", "bath-and-north-east-somerset"):
        plan = load(slug)
        assert all(sentence in text for sentence in plan.contradictions)
        assert all(entry["reason"] in text for entry in plan.exceptions)
    assert "duplicate review 2" in text


def test_shipped_readme_covers_every_authority() -> None:
    """The committed file has a section for each."""
    text = (DATA / "README.md").read_text(encoding="utf-8")
    assert all(f"## {load(slug).authority['authority']['name']}\n" in text for slug in AUTHORITIES)


def test_blemishes_of_every_kind_are_planted() -> None:
    """Reviews spoilt, episodes overlapping, one left open: all occur, few of each."""
    planted = made("york").planted
    kinds = {kind for counts in planted.values() for kind, count in counts.items() if count}
    assert len(kinds) == 10
    assert all(sum(counts.values()) <= 20 for counts in planted.values())


def test_a_table_that_was_not_collected_yet_is_not_shipped() -> None:
    """An empty one would say that nobody was missing, and print 0."""
    folders = DATA.glob("central-bedfordshire/201[01]-1[12]/ssda903")
    names = [{path.stem for path in folder.iterdir()} for folder in folders]
    assert len(names) == 2
    assert not any(set(FIRST_COLLECTED) & found for found in names)


@every_year
def test_episodes_form_chains(slug: str, year: str) -> None:
    """An ended episode goes on where the next begins, or the care ended; blemishes apart."""
    by_child: dict[str, Rows] = {}
    for row in rows(slug, year, "episodes"):
        by_child.setdefault(row["CHILD"], []).append(row)
    broken = 0
    for chain in by_child.values():
        for one, two in itertools.pairwise(chain):
            assert read(one["DECOM"]) < read(two["DECOM"])
            if one["REC"] == "X1":
                broken += one["DEC"] != two["DECOM"]
                assert two["RNE"] != "S"
            else:
                assert one["REC"].startswith("E")
                assert two["RNE"] == "S"
        assert chain[-1]["REC"] != "X1"
        assert all(bool(row["DEC"]) == bool(row["REC"]) for row in chain)
    assert broken <= 2


@every_year
def test_reasons_for_change_stand_on_ended_moves_only(slug: str, year: str) -> None:
    """REASON_PLACE_CHANGE is given where the next episode is another placement."""
    for one, two in itertools.pairwise(rows(slug, year, "episodes")):
        moved = one["CHILD"] == two["CHILD"] and two["RNE"] in {"P", "B", "T", "U"}
        assert bool(one["REASON_PLACE_CHANGE"]) == (moved and one["REC"] == "X1")


@every_year
def test_codes_are_those_of_the_year(slug: str, year: str) -> None:
    """Special guardianship has other codes from 2018-19; providers are blank where they must be."""
    reasons = {row["REC"] for row in rows(slug, year, "episodes")}
    old, new = {"E43", "E44"}, {"E45", "E46", "E47", "E48"}
    assert not reasons & (old if year >= "2018-19" else new)
    for row in rows(slug, year, "episodes"):
        assert bool(row["PLACE_PROVIDER"]) or row["PLACE"][0] in "TZHP"
        assert (row["PLACE_PROVIDER"] == "PR0") == (row["PLACE"] == "P1")
    assert {row["SEX"] for row in rows(slug, year, "header")} == {"1", "2"}


@every_year
def test_nobody_can_be_recognised(slug: str, year: str) -> None:
    """Identifiers, pupil numbers and postcodes are ones that nobody has."""
    for row in rows(slug, year, "header"):
        assert re.fullmatch(r"SYN[A-Z]{2}\d{5}", row["CHILD"])
        assert re.fullmatch(r"[A-HJ-NP-RT-Z]999\d{9}|UN[1-5]", row["UPN"])
    for row in rows(slug, year, "episodes"):
        for column in ("HOME_POST", "PL_POST"):
            assert row[column].startswith("ZZ")


@every_year
def test_every_child_of_a_table_is_in_the_header(slug: str, year: str) -> None:
    """Only the planted reviews are of children unknown to the return."""
    known = {row["CHILD"]: row["DOB"] for row in rows(slug, year, "header")}
    for table in ("episodes", "uasc", "oc2", "oc3", "ad1", "missing", "placed_for_adoption"):
        for row in rows(slug, year, table):
            assert row["CHILD"] in known
            assert row.get("DOB", known[row["CHILD"]]) == known[row["CHILD"]]
    strangers = [r for r in rows(slug, year, "reviews") if r["CHILD"] not in known]
    assert 1 <= len(strangers) <= 3


@every_year
def test_nobody_is_looked_after_before_birth_or_past_eighteen(slug: str, year: str) -> None:
    """Care begins at birth at the earliest and ends on the eighteenth birthday."""
    born = {row["CHILD"]: read(row["DOB"]) for row in rows(slug, year, "header")}
    for row in rows(slug, year, "episodes"):
        birth = born[row["CHILD"]]
        end = read(row["DEC"]) if row["DEC"] else date(int(year[:4]) + 1, 3, 31)
        assert birth <= read(row["DECOM"])
        assert (end.year - 18, end.month, end.day) <= (birth.year, birth.month, birth.day)


@every_year
def test_looked_after_periods_do_not_touch_the_year_boundary(slug: str, year: str) -> None:
    """No placement or order changes on 31 March or 1 April, where counting rules differ."""
    for row in rows(slug, year, "episodes"):
        if row["RNE"] != "S":
            assert row["DECOM"][:5] not in {"31/03", "01/04"}


def test_an_unknown_authority_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """The command names the authorities that it knows."""
    with pytest.raises(SystemExit) as stop:
        main(["--authority", "leeds"])
    assert stop.value.code == 2
    assert "peterborough" in capsys.readouterr().err
