"""Parameters: every way in makes the same checked object."""

from __future__ import annotations

from pathlib import Path

import pytest

from irostats import parameters
from irostats.errors import CommandError
from irostats.parameters import FORMATS, Audience
from small_authority import Child, write_year


@pytest.fixture
def data(tmp_path: Path) -> Path:
    write_year(tmp_path / "data", "2020-21", [Child("A", "01/05/2020")])
    return tmp_path / "data"


def test_folders_come_from_the_option_then_the_environment_then_the_project(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An option wins over the variable; the build folder lies beside the output."""
    monkeypatch.setenv("IROSTATS_DATA", str(data))
    monkeypatch.setenv("IROSTATS_OUTPUT", str(tmp_path / "out"))
    made = parameters.make("smalltown", "2020-21")
    assert (made.data, made.output, made.build) == (data, tmp_path / "out", tmp_path / "build")
    chosen = parameters.make("smalltown", "2020-21", output=tmp_path / "mine" / "out")
    assert chosen.output == tmp_path / "mine" / "out"
    assert chosen.output_folder == tmp_path / "mine" / "out" / "smalltown" / "2020-21"


def test_without_any_the_projects_own_folders_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped samples build from any directory inside the project."""
    for name in ("IROSTATS_DATA", "IROSTATS_OUTPUT", "IROSTATS_BUILD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(Path(__file__).parent)
    made = parameters.make("peterborough", "2020-21")
    assert made.data == parameters.project_root() / "data"
    assert made.build == parameters.project_root() / "build"


def test_lists_are_text_as_papermill_gives_them(data: Path) -> None:
    """``a,b`` is a list; nothing means all."""
    assert parameters.make("smalltown", "2020-21", data=data).formats == FORMATS
    made = parameters.make("smalltown", "2020-21", data=data, formats="pdf, html,pdf")
    assert made.formats == ("pdf", "html")


@pytest.mark.parametrize(
    ("option", "value", "hint"),
    [("audience", "pubic", "public"), ("formats", "html,dcox", "docx")],
)
def test_an_unknown_choice_is_an_error_with_the_nearest(
    data: Path, option: str, value: str, hint: str
) -> None:
    """Nothing falls back to a default because it was misspelt."""
    with pytest.raises(CommandError, match=f"Did you mean '{hint}'") as caught:
        parameters.make("smalltown", "2020-21", data=data, **{option: value})
    assert caught.value.exit_code == 2


def test_audiences_are_two() -> None:
    """Whoever is not internal is the public."""
    assert [audience.value for audience in Audience] == ["public", "internal"]
