"""Code sets of the SSDA903 return, read from the data files beside this module.

Each file holds a field's codes in order, what they mean in our own words, the first and last
reporting year (end years) in which they are valid, and the groups that DfE publishes, in
DfE's order. Measures read labels and order from here and never spell them again.

>>> load("LS").label("V2")
'accommodated by agreement, section 20'
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from irostats.errors import UnknownName, nearest

_FLAGS = (
    "FOSTER_CARE MOTHER CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT "
    "SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED"
)
_OWN = (
    "SEX ETHNIC RNE LS CIN PLACE PLACE_PROVIDER REC REASON_PLACE_CHANGE REVIEW_CODE MISSING "
    "SDQ_REASON IN_TOUCH ACTIV ACCOM PREV_PERM REASON_PLACED_CEASED SW_REASON SEX_ADOPTR "
    "LS_ADOPTR NB_ADOPTR PL_LOCATION"
)
FIELDS: Mapping[str, str] = MappingProxyType(
    {name: name.lower() for name in _OWN.split()} | dict.fromkeys(_FLAGS.split(), "flag")
)
"""Column -> name of its code file; columns not here hold dates, identifiers or numbers."""


@dataclass(frozen=True, slots=True)
class Group:
    """A category that DfE publishes: its id in Figures and its printed label."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Code:
    """One code.

    Args:
        code: As sent.
        label: What it means, in our own words.
        group: Id of its group, empty where the field has none.
        former_group: Id of the group that DfE counted it in before 2018, where that differs.
        becomes: The code that tables hold instead, where the return changed its codes.
        first_year: End year of the first return with it; None: from the beginning.
        last_year: End year of the last return with it; None: still valid.
        marks: What else the file says of it, such as ``temporary``.
    """

    code: str
    label: str
    group: str = ""
    former_group: str = ""
    becomes: str = ""
    first_year: int | None = None
    last_year: int | None = None
    marks: frozenset[str] = frozenset()

    def valid(self, year: int) -> bool:
        """Whether the return of the year that ends in ``year`` has this code."""
        return (self.first_year or 0) <= year <= (self.last_year or 9999)


@dataclass(frozen=True, slots=True)
class CodeSet:
    """All codes of one field, in order, with the groups in DfE's order."""

    label_of_field: str
    codes: tuple[Code, ...]
    groups: tuple[Group, ...]
    aliases: Mapping[str, str] = field(default_factory=dict)
    former_groups: tuple[Group, ...] = ()

    @property
    def by_code(self) -> dict[str, Code]:
        """Code text -> code."""
        return {code.code: code for code in self.codes}

    @property
    def group_by_code(self) -> dict[str, str]:
        """Code that tables hold -> group id, for ``Series.map``."""
        return {code.code: code.group for code in self.codes if not code.becomes}

    @property
    def former_group_by_code(self) -> dict[str, str]:
        """The same for the groups that DfE published before 2018."""
        return {c.code: c.former_group or c.group for c in self.codes if not c.becomes}

    def label(self, code: str) -> str:
        """What ``code`` means."""
        return self.by_code[code].label

    def in_group(self, group: str) -> tuple[str, ...]:
        """The codes of a group, in order."""
        return tuple(c.code for c in self.codes if c.group == group and not c.becomes)

    def marked(self, mark: str) -> tuple[str, ...]:
        """The codes that carry ``mark``, such as the ``temporary`` placements."""
        return tuple(code.code for code in self.codes if mark in code.marks)


@dataclass(frozen=True, slots=True)
class Band:
    """A band of a number, both ends inclusive; None is an open end."""

    id: str
    label: str
    lower: float | None
    upper: float | None

    def holds(self, value: float) -> bool:
        """Whether ``value`` lies in the band."""
        return (self.lower is None or value >= self.lower) and (
            self.upper is None or value <= self.upper
        )


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority with children's services: DfE's code, ONS codes (the newest last), names."""

    code: str
    ons: tuple[str, ...]
    names: tuple[str, ...]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def _code(entry: Mapping[str, Any]) -> Code:
    known = {key: entry[key] for key in Code.__slots__ if key in entry}
    return Code(**known, marks=frozenset(key for key in entry if entry[key] is True))


@lru_cache(maxsize=64)
def load(column: str) -> CodeSet:
    """The code set of an SSDA903 column.

    Args:
        column: The 903's own name, such as ``REVIEW_CODE``.

    Raises:
        UnknownName: The column has no code set.
    """
    if column not in FIELDS:
        raise UnknownName(f"No SSDA903 code set is called '{column}'.{nearest(column, FIELDS)}")
    found = _read(FIELDS[column])
    return CodeSet(
        found["label"],
        tuple(_code(entry) for entry in found["codes"]),
        tuple(Group(**entry) for entry in found.get("groups", [])),
        MappingProxyType(found.get("aliases", {})),
        tuple(Group(**entry) for entry in found.get("former_groups", [])),
    )


@lru_cache(maxsize=8)
def bands(name: str) -> tuple[Band, ...]:
    """The published bands of ``age_31_march``, ``age_on_ceasing`` or ``distance``, in order.

    Raises:
        UnknownName: No bands bear that name.
    """
    found = _read("bands")
    if name not in found:
        raise UnknownName(f"No bands are called '{name}'.{nearest(name, found)}")
    return tuple(
        Band(entry["id"], entry["label"], entry.get("from"), entry.get("to"))
        for entry in found[name]["bands"]
    )


def authorities() -> tuple[Authority, ...]:
    """Every English authority that has had children's services since 2009."""
    return tuple(
        Authority(entry["code"], tuple(entry["ons"]), tuple(entry["names"]))
        for entry in _read("authorities")["authorities"]
    )


@lru_cache(maxsize=1)
def regions() -> Mapping[str, tuple[str, str]]:
    """DfE's code of an authority -> code and name of its region, as DfE's open data give them."""
    return MappingProxyType(
        {
            code: (entry["code"], entry["name"])
            for entry in _read("regions")["regions"]
            for code in entry["authorities"].split()
        }
    )
