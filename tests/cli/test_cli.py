"""The command: what it prints, and how it ends."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import irostats
from irostats import cli
from irostats.errors import InputError
from irostats.issues import Issue, IssueLog, Severity
from small_project import OPEN_CELL, FakeReport, Making


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of ``irostats`` with ``arguments``."""
    code = 0
    try:
        cli.main(arguments)
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    printed = capsys.readouterr()
    return code, printed.out, printed.err


Captured = pytest.CaptureFixture[str]


def test_help_comes_at_once() -> None:
    """Nothing heavy is imported for it, whatever else the command can do."""
    code = (
        "import sys, runpy; sys.argv = ['irostats', '--help']\n"
        "try: runpy.run_module('irostats.cli', run_name='__main__')\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'numpy', 'matplotlib', 'papermill', 'holidays'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_help_takes_less_than_half_a_second() -> None:
    """The best of three, so that a busy machine does not fail it."""
    taken = []
    for _ in range(3):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-m", "irostats.cli", "--help"], check=True)
        taken.append(time.perf_counter() - begun)
    assert min(taken) < 0.5


def test_version_is_that_of_the_package(capsys: Captured) -> None:
    """As installed."""
    assert run(capsys, "--version") == (0, f"irostats, version {irostats.__version__}\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("build",),
        ("build", "york"),
        ("build", "york", "2016-17", "--all"),
        ("build", "york", "2016-17", "--renderer", "word"),
        ("build", "york", "2016-17", "--jobs", "0"),
        ("build", "york", "2016-17", "--to", "htm"),
        ("build", "york", "2016"),
        ("build", "yrok", "2016-17"),
        ("build", "york", "2016-17", "--audience", "publik"),
        ("build", "--all", "--to", "htm"),
        ("check", "york"),
        ("biuld",),
    ],
)
def test_a_wrong_command_ends_with_2_and_without_a_traceback(
    small_project: Making, capsys: Captured, arguments: tuple[str, ...]
) -> None:
    """Before anything is read or written."""
    wanted = small_project(reviews=(OPEN_CELL,))
    code, out, err = run(capsys, *arguments)
    assert code == 2
    assert err
    assert not out
    assert "Traceback" not in err
    assert not wanted.build.exists()
    assert not wanted.output.exists()


def test_a_misspelt_authority_is_answered_with_the_nearest(
    small_project: Making, capsys: Captured
) -> None:
    """And with those that are known."""
    small_project(reviews=(OPEN_CELL,))
    _, _, err = run(capsys, "build", "yrok", "2016-17")
    assert "Did you mean 'york'?" in err
    assert "What to do: Known: york." in err


@pytest.mark.usefixtures("stand_ins")
def test_build_says_where_the_report_lies(small_project: Making, capsys: Captured) -> None:
    """Every file, by its path; progress goes to standard error, in plain lines."""
    wanted = small_project(reviews=(OPEN_CELL,))
    code, out, err = run(capsys, "build", "york", "2016-17", "--to", "html")
    assert code == 0
    for name in ("report.html", "figures.csv", "provenance.json"):
        assert str(wanted.output_folder / name) in out
    assert "reviews done in" in err


@pytest.mark.usefixtures("stand_ins")
def test_build_takes_folders_from_options(
    small_project: Making, capsys: Captured, tmp_path: Path
) -> None:
    """Real data, and what is made of them, lie outside the repository."""
    small_project(reviews=(OPEN_CELL,))
    (tmp_path / "project" / "data").rename(tmp_path / "returns")
    options = ("--data", str(tmp_path / "returns"), "--output", str(tmp_path / "made" / "here"))
    code, _, err = run(capsys, "build", "york", "2016-17", "--to", "html", *options)
    assert code == 0, err
    assert (tmp_path / "made/here/york/2016-17/report.html").exists()
    assert (tmp_path / "made/build/york/2016-17/notebooks/reviews.ipynb").exists()
    assert not (tmp_path / "project" / "build").exists()


