"""A build that is killed at any moment leaves nothing half-written, and the next one succeeds."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from irostats.build import files
from irostats.build.run import build
from irostats.documents import DATA_FILES, SIGN_OFF
from irostats.errors import IrostatsError
from small_project import OPEN_CELL, Making

HERE = Path(__file__).resolve().parents[1]
DRIVER = f"""
import sys, time
sys.path.insert(0, {str(HERE)!r})
import irostats, irostats.render, small_project
from irostats import parameters
from irostats.build.run import Options, build
irostats.open = lambda *_, **__: small_project.FakeReport()
def render(job):
    small_project.fake_render(job)
    print("rendered", flush=True)
    time.sleep(float(sys.argv[1]))
irostats.render.render = render
class Told(__import__("irostats.build.progress", fromlist=["Silent"]).Silent):
    def step(self, text): print(text, flush=True)
    def cell(self, section, index, total, label): print(label, flush=True)
print("begun", flush=True)
build(parameters.make("york", "2016-17", formats="html,docx"), Options(jobs=2), Told())
print("built", flush=True)
"""
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
MOMENTS = ("reading the inputs", "parameters", "fig-slow", "rendered", "done")


def kill_at(moment: str, how: int) -> list[int]:
    """Start a build and kill it when it tells of ``moment``; returns its processes."""
    process = subprocess.Popen(
        [sys.executable, "-c", DRIVER, "0.2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == moment:
            break
    else:
        raise AssertionError(f"the build never came to '{moment}'")
    running = [child.pid for child in psutil.Process(process.pid).children(recursive=True)]
    process.send_signal(how)
    process.wait()
    process.stdout.close()
    return running


def ended(pid: int) -> bool:
    """Whether a process is gone."""
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.usefixtures("stand_ins")
def test_a_killed_build_keeps_the_earlier_report_and_the_next_succeeds(
    small_project: Making, moment: str
) -> None:
    """At each of its steps: the earlier files are whole, no process stays, leftovers go."""
    wanted = small_project(
        reviews=(OPEN_CELL, "#| label: fig-slow\nimport time; time.sleep(0.5)"),
        service=(OPEN_CELL,),
    )
    build(wanted)
    (wanted.output_folder / "report.html").write_text("the earlier one", encoding="utf-8")
    running = kill_at(moment, KILL)
    names = {path.name for path in wanted.output_folder.iterdir() if path.is_file()}
    assert names == {"report.html", "report.docx", *DATA_FILES, SIGN_OFF, "provenance.json"}
    assert (wanted.output_folder / "report.html").read_text() in ("the earlier one", "html report")
    json.loads((wanted.output_folder / "provenance.json").read_text(encoding="utf-8"))
    deadline = time.monotonic() + 20
    while not all(map(ended, running)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert all(map(ended, running))
    build(wanted)
    for folder in (wanted.build_folder, wanted.output_folder):
        assert not [
            path.name for path in folder.iterdir() if path.name.startswith((".new", ".old"))
        ]
    assert (wanted.output_folder / "report.html").read_text() == "html report"


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is another signal there")
def test_an_interrupted_build_ends_its_processes_and_leaves_nothing(
    small_project: Making,
) -> None:
    """After Ctrl-C there is neither a running kernel nor a folder to clear away."""
    wanted = small_project(reviews=(OPEN_CELL, "#| label: fig-slow\nimport time; time.sleep(60)"))
    running = kill_at("fig-slow", signal.SIGINT)
    assert all(map(ended, running))
    assert [path.name for path in wanted.build_folder.iterdir()] == [".lock"]
    assert not wanted.output.exists()


def test_a_folder_moved_aside_by_a_killed_build_is_put_back(tmp_path: Path) -> None:
    """Killed between the two renames, the old notebooks are not lost."""
    (tmp_path / ".old-notebooks").mkdir()
    (tmp_path / ".old-notebooks" / "reviews.ipynb").touch()
    (tmp_path / ".new-1234").mkdir()
    files.clear_leftovers(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notebooks"]
    assert (tmp_path / "notebooks" / "reviews.ipynb").exists()


def test_a_folder_moved_aside_is_dropped_when_the_new_one_is_there(tmp_path: Path) -> None:
    """Killed after the second rename, the new notebooks stand."""
    (tmp_path / ".old-notebooks").mkdir()
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "new").touch()
    files.clear_leftovers(tmp_path)
    assert [path.name for path in tmp_path.rglob("*")] == ["notebooks", "new"]


def test_a_file_that_cannot_be_replaced_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Word holds its file open on Windows; the message says which to close."""

    def refuse(*_: object) -> Path:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(IrostatsError, match=r"report.docx could not be replaced.\nClose"):
        files.publish([tmp_path / "report.docx"], tmp_path / "output", "york 2016-17")
