"""Finished web pages in a browser, and what axe-core and tests of our own find wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page

NARROW = {"phone": 360, "200%": 640, "400%": 320}
"""Widths in CSS pixels; those of zoom are of a window of 1280 at twice and four times the size."""

# What a rule cannot decide while parts of a table lie over others is decided with none that do.
_LAID_OUT = (
    "caption, th { position: static !important } header { background-image: none !important }"
)
# Rows and terms beyond the third are made as the third is: to look at each takes minutes.
_SHORTENED = """() => document.querySelectorAll(
    'tbody tr:nth-child(n+4), .glossary p:nth-child(n+4)').forEach(each => each.remove())"""
_RUN = """async (rules) => {
  const options = {resultTypes: ['violations', 'incomplete'], preload: false};
  options.rules = {'target-size': {enabled: true}};  // WCAG 2.2: off unless asked for
  if (rules.length) options.runOnly = {type: 'rule', values: rules};
  const found = await axe.run(document, options);
  return [...found.violations, ...found.incomplete].map(
    each => each.id + ': ' + each.nodes.map(node => node.html.slice(0, 160)).slice(0, 3).join(' '));
}"""


@cache
def axe() -> str:
    """axe-core's program, from the wheel that holds it."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@contextmanager
def shown(
    browser: Browser,
    page: Path | str,
    width: int = 1280,
    scheme: Literal["light", "dark"] = "light",
    **context: Any,
) -> Iterator[Page]:
    """A page in a window of a width; text is taken for a page's source."""
    with browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, **context
    ) as opened:
        tab = opened.new_page()
        if isinstance(page, Path):
            tab.goto(page.as_uri(), wait_until="load")
        else:
            tab.set_content(page, wait_until="load")
        yield tab


def faults(page: Page, *rules: str, whole: bool = True) -> list[str]:
    """What axe-core finds, and what it cannot decide, as rule and elements.

    Args:
        page: Opened with ``bypass_csp``, or its policy keeps the style of this test out.
        rules: Those to try; by default all.
        whole: Whether every row of a table is looked at.
    """
    page.add_style_tag(content=_LAID_OUT)
    if not whole:
        page.evaluate(_SHORTENED)
    page.evaluate(f"{axe()};undefined")
    found: list[str] = page.evaluate(_RUN, list(rules))
    return found
