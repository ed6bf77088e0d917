"""The protect boundary: small counts of children's characteristics do not pass it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irostats.calendar import ReportingYear
from irostats.disclosure import protect
from irostats.errors import SettingsError
from irostats.figures import Figure, Figures, Status
from irostats.measures import REGISTRY
from irostats.parameters import Audience
from irostats.settings import Protection

YEAR = ReportingYear(2021)
STOCK = "2021-03-31"


def protected(
    *rows: Figure, protection: Protection | None = None, audience: Audience = Audience.PUBLIC
) -> Figures:
    figures = Figures.collect(rows, REGISTRY, authority="york")
    return protect(figures, protection or Protection(), audience)


def by_sex(count: float, total: float = 100) -> tuple[Figure, Figure]:
    return (
        Figure("profile.looked_after", STOCK, count, "sex", "female"),
        Figure(
            "profile.looked_after_percent",
            STOCK,
            100 * count / total,
            "sex",
            "female",
            count,
            total,
            1,
            99,
        ),
    )


@given(st.integers(min_value=0, max_value=30), st.integers(min_value=1, max_value=10))
def test_counts_from_one_to_the_threshold_are_hidden(count: int, threshold: int) -> None:
    """0 is shown; 1 to the threshold is not, in the count or in the percentage made from it."""
    found = protected(*by_sex(count), protection=Protection(threshold=threshold))
    hidden = 1 <= count <= threshold
    assert {figure.status for figure in found} == {Status.SUPPRESSED if hidden else Status.OK}


def test_nothing_of_a_hidden_figure_remains() -> None:
    """Numerator, denominator and interval go with the value."""
    percent = list(protected(*by_sex(3)))[1]
    numbers = (percent.value, percent.numerator, percent.denominator, percent.lower, percent.upper)
    assert all(number != number for number in numbers)


def test_service_counts_are_shown() -> None:
    """One late review in 1,021 is published; it describes the service, not a child."""
    found = protected(Figure("reviews.late", "2020-21", 1))
    assert found.get("reviews.late", YEAR).value == 1


def test_participation_codes_are_hidden() -> None:
    """Participation codes describe children."""
    found = protected(Figure("participation.codes", "2020-21", 2, "code", "pn3"))
    assert next(iter(found)).status is Status.SUPPRESSED


def test_internal_readers_and_an_explicit_none_see_everything() -> None:
    """Protection is for the public, unless the authority has signed off none."""
    assert next(iter(protected(*by_sex(3), audience=Audience.INTERNAL))).value == 3
    assert next(iter(protected(*by_sex(3), protection=Protection("none")))).value == 3


def test_an_unknown_setting_never_fails_open() -> None:
    """A suppression that is not understood stops."""
    with pytest.raises(SettingsError):
        protected(*by_sex(3), protection=Protection("off"))


def test_who_is_left_of_a_group_without_another_is_not_told() -> None:
    """70 missing or away and 67 missing would say that 3 were only away."""

    def absent(missing: float) -> Figures:
        cells = (("total", "total", 70.0), ("kind", "missing", missing), ("kind", "away", 20.0))
        return protected(
            *(
                Figure("placements.absent_children", "2020-21", value, breakdown, category)
                for breakdown, category, value in cells
            )
        )

    assert all(figure.known for figure in absent(60))
    assert not all(figure.known for figure in absent(67))
