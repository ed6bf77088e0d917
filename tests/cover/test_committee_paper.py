"""The paper's Markdown: parts in order, numbered paragraphs, figures of the report."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from committee_seeds import IMPLICATIONS, PARTS

import irostats
from irostats.committee import IMPLICATIONS as ALL_IMPLICATIONS
from irostats.errors import UnknownName
from irostats.present.cover import TO_BE_WRITTEN, unwritten
from irostats.present.cover_blocks import escaped, lettered, roman, split
from irostats.report import Report
from small_authority import Child, write_year
from whole_reports import SEED_YEARS

NUMBER = re.compile(r"^\[([^\]]+)\]\{\.number\} (.*)$", re.MULTILINE)
HEADING = re.compile(r"^(#+) (.*) \{\.unnumbered\}$", re.MULTILINE)


@cache
def seed(slug: str) -> Report:
    """A shipped report."""
    return irostats.open(slug, SEED_YEARS[slug])


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A small authority's folder."""
    reviews = {"20/05/2020": "PN1", "10/08/2020": "PN1"}
    return write_year(tmp_path, "2020-21", [Child("A", "01/05/2020", reviews=reviews)]).parent


def small(home: Path, committee: str, *, audience: str = "public") -> Report:
    """Its report, with these words."""
    (home / "committee.toml").write_text(committee, encoding="utf-8")
    return irostats.open("smalltown", "2020-21", data=str(home.parent), audience=audience)


def text_of(home: Path, committee: str) -> str:
    """Its paper."""
    return small(home, committee).parts()["cover"]


@pytest.mark.parametrize("slug", PARTS)
def test_the_shipped_papers_print_every_part_of_their_seed_in_order(slug: str) -> None:
    """Names as the council prints them, one after another."""
    text = seed(slug).parts()["cover"].replace("\\", "")
    position = 0
    for name in (each for each in PARTS[slug] if not each.startswith("<")):
        found = re.search(rf"^[^\n]*{re.escape(name)}", text[position:], re.MULTILINE)
        assert found, name
        position += found.end()


@pytest.mark.parametrize("slug", PARTS)
def test_nothing_of_a_shipped_paper_is_left_to_be_written(slug: str) -> None:
    """But the meeting's date, which is not known."""
    report = seed(slug)
    assert unwritten(report.view, report.paper) == ()
    assert "to be fixed" in report.parts()["cover"].lower()
    assert "This paper is illustrative" in report.parts()["cover"]


@pytest.mark.parametrize("slug", PARTS)
def test_each_implication_is_written_out(slug: str) -> None:
    """In the council's words, or as a sentence that names it."""
    report = seed(slug)
    text = " ".join(report.parts()["cover"].replace("\\", "").split())
    for name in IMPLICATIONS.get(slug, ALL_IMPLICATIONS):
        said = report.paper.committee.value(f"implications.{name}")
        assert said
        assert (said if said != "none" else "There are no ") in text


@pytest.mark.parametrize("slug", PARTS)
def test_the_papers_numbers_are_the_reports(slug: str) -> None:
    """Each headline figure is printed as the variables, and so the report, print it."""
    report = seed(slug)
    known, text = report.variables(), report.parts()["cover"]
    held = known["reviews"]["held"]
    assert f" held {held} reviews of {known['reviews']['children']} children" in text
    on_time = known["reviews"]
    assert f"{on_time['on_time_percent']} ({on_time['on_time_percent_counts']})" in text
    assert f"{known['profile']['looked_after']} {known['words']['children']}" in text
    counted = known["participation"]
    assert f"{counted['percent']} ({counted['percent_counts']})" in text
    assert f"{known['service']['caseload']} " in text
    if known["challenge"]["alerts"] != "not recorded":
        assert f"raised {known['challenge']['alerts']} alerts" in text


@pytest.mark.parametrize(
    ("slug", "numbers"),
    [
        ("central-bedfordshire", ("590", "266", "97.5%", "91.7%")),
        ("bath-and-north-east-somerset", ("454", "192", "358", "87", "105", "141", "73.4%", "6")),
        ("peterborough", ("99.9%", "1,021", "102", "13")),
        ("lancashire", ("85.0%",)),
    ],
)
def test_the_papers_say_what_the_councils_said(slug: str, numbers: tuple[str, ...]) -> None:
    """The figures that each council's own paper quotes."""
    text = seed(slug).parts()["cover"]
    for number in numbers:
        assert re.search(rf"(?<![\d,.]){re.escape(number)}(?![\d,])", text), number


