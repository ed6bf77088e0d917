"""Executed notebooks as the renderers read them: one labelled output per cell."""

from __future__ import annotations

import base64
import binascii
import copy
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from irostats.errors import NotebookError

_LABEL = re.compile(r"^#\|\s*label:\s*(\S+)\s*$", re.MULTILINE)
_SHOWN = ("execute_result", "display_data")


@dataclass(frozen=True)
class Embedded:
    """One labelled cell's output.

    `kind` is `table`, `chart` or `sentence`. A table and a sentence have `markdown`, a chart has
    `png`; a caption has neither number nor the word Table.
    """

    label: str
    kind: str
    markdown: str = ""
    png: bytes = b""
    caption: str = ""
    alt: str = ""
    note: str = ""


def label_of(cell: Mapping[str, Any]) -> str | None:
    """The `#| label:` of a code cell."""
    found = _LABEL.search(_joined(cell.get("source", "")))
    return found.group(1) if found and cell.get("cell_type") == "code" else None


def read_notebook(path: Path) -> dict[str, Any]:
    """The notebook's JSON.

    Raises:
        NotebookError: It is absent or is no notebook.
    """
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotebookError(
            f"{path} is not there.", next_step="Build the report again, all sections together."
        ) from None
    except ValueError as error:
        raise NotebookError(f"{path} is not a notebook: {error}.") from None
    if not isinstance(notebook, dict) or "cells" not in notebook:
        raise NotebookError(f"{path} is not a notebook: it has no cells.")
    return notebook


def embedded(path: Path) -> dict[str, Embedded]:
    """Every labelled output of an executed notebook, by label.

    Raises:
        NotebookError: A cell failed, shows nothing or too much, or lacks its caption or alt text;
            or two cells bear one label.
    """
    found: dict[str, Embedded] = {}
    for cell in read_notebook(path)["cells"]:
        label = label_of(cell)
        if label is None:
            continue
        if label in found:
            raise NotebookError(f"{path}: two cells are labelled '{label}'.")
        found[label] = _embedded(cell, label, f"{path}, cell '{label}'")
    return found


def annotate(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of a notebook in which Quarto finds captions, alt texts and notes.

    They travel in the outputs' metadata, since they are computed; Quarto looks for them in the
    cell's, so the source of a cell keeps its static label only.

    Args:
        notebook: The notebook's JSON, executed.
    """
    result = copy.deepcopy(dict(notebook))
    for cell in result["cells"]:
        for output in cell.get("outputs", []):
            said = output.get("metadata", {}).get("irostats", {})
            cell["metadata"] |= _cell_metadata(said)
    return result


def publishable(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """An annotated copy that holds nothing which Quarto would misread.

    HTML is left out: because of it Quarto loads jQuery and require.js from a server. So are
    printed streams, which Quarto would show, and the code.

    Args:
        notebook: The notebook's JSON, executed.
    """
    result = annotate(notebook)
    result["cells"] = [cell for cell in result["cells"] if label_of(cell)]
    for cell in result["cells"]:
        cell["outputs"] = [output for output in cell["outputs"] if output["output_type"] in _SHOWN]
        cell["source"] = f"#| label: {label_of(cell)}\n"
        for output in cell["outputs"]:
            output["data"].pop("text/html", None)
    return result


def _cell_metadata(said: Mapping[str, str]) -> dict[str, str]:
    names = {
        "table": {"caption": "tbl-cap", "note": "note"},
        "chart": {"caption": "fig-cap", "alt": "fig-alt", "note": "note"},
    }.get(said.get("kind", ""), {})
    # Quarto writes them into attributes, where a backslash is an escape.
    return {
        there: _line(said[here]).replace("\\", "\\\\")
        for here, there in names.items()
        if said.get(here)
    }


def _embedded(cell: Mapping[str, Any], label: str, where: str) -> Embedded:
    outputs = cell.get("outputs", [])
    if any(output["output_type"] == "error" for output in outputs):
        raise NotebookError(f"{where} failed, so nothing is published from it.")
    shown = [output for output in outputs if output["output_type"] in _SHOWN]
    if len(shown) != 1:
        raise NotebookError(
            f"{where} shows {len(shown)} things where the report expects one.",
            next_step="One labelled cell makes one table, chart or sentence.",
        )
    data, said = shown[0]["data"], shown[0].get("metadata", {}).get("irostats", {})
    kind = said.get("kind", "chart" if "image/png" in data else "sentence")
    item = Embedded(
        label=label,
        kind=kind,
        markdown=_joined(data.get("text/markdown", "")).strip(),
        png=_decoded(_joined(data.get("image/png", "")), where),
        caption=_line(said.get("caption", "")),
        alt=_line(said.get("alt", "")),
        note=_joined(said.get("note", "")).strip(),
    )
    _complete(item, where)
    return item


def _complete(item: Embedded, where: str) -> None:
    missing = {
        "text in Markdown": item.kind != "chart" and not item.markdown,
        "a picture": item.kind == "chart" and not item.png,
        "a caption": item.kind in ("table", "chart") and not item.caption,
        "alt text": item.kind == "chart" and not item.alt,
    }
    for what, is_missing in missing.items():
        if is_missing:
            raise NotebookError(f"{where} is a {item.kind} without {what}.")


def _decoded(text: str, where: str) -> bytes:
    try:
        return base64.b64decode(text, validate=False)
    except binascii.Error:
        raise NotebookError(f"{where} holds a picture that cannot be read.") from None


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _line(text: str) -> str:
    return " ".join(text.split())
