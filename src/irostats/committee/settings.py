"""What a council says of its committee paper: `committee.toml`, each key known and typed.

One file for the authority, and one in a year's folder whose keys take the place of the other's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from irostats.calendar import ReportingYear
from irostats.committee.wording import refuse
from irostats.errors import SettingsError
from irostats.opening import there
from irostats.settings import _known, _record, _shown, _toml

FILE = "committee.toml"
DEFAULT_LAYOUT = "plain"
TO_BE_FIXED = "to be fixed"
ACCESS = ("", "public", "exempt")


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting that the paper is for (`[meeting]`).

    Attributes:
        name: The committee; empty for the authority's own word for it.
        date: Its day, `to be fixed` until it is known.
        agenda_item: Number of the item on its agenda.
        access: Whether the public may read the paper: `public` or `exempt`.
        wards: Wards affected.
        function_of: Whose function it is, the council's or the executive's.
    """

    name: str = ""
    date: str = TO_BE_FIXED
    agenda_item: str = ""
    access: str = field(default="", metadata={"choices": ACCESS})
    wards: str = ""
    function_of: str = ""


@dataclass(frozen=True, slots=True)
class Posts:
    """Who stands behind the paper (`[posts]`): posts, never persons."""

    report_of: str = ""
    recommended_by: str = ""
    cabinet_member: str = ""
    contact: str = ""
    author: str = ""
    chief_officer: str = ""
    approved_by: str = ""
    specialists: str = ""


@dataclass(frozen=True, slots=True)
class Timescales:
    """Whether and when others decide (`[timescales]`)."""

    major_policy_item: bool = False
    deadline: str = ""
    cabinet: str = ""
    council: str = ""
    government: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """What the council writes (`[text]`): paragraphs, and lists of lines that begin with "- "."""

    title: str = ""
    summary: str = ""
    recommendations: tuple[str, ...] = ()
    reason: str = ""
    origin: str = ""
    purpose: str = ""
    terms_of_reference: str = ""
    priorities: str = ""
    pledge: str = ""
    background: str = ""
    monitoring: str = ""
    inspection: str = ""
    inspection_feedback: str = ""
    achievements: str = ""
    conclusion: str = ""
    next_steps: str = ""
    consultation: str = ""
    outcomes: str = ""
    options: str = ""


@dataclass(frozen=True, slots=True)
class Implications:
    """What follows for the council (`[implications]`), each in its own words or `none`."""

    financial: str = ""
    legal: str = ""
    risk: str = ""
    staffing: str = ""
    equalities: str = ""
    community_safety: str = ""
    information_technology: str = ""
    property: str = ""
    sustainability: str = ""
    procurement: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Documents:
    """What else there is to read (`[documents]`), one title each; the report needs no mention."""

    background: tuple[str, ...] = ()
    appendices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Committee:
    """All of `committee.toml`.

    Attributes:
        given: Keys that were given, such as `text.summary`; the others are still to be written.
    """

    layout: str = DEFAULT_LAYOUT
    meeting: Meeting = field(default_factory=Meeting)
    posts: Posts = field(default_factory=Posts)
    timescales: Timescales = field(default_factory=Timescales)
    text: Text = field(default_factory=Text)
    implications: Implications = field(default_factory=Implications)
    documents: Documents = field(default_factory=Documents)
    given: frozenset[str] = frozenset()

    def value(self, key: str) -> Any:
        """What stands at a dotted key, such as `implications.legal`."""
        section, _, name = key.partition(".")
        return getattr(getattr(self, section), name)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text with its dotted key; of a list, each of its texts."""
        for section in _SECTIONS:
            for name, value in asdict(getattr(self, section)).items():
                for text in _texts(value):
                    yield f"{section}.{name}", text


_SECTIONS: dict[str, type] = {
    "meeting": Meeting,
    "posts": Posts,
    "timescales": Timescales,
    "text": Text,
    "implications": Implications,
    "documents": Documents,
}
IMPLICATIONS = tuple(each.name for each in fields(Implications))
KEYS = tuple(f"{name}.{each.name}" for name, kind in _SECTIONS.items() for each in fields(kind))


def files(folder: Path, year: ReportingYear) -> tuple[Path, ...]:
    """The files that there are, the year's last.

    Args:
        folder: The authority's.
        year: The reporting year.
    """
    places = (folder / FILE, folder / str(year) / FILE)
    return tuple(path for path in places if there(path))


def read_committee(folder: Path, year: ReportingYear) -> Committee:
    """Read and check `committee.toml` of an authority and of its year.

    Args:
        folder: The authority's; neither file need be there.
        year: The reporting year.

    Raises:
        SettingsError: A file is malformed, holds a key or value that is not known, or words that
            could lead to a person.
    """
    layout = DEFAULT_LAYOUT
    merged: dict[str, dict[str, Any]] = {name: {} for name in _SECTIONS}
    for path in files(folder, year):
        content = _checked(path)
        layout = content.pop("layout", layout)
        for name, table in content.items():
            merged[name] |= table
    parts = {name: kind(**_frozen(merged[name])) for name, kind in _SECTIONS.items()}
    given = frozenset(f"{name}.{key}" for name, table in merged.items() for key in table)
    return Committee(layout=layout, given=given, **parts)


def _checked(path: Path) -> dict[str, Any]:
    """A file's content, each of its values known and allowed."""
    content = _toml(path)
    _known(content, {"layout": str, **_SECTIONS}, f"section of {path.name}", path)
    if type(content.get("layout", "")) is not str:
        raise SettingsError(f"{path}: layout must be text in double quotes.")
    if isinstance(content.get("meeting"), dict):
        content["meeting"] |= _date(content["meeting"], path)
    for name in (each for each in content if each != "layout"):
        record = _record(_SECTIONS[name], content[name], f"[{name}]", path)
        for key in content[name]:
            for text in _texts(getattr(record, key)):
                refuse(text, f"{name}.{key}", path)
    return content


def _texts(value: Any) -> tuple[str, ...]:
    """The texts in a value: itself, or those of a list."""
    texts = value if isinstance(value, tuple) else (value,)
    return tuple(text for text in texts if isinstance(text, str))


def _date(meeting: Mapping[str, Any], path: Path) -> dict[str, str]:
    if "date" not in meeting:
        return {}
    value = meeting["date"]
    if type(value) is date:
        return {"date": f"{value.day} {value:%B %Y}"}
    if isinstance(value, str) and value.lower() == TO_BE_FIXED:
        return {"date": TO_BE_FIXED}
    raise SettingsError(
        f"{path}: [meeting] date = {_shown(value)} is not a date.",
        next_step=f'Write it without quotes, as in date = 2021-07-21, or "{TO_BE_FIXED}".',
    )


def _frozen(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