@pytest.mark.parametrize("slug", PARTS)
def test_paragraphs_are_numbered_without_a_gap(slug: str) -> None:
    """From 1 to the end, or by part; a list of recommendations may have numbers of its own."""
    text = seed(slug).parts()["cover"]
    numbers = [number for number, _ in NUMBER.findall(text)]
    if seed(slug).paper.layout.numbering == "running":
        running = [number for number in numbers if re.fullmatch(r"\d+\.", number)]
        assert running == [f"{count}." for count in range(1, len(running) + 1)]
        return
    parts = [int(found) for found in re.findall(r"^# (\d+)\. ", text, re.MULTILINE)]
    assert parts == list(range(1, len(parts) + 1))
    for part in parts:
        own = [number for number in numbers if number.startswith(f"{part}.") and number[-1] != "."]
        assert own == [f"{part}.{count}" for count in range(1, len(own) + 1)]


def test_four_recommendations_have_roman_numbers() -> None:
    """As the council's minutes have its resolutions."""
    text = seed("bath-and-north-east-somerset").parts()["cover"]
    numbers = [number for number, _ in NUMBER.findall(text) if number.endswith(")")]
    assert numbers == ["i)", "ii)", "iii)", "iv)"]


def test_a_paper_reports_no_meeting_that_has_not_been_held() -> None:
    """The council's minutes have their place, and nothing stands in it."""
    text = seed("bath-and-north-east-somerset").parts()["cover"]
    assert "**Minutes:** none yet, as the meeting has not been held" in text
    assert "**The Panel RESOLVED to;** nothing yet, as the meeting has not been held" in text
    assert "The Corporate Parenting Board is asked to:" in text


def test_a_title_keeps_its_year_from_the_end_of_a_line() -> None:
    """Where Word breaks a line after a hyphen."""
    for slug in PARTS:
        title = seed(slug).paper.committee.text.title
        place = title.find("{{< var report.year >}}")
        assert place < 40


def test_what_a_paper_says_beyond_the_other_headlines() -> None:
    """Stages, ways of meeting, and the rise of alerts, in sentences that stand by themselves."""
    text = seed("peterborough").parts()["cover"]
    assert (
        "Of the disputes active in the year, the highest stage reached was stage 1 for 7, "
        "stage 2 for 3 and stage 3 for 3." in text
    )
    assert "The majority of reviews, 86.0% (878 of 1,021), were held virtually in 2020-21." in text
    assert "No reviews were cancelled in the year" in text
    text = seed("lancashire").parts()["cover"]
    assert "The number of alerts raised was up from 263 a year before (+48.7%)." in text


def test_who_the_children_are_is_said_without_giving_one_away() -> None:
    """A hidden group stays hidden, and not all groups are told, so none follows from the rest."""
    text = seed("bath-and-north-east-somerset").parts()["cover"]
    assert "45.3% (87 of 192) of children in care on 31 March 2019 were female" in text
    assert "73.4% (141 of 192)" in text
    assert "6 children in care on 31 March 2019 were unaccompanied and seeking asylum." in text
    before = irostats.open("bath-and-north-east-somerset", "2017-18").parts()["cover"]
    assert "a small number were Black" in before
    assert "White, other" not in text + before


def test_a_small_authority_says_why_it_has_no_such_figures(home: Path) -> None:
    """Numbers too small, and records that nobody kept."""
    words = 'layout = "bath-and-north-east-somerset"'
    text = text_of(home, words)
    assert "The sex of children in 2020-21: numbers too small" in text
    assert "Unaccompanied children who seek asylum in 2020-21: numbers too small" in text
    assert "kept no record of how reviews were held" in text_of(home, 'layout = "peterborough"')


def test_without_a_file_the_paper_says_what_is_to_be_written(home: Path) -> None:
    """In the part where it belongs; figures, law and appendices stand there already."""
    report = irostats.open("smalltown", "2020-21", data=str(home.parent))
    text = report.parts()["cover"]
    missing = unwritten(report.view, report.paper)
    assert {"Recommendations", "Legal", "Financial", "Consultation"} <= set(missing)
    assert not {"Background and legal basis", "Headline figures", "Appendices"} & set(missing)
    assert text.count(TO_BE_WRITTEN) == len(missing)
    assert "held 2 reviews" in text


def test_a_papers_words_change_no_figure(home: Path) -> None:
    """Nor does their absence."""
    with_words = small(home, '[text]\nsummary = "Ours."')
    (home / "committee.toml").unlink()
    without = irostats.open("smalltown", "2020-21", data=str(home.parent))
    assert with_words.figures.described().equals(without.figures.described())
    assert with_words.fingerprint != without.fingerprint
    assert "committee.toml" in {file.path for file in with_words.files}


