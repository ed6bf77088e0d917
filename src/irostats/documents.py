"""The documents that one staged report makes, each from a source of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Document:
    """One source in the project folder, and the formats that it is made in.

    Args:
        name: Its file is `<name>.qmd`, and what is made of it `<name>.html` and so on.
        formats: Those that it can be made in.
        needed: A project without it is no project; any other document may be absent.
    """

    name: str
    formats: tuple[str, ...]
    needed: bool = False

    @property
    def source(self) -> str:
        """Name of its file."""
        return f"{self.name}.qmd"

    def file(self, format_: str) -> str:
        """Name of what is made of it in a format."""
        return f"{self.name}.{format_}"

    def among(self, formats: Iterable[str]) -> tuple[str, ...]:
        """Those of the formats that it can be made in."""
        return tuple(name for name in formats if name in self.formats)


#: The statutory report, the paper that takes it to committee, and what children read.
DOCUMENTS = (
    Document("report", ("html", "docx", "pdf"), needed=True),
    Document("cover", ("docx", "html")),
    Document("summary", ("html", "pdf")),
)

#: What every build makes beside its documents, whatever formats are asked for.
TABLES, FIGURES, FIGURES_META = "tables.xlsx", "figures.csv", "figures.meta.csv"
DATA_FILES = (TABLES, FIGURES, FIGURES_META)

#: What whoever signs a public report off looks through; it is not published itself.
SIGN_OFF = "sign-off.txt"


def named(name: str, marking: str) -> str:
    """A file's name with the marking that its pages bear.

    >>> named("report.html", "OFFICIAL-SENSITIVE")
    'report-OFFICIAL-SENSITIVE.html'
    >>> named("figures.meta.csv", "")
    'figures.meta.csv'
    """
    stem, dot, ending = name.partition(".")
    return f"{stem}-{marking}{dot}{ending}" if marking else name


def present(root: Path) -> tuple[Document, ...]:
    """The documents that a project folder holds, in order.

    The report is always among them: that it is missing is for whoever reads it to say.
    """
    return tuple(each for each in DOCUMENTS if each.needed or (root / each.source).is_file())


def output_names(root: Path, formats: Iterable[str], marking: str = "") -> tuple[str, ...]:
    """Names of the files that a project makes in these formats, in order, with their marking.

    >>> output_names(Path("no such folder"), ("html", "pdf"))
    ('report.html', 'report.pdf')
    """
    wanted = tuple(formats)
    return tuple(
        named(each.file(name), marking) for each in present(root) for name in each.among(wanted)
    )
