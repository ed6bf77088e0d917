"""The committed notebooks, ``_variables.yml``, ``narrative/`` and ``parts/``: the sample.

``python -m irostats.build.committed`` runs the notebooks in place with the parameters that
they declare, on the shipped synthetic data, and writes what the documents read beside them, so
that ``quarto render report.qmd`` previews the sample without running anything.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import irostats
from irostats.build import execute
from irostats.build.plan import Limits, Task, sections
from irostats.build.progress import shown
from irostats.errors import IrostatsError
from irostats.opened import VARIABLE, hand_on
from irostats.parameters import project_root
from irostats.render import annotate, write_sources

AUTHORITY, YEAR = "peterborough", "2020-21"
SOURCES = ("_variables.yml", "narrative", "parts")
"""What ``write_sources`` makes."""
PREVIEW = {
    "code": "irostats as it was committed",
    "libraries": "the versions in requirements.lock",
    "renderer": "Quarto, as a preview of the committed sample",
    "built": "the day of the preview",
    "fingerprint": "that a build states",
}
"""Committed text must not change with every line of code; a build states its own."""


def refresh(root: Path) -> None:
    """Run every notebook of ``root`` in place and write what the documents read beside them.

    Raises:
        NotebookError: One did not run to its end; none is changed then.
    """
    from rich.console import Console

    with tempfile.TemporaryDirectory(dir=root / "notebooks", prefix=".new-") as name:
        stage = Path(name)
        tasks = [_task(root, section, stage) for section in sections(root)]
        with shown(Console(stderr=True), "notebooks") as progress:
            progress.planned([task.section for task in tasks])
            hand_on(irostats.open(AUTHORITY, YEAR), stage / "report.pickle")
            run = execute.Execution(
                tasks,
                jobs=2,
                limits=Limits(),
                progress=progress,
                scratch=stage,
                environment={VARIABLE: str(stage / "report.pickle")},
            )
            try:
                failures = run.failures()
            finally:
                run.stop()
        if failures:
            raise execute.error("notebooks", failures)
        for task in tasks:
            executed = json.loads(task.target.read_text(encoding="utf-8"))
            notebook = annotate(without_fingerprint(executed))
            text = json.dumps(notebook, indent=1, ensure_ascii=False)
            task.target.write_text(text + "\n", encoding="utf-8", newline="\n")
            task.target.replace(task.source)
    sources(root)


def sources(folder: Path) -> None:
    """Write the sample's variables, narrative and parts into a folder."""
    report = irostats.open(AUTHORITY, YEAR)
    variables = {**report.variables(), "provenance": PREVIEW}
    write_sources(folder, variables, report.narrative, report.parts())


def without_fingerprint(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook without the fingerprint of its report.

    It changes with every line of code, and with the version of Python: committed, it would
    be out of date at once, and say nothing.
    """
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            about = output.get("metadata", {}).get("irostats", {})
            if about.get("kind") == "report":
                output["metadata"] = {}
    return notebook


def _task(root: Path, section: str, stage: Path) -> Task:
    return Task(
        section=section,
        source=root / "notebooks" / f"{section}.ipynb",
        target=stage / f"{section}.ipynb",
        log=root / "build" / "logs" / f"{section}.log",
        parameters={},
    )


def main() -> None:
    """Refresh the notebooks of the project around the working directory."""
    try:
        refresh(project_root())
    except IrostatsError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
