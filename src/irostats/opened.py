"""A report that a build has opened, handed to the notebooks that it executes.

A build reads the inputs once. What it hands on holds protected figures and nothing about any child,
lies in the build's own stage, and is gone when the notebooks have run.
"""

from __future__ import annotations

import copyreg
import hashlib
import hmac
import os
import pickle
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from irostats.opening import contents

if TYPE_CHECKING:
    from irostats.parameters import Parameters
    from irostats.report import Report

VARIABLE = "IROSTATS_OPENED"
"""Names the file to a build's worker processes; not for users."""
NAME, STAGE = "report.pickle", ".new-"
"""How a build calls the file, and how the name of its stage begins."""
MAX_BYTES = 256 * 2**20
_BETWEEN = "  "


def _read_only(content: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(content)


def _parts(proxy: MappingProxyType[Any, Any]) -> tuple[Callable[..., Any], tuple[dict[Any, Any]]]:
    """How to write a read-only mapping, such as the registry's, which pickle does not know."""
    return _read_only, (dict(proxy),)


copyreg.pickle(MappingProxyType, _parts)


def hand_on(report: Report, path: Path) -> str:
    """Write a report for the notebooks of this build.

    What it has computed of itself is left out: a notebook's fingerprint must be of the code that
    the notebook runs on.

    Returns:
        What ``VARIABLE`` must say: the file's SHA-256 and its path.
    """
    path.touch(mode=0o600)
    data = pickle.dumps(replace(report))
    path.write_bytes(data)
    return f"{hashlib.sha256(data).hexdigest()}{_BETWEEN}{path}"


def handed_on(parameters: Parameters) -> Report | None:
    """The report that the build of this process has opened, if it is the one asked for."""
    digest, _, path = os.environ.get(VARIABLE, "").partition(_BETWEEN)
    data = _own(Path(path)) if path else None
    if data is None or not hmac.compare_digest(hashlib.sha256(data).hexdigest(), digest):
        return None
    # Only this user's build writes such a file, in a folder of its own, and says its digest.
    report: Report = pickle.loads(data)  # noqa: S301
    return report if _same(report.parameters, parameters) else None


def _own(path: Path) -> bytes | None:
    """The bytes of a build's file; None where it is not one that this user alone can have written.

    Its name and its stage's are a build's, neither is a link, and nobody else owns or may write
    either. What is not so is passed over: the inputs are read instead.
    """
    stage = path.parent
    if path.name != NAME or not stage.name.startswith(STAGE) or not path.is_absolute():
        return None
    try:
        for each in (path, stage):
            kind = each.lstat()
            if stat.S_ISLNK(kind.st_mode):
                return None
            if hasattr(os, "getuid") and (kind.st_uid != os.getuid() or kind.st_mode & 0o022):
                return None
    except OSError:
        return None
    found = contents(path, stage, MAX_BYTES)
    return found if isinstance(found, bytes) else None


def _same(one: Parameters, other: Parameters) -> bool:
    """Whether two ask for the same figures; where the files go does not matter."""
    keys = ("authority", "year", "audience", "data")
    return all(getattr(one, key) == getattr(other, key) for key in keys)
