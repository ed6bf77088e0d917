"""committee.toml: every key known, posts instead of persons, each implication its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from irostats.calendar import ReportingYear
from irostats.committee import IMPLICATIONS, Committee, Paper, read_committee, read_paper
from irostats.committee.settings import KEYS
from irostats.committee.wording import CALLED, none_of
from irostats.errors import SettingsError
from whole_reports import PROJECT

YEAR = ReportingYear(2021)


def read(folder: Path, text: str, of_year: str = "") -> Committee:
    """What the two files say."""
    write(folder, text, of_year)
    return read_committee(folder, YEAR)


def paper(folder: Path, text: str) -> Paper:
    """The same with its layout."""
    write(folder, text)
    return read_paper(folder, YEAR)


def write(folder: Path, text: str, of_year: str = "") -> None:
    """The authority's file and the year's."""
    (folder / "committee.toml").write_text(text, encoding="utf-8")
    if of_year:
        (folder / "2020-21").mkdir()
        (folder / "2020-21" / "committee.toml").write_text(of_year, encoding="utf-8")


def test_without_a_file_the_plain_layout_waits_to_be_written(tmp_path: Path) -> None:
    """Nothing is given, and the date is to be fixed."""
    assert read_committee(tmp_path, YEAR) == Committee()
    assert read_paper(tmp_path, YEAR).layout.parts
    assert Committee().meeting.date == "to be fixed"


def test_the_years_keys_take_the_place_of_the_authoritys(tmp_path: Path) -> None:
    """Key by key, lists as a whole; the others stay."""
    found = read(
        tmp_path,
        'layout = "york"\n[text]\nsummary = "old"\nreason = "ours"\nrecommendations = ["a", "b"]',
        '[text]\nsummary = "new"\nrecommendations = ["c"]\n[meeting]\ndate = 2021-07-21',
    )
    assert found.layout == "york"
    assert (found.text.summary, found.text.reason) == ("new", "ours")
    assert found.text.recommendations == ("c",)
    assert found.meeting.date == "21 July 2021"
    assert "text.summary" in found.given
    assert "text.origin" not in found.given


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[implication]\nlegal = "none"', r"'implication'.*'implications'"),
        ('[implications]\nlegl = "none"', r"'legl'.*'legal'"),
        ('[text]\nsumary = "x"', r"'sumary'.*'summary'"),
        ("layout = 3", "layout must be text"),
        ('[text]\nrecommendations = "note"', "must be a list of texts"),
        ('[meeting]\naccess = "publik"', r"'publik'.*'public'"),
        ('[meeting]\ndate = "21 July"', "is not a date"),
        ('[meeting]\ndate = "2021-07-21"', "without quotes"),
        ('meeting = "x"', "must be a section"),
        ('[timescales]\nmajor_policy_item = "no"', "true or false"),
    ],
)
def test_an_unknown_key_or_value_is_an_error_with_the_nearest(
    tmp_path: Path, text: str, message: str
) -> None:
    """As in authority.toml; the file is named."""
    with pytest.raises(SettingsError, match=rf"(?s)committee\.toml.*{message}"):
        read(tmp_path, text)


def test_the_years_file_is_named_where_it_is_wrong(tmp_path: Path) -> None:
    """There are two of that name."""
    with pytest.raises(SettingsError, match=r"2020-21.committee\.toml"):
        read(tmp_path, "", '[text]\nsumary = "x"')


def test_a_date_may_be_left_to_be_fixed(tmp_path: Path) -> None:
    """In so many words, or not at all."""
    assert read(tmp_path, '[meeting]\ndate = "To be fixed"').meeting.date == "to be fixed"


@pytest.mark.parametrize(
    "value",
    [
        "Head of Service, head.of.service@council.gov.uk",
        "Team Manager, Tel. 01632 960123",
        "Deputy Lead (07700 900123)",
        "Deputy Lead +44 1632 960 123",
        "Cllr Smith",
        "Ms Example, Head of Service",
        "Town Hall, AB1 2DE",
    ],
)
@pytest.mark.parametrize("key", ["[posts]\ncontact", "[text]\nbackground", "[implications]\nlegal"])
def test_posts_never_persons(tmp_path: Path, key: str, value: str) -> None:
    """An address, a number or a name is refused, and not repeated in the error."""
    with pytest.raises(SettingsError, match="Name the post only") as caught:
        read(tmp_path, f'{key} = "{value}"')
    assert value not in str(caught.value)


def test_ordinary_words_are_no_persons(tmp_path: Path) -> None:
    """Years, sums of money and posts of councillors pass."""
    text = (
        "Councillors had £849,000 in 2010-11, for those aged 0 to 17: section 25A of the "
        "Children Act 1989, 1 April 2020 to 31 March 2021."
    )
    assert read(tmp_path, f'[text]\nbackground = "{text}"').text.background == text


@pytest.mark.parametrize("name", IMPLICATIONS)
def test_none_is_a_sentence_that_names_its_own_implication(name: str) -> None:
    """With the reason: a council has printed "no equalities implications" under Legal."""
    sentence = none_of(f"implications.{name}")
    assert sentence
    assert re.match(rf"There are no (direct )?{CALLED[name]} implications: \w.+\.$", sentence)
    assert len({none_of(f"implications.{each}") for each in IMPLICATIONS}) == len(IMPLICATIONS)


@pytest.mark.parametrize(
    "text",
    [
        "There are no equalities implications to consider at this stage",
        "The report has no financial or legal implication. There are no HR, property implications.",
    ],
)
def test_an_implication_that_speaks_of_another_is_refused(tmp_path: Path, text: str) -> None:
    """With the key that was perhaps meant."""
    with pytest.raises(SettingsError, match=r'(?s)\[implications\] legal says.*legal = "none"'):
        read(tmp_path, f'[implications]\nlegal = "{text}"')


@pytest.mark.parametrize(
    "text",
    [
        "There are no direct legal implications, as the report gives facts.",
        "There are no specific implications.",
        "None beyond the equalities implications of the plan itself.",
    ],
)
def test_an_implication_that_speaks_of_itself_passes(tmp_path: Path, text: str) -> None:
    """Whatever else it says of it."""
    assert read(tmp_path, f'[implications]\nlegal = "{text}"').implications.legal == text


def test_none_is_refused_where_it_says_nothing(tmp_path: Path) -> None:
    """A paper without a summary has none; it does not print the word."""
    with pytest.raises(SettingsError, match=r"\[text\] summary .* says nothing"):
        read(tmp_path, '[text]\nsummary = "None"')
    assert read(tmp_path, '[text]\noptions = "none"').text.options == "none"


def test_only_variables_may_be_named(tmp_path: Path) -> None:
    """No file is brought in."""
    with pytest.raises(SettingsError, match="shortcode"):
        read(tmp_path, '[text]\nsummary = "{{< include narrative/reviews.md >}}"')


def test_words_for_which_the_layout_has_no_place_are_an_error(tmp_path: Path) -> None:
    """Nothing that somebody wrote is left out in silence; "none" may be."""
    with pytest.raises(SettingsError, match=r"'york' has no place for \[text\] consultation"):
        paper(tmp_path, 'layout = "york"\n[text]\nconsultation = "We asked."')
    assert paper(tmp_path, 'layout = "york"\n[implications]\nother = "none"\nprocurement = "none"')


def test_the_guides_example_can_be_used_as_it_is(tmp_path: Path) -> None:
    """And it names every key that there is."""
    guide = (PROJECT / "docs" / "guide.md").read_text(encoding="utf-8")
    section = guide.partition("## The committee paper")[2]
    example = section.partition("```toml\n")[2].partition("```")[0]
    assert paper(tmp_path, example).layout.parts
    assert [key for key in KEYS if key.partition(".")[2] not in example] == []


def test_an_unknown_layout_names_the_file(tmp_path: Path) -> None:
    """And the nearest."""
    with pytest.raises(SettingsError, match=r"committee\.toml: There is no layout 'yrok'"):
        paper(tmp_path, 'layout = "yrok"')


def test_a_council_may_bring_its_own_layout(tmp_path: Path) -> None:
    """Its parts, in its order, from layout.toml beside the paper; a fault names that file."""
    own = tmp_path / "layout.toml"
    own.write_text('numbering = "by_part"\n[[part]]\nname = "Why"\nshow = ["text.summary"]\n')
    found = paper(tmp_path, 'layout = "own"\n[text]\nsummary = "To report."')
    assert [part.name for part in found.layout.parts] == ["Why"]
    own.write_text('[[part]]\nname = "Why"\nshow = ["text.sumary"]\n')
    with pytest.raises(SettingsError, match=r"layout\.toml: part 1 .*text\.summary"):
        paper(tmp_path, 'layout = "own"')
    own.unlink()
    with pytest.raises(SettingsError, match=r"layout\.toml is missing"):
        paper(tmp_path, 'layout = "own"')
