"""All reports for which there is a folder, one after another, whatever becomes of each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from irostats import parameters
from irostats.build.progress import Progress
from irostats.build.run import Built, Options, build
from irostats.errors import CommandError, IrostatsError
from irostats.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one report: ``built`` or ``error``, and in how many seconds."""

    title: str
    seconds: float
    built: Built | None = None
    error: IrostatsError | None = None


def reports(data: Path) -> tuple[tuple[str, str], ...]:
    """Authority and year of every report that ``data`` has inputs for.

    Raises:
        CommandError: There is none.
    """
    found = tuple(
        (authority, str(year))
        for authority in parameters.authorities(data)
        for year in parameters.years(data, authority)
    )
    if not found:
        raise CommandError(
            f"There is no authority with a year's folder in {data}.",
            next_step="An authority is a folder with authority.toml and folders such as 2020-21.",
        )
    return found


def build_all(
    wanted: Iterable[tuple[str, str]],
    make: Callable[[str, str], Parameters],
    options: Options,
    shown: Callable[[str], AbstractContextManager[Progress]],
) -> Iterator[Outcome]:
    """Build each report; one that fails does not stop the next.

    Args:
        wanted: Authorities and years.
        make: Makes the parameters of one report.
        options: How to build.
        shown: Opens the display of one report's progress.
    """
    for authority, year in wanted:
        title, begun = f"{authority} {year}", time.monotonic()
        try:
            with shown(title) as progress:
                built = build(make(authority, year), options, progress)
        except IrostatsError as error:
            yield Outcome(title, time.monotonic() - begun, error=error)
        else:
            yield Outcome(title, time.monotonic() - begun, built=built)
