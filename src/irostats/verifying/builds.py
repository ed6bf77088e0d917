"""What the build of a folder says of itself, as far as checking its files needs it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from irostats.parameters import Audience

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_YEAR = re.compile(r"\d{4}-\d{2}")


@dataclass(frozen=True)
class Said:
    """Builds whose files lie in one folder: one for the public, one for internal readers, or both.

    Attributes:
        authority: The authority's slug.
        year: The reporting year.
        synthetic: Whether the returns are made up.
        status: ``provisional`` or ``final``.
        inputs: Path and SHA-256 of each input.
        outputs: SHA-256 of each file, by name.
        audiences: For whom each file was built, by name.
        versions: Versions of libraries, which may look like days.
    """

    authority: str
    year: str
    synthetic: bool
    status: str
    inputs: tuple[Mapping[str, str], ...]
    outputs: Mapping[str, str]
    audiences: Mapping[str, str] = field(default_factory=dict)
    versions: str = ""

    @property
    def years(self) -> frozenset[str]:
        """Year folders that inputs lie in."""
        firsts = {entry["path"].partition("/")[0] for entry in self.inputs}
        return frozenset({self.year, *filter(_YEAR.fullmatch, firsts)})

    def internal(self, name: str, digest: str) -> bool:
        """Whether a file was built for internal readers, whatever it is called now."""
        own = self.audiences.get(name)
        if own == Audience.INTERNAL or self.outputs.get(name) == digest:
            return own == Audience.INTERNAL
        alike = {other for other, known in self.outputs.items() if known == digest}
        return Audience.INTERNAL in {self.audiences[other] for other in alike}

    def changed(self, name: str, digest: str) -> bool:
        """Whether a file that the build wrote is not as it wrote it."""
        return name in self.outputs and self.outputs[name] != digest


def said_by(folder: Path) -> Said | None:
    """What the builds of a folder say; None if nothing there can be read as that."""
    found = [one for path in sorted(folder.glob("provenance*.json")) if (one := _read(path))]
    return _together(found) if found else None


def _together(each: Iterable[Said]) -> Said:
    every = list(each)
    first = every[0]
    return Said(
        first.authority,
        first.year,
        any(one.synthetic for one in every),
        "provisional" if any(one.status == "provisional" for one in every) else "final",
        tuple(entry for one in every for entry in one.inputs),
        {name: digest for one in every for name, digest in one.outputs.items()},
        {name: audience for one in every for name, audience in one.audiences.items()},
        "\n".join(one.versions for one in every),
    )


def _read(path: Path) -> Said | None:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        outputs = {str(name): str(digest) for name, digest in content["outputs"].items()}
        audience = Audience(content["audience"])
        if not _SLUG.fullmatch(content["authority"]) or not _YEAR.fullmatch(content["year"]):
            return None
        return Said(
            content["authority"],
            content["year"],
            bool(content["synthetic"]),
            str(content["return_status"]),
            tuple({"path": str(e["path"]), "sha256": str(e["sha256"])} for e in content["inputs"]),
            outputs,
            dict.fromkeys((*outputs, path.name), audience.value),
            "\n".join(map(str, (*content["libraries"].values(), content.get("renderer", "")))),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
