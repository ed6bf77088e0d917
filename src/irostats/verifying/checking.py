"""Files checked together: each by all that is known of the inputs and of the build."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from irostats import parameters
from irostats.documents import SIGN_OFF
from irostats.parameters import Audience
from irostats.signoff import BEFORE, NOTHING
from irostats.verifying import edited, inputs, looking, reading
from irostats.verifying.builds import Said, said_by
from irostats.verifying.contents import Contents, Fault
from irostats.verifying.known import Allowed, Kind, Known, merged
from irostats.verifying.marks import DOCUMENTS, marks
from irostats.verifying.rules import RULES, Finding, Gravity

_DATA = frozenset({"csv", "json", "xlsx"})
_COMPARABLE = frozenset({"html", "docx", "notebook"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a check is asked for.

    Args:
        data: Folder of the authorities.
        build: Folder of executed notebooks; None to look beside the output.
        audience: ``public`` or ``internal`` if all files must be for them; else empty.
    """

    data: Path
    build: Path | None = None
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """Names of the files that were looked through, and what was found."""

    files: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def stopped(self) -> bool:
        """Whether something would stop publication."""
        return any(finding.gravity is Gravity.STOP for finding in self.findings)


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    name: str
    digest: str
    contents: Contents
    finished: bool


def verify(
    paths: Sequence[Path], asked: Asked, progress: Callable[[str], None] = lambda _: None
) -> Checked:
    """Check finished files, those of one folder together.

    Args:
        paths: Folders and files.
        asked: How to check them.
        progress: Told what is being done.
    """
    names: list[str] = []
    findings: list[Finding] = []
    known: dict[tuple[str, frozenset[str]], Known | None] = {}
    for folder, finished in _by_folder(paths).items():
        said = said_by(folder)
        key = (said.authority, said.years) if said else ("", frozenset())
        if key not in known:
            progress("reading the inputs")
            known[key] = _known(said, asked.data)
        files = [*_opened(finished, folder, progress), *_behind(said, folder, asked, progress)]
        found = _check(files, said, known[key], asked)
        names += [looking.masked(file.name, known[key] or Known()) for file in files]
        findings += [*_of_folder(folder, finished, said, known[key], asked), *found]
    return Checked(tuple(names), _in_order(findings))


def _by_folder(paths: Iterable[Path]) -> dict[Path, list[Path]]:
    """Files by the folder that their build wrote: the nearest above with a provenance.json."""
    found: dict[Path, list[Path]] = {}
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and file.name != ".lock":
                above = [*file.parents][:4]
                home = next((f for f in above if any(f.glob("provenance*.json"))), file.parent)
                held = found.setdefault(home, [])
                if file not in held:
                    held.append(file)
    return found


def _opened(
    paths: Iterable[Path], folder: Path, progress: Callable[[str], None], within: str = ""
) -> Iterator[_File]:
    for path in paths:
        name = within + path.relative_to(folder).as_posix()
        progress("reading files")
        data = path.read_bytes()
        contents = reading.read(path.name, data)
        yield _File(path, name, hashlib.sha256(data).hexdigest(), contents, not within)


def _behind(
    said: Said | None, folder: Path, asked: Asked, progress: Callable[[str], None]
) -> Iterator[_File]:
    """Executed notebooks, logs and whatever else lies in the build folder of the report."""
    if said is None:
        return
    root = asked.build or folder.parents[min(2, len(folder.parents) - 1)] / "build"
    home = root / said.authority / said.year
    if home.is_dir() and home.resolve() != folder.resolve():
        paths = [
            path for path in sorted(home.rglob("*")) if path.is_file() and path.name != ".lock"
        ]
        yield from _opened(paths, home, progress, "build: ")


