"""Two builds compared: what moved, what differs in what they were made from, and why it moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from irostats.calendar import ReportingYear
from irostats.differences import causes, inputs, mixing
from irostats.differences.builds import Build
from irostats.differences.figures import Key, Moved, moved
from irostats.differences.recomputing import Progress, outcomes, why
from irostats.differences.sides import POPULATION, FolderOnce, Side, read_side, unlike
from irostats.errors import CommandError

SHOWN_FILES = 5
CODE = "code version"
SINCE = "irostats since then"
"""What today's irostats computes otherwise than the one that made both builds."""
UNEXPLAINED = "not explained"


@dataclass(frozen=True)
class Difference:
    """How two builds differ. It holds nothing about any child.

    Attributes:
        a: The first build.
        b: The second.
        moved: Figures that are not the same.
        why: The causes of each, by its key; none for a figure that either build hides, and none
            at all where they could not be parted.
        causes: What can have moved figures.
        rows: Tables that differ.
        settings: Settings and versions that differ.
        beside: Other files that differ, which move no figure.
        notes: What could not be compared, and what to do.
    """

    a: Build
    b: Build
    moved: tuple[Moved, ...] = ()
    why: Mapping[Key, causes.Parted] = field(default_factory=dict)
    causes: tuple[str, ...] = ()
    rows: tuple[inputs.RowsDiffer, ...] = ()
    settings: tuple[inputs.SettingDiffers, ...] = ()
    beside: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def compare(
    a: Build, b: Build, data_a: Path, data_b: Path, progress: Progress = lambda _: None
) -> Difference:
    """Compare two builds of one authority.

    Args:
        a: The first.
        b: The second.
        data_a: Where the inputs of the first may lie.
        data_b: Where the inputs of the second may lie.
        progress: Told what is being done.

    Raises:
        CommandError: They are of two authorities, or for different readers.
    """
    if a.authority.slug != b.authority.slug:
        raise CommandError(
            f"{a.folder} is of {a.authority.slug} and {b.folder} of {b.authority.slug}.",
            next_step="Compare two builds of one authority.",
        )
    if a.audience is not b.audience:
        # Figures would differ because one hides them, and the difference would tell what it hides.
        raise CommandError(
            f"{a.folder} is for {a.audience} readers and {b.folder} for {b.audience} readers.",
            next_step="Compare two builds for the same readers: --audience says which.",
        )
    progress("looking at the inputs")
    sides = _sides(a, b, data_a, data_b)
    years, latest = _folders(a, b), min(a.year, b.year)
    if sides[0].inputs and sides[1].inputs:
        rows = inputs.differing_tables(sides[0].inputs.folders, sides[1].inputs.folders, years)
    else:
        rows = inputs.differing_files(a, b, years)
    parts = [*(row.part for row in rows), *_beyond_tables(a, b)]
    if not all(side.inputs for side in sides) and inputs.postcodes(a) != inputs.postcodes(b):
        parts.append(mixing.POSTCODES)
    own = str(latest) if a.year == b.year else ""
    groups = causes.grouped(parts, own, f"returns since {latest}")
    found = tuple(moved(a.figures, b.figures, a.year, b.year))
    labels = (*(group.label for group in groups), *([CODE] if a.made_by != b.made_by else []))
    parted = _parted(a, b, sides, groups, labels, found, progress)
    return Difference(
        a=a,
        b=b,
        moved=found,
        why=parted,
        causes=labels,
        rows=tuple(rows),
        settings=tuple(inputs.differing_settings(a, b)),
        beside=_beside(a, b) if a.year == b.year else (),
        notes=tuple(_notes((a, b), sides, (data_a, data_b), parted=bool(parted))),
    )


