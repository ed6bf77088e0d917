"""Finding and running Quarto, with stand-ins for it that go wrong in every way they can."""

from __future__ import annotations

import stat
import sys
import time
from pathlib import Path

import pytest

from irostats.errors import RenderError
from irostats.render import RenderJob, find_renderer, render
from irostats.render.find import choose
from irostats.render.quarto import quarto_path
from report_samples import sentence_cell, small_job

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are scripts")

BODY = "# Reviews\n\n{{< embed notebooks/reviews.ipynb#reviews-headline >}}\n"
POLICY = '<meta http-equiv="Content-Security-Policy" content="from the template">'
WRITES = (
    f"PAGE = {POLICY!r} + 'made by the stand-in'"
    + """
format_ = arguments[arguments.index("--to") + 1]
folder = pathlib.Path(arguments[arguments.index("--output-dir") + 1])
folder.mkdir(exist_ok=True)
(folder / f"report.{format_}").write_text(PAGE, encoding="utf-8")
"""
)


@pytest.fixture(autouse=True)
def no_real_quarto(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No Quarto of this machine takes part."""
    monkeypatch.delenv("IROSTATS_QUARTO", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))


def stand_in(folder: Path, action: str = WRITES, version: str = "1.7.34") -> Path:
    """An executable that says it is Quarto."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "quarto"
    path.write_text(
        f"#!{sys.executable}\nimport os, pathlib, subprocess, sys, time\n"
        "arguments = sys.argv[1:]\n"
        f"if arguments == ['--version']:\n    print({version!r})\n    sys.exit(0)\n{action}",
        encoding="utf-8",
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def job(folder: Path, quarto: Path | None, **settings: object) -> RenderJob:
    """A small job for Quarto, in a folder where a report lies already."""
    cell = sentence_cell("reviews-headline")
    given: dict[str, object] = {"renderer": "auto", "quarto": quarto}
    made = small_job(folder, BODY, cell, **(given | settings))
    made.output.mkdir()
    (made.output / "report.html").write_text("the old report", encoding="utf-8")
    return made


def fails(work: RenderJob, message: str) -> None:
    """The job fails with this message, and the old report is untouched and alone."""
    with pytest.raises(RenderError, match=message):
        render(work)
    assert [path.name for path in work.output.iterdir()] == ["report.html"]
    assert (work.output / "report.html").read_text(encoding="utf-8") == "the old report"


def test_quarto_in_a_path_with_spaces_is_run(tmp_path: Path) -> None:
    """As programs are installed on Windows and Macs."""
    work = job(tmp_path, stand_in(tmp_path / "Program Files" / "Quarto 1"))
    assert render(work) == [work.output / "report.html"]
    assert (
        (work.output / "report.html").read_text(encoding="utf-8").endswith("made by the stand-in")
    )


def test_a_report_in_a_path_with_spaces_is_rendered(tmp_path: Path) -> None:
    """As folders of councils are called."""
    work = job(tmp_path / "IRO report (final)", stand_in(tmp_path / "q"))
    assert render(work)


def test_quarto_works_on_a_staged_copy(tmp_path: Path) -> None:
    """It is run in a folder of its own, on a copy of everything, which is gone afterwards."""
    seen = tmp_path / "seen.txt"
    action = (
        f"names = sorted(str(path) for path in pathlib.Path('.').rglob('*') if path.is_file())\n"
        f"pathlib.Path({str(seen)!r}).write_text('\\n'.join([os.getcwd(), *names]))\n{WRITES}"
    )
    work = job(tmp_path, stand_in(tmp_path / "q", action), narrative={"reviews": "Ours."})
    render(work)
    folder, *names = seen.read_text(encoding="utf-8").split("\n")
    assert Path(folder) not in (work.root, work.output)
    assert not Path(folder).exists()
    assert {"report.qmd", "_quarto.yml", "_variables.yml", "notebooks/reviews.ipynb"} <= set(names)
    assert "narrative/reviews.md" in names
    assert "src/irostats/render/theme/reference.docx" in names


def test_a_quarto_that_is_too_old_is_refused(tmp_path: Path) -> None:
    """The one that was named is never passed over in silence."""
    fails(job(tmp_path, stand_in(tmp_path / "q", version="1.3.450")), "1.3.450; 1.4 or later")


def test_a_quarto_that_does_not_say_its_version_is_refused(tmp_path: Path) -> None:
    """It may be anything."""
    fails(job(tmp_path, stand_in(tmp_path / "q", version="hello")), "does not say which version")


def test_a_quarto_that_hangs_is_stopped_with_all_that_it_started(tmp_path: Path) -> None:
    """The whole process group ends when the time is up."""
    alive = tmp_path / "alive.txt"
    child = f"import time, pathlib\ntime.sleep(3)\npathlib.Path({str(alive)!r}).write_text('x')"
    action = f"subprocess.Popen([sys.executable, '-c', {child!r}])\ntime.sleep(60)\n"
    work = job(tmp_path, stand_in(tmp_path / "q", action), timeout=1.0)
    started = time.monotonic()
    fails(work, "did not finish within 1 seconds")
    assert time.monotonic() - started < 20
    time.sleep(3)
    assert not alive.exists()


def test_a_quarto_that_fails_is_quoted(tmp_path: Path) -> None:
    """Its last words are in the error, without the rest of its log."""
    action = "print('line\\n' * 99, file=sys.stderr)\nsys.exit('ERROR: no such thing')\n"
    work = job(tmp_path, stand_in(tmp_path / "q", action))
    fails(work, r"Quarto failed \(exit code 1\):\n(line\n)*ERROR: no such thing")


@pytest.mark.parametrize(
    "action",
    [
        "pathlib.Path('report.html').write_text('x')\n",
        f"{WRITES}(folder / 'report.html').write_text('')\n",
        "pass\n",
    ],
)
def test_a_quarto_that_writes_to_the_wrong_place_is_found_out(tmp_path: Path, action: str) -> None:
    """Exit code 0 is not enough: the report must be where it was told, and not empty."""
    fails(job(tmp_path, stand_in(tmp_path / "q", action)), r"there is no report\.html where")


def test_a_named_quarto_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """A wrong path is not passed over."""
    fails(job(tmp_path, tmp_path / "no" / "quarto"), "There is no Quarto at")


def test_a_file_that_cannot_be_started_is_an_error(tmp_path: Path) -> None:
    """Say a text file."""
    path = tmp_path / "quarto"
    path.write_text("no program", encoding="utf-8")
    fails(job(tmp_path, path), "could not be started")


def test_quarto_is_found_on_the_path(tmp_path: Path) -> None:
    """Where nothing else is said."""
    path = stand_in(tmp_path / "bin")
    assert quarto_path() == path
    assert choose().name == "quarto"
    assert find_renderer().versions["quarto"] == "1.7.34"


def test_quarto_is_found_by_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """IROSTATS_QUARTO comes before the PATH."""
    stand_in(tmp_path / "bin")
    path = stand_in(tmp_path / "other")
    monkeypatch.setenv("IROSTATS_QUARTO", str(path))
    assert quarto_path() == path


def test_an_old_quarto_on_the_path_leaves_the_work_to_the_built_in_renderer(
    tmp_path: Path,
) -> None:
    """Nobody asked for it by name; the doctor says why it is not used."""
    stand_in(tmp_path / "bin", version="1.3.0")
    assert choose().name == "builtin"
    survey = find_renderer()
    assert survey.renderer.name == "builtin"
    assert "older than 1.4" in survey.advice[0]


def test_without_quarto_the_built_in_renderer_is_used() -> None:
    """And the doctor says what Quarto would be good for."""
    survey = find_renderer()
    assert (survey.renderer.name, survey.versions["quarto"]) == ("builtin", None)
    assert survey.versions["pandoc"]
    assert survey.versions["typst"]
    assert "quarto.org" in survey.advice[0]
    assert "DejaVu Sans" in survey.fonts


def test_asking_for_quarto_without_quarto_is_an_error() -> None:
    """It says how to get it."""
    with pytest.raises(RenderError, match="not installed"):
        choose("quarto")


def test_the_pdf_is_built_in_even_where_there_is_quarto(tmp_path: Path) -> None:
    """Quarto's own would not be tagged."""
    work = job(tmp_path, stand_in(tmp_path / "q"), formats=("html", "pdf"))
    page, pdf = render(work)
    assert page.read_text(encoding="utf-8").endswith("made by the stand-in")
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert sorted(path.name for path in work.output.iterdir()) == ["report.html", "report.pdf"]
