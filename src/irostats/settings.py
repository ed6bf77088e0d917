"""What an authority and a year say of themselves: authority.toml, year.toml, population.csv.

Every key is known; an unknown one, or a value outside its choices, is an error that names
the nearest known one. Nothing falls back to a default because it was misspelt.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_type_hints

from irostats import placeholders
from irostats.calendar import ReportingYear
from irostats.errors import CommandError, SettingsError, nearest
from irostats.opening import contents, there
from irostats.small_tables import read_table

FIRST_REVIEW = ("20_working_days", "28_calendar_days")
INTERVAL = ("calendar_months", "91_183_days")
ADOPTION_REVIEWS = ("reg33",)
DUE_DATES = ("service", "return")
SUPPRESSION = ("primary_secondary", "primary", "none")
ROUNDING = (0, 5, 10)
STATUS = ("provisional", "final")
MOST_CHILDREN = 20_000_000
"""More than England has."""
MOST = 1_000_000
"""Beyond any number that a setting can mean."""
MAX_NAME = 120
_SIGNALS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ue000-\uf8ff]")
MAX_SHOWN = 60
"""Characters of a wrong value that a message repeats."""


def _one_of(*choices: str) -> Any:
    return field(default=choices[0], metadata={"choices": choices})


@dataclass(frozen=True, slots=True)
class Identity:
    """Names and codes of the authority (``[authority]``)."""

    name: str
    council: str
    code: str
    ons_code: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The authority's own terms (``[words]``), used everywhere in its report."""

    children: str = "children looked after"
    child: str = "child looked after"
    service: str = "Independent Reviewing Service"
    panel: str = "Corporate Parenting Board"


@dataclass(frozen=True, slots=True)
class Rules:
    """How reviews are judged (``[rules]``).

    Attributes:
        first_review: 20 working days (reg 33(1)) or 28 calendar days after the start.
        interval: 3 and 6 calendar months (reg 33(2)) or 91 and 183 days.
        adoption_reviews: ``reg33``: reviews of children placed for adoption count alike.
        due_dates: ``service``: the case system's due dates count where it gives them; ``return``:
            those that follow from the return count, and the case system's are compared only.
        merge_window_working_days: Reviews of a child within this many working days of the first
            of them count once; 0 for never.
        extra_holidays: Days beside bank holidays that are not working days.
    """

    first_review: str = _one_of(*FIRST_REVIEW)
    interval: str = _one_of(*INTERVAL)
    adoption_reviews: str = _one_of(*ADOPTION_REVIEWS)
    due_dates: str = _one_of(*DUE_DATES)
    merge_window_working_days: int = 0
    extra_holidays: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Protection:
    """Disclosure control (``[protection]``).

    Attributes:
        suppression: ``primary_secondary`` hides counts of children from 1 to ``threshold`` and
            as many others as would give them away; ``primary`` the small ones alone; ``none``
            nothing.
        threshold: The largest count that is hidden.
        rounding: 5 or 10 to round counts of children to its multiples instead, hiding only those
            that could be worked out all the same; 0 not to round.
        exempt: Counts shown though they are small, in place of the service's own counts;
            ``["none"]`` for no count at all.
    """

    suppression: str = _one_of(*SUPPRESSION)
    threshold: int = 5
    rounding: int = 0
    exempt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Accessibility:
    """Whom a reader asks for another format (``[accessibility]``).

    Attributes:
        contact: A post or team and how to reach it, never a person; empty for the council.
    """

    contact: str = ""


@dataclass(frozen=True, slots=True)
class Authority:
    """All of ``authority.toml``."""

    slug: str
    identity: Identity
    words: Words = field(default_factory=Words)
    rules: Rules = field(default_factory=Rules)
    protection: Protection = field(default_factory=Protection)
    accessibility: Accessibility = field(default_factory=Accessibility)


@dataclass(frozen=True, slots=True)
class YearSettings:
    """All of ``year.toml``: what kind of return the year's folder holds."""

    synthetic: bool = False
    status: str = _one_of(*STATUS)


_SECTIONS: dict[str, type] = {
    "authority": Identity,
    "words": Words,
    "rules": Rules,
    "protection": Protection,
    "accessibility": Accessibility,
}


def read_authority(path: Path) -> Authority:
    """Read and check ``authority.toml``.

    Args:
        path: The file; its folder's name is the authority's slug.

    Raises:
        SettingsError: It is missing, malformed, or holds a key or value that is not known.
    """
    content = _toml(path)
    placeholders.refuse(content, path)
    _known(content, _SECTIONS, f"section of {path.name}", path)
    if "authority" not in content:
        raise SettingsError(
            f"{path} has no [authority] section.",
            next_step="Give name, council and code (DfE's three digits).",
        )
    parts = {
        name: _record(kind, content.get(name, {}), f"[{name}]", path)
        for name, kind in _SECTIONS.items()
    }
    authority = Authority(slug=path.parent.name, identity=parts.pop("authority"), **parts)
    _check_numbers(authority, path)
    _one_line(authority.identity, "authority", path)
    _one_line(authority.words, "words", path)
    return authority


def read_year(path: Path) -> YearSettings:
    """Read ``year.toml``; a folder without one holds a real, provisional return.

    Raises:
        SettingsError: It is malformed, or holds a key or value that is not known.
    """
    if not there(path):
        return YearSettings()
    settings: YearSettings = _record(YearSettings, _toml(path), "year.toml", path)
    return settings


