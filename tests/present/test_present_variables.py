"""What the narrative and the report can name."""

from __future__ import annotations

from dataclasses import replace

import pytest
import yaml
from made_up_figures import AUTHORITY, view

from irostats.errors import UnknownName
from irostats.measures import REGISTRY
from irostats.parameters import Audience
from irostats.present import check_narrative, variables
from irostats.present.numbers import say
from irostats.settings import Protection, Rules


def test_every_measure_can_be_named_with_last_years() -> None:
    """Each undivided figure stands under its own name, printed as sentences print it."""
    report = view()
    known = variables(report)
    for measure in REGISTRY.measures.values():
        section, _, rest = measure.name.partition(".")
        assert known[section][rest] == say(report.get(measure.name), measure)
        assert known[section][f"{rest}_last_year"] == say(report.before(measure.name), measure)


def test_categories_and_counts_can_be_named() -> None:
    """A breakdown's category by its key, the counts of a percentage beside it."""
    report = view()
    known = variables(report)
    figure = report.get("profile.looked_after", breakdown="sex", category="female")
    assert known["profile"]["looked_after_sex_female"] == f"{figure.value:.0f}"
    assert known["reviews"]["on_time_percent_counts"] == "1,009 of 1,021"


def test_no_two_figures_share_a_name() -> None:
    """A category's name never hides a measure's."""
    taken: set[str] = set()
    for measure in REGISTRY.measures.values():
        names = [measure.name, f"{measure.name}_last_year"]
        names += [f"{measure.name}_counts", f"{measure.name}_counts_last_year"]
        names += [
            f"{measure.name}_{b.name}_{key}" for b in measure.breakdowns for key in b.categories
        ]
        assert not taken.intersection(names)
        taken.update(names)


def test_variables_survive_yaml() -> None:
    """They are text, two levels deep, and read back from ``_variables.yml`` as they were."""
    known = variables(view())
    assert yaml.safe_load(yaml.safe_dump(known)) == known
    assert all(isinstance(text, str) for values in known.values() for text in values.values())


def test_the_banner_says_what_a_reader_must_know_first() -> None:
    """Synthetic, first year, provisional, not fully protected, or internal: each where it is so."""
    banner = variables(view())["report"]["banner"]
    assert "**Synthetic data.**" in banner
    assert "**Some small numbers can be worked out.**" in banner
    assert "First year" not in banner
    assert "Provisional" not in banner
    first = variables(replace(view(1), status="provisional"))["report"]["banner"]
    assert "**First year.** No return for 2019-20 was given" in first
    assert "**Provisional.**" in first
    internal = variables(view(audience=Audience.INTERNAL))["report"]["banner"]
    assert "**Internal: not for publication.**" in internal
    assert "worked out" not in internal


def test_a_public_report_without_suppression_says_so() -> None:
    """Nobody publishes unprotected figures unaware."""
    open_settings = replace(AUTHORITY, protection=Protection(suppression="none"))
    assert (
        "**No disclosure control.**" in variables(view(authority=open_settings))["report"]["banner"]
    )


def test_time_limits_are_those_that_the_authority_counts_by() -> None:
    """The report explains the rule that its figures were judged by."""
    days = Rules(first_review="28_calendar_days", interval="91_183_days")
    names = ("first_review", "second_review", "later_review")
    found = [
        [variables(report)["report"][name] for name in names]
        for report in (view(), view(authority=replace(AUTHORITY, rules=days)))
    ]
    assert found == [
        ["20 working days", "three months", "six months"],
        ["28 days", "91 days", "183 days"],
    ]


def test_synthetic_data_are_marked_in_the_footer_of_every_page() -> None:
    """And real data are not."""
    assert "Synthetic data" in variables(view())["report"]["footer"]
    assert "Synthetic" not in variables(replace(view(), synthetic=False))["report"]["footer"]


def test_the_narrative_may_name_what_exists() -> None:
    """Text with right names, and text without any, passes."""
    text = "We held {{< var reviews.held >}} reviews, {{<var reviews.on_time_percent>}} on time."
    check_narrative({"reviews": text, "service": "Plain words."}, variables(view()))


def test_a_misspelt_name_in_the_narrative_is_an_error_with_the_nearest() -> None:
    """The message gives the file, the line and the name that was meant."""
    text = "First line.\nOn time: {{< var reviews.on_tme_percent >}}."
    with pytest.raises(
        UnknownName, match=r"narrative/reviews.md, line 2.*'reviews.on_time_percent'"
    ):
        check_narrative({"reviews": text}, variables(view()))
