"""Every table, chart and sentence, for every kind of report."""

from __future__ import annotations

import base64
import re
import struct
from dataclasses import replace
from functools import cache

import pytest
from made_up_figures import VIEWS, view, without

from irostats import present
from irostats.errors import UnknownName
from irostats.figures import Figure, Status
from irostats.present import Chart, Sentence, Table, View

Item = Table | Chart | Sentence
MAKE = {"table": present.table, "chart": present.chart, "sentence": present.sentence}
ALL = [(kind, name) for kind, found in present.names().items() for name in found]


@cache
def view_of(kind: str) -> View:
    """A view, made once."""
    return VIEWS[kind]()


@cache
def item(report: str, kind: str, name: str) -> Item:
    """An item of a view, made once."""
    return MAKE[kind](view_of(report), name)


def text_of(thing: Item) -> str:
    """All that an item says in words."""
    return str(thing)


@pytest.mark.parametrize("report", VIEWS)
@pytest.mark.parametrize(("kind", "name"), ALL)
def test_everything_shows_something_in_every_kind_of_report(
    report: str, kind: str, name: str
) -> None:
    """Each renders, with no leak of NaN, None or a raw status, and with full metadata."""
    thing = item(report, kind, name)
    data, metadata = thing._repr_mimebundle_()
    said = metadata["irostats"]
    assert set(metadata) == {"irostats"}
    assert data["text/plain"] == text_of(thing)
    for raw in ("nan", "None", "not_recorded", "not_assessable", "Status"):
        assert not re.search(rf"\b{raw}\b", text_of(thing)), raw
    if isinstance(thing, Table):
        assert said["kind"] == "table"
        assert said["caption"]
        assert {"text/markdown", "text/html"} < set(data)
    elif isinstance(thing, Chart):
        assert said["kind"] == "chart"
        assert said["caption"]
        assert said["alt"] == thing.alt
        assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    else:
        assert said == {"kind": "sentence"}
        assert data["text/markdown"].strip()


@pytest.mark.parametrize("report", VIEWS)
@pytest.mark.parametrize("name", present.names()["chart"])
def test_a_chart_states_a_finding_in_ten_words_or_so(report: str, name: str) -> None:
    """The title is short, and opens both the caption and the alt text's second sentence."""
    thing = item(report, "chart", name)
    if isinstance(thing, Chart):
        assert len(thing.title.split()) <= 10
        assert thing.caption.startswith(f"{thing.title}. ")
        assert f". {thing.title}. " in thing.alt


@pytest.mark.parametrize("name", present.names()["chart"])
def test_a_chart_is_the_same_bytes_each_time(name: str) -> None:
    """Nothing in a picture depends on when or how often it was drawn."""
    first, again = item("full", "chart", name), MAKE["chart"](view_of("full"), name)
    assert isinstance(first, Chart)
    assert isinstance(again, Chart)
    assert first.png == again.png
    width, height = struct.unpack(">II", first.png[16:24])
    assert width == 1300
    assert 150 <= height <= 800  # a row of ten for children is a line or two high


def test_a_chart_does_not_depend_on_the_users_matplotlib_settings() -> None:
    """A matplotlibrc of the analyst's changes nothing."""
    import matplotlib as mpl

    expected = item("full", "chart", "profile-trend")
    with mpl.rc_context({"font.size": 30, "axes.facecolor": "red", "savefig.dpi": 10}):
        drawn = present.chart(view_of("full"), "profile-trend")
    assert isinstance(expected, Chart)
    assert isinstance(drawn, Chart)
    assert drawn.png == expected.png


@pytest.mark.parametrize("report", ["full", "first year", "few children"])
def test_every_number_of_a_charts_alt_text_stands_in_its_table_of_numbers(report: str) -> None:
    """Alt text and numbers are printed from the same figures."""
    for name in present.names()["chart"]:
        thing = item(report, "chart", name)
        if isinstance(thing, Chart):
            for row in thing.data.rows:
                for cell in row[1:]:
                    assert (": not shown" if cell == "c" else f": {cell}") in thing.alt


def test_the_same_number_reads_the_same_everywhere() -> None:
    """Sentence, tables, chart and variables print one figure alike."""
    report = view_of("full")
    printed = present.variables(report)["reviews"]
    on_time = f"{printed['on_time_percent']} ({printed['on_time_percent_counts']})"
    assert on_time in text_of(item("full", "sentence", "reviews-headline"))
    assert on_time in text_of(item("full", "sentence", "summary-headlines-text"))
    assert on_time in text_of(item("full", "table", "summary-headlines"))
    quarters = item("full", "table", "reviews-quarters")
    assert isinstance(quarters, Table)
    assert quarters.rows[-1][-1] == printed["on_time_percent"]
    quarter = printed["on_time_percent_quarter_q4"]
    chart = item("full", "chart", "reviews-on-time")
    assert isinstance(chart, Chart)
    assert f"2020-21 Q4: {quarter}" in chart.alt
    assert quarters.rows[3][-1] == quarter


