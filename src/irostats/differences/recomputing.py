"""The figures computed again with each set of causes at work."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from irostats.differences import mixing
from irostats.differences.builds import Build
from irostats.differences.causes import Cause, Parted, parted
from irostats.differences.figures import Moved, by_key
from irostats.errors import InputError
from irostats.figures import Status
from irostats.inputs import Inputs
from irostats.parameters import Audience
from irostats.report import code_digest, library_versions

Progress = Callable[[str], None]


def outcomes(
    a: Build,
    b: Build,
    one: Inputs,
    other: Inputs,
    groups: Sequence[Cause],
    progress: Progress,
) -> list[mixing.Outcome]:
    """The figures for each set of causes at work; those of none and of all as printed, if by now.

    They are protected as strictly as either build is, so that no mixture shows what neither does.
    """
    protection = mixing.stricter((a.authority.protection, b.authority.protection))
    public = Audience.PUBLIC in (a.audience, b.audience)
    audience = Audience.PUBLIC if public else Audience.INTERNAL
    last = 2 ** len(groups) - 1
    found = []
    for at_work in range(last + 1):
        build = {0: a, last: b}.get(at_work)
        if build and build.as_written and build.made_by == _today():
            found.append(mixing.Outcome(build.year, by_key(build.figures)))
            continue
        progress(f"computing the figures, {at_work + 1} of {last + 1}")
        taken = [group.parts for i, group in enumerate(groups) if at_work >> i & 1]
        mixture = mixing.mixed(one, other, frozenset().union(*taken))
        try:
            found.append(mixing.figures_of(mixture, protection, audience))
        except InputError:  # such a mixture lacks what every figure needs: it gives none
            found.append(mixing.Outcome(mixture.parameters.year, {}))
    return found


def _today() -> tuple[str, tuple[tuple[str, str], ...]]:
    return code_digest(), tuple(sorted(library_versions().items()))


def why(
    figure: Moved, computed: Sequence[mixing.Outcome], names: Sequence[str], rest: str
) -> Parted:
    """The causes of a movement; none if any mixture of the inputs hides the figure.

    Args:
        figure: What moved.
        computed: The figures for each set of causes at work.
        names: What the causes are called.
        rest: What the rest is called.
    """
    between = [outcome.get(figure.cell, figure.year) for outcome in computed]
    if any(found and found.status is Status.SUPPRESSED for found in between):
        return Parted()
    return parted(figure.a, figure.b, between, names, rest)
