"""What axe-core has no rule for: keyboard, focus, reflow, spacing, motion, tables and charts."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import lxml.html  # type: ignore[import-untyped,unused-ignore]
import pytest
from pages import shown
from playwright.sync_api import Browser, Page

from whole_reports import SEED_YEARS, Reports, shipped_reports

PAGES = ("report.html", "cover.html", "summary.html")
WIDTHS = (1280, 640, 320)
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important } p { margin-bottom: 2em !important }"""
"""WCAG 2.2, 1.4.12."""
MOST_TABS = 2000
_FOCUS = """() => {
  const here = document.activeElement, box = here.getClientRects()[0];
  const x = Math.max(box.left, 0) + 2, y = Math.max(box.top, 0) + Math.min(box.height / 2, 9);
  const top = document.elementFromPoint(x, y), style = getComputedStyle(here);
  return {id: [...document.querySelectorAll('a[href], [tabindex="0"]')].indexOf(here),
    seen: box.bottom > 0 && box.top < innerHeight && here.contains(top),
    ring: here.matches(':focus-visible') && style.outlineStyle != 'none'
      && parseFloat(style.outlineWidth) >= 2};
}"""


def table_faults(page: Path | str) -> list[str]:
    """Tables without caption or scopes, and regions without a name."""
    root = lxml.html.fromstring(page.read_text("utf-8") if isinstance(page, Path) else page)
    found = []
    for table in root.iter("table"):
        caption = " ".join((table.findtext("caption") or "").split())
        scopes = {
            (cell.getparent().getparent().tag, cell.get("scope")) for cell in table.iter("th")
        }
        if table.find("caption") is None or not table.find("caption").text_content().strip():
            found.append("a table without a caption")
        if scopes - {("thead", "col"), ("tbody", "row")}:
            found.append(f"a heading without its scope: {caption}")
        if any(row[0].tag != "th" for row in table.findall("tbody/tr")):
            found.append(f"a row without a heading: {caption}")
        region = table.getparent()
        if (region.get("role"), region.get("tabindex")) != ("region", "0"):
            found.append(f"a table that the keyboard cannot scroll: {caption}")
        elif not region.get("aria-label", "").strip():
            found.append(f"a region without a name: {caption}")
    return found


def chart_faults(page: Path | str) -> list[str]:
    """Charts whose text has no number, or that do not say where their numbers are."""
    root = lxml.html.fromstring(page.read_text("utf-8") if isinstance(page, Path) else page)
    found = []
    for figure in root.iter("figure"):
        alt = figure.find(".//img").get("alt", "")
        if not any(letter.isdigit() for letter in alt) or len(alt) < 40:
            found.append(f"a chart without a text: {figure.get('id')}")
        after = figure.getnext() if figure.getnext() is not None else figure.getparent().getnext()
        if after is None or "Its numbers:" not in after.text_content():
            found.append(f"a chart without its numbers: {figure.get('id')}")
    return found


def heading_faults(page: Page) -> list[str]:
    """More or less than one first heading, and levels that are left out."""
    levels: list[int] = page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(h => +h.tagName[1])"
        ".filter((level, n, all) => level)"
    )
    found = [] if levels.count(1) == 1 and levels[0] == 1 else ["not one first heading"]
    skipped = any(after > before + 1 for before, after in pairwise(levels))
    return found + (["a level left out"] if skipped else [])


def focus_faults(page: Page) -> list[str]:
    """What the Tab key does not reach, hides, or shows without a ring."""
    wanted = set(range(page.locator('a[href], [tabindex="0"]').count()))
    found, reached = [], set[int]()
    for _ in range(min(MOST_TABS, 2 * len(wanted))):
        page.keyboard.press("Tab")
        at = page.evaluate(_FOCUS)
        if at["id"] in reached or at["id"] < 0:
            break
        reached.add(at["id"])
        if not at["seen"]:
            found.append(f"hidden: {at['id']}")
        if not at["ring"]:
            found.append(f"no ring: {at['id']}")
    return found + [f"not reached: {each}" for each in sorted(wanted - reached)]


def spilled(page: Page) -> list[str]:
    """Text that runs out of the window, or is cut off, unless its own region scrolls."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('h1, h2, h3, h4, p, li, a, figcaption, caption')]
        .filter(e => !e.closest('.scroll, .skip'))
        .filter(e => { const b = e.getBoundingClientRect();
            return b.right > innerWidth + 1 || b.left < -1 || e.scrollWidth > e.clientWidth + 1
                && getComputedStyle(e).overflow == 'hidden'; })
        .map(e => e.textContent.trim().slice(0, 60))"""
    )
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("the page scrolls sideways")
    return found


@pytest.mark.parametrize(("slug", "year"), shipped_reports())
def test_tables_and_charts_say_what_they_are(built: Reports, slug: str, year: str) -> None:
    """Captions, scopes and names; texts of charts with numbers, and where these stand."""
    folder = built.report(slug, year)
    for name in PAGES:
        assert table_faults(folder / name) == []
    assert chart_faults(folder / "report.html") == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("slug", SEED_YEARS)
def test_headings_and_reflow(browser: Browser, built: Reports, slug: str, name: str) -> None:
    """One first heading; at 200% and 400%, and with wide spacing, nothing is cut off."""
    with shown(browser, built[slug] / name, bypass_csp=True) as page:
        assert heading_faults(page) == []
        assert page.evaluate("document.documentElement.lang") == "en-GB"
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert spilled(page) == [], width
        page.add_style_tag(content=SPACING)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert spilled(page) == [], f"{width}, spaced"


