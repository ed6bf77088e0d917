"""The sign-off list: what a public report shows on trust, all of it and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

import irostats
from irostats.calendar import ReportingYear
from irostats.disclosure import protect
from irostats.figures import Figure, Figures
from irostats.measures import REGISTRY
from irostats.parameters import Audience
from irostats.present import View
from irostats.report import Report
from irostats.settings import Authority, Identity, Protection
from irostats.signoff import BEFORE, NOTHING, Place, SignOff, page, sign_off
from irostats.signoff.words import quotations
from small_authority import Child, write_table, write_year

YEAR, BEFORE_IT = ReportingYear(2017), ReportingYear(2016)
STOCK = "2017-03-31"
CARED = "profile.looked_after"
SAYS = """{{< var reviews.held >}} reviews were held. A boy told us:

> I was asked what I think.
> They wrote it down.

Others called it "not so bad at all" and \u201cdull\u201d. It's the chair's word that isn't kept.
"""


def view(*rows: Figure, protection: Protection | None = None, synthetic: bool = False) -> View:
    """A view of some figures as the public may see them."""
    protection = protection or Protection()
    identity = Identity("Smalltown", "Smalltown Council", "999")
    figures = Figures.collect(rows, REGISTRY, authority="smalltown")
    return View(
        figures=protect(figures, protection, Audience.PUBLIC),
        authority=Authority("smalltown", identity, protection=protection),
        year=YEAR,
        history=(BEFORE_IT, YEAR),
        synthetic=synthetic,
    )


def listed(*rows: Figure, texts: Iterable[Place] = (), **settings: object) -> SignOff:
    """The list for some figures and texts."""
    protection = Protection(**settings)  # type: ignore[arg-type]
    return sign_off(view(*rows, protection=protection), texts)


def by_sex(girls: float, boys: float) -> tuple[Figure, ...]:
    """Children looked after, by sex."""
    total = Figure(CARED, STOCK, girls + boys)
    parts = [
        Figure(CARED, STOCK, number, "sex", key)
        for key, number in (("male", boys), ("female", girls), ("not_known", 0))
    ]
    return (total, *parts)


def test_small_numbers_of_the_service_are_listed_a_cell_a_line() -> None:
    """With each year in which they are small; neither 0 nor what is above the threshold."""
    found = listed(
        Figure("reviews.late", "2015-16", 2),
        Figure("reviews.late", "2016-17", 3),
        Figure("reviews.late", "2016-17", 1, "quarter", "q1"),
        Figure("reviews.held", "2016-17", 6),
        Figure("reviews.overdue", STOCK, 5),
        Figure("challenge.opened", "2016-17", 0),
    )
    assert [(line.text, line.numbers) for line in found.exempt] == [
        ("Held late: 2 in 2015-16; 3 in 2016-17", 2),
        ("Held late (Quarter: April to June): 1 in 2016-17", 1),
        ("Overdue on 31 March: 5 on 31 March 2017", 1),
    ]
    assert found.summary == f"{BEFORE}4 small numbers that are exempt."


def test_hidden_numbers_are_never_listed() -> None:
    """Neither as small numbers nor as groups who are alike."""
    found = listed(*by_sex(3, 40), Figure(CARED, STOCK, 4, "age", "under_1"))
    assert found == SignOff()
    assert found.summary == NOTHING


def test_where_nothing_is_hidden_every_small_number_is_listed_as_unprotected() -> None:
    """Apart from the exempt ones; and the page says that nothing protects them."""
    shown = view(
        *by_sex(3, 40),
        Figure("reviews.late", "2016-17", 3),
        protection=Protection("none"),
    )
    found = sign_off(shown, ())
    (line,) = found.unprotected
    assert line.text.endswith("(Sex: Female): 3 on 31 March 2017")
    assert len(found.exempt) == 1
    assert "1 unprotected small number of children, 1 small number that is exempt" in found.summary
    assert "not at all" in page(found, shown)


def test_many_unprotected_numbers_of_a_measure_are_counted() -> None:
    """In one line for the measure, so that the others can be found."""
    months = REGISTRY["profile.periods_started"].breakdown("month").categories
    months_alone = [Figure("profile.periods_started", "2016-17", 1, "month", m) for m in months]
    total = Figure("profile.periods_started", "2016-17", 5)
    found = listed(total, *months_alone, Figure(CARED, STOCK, 2), suppression="none")
    assert [line.numbers for line in found.unprotected] == [1, 13]
    assert found.unprotected[1].text.startswith("Periods of care begun: 13 numbers, by ")


def test_measures_that_the_council_exempts_are_listed() -> None:
    """In place of the service's own, which are protected then."""
    rows = (
        Figure("participation.children_any", "2016-17", 4),
        Figure("reviews.late", "2016-17", 3),
    )
    name = rows[0].measure
    assert [line.measure for line in listed(*rows, exempt=(name,)).exempt] == [name]
    assert listed(*rows, exempt=("none",)).exempt == ()


