"""Building one report: what is published, and what happens when something fails."""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path
from typing import Any

import pytest

import irostats
import irostats.render
from irostats import handbook
from irostats.build import files
from irostats.build.plan import Limits
from irostats.build.run import Options, build, build_time
from irostats.checklist import Answer
from irostats.documents import DATA_FILES, SIGN_OFF
from irostats.errors import CommandError, IncompleteReport, InputError, IrostatsError, NotebookError
from irostats.parameters import Parameters
from small_project import FINGERPRINT, OPEN_CELL, FakeReport, Making, fake_render, write_notebook

pytestmark = pytest.mark.usefixtures("stand_ins")
FAST = Options(jobs=2)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def finished_before(parameters: Parameters) -> dict[str, bytes]:
    """A finished report of an earlier build, as its files."""
    parameters.output_folder.mkdir(parents=True)
    for name in ("report.html", "report.docx", *DATA_FILES, "provenance.json"):
        (parameters.output_folder / name).write_text("{}", encoding="utf-8")
    return contents(parameters.output_folder)


def test_a_build_publishes_every_format_with_figures_and_provenance(small_project: Making) -> None:
    """The output folder holds the report's formats, figures.csv and provenance.json, no more."""
    parameters = small_project(reviews=(OPEN_CELL,), service=(OPEN_CELL,))
    built = build(parameters, FAST)
    names = {path.name for path in parameters.output_folder.iterdir()}
    assert names == {"report.html", "report.docx", *DATA_FILES, SIGN_OFF, "provenance.json"}
    assert set(built.names) == names
    executed = {path.name for path in (parameters.build_folder / "notebooks").iterdir()}
    assert executed == {"reviews.ipynb", "service.ipynb"}


def test_every_document_of_the_project_is_published(small_project: Making) -> None:
    """Each in its own formats of those asked for; an older one of other inputs goes."""
    parameters = small_project(formats="html", reviews=(OPEN_CELL,))
    finished_before(parameters)
    for name in ("cover.docx", "notes.txt"):
        (parameters.output_folder / name).write_text("before", encoding="utf-8")
    for name in ("cover", "summary"):
        Path(f"{name}.qmd").write_text("# Paper\n", encoding="utf-8")
    built = build(parameters, FAST)
    assert built.names[:3] == ("report.html", "cover.html", "summary.html")
    assert built.removed == ("cover.docx", "report.docx")
    assert (parameters.output_folder / "notes.txt").exists()
    provenance = json.loads((parameters.output_folder / "provenance.json").read_text("utf-8"))
    assert set(provenance["outputs"]) == {*built.names} - {"provenance.json"}


