"""One authority-year, read, derived, measured and protected: what every way in opens."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import cached_property
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import irostats
from irostats import allowed, present
from irostats.calendar import ReportingYear
from irostats.checklist import Answer, checklist
from irostats.committee import Paper, read_paper
from irostats.derive import derive
from irostats.disclosure import protect
from irostats.documents import FIGURES, FIGURES_META, TABLES, named
from irostats.due_dates import YearReconciled
from irostats.figures import Figures
from irostats.issues import IssueLog
from irostats.measures import measure
from irostats.naming import names_of, shown
from irostats.overview import Overview, overview
from irostats.parameters import Audience, Parameters
from irostats.present.cover import cover
from irostats.published import Published, read_published
from irostats.records import load
from irostats.registry import Registry
from irostats.settings import Authority, YearSettings
from irostats.signoff import SignOff, page, sign_off
from irostats.signoff.places import places
from irostats.ssda903 import SourceFile
from irostats.texts import Texts, read_texts

LIBRARIES = ("pandas", "numpy", "matplotlib", "seaborn", "papermill", "holidays")


@dataclass(frozen=True)
class Report:
    """A report's figures, and what is made from them. It holds nothing about any child.

    Attributes:
        parameters: What was asked for.
        authority: Settings of the authority.
        settings: What year.toml says.
        history: The years in use, oldest first.
        figures: Protected figures of all of them.
        issues: Problems found in the inputs, and sums that do not hold.
        narrative: What people wrote, by section, with every variable in it checked.
        files: Input files with SHA-256.
        published: Figures that the authority or DfE published, to compare with.
        published_before: Those of the year before.
        texts: The service's own words that may be printed.
        paper: What the council says in its committee paper.
        population: Children aged 0 to 17 in the years in use, where given.
        overview: What there is of each input.
    """

    parameters: Parameters
    authority: Authority
    settings: YearSettings
    history: tuple[ReportingYear, ...]
    figures: Figures
    issues: IssueLog
    narrative: Mapping[str, str]
    files: tuple[SourceFile, ...]
    published: tuple[Published, ...]
    published_before: tuple[Published, ...] = ()
    reconciled: tuple[YearReconciled, ...] = ()
    texts: Texts = field(default_factory=Texts)
    paper: Paper = field(default_factory=Paper)
    population: Mapping[ReportingYear, float] = field(default_factory=dict)
    overview: Overview = field(default_factory=Overview)

    @cached_property
    def view(self) -> present.View:
        """What tables, charts and sentences are made from."""
        return present.View(
            figures=self.figures,
            authority=self.authority,
            year=self.parameters.year,
            history=self.history,
            audience=self.parameters.audience,
            synthetic=self.settings.synthetic,
            status=self.settings.status,
            issues=self.issues,
            published=self.published,
            texts=self.texts,
            published_before=self.published_before,
            written=frozenset(name for name, text in self.narrative.items() if text.strip()),
            files=tuple(replace(file, path=self._shown[file.path]) for file in self.files),
            reconciled=self.reconciled,
        )

    @cached_property
    def _shown(self) -> Mapping[str, str]:
        """What each file is called in what is printed: its own name may hold a child's."""
        own = names_of(self.authority)
        return {
            file.path: shown(file.path, file.table, file.sha256, own=own) for file in self.files
        }

    def _called(self, path: str) -> str:
        """What a file is called in what others read."""
        return self._shown.get(path) or shown(path)

    def table(self, name: str) -> present.Table | present.Sentence:
        """A table of the report, or a sentence saying that nothing was recorded.

        Raises:
            UnknownName: There is no such table; the nearest is named.
        """
        return present.table(self.view, name)

    def chart(self, name: str) -> present.Chart | present.Sentence:
        """A chart of the report, or a sentence saying that nothing was recorded.

        Raises:
            UnknownName: There is no such chart; the nearest is named.
        """
        return present.chart(self.view, name)

    def sentence(self, name: str) -> present.Sentence:
        """A sentence of the report.

        Raises:
            UnknownName: There is no such sentence; the nearest is named.
        """
        return present.sentence(self.view, name)

    def variables(self) -> dict[str, Any]:
        """What ``{{< var ... >}}`` can name: printed figures, words, titles."""
        return present.variables(self.view)

    def parts(self) -> dict[str, str]:
        """Markdown that documents other than the report include: the committee paper."""
        return {"cover": cover(self.view, self.paper)}

    def data_files(self, root: Path, built_at: datetime) -> dict[str, bytes]:
        """The workbook, figures.csv and what describes it, by file name.

        Args:
            root: The project folder, whose documents say which tables are printed.
            built_at: The stated time of the build; the same one gives the same bytes.
        """
        from irostats import opendata
        from irostats.workbook import workbook

        contents = {
            TABLES: workbook(self, root, built_at),
            FIGURES: opendata.written(self),
            FIGURES_META: opendata.metadata().encode("utf-8"),
        }
        return {
            named(name, self.parameters.audience.marking): file for name, file in contents.items()
        }

    @cached_property
    def sign_off(self) -> SignOff | None:
        """What is published on trust, for whoever signs it off; None for internal readers."""
        if self.parameters.audience is Audience.INTERNAL:
            return None
        return sign_off(self.view, places(self, self._called))

    def sign_off_page(self) -> str:
        """The sign-off list as plain text; empty for internal readers."""
        return page(self.sign_off, self.view) if self.sign_off else ""

    @property
    def checklist(self) -> tuple[Answer, ...]:
        """What the Handbook asks for, and whether the report answers it."""
        return checklist(self.figures, self.parameters.year, self.view.written)

    def provenance_variables(self, *, renderer: str, built_at: datetime) -> dict[str, str]:
        """What the provenance annex says of this build, for ``{{< var provenance... >}}``.

        Args:
            renderer: The programs that make it, in words.
            built_at: When.
        """
        libraries = ", ".join(f"{name} {version}" for name, version in library_versions().items())
        return {
            "code": f"irostats {irostats.__version__} ({code_digest()[:12]})",
            "libraries": libraries,
            "renderer": renderer,
            "built": f"{built_at.day} {built_at:%B %Y}",
            "fingerprint": self.fingerprint[:12],
        }

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over everything that the cells depend on: inputs, settings, code."""
        content = {
            "parameters": [
                self.parameters.authority,
                str(self.parameters.year),
                self.parameters.audience.value,
            ],
            "files": [(file.path, file.sha256) for file in self.files],
            "code": code_digest(),
            "libraries": library_versions(),
        }
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def _told(self) -> list[str]:
        """The issues, with their files named as others may read them."""
        return [str(replace(issue, file=self._called(issue.file))) for issue in self.issues]

    def provenance(self) -> dict[str, Any]:
        """Where the report comes from: inputs, settings, code and library versions.

        How large a file is, and what was found in which row, is not for the public: a row of
        some tables is a child.
        """
        internal = self.parameters.audience is Audience.INTERNAL
        return {
            "authority": self.parameters.authority,
            "year": str(self.parameters.year),
            "audience": self.parameters.audience.value,
            "years_in_use": [str(year) for year in self.history],
            "synthetic": self.settings.synthetic,
            "return_status": self.settings.status,
            "settings": asdict(self.authority),
            "inputs": [
                {
                    "path": self._shown[file.path],
                    "sha256": file.sha256,
                    "table": file.table,
                    **({"bytes": file.size, "rows": file.rows} if internal else {}),
                }
                for file in self.files
            ],
            "population": {str(year): number for year, number in self.population.items()},
            **({"issues": self._told()} if internal else {}),
            "code": {"version": irostats.__version__, "sha256": code_digest()},
            "libraries": library_versions(),
            "fingerprint": self.fingerprint,
        }

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        """A line of text, and the fingerprint as metadata, which the build compares."""
        del include, exclude
        name, audience = self.authority.identity.name, self.parameters.audience.value
        text = f"{name} {self.parameters.year}, for {audience} readers"
        return {"text/plain": text}, {
            "irostats": {"kind": "report", "fingerprint": self.fingerprint}
        }


def open_report(parameters: Parameters) -> Report:
    """Read, derive, measure and protect one authority-year.

    Raises:
        IrostatsError: The inputs cannot give this report; the message says why.
    """
    records = load(parameters)
    texts = read_texts(records)
    derived = derive(records)
    measured = measure(derived)
    figures = protect(measured, records.authority.protection, parameters.audience)
    issues = IssueLog((*records.issues, *texts.issues, *derived.issues, *measured.failed_sums()))
    report = Report(
        parameters=parameters,
        authority=records.authority,
        settings=records.settings,
        history=records.history,
        figures=figures,
        issues=issues,
        narrative=records.narrative,
        files=records.files,
        published=_published(parameters, parameters.year, measured.registry),
        published_before=_published(parameters, parameters.year.previous, measured.registry),
        reconciled=derived.reconciled.years,
        texts=texts,
        paper=read_paper(parameters.authority_folder, parameters.year),
        population={
            year: number
            for year, (number, _) in records.population.items()
            if year in records.history
        },
        overview=overview(records),
    )
    allowed.refuse(report.narrative)
    present.check_narrative(report.narrative, report.variables())
    words = ((f"committee.toml, {key}", text) for key, text in report.paper.committee.texts())
    present.check_texts(words, report.variables())
    return report


def _published(
    parameters: Parameters, year: ReportingYear, registry: Registry
) -> tuple[Published, ...]:
    path = parameters.authority_folder / str(year) / "published.csv"
    return read_published(path, registry)


def code_digest() -> str:
    """SHA-256 over the package's own files, so that a changed module changes the fingerprint."""
    digest = hashlib.sha256()
    root = Path(str(resources.files("irostats")))
    for path in sorted(root.rglob("*")):
        if path.suffix in (".py", ".toml", ".csv", ".yaml"):
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def library_versions() -> dict[str, str]:
    """Versions of Python and of the libraries that figures, charts and notebooks depend on."""
    return {
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in LIBRARIES},
    }
