"""``check``, ``new`` and ``data add-postcodes``: what they print and do for a small authority."""

from __future__ import annotations

import csv
import os
import re
import stat
import tomllib
from pathlib import Path

import pytest

from irostats import parameters
from irostats.calendar import ReportingYear
from irostats.checklist import checklist
from irostats.cli import main
from irostats.committee import read_committee
from irostats.errors import CommandError, InputError, SettingsError
from irostats.narrative import without_hints
from irostats.overview import COSTS
from irostats.postcodes import FILE
from irostats.records import load
from irostats.render.job import SECTIONS
from irostats.service import TABLES, read_service
from irostats.settings import read_authority, read_population, read_year
from irostats.ssda903 import TABLES as RETURN_TABLES
from irostats.templates import start, texts
from small_authority import Child, figures, write_table, write_year

Captured = pytest.CaptureFixture[str]
YEAR = "2020-21"
CHILD = Child("SECRET99", "01/05/2018", reviews={"01/06/2020": "PN1", "01/12/2020": "PN1"})


def run(capsys: Captured, *arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    code = 0
    try:
        main(arguments)
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A small authority with two years, the second with some service tables."""
    write_year(tmp_path, "2019-20", [CHILD])
    home = write_year(tmp_path, YEAR, [CHILD])
    write_table(
        home / "service" / "alerts.csv", ["id", "raised"], [{"id": "1", "raised": "1/5/20"}]
    )
    write_table(home / "service" / "referrals.csv", ["date", "type"], [])
    (home / "service" / "budget.csv").write_text(texts.service("budget"), encoding="utf-8")
    (home / "narrative").mkdir()
    (home / "narrative" / "service.md").write_text("All well.\n", encoding="utf-8")
    (home / "narrative" / "reviews.md").write_text(texts.narrative("reviews"), encoding="utf-8")
    return tmp_path


def check(capsys: Captured, data: Path) -> tuple[int, str]:
    """What ``irostats check`` ends with and prints."""
    code, out, err = run(capsys, "check", "smalltown", YEAR, "--data", str(data))
    assert not err
    return code, out


def row(out: str, name: str) -> list[str]:
    """The cells of a line that begins with ``name``."""
    (line,) = (line for line in out.splitlines() if re.match(rf"{re.escape(name)}\s", line))
    return line.split()[1:]


def test_check_says_what_is_there_in_each_year(capsys: Captured, data: Path) -> None:
    """Rows of each table, none, not given, a template, or unreadable; and the other inputs."""
    (data / "smalltown" / YEAR / "service" / "disputes.csv").write_text("id\n1\n", encoding="utf-8")
    _, out = check(capsys, data)
    assert row(out, "return") == ["2019-20", YEAR]
    assert row(out, "Reviews") == ["none", "2"]
    assert row(out, "Header") == ["1", "1"]
    assert row(out, "OC2") == ["-", "-"]
    assert row(out, "alerts") == ["-", "1"]
    assert row(out, "referrals") == ["-", "none"]
    assert row(out, "budget") == ["-", "template"]
    assert row(out, "disputes") == ["-", "unreadable"]
    assert row(out, "year.toml") == ["there:", "synthetic"]
    assert row(out, "narrative") == ["service"]
    assert row(out, "population.csv") == ["no", "year", "in", "use"]
    assert {table.label for table in RETURN_TABLES.values()} | TABLES.keys() <= {
        line.split()[0] for line in out.splitlines() if line.strip()
    }


def test_check_says_what_is_missing_and_what_it_costs_once(capsys: Captured, data: Path) -> None:
    """Return tables, service tables, the population; not again among the issues."""
    _, out = check(capsys, data)
    for words in (
        "has no OC2 table: health",
        "population.csv has no row for 2020-21: the rate",
        "has no iro_staff.csv: posts",
        "2020-21/service/budget.csv: nobody has filled the template in: the budget",
        "delete the guide row to say that there was none",
    ):
        assert out.count(words) == 1
    assert "no SWEpisodes table" not in out  # no return has it yet
    assert "no alerts.csv" not in out
    assert re.search(r"smalltown 2020-21: \d+ inputs missing", out)


def test_check_ends_with_the_statutory_list(capsys: Captured, data: Path) -> None:
    """Each item, and where it is answered or that it is not."""
    _, out = check(capsys, data)
    tail = out[out.index("items that the report must contain") :]
    assert "Answered: figures in reviews." in tail
    assert "Answered: narrative/service.md." in tail
    assert "NOT ANSWERED: no data for monitoring, and nobody has written narrative/m" in tail
    answers = checklist(figures(data, YEAR), ReportingYear(2021), ["service"])
    answered = sum(answer.answered for answer in answers)
    assert f"{answered} of {len(answers)} items that the report must contain are answered" in out


def test_check_ends_with_1_on_errors_and_names_no_child(capsys: Captured, data: Path) -> None:
    """Notes and warnings do not."""
    code, out = check(capsys, data)
    assert code == 0
    (data / "smalltown" / YEAR / "service" / "disputes.csv").write_text("id\n1\n", encoding="utf-8")
    code, more = check(capsys, data)
    assert code == 1
    assert "SECRET99" not in out + more
    assert "01/01/2010" not in out + more


def test_each_optional_table_of_the_return_has_its_cost() -> None:
    """But those from which no figure is made."""
    assert set(RETURN_TABLES) - set(COSTS) == {
        "header",
        "episodes",
        "reviews",
        "prev_perm",
        "dolo",
    }


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Content and time of every file."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_new_makes_a_template_of_every_input(capsys: Captured, tmp_path: Path) -> None:
    """Settings, a place for the return, every service table, every section's narrative."""
    code, out, err = run(capsys, "new", "york", "2021-22", "--data", str(tmp_path / "data"))
    assert (code, err) == (0, "")
    made = everything(tmp_path / "data")
    assert set(made) == {
        *(f"york/{name}" for name in ("authority.toml", "committee.toml", "population.csv")),
        *(f"york/2021-22/{name}" for name in ("year.toml", "ssda903/README.txt")),
        *(f"york/2021-22/service/{name}.csv" for name in TABLES),
        *(f"york/2021-22/narrative/{name}.md" for name in SECTIONS if name != "annex"),
    }
    for path in made:
        assert path in out
    assert "irostats check york 2021-22" in out


def test_a_second_new_changes_nothing_and_says_so(capsys: Captured, tmp_path: Path) -> None:
    """Whatever somebody has written meanwhile."""
    run(capsys, "new", "york", "2021-22", "--data", str(tmp_path))
    (tmp_path / "york" / "authority.toml").write_text("mine", encoding="utf-8")
    (tmp_path / "york" / "2021-22" / "service" / "alerts.csv").unlink()
    before = everything(tmp_path)
    code, out, _ = run(capsys, "new", "york", "2021-22", "--data", str(tmp_path))
    assert code == 0
    after = everything(tmp_path)
    assert after.keys() - before.keys() == {"york/2021-22/service/alerts.csv"}
    assert {path: after[path] for path in before} == before
    kept = out[out.index("kept as they are") :]
    assert "york/authority.toml" in kept
    assert "alerts.csv" not in kept
    run(capsys, "new", "york", "2021-22", "--data", str(tmp_path))
    assert everything(tmp_path) == after


def test_new_leaves_a_table_that_is_kept_as_a_workbook(tmp_path: Path) -> None:
    """A template beside it would only puzzle; the workbook is listed as kept."""
    book = tmp_path / "york" / "2021-22" / "service" / "Alerts.xlsx"
    book.parent.mkdir(parents=True)
    book.write_bytes(b"PK")
    started = start("york", "2021-22", tmp_path)
    assert book.relative_to(tmp_path) in started.kept
    assert not (book.parent / "alerts.csv").exists()
    assert (book.parent / "disputes.csv").exists()


def test_new_does_not_follow_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    """It is there, and so it stays."""
    (tmp_path / "york").mkdir()
    (tmp_path / "york" / "population.csv").symlink_to(tmp_path / "elsewhere.csv")
    assert Path("york/population.csv") in start("york", "2021-22", tmp_path).kept
    assert not (tmp_path / "elsewhere.csv").exists()


def test_new_knows_an_authority_by_its_folder(tmp_path: Path) -> None:
    """Name and codes are there; what nobody can know is refused until it is filled in."""
    start("bath-and-north-east-somerset", "2021-22", tmp_path)
    path = tmp_path / "bath-and-north-east-somerset" / "authority.toml"
    given = tomllib.loads(path.read_text(encoding="utf-8"))["authority"]
    assert (given["name"], given["code"]) == ("Bath and North East Somerset", "800")
    assert given["ons_code"] == "E06000022"
    with pytest.raises(SettingsError, match=r"not filled in yet: \[authority\] council\."):
        read_authority(path)
    text = re.sub(
        r'council = ".*"', 'council = "Bath & North East Somerset Council"', path.read_text()
    )
    path.write_text(text, encoding="utf-8")
    assert read_authority(path).identity.ons_code == "E06000022"


def test_new_says_when_it_does_not_know_an_authority(capsys: Captured, tmp_path: Path) -> None:
    """With the nearest; every placeholder is then named at once."""
    code, out, _ = run(capsys, "new", "yrok", "2021-22", "--data", str(tmp_path))
    assert code == 0
    assert "knows no authority called 'yrok'. Did you mean 'york'?" in out
    with pytest.raises(SettingsError, match=r"\[authority\] name, .* council, .* code\."):
        read_authority(tmp_path / "yrok" / "authority.toml")
    code, _, err = run(capsys, "check", "yrok", "2021-22", "--data", str(tmp_path))
    assert code == 1
    assert "FILL IN" in err


@pytest.mark.parametrize(
    ("authority", "year"),
    [("York", "2021-22"), ("../york", "2021-22"), ("", "2021-22"), ("york", "2021"), ("y k", "x")],
)
def test_a_wrong_name_or_year_ends_with_2_and_makes_nothing(
    capsys: Captured, tmp_path: Path, authority: str, year: str
) -> None:
    """The rules are those of every command."""
    code, out, err = run(capsys, "new", authority, year, "--data", str(tmp_path / "data"))
    assert (code, out) == (2, "")
    assert "What to do:" in err
    assert not (tmp_path / "data").exists()


def test_a_folder_that_cannot_be_made_is_an_error_without_a_traceback(tmp_path: Path) -> None:
    """A file in its place, or no right to write."""
    (tmp_path / "york").write_text("a file", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be made"):
        start("york", "2021-22", tmp_path)
    if os.geteuid():
        (tmp_path / "closed").mkdir(mode=stat.S_IRUSR | stat.S_IXUSR)
        with pytest.raises(InputError, match="cannot be made"):
            start("york", "2021-22", tmp_path / "closed")


def test_every_template_can_be_read_and_says_nothing(tmp_path: Path) -> None:
    """None counts as nought, no narrative is printed, no setting differs from its default."""
    start("york", "2021-22", tmp_path)
    home = tmp_path / "york" / "2021-22"
    found = read_service(home / "service", year=ReportingYear(2022), relative_to=tmp_path)
    assert found.templates.keys() == set(TABLES)
    assert (found.tables, found.years, found.unusable) == ({}, {}, {})
    assert {issue.rule for issue in found.issues} == {"service-template"}
    for path in (home / "narrative").glob("*.md"):
        assert not without_hints(path.read_text(encoding="utf-8")).strip()
    assert read_year(home / "year.toml").status == "provisional"
    assert read_population(tmp_path / "york" / "population.csv") == {}
    assert read_committee(tmp_path / "york", ReportingYear(2022)).given == frozenset()


def test_templates_of_settings_are_right_once_their_lines_are_used(tmp_path: Path) -> None:
    """Every line that is commented out is a setting that irostats knows."""
    start("york", "2021-22", tmp_path)
    for name in ("authority.toml", "committee.toml"):
        path = tmp_path / "york" / name
        used = re.sub(r"^# (?=\w+ = )", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        path.write_text(used.replace("FILL IN: ", ""), encoding="utf-8")
    assert read_authority(tmp_path / "york" / "authority.toml").words.child
    given = read_committee(tmp_path / "york", ReportingYear(2022)).given
    assert {"meeting.date", "text.recommendations", "implications.legal"} <= given


def test_each_cell_of_a_guide_row_is_its_columns_guide() -> None:
    """The first begins with the mark by which the row is known."""
    for name, table in TABLES.items():
        headings, guides = csv.reader(texts.service(name).splitlines())
        assert headings == list(table.columns)
        assert guides[0].startswith("# ")
        for guide, column in zip(guides, table.columns.values(), strict=True):
            assert column.guide in guide
            assert ("Needed" in guide) is column.needed


def test_prompts_name_what_the_handbook_asks() -> None:
    """In the section whose narrative can answer it."""
    assert "Number of reviews held on time" in texts.narrative("reviews")
    assert set(texts.prompts()) == set(SECTIONS) - {"annex"}


def test_an_unfilled_year_changes_no_figure(data: Path) -> None:
    """Templates of every table are as good as none."""
    home = data / "smalltown" / YEAR / "service"
    (home / "budget.csv").unlink()
    before = figures(data, YEAR).frame()
    start("smalltown", YEAR, data)
    assert figures(data, YEAR).frame().equals(before)
    told = [i.message for i in load(parameters.make("smalltown", YEAR, data=data)).issues]
    assert not any("service folder has no" in message for message in told)


def test_add_postcodes_says_what_it_kept(capsys: Captured, tmp_path: Path) -> None:
    """And where; a wrong file ends with 1, none with 2."""
    directory = tmp_path / "d.csv"
    directory.write_text(
        "pcds,east1m,north1m,lad25cd\nZZ1 1AA,460000,452000,E06000014\nx,,,\n", encoding="utf-8"
    )
    code, out, _ = run(capsys, "data", "add-postcodes", str(directory), "--data", str(tmp_path))
    assert code == 0
    assert f"Kept in {tmp_path / FILE}: 1 postcode under 1 authority (" in out
    assert "1 line without a postcode left out." in out
    assert "ZZ1" not in out
    directory.write_text("a,b\n", encoding="utf-8")
    assert run(capsys, "data", "add-postcodes", str(directory), "--data", str(tmp_path))[0] == 1
    assert run(capsys, "data", "add-postcodes", "none", "--data", str(tmp_path))[0] == 2


def test_start_refuses_what_leads_elsewhere(tmp_path: Path) -> None:
    """An authority is a folder's name."""
    with pytest.raises(CommandError):
        start("../york", "2021-22", tmp_path)
