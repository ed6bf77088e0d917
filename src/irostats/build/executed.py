"""What an executed notebook is stripped of, and what is read back from it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

_LABEL = re.compile(r"^#\|\s*label:\s*(\S+)", re.MULTILINE)
INJECTED = "injected-parameters"
TIMES = ("papermill", "execution")
COMPUTED = ("tbl-cap", "fig-cap", "fig-alt", "note")
"""What committed notebooks carry in their cells' metadata for Quarto: the sample's own."""


def label(cell: Any, index: int) -> str:
    """What to call a cell in messages: its ``#| label:``, else its tag, else its number."""
    found = _LABEL.search(cell["source"])
    tags = cell["metadata"].get("tags") or [f"number {index + 1}"]
    return found[1] if found else str(tags[0])


def strip(notebook: Any, source: Any) -> Any:
    """Take times, random ids and this machine's paths out, so that equal runs are equal bytes.

    And the captions that came with the source: they speak of another report.

    Args:
        notebook: The executed notebook; changed in place and returned.
        source: The notebook that was executed.
    """
    notebook.metadata = source.metadata
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        for name in (*TIMES, *COMPUTED):
            cell.metadata.pop(name, None)
        if not cell.metadata.get("tags"):
            cell.metadata.pop("tags", None)
        if INJECTED in cell.metadata.get("tags", []):
            cell["id"] = INJECTED
    return notebook


def fingerprints(path: Path) -> tuple[str, ...]:
    """The fingerprints of the reports that an executed notebook opened."""
    import json

    notebook = json.loads(path.read_text(encoding="utf-8"))
    found = []
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            about = output.get("metadata", {}).get("irostats", {})
            if about.get("kind") == "report":
                found.append(str(about["fingerprint"]))
    return tuple(found)
