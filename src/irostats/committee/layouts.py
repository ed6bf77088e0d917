"""Layouts: the parts of a committee paper in a council's own order and words, as data files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from irostats.committee.settings import KEYS
from irostats.errors import SettingsError, nearest
from irostats.settings import _known, _record, _toml

NUMBERING = ("running", "by_part")
STYLES = ("heading", "subheading", "line", "label", "title", "text")
NUMBERS = ("", "none", "arabic", "roman")
APPENDICES = ("Appendix A", "Appendix 1", "")

#: What a part can show that nobody writes: figures in words, the law, and the paper's own facts.
MADE = (
    "headlines.children",
    "headlines.held",
    "headlines.on_time",
    "headlines.participation",
    "headlines.children_took_part",
    "headlines.service",
    "headlines.challenge",
    "headlines.stages",
    "headlines.alerts",
    "headlines.sex",
    "headlines.ethnicity",
    "headlines.unaccompanied",
    "headlines.distance",
    "headlines.how_held",
    "headlines.midpoint",
    "headlines.health",
    "legal_basis",
    "period",
)
PLACEHOLDERS = ("start", "end", "meeting", "access", "ACCESS", "children", "service")
_IN_NAMES = {"name": "{meeting}", "access": "{access}"}
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a paper.

    Attributes:
        name: Its name as the council prints it; may be empty.
        show: Keys of `committee.toml`, or of `MADE`, that it prints, in order.
        style: `heading` or `subheading` over numbered paragraphs; `line`, a name and a value at
            the head of the paper; `label`, a name that begins a numbered paragraph; `title`, the
            paper's title; `text`, without a name.
        numbers: Of its paragraphs: empty for the layout's, `none`, `arabic` (1.) or `roman` (i))
            for numbers of its own.
        intro: Words of the council before them; on a line, after its name.
        ours: Not in the council's own paper; every paper must say it.
    """

    name: str = ""
    show: tuple[str, ...] = ()
    style: str = field(default="heading", metadata={"choices": STYLES})
    numbers: str = field(default="", metadata={"choices": NUMBERS})
    intro: str = ""
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of a council's paper, in order.

    Attributes:
        numbering: `running` from 1 to the end, or `by_part`, as in 4.2.
        appendices: How the first appendix is called; empty for titles alone.
        parts: In the council's order.
    """

    numbering: str = field(default="running", metadata={"choices": NUMBERING})
    appendices: str = field(default="Appendix A", metadata={"choices": APPENDICES})
    parts: tuple[Part, ...] = ()

    @property
    def shown(self) -> frozenset[str]:
        """Every key that some part shows, or names in its own name."""
        words = " ".join(part.name + part.intro for part in self.parts).lower()
        named = (f"meeting.{key}" for key in ("name", "access") if _IN_NAMES[key] in words)
        return frozenset((*(key for part in self.parts for key in part.show), *named))


_FOLDER = Path(str(resources.files("irostats"))) / "committee" / "layouts"
LAYOUTS = tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


OWN = "own"
"""Name by which committee.toml asks for the council's own layout."""
OWN_FILE = "layout.toml"


def read_own_layout(folder: Path) -> Layout:
    """Read and check the layout that a council has written beside its ``committee.toml``.

    Raises:
        SettingsError: It is missing or malformed.
    """
    return layout_of(_toml(folder / OWN_FILE), folder / OWN_FILE)


@cache
def read_layout(name: str) -> Layout:
    """Read and check a layout that comes with irostats.

    Raises:
        SettingsError: There is none of that name, with the nearest; or it is malformed.
    """
    if name not in LAYOUTS:
        raise SettingsError(
            f"There is no layout '{name}'.{nearest(name, LAYOUTS)}",
            next_step=f"Choose one of: {', '.join(LAYOUTS)}; or '{OWN}', with a {OWN_FILE}.",
        )
    return layout_of(_toml(_FOLDER / f"{name}.toml"), _FOLDER / f"{name}.toml")


def layout_of(content: dict[str, Any], path: Path) -> Layout:
    """A layout from the content of its file.

    Raises:
        SettingsError: A key, style or placeholder is unknown, or a part has no place.
    """
    _known(content, {"numbering": "", "appendices": "", "part": ""}, "key of a layout", path)
    tables = content.get("part", [])
    parts = tuple(
        _record(Part, table, f"part {number}", path) for number, table in enumerate(tables, 1)
    )
    rest = {key: value for key, value in content.items() if key != "part"}
    settings = _record(Layout, rest, path.name, path)
    problems = list(_problems(parts))
    if problems:
        raise SettingsError(f"{path}: {'; '.join(problems)}.")
    return Layout(settings.numbering, settings.appendices, parts)


def _problems(parts: tuple[Part, ...]) -> Iterator[str]:
    known = (*KEYS, *MADE)
    headed = False
    for number, part in enumerate(parts, 1):
        where = f"part {number} ('{part.name}')"
        for key in part.show:
            if key not in known:
                yield f"{where} shows '{key}', which is not known.{nearest(key, known)}"
        for name in _PLACEHOLDER.findall(part.name + part.intro):
            if name not in PLACEHOLDERS:
                yield f"{where} has the unknown placeholder '{{{name}}}'"
        if part.style == "subheading" and not headed:
            yield f"{where} is a subheading before any heading"
        headed = headed or part.style in ("heading", "title")
