"""Texts of exceptions hold no value from a row."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from irostats.build import masking
from irostats.errors import InputError


@given(
    st.from_regex(r"[A-Z0-9]{1,6}\d[A-Z0-9]{0,6}", fullmatch=True),
    st.sampled_from(["'{}'", '"{}"', "{}", "({})", "[{}]", "x={}", "{},"]),
)
def test_an_identifier_with_a_digit_is_masked_wherever_it_stands(value: str, form: str) -> None:
    """Identifiers, UPNs and postcodes do not survive, quoted or not."""
    assert value not in masking.masked(f"cannot use {form.format(value)} here")


@given(st.dates().map(lambda day: day.strftime("%d/%m/%Y")))
def test_a_date_is_masked(day: str) -> None:
    """Nothing of a date of birth is left."""
    text = masking.masked(f"time data {day!r} does not match format '%d/%m/%Y'")
    assert not any(character.isdigit() for character in text)


def test_a_quoted_identifier_of_letters_is_masked() -> None:
    """A child's identifier may be letters alone."""
    assert masking.masked("KeyError: 'SMITHJ'") == "KeyError: …"


def test_names_of_figures_and_columns_in_small_letters_stay() -> None:
    """They are what an analyst needs to see."""
    assert "'reviews.held'" in masking.masked("no measure 'reviews.held'")


def test_only_the_first_line_of_a_foreign_message_is_kept() -> None:
    """The rest may be a printed row."""
    assert masking.cause("ValueError", "bad row\nA1 01/02/2010 PE1 1AA") == "ValueError: bad row"


def test_an_exception_without_words_is_its_name() -> None:
    """No colon without anything behind it."""
    assert masking.cause("AssertionError", "") == "AssertionError"


def test_our_own_message_is_kept_whole() -> None:
    """It was written for analysts and names no child."""
    assert masking.cause("InputError", "york 2016-17: no file.\nAdd one.").endswith("Add one.")


def test_a_traceback_keeps_frames_and_masks_every_exception_in_the_chain() -> None:
    """The log says where, not whom."""
    try:
        try:
            int("C1234567")
        except ValueError as error:
            raise InputError("york 2016-17: a table is wrong.") from error
    except InputError as error:
        text = masking.of(error)
    assert text.count("test_masking.py") == 2
    assert "ValueError: invalid literal for int() with base … …" in text
    assert "york 2016-17: a table is wrong." in text
