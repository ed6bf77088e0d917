"""A report's own folder to be rendered in.

Two renders in one folder overwrite each other, and reports have been published with another
authority's chart. So each render works on a copy, which holds everything that it needs.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import yaml

from irostats.errors import RenderError
from irostats.render.constructs import check
from irostats.render.expand import check_variables, split_front_matter
from irostats.render.job import PARTS, SECTIONS, RenderJob
from irostats.render.notebooks import publishable, read_notebook
from irostats.render.reference import reference_document
from irostats.render.variables import flatten
from irostats.render.written import written

#: Where the theme lies, in the repository as in a staged copy.
THEME = "src/irostats/render/theme"

_EMBEDDED = re.compile(r"\.ipynb#([\w-]+)")
_PACKAGED = Path(__file__).parent / "theme"


def stage(job: RenderJob, folder: Path) -> Path:
    """Copy a report into a folder, ready for either renderer.

    The copy holds the documents' sources, `_quarto.yml`, the theme, the executed notebooks with
    their captions where Quarto looks for them, `_variables.yml`, a narrative for each section, and
    the parts that code makes.

    Args:
        job: The report.
        folder: An empty folder.

    Returns:
        The folder.

    Raises:
        RenderError: A source uses a construct or variable that is unknown.
        NotebookError: A notebook is absent or unreadable.
    """
    sources = [document.source for document in job.present]
    for name in (*sources, "_quarto.yml"):
        shutil.copyfile(job.root / name, folder / name)
    shutil.copytree(_PACKAGED, folder / THEME)
    _stage_notebooks(job, folder / "notebooks")
    write_sources(folder, job.variables, job.narrative, job.parts)
    footer = dict(flatten(job.variables)).get("report.footer", "")
    (folder / THEME / "reference.docx").write_bytes(reference_document(footer, job.marking))
    for name in sources:
        check(split_front_matter((folder / name).read_text(encoding="utf-8"))[1], name)
    return folder


def _stage_notebooks(job: RenderJob, folder: Path) -> None:
    folder.mkdir()
    sources = [(job.root / each.source).read_text(encoding="utf-8") for each in job.present]
    embedded = [set(_EMBEDDED.findall(source)) for source in sources]
    for path in sorted(job.notebooks.glob("*.ipynb")):
        notebook = publishable(read_notebook(path), embedded)
        text = json.dumps(notebook, ensure_ascii=False, sort_keys=True, indent=1)
        (folder / path.name).write_text(text, encoding="utf-8")
    if not any(folder.iterdir()):
        raise RenderError(f"{job.notebooks} holds no executed notebook.")


def write_sources(
    folder: Path,
    variables: Mapping[str, object],
    narrative: Mapping[str, str],
    parts: Mapping[str, str] | None = None,
) -> None:
    """Write what the documents read beside notebooks: `_variables.yml`, `narrative/`, `parts/`.

    Used for each staged copy, and for the committed sample in the root.

    Args:
        folder: Where the documents' sources lie.
        variables: What `{{< var a.b >}}` prints, nested.
        narrative: Markdown that people wrote, by section; the others get an empty file.
        parts: Markdown that the report's code made, by part; the others get an empty file.

    Raises:
        RenderError: A narrative or part uses a construct or variable that is unknown.
    """
    known = dict(flatten(variables))
    text = yaml.safe_dump(_plain(variables), allow_unicode=True)
    (folder / "_variables.yml").write_text(text, encoding="utf-8")
    texts = {f"narrative/{name}.md": narrative.get(name, "") for name in SECTIONS}
    texts |= {f"parts/{name}.md": (parts or {}).get(name, "") for name in PARTS}
    for name, text in texts.items():
        if text.strip():
            # What people wrote is made safe; what code makes of their words is so already.
            text = written(text, name) if name.startswith("narrative/") else text
            check(text, name)
            check_variables(known, text, name)
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(f"{text.strip()}\n", encoding="utf-8")


def _plain(value: object) -> object:
    """Mappings of any kind as plain ones, leaves as text: YAML must not guess at `1,021`."""
    if hasattr(value, "items"):
        return {str(key): _plain(child) for key, child in value.items()}
    return "" if value is None else str(value)