@pytest.mark.parametrize("name", ["service-establishment", "service-caseload", "challenge-flow"])
def test_a_table_that_nobody_keeps_reads_not_recorded(name: str) -> None:
    """An absent service table is a sentence, not a table of zeros."""
    thing = item("no service tables", "table", name)
    assert isinstance(thing, Sentence)
    assert "kept no record of" in text_of(thing)
    assert "not recorded" in text_of(thing)
    assert "It would be counted from the service's table" in text_of(thing)
    assert "0" not in text_of(thing).replace("2020-21", "")


def test_not_recorded_alerts_and_disputes_are_said_in_one_sentence() -> None:
    """As the seed that keeps no record reports it."""
    text = text_of(item("no service tables", "sentence", "challenge-headline"))
    assert text == (
        "Peterborough's IRO service kept no record of alerts or disputes in 2020-21: not recorded. "
        "It would be counted from the service's tables alerts and disputes."
    )


def test_nothing_that_is_suppressed_is_drawn_or_printed() -> None:
    """With every figure suppressed no chart is drawn and no digit of a figure is shown."""
    shown = 0
    for kind, name in ALL:
        thing = item("all suppressed", kind, name)
        assert not isinstance(thing, Chart)
        if isinstance(thing, Table) and thing.counted:
            cells = {cell for row in thing.rows for cell in row[thing.headings :]}
            assert cells == {"c"}
            assert "c: from 1 to 5" in thing.note
            shown += 1
    assert shown > 30


def test_the_first_year_has_no_column_for_a_year_that_was_not_given() -> None:
    """What cannot be compared says so instead of showing an empty column."""
    table = item("first year", "table", "summary-headlines")
    assert isinstance(table, Table)
    assert table.columns == ("Headline", "2020-21")
    assert "No return for 2019-20 was given" in table.note


def test_tables_and_charts_show_at_most_five_years() -> None:
    """More years do not fit a page."""
    table = item("seven years", "table", "reviews-held")
    assert isinstance(table, Table)
    assert table.columns == ("Measure", "2016-17", "2017-18", "2018-19", "2019-20", "2020-21")


def test_parts_add_up_and_not_known_has_a_row_where_there_is_any() -> None:
    """The table of characteristics adds up to the number looked after, sex by sex."""
    table = item("seven years", "table", "profile-characteristics")
    assert isinstance(table, Table)
    sexes = [row for row in table.rows if row[0] == "Sex"]
    assert [row[1] for row in sexes] == ["Female", "Male"]
    assert sum(int(row[4]) for row in sexes) == 351
    some = present.table(view(change=one_unknown), "profile-characteristics")
    assert isinstance(some, Table)
    assert [row[1] for row in some.rows if row[0] == "Sex"] == ["Female", "Male", "Not known"]


def one_unknown(figure: Figure) -> Figure:
    """One child's sex is not known."""
    unknown = (figure.measure, figure.category) == ("profile.looked_after", "not_known")
    return replace(figure, value=1.0) if unknown and figure.breakdown == "sex" else figure


def test_a_headline_is_five_to_ten_numbers_each_with_last_years() -> None:
    """The summary fits one page."""
    table = item("full", "table", "summary-headlines")
    assert isinstance(table, Table)
    assert 5 <= len(table.rows) <= 10
    assert table.columns[1:] == ("2019-20", "2020-21")


def test_different_reports_have_different_captions_and_alt_texts() -> None:
    """Captions and alt texts are computed."""
    other = view(change=without(("participation",), Status.NOT_RECORDED), scale=0.7)
    for name in present.names()["chart"]:
        thing, drawn = item("full", "chart", name), present.chart(other, name)
        if isinstance(thing, Chart) and isinstance(drawn, Chart):
            assert thing.alt != drawn.alt or name == "service-caseload"


@pytest.mark.parametrize("kind", MAKE)
def test_an_unknown_name_is_an_error_that_names_the_nearest(kind: str) -> None:
    """Nobody has to guess how a table is called."""
    with pytest.raises(UnknownName, match="Did you mean"):
        MAKE[kind](view_of("full"), "reviews-headlines-held")