def test_groups_who_are_all_alike_are_listed() -> None:
    """All seven are girls: whoever knows of one knows it of each."""
    found = listed(*by_sex(7, 0))
    assert [line.text for line in found.wholes] == [
        "Children looked after on 31 March: Female: all 7 on 31 March 2017"
    ]
    assert found.summary == f"{BEFORE}1 group who are all alike."
    assert listed(*by_sex(7, 6)).wholes == ()


def test_percentages_that_say_all_or_none_are_listed() -> None:
    """None of a group is as telling as all; a group that is none of the whole is not."""
    share = "participation.percent"
    found = listed(
        Figure(share, "2016-17", 0, "need", "n2", 0, 8),
        Figure(share, "2016-17", 100, "need", "other", 9, 9),
        Figure(f"{CARED}_percent", STOCK, 0, "sex", "male", 0, 17),
    )
    assert [line.text.rpartition("(Need")[2] for line in found.wholes] == [
        " code: Need code N2, child's disability): 0 of 8 in 2016-17",
        " code: All other need codes): 9 of 9 in 2016-17",
    ]


def test_rounded_numbers_are_not_listed() -> None:
    """They are protected; and a rounded 10 of 10 says nothing for sure."""
    found = listed(*by_sex(8, 0), Figure("reviews.late", "2016-17", 3), rounding=5)
    assert found.wholes == ()
    assert [line.measure for line in found.exempt] == ["reviews.late"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("> I liked it.\n> A lot.\n\n> So did I.", [1, 4]),
        ('One\nsaid "I was asked what I think".', [2]),
        ("\u201cI was asked\nwhat I think\u201d and \u2018it isn't all that bad\u2019", [1, 2]),
        ("'I was asked what I think'", [1]),
        ('The "Pledge" and the "Care Plan" aren\'t the children\'s own words here.', []),
        ('An open " mark ends.\n\nHere is another " one for them.', []),
        ("5 > 3, and a->b", []),
        ('{{< var a.b >}} "{{< var a.b >}} of us were asked"', [1]),
    ],
)
def test_quotations_are_found(text: str, lines: list[int]) -> None:
    """Blocks of > lines, and longer passages in any quotation marks; names in them are not."""
    assert list(quotations(Place("a.md", text, line=1))) == [f"a.md, line {n}" for n in lines]


