"""A page lets a browser show it and nothing else: no script, no address, no style of another's."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from pages import shown
from playwright.sync_api import Browser, Page

from irostats.errors import RenderError
from irostats.render import RenderJob, render
from irostats.render.policy import with_policy
from report_samples import ROOT, VARIABLES, whole_set
from whole_reports import Reports, shipped_reports

PAGES = ("report.html", "cover.html", "summary.html")
RENDERERS = ["builtin", *(["quarto"] if os.environ.get("IROSTATS_QUARTO") else [])]
FORBIDDEN = ("'unsafe", "http:", "https:", "*", "script-src", "blob:")
META = '<meta http-equiv="Content-Security-Policy" content="default-src *">'
PAGE = f"<html><head>{META}<style>p {{ color: #000 }}</style></head><body><p>1</p></body></html>"


def policy(path: Path) -> str:
    """The policy that a page states."""
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', path.read_text())
    assert found
    return found[1]


def told(page: Page, path: Path) -> tuple[list[str], list[str]]:
    """Addresses that a page asks for beside its own, and what the console says of it."""
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(path.as_uri(), wait_until="load")
    mine = ("data:", path.as_uri())
    return [url for url in asked if not url.startswith(mine)], said


def faults(browser: Browser, path: Path) -> list[str]:
    """Requests, complaints, and a style that its policy kept out."""
    with shown(browser, "") as page:
        asked, said = told(page, path)
        styled = page.evaluate("getComputedStyle(document.querySelector('.skip')).position")
    return [*asked, *said, *([] if styled == "absolute" else ["its own style was kept out"])]


@pytest.mark.parametrize(("slug", "year"), shipped_reports())
@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_and_breaks_no_policy(
    browser: Browser, built: Reports, slug: str, year: str, name: str
) -> None:
    """The network and the console are silent, and its styles are there."""
    path = built.report(slug, year) / name
    stated = policy(path)
    assert stated.startswith("default-src 'none'; img-src data:; style-src 'sha256-")
    assert stated.endswith("; base-uri 'none'; form-action 'none'")
    assert not [word for word in FORBIDDEN if word in stated]
    assert faults(browser, path) == []


@pytest.mark.parametrize("renderer", RENDERERS)
def test_each_renderer_applies_the_policy(browser: Browser, tmp_path: Path, renderer: str) -> None:
    """Quarto's pages, too, run nothing and are styled by hash."""
    job = RenderJob(
        root=ROOT,
        notebooks=whole_set(tmp_path / "notebooks"),
        output=tmp_path / "output",
        variables=VARIABLES,
        formats=("html",),
        documents=("report",),
        renderer=renderer,
    )
    (path,) = render(job)
    assert "'unsafe" not in policy(path)
    assert faults(browser, path) == []


@pytest.mark.parametrize(
    "planted",
    [
        '<img src="http://127.0.0.1:9/picture.png" alt="">',
        '<script src="http://127.0.0.1:9/program.js"></script>',
        "<script>document.title = 'taken'</script>",
        '<link rel="stylesheet" href="http://127.0.0.1:9/style.css">',
        "<style>.skip { position: fixed }</style>",
        '<iframe src="http://127.0.0.1:9/"></iframe>',
        '<p style="position: fixed">over everything</p>',
        '<img src="data:," alt="" onerror="document.title = \'taken\'">',
    ],
)
def test_what_is_planted_in_a_finished_page_is_blocked(
    browser: Browser, built: Reports, tmp_path: Path, planted: str
) -> None:
    """Nothing is fetched, run or restyled, and the console says that it was kept out."""
    page = (built["york"] / "cover.html").read_text(encoding="utf-8")
    path = tmp_path / "cover.html"
    path.write_text(page.replace("</main>", f"{planted}</main>"), encoding="utf-8")
    with shown(browser, "") as tab:
        answered: list[str] = []
        tab.on("response", lambda response: answered.append(response.url))
        tab.on("requestfailed", lambda request: answered.append(request.failure or ""))
        _, said = told(tab, path)
        assert any("Content Security Policy" in text for text in said)
        assert not [url for url in answered if "ERR_CONNECTION" in url or "127.0.0.1" in url]
        assert tab.title() != "taken"
        assert (
            tab.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"
        )


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        (META, "", "does not state the policy"),
        ("<p>", '<p style="color: red">', "a style on an element"),
        ("<p>", '<p onclick="go()">', "code on an element"),
        ("<p>", "<script>go()</script><p>", "a script"),
        ("<p>", '<img src="https://example.org/a.png"><p>', "a picture that lies elsewhere"),
        ("<p>", '<iframe src="https://example.org/"></iframe><p>', "<iframe>"),
        ("<p>", '<p><a href="javascript:go()">a</a>', "a link that runs"),
        ("<p>", '<p><a href=" data:text/html,a">a</a>', "a link that runs"),
        ("<head>", "<head><title>a</title>", "before its policy"),
    ],
)
def test_a_page_that_its_policy_would_mar_is_refused(good: str, bad: str, said: str) -> None:
    """It names what the page holds; the same page without it passes."""
    assert "sha256-" in with_policy(PAGE, "report.html")
    with pytest.raises(RenderError, match=re.escape(said)):
        with_policy(PAGE.replace(good, bad, 1), "report.html")
