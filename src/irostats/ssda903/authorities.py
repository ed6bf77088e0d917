"""Which authority a text names, by DfE's code, by an ONS code or by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from irostats.ssda903.codes import authorities

_AROUND = re.compile(
    r"^(the )?((london|royal|metropolitan) borough of|(city|county|borough) of|county) "
    r"|( (city|county|borough|district))?( council)$"
    r"| (city of|county of|city|borough|county|ua|unitary authority|unitary)$"
)
_CODES = re.compile(r"\b(?:la ?)?0*(\d{3})\b|\b(e\d{8})\b")


def authority_key(text: str) -> str:
    """A name or code of an authority, reduced so that its usual spellings are equal.

    >>> authority_key("Bath & North East Somerset Council"), authority_key("City of York")
    ('bath and north east somerset', 'york')
    """
    plain = _plain(text)
    while (shorter := _AROUND.sub("", plain).strip()) not in (plain, ""):
        plain = shorter
    return plain


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold().replace("&", " and ")
    return " ".join(re.sub(r"[^a-z0-9]+", " ", re.sub(r"['\u2019.]", "", plain)).split())


def _said(text: str) -> frozenset[str]:
    """The codes in a text; where it has none, the name that it is."""
    plain = _plain(re.sub(r"\.0+$", "", text.strip()))
    codes = frozenset(code or ons for code, ons in _CODES.findall(plain))
    return codes or frozenset({authority_key(text)} - {""})


@lru_cache(maxsize=1)
def _known() -> Mapping[str, frozenset[str]]:
    """DfE's code -> every key by which the authority is named."""
    return MappingProxyType(
        {
            entry.code: frozenset(map(authority_key, (entry.code, *entry.ons, *entry.names)))
            for entry in authorities()
        }
    )


@lru_cache(maxsize=1024)
def is_known(text: str) -> bool:
    """Whether ``text`` names any English authority with children's services."""
    said = _said(text)
    return any(said & keys for keys in _known().values())


@dataclass(frozen=True, slots=True)
class AuthorityId:
    """How an authority may be named in a return.

    Args:
        code: DfE's three-digit code; the names and ONS codes that go with it are known.
        ons_code: The nine-character code, or empty.
        names: Its name, its council's name, its slug.
    """

    code: str
    ons_code: str
    names: tuple[str, ...]

    @property
    def ons_codes(self) -> frozenset[str]:
        """Every ONS code that it bears or has borne: a directory may be of another year."""
        borne = (code for known in authorities() if known.code == self.code for code in known.ons)
        return frozenset({self.ons_code.strip().upper(), *borne}) - {""}

    def matches(self, text: str) -> bool:
        """Whether ``text`` names this authority, in any case, by code or else by name.

        >>> AuthorityId("874", "", ()).matches("LA 0874 - Peterborough")
        True
        """
        own = frozenset(map(authority_key, (self.code, self.ons_code, *self.names))) - {""}
        return bool(_said(text) & (own | _known().get(self.code, frozenset())))