def _parted(
    a: Build,
    b: Build,
    sides: tuple[Side, Side],
    groups: Sequence[causes.Cause],
    labels: Sequence[str],
    found: Sequence[Moved],
    progress: Progress,
) -> dict[Key, causes.Parted]:
    """Why each figure moved that neither build hides."""
    told = [figure for figure in found if not figure.hidden]
    if len(labels) <= 1:
        label = labels[0] if labels else UNEXPLAINED
        return {figure.key: causes.whole(figure.a, figure.b, label) for figure in told}
    one, other = sides[0].inputs, sides[1].inputs
    if not (told and one and other) or a.synthetic != b.synthetic:
        return {}
    computed = outcomes(a, b, one, other, groups, progress)
    names = [group.label for group in groups]
    rest = CODE if CODE in labels else SINCE
    return {figure.key: why(figure, computed, names, rest) for figure in told}


def _sides(a: Build, b: Build, data_a: Path, data_b: Path) -> tuple[Side, Side]:
    """The inputs of both, or of neither: one side's alone can be compared with nothing."""
    first, second = unlike(a, data_a), unlike(b, data_b)
    if first or second:
        return first or Side(), second or Side()
    read = FolderOnce()
    return read_side(a, data_a, read), read_side(b, data_b, read)


def _folders(a: Build, b: Build) -> list[str]:
    """Year folders that both builds can have read."""
    latest = str(min(a.year, b.year))
    tables = ("return", "service")
    names = {file.folder for build in (a, b) for file in build.inputs if file.kind in tables}
    return sorted(name for name in names if name <= latest)


def _beyond_tables(a: Build, b: Build) -> list[inputs.Part]:
    """What differs beside the tables, and can move figures."""
    differs = {
        mixing.YEAR: a.year != b.year,
        mixing.RULES: a.authority.rules != b.authority.rules,
        mixing.POPULATION: _populations_differ(a, b),
    }
    return [part for part, unequal in differs.items() if unequal]


def _populations_differ(a: Build, b: Build) -> bool:
    """In the years that both can have; by file, where a build did not note the numbers."""
    if a.population is None or b.population is None:
        files = [[f.sha256 for f in build.inputs if f.path == POPULATION] for build in (a, b)]
        return files[0] != files[1]
    return _until(a.population, min(a.year, b.year)) != _until(b.population, min(a.year, b.year))


def _until(population: Mapping[ReportingYear, float], year: ReportingYear) -> dict[int, float]:
    return {known.end: number for known, number in population.items() if known <= year}


def _beside(a: Build, b: Build) -> tuple[str, ...]:
    """Files that differ and move no figure: what people wrote, and figures published elsewhere."""
    prints = [
        {file.path: file.sha256 for file in build.inputs if file.kind == "other"}
        for build in (a, b)
    ]
    return tuple(
        path
        for path in sorted({*prints[0], *prints[1]})
        if prints[0].get(path) != prints[1].get(path)
        and not path.endswith(("authority.toml", "year.toml", POPULATION))
    )


def _notes(
    builds: tuple[Build, Build],
    sides: tuple[Side, Side],
    data: tuple[Path, Path],
    *,
    parted: bool,
) -> Iterator[str]:
    """What could not be compared, and what to do about it."""
    for build, name in zip(builds, "AB", strict=True):
        if not build.as_written:
            yield (
                f"figures.csv of {name} has been changed since it was built; what was compared is "
                "the changed file. Build it again."
            )
    if all(side.inputs for side in sides):
        if builds[0].synthetic != builds[1].synthetic:
            yield "One of the builds is synthetic: causes were not parted."
        return
    lost = "rows were counted by file" + ("" if parted else ", and shares of causes not computed")
    for side, name, folder in zip(sides, "AB", data, strict=True):
        if side.inputs or not (side.changed or side.why_not):
            continue
        more = len(side.changed) - SHOWN_FILES
        files = ", ".join(side.changed[:SHOWN_FILES]) + (f" and {more} more" if more > 0 else "")
        reason = side.why_not or f"these are not in {folder} as they were: {files}."
        yield f"The files that {name} was made from are not all there, so {lost}: {reason}"
    yield (
        "Next time, copy the authority's folder before a return is replaced, and give the folder "
        "that the copy lies in with --data-a."
    )