def read_population(path: Path) -> dict[ReportingYear, tuple[float, str]]:
    """Read ``population.csv``: children aged 0 to 17 that rates are computed with.

    Returns:
        Population and its source for each year that the file holds; empty without a file.

    Raises:
        SettingsError: A heading is missing, or a cell is not a year or a positive number.
    """
    if not there(path):
        return {}
    found: dict[ReportingYear, tuple[float, str]] = {}
    for line, row in read_table(path, ("year", "population", "source")):
        try:
            number = float(row["population"].replace(",", ""))
            year = ReportingYear.parse(row["year"])
        except CommandError as error:
            raise SettingsError(f"{path}, line {line}: {error}") from None
        except ValueError:
            number = 0.0
        if not 0 < number < MOST_CHILDREN:
            said = row["population"][:MAX_SHOWN]
            raise SettingsError(f"{path}, line {line}: '{said}' is not a population.")
        if found.get(year, (number,))[0] != number:
            raise SettingsError(f"{path}, line {line}: {year} has another population above.")
        found[year] = (number, row["source"])
    return found


def _toml(path: Path) -> dict[str, Any]:
    if not there(path):
        raise SettingsError(f"{path} is missing.")
    data = contents(path, path.parent)
    if isinstance(data, str):
        raise SettingsError(f"{path} is not read: {data}.")
    try:
        return tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        why = "too deep" if isinstance(error, RecursionError) else str(error)
        raise SettingsError(
            f"{path} cannot be read as TOML: {why}.",
            next_step="Text stands in double quotes, dates as 2020-05-08; save as UTF-8.",
        ) from None


def _known(given: Mapping[str, Any], known: Mapping[str, Any], what: str, path: Path) -> None:
    for name in given:
        if name not in known:
            raise SettingsError(
                f"{path}: '{name}' is not a known {what}.{nearest(name, known)}",
                next_step=f"Known: {', '.join(known)}.",
            )


def _record(kind: type, given: Any, where: str, path: Path) -> Any:
    if not isinstance(given, Mapping):
        raise SettingsError(f"{path}: {where} must be a section of 'name = value' lines.")
    types = get_type_hints(kind)
    _known(given, types, f"setting of {where}", path)
    choices = {f.name: f.metadata["choices"] for f in fields(kind) if "choices" in f.metadata}
    values = {
        name: _value(value, types[name], choices.get(name), f"{path}: {where} {name}")
        for name, value in given.items()
    }
    try:
        return kind(**values)
    except TypeError:
        needed = [n for n in types if n not in values]
        raise SettingsError(f"{path}: {where} lacks {', '.join(needed)}.") from None


def _value(value: Any, kind: Any, choices: tuple[str, ...] | None, where: str) -> Any:
    if choices and (not isinstance(value, str) or value not in choices):
        raise SettingsError(
            f"{where} = {_shown(value)} is not a known choice.{nearest(_shown(value), choices)}",
            next_step=f"Choose one of: {', '.join(choices)}.",
        )
    if get_args(kind):
        item_kind = get_args(kind)[0]
        if isinstance(value, list) and all(type(item) is item_kind for item in value):
            return tuple(value)
        lists = {date: "dates such as [2020-05-08]", str: 'texts such as ["one", "two"]'}
        raise SettingsError(f"{where} must be a list of {lists[item_kind]}.")
    if type(value) is not kind:
        wanted = {str: "text in double quotes", int: "a whole number", bool: "true or false"}
        raise SettingsError(f"{where} = {_shown(value)} must be {wanted[kind]}.")
    if kind is int and abs(value) > MOST:
        raise SettingsError(f"{where} is beyond any number that it can mean.")
    return value


def _shown(value: Any) -> str:
    """A wrong value as a message repeats it."""
    if isinstance(value, int) and abs(value) > MOST:  # Python refuses to write out a huge one
        return "a huge number"
    text = repr(value) if isinstance(value, str | int | float | date) else "a list or a section"
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}..."


def _one_line(content: Any, section: str, path: Path) -> None:
    """Names and terms stand in titles, footers and file descriptions: one line, no signals."""
    for name, text in asdict(content).items():
        said = next(filter(None, (_SIGNALS.search(text), len(text) > MAX_NAME)), None)
        if said or (not text.strip() and name != "ons_code"):
            raise SettingsError(
                f"{path}: [{section}] {name} must be one line of 1 to {MAX_NAME} ordinary "
                "characters."
            )


def _check_numbers(authority: Authority, path: Path) -> None:
    if authority.protection.threshold < 1:
        raise SettingsError(
            f"{path}: [protection] threshold must be 1 or more.",
            next_step='To hide nothing, write suppression = "none".',
        )
    if authority.protection.rounding not in ROUNDING:
        raise SettingsError(
            f"{path}: [protection] rounding must be one of {', '.join(map(str, ROUNDING))}.",
            next_step="0 does not round.",
        )
    if authority.rules.merge_window_working_days < 0:
        raise SettingsError(f"{path}: [rules] merge_window_working_days cannot be negative.")
    if not re.fullmatch("[0-9]{3}", authority.identity.code):
        raise SettingsError(f'{path}: [authority] code must be DfE\'s three digits, such as "874".')
