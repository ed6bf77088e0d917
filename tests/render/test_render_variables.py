"""Looking printed text up by name."""

from __future__ import annotations

import pytest

from irostats.errors import RenderError
from irostats.render.variables import flatten, lookup

KNOWN = dict(flatten({"reviews": {"held": "1,021", "late": None}, "year": "2020-21"}))


def test_nested_variables_have_dotted_names() -> None:
    """Leaves are text; nothing prints as None."""
    assert KNOWN == {"reviews.held": "1,021", "reviews.late": "", "year": "2020-21"}


def test_an_unknown_variable_names_its_file_and_the_nearest() -> None:
    """A misspelt name is an error that says where it stands."""
    with pytest.raises(
        RenderError, match=r"reviews\.md, line 3: .*'reviews\.hled'.*'reviews\.held'"
    ):
        lookup(KNOWN, "reviews.hled", "reviews.md, line 3")


def test_paragraphs_become_line_breaks() -> None:
    """A value of several paragraphs stays one paragraph, as with Quarto."""
    assert lookup({"banner": "One.\n\nTwo.\n"}, "banner", "x") == "One.\\\nTwo."