def _known(said: Said | None, data: Path) -> Known | None:
    """What must not be found; None if the inputs are not there."""
    if said is not None:
        folder = data / said.authority
        if not any((folder / year).is_dir() for year in said.years):
            return None
        found = inputs.read_inputs(folder, said.years)
        found.without(Allowed.of(said.versions))
        return found
    every = [
        inputs.read_inputs(data / name, map(str, parameters.years(data, name)))
        for name in parameters.authorities(data)
    ]
    return merged(every) if every else None


def _of_folder(
    folder: Path, paths: Sequence[Path], said: Said | None, known: Known | None, asked: Asked
) -> Iterator[Finding]:
    name = folder.name
    if known is None:
        yield Finding(name, "no-inputs")
    elif short := sum(hit.kind is Kind.CHILD for hit in known.short.values()):
        yield Finding(name, "short-identifiers", "", f"{short} of them")
    if said is None:
        yield Finding(name, "no-provenance")
        return
    if known is not None:
        changed = inputs.changed(asked.data / said.authority, said.inputs)
        if changed:
            first = looking.masked(changed[0], known)
            more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
            yield Finding(name, "inputs-changed", "", first + more)
    here = {path.name for path in folder.iterdir()}
    if set(paths) >= {folder / one for one in here if (folder / one).is_file()}:
        gone = [one for one in said.outputs if one not in here and one != SIGN_OFF]
        yield from (Finding(one, "missing") for one in gone)
        yield from _signing(folder, said)


def _signing(folder: Path, said: Said) -> Iterator[Finding]:
    """What a folder with a public report says is to be signed off, or that it does not say."""
    if Audience.PUBLIC.value not in said.audiences.values():
        return
    try:
        lines = (folder / SIGN_OFF).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    found = [line for line in lines if line.startswith((BEFORE, NOTHING))]
    if not found:
        yield Finding(SIGN_OFF, "no-sign-off")
    elif found[0] != NOTHING:
        yield Finding(SIGN_OFF, "on-trust", "", found[0].removeprefix(BEFORE).rstrip("."))


def _check(
    files: Sequence[_File], said: Said | None, known: Known | None, asked: Asked
) -> Iterator[Finding]:
    built = edited.reference(
        file.contents
        for file in files
        if file.contents.kind in _COMPARABLE and not _changed(file, said)
    )
    for file in files:
        mask = known or Known()
        name = looking.masked(file.name, mask)
        faults = list(file.contents.faults)
        if file.finished:
            faults += marks(file.path, file.contents, said, file.digest, asked.audience)
        found = [Finding(name, fault.rule, fault.place, fault.detail) for fault in faults]
        if file.finished and _changed(file, said) and file.name != SIGN_OFF:  # it is to be signed
            found += _about_edit(name, file, built)
        if known is not None:
            found += looking.look(file.name, file.contents, known)
        yield from (
            replace(
                one,
                place=looking.masked(one.place, mask),
                detail=looking.masked(one.detail, mask),
            )
            for one in found
        )


def _changed(file: _File, said: Said | None) -> bool:
    """Whether a file is not the build's: also one that no build is known to have written."""
    if not file.finished:
        return False
    if said is None:
        return file.contents.kind in DOCUMENTS
    other = file.name not in said.outputs and file.contents.kind in DOCUMENTS
    alike = file.digest in said.outputs.values()
    return said.changed(file.name, file.digest) or (other and not alike)


def _about_edit(name: str, file: _File, built: edited.Reference) -> list[Finding]:
    rule = "data-changed" if file.contents.kind in _DATA else "changed"
    return [Finding(name, rule), *edited.differences(name, file.contents, built)]


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The gravest first, those of one file together; what is said twice is counted."""
    counted: dict[tuple[str, str, str], Finding] = {}
    for finding in findings:
        fault = Fault(finding.rule, finding.place, finding.detail)
        key = (finding.file, fault.rule, fault.detail)
        before = counted.get(key)
        counted[key] = replace(before, times=before.times + finding.times) if before else finding
    order = list(Gravity)
    return tuple(
        sorted(counted.values(), key=lambda one: (order.index(RULES[one.rule].gravity), one.file))
    )
