"""No real return can be committed by accident."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parents[2]


def years_without_the_mark(tracked: list[str], root: Path) -> list[str]:
    """The year folders that hold a tracked return but do not say ``synthetic = true``."""
    unmarked = set()
    for name in tracked:
        parts = PurePosixPath(name).parts
        if parts[0] != "data" or "ssda903" not in parts:
            continue
        year = Path(*parts[: parts.index("ssda903")])
        marker = root / year / "year.toml"
        marks = tomllib.loads(marker.read_text(encoding="utf-8")) if marker.is_file() else {}
        tracks_marker = (year / "year.toml").as_posix() in tracked
        if marks.get("synthetic") is not True or not tracks_marker:
            unmarked.add(year.as_posix())
    return sorted(unmarked)


def git_tracks(root: Path) -> list[str]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--", "data"], cwd=root, capture_output=True, check=True
    )
    return [name for name in listing.stdout.decode("utf-8").split("\0") if name]


def test_every_tracked_return_is_marked_synthetic() -> None:
    """Whatever git tracks under data/**/ssda903 lies in a year that says it is synthetic."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout, so nothing is tracked")
    assert years_without_the_mark(git_tracks(ROOT), ROOT) == []


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        ("synthetic = true", []),
        ("synthetic = false", ["data/x/2020-21"]),
        ('synthetic = "true"', ["data/x/2020-21"]),
        ('status = "final"', ["data/x/2020-21"]),
        (None, ["data/x/2020-21"]),
    ],
)
def test_a_return_without_the_mark_is_found(
    tmp_path: Path, marker: str | None, expected: list[str]
) -> None:
    """Only the plain boolean counts; an absent file is a real return."""
    year = tmp_path / "data" / "x" / "2020-21"
    year.mkdir(parents=True)
    if marker is not None:
        (year / "year.toml").write_text(marker, encoding="utf-8")
    tracked = ["data/x/2020-21/ssda903/episodes.csv", "data/x/2020-21/year.toml", "README.md"]
    assert years_without_the_mark(tracked, tmp_path) == expected
