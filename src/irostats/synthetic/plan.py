"""The calibration targets of an authority, read from its TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

AUTHORITIES = (
    "peterborough",
    "bath-and-north-east-somerset",
    "central-bedfordshire",
    "york",
    "lancashire",
)


@dataclass(frozen=True)
class Flow:
    """Children of one year by what they do (the letters are used by ``flows``).

    a stay all year; b leave; c leave and return; d leave, return and leave; e start and stay;
    f start and leave; g start, leave and return.
    """

    a: int
    b: int
    c: int
    d: int
    e: int
    f: int
    g: int


@dataclass(frozen=True)
class YearPlan:
    """One year's targets: figures, quotas by breakdown, settings, and where each comes from.

    ``kept`` has the targets of each further table that the service keeps; those without are absent.
    """

    label: str
    figures: dict[str, int]
    sources: dict[str, str]
    quotas: dict[str, dict[str, int]]
    settings: dict[str, Any]
    chosen: dict[str, list[str]]
    kept: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def at_31_march(self) -> int:
        """Children looked after at 31 March."""
        return self.figures["at_31_march"]

    def flow(self, opening: int) -> Flow:
        """Solve for the year's flows, exactly, from stocks, children started, ceased, in year.

        DfE counts each child once a year among the started and once among the ceased, so
        children who leave and return explain most of the difference from the change in stock.
        """
        closing, started = self.at_31_march, self.figures["started"]
        ceased = self.figures["ceased"]
        back = max(round(started * 0.015), started - ceased - closing + opening, 0)
        in_year = self.figures.get("in_year", opening + started - back)
        returned = started - (in_year - opening)
        again = ceased - (in_year - closing)
        if returned < 0 or again < 0:
            raise ValueError(f"{self.label}: started, ceased and in year contradict the stocks")
        c = min(returned, again)
        d, g = returned - c, again - c
        new = in_year - opening
        default = closing - c - g - (new - g - round(0.2 * new))
        a = self.figures.get("continuous_12_months", default)
        e = closing - a - c - g
        return Flow(a=a, b=opening - a - c - d, c=c, d=d, e=e, f=new - e - g, g=g)


@dataclass(frozen=True)
class Block:
    """Consecutive years simulated as one history; ``anchor`` is the year calibrated in full."""

    years: tuple[str, ...]
    anchor: str
    earlier: str
    opening: int
    opening_source: str


@dataclass(frozen=True)
class Plan:
    """Everything the generator knows about one authority."""

    slug: str
    prefix: str
    seed_year: str
    authority: dict[str, Any]
    blocks: tuple[Block, ...]
    years: dict[str, YearPlan]
    service: dict[str, Any]
    population: list[dict[str, Any]] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)
    exceptions: list[dict[str, str]] = field(default_factory=list)
    narrative: dict[str, str] = field(default_factory=dict)


def load(slug: str) -> Plan:
    """Read the targets of one authority.

    Raises:
        FileNotFoundError: if there is no target file of that name.
    """
    text = files("irostats.synthetic").joinpath("targets", f"{slug}.toml").read_text("utf-8")
    raw = tomllib.loads(text)
    return Plan(
        slug=slug,
        prefix=raw["prefix"],
        seed_year=raw["seed_year"],
        authority={key: raw[key] for key in ("authority", "words", "rules", "protection")},
        blocks=tuple(_block(entry) for entry in raw["block"]),
        years={label: _year(label, entry) for label, entry in raw["year"].items()},
        service=raw["service"],
        population=raw.get("population", []),
        contradictions=raw.get("contradictions", []),
        exceptions=raw.get("exceptions", []),
        narrative=raw.get("narrative", {}),
    )


def _block(entry: dict[str, Any]) -> Block:
    return Block(
        years=tuple(entry["years"]),
        anchor=entry["anchor"],
        earlier=entry.get("earlier", ""),
        opening=entry["opening"],
        opening_source=entry["opening_source"],
    )


def _year(label: str, entry: dict[str, Any]) -> YearPlan:
    figures: dict[str, int] = {}
    sources: dict[str, str] = {}
    for name, figure in entry.get("figures", {}).items():
        figures[name], sources[name] = figure["value"], figure["source"]
    quotas: dict[str, dict[str, int]] = {}
    chosen: dict[str, list[str]] = {}
    for name, quota in entry.get("quotas", {}).items():
        sources[name] = quota["source"]
        chosen[name] = quota.get("chosen", [])
        quotas[name] = {key: n for key, n in quota.items() if key not in {"source", "chosen"}}
    settings, kept = entry.get("settings", {}), entry.get("kept", {})
    return YearPlan(label, figures, sources, quotas, settings, chosen, kept)
