"""Authorities, years and folders that lead elsewhere: refused wherever they come in."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

import irostats
from irostats import cli, parameters
from irostats.errors import CommandError
from irostats.opened import VARIABLE, handed_on
from irostats.project import project_root
from small_authority import Child, write_year

NAMES = (
    "../../etc", "york/../..", "/etc/passwd", "york\x00", "york\n", "CON", "con", "nul", "com1",
    "-rf", "y\u043erk", "york ", ".", "..", "", "C:\\york", "\\\\server\\york", "yo\u200brk",
    "\uff59ork", "x" * 300, "york;rm", "$(id)", "%2e%2e",
)  # fmt: skip
YEARS = (
    "../../etc", "2020-21/../..", "2020-21\x00", "-rf", "\u0662\u0660\u0662\u0660-\u0662\u0661",
    "\uff12\uff10\uff12\uff10-21", "2020-21;", "9" * 5000, "CON", "", "/2020-21", "2020\u201121",
)  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with one authority."""
    write_year(tmp_path / "data", "2020-21", [Child("A1", "01/05/2020")])
    return tmp_path / "data"


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_an_authority_that_is_no_folders_name_is_refused(name: str, data: Path) -> None:
    """By every command, by notebooks and in Python; the message is short and on one line each."""
    with pytest.raises(CommandError) as caught:
        irostats.open(name, "2020-21", data=str(data))
    assert len(str(caught.value)) < 1_000
    assert "\x00" not in str(caught.value)
    for command in ("build", "check", "new"):
        with pytest.raises(SystemExit) as ended:
            cli.main([command, "--data", str(data), "--", name, "2020-21"])
        assert ended.value.code == 2
    assert sorted(path.name for path in data.parent.rglob("*.toml")) == [
        "authority.toml",
        "year.toml",
    ]


@pytest.mark.parametrize("year", YEARS, ids=range(len(YEARS)))
def test_a_year_that_is_none_is_refused(year: str, data: Path) -> None:
    """Digits of other scripts too: they would name another folder."""
    with pytest.raises(CommandError) as caught:
        irostats.open("smalltown", year, data=str(data))
    assert len(str(caught.value)) < 1_000
    for command in ("build", "check", "new"):
        with pytest.raises(SystemExit) as ended:
            cli.main([command, "--data", str(data), "--", "smalltown", year])
        assert ended.value.code == 2


@pytest.mark.parametrize("where", ["data", "data/smalltown", "data/smalltown/2020-21"])
@pytest.mark.parametrize("which", ["output", "build"])
def test_a_build_does_not_write_into_its_inputs(which: str, where: str, data: Path) -> None:
    """Whichever of the folders is given so."""
    given = {"output": data.parent / "o", "build": data.parent / "b"}
    given[which] = data.parent / where
    with pytest.raises(CommandError, match=f"The {which} folder"):
        parameters.make(
            "smalltown", "2020-21", data=data, output=given["output"], build=given["build"]
        )


def test_a_build_does_not_write_into_irostats(data: Path) -> None:
    """Neither into its source nor over its notebooks; nor both of its folders into one."""
    package = Path(irostats.__file__).parent
    for folder in (package, package / "render", package.parents[1] / "notebooks"):
        with pytest.raises(CommandError):
            parameters.make("smalltown", "2020-21", data=data, output=folder)
    with pytest.raises(CommandError, match="both"):
        parameters.make("smalltown", "2020-21", data=data, output=data.parent, build=data.parent)


def test_notebooks_beside_data_are_not_the_projects(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever lies in the working directory, what is executed is irostats's own."""
    monkeypatch.delenv("IROSTATS_PROJECT", raising=False)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "report.qmd").touch()
    (tmp_path / "pyproject.toml").write_text('name = "irostats"', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert project_root() == Path(irostats.__file__).resolve().parents[2]


class _Runs:
    """What would run if it were read back."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(_Runs.place),)

    place = Path()


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners here")
def test_a_handed_on_file_that_no_build_wrote_is_not_read(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its digest, elsewhere, as a link, or where others may write."""
    import hashlib

    _Runs.place = tmp_path / "it ran"
    content = pickle.dumps(_Runs())
    digest = hashlib.sha256(content).hexdigest()
    wanted = parameters.make("smalltown", "2020-21", data=data)
    stage = tmp_path / ".new-1"
    stage.mkdir(mode=0o700)
    loose, linked = tmp_path / ".new-2", tmp_path / ".new-3"
    loose.mkdir()
    loose.chmod(0o777)
    linked.mkdir(mode=0o700)
    for path in (stage / "report.pickle", tmp_path / "x.pickle", loose / "report.pickle"):
        path.write_bytes(content)
        path.chmod(0o600)
    (linked / "report.pickle").symlink_to(stage / "report.pickle")
    for said in (
        str(stage / "report.pickle"),
        f"{'0' * 64}  {stage / 'report.pickle'}",
        f"{digest}  {tmp_path / 'x.pickle'}",
        f"{digest}  {loose / 'report.pickle'}",
        f"{digest}  {linked / 'report.pickle'}",
        f"{digest}  report.pickle",
        f"{digest}  {tmp_path / 'nowhere' / 'report.pickle'}",
    ):
        monkeypatch.setenv(VARIABLE, said)
        assert handed_on(wanted) is None
    assert not _Runs.place.exists()