def test_paragraphs_and_lists_are_kept(home: Path) -> None:
    """Each paragraph has a number, its list has none."""
    words = '[text]\nsummary = """\nOne\ngoes on:\n\n- a\n- b\n  too\n\nTwo.\n"""'
    text = text_of(home, words)
    assert (
        "[1.]{.number} One goes on:\n:::\n\n- a\n- b too\n\n::: {.numbered}\n[2.]{.number} Two."
        in (text)
    )


def test_text_stays_literal(home: Path) -> None:
    """No mark-up, picture or number of a list gets in by a value."""
    words = '[text]\nrecommendations = ["1. *Note* <b>it</b>", "# note ![x](y) @tbl-x"]'
    text = text_of(home, words)
    assert r"[1.]{.number} 1. \*Note\* \<b\>it\</b\>" in text
    assert r"\# note !\[x\](y) \@tbl-x" in text


def test_a_figure_can_be_named_and_is_checked(home: Path) -> None:
    """As in narrative."""
    text = text_of(home, '[text]\nsummary = "We held {{< var reviews.held >}} *reviews*."')
    assert r"We held {{< var reviews.held >}} \*reviews\*." in text
    with pytest.raises(UnknownName, match=r"text\.summary, line 1: .*'reviews\.hed'.*'reviews\."):
        small(home, '[text]\nsummary = "We held {{< var reviews.hed >}}."')


def test_a_list_on_a_line_is_put_in_one(home: Path) -> None:
    """At the head of a paper a value is one line."""
    words = 'layout = "central-bedfordshire"\n[text]\nsummary = """\nBoth:\n\n- a\n- b"""'
    assert "**Summary:** Both: a; b\n" in text_of(home, words)


@pytest.mark.parametrize(
    ("meeting", "line"),
    [
        ('access = "exempt"', "**EXEMPT REPORT**"),
        ("", "**PUBLIC OR EXEMPT REPORT**"),
        ('access = "public"', "**PUBLIC REPORT**"),
        ("date = 2021-07-21", "**21 July 2021**"),
        ('name = "Panel (formal)"', "**Panel (formal)**"),
    ],
)
def test_the_meeting_is_printed_as_given(home: Path, meeting: str, line: str) -> None:
    """At the head of the paper."""
    assert line in text_of(home, f'layout = "peterborough"\n[meeting]\n{meeting}')


def test_a_paper_of_internal_figures_never_calls_itself_public(home: Path) -> None:
    """Whatever committee.toml says."""
    words = '[meeting]\naccess = "public"'
    text = small(home, words, audience="internal").parts()["cover"]
    assert "**Public or exempt:** Not for publication" in text


def test_dates_of_decisions_are_not_applicable_unless_one_is_to_be_taken(home: Path) -> None:
    """A major policy item without its date is to be written."""
    assert "**Date of the Cabinet\\'s meeting:** Not applicable" in text_of(home, "")
    words = '[timescales]\nmajor_policy_item = true\ncouncil = "none"'
    text = text_of(home, words)
    assert "**Major policy item or statutory plan:** Yes" in text
    assert f"**Date of the Cabinet\\'s meeting:** {TO_BE_WRITTEN}" in text
    assert "**Date of the Council\\'s meeting:** Not applicable" in text


def test_other_appendices_follow_the_report_and_the_childrens_summary(home: Path) -> None:
    """Lettered, or numbered as the council does."""
    words = '[documents]\nappendices = ["Plan for the year"]\nbackground = ["Handbook", "Guide"]'
    text = text_of(home, words)
    assert "Appendix A: Annual report of the Independent Reviewing Officers 2020-21" in text
    assert "Appendix B: Summary for children and young people 2020-21" in text
    assert "Appendix C: Plan for the year" in text
    assert "Handbook\n\nGuide" in text
    assert "Appendix 3: Plan" in text_of(home, f'layout = "peterborough"\n{words}')


def test_headings_leave_no_level_out() -> None:
    """A subheading stands under a heading."""
    for slug in PARTS:
        before = 0
        for marks, name in HEADING.findall(seed(slug).parts()["cover"]):
            assert len(marks) <= before + 1
            assert name
            before = len(marks)


def test_the_pieces() -> None:
    """Numbers, letters and text by themselves."""
    assert [roman(number) for number in (1, 4, 9, 14)] == ["i", "iv", "ix", "xiv"]
    assert list(lettered(["x", "y"], "")) == ["x", "y"]
    assert list(lettered("x" * 11, "Appendix 1"))[-1] == "Appendix 11: x"
    assert escaped("{{< var a.b >}}_{{<var c.d>}}") == r"{{< var a.b >}}\_{{<var c.d>}}"
    assert list(split("- 1. a\n- - b")) == ["- 1\\. a\n- \\- b"]