@pytest.fixture
def smalltown(tmp_path: Path) -> Path:
    """Seven boys, with words in every file that may hold some; returns the data folder."""
    children = [Child(f"CH{n}7771", "01/05/2016", "", {"20/05/2016": "PN1"}) for n in range(7)]
    home = write_year(tmp_path, "2016-17", children)
    folder = home.parent
    with (folder / "authority.toml").open("a", encoding="utf-8") as file:
        file.write('[words]\nchildren = "children in care"\n')
        file.write('[accessibility]\ncontact = "the Reviewing Service"\n')
    (folder / "committee.toml").write_text(
        '[text]\nsummary = "All is well."\nreason = "To note."\n[implications]\nlegal = "none"\n',
        encoding="utf-8",
    )
    (home / "narrative").mkdir()
    (home / "narrative" / "reviews.md").write_text(SAYS, encoding="utf-8")
    (home / "narrative" / "profile.md").write_text("<!-- a hint -->\n", encoding="utf-8")
    rows = [
        {
            "year": "2016-17",
            "priority": "Hear every child.",
            "note": 'One: "you heard me at last".',
        },
        {"year": "2017-18", "priority": "Visit CH07771 sooner."},
        {"year": "2017-18", "priority": "Visit sooner."},
    ]
    write_table(home / "service" / "priorities.csv", ("year", "priority", "status", "note"), rows)
    write_table(
        home / "service" / "inspections.csv",
        ("date", "body", "judgement", "finding"),
        [{"date": "09/12/2016", "body": "Ofsted", "finding": "Reviews are in time."}],
    )
    write_table(
        home / "published.csv",
        ("measure", "breakdown", "category", "published", "source", "reason"),
        [{"measure": "reviews.held", "published": "8", "source": "Our paper", "reason": "A slip."}],
    )
    return tmp_path


def opened(data: Path, audience: str = "public") -> Report:
    """Its report."""
    return irostats.open("smalltown", "2016-17", audience=audience, data=str(data))


def test_free_text_and_quotations_are_listed_by_file_and_line(smalltown: Path) -> None:
    """Counted by hand; a template's hint, what is not printed, and "none" are no text."""
    found = opened(smalltown).sign_off
    assert found is not None
    assert [(text.where, text.words) for text in found.texts] == [
        ("authority.toml, [words] children", 3),
        ("authority.toml, [accessibility] contact", 3),
        ("committee.toml, [text] summary and reason", 5),
        ("2016-17/narrative/reviews.md", 34),
        ("2016-17/service/priorities.csv, line 2", 9),
        ("2016-17/service/priorities.csv, line 4", 2),
        ("2016-17/service/inspections.csv, line 2", 5),
        ("2016-17/published.csv, line 2", 4),
    ]
    assert found.quotations == (
        "2016-17/narrative/reviews.md, line 3",
        "2016-17/narrative/reviews.md, line 6",
        "2016-17/service/priorities.csv, line 2",
    )


def test_the_page_says_what_it_is_and_copies_no_text(smalltown: Path) -> None:
    """A working paper, the same each time; it says where words stand, and copies none."""
    report = opened(smalltown)
    text = report.sign_off_page()
    assert text.startswith(
        "SIGN-OFF LIST: a working paper, not for publication\nSmalltown, 2016-17"
    )
    assert "Synthetic data" in text
    assert report.sign_off is not None
    assert report.sign_off.summary in text.splitlines()
    assert "8 texts, 3 quotations." in report.sign_off.summary
    assert "7 boys" not in text
    assert "Male: all 7 on 31 March 2017" in text
    assert "Children in care on 31 March: " in text
    assert not re.search("CH07771|heard me|not so bad|Ofsted|slip|All is well", text)
    assert text == opened(smalltown).sign_off_page()
    assert max(map(len, set(text.splitlines()) - {report.sign_off.summary})) <= 96


def test_every_number_of_the_page_is_a_figure_that_is_shown(smalltown: Path) -> None:
    """What the public figures do not hold, the list cannot hold."""
    report = opened(smalltown)
    assert report.sign_off is not None
    shown = {f"{figure.value:g}" for figure in report.figures if figure.known}
    lines = (*report.sign_off.exempt, *report.sign_off.wholes)
    assert lines
    for line in lines:
        said = line.text.rpartition(": ")[2]
        assert set(re.findall(r"(\d+) (?:of|in|on) ", said)) <= shown


def test_internal_readers_need_no_list(smalltown: Path) -> None:
    """They see everything as it is."""
    report = opened(smalltown, "internal")
    assert report.sign_off is None
    assert report.sign_off_page() == ""
