"""What the report says of permanence, in words and rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from made_up_figures import YEAR
from made_up_figures import view as made_up

import irostats
from irostats import present
from irostats.figures import Figure, Status
from irostats.parameters import Audience
from irostats.present import Table, View
from irostats.registry import TOTAL
from small_authority import Child, write_year


def changed(values: Mapping[tuple[str, str], float | Status], years: int = 4) -> View:
    """Made-up figures, with other values for some measures, by name and category."""

    def change(figure: Figure) -> Figure:
        value = values.get((figure.measure.removeprefix("permanence."), figure.category))
        if value is None:
            return figure
        if isinstance(value, Status):
            return figure.without_value(value)
        return replace(figure, value=float(value), status=Status.OK)

    return made_up(years, change=change, audience=Audience.INTERNAL)


def headline(view: View) -> str:
    """The section's first paragraph."""
    return str(present.sentence(view, "permanence-headline"))


def ending(ended: float, **counts: float | Status) -> dict[tuple[str, str], float | Status]:
    """Values of the measures of how care ended."""
    return {("ended", TOTAL): ended} | {(name, TOTAL): count for name, count in counts.items()}


def test_the_headline_counts_how_care_ended() -> None:
    """Orders, adoption, guardianship and home, with unplanned returns."""
    values = ending(20, orders=9, adopted=6, special_guardianship=0, home=8)
    view = changed(values | {("ended", "home_unplanned"): 1})
    assert headline(view).startswith(f"Of the 20 periods of care that ended in {YEAR}, 9 (")
    assert (
        "6 ended with adoption, none with a special guardianship order and 8 with a return home to "
        "parents, 1 of them unplanned." in headline(view)
    )


def test_the_headline_hides_what_is_hidden() -> None:
    """A suppressed count is a small number, without a percentage or a word on unplanned returns."""
    hidden = Status.SUPPRESSED
    values = ending(20, orders=hidden, orders_percent=hidden, adopted=hidden, home=8)
    view = changed(values | {("ended", "home_unplanned"): hidden})
    text = headline(view)
    assert f"in {YEAR}, a small number ended with adoption, a special" in text
    assert "A small number ended with adoption, " in text
    assert "8 with a return home to parents." in text


def test_no_ending_is_said_in_a_sentence() -> None:
    """Nothing is said of shares of nothing."""
    assert headline(changed(ending(0))).startswith(f"No period of care ended in {YEAR}.")


def test_a_reason_that_was_never_given_has_no_row() -> None:
    """Reasons that are nought in every year are left out, except death."""
    table = present.table(made_up(), "permanence-reasons")
    assert isinstance(table, Table)
    names = {row[0] for row in table.rows}
    assert {"Died", "All periods of care ended"} <= names
    assert "Not known" not in names


@pytest.mark.parametrize("records", [4, 5])
def test_contradictions_between_adoption_tables_are_shown(records: int) -> None:
    """The adoption records have a row only where they differ from the reasons that care ended."""
    view = changed({("adopted", TOTAL): 4, ("adoption_records", TOTAL): records}, years=1)
    table = present.table(view, "permanence-routes")
    assert isinstance(table, Table)
    shown = "Children with an adoption record" in {row[0] for row in table.rows}
    assert shown == (records != 4)


def test_what_the_service_does_not_record_says_so(tmp_path: Path) -> None:
    """Without service tables: two sentences in place of tables, and one in the headline."""
    write_year(tmp_path, "2020-21", [Child("A", "01/05/2020")])
    report = irostats.open("smalltown", "2020-21", data=str(tmp_path))
    assert "not recorded" in str(report.sentence("permanence-headline"))
    for name in ("permanence-plans", "permanence-work"):
        text = str(report.table(name))
        assert "not recorded. It would be counted from the service's table" in text
