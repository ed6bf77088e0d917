"""However a notebook is run, it prints the same cells; what is committed is what it prints."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from irostats.build.committed import AUTHORITY, SOURCES, sources
from irostats.build.executed import INJECTED
from irostats.build.plan import sections
from whole_reports import PROJECT, SEED_YEARS, Reports

SECTIONS = sections(PROJECT)
NOT_COMPARED = ("image/png", "image/svg+xml")
"""Drawn text differs in a pixel between machines; a chart's data and alt text are compared."""


def cells(path: Path) -> list[dict[str, Any]]:
    """The code cells of a notebook, without the one that papermill adds."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [
        cell
        for cell in notebook["cells"]
        if cell["cell_type"] == "code" and INJECTED not in cell["metadata"].get("tags", [])
    ]


def printed(path: Path) -> dict[str, list[Any]]:
    """What each cell printed, by the cell's id."""
    return {cell["id"]: [_content(output) for output in cell["outputs"]] for cell in cells(path)}


def _content(output: dict[str, Any]) -> Any:
    assert output["output_type"] in ("execute_result", "display_data"), output
    metadata = {key: value for key, value in output["metadata"].items() if key != "irostats"}
    data = {
        kind: "".join(text) if isinstance(text, list) else text
        for kind, text in output["data"].items()
        if kind not in NOT_COMPARED
    }
    return data, metadata


def committed(section: str) -> Path:
    """A committed notebook."""
    return PROJECT / "notebooks" / f"{section}.ipynb"


@pytest.mark.parametrize("section", SECTIONS)
def test_committed_outputs_are_what_the_build_prints(built: Reports, section: str) -> None:
    """Made stale by any change of data or code: then `make notebooks`."""
    executed = built.executed(AUTHORITY) / f"{section}.ipynb"
    assert printed(committed(section)) == printed(executed), "out of date: make notebooks"


def test_committed_sources_are_what_the_sample_prints(tmp_path: Path) -> None:
    """`quarto render report.qmd` in the repository shows the numbers of the notebooks."""
    sources(tmp_path)
    made = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.relative_to(tmp_path).parts[0] for path in made} == set(SOURCES)
    for path in made:
        name = path.relative_to(tmp_path)
        assert (PROJECT / name).read_bytes() == path.read_bytes(), "out of date: make notebooks"


@pytest.mark.parametrize("section", SECTIONS)
def test_committed_notebooks_hold_nothing_else(section: str) -> None:
    """No times, no machine's paths, no fingerprint, no errors; every cell was run, in order."""
    path = committed(section)
    text = path.read_text(encoding="utf-8")
    for word in ('"papermill"', "iopub.", "fingerprint", str(PROJECT), str(Path.home())):
        assert word not in text
    assert [cell["execution_count"] for cell in cells(path)] == list(range(1, len(cells(path)) + 1))
    kinds = {output["output_type"] for cell in cells(path) for output in cell["outputs"]}
    assert kinds <= {"execute_result", "display_data"}


@pytest.mark.parametrize("section", SECTIONS)
def test_the_first_code_cell_declares_four_typed_parameters(section: str) -> None:
    """So that papermill can explain and check them; each has a comment."""
    import papermill

    first = cells(committed(section))[0]
    assert first["metadata"]["tags"] == ["parameters"]
    declared = papermill.inspect_notebook(str(committed(section)))
    assert list(declared) == ["authority", "year", "audience", "data"]
    for parameter in declared.values():
        assert parameter["inferred_type_name"] == "str"
        assert parameter["help"]


def test_papermill_by_hand_prints_what_the_build_prints(built: Reports, tmp_path: Path) -> None:
    """Another authority and year, from another folder, without irostats build."""
    target = tmp_path / "out.ipynb"
    command = [sys.executable, "-m", "papermill", str(committed("reviews")), str(target)]
    values = ["-p", "authority", "york", "-p", "year", SEED_YEARS["york"]]
    subprocess.run(
        [*command, *values, "--no-progress-bar"], cwd=tmp_path, check=True, capture_output=True
    )
    assert printed(target) == printed(built.executed("york") / "reviews.ipynb")


def test_a_second_build_is_equal_bytes(built: Reports, tmp_path: Path) -> None:
    """The same inputs, parameters, code and stated time give the same files."""
    slug = "peterborough"
    again = Reports(tmp_path)
    first = {path.name: path.read_bytes() for path in built[slug].iterdir()}
    second = {path.name: path.read_bytes() for path in again[slug].iterdir()}
    assert first == second
    for path in built.executed(slug).iterdir():
        assert path.read_bytes() == (again.executed(slug) / path.name).read_bytes()


def test_a_build_needs_no_network(tmp_path: Path) -> None:
    """In a network namespace without so much as a loopback, it builds."""
    alone = ["unshare", "--user", "--map-root-user", "--net"]
    try:
        subprocess.run([*alone, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this system makes no network namespaces (unshare --user --net)")
    build = [sys.executable, "-m", "irostats.cli", "build", AUTHORITY, SEED_YEARS[AUTHORITY]]
    done = subprocess.run(
        [*alone, *build, "--renderer", "builtin", "--output", str(tmp_path / "output")],
        cwd=PROJECT,
        env={key: value for key, value in os.environ.items() if not key.endswith("_proxy")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
