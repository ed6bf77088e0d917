"""The HTML report as a reader's browser shows it: on a desk, on a phone, on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from whole_reports import Reports


def opened(browser: Browser, built: Reports, width: int) -> tuple[Page, list[str], list[str]]:
    """The York report at a width, the addresses it asked for, and what the console said."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((built["york"] / "report.html").as_uri(), wait_until="load")
    return page, asked, said


def test_the_page_asks_for_nothing_but_itself(browser: Browser, built: Reports) -> None:
    """One self-contained file: no request leaves the machine, and nothing is complained of."""
    page, asked, said = opened(browser, built, 1280)
    assert [url for url in asked if not url.startswith("data:")] == [page.url]
    assert said == []
    page.close()


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_page_fits_its_window(browser: Browser, built: Reports, width: int) -> None:
    """Nobody scrolls sideways to read a sentence; a wide table scrolls within itself."""
    page, _, _ = opened(browser, built, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_every_chart_is_drawn_and_described(browser: Browser, built: Reports) -> None:
    """Images have loaded, and each has a text in its place."""
    page, _, _ = opened(browser, built, 1280)
    images = page.evaluate("[...document.images].map(image => [image.naturalWidth, image.alt])")
    assert images
    assert all(width > 0 and alt for width, alt in images)
    page.close()


def test_every_link_within_the_page_leads_somewhere(browser: Browser, built: Reports) -> None:
    """The table of contents and the cross-references."""
    page, _, _ = opened(browser, built, 1280)
    links = "[...document.querySelectorAll('a[href^=\"#\"]')]"
    broken = page.evaluate(
        f"{links}.map(a => a.getAttribute('href').slice(1))"
        ".filter(id => id && !document.getElementById(decodeURIComponent(id)))"
    )
    assert page.evaluate(f"{links}.length") > 10
    assert broken == []
    page.close()


def test_the_page_prints(browser: Browser, built: Reports) -> None:
    """On paper it is a few pages, not one and not a hundred."""
    from io import BytesIO

    from pypdf import PdfReader

    page, _, _ = opened(browser, built, 1280)
    printed = PdfReader(BytesIO(page.pdf(format="A4")))
    assert 3 < len(printed.pages) < 60
    page.close()
