"""Which notebooks a report needs, and with which parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from irostats.documents import present
from irostats.errors import NotebookError
from irostats.parameters import Parameters

_EMBED = re.compile(r"\{\{<\s*embed\s+notebooks/([\w-]+)\.ipynb\b")
_INCLUDE = re.compile(r"\{\{<\s*include\s+(\S+)\s*>\}\}")


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds after which a cell, and a whole notebook, is given up."""

    cell: int = 120
    notebook: int = 300


@dataclass(frozen=True, slots=True)
class Task:
    """One notebook to execute.

    Args:
        section: Its name, such as ``reviews``.
        source: The notebook.
        target: Where the executed one goes.
        log: Where the traceback of a failure goes.
        parameters: Values for its ``parameters`` cell.
    """

    section: str
    source: Path
    target: Path
    log: Path
    parameters: Mapping[str, str]


def sections(root: Path) -> tuple[str, ...]:
    """The notebooks that the documents embed, in the order in which they first do.

    The documents themselves say what they need: a notebook that somebody else left in the
    folder costs nothing and cannot stop a build.
    """
    texts = (_whole(root / document.source) for document in present(root))
    return tuple(dict.fromkeys(name for text in texts for name in _EMBED.findall(text)))


def _whole(path: Path) -> str:
    if not path.is_file():  # a narrative that nobody has written
        return ""
    text = path.read_text(encoding="utf-8")
    return _INCLUDE.sub(lambda match: _whole(path.parent / match[1]), text)


def plan(parameters: Parameters, root: Path, stage: Path) -> tuple[Task, ...]:
    """One task for each notebook of the report.

    Args:
        parameters: What to report on.
        root: The project folder.
        stage: Folder that the executed notebooks are written into.

    Raises:
        NotebookError: A document embeds a notebook that does not exist.
    """
    values = {
        "authority": parameters.authority,
        "year": str(parameters.year),
        "audience": parameters.audience.value,
        "data": str(parameters.data),
    }
    tasks = tuple(
        Task(
            section=section,
            source=root / "notebooks" / f"{section}.ipynb",
            target=stage / f"{section}.ipynb",
            log=parameters.build_folder / "logs" / f"{section}.log",
            parameters=values,
        )
        for section in sections(root)
    )
    missing = [task.source.name for task in tasks if not task.source.is_file()]
    if missing:
        raise NotebookError(
            f"{parameters.title}: the report embeds {', '.join(missing)}, which "
            f"{'is' if len(missing) == 1 else 'are'} not in {root / 'notebooks'}.",
            next_step="Put it back (git checkout notebooks), or take it out of the .qmd files.",
        )
    return tasks
