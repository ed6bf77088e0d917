"""A report whose numbers of children are rounded says so wherever they stand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_up_figures import AUTHORITY, view

from irostats.figures import Figure, Status
from irostats.parameters import Audience
from irostats.present import View, table
from irostats.present.items import Table
from irostats.present.protected import rounding_key, suppressed_key, treatment
from irostats.present.variables import variables
from irostats.settings import Protection

SAYS = "Numbers of children are rounded to the nearest 5"
CHILDREN = Figure("profile.looked_after", "2021-03-31", 200)
SHARE = Figure("profile.looked_after_percent", "2021-03-31", 50, "sex", "male", 100, 200)
LATE = Figure("reviews.late", "2020-21", 3)


def rounded(audience: Audience = Audience.PUBLIC, suppression: str = "primary_secondary") -> View:
    """A view of an authority that rounds to 5."""
    protection = Protection(suppression, rounding=5)
    return view(2, authority=replace(AUTHORITY, protection=protection), audience=audience)


@pytest.fixture(scope="module")
def shown() -> View:
    """What the public is shown where numbers are rounded."""
    return rounded()


def test_the_note_of_a_table_says_what_is_rounded(shown: View) -> None:
    """Counts, shares beside them, shares alone; nothing where only the service's counts stand."""
    assert rounding_key(shown, [CHILDREN, LATE]) == f"{SAYS}."
    assert rounding_key(shown, [CHILDREN, SHARE]) == (
        f"{SAYS}; percentages are made from rounded numbers."
    )
    assert rounding_key(shown, [SHARE]) == (
        "Made from numbers of children that are rounded to the nearest 5."
    )
    assert rounding_key(shown, [LATE]) == ""
    assert rounding_key(shown, [CHILDREN.without_value(Status.SUPPRESSED)]) == ""


def test_the_tables_of_a_rounded_report_say_so(shown: View) -> None:
    """Below their numbers."""
    found = table(shown, "profile-number")
    assert isinstance(found, Table)
    assert SAYS in found.note


def test_the_first_page_and_the_methods_say_so(shown: View) -> None:
    """And no longer that percentages are made from unrounded counts, or that parts add up."""
    said = variables(shown)["report"]
    assert f"**Rounded numbers.** {SAYS}" in said["banner"]
    assert SAYS in said["made_from"]
    assert "before any rounding" not in said["made_from"]
    assert "although it is rounded" in suppressed_key(shown)


@pytest.mark.parametrize(
    "other", [rounded(Audience.INTERNAL), rounded(suppression="none"), view(2)]
)
def test_where_nothing_is_rounded_nothing_says_so(other: View) -> None:
    """Internal readers see numbers as they are; so does everybody where nothing is protected."""
    assert rounding_key(other, [CHILDREN, SHARE]) == ""
    assert "ounded" not in variables(other)["report"]["banner"]
    assert "before any rounding" in variables(other)["report"]["made_from"]


def test_how_small_numbers_are_treated_is_said_in_a_sentence(shown: View) -> None:
    """Whatever the settings; the workbook's cover says it."""
    assert treatment(shown).startswith(SAYS)
    assert treatment(rounded(Audience.INTERNAL)) == "Small numbers of children are shown."
    assert treatment(view(2)).startswith("Numbers from 1 to 5 that describe children are not shown")
