"""Made-up executed notebooks, small enough to write in a test, and jobs that render them."""

from __future__ import annotations

import base64
import json
import re
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from irostats.render import SECTIONS, RenderJob

ROOT = Path(__file__).parents[1]
EMBED = re.compile(r"embed notebooks/(\w+)\.ipynb#([\w-]+)")

TABLE = """| Measure | 2019-20 | 2020-21 |
|:---|---:|---:|
| Reviews held | 998 | 1,021 |
| On time, % of reviews | 99.5 | 99.9 |
| Of children who arrived alone | c | 20 |
| Change on the year before | not assessable | -5 |
| Reviews in time | 97.9% (984 of 1,005) | 98.1% (1,002 of 1,021) |
"""
CAPTION = 'The council\'s "reviews" of 2020-21: 99.9% & *more*'
ALT = 'Bars of "reviews": 998 in 2019-20, and 1,021 in 2020-21; it\'s \\ more.'
NOTE = "Source: SSDA903. **c** is left out."
NOT_RECORDED = "Not recorded: the authority keeps no record of this."

VARIABLES: dict[str, Any] = {
    "provenance": {
        "code": "irostats 1",
        "libraries": "pandas 3",
        "renderer": "Pandoc 3",
        "built": "1 May 2021",
        "fingerprint": "0123456789ab",
    },
    "report": {
        "title": "Annual report of the Independent Reviewing Officers",
        "subtitle": "Somewhere Council, 1 April 2020 to 31 March 2021",
        "authority": "Somewhere",
        "council": "Somewhere Council",
        "year": "2020-21",
        "audience": "public",
        "period": "1 April 2020 to 31 March 2021",
        "first_review": "20 working days",
        "second_review": "three months",
        "made_from": "Percentages are computed from counts.",
        "later_review": "six months",
        "banner": "**Synthetic data.** Not a publication.\n\n**Draft.** Not for publication.",
        "footer": "Synthetic data: not a publication of Somewhere Council",
        "banner_plain": "The numbers are made up.",
        "contact": "Contact Somewhere Council.",
        "footer_plain": "Made-up numbers: not from Somewhere Council",
    },
    "words": {
        "children_capital": "Children in care",
        "children": "children in care",
        "child": "child in care",
        "service": "IRO service",
        "panel": "Corporate Parenting Board",
    },
    "reviews": {"held": "1,021", "on_time_percent": "99.9%"},
}


def png(width: int = 4, height: int = 2) -> bytes:
    """The smallest picture that will do."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height)))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def cell(label: str, data: Mapping[str, str], **said: str) -> dict[str, Any]:
    """An executed cell with one output."""
    output = {
        "output_type": "execute_result",
        "execution_count": 1,
        "data": dict(data),
        "metadata": {"irostats": said},
    }
    return {
        "cell_type": "code",
        "id": f"cell-{label}",
        "source": f"#| label: {label}\nreport.show({label!r})",
        "metadata": {},
        "execution_count": 1,
        "outputs": [output],
    }


def table_cell(label: str, caption: str = CAPTION, markdown: str = TABLE) -> dict[str, Any]:
    """A cell that shows a table."""
    data = {"text/markdown": markdown, "text/plain": markdown}
    return cell(label, data, kind="table", caption=caption, note=NOTE)


def chart_cell(label: str, caption: str = CAPTION, alt: str = ALT) -> dict[str, Any]:
    """A cell that shows a chart."""
    picture = base64.b64encode(png()).decode()
    data = {"image/png": picture, "text/plain": alt}
    return cell(label, data, kind="chart", caption=caption, alt=alt, note=NOTE)


def sentence_cell(label: str, text: str = "**1,021 reviews** were held.") -> dict[str, Any]:
    """A cell that shows a sentence."""
    return cell(label, {"text/markdown": text, "text/plain": text}, kind="sentence")


def notebook(*cells: dict[str, Any]) -> dict[str, Any]:
    """A notebook's JSON."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {
        "cells": list(cells),
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def write_notebook(path: Path, *cells: dict[str, Any]) -> Path:
    """Write a notebook of these cells."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook(*cells)), encoding="utf-8")
    return path


def embeds() -> dict[str, list[str]]:
    """What the documents embed: labels by section, each once."""
    found: dict[str, list[str]] = {section: [] for section in SECTIONS}
    for path in sorted(ROOT.glob("*.qmd")):
        for section, label in EMBED.findall(path.read_text(encoding="utf-8")):
            if label not in found.setdefault(section, []):
                found[section].append(label)
    return found


def whole_set(folder: Path, *, absent: tuple[str, ...] = ()) -> Path:
    """Executed notebooks for all documents; the absent tables and charts are sentences."""
    for section, labels in embeds().items():
        cells = []
        for label in labels:
            if label in absent:
                cells.append(sentence_cell(label, NOT_RECORDED))
            elif label.startswith("tbl-"):
                cells.append(table_cell(label, f"{label[4:].replace('-', ' ')}: {CAPTION}"))
            elif label.startswith("fig-"):
                cells.append(chart_cell(label, f"{label[4:].replace('-', ' ')}: {CAPTION}"))
            else:
                cells.append(sentence_cell(label))
        write_notebook(folder / f"{section}.ipynb", *cells)
    return folder


def small_root(folder: Path, body: str) -> Path:
    """A project with a small `report.qmd`, and the real `_quarto.yml`."""
    folder.mkdir(parents=True, exist_ok=True)
    front = '---\ntitle: "{{< var report.title >}}"\nlang: en-GB\n---\n\n'
    (folder / "report.qmd").write_text(front + body, encoding="utf-8")
    settings = (ROOT / "_quarto.yml").read_text(encoding="utf-8")
    (folder / "_quarto.yml").write_text(settings, encoding="utf-8")
    return folder


def small_job(folder: Path, body: str, *cells: dict[str, Any], **settings: Any) -> RenderJob:
    """A job over one notebook, `reviews`, and a small `report.qmd`."""
    notebooks = folder / "notebooks"
    write_notebook(notebooks / "reviews.ipynb", *cells)
    given: dict[str, Any] = {"renderer": "builtin", "formats": ("html",), "variables": VARIABLES}
    return RenderJob(
        root=small_root(folder / "root", body),
        notebooks=notebooks,
        output=folder / "output",
        **(given | settings),
    )
