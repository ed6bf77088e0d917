"""A report that a build has opened, handed to the notebooks that it executes.

A build reads the inputs once. What it hands on holds protected figures and nothing about any child,
lies in the build's own stage, and is gone when the notebooks have run.
"""

from __future__ import annotations

import copyreg
import os
import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from irostats.parameters import Parameters
    from irostats.report import Report

VARIABLE = "IROSTATS_OPENED"
"""Names the file to a build's worker processes; not for users."""


def _read_only(content: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(content)


def _parts(proxy: MappingProxyType[Any, Any]) -> tuple[Callable[..., Any], tuple[dict[Any, Any]]]:
    """How to write a read-only mapping, such as the registry's, which pickle does not know."""
    return _read_only, (dict(proxy),)


copyreg.pickle(MappingProxyType, _parts)


def hand_on(report: Report, path: Path) -> None:
    """Write a report for the notebooks of this build.

    What it has computed of itself is left out: a notebook's fingerprint must be of the code that
    the notebook runs on.
    """
    path.touch(mode=0o600)
    path.write_bytes(pickle.dumps(replace(report)))


def handed_on(parameters: Parameters) -> Report | None:
    """The report that the build of this process has opened, if it is the one asked for."""
    path = os.environ.get(VARIABLE, "")
    if not path:
        return None
    # Only a build names a file, in a folder that it has made for its own processes.
    report: Report = pickle.loads(Path(path).read_bytes())  # noqa: S301
    return report if _same(report.parameters, parameters) else None


def _same(one: Parameters, other: Parameters) -> bool:
    """Whether two ask for the same figures; where the files go does not matter."""
    keys = ("authority", "year", "audience", "data")
    return all(getattr(one, key) == getattr(other, key) for key in keys)
