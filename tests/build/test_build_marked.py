"""Internal builds: marked in every name, closed to others, beside the public one."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from irostats.build import files
from irostats.build.run import Options, build
from irostats.documents import DATA_FILES, SIGN_OFF
from irostats.errors import IrostatsError
from irostats.parameters import MARKING, Audience, Parameters
from small_project import OPEN_CELL, Making

pytestmark = [
    pytest.mark.usefixtures("stand_ins"),
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions"),
]
FAST = Options(jobs=1)


@pytest.fixture(autouse=True)
def umask() -> Iterator[None]:
    """The user lets the group write and everybody read."""
    before = os.umask(0o002)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    """Who may do what with a file."""
    return stat.S_IMODE(path.stat().st_mode)


def below(folder: Path) -> list[Path]:
    """All files and folders in a folder, but for the build's lock."""
    return [path for path in folder.rglob("*") if path.name != ".lock"]


def both(made: Parameters, *, first: Audience) -> Parameters:
    """Build for both readers, in this order; the internal parameters."""
    orders = sorted(Audience, key=lambda each: each is not first)
    for audience in orders:
        build(replace(made, audience=audience), FAST)
    return replace(made, audience=Audience.INTERNAL)


def test_every_file_of_an_internal_build_bears_the_marking(small_project: Making) -> None:
    """In its name; provenance bears it within."""
    parameters = small_project(audience="internal", reviews=(OPEN_CELL,))
    built = build(parameters, FAST)
    assert set(built.names) == {path.name for path in parameters.output_folder.iterdir()}
    assert all(f"-{MARKING}." in name for name in built.names)
    said = json.loads((built.folder / f"provenance-{MARKING}.json").read_text("utf-8"))
    assert said["marking"] == MARKING
    assert set(said["outputs"]) == {*built.names} - {f"provenance-{MARKING}.json"}


def test_an_internal_build_is_its_owners_alone(small_project: Making) -> None:
    """Files, executed notebooks and their folders, whatever the user's umask."""
    parameters = small_project(audience="internal", reviews=(OPEN_CELL,))
    build(parameters, FAST)
    assert mode(parameters.output_folder) == 0o700
    assert {mode(path) for path in parameters.output_folder.iterdir()} == {0o600}
    made = below(parameters.build_folder)
    assert f"notebooks-{MARKING}" in {path.name for path in made}
    assert {mode(path) & 0o077 for path in made} == {0}
    assert os.umask(0o002) == 0o002


def test_a_public_build_follows_the_users_umask(small_project: Making) -> None:
    """Nothing is opened wider, or closed tighter, than the user's other files."""
    parameters = small_project(reviews=(OPEN_CELL,))
    build(parameters, FAST)
    assert mode(parameters.output_folder) == 0o775
    assert {mode(path) for path in parameters.output_folder.iterdir()} == {0o664}


@pytest.mark.parametrize("first", list(Audience))
def test_both_builds_lie_side_by_side(small_project: Making, first: Audience) -> None:
    """Neither replaces, removes or opens what the other wrote; each has its own notebooks."""
    parameters = both(small_project(reviews=(OPEN_CELL,)), first=first)
    found = {path.name: mode(path) for path in parameters.output_folder.iterdir()}
    public = {name for name in found if MARKING not in name}
    assert public == {"report.html", "report.docx", *DATA_FILES, SIGN_OFF, "provenance.json"}
    assert len(found) == 2 * len(public) - 1  # internal readers need no list
    assert {found[name] for name in public} == {0o664}
    assert {found[name] for name in found.keys() - public} == {0o600}
    assert mode(parameters.output_folder) == 0o775
    names = {path.name for path in parameters.build_folder.iterdir()}
    assert names >= {"notebooks", f"notebooks-{MARKING}"}


def test_stale_files_of_the_same_readers_go_and_others_stay(small_project: Making) -> None:
    """An internal build of other inputs takes its own Word file away, not the public one."""
    parameters = both(small_project(reviews=(OPEN_CELL,)), first=Audience.PUBLIC)
    provenance = parameters.output_folder / f"provenance-{MARKING}.json"
    provenance.write_text('{"fingerprint": "another"}', encoding="utf-8")
    built = build(replace(parameters, formats=("html",)), FAST)
    assert built.removed == (f"report-{MARKING}.docx",)
    assert (parameters.output_folder / "report.docx").exists()


def test_a_folder_that_the_user_closed_stays_closed(tmp_path: Path) -> None:
    """Only one that an internal build made, and holds nothing else, is opened for a public one."""
    folder = tmp_path / "york" / "2016-17"
    files.make_folder(folder, private=True)
    (folder / "notes.txt").touch()
    files.make_folder(folder, private=False)
    assert mode(folder) == 0o700
    (folder / "notes.txt").unlink()
    (folder / f"report-{MARKING}.html").touch()
    files.make_folder(folder, private=False)
    assert mode(folder) == 0o775


def test_a_failed_internal_build_leaves_nothing(small_project: Making) -> None:
    """Neither a folder nor the umask that it ran under."""
    parameters = small_project(audience="internal", reviews=(OPEN_CELL, "1 / 0"))
    with pytest.raises(IrostatsError):
        build(parameters, FAST)
    assert not parameters.output_folder.exists()
    assert os.umask(0o002) == 0o002
