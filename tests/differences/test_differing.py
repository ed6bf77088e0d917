"""What moved and what differs, from figures.csv, rows, files and folders: nothing of a child."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_builds import (
    ANN,
    BEFORE,
    BEN,
    CHILDREN,
    YEAR,
    altered,
    build,
    file_of,
    find,
    with_review,
    write,
)

from irostats import cli
from irostats.calendar import ReportingYear
from irostats.differences.amounts import adding_up, decimals_of, signed
from irostats.differences.builds import read_build
from irostats.differences.compare import Difference, compare
from irostats.differences.figures import moved
from irostats.differences.inputs import compared_rows
from irostats.differences.mixing import stricter
from irostats.differences.tabled import frame
from irostats.differences.telling import told
from irostats.errors import CommandError
from irostats.figures import COLUMNS
from irostats.parameters import Audience
from irostats.registry import Unit
from irostats.settings import Protection
from small_authority import Child

MORE = [ANN, with_review(BEN, d10_02_2021="PN1")]
GIRLS = [
    Child(f"SECRET{n}", "01/05/2020", born="17/05/2011", sex="2", reviews={"12/05/2020": "PN1"})
    for n in range(10, 16)
]
Captured = pytest.CaptureFixture[str]


def figures_csv(*rows: tuple[str, str, float | None, str]) -> pd.DataFrame:
    """A figures.csv of undivided counts: measure, period, value, status."""
    lines = [
        ["york", measure, "total", "total", period, value, *[None] * 4, status, "local"]
        for measure, period, value, status in rows
    ]
    made = pd.DataFrame(lines, columns=list(COLUMNS)).assign(unit="count")
    made["label"] = made["measure"]
    return made.astype({"value": "float64"})


@pytest.mark.parametrize(
    ("period", "end"), [("2020-21", 2021), ("2020-21:Q1", 2021), ("2021-03-31", 2021)]
)
def test_a_period_says_its_year(period: str, end: int) -> None:
    """A flow, a quarter of one, a stock."""
    assert ReportingYear.of_period(period) == ReportingYear(end)


def test_figures_of_one_year_are_compared_and_earlier_years_as_revisions() -> None:
    """By cell and year; a figure that one build lacks has moved, one that is equal has not."""
    a = figures_csv(("held", YEAR, 5, ""), ("held", BEFORE, 4, ""), ("left", YEAR, 1, ""))
    b = figures_csv(("held", YEAR, 7, ""), ("held", BEFORE, 3, ""), ("left", YEAR, 1, ""))
    b = pd.concat([b, figures_csv(("due", YEAR, None, "not_assessable"))], ignore_index=True)
    found = moved(a, b, ReportingYear(2021), ReportingYear(2021))
    assert [(f.cell[0], str(f.year or ""), f.by) for f in found] == [
        ("held", "", 2.0),
        ("due", "", None),
        ("held", BEFORE, -1.0),
    ]
    assert found[1].a is None


def test_years_that_only_one_build_holds_are_not_revisions() -> None:
    """A report that reaches further back has not moved for that."""
    a, b = figures_csv(("held", YEAR, 5, "")), figures_csv(("held", YEAR, 5, ""))
    b = pd.concat([b, figures_csv(("held", BEFORE, 3, ""))], ignore_index=True)
    assert moved(a, b, ReportingYear(2021), ReportingYear(2021)) == []


def test_a_reason_for_no_number_can_move_too() -> None:
    """From not recorded to a number there is no amount; from c to c there is no movement."""
    a = figures_csv(("held", YEAR, None, "not_recorded"), ("left", YEAR, None, "c"))
    b = figures_csv(("held", YEAR, 5, ""), ("left", YEAR, None, "c"))
    (found,) = moved(a, b, ReportingYear(2021), ReportingYear(2021))
    assert (found.cell[0], found.by, found.hidden) == ("held", None, False)


def rows(*cells: tuple[str, int, str]) -> pd.DataFrame:
    """A table of child, day in May 2020 and code."""
    days = [date(2020, 5, day) for _, day, _ in cells]
    return pd.DataFrame(
        {
            "CHILD": pd.Series([child for child, _, _ in cells], dtype="string"),
            "DAY": pd.to_datetime(pd.Series(days, dtype=object)),
            "CODE": pd.Series([code or None for _, _, code in cells], dtype="string"),
        }
    )


@pytest.mark.parametrize(
    ("a", "b", "counts"),
    [
        ([], [], (0, 0, 0)),
        ([("x", 1, "p")], [("x", 1, "p")], (0, 0, 0)),
        ([("x", 1, "p"), ("y", 1, "")], [("y", 1, ""), ("x", 1, "p")], (0, 0, 0)),
        ([("x", 1, "p")], [("x", 1, "")], (0, 0, 1)),
        ([("x", 1, "p")], [("x", 2, "p")], (1, 1, 0)),
        ([], [("x", 1, "p"), ("x", 1, "p")], (2, 0, 0)),
        ([("x", 1, "p"), ("x", 1, "p")], [("x", 1, "q")], (0, 1, 1)),
    ],
)
def test_rows_are_added_removed_or_changed(
    a: list[tuple[str, int, str]], b: list[tuple[str, int, str]], counts: tuple[int, int, int]
) -> None:
    """By identity, wherever they stand, each as often as it is there."""
    assert compared_rows(rows(*a), rows(*b), ["CHILD", "DAY", "CODE"], ["CHILD", "DAY"]) == counts


def test_without_identity_no_row_is_changed() -> None:
    """One went, another came."""
    a, b = rows(("x", 1, "p")), rows(("x", 1, "q"))
    assert compared_rows(a, b, ["CHILD", "DAY", "CODE"], []) == (1, 1, 0)


@given(st.lists(st.fractions(-50, 50, max_denominator=24), min_size=1, max_size=5))
def test_shares_printed_add_up_to_the_movement_printed(exact: list[Fraction]) -> None:
    """To the last digit, at any number of decimals."""
    total = sum(exact, Fraction(0))
    for decimals in (0, 1, 3):
        printed = adding_up(exact, total, decimals)
        assert sum(printed) == Fraction(round(total * 10**decimals), 10**decimals)
        assert all(
            abs(p - e) < Fraction(1, 10**decimals) for p, e in zip(printed, exact, strict=True)
        )


def test_small_movements_are_not_printed_as_none() -> None:
    """They take the decimals that they take; whole counts take none."""
    tiny = Fraction(4, 1000)
    assert signed(tiny, decimals_of(tiny, Unit.PERCENT)) == "+0.004"
    assert signed(Fraction(-1200), decimals_of(Fraction(-1200), Unit.COUNT)) == "-1,200"


def test_protection_of_two_builds_is_the_stricter() -> None:
    """Mixtures show nothing that either build hides."""
    none, five, ten = Protection("none"), Protection("primary", 5), Protection("primary", 10)
    assert stricter([none, five]) == five
    assert stricter([five, ten]) == ten
    assert stricter([none, none]).suppression == "none"


@pytest.fixture(scope="module")
def overwritten(tmp_path_factory: pytest.TempPathFactory) -> Difference:
    """The final return lies where the provisional one lay, and a setting changed too."""
    folder = tmp_path_factory.mktemp("overwritten")
    data = write(folder / "data")
    first = build(data, folder / "one")
    write(data, MORE, CHILDREN, settings='[rules]\ninterval = "91_183_days"\n')
    return compare(first, build(data, folder / "other"), data, data)


def test_files_that_are_gone_are_named_and_compared_by_file(overwritten: Difference) -> None:
    """Rows more or fewer; no shares; what to do next time."""
    (table,) = overwritten.rows
    assert (table.table, table.rows_a, table.rows_b, table.added) == ("reviews", 3, 4, None)
    assert overwritten.causes == ("Reviews", "[rules]")
    assert not overwritten.why
    text = told(overwritten)
    assert "the file differs; 3 rows in A, 4 in B (1 row more)" in text
    assert f"{YEAR}/ssda903/reviews.csv (changed)" in text
    assert "--data-a" in text


def test_a_only_cause_needs_no_inputs(tmp_path: Path) -> None:
    """Where nothing but one file differs, all moved by it, though it is gone."""
    data = write(tmp_path / "data")
    first = build(data, tmp_path / "one")
    write(data, MORE, CHILDREN)
    found = compare(first, build(data, tmp_path / "other"), data, data)
    held = find(found.moved, "reviews.held")
    assert found.why[held.key].shares == (("Reviews", Fraction(1)),)


def test_nothing_is_told_of_a_hidden_figure(tmp_path: Path) -> None:
    """Five girls are hidden, six are not: the difference says no more than the two reports do."""
    a = write(tmp_path / "a", [*CHILDREN, *GIRLS[:5]], CHILDREN)
    b = write(tmp_path / "b", [*MORE, *GIRLS], CHILDREN)
    first = build(a, tmp_path / "one", audience="public")
    second = build(b, tmp_path / "other", audience="public")
    found = compare(first, second, a, b)
    girls = [f for f in found.moved if f.cell == ("profile.looked_after", "sex", "female")]
    assert [(f.hidden, f.by, f.key in found.why) for f in girls] == [(True, None, False)]
    (line,) = [
        line
        for line in told(found, everything=True).splitlines()
        if "Sex: Female" in line and "Looked after on 31 March" in line
    ]
    assert line.split()[-2:] == ["c", "6"]
    table = frame(found)
    row = table[(table["breakdown"] == "sex") & (table["name"] == "profile.looked_after")]
    assert row.loc[row["category"] == "female", "causes"].tolist() == [""]
    shares = [name for name in table.columns if name.startswith("due to")]
    assert shares
    assert row.loc[row["category"] == "female", shares].isna().all(axis=None)


def test_builds_for_different_readers_are_not_compared(tmp_path: Path) -> None:
    """Side by side in one folder each is found; a difference of them would tell what one hides."""
    data = write(tmp_path / "data")
    made = build(data, tmp_path / "one", audience="public")
    other = build(data, tmp_path / "other")
    for path in other.folder.iterdir():
        shutil.copy(path, made.folder)
    assert read_build(made.folder).audience is Audience.PUBLIC
    found = read_build(made.folder, Audience.INTERNAL)
    assert (found.audience, found.as_written) == (Audience.INTERNAL, True)
    assert compare(found, other, data, data).moved == ()
    with pytest.raises(CommandError, match=r"for public readers and .* for internal readers"):
        compare(made, other, data, data)


def test_nothing_of_a_child_is_told(tmp_path: Path, capsys: Captured) -> None:
    """No identifier and no date of birth in terminal or file, whatever differs."""
    third = Child("SECRET3", "01/10/2020", born="03/03/2012", reviews={"20/10/2020": "PN1"})
    a = write(tmp_path / "a")
    b = write(tmp_path / "b", [replace(ANN, born="15/02/2009"), third], CHILDREN)
    build(a, tmp_path / "out" / "smalltown" / "one")
    build(b, tmp_path / "out" / "smalltown" / "other")
    file = tmp_path / "difference.csv"
    cli.main(
        [
            *("diff", "smalltown/one", "smalltown/other", "--output", str(tmp_path / "out")),
            *("--data-a", str(a), "--data-b", str(b), "--csv", str(file), "--all"),
        ]
    )
    printed = capsys.readouterr()
    assert "Header: 1 row added, 1 removed, 1 changed" in printed.out
    everything = printed.out + printed.err + file.read_text(encoding="utf-8")
    for secret in ("SECRET", "14/02/2009", "2009-02-14", "03/03/2012", "2012-03-03"):
        assert secret not in everything
    table = pd.read_csv(file)
    assert set(table["part"]) == {"figure", "table"}


def test_members_of_a_zip_are_recognised(tmp_path: Path) -> None:
    """Inputs in a zip are the same if their members are."""
    data = write(tmp_path / "data")
    home = data / "smalltown" / YEAR / "ssda903"
    shutil.make_archive(str(tmp_path / "sent"), "zip", home)
    shutil.rmtree(home)
    home.mkdir()
    shutil.move(tmp_path / "sent.zip", home)
    first = build(data, tmp_path / "one")
    other = shutil.copytree(data, tmp_path / "other-data")
    with_settings = other / "smalltown" / "authority.toml"
    text = with_settings.read_text(encoding="utf-8")
    with_settings.write_text(text + "[words]\nchild = 'child in care'\n", encoding="utf-8")
    found = compare(first, build(other, tmp_path / "other"), data, other)
    assert (found.rows, found.notes, found.moved) == ((), (), ())
    assert [setting.name for setting in found.settings] == ["[words] child"]


def test_a_changed_figures_file_is_told(tmp_path: Path) -> None:
    """It is not what the build wrote, and no cause can explain it."""
    data = write(tmp_path / "data")
    first, second = build(data, tmp_path / "one"), build(data, tmp_path / "other")
    path = file_of(first, "figures.csv")
    path.write_text(path.read_text(encoding="utf-8").replace(",3,", ",4,"), encoding="utf-8")
    found = compare(altered(first, lambda _: None), second, data, data)
    assert found.moved
    assert "figures.csv of A has been changed since it was built" in found.notes[0]


@pytest.fixture(scope="module")
def one_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one finished report, an empty folder and a broken one."""
    folder = tmp_path_factory.mktemp("one")
    whole = folder / "output" / "smalltown" / "2020-21"
    build(write(folder / "data"), whole, audience="public")
    (folder / "empty").mkdir()
    shutil.copytree(whole, folder / "broken")
    (folder / "broken" / "provenance.json").write_text("{}", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("smalltown/2020-12", "smalltown/2020-21"), "Did you mean 'smalltown/2020-21'?"),
        (("empty", "smalltown/2020-21"), "holds no provenance.json and no figures.csv"),
        (("broken", "smalltown/2020-21"), "is not as a build writes it"),
        (("smalltown/2020-21", "smalltown/2020-21", "--data-a", "nowhere"), "no folder"),
    ],
)
def test_arguments_that_are_no_builds_end_with_2(
    one_build: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Captured,
    arguments: tuple[str, ...],
    says: str,
) -> None:
    """Nothing is compared; the message says which, and what there is."""
    monkeypatch.chdir(one_build)
    with pytest.raises(SystemExit) as ended:
        cli.main(["diff", *arguments, "--output", str(one_build / "output")])
    assert ended.value.code == 2
    assert says in capsys.readouterr().err.replace("\n", " ")


def test_two_authorities_are_not_compared(tmp_path: Path) -> None:
    """Their figures differ for no cause that could be named."""
    made = build(write(tmp_path / "data"), tmp_path / "one")
    other = altered(made, lambda said: said.update(authority="bigtown"))
    with pytest.raises(CommandError, match="one authority"):
        compare(made, other, tmp_path, tmp_path)


def test_an_old_provenance_is_read_too(tmp_path: Path) -> None:
    """Before builds noted tables and populations, files told what they held by name."""
    data = write(tmp_path / "data")

    def old(said: dict[str, object]) -> None:
        del said["population"]
        files = said["inputs"]
        assert isinstance(files, list)
        for file in files:
            del file["table"]

    first = altered(build(data, tmp_path / "one"), old)
    other = write(tmp_path / "other-data", MORE, CHILDREN)
    found = compare(first, build(other, tmp_path / "other"), data, other)
    assert [(table.table, table.added) for table in found.rows] == [("reviews", 1)]
