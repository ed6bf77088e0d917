"""A small project whose notebooks need no data, and a stand-in for reading and rendering."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
import pytest

import irostats
import irostats.render
from irostats import parameters
from irostats.calendar import ReportingYear
from irostats.checklist import Answer
from irostats.documents import DATA_FILES, named
from irostats.issues import IssueLog
from irostats.overview import Overview
from irostats.parameters import Parameters
from irostats.published import Published
from irostats.settings import YearSettings
from irostats.signoff import Place, SignOff
from irostats.ssda903 import SourceFile

FINGERPRINT = "f00d"
PARAMETERS_CELL = """authority: str = "york"  # which folder under data/
year: str = "2016-17"  # reporting year
audience: str = "public"  # public or internal
data: str = ""  # folder of the authorities"""
OPEN_CELL = f"""from IPython.display import display
display({{"text/plain": authority}}, raw=True,
        metadata={{"irostats": {{"kind": "report", "fingerprint": "{FINGERPRINT}"}}}})"""


def write_notebook(path: Path, *sources: str, declared: str = PARAMETERS_CELL) -> Path:
    """A notebook with a parameters cell and the given cells."""
    new: Any = nbformat.v4
    cells = [new.new_code_cell(source) for source in (declared, *sources)]
    cells[0].metadata["tags"] = ["parameters"]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    notebook = new.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    writes: Any = nbformat.write
    writes(notebook, str(path))
    return path


def make_project(root: Path, notebooks: Mapping[str, tuple[str, ...]]) -> Path:
    """A project folder with ``notebooks`` and one authority-year."""
    (root / "notebooks").mkdir(parents=True)
    embeds = [f"{{{{< embed notebooks/{name}.ipynb#tbl-{name} >}}}}" for name in notebooks]
    (root / "report.qmd").write_text("\n\n".join(embeds), encoding="utf-8")
    (root / "_quarto.yml").write_text("project: {}\n", encoding="utf-8")
    for name, cells in notebooks.items():
        write_notebook(root / "notebooks" / f"{name}.ipynb", *cells)
    for year in ("2015-16", "2016-17"):
        (root / "data" / "york" / year).mkdir(parents=True)
    (root / "data" / "york" / "authority.toml").write_text(
        '[authority]\nname = "York"\ncouncil = "City of York Council"\ncode = "816"\n',
        encoding="utf-8",
    )
    return root


def asked(audience: str) -> Any:
    """The parameters of a small report."""
    return types.SimpleNamespace(year="2016-17", audience=parameters.Audience(audience))


@dataclass
class FakeReport:
    """What the build asks of a report."""

    fingerprint: str = FINGERPRINT
    issues: IssueLog = field(default_factory=IssueLog)
    narrative: Mapping[str, str] = field(default_factory=dict)
    checklist: tuple[Answer, ...] = ()
    overview: Overview = field(default_factory=Overview)
    settings: YearSettings = field(default_factory=YearSettings)
    parameters: Any = field(default_factory=lambda: asked("public"))
    files: tuple[SourceFile, ...] = ()
    population: Mapping[ReportingYear, float] = field(default_factory=dict)
    published: tuple[Published, ...] = ()

    @property
    def sign_off(self) -> SignOff | None:
        """One text, for the public alone."""
        internal = self.parameters.audience is parameters.Audience.INTERNAL
        return None if internal else SignOff(texts=(Place("a.md", "A text"),))

    def sign_off_page(self) -> str:
        """Its summary alone."""
        return self.sign_off.summary + "\n" if self.sign_off else ""

    def data_files(self, root: Path, built_at: datetime) -> dict[str, bytes]:
        """A byte each."""
        marking = self.parameters.audience.marking
        return {named(name, marking): b"7" for name in DATA_FILES}

    def variables(self) -> dict[str, Any]:
        """No variables."""
        return {}

    def parts(self) -> dict[str, str]:
        """No parts."""
        return {}

    def provenance_variables(self, **_: Any) -> dict[str, str]:
        """None."""
        return {}

    def provenance(self) -> dict[str, Any]:
        """A word."""
        return {"inputs": {}}


def fake_render(job: Any) -> None:
    """Write one small file a format of each document."""
    for document in job.present:
        for kind in document.among(job.formats):
            path = job.output / named(document.file(kind), job.marking)
            path.write_text(f"{kind} {document.name}", encoding="utf-8")


@pytest.fixture
def stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    """``irostats.open`` and the renderer replaced by small ones."""

    def opened(*_: object, audience: str = "public", **__: object) -> FakeReport:
        return FakeReport(parameters=asked(audience))

    monkeypatch.setattr(irostats, "open", opened)
    monkeypatch.setattr(irostats.render, "render", fake_render)


Making = Callable[..., Parameters]


@pytest.fixture
def small_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Making:
    """Makes a project from cells by section, and gives the parameters of a build of it."""

    def made(
        formats: str = "html,docx", audience: str = "public", **notebooks: tuple[str, ...]
    ) -> Parameters:
        root = make_project(tmp_path / "project", notebooks)
        monkeypatch.chdir(root)
        monkeypatch.setenv("IROSTATS_PROJECT", str(root))
        for name in ("IROSTATS_DATA", "IROSTATS_OUTPUT", "IROSTATS_BUILD"):
            monkeypatch.delenv(name, raising=False)
        return parameters.make("york", "2016-17", formats=formats, audience=audience)

    return made
