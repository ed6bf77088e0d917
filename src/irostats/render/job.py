"""What is to be rendered: one frozen object, checked when it is made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from irostats.documents import DOCUMENTS, Document, present
from irostats.errors import RenderError, nearest

FORMATS = ("html", "docx", "pdf")
RENDERERS = ("auto", "quarto", "builtin")

#: The report's sections in order; each has a notebook and may have a narrative.
SECTIONS = (
    "summary",
    "profile",
    "placements",
    "health",
    "permanence",
    "leavers",
    "reviews",
    "participation",
    "monitoring",
    "service",
    "challenge",
    "priorities",
    "annex",
)

#: What the report's code writes into a document, as `parts/<name>.md`.
PARTS = ("cover",)

_MARKING = re.compile(r"[A-Z-]*")

#: Used where no build time is stated, so that the same inputs always give the same bytes.
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class RenderJob:
    """One report: its documents, each in one or more formats, from one staged copy.

    Args:
        root: Folder of `report.qmd`, the other documents' sources and `_quarto.yml`.
        notebooks: Folder of the executed notebooks, `<section>.ipynb`.
        output: Folder that receives `report.html`, `report.docx`, `cover.docx` and so on.
        variables: What `{{< var a.b >}}` prints, nested; leaves are printed text (Markdown).
        narrative: Markdown that people wrote, by section; sections may be absent.
        parts: Markdown that the report's code makes, by part; parts may be absent.
        formats: Some of `html`, `docx`, `pdf`; each document is made in those that it knows.
        documents: Some of `report`, `cover`, `summary`; one that the project lacks is left out,
            unless it is the report.
        timeout: Seconds that any one program may take.
        renderer: `auto` takes Quarto where there is one that is new enough.
        quarto: Path of the Quarto to use, instead of the one that would be found.
        built_at: The stated time of the build, written into Word and PDF files.
        marking: What every page and each file's name bears, such as `OFFICIAL-SENSITIVE`.

    Raises:
        RenderError: A format, renderer or document is unknown, a folder is absent, a limit is
            not positive, or nothing would be made.
    """

    root: Path
    notebooks: Path
    output: Path
    variables: Mapping[str, object]
    narrative: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    formats: tuple[str, ...] = FORMATS
    documents: tuple[str, ...] = tuple(each.name for each in DOCUMENTS)
    timeout: float = 300.0
    renderer: str = "auto"
    quarto: Path | None = None
    built_at: datetime = EPOCH
    marking: str = ""

    def __post_init__(self) -> None:
        _known("renderer", (self.renderer,), RENDERERS)
        _known("format", self.formats, FORMATS)
        _known("section", tuple(self.narrative), SECTIONS)
        _known("part", tuple(self.parts), PARTS)
        _known("document", self.documents, tuple(each.name for each in DOCUMENTS))
        if not _MARKING.fullmatch(self.marking):
            raise RenderError(f"'{self.marking}' is no marking: capital letters and hyphens.")
        if not self.formats:
            raise RenderError("No format was asked for.", next_step=f"Name one of {FORMATS}.")
        if not self.timeout > 0:
            raise RenderError(f"The time limit must be positive, and is {self.timeout} seconds.")
        if self.built_at.tzinfo is None:
            raise RenderError("The build time has no time zone.")
        for path in (self.root / "report.qmd", self.root / "_quarto.yml", self.notebooks):
            if not path.exists():
                raise RenderError(f"{path} is not there; the report cannot be assembled without.")
        if not any(each.among(self.formats) for each in self.present):
            raise RenderError(
                f"Nothing would be made of {', '.join(self.documents)} as "
                f"{', '.join(self.formats)}.",
                next_step="Ask for another document or format.",
            )

    @property
    def present(self) -> tuple[Document, ...]:
        """The documents to make: those asked for that the project holds, in order."""
        return tuple(each for each in present(self.root) if each.name in self.documents)

    @property
    def epoch_seconds(self) -> int:
        """The build time as `SOURCE_DATE_EPOCH` wants it."""
        return int(self.built_at.timestamp())


def _known(what: str, given: tuple[str, ...], known: tuple[str, ...]) -> None:
    for name in given:
        if name not in known:
            raise RenderError(
                f"There is no {what} called '{name}'.{nearest(name, known)}",
                next_step=f"Known are: {', '.join(known)}.",
            )
