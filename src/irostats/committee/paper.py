"""One council's paper: what it says, in its layout."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from irostats.calendar import ReportingYear
from irostats.committee.layouts import OWN, Layout, read_layout, read_own_layout
from irostats.committee.settings import FILE, Committee, read_committee
from irostats.committee.wording import NONE
from irostats.errors import SettingsError

#: Keys that are in the paper whatever its layout: its title, and the appendices after the report.
_EVERYWHERE = frozenset({"text.title", "documents.appendices"})


@dataclass(frozen=True, slots=True)
class Paper:
    """What a council says and the layout that it says it in."""

    committee: Committee = field(default_factory=Committee)
    layout: Layout = field(default_factory=lambda: read_layout("plain"))


def read_paper(folder: Path, year: ReportingYear) -> Paper:
    """Read an authority's paper for a year; without a file, all but its figures is to be written.

    Args:
        folder: The authority's.
        year: The reporting year.

    Raises:
        SettingsError: `committee.toml` cannot be used, or its layout is unknown or has no place
            for what it says.
    """
    committee = read_committee(folder, year)
    layout = _layout(folder, committee.layout)
    placed = layout.shown | _EVERYWHERE
    for key, text in committee.texts():
        if key not in placed and key in committee.given and text.strip().lower() not in ("", NONE):
            section, _, name = key.partition(".")
            raise SettingsError(
                f"{folder / FILE}: the layout '{committee.layout}' has no place for "
                f"[{section}] {name}.",
                next_step="Take it out, or choose another layout: nothing is left out unsaid.",
            )
    return Paper(committee, layout)


def _layout(folder: Path, name: str) -> Layout:
    if name == OWN:
        return read_own_layout(folder)
    try:
        return read_layout(name)
    except SettingsError as error:
        raise SettingsError(
            f"{folder / FILE}: {error.message}", next_step=error.next_step
        ) from None
