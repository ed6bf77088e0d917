"""What identifies a child is found wherever it can hide, and nothing else is."""

from __future__ import annotations

from datetime import date

import pytest
from made_files import PLACES, page

from irostats.verifying.known import Kind, Known
from irostats.verifying.looking import look
from irostats.verifying.reading import read
from irostats.verifying.rules import Finding

CHILD, PUPIL, PLACE = "SMALL00042", "A999400002102", "QX17 4ZD"
BORN = date(2009, 3, 14)
WRITTEN = (
    "2009-03-14", "14/03/2009", "14-03-2009", "14.03.2009", "14.3.2009", "14.3.09", "14/3/09",
    "14 March 2009", "14th March 2009", "14 Mar 2009", "14-Mar-09", "March 14, 2009", "20090314",
    "14032009", "14 03 2009", "2009/03/14", "2009-03-14T00:00:00", "03/14/2009",
)  # fmt: skip


def known() -> Known:
    """One child of each kind of identifier."""
    found = Known(fixed=frozenset({date(2009, 3, 31), date(2010, 4, 1)}))
    for identifier in (CHILD, "1234567", "12", "LA/007-X"):
        found.identifier(identifier, Kind.CHILD, "2016-17/ssda903/header.csv, line 7")
    found.identifier(PUPIL, Kind.PUPIL, "2016-17/ssda903/header.csv, line 7")
    found.postcode(PLACE, "2016-17/ssda903/episodes.csv, line 9")
    for day in (BORN, date(2009, 3, 31), date(2010, 4, 1)):
        found.birth(day, "2016-17/ssda903/header.csv, line 7")
    found.phrase("Zebedee Quince", "2016-17/service/alerts.csv, line 3")
    return found


def found(data: bytes, name: str = "a.html") -> list[Finding]:
    """Findings in a file."""
    return look(name, read(name, data), known())


@pytest.mark.parametrize("secret", [CHILD, f"{PUPIL}, {PLACE}, 14/03/2009"])
@pytest.mark.parametrize("place", PLACES)
def test_an_identifier_is_found_wherever_it_hides(place: str, secret: str) -> None:
    """And the finding says file, place and kind, and not the identifier."""
    name, make = PLACES[place]
    findings = found(make(secret), name)
    assert len(findings) == len(secret.split(", "))
    assert {finding.rule for finding in findings} == {"identifier"}
    told = " ".join(f"{f.file} {f.place} {f.what}" for f in findings)
    assert not [part for part in secret.split(", ") if part in told]
    assert "line" in told


@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_found_where_nothing_hides(place: str) -> None:
    """In the same files."""
    name, make = PLACES[place]
    assert not found(make("nothing"), name)


@pytest.mark.parametrize("written", WRITTEN)
def test_a_day_of_birth_is_found_in_every_usual_form(written: str) -> None:
    """Also in small letters, and with a dash of another kind."""
    for text in (written, written.lower(), written.replace("-", "\u2011")):
        assert [f.rule for f in found(page(f"<p>She came on {text}, then left.</p>"))] == [
            "identifier"
        ]


@pytest.mark.parametrize(
    "written", ["QX17 4ZD", "QX174ZD", "qx17 4zd", "QX17\u00a04ZD", "QX17-4ZD"]
)
def test_a_postcode_is_found_with_and_without_its_space(written: str) -> None:
    """In either case of letters."""
    assert found(page(f"<p>at {written}.</p>"))


@pytest.mark.parametrize(
    "written",
    ["small00042", "SMALL\u200b00042", "id-SMALL00042.", "childSMALL00042x", "LA/007-X", "1234567"],
)
def test_an_identifier_is_found_however_it_is_spelt(written: str) -> None:
    """In small letters, with signs that nobody sees, inside a longer word, with other signs."""
    assert found(page(f"<p>{written}</p>"))


@pytest.mark.parametrize(
    "text",
    [
        "31 March 2009", "1 April 2010", "On 31/03/2009 there were 12 children", "12", "£1234567",
        "1,234,567", "0.1234567", "SMALL000421", "QX17 4ZE", "14 March 2008", "3.14.2009.1",
    ],
)  # fmt: skip
def test_what_only_looks_alike_is_no_finding(text: str) -> None:
    """The report's own days, counts, amounts, and other identifiers."""
    assert not found(page(f"<p>{text}</p>"))


@pytest.mark.parametrize("text", ["born on 31 March 2009", "DOB: 01/04/2010", "child no. 12"])
def test_what_stands_where_identifiers_do_is_one(text: str) -> None:
    """A usual day beside "born", a short number after "child no."."""
    assert found(page(f"<p>{text}</p>"))


def test_a_number_under_a_heading_of_identifiers_is_one() -> None:
    """However short; under any other heading it is an amount."""
    assert found(b"child_id,value\n12,3\n", "a.csv")
    assert not found(b"measure,value\nreviews,1234567\n", "a.csv")


def test_words_that_are_not_printed_are_for_sign_off() -> None:
    """A name can be an ordinary word: somebody must look."""
    assert [f.rule for f in found(page("<p>and Zebedee  Quince said</p>"))] == ["unprinted"]


def test_a_file_named_after_a_child_is_not_named_in_findings() -> None:
    """Neither are parts of a zip, nor sheets."""
    findings = found(page(), f"{CHILD}.html")
    assert [(f.rule, f.file) for f in findings] == [("identifier", "….html")]


def test_a_pickle_is_never_loaded() -> None:
    """It is read code by code; a day in it is found."""
    import pickle

    assert found(pickle.dumps([BORN]), "a.pickle")
    assert found(b"cos\nsystem\n(S'echo SMALL00042'\ntR.", "a.pickle")
