"""Canaries in every field of every input: none is found in anything that leaves the machine."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from canary_authority import YEAR, Canaries, write_canaries

import irostats
from irostats.opened import hand_on
from irostats.verifying import inputs, looking, reading
from irostats.verifying.checking import Asked, verify
from whole_reports import PROJECT, RENDERER, TEST_ALL

FORMATS = {"public": "html,docx,pdf", "internal": "html,docx,pdf"}
BUILT = tuple(FORMATS) if TEST_ALL else ("public",)
"""A build takes a minute; what an internal one hands on is looked through in every run."""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Canaries]:
    """The data folder, and what was put where."""
    data = tmp_path_factory.mktemp("canaries") / "data"
    return data, write_canaries(data)


def _command(data: Path, *arguments: str) -> str:
    """All that a command says on the terminal."""
    done = subprocess.run(
        [sys.executable, "-m", "irostats.cli", *arguments, "--data", str(data)],
        cwd=PROJECT,
        env=os.environ | {"TMPDIR": str(data.parent)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    return f"{done.stdout}\n{done.stderr}"


def _named(canaries: Canaries, text: str) -> list[str]:
    """Leaks but for names of files, which an analyst is told on the terminal."""
    return [field for field in canaries.leaked(text) if "name of" not in field]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("audience", BUILT)
def test_no_canary_is_found_in_what_is_built(
    audience: str, authority: tuple[Path, Canaries]
) -> None:
    """Outputs, executed notebooks, provenance, what the commands print; nor by ``verify``."""
    data, canaries = authority
    output = data.parent / audience / "output"
    said = _command(
        data, "build", "smalltown", YEAR, "--audience", audience, "--to", FORMATS[audience],
        "--output", str(output), "--renderer", RENDERER,
    )  # fmt: skip
    home = output / "smalltown" / YEAR
    assert (home / "provenance.json").is_file(), said
    assert _named(canaries, said) == []
    looked = 0
    for path in (output.parent).rglob("*"):
        if path.is_file() and path.name != ".lock":
            contents = reading.read(path.name, path.read_bytes())
            text = "\n".join(piece.text for piece in contents.pieces)
            assert canaries.leaked(text) == [], path
            assert canaries.leaked(path.read_bytes().decode("latin-1")) == [], path
            looked += 1
    assert looked > 15
    found = verify([home], Asked(data)).findings
    assert [f for f in found if f.rule in ("identifier", "unprinted", "row-data")] == []
    assert not list(output.parent.rglob("*.pickle"))
    if audience == "public":
        shown = "".join(path.read_text(encoding="utf-8") for path in home.glob("*.html"))
        assert sum(word in shown for word in canaries.printed) > 3


@pytest.mark.parametrize("audience", FORMATS)
def test_no_canary_is_found_in_what_a_build_hands_on(
    audience: str, authority: tuple[Path, Canaries], tmp_path: Path
) -> None:
    """The opened report holds no row of anybody, and is its owner's alone."""
    data, canaries = authority
    report = irostats.open("smalltown", YEAR, audience=audience, data=str(data))
    path = tmp_path / "report.pickle"
    hand_on(report, path)
    contents = reading.read(path.name, path.read_bytes())
    assert _named(canaries, "\n".join(piece.text for piece in contents.pieces)) == []
    known = inputs.read_inputs(data / "smalltown", [YEAR, "2015-16"])
    assert looking.look("opened", contents, known) == []
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert canaries.leaked(json.dumps(report.provenance(), default=str)) == []


@pytest.mark.timeout(300)
def test_no_canary_is_found_in_what_check_says(authority: tuple[Path, Canaries]) -> None:
    """Issues name rows by file and line."""
    data, canaries = authority
    said = _command(data, "check", "smalltown", YEAR)
    assert "line 32" in said
    assert _named(canaries, said) == []


def test_the_canaries_would_be_found(authority: tuple[Path, Canaries]) -> None:
    """By their own words, and as identifiers by what ``verify`` reads of the inputs."""
    data, canaries = authority
    known = inputs.read_inputs(data / "smalltown", [YEAR])
    child = next(word for word, field in canaries.fields.items() if field == "CHILD of child 0")
    text = f"<p>{child}, 14 March 2009, QX3 9ZB, Q999400002102, Zebedee {child}</p>".encode()
    found = looking.look("a.html", reading.read("a.html", text), known)
    assert len({finding.detail.partition(",")[0] for finding in found}) == 4
    assert canaries.leaked(child.lower()) == ["CHILD of child 0"]
    assert len(canaries.fields) > 500
