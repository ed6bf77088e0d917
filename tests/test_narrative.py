"""What people write is read without hints, and measured for plain English."""

from __future__ import annotations

import pytest

from irostats.narrative import PLAIN, examine, reading_age, without_hints

EASY = "We saw each child. We asked what they want. They told us. We wrote it down. " * 8
HARD = (
    "Notwithstanding organisational reconfiguration, independent reviewing practitioners "
    "systematically operationalised multidisciplinary quality-assurance methodologies, "
    "facilitating comprehensive participation throughout statutory deliberations. "
) * 5


def test_hints_are_left_out_and_lines_keep_their_numbers() -> None:
    """A template that nobody filled in is an empty text."""
    assert without_hints("<!-- Say what\nchanged. -->\n").strip() == ""
    assert without_hints("One.\n<!-- a\nb -->\nFour.").splitlines()[3] == "Four."


def test_reading_age_tells_plain_from_hard() -> None:
    """Short words in short sentences are read younger; too few words are not judged."""
    easy, hard = reading_age(EASY), reading_age(HARD)
    assert easy is not None
    assert hard is not None
    assert easy < PLAIN < hard
    assert reading_age("Too short.") is None


def test_a_hard_text_is_noted_with_its_age() -> None:
    """The note names the file and the age, and does not stop anything."""
    (note,) = examine({"reviews": HARD, "service": EASY})
    assert note.file == "narrative/reviews.md"
    assert f"{reading_age(HARD):.0f}" in note.message


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        ("We held 590 reviews.", True),
        ("We held 97.5% on time.", True),
        ("We held {{< var reviews.held >}} reviews.", False),
        ("In 2016 and on 31 March 2017, at stage 2.", False),
        ("See 2016-17 and page 3.", False),
        ("There were 1,021 reviews.", True),
    ],
)
def test_a_typed_number_is_noted(text: str, noted: bool) -> None:
    """A number that could be a figure is noted; dates, years and stages are not."""
    rules = [issue.rule for issue in examine({"reviews": text})]
    assert rules == (["narrative-number"] if noted else [])