@pytest.mark.usefixtures("stand_ins")
def test_build_all_carries_on_after_a_failure_and_ends_with_1(
    small_project: Making, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table at the end has every report; the failed one's reason is printed."""

    def opened(authority: str, year: str, **_: Any) -> FakeReport:
        if year == "2015-16":
            raise InputError(f"{authority} {year}: there is no Episodes table.")
        return FakeReport()

    wanted = small_project(reviews=(OPEN_CELL,))
    monkeypatch.setattr(irostats, "open", opened)
    code, out, err = run(capsys, "build", "--all", "--to", "html")
    assert code == 1
    assert "there is no Episodes table" in err
    lines = [line for line in out.splitlines() if line.startswith("york")]
    assert ["failed" in line for line in lines] == [True, False]
    assert "1 of 2 reports were built." in out
    assert (wanted.output_folder / "report.html").exists()


@pytest.mark.usefixtures("stand_ins")
def test_a_failed_notebook_ends_with_1_and_its_cell(
    small_project: Making, capsys: Captured
) -> None:
    """In a few lines, with what to do."""
    small_project(reviews=(OPEN_CELL, "#| label: tbl-held\n1 / 0"))
    code, out, err = run(capsys, "build", "york", "2016-17")
    assert code == 1
    assert not out
    assert "notebooks/reviews.ipynb, cell tbl-held: ZeroDivisionError" in err
    assert "What to do:" in err
    assert "Traceback" not in err


@pytest.mark.usefixtures("stand_ins")
def test_limits_of_time_are_options(small_project: Making, capsys: Captured) -> None:
    """--cell-timeout is what the error then names."""
    small_project(reviews=(OPEN_CELL, "#| label: slow\nimport time; time.sleep(60)"))
    code, _, err = run(capsys, "build", "york", "2016-17", "--cell-timeout", "1")
    assert code == 1
    assert "cell slow: took longer than 1 second" in err


@pytest.mark.usefixtures("stand_ins")
def test_a_fault_of_our_own_is_an_apology_with_a_log(
    small_project: Making, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No traceback on the screen, no value from a row in the log."""

    def fault(*_: Any, **__: Any) -> FakeReport:
        raise ZeroDivisionError("row C1234567")

    small_project(reviews=(OPEN_CELL,))
    monkeypatch.setattr(irostats, "open", fault)
    code, _, err = run(capsys, "check", "york", "2016-17")
    assert code == 1
    assert err.startswith("Sorry: irostats met a fault of its own (ZeroDivisionError).")
    log = Path(err.split("send ")[1].split(" to whoever")[0]).read_text(encoding="utf-8")
    assert "in fault" in log
    assert "ZeroDivisionError: row …" in log


def test_an_interrupted_command_says_so(
    small_project: Making, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C leaves the earlier report, and no traceback."""

    def interrupt(*_: Any, **__: Any) -> FakeReport:
        raise KeyboardInterrupt

    small_project(reviews=(OPEN_CELL,))
    monkeypatch.setattr(irostats, "open", interrupt)
    code, _, err = run(capsys, "build", "york", "2016-17")
    assert code == 1
    assert "Stopped. A report made earlier is untouched." in err


def issue(severity: Severity, rule: str) -> Issue:
    """An issue with all its parts."""
    return Issue(
        severity=severity,
        rule=rule,
        message=f"3 reviews have {rule}.",
        table="Reviews",
        file="2016-17/ssda903/reviews.csv",
        rows=3,
        lines=(4, 5, 9),
        figures=("reviews.held",),
        next_step="Correct the return.",
    )


def with_issues(monkeypatch: pytest.MonkeyPatch, *issues: Issue) -> None:
    """Make reading find ``issues``."""
    log = IssueLog(issues)
    monkeypatch.setattr(irostats, "open", lambda *_, **__: FakeReport(issues=log))


def test_check_groups_issues_by_severity_with_what_they_can_move(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Worst first; file, table and lines are named."""
    with_issues(monkeypatch, issue(Severity.NOTE, "no code"), issue(Severity.WARNING, "no date"))
    code, out, _ = run(capsys, "check", "york", "2016-17")
    assert code == 0
    assert (
        out.index("1 warning") < out.index("no date") < out.index("1 note") < out.index("no code")
    )
    assert "2016-17/ssda903/reviews.csv, table Reviews, lines 4, 5, 9" in out
    assert "Can move: reviews.held." in out
    assert "What to do: Correct the return." in out


def test_check_ends_with_1_where_a_figure_cannot_be_computed(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a script can stop there."""
    with_issues(monkeypatch, issue(Severity.ERROR, "no heading"))
    code, out, _ = run(capsys, "check", "york", "2016-17")
    assert code == 1
    assert "1 error (" in out


def test_check_says_when_nothing_is_wrong(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Silence would leave one wondering."""
    with_issues(monkeypatch)
    code, out, _ = run(capsys, "check", "york", "2016-17")
    assert code == 0
    assert "york 2016-17: nothing is wrong in the inputs.\n" in out
    assert "missing" not in out


def test_doctor_names_renderer_versions_fonts_and_folders(
    small_project: Making, capsys: Captured
) -> None:
    """With what to install for more."""
    wanted = small_project(reviews=(OPEN_CELL,))
    code, out, _ = run(capsys, "doctor")
    assert code == 0
    for word in ("python", "papermill", "pandoc", "typst", "renderer", "fonts", str(wanted.data)):
        assert word in out


def test_doctor_outside_a_project_says_what_is_missing(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder without authorities is pointed at."""
    monkeypatch.setenv("IROSTATS_DATA", str(tmp_path))
    code, out, _ = run(capsys, "doctor")
    assert code == 0
    assert "no authority" in out
    assert "authority.toml" in out
