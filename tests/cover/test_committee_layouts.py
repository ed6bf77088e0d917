"""Layouts: every council's parts in its own order and words, and every implication."""

from __future__ import annotations

from pathlib import Path

import pytest
from committee_seeds import IMPLICATIONS, PARTS

from irostats.committee import IMPLICATIONS as ALL_IMPLICATIONS
from irostats.committee import LAYOUTS, Part, read_layout
from irostats.committee.layouts import MADE, layout_of
from irostats.errors import SettingsError
from irostats.present import cover_figures
from whole_reports import SEED_YEARS

PATH = Path("own.toml")


def called(part: Part, year: str) -> str:
    """A part's name as it is printed for a public paper, or what it shows in angle brackets."""
    if not part.name:
        return f"<{part.show[0].partition('.')[2].replace('name', 'meeting')}>"
    known = {"start": year[:4], "end": year[5:], "ACCESS": "PUBLIC"}
    return part.name.format(**known)


@pytest.mark.parametrize("name", PARTS)
def test_a_councils_layout_has_its_own_parts_in_its_own_order(name: str) -> None:
    """Compared with a list typed from the council's paper; what is ours is marked as ours."""
    parts = [part for part in read_layout(name).parts if not part.ours]
    assert [called(part, SEED_YEARS[name]) for part in parts] == list(PARTS[name])


def test_there_is_a_layout_for_each_seed_and_a_plain_one() -> None:
    """No other is shipped."""
    assert set(LAYOUTS) == {*PARTS, "plain"}


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_implication_has_a_part_of_its_own(name: str) -> None:
    """Once each, one to a part: those of the council's own paper, or all of them."""
    shown = [part.show for part in read_layout(name).parts if "implications." in str(part.show)]
    wanted = IMPLICATIONS.get(name, ALL_IMPLICATIONS)
    assert sorted(shown) == sorted((f"implications.{each}",) for each in wanted)


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_says_what_every_paper_must_say(name: str) -> None:
    """Meeting, date, title, recommendations, the law, figures, appendices, background documents."""
    layout = read_layout(name)
    must = {
        *("meeting.name", "meeting.date", "text.title", "text.recommendations", "legal_basis"),
        *("documents.background", "documents.appendices"),
        *("headlines.children", "headlines.held", "headlines.on_time", "headlines.challenge"),
    }
    assert must <= layout.shown
    assert {"headlines.participation", "headlines.children_took_part"} & layout.shown


def test_what_nobody_writes_is_made_by_code() -> None:
    """Every name that a layout may show has its maker, and no maker is without a name."""
    assert set(cover_figures._MADE) == set(MADE)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"part": [{"name": "Summary", "show": ["text.sumary"]}]}, "'text.summary'"),
        ({"part": [{"name": "Summary", "style": "header"}]}, "'heading'"),
        ({"part": [{"nam": "Summary"}]}, "'name'"),
        ({"numbring": "running"}, "'numbering'"),
        ({"numbering": "letters"}, "not a known choice"),
        ({"part": [{"name": "Report of {yaer}"}]}, "placeholder '{yaer}'"),
        ({"part": [{"name": "Legal", "style": "subheading"}]}, "before any heading"),
    ],
)
def test_a_layout_is_read_strictly(content: dict[str, object], message: str) -> None:
    """A misspelt key, style or placeholder is an error that names the nearest."""
    with pytest.raises(SettingsError, match=message):
        layout_of(content, PATH)


def test_an_unknown_layout_names_the_nearest() -> None:
    """And lists those that there are."""
    with pytest.raises(SettingsError, match=r"(?s)'yrok'.*'york'.*plain"):
        read_layout("yrok")