@pytest.mark.parametrize("width", [1280, 320])
def test_the_keyboard_reaches_everything(browser: Browser, built: Reports, width: int) -> None:
    """Each link and table in turn, in sight, with a ring around it."""
    with shown(browser, built["york"] / "report.html", width) as page:
        assert focus_faults(page) == []


def test_the_skip_link_leads_to_the_report(browser: Browser, built: Reports) -> None:
    """It is the first stop, shows itself, and the next stop lies in the report."""
    with shown(browser, built["york"] / "report.html") as page:
        page.keyboard.press("Tab")
        box = page.locator(".skip").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_wide_table_scrolls_by_keyboard(browser: Browser, built: Reports) -> None:
    """On a phone, its region takes the arrow keys; the first column leaves room for the others."""
    with shown(browser, built["york"] / "report.html", 320) as page:
        wide = page.evaluate_handle(
            "[...document.querySelectorAll('.scroll')]"
            ".find(e => e.scrollWidth - e.clientWidth > 60)"
        ).as_element()
        assert wide is not None
        wide.focus()
        for _ in range(3):
            page.keyboard.press("ArrowRight")
        page.wait_for_timeout(400)
        assert wide.evaluate("e => e.scrollLeft") > 0
        widest = page.evaluate(
            "Math.max(...[...document.querySelectorAll('.scroll tr > :first-child')]"
            ".filter(e => e.closest('.scroll').scrollWidth > e.closest('.scroll').clientWidth + 1)"
            ".map(e => e.getBoundingClientRect().width / e.closest('.scroll').clientWidth))"
        )
        assert widest <= 0.6


@pytest.mark.parametrize("name", PAGES)
def test_nothing_moves_and_own_colours_show(browser: Browser, built: Reports, name: str) -> None:
    """No animation, and none wanted; with a reader's own colours, links and rings are there."""
    with shown(
        browser, built["york"] / name, reduced_motion="reduce", forced_colors="active"
    ) as page:
        moving = "getComputedStyle(e).transitionDuration != '0s' || e.getAnimations().length"
        assert not page.evaluate(f"[...document.querySelectorAll('*')].some(e => {moving})")
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
        colours = page.evaluate(
            "(([a, b]) => [getComputedStyle(a).color, getComputedStyle(b).backgroundColor])"
            "([document.querySelector('h1'), document.querySelector('header')])"
        )
        assert colours[0] != colours[1]


FINE = """<html lang="en-GB"><body><h1>Report</h1><h2>Part</h2><div class="scroll" role="region"
 tabindex="0" aria-label="Ages"><table><caption>Ages</caption><thead><tr><th scope="col">Age</th>
</tr></thead><tbody><tr><th scope="row">1</th></tr></tbody></table></div>
<p><a href="#x">Link</a></p>
<figure id="fig-x"><img alt="Bar chart. Children by age: 1 to 4: 25, 5 to 9: 35."></figure>
<div class="note">Its numbers: Table 1.</div></body></html>"""


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("<caption>Ages</caption>", "", "a table without a caption"),
        ('<th scope="col">', "<th>", "a heading without its scope"),
        ('<th scope="row">', "<th>", "a heading without its scope"),
        ('<th scope="row">1</th>', "<td>1</td>", "a row without a heading"),
        ('tabindex="0"', "", "a table that the keyboard cannot scroll"),
        ('aria-label="Ages"', "", "a region without a name"),
        ("Bar chart. Children by age: 1 to 4: 25, 5 to 9: 35.", "", "a chart without a text"),
        ("Its numbers: Table 1.", "", "a chart without its numbers"),
    ],
)
def test_planted_faults_of_tables_and_charts_are_found(good: str, bad: str, said: str) -> None:
    """Taken out of a page that has none."""
    assert table_faults(FINE) + chart_faults(FINE) == []
    faulty = FINE.replace(good, bad)
    assert faulty != FINE
    assert any(fault.startswith(said) for fault in table_faults(faulty) + chart_faults(faulty))


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("a:focus { outline: none }", "no ring"),
        ("a { visibility: hidden }", "not reached"),
        ("body::after { content: ''; position: fixed; inset: 0; background: #fff }", "hidden"),
    ],
)
def test_planted_faults_of_focus_are_found(browser: Browser, style: str, said: str) -> None:
    """A ring taken away, a link out of reach, something that lies over it."""
    rings = "a:focus, [tabindex]:focus { outline: 3px solid }"
    with shown(browser, f"<style>{rings}</style>{FINE}") as page:
        assert focus_faults(page) == []
    with shown(browser, f"<style>{rings} {style}</style>{FINE}") as page:
        assert any(fault.startswith(said) for fault in focus_faults(page))


def test_planted_faults_of_headings_and_reflow_are_found(browser: Browser) -> None:
    """A level left out, a second title, and a line that does not wrap."""
    with shown(browser, FINE.replace("h2>", "h3>")) as page:
        assert heading_faults(page) == ["a level left out"]
    with shown(browser, FINE.replace("h2>", "h1>")) as page:
        assert heading_faults(page) == ["not one first heading"]
    with shown(browser, FINE.replace("Part", "P" * 200), 320) as page:
        assert "the page scrolls sideways" in spilled(page)
