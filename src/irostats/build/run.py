"""One report from beginning to end: lock, execute, check, render, publish."""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from irostats.build import execute, executed, files
from irostats.build.plan import Limits, Task, plan
from irostats.build.progress import Progress, Silent
from irostats.checklist import Answer, gaps
from irostats.documents import DOCUMENTS, SIGN_OFF, named, output_names
from irostats.errors import CommandError, IncompleteReport, NotebookError
from irostats.opened import NAME, VARIABLE, hand_on
from irostats.parameters import Audience, Parameters, project_root

if TYPE_CHECKING:
    from irostats.report import Report


@dataclass(frozen=True, slots=True)
class Options:
    """How to build, as opposed to what.

    Args:
        jobs: Notebooks at a time; 0 for one a core.
        limits: Time limits of a cell and of a notebook.
        renderer: ``auto``, ``quarto`` or ``builtin``.
        render_timeout: Seconds that rendering may take.
        root: The project folder; by default the one around the working directory.
        strict: Whether an item of the Handbook's list that nothing answers stops the build.
    """

    jobs: int = 0
    limits: Limits = field(default_factory=Limits)
    renderer: str = "auto"
    render_timeout: int = 300
    root: Path | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Built:
    """A finished report.

    Attributes:
        folder: Where it lies.
        names: Its files' names.
        removed: Files of an earlier build that were made from other inputs, and are gone.
        issues: How many problems the inputs have.
        gaps: Items of the Handbook's list that nothing answers.
        sign_off: What has to be signed off before publication, in a line; empty if internal.
    """

    folder: Path
    names: tuple[str, ...]
    removed: tuple[str, ...]
    issues: int
    gaps: tuple[str, ...] = ()
    sign_off: str = ""


def build(
    parameters: Parameters, options: Options | None = None, progress: Progress | None = None
) -> Built:
    """Build one report; the one made earlier stays until the new one is finished.

    Args:
        parameters: What to report on.
        options: How to build it.
        progress: Told what is being done.

    Raises:
        IrostatsError: It could not be built; nothing half-written is left.
    """
    options = options or Options()
    progress = progress or Silent()
    built_at = build_time()
    root = options.root or project_root()
    with files.lock(parameters.build_folder, parameters.title):
        files.clear_leftovers(parameters.build_folder)
        files.clear_leftovers(parameters.output_folder)
        internal = bool(parameters.audience.marking)
        with files.private(internal), files.stage(parameters.build_folder) as stage:
            report = _execute(parameters, options, progress, root, stage)
        files.make_folder(parameters.output_folder, private=internal)
        with files.private(internal), files.stage(parameters.output_folder) as stage:
            return _publish(report, parameters, options, progress, root, stage, built_at)


def build_time() -> datetime:
    """``SOURCE_DATE_EPOCH`` where set, for equal bytes; else now.

    Raises:
        CommandError: It is set and is not a number of seconds.
    """
    stated = os.environ.get("SOURCE_DATE_EPOCH", "")
    if stated and not re.fullmatch(r"\d{1,11}", stated):
        raise CommandError(
            f"SOURCE_DATE_EPOCH is '{stated}', which is not a number of seconds since 1970.",
            next_step="Set it as in SOURCE_DATE_EPOCH=1640995200, or not at all.",
        )
    return datetime.fromtimestamp(int(stated), UTC) if stated else datetime.now(UTC)


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _execute(
    parameters: Parameters, options: Options, progress: Progress, root: Path, stage: Path
) -> Report:
    import irostats

    executed_folder = stage / "notebooks"
    # An internal report's notebooks hold small numbers: for their owner alone.
    executed_folder.mkdir(mode=0o700 if parameters.audience is Audience.INTERNAL else 0o777)
    tasks = plan(parameters, root, executed_folder)
    progress.planned([task.section for task in tasks])
    # Opened once, here: inputs that cannot be used are told once, as what they are, and every
    # notebook shows the same figures.
    progress.step("reading the inputs")
    report = irostats.open(
        parameters.authority,
        str(parameters.year),
        audience=parameters.audience.value,
        data=str(parameters.data),
    )
    if options.strict:
        refuse_gaps(parameters.title, gaps(report.checklist))
    handed = hand_on(report, stage / NAME)
    progress.step("executing the notebooks")
    execution = execute.Execution(
        tasks,
        jobs=min(options.jobs or cores(), cores()),
        limits=options.limits,
        progress=progress,
        scratch=stage,
        environment={VARIABLE: handed},
    )
    try:
        failures = execution.failures()
    finally:
        execution.stop()
    if failures:
        raise execute.error(parameters.title, failures)
    check_fingerprints(parameters.title, tasks, report.fingerprint)
    for task in tasks:
        task.log.unlink(missing_ok=True)
    files.swap(executed_folder, notebooks_folder(parameters))
    return report


