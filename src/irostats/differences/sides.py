"""The inputs that a build read, if they are still there as they were."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from irostats.calendar import ReportingYear
from irostats.differences.builds import Build
from irostats.errors import IrostatsError
from irostats.history import YearFolder, read_folder
from irostats.inputs import Inputs, gather
from irostats.naming import names_of, shown
from irostats.parameters import Parameters
from irostats.postcodes import FILE as POSTCODES
from irostats.settings import Authority
from irostats.ssda903 import AuthorityId

POPULATION = "population.csv"


@dataclass(frozen=True)
class Side:
    """What became of a build's inputs.

    Attributes:
        inputs: They, as read again; None if they are not all there as they were.
        changed: Files that are not, with what became of each.
        why_not: Another reason why there are none.
    """

    inputs: Inputs | None = None
    changed: tuple[str, ...] = ()
    why_not: str = ""


class FolderOnce:
    """Reads each year's folder once, however many builds used it."""

    def __init__(self) -> None:
        self._read: dict[tuple[Path, AuthorityId], YearFolder] = {}

    def __call__(
        self, parameters: Parameters, identity: AuthorityId, year: ReportingYear
    ) -> YearFolder:
        """What the folder of the year holds."""
        key = (parameters.authority_folder / str(year), identity)
        if key not in self._read:
            self._read[key] = read_folder(parameters, identity, year)
        return self._read[key]


def unlike(build: Build, data: Path) -> Side | None:
    """Why the files that ``build`` read are not in ``data`` as they were; None if they may be.

    Looks at files only, so that nothing is read in vain; members of a zip are compared when they
    are read.
    """
    folder = data / build.authority.slug
    if not folder.is_dir():
        return Side(why_not=f"There is no folder {folder}.")
    changed = []
    for file in build.inputs:
        if file.kind == "other" and not _is_population(file.path, build):
            continue
        path = (data if file.kind == "postcodes" else folder) / file.path
        if path.is_file():
            if hashlib.sha256(path.read_bytes()).hexdigest() != file.sha256:
                changed.append(f"{file.path} (changed)")
        elif file.sha256[:8] in path.name or "folder" in path.parts:
            continue  # its own name is not told; its bytes are compared when it is read
        elif not any(parent.is_file() for parent in path.parents):
            changed.append(f"{file.path} (gone)")
    return Side(changed=tuple(changed)) if changed else None


def read_side(build: Build, data: Path, read: FolderOnce) -> Side:
    """Read the inputs of a build again, and see that they are the ones that it read.

    The settings are those that the build noted: authority.toml may have changed since.
    """
    parameters = Parameters(build.authority.slug, build.year, build.audience, data=data)
    try:
        inputs = gather(parameters, build.authority, read)
    except IrostatsError as error:
        return Side(why_not=error.message)
    now = dict(_tables(inputs.folders, build.authority))
    own = names_of(build.authority)
    noted_files = [
        (shown(file.path, file.tables or "", file.sha256, own=own), file) for file in build.inputs
    ]
    then = {
        path: file.sha256
        for path, file in noted_files
        # An old build did not note which files held no table; their bytes were compared above.
        if file.kind != "other" and (file.tables or path in now or file.kind == "postcodes")
    }
    changed = [
        f"{path} ({_became(then.get(path), now.get(path))})"
        for path in sorted({*now, *then})
        if now.get(path) != then.get(path)
    ]
    if changed:
        return Side(changed=tuple(changed))
    if build.population is None:
        return Side(inputs)
    noted = {year: (number, "") for year, number in build.population.items()}
    return Side(replace(inputs, population=noted))


def _is_population(path: str, build: Build) -> bool:
    return path == POPULATION and build.population is None


def _tables(folders: Iterable[YearFolder], authority: Authority) -> Iterable[tuple[str, str]]:
    own = names_of(authority)
    for folder in folders:
        for file in (*folder.returned.files, *folder.service.files):
            if file.table or file.path == POSTCODES:
                yield shown(file.path, file.table, file.sha256, own=own), file.sha256


def _became(then: str | None, now: str | None) -> str:
    if then is None:
        return "new"
    return "changed" if now else "gone"