def test_provenance_holds_the_checksum_of_each_file(small_project: Making) -> None:
    """A set of files from two builds cannot agree with its provenance."""
    parameters = small_project(reviews=(OPEN_CELL,))
    build(parameters, FAST)
    folder = parameters.output_folder
    provenance = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    assert provenance["fingerprint"] == FINGERPRINT
    assert set(provenance["outputs"]) == {"report.html", "report.docx", *DATA_FILES, SIGN_OFF}
    for name, checksum in provenance["outputs"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == checksum


def test_two_builds_at_a_stated_time_are_equal_bytes(
    small_project: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With SOURCE_DATE_EPOCH set, executed notebooks and outputs repeat byte for byte."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1640995200")
    parameters = small_project(reviews=(OPEN_CELL, "print({'a', 'b', 'c', 'd'})"))
    results = []
    for _ in range(2):
        build(parameters, FAST)
        results.append(
            contents(parameters.build_folder / "notebooks") | contents(parameters.output_folder)
        )
    assert results[0] == results[1]


def test_the_executed_notebook_holds_the_parameters_of_the_build(small_project: Making) -> None:
    """Papermill injects what the build was asked for, not the notebook's defaults."""
    parameters = small_project(reviews=(OPEN_CELL, "print(authority, year, audience)"))
    build(parameters, FAST)
    text = (parameters.build_folder / "notebooks/reviews.ipynb").read_text(encoding="utf-8")
    assert "york 2016-17 public" in text
    assert '"papermill"' not in text


def test_a_failed_cell_is_reported_with_notebook_label_and_cause(small_project: Making) -> None:
    """The error names report, notebook and cell label; the traceback is in the log."""
    parameters = small_project(
        reviews=(OPEN_CELL, "#| label: tbl-held\ndef held():\n    return 1 / 0\nheld()")
    )
    before = finished_before(parameters)
    with pytest.raises(NotebookError) as caught:
        build(parameters, FAST)
    message = str(caught.value)
    for part in ("york 2016-17", "reviews.ipynb", "tbl-held", "ZeroDivisionError", "logs"):
        assert part in message
    assert "Traceback" not in message
    log = (parameters.build_folder / "logs/reviews.log").read_text(encoding="utf-8")
    assert "return 1 / 0" in log
    assert contents(parameters.output_folder) == before


def test_a_childs_identifier_in_an_exception_reaches_neither_error_nor_log(
    small_project: Making,
) -> None:
    """What pandas quotes in a KeyError is masked in the message and in the log."""
    parameters = small_project(
        reviews=(OPEN_CELL, "try:\n    {}['C998877']\nexcept KeyError:\n    int('PE1 1QQ')")
    )
    with pytest.raises(NotebookError) as caught:
        build(parameters, FAST)
    log = (parameters.build_folder / "logs/reviews.log").read_text(encoding="utf-8")
    assert "KeyError" in log
    exceptions = [line for line in log.splitlines() if not line.startswith(" ")]
    shown = str(caught.value) + "\n".join(exceptions)
    assert "C998877" not in shown
    assert "PE1" not in shown
    left = list(parameters.build_folder.rglob("*.ipynb"))
    assert left == []


def test_all_failures_of_a_run_are_reported_together(small_project: Making) -> None:
    """Two broken notebooks are two lines of one error."""
    parameters = small_project(
        reviews=(OPEN_CELL, "1 / 0"), service=(OPEN_CELL,), challenge=(OPEN_CELL, "{}[0]")
    )
    with pytest.raises(NotebookError) as caught:
        build(parameters, FAST)
    assert "reviews.ipynb" in caught.value.message
    assert "challenge.ipynb" in caught.value.message
    assert "service.ipynb" not in caught.value.message


def test_our_own_errors_keep_their_words_and_next_step(small_project: Making) -> None:
    """An error of irostats raised in a cell is shown as it was written."""
    raising = (
        "from irostats.errors import UnknownName\n"
        "raise UnknownName(\"There is no table 'timelines'. Did you mean 'timeliness'?\")"
    )
    parameters = small_project(reviews=(OPEN_CELL, raising))
    with pytest.raises(NotebookError, match="Did you mean 'timeliness'"):
        build(parameters, FAST)


def test_a_parameter_that_the_notebook_does_not_declare_is_an_error(
    small_project: Making,
) -> None:
    """Papermill would only warn and run on the default."""
    parameters = small_project(reviews=(OPEN_CELL,))
    source = Path("notebooks/reviews.ipynb")
    write_notebook(source, OPEN_CELL, declared='authority: str = "york"\nyears: str = ""')
    with pytest.raises(NotebookError, match=r"'year'.*Did you mean 'years'"):
        build(parameters, FAST)


def test_a_parameter_of_another_type_is_an_error(small_project: Making) -> None:
    """The type comment of the parameters cell is checked."""
    parameters = small_project(reviews=(OPEN_CELL,))
    declared = 'authority: str = ""\nyear: int = 2016\naudience: str = ""\ndata: str = ""'
    write_notebook(Path("notebooks/reviews.ipynb"), OPEN_CELL, declared=declared)
    with pytest.raises(NotebookError, match="'year' as int, not str"):
        build(parameters, FAST)


def test_a_notebook_that_ran_on_other_inputs_is_not_published(
    small_project: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fingerprint other than the build's own refuses the whole report."""
    parameters = small_project(reviews=(OPEN_CELL,))
    before = finished_before(parameters)
    monkeypatch.setattr(irostats, "open", lambda *_, **__: FakeReport(fingerprint="beef"))
    with pytest.raises(NotebookError, match="changed while the notebooks ran"):
        build(parameters, FAST)
    assert contents(parameters.output_folder) == before


def test_a_notebook_that_opened_no_report_is_not_published(small_project: Making) -> None:
    """Without a fingerprint nothing is known of what it ran on."""
    parameters = small_project(reviews=("print('hello')",))
    with pytest.raises(NotebookError, match=r"reviews.ipynb did not show the report"):
        build(parameters, FAST)


def test_inputs_that_cannot_be_read_are_told_once(
    small_project: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error of reading comes instead of one from every notebook, and at once."""

    def refuse(*_: Any, **__: Any) -> FakeReport:
        raise InputError("york 2016-17: there is no Episodes table.")

    parameters = small_project(
        reviews=(OPEN_CELL, "import time; time.sleep(60)"), service=(OPEN_CELL,)
    )
    monkeypatch.setattr(irostats, "open", refuse)
    begun = time.monotonic()
    with pytest.raises(InputError, match="no Episodes table"):
        build(parameters, FAST)
    assert time.monotonic() - begun < 20


def test_a_cell_over_its_limit_is_ended_and_named(small_project: Making) -> None:
    """The error says which cell and how long it may take."""
    parameters = small_project(
        reviews=(OPEN_CELL, "#| label: fig-slow\nimport time; time.sleep(60)")
    )
    with pytest.raises(NotebookError, match="cell fig-slow: took longer than 1 second"):
        build(parameters, Options(limits=Limits(cell=1, notebook=100)))


def test_a_notebook_over_its_limit_is_ended_with_all_its_processes(
    small_project: Making, tmp_path: Path
) -> None:
    """Worker, kernel and what the kernel started are gone, and the next notebook runs."""
    import psutil  # type: ignore[import-untyped]

    slow = (
        "#| label: fig-slow\nimport subprocess, sys, os, pathlib, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(300)'])\n"
        f"pathlib.Path({str(tmp_path / 'pids')!r}).write_text(f'{{os.getpid()}} {{child.pid}}')\n"
        "time.sleep(300)"
    )
    parameters = small_project(reviews=(OPEN_CELL, slow), service=(OPEN_CELL, "1 / 0"))
    with pytest.raises(NotebookError) as caught:
        build(parameters, Options(jobs=1, limits=Limits(cell=100, notebook=8)))
    assert "cell fig-slow: the notebook took longer than 8 seconds" in caught.value.message
    assert "ZeroDivisionError" in caught.value.message
    for pid in (tmp_path / "pids").read_text().split():
        assert not psutil.pid_exists(int(pid)) or psutil.Process(int(pid)).status() == "zombie"


def test_a_kernel_that_dies_is_a_failure_of_its_notebook(small_project: Making) -> None:
    """A crash is told as such, not waited for until the time is up."""
    parameters = small_project(reviews=(OPEN_CELL, "#| label: boom\nimport os; os._exit(3)"))
    with pytest.raises(NotebookError, match=r"cell boom: DeadKernelError"):
        build(parameters, FAST)


def test_a_failed_render_leaves_the_earlier_report(
    small_project: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Formats that were already written are not published either."""

    def refuse(job: Any) -> None:
        fake_render(job)
        raise IrostatsError("typst fell over")

    parameters = small_project(reviews=(OPEN_CELL,))
    before = finished_before(parameters)
    monkeypatch.setattr(irostats.render, "render", refuse)
    with pytest.raises(IrostatsError, match="typst fell over"):
        build(parameters, FAST)
    assert contents(parameters.output_folder) == before


def test_a_first_build_that_fails_leaves_no_output_folder(
    small_project: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a finished report is expected there is nothing, not an empty folder."""

    def refuse(job: Any) -> None:
        raise IrostatsError("typst fell over")

    parameters = small_project(reviews=(OPEN_CELL,))
    monkeypatch.setattr(irostats.render, "render", refuse)
    with pytest.raises(IrostatsError, match="typst fell over"):
        build(parameters, FAST)
    assert not parameters.output_folder.exists()


def test_other_formats_made_from_other_inputs_are_removed(small_project: Making) -> None:
    """After --to html on new data, last month's PDF may not lie beside it unremarked."""
    parameters = small_project(formats="html", reviews=(OPEN_CELL,))
    finished_before(parameters)
    assert build(parameters, FAST).removed == ("report.docx",)
    assert not (parameters.output_folder / "report.docx").exists()


def test_other_formats_made_from_the_same_inputs_stay(small_project: Making) -> None:
    """Building html again leaves the Word file of the same inputs."""
    parameters = small_project(formats="html", reviews=(OPEN_CELL,))
    finished_before(parameters)
    (parameters.output_folder / "provenance.json").write_text(
        json.dumps({"fingerprint": FINGERPRINT}), encoding="utf-8"
    )
    assert build(parameters, FAST).removed == ()
    assert (parameters.output_folder / "report.docx").exists()


def test_a_second_build_of_the_same_report_at_once_is_refused(small_project: Making) -> None:
    """The message names the process that is building."""
    import os

    parameters = small_project(reviews=(OPEN_CELL,))
    with (
        files.lock(parameters.build_folder, parameters.title),
        pytest.raises(IrostatsError, match=f"another build .*process {os.getpid()}"),
    ):
        build(parameters, FAST)


def test_a_lock_left_by_a_killed_build_does_not_stop_the_next(small_project: Making) -> None:
    """The lock is the system's, not the file's: a file that was left means nothing."""
    parameters = small_project(reviews=(OPEN_CELL,))
    parameters.build_folder.mkdir(parents=True)
    (parameters.build_folder / ".lock").write_text("process 1, since 10:00:00", encoding="utf-8")
    assert build(parameters, FAST).names


def test_a_users_ipython_startup_does_not_leak_in(
    small_project: Making, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kernels see neither the user's IPython profile nor PYTHONSTARTUP."""
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("leaked = True", encoding="utf-8")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("PYTHONSTARTUP", str(startup / "00.py"))
    parameters = small_project(reviews=(OPEN_CELL, "assert 'leaked' not in globals()"))
    assert build(parameters, FAST).names


def test_kernels_use_unix_sockets_and_the_same_interpreter(small_project: Making) -> None:
    """No TCP port is opened, and packages are those of irostats."""
    import sys

    cell = (
        "import sys, os\n"
        f"assert sys.executable == {sys.executable!r}, sys.executable\n"
        "from ipykernel.connect import get_connection_info\n"
        "assert get_connection_info(unpack=True)['transport'] == 'ipc'\n"
        "assert os.environ['PYTHONHASHSEED'] == '0'"
    )
    parameters = small_project(reviews=(OPEN_CELL, cell))
    assert build(parameters, FAST).names


def test_a_notebook_that_the_report_embeds_must_exist(small_project: Making) -> None:
    """The missing file is named before anything runs."""
    parameters = small_project(reviews=(OPEN_CELL,))
    Path("notebooks/reviews.ipynb").unlink()
    with pytest.raises(NotebookError, match=r"embeds reviews.ipynb, which is not in"):
        build(parameters, FAST)


def test_a_malformed_build_time_is_the_commands_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """SOURCE_DATE_EPOCH is seconds, not a date."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2021-04-01")
    with pytest.raises(CommandError, match="2021-04-01"):
        build_time()


GAP = Answer(handbook.items()[0], (), ("challenge.active",), narrative=False)


def test_a_strict_build_refuses_what_the_handbook_asks_for_and_nothing_answers(
    small_project: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names what is asked and where to write it; nothing is published."""
    parameters = small_project(reviews=(OPEN_CELL,))
    monkeypatch.setattr(irostats, "open", lambda *_, **__: FakeReport(checklist=(GAP,)))
    with pytest.raises(IncompleteReport, match="Procedures for resolving concerns") as caught:
        build(parameters, Options(jobs=2, strict=True))
    assert "narrative/challenge.md" in caught.value.next_step
    assert not parameters.output_folder.exists()


def test_without_strict_the_gap_is_told(
    small_project: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The report is made, and the build says what it does not answer."""
    parameters = small_project(reviews=(OPEN_CELL,))
    monkeypatch.setattr(irostats, "open", lambda *_, **__: FakeReport(checklist=(GAP,)))
    assert build(parameters, FAST).gaps == (handbook.items()[0].text,)