def notebooks_folder(parameters: Parameters) -> Path:
    """Where a report's executed notebooks lie; an internal report's apart, with their marking."""
    return parameters.build_folder / named("notebooks", parameters.audience.marking)


def refuse_gaps(title: str, found: tuple[Answer, ...]) -> None:
    """Stop a build that was asked to be complete and is not.

    Raises:
        IncompleteReport: The Handbook asks for something that nothing answers.
    """
    if found:
        asked = "; ".join(gap.item.text for gap in found)
        written = ", ".join(f"narrative/{gap.item.narrative}.md" for gap in found)
        raise IncompleteReport(
            f"{title}: the report has neither data nor narrative on: {asked}.",
            next_step=f"Give the service tables, or write {written}; or build without --strict.",
        )


def check_fingerprints(title: str, tasks: tuple[Task, ...], expected: str) -> None:
    """Refuse notebooks that ran on other inputs, settings or code than the report's.

    Raises:
        NotebookError: A notebook opened no report, or another one.
    """
    found = {task.source.name: executed.fingerprints(task.target) for task in tasks}
    none = [name for name, prints in found.items() if not prints]
    other = [name for name, prints in found.items() if set(prints) - {expected}]
    if none:
        raise NotebookError(
            f"{title}: {', '.join(none)} did not show the report that it opened.",
            next_step="Its second cell must be: report = irostats.open(...), then report",
        )
    if other:
        which = ", ".join(other) if len(other) < len(found) else "the notebooks"
        raise NotebookError(
            f"{title}: the inputs, or irostats itself, changed while {which} ran.",
            next_step="Let the files in the data folder rest, then build again.",
        )


def _publish(
    report: Report,
    parameters: Parameters,
    options: Options,
    progress: Progress,
    root: Path,
    stage: Path,
    built_at: datetime,
) -> Built:
    from irostats.render import RenderJob, choose, described, render

    marking = parameters.audience.marking
    programs = described(choose(options.renderer))
    progress.step(f"rendering {', '.join(parameters.formats)}")
    render(
        RenderJob(
            root=root,
            notebooks=notebooks_folder(parameters),
            output=stage,
            variables={
                **report.variables(),
                "provenance": report.provenance_variables(renderer=programs, built_at=built_at),
            },
            narrative=report.narrative,
            parts=report.parts(),
            formats=parameters.formats,
            timeout=options.render_timeout,
            renderer=options.renderer,
            built_at=built_at,
            marking=marking,
        )
    )
    progress.step("writing tables and figures")
    data = report.data_files(root, built_at)
    if listed := report.sign_off_page():
        data[SIGN_OFF] = listed.encode("utf-8")
    for name, content in data.items():
        (stage / name).write_bytes(content)
    names = (*output_names(root, parameters.formats, marking), *data)
    folder = parameters.output_folder
    removed = _stale(folder, names, report)
    published = (*names, _write_provenance(stage, report, names, built_at, programs))
    progress.step("done")
    finished = [stage / name for name in published]
    files.publish(finished, folder, parameters.title, private=bool(marking))
    for name in removed:
        (folder / name).unlink(missing_ok=True)
    unanswered = tuple(gap.item.text for gap in gaps(report.checklist))
    signing = report.sign_off.summary if report.sign_off else ""
    return Built(folder, published, removed, len(report.issues), unanswered, signing)


def _write_provenance(
    stage: Path, report: Report, names: tuple[str, ...], built_at: datetime, programs: str
) -> str:
    """What the report was made from, and a checksum of each file that belongs to this build.

    It is published last, so that a set of files that agrees with it is a whole one. Returns its
    name.
    """
    marking = report.parameters.audience.marking
    content = {
        **({"marking": marking} if marking else {}),
        **report.provenance(),
        "fingerprint": report.fingerprint,
        "built_at": built_at.isoformat(timespec="seconds"),
        "renderer": programs,
        "outputs": {
            name: hashlib.sha256((stage / name).read_bytes()).hexdigest() for name in names
        },
    }
    text = json.dumps(content, indent=2, ensure_ascii=False, default=str)
    name = named("provenance.json", marking)
    (stage / name).write_text(text + "\n", encoding="utf-8", newline="\n")
    return name


def _stale(folder: Path, names: tuple[str, ...], report: Report) -> tuple[str, ...]:
    """Documents of formats not built now, for the same readers, that could differ from the new.

    What lies there for other readers is a build of its own, and stays.
    """
    marking = report.parameters.audience.marking
    known = {
        named(document.file(kind), marking) for document in DOCUMENTS for kind in document.formats
    }
    others = tuple(path.name for path in sorted(folder.glob("*")) if path.name in known - {*names})
    try:
        before = json.loads((folder / named("provenance.json", marking)).read_text("utf-8"))
    except (OSError, ValueError):
        before = {}
    same = isinstance(before, dict) and before.get("fingerprint") == report.fingerprint
    return () if same else others
