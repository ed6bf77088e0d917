"""axe-core finds nothing wrong with a finished page, at any width, in either colour scheme."""

from __future__ import annotations

import pytest
from pages import NARROW, faults, shown
from playwright.sync_api import Browser

from whole_reports import TEST_ALL, Reports, shipped_reports

PAGES = ("report.html", "cover.html", "summary.html")
SEEN = ("target-size", "link-in-text-block", "meta-viewport")
"""Rules whose answer may differ in a narrow window; no colour does."""
FAULTY = {
    "color-contrast": ("</main>", '<p><span style="color: #999">pale</span></p></main>'),
    "image-alt": (' alt="', ' data-alt="'),
    "html-has-lang": (' lang="en-GB"', ""),
    "empty-table-header": ('scope="row">', 'scope="row"></th><th scope="row">'),
    "scope-attr-valid": ('scope="col"', 'scope="column"'),
    "landmark-one-main": ("<main", "<div"),
    "page-has-heading-one": ("<h1", "<p"),
    "target-size": (
        "</main>",
        '<p><button style="width:9px;height:9px;padding:0;border:0">a</button>'
        '<button style="width:9px;height:9px;padding:0;border:0">b</button></p></main>',
    ),
}
SMALL = """<!DOCTYPE html><html lang="en-GB"><head><title>A page</title></head><body>
<h1>A page</h1><main><table><caption>Children</caption>
<thead><tr><th scope="col">Age</th><th scope="col">Number</th></tr></thead>
<tbody><tr><th scope="row">Under 1</th><td>11</td></tr></tbody></table>
<p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="Bar chart: 11 are under 1."></p>
</main></body></html>"""


@pytest.mark.parametrize(("slug", "year"), shipped_reports())
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(
    browser: Browser, built: Reports, slug: str, year: str, name: str
) -> None:
    """No violation, and nothing that it leaves undecided, wide and narrow, light and dark."""
    page = built.report(slug, year) / name
    with shown(browser, page, bypass_csp=True) as tab:
        assert faults(tab, whole=TEST_ALL) == []
        tab.emulate_media(color_scheme="dark")
        assert faults(tab, "color-contrast") == []
        for window, width in NARROW.items():
            tab.set_viewport_size({"width": width, "height": 800})
            assert faults(tab, *SEEN) == [], window


def test_axe_finds_nothing_in_every_row(browser: Browser, built: Reports) -> None:
    """Of one report each row, since the others are looked at shortened."""
    with shown(browser, built["york"] / "report.html", bypass_csp=True) as tab:
        assert faults(tab) == []


def test_axe_finds_nothing_in_a_page_without_faults(browser: Browser) -> None:
    """That in which faults are planted has none before; nor is its heading outside a landmark."""
    with shown(browser, SMALL) as tab:
        assert [fault for fault in faults(tab) if not fault.startswith("region")] == []


@pytest.mark.parametrize("rule", FAULTY)
def test_axe_finds_a_fault_that_was_planted(browser: Browser, rule: str) -> None:
    """Each of the faults that a change of theme or table could bring."""
    good, bad = FAULTY[rule]
    assert good in SMALL
    with shown(browser, SMALL.replace(good, bad)) as tab:
        assert rule in {fault.partition(":")[0] for fault in faults(tab)}
