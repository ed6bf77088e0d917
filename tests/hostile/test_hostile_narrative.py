"""What a narrative may not hold is refused by file and line; the rest is Markdown."""

from __future__ import annotations

import time

import pytest

from irostats.allowed import MAX_CHARACTERS, problems, refuse
from irostats.errors import InputError, RenderError
from irostats.narrative import examine
from irostats.render.written import written

REFUSED = {
    "[x](javascript:alert(1))": "neither https nor mailto",
    "[x](file:///etc/passwd)": "neither https nor mailto",
    "[x](data:text/html,x)": "neither https nor mailto",
    "[x](../../secret)": "neither https nor mailto",
    "[x](//evil.org)": "neither https nor mailto",
    "<javascript:alert(1)>": "neither https nor mailto",
    "![x](https://evil.org/x.png)": "picture",
    "```{=html}\n<b>\n```": "block of code",
    "~~~{=typst}\n#eval\n~~~": "block of code",
    "```{python}\nprint(1)\n```": "block of code",
    "`<b>`{=html}": "code that could be run",
    "`r 1`": "code",
    "[x]{onclick=alert(1)}": "attributes in braces",
    "[x](https://a.org){onclick=alert(1)}": "attributes in braces",
    "# Head {onclick=alert(1)}": "attributes in braces",
    "[x]{.hidden}": "attributes in braces",
    "::: {.callout-note onclick=x}\nx\n:::": "attributes in braces",
    "::: {.content-hidden}\nx\n:::": "the block",
    "::: {.callout-note}\nx": "does not end",
    ":::": "does not begin",
    "{{< include /etc/passwd >}}": "double braces",
    "{{< env HOME >}}": "double braces",
    "{{< embed x.ipynb#a >}}": "double braces",
    "{{< video https://x.org >}}": "double braces",
    "{{<\ninclude x\n>}}": "double braces",
    "{{{< var a.b >}}}": "double braces",
    "{{< var a >}} {{<var>}}": "double braces",
    "---\ntitle: Ours\n---\n\nText.": "settings",
    "Text.\n\n---\ntitle: Ours\n---\n": "settings",
    "As was said @smith2010.": "reference",
    "See [it].\n\n[it]: https://evil.org": "stands apart",
    "<!-- and then nothing": "comment",
    "and then -->": "comment",
    "\\input{/etc/passwd}": "LaTeX",
    "$x^2$": "mathematics",
    "<?php x ?>": "processing instruction",
    "a\x00b": "control character",
    "a\u202eb": "direction of text",
    "[" * 50: "brackets within each other",
    "> " * 40 + "x": "quotations",
}


@pytest.mark.parametrize(("text", "says"), REFUSED.items())
def test_what_could_run_or_take_in_a_file_is_refused(text: str, says: str) -> None:
    """In plain words, with file and line."""
    with pytest.raises(RenderError) as caught:
        written(f"One line.\n\n{text}", "narrative/reviews.md")
    assert says in caught.value.message
    assert "narrative/reviews.md" in caught.value.message
    assert "line " in caught.value.message


KEPT = """## What we did

We *saw* **each** child: {{< var reviews.held >}}. See @tbl-reviews-held
and [the law](https://x.gov.uk).

- one
- two, by <mailto:post@x.gov.uk>

> They told us.

::: {.callout-note}
Kept.
:::

{{< pagebreak >}}

#eval("x") and #read("y") are words, and so is 5 \\< 6.
"""


def test_markdown_stays_as_it_is() -> None:
    """Headings, emphasis, lists, quotations, links, callouts, figures and references."""
    assert written(KEPT, "narrative/reviews.md") == KEPT


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("A <b>bold</b> word", "A **bold** word"),
        ("<script>alert(1)</script>Text", "Text"),
        ("Text <img src=x onerror=alert(1)> on", "Text on"),
        ("<a href='javascript:x' onclick='y'>go</a>", "go"),
        ("<a href='https://x.org'>go</a>", "[go](https://x.org)"),
        ("<div style='x' class='y'>Said</div>", "Said"),
        ("<svg onload=alert(1)></svg>On {{< var a.b >}}", "On {{< var a.b >}}"),
        ("<style>*{display:none}</style>Said @tbl-x", "Said @tbl-x"),
        ("<iframe src='https://x.org'></iframe>Said", "Said"),
        ("A <b onmouseover=x", "A \\<b onmouseover=x"),
    ],
)
def test_html_is_cleaned(text: str, becomes: str) -> None:
    """Its formatting becomes Markdown's, so that Word and PDF print it too; the rest goes."""
    assert written(text, "narrative/reviews.md").strip() == becomes


def test_html_is_told() -> None:
    """Its author learns that not all of it is printed, and where it stands."""
    (issue,) = examine({"reviews": "One.\n\n<b>Two</b> <https://x.org>"})
    assert (issue.rule, issue.lines) == ("narrative-html", (3,))
    assert not examine({"reviews": "See <https://x.org>, 5 < 6."})


def test_every_place_is_told_at_once() -> None:
    """Up to ten, before anything is rendered; so `irostats check` says them."""
    with pytest.raises(InputError) as caught:
        refuse({"reviews": "ok\n{{< env A >}}", "service": "![x](y)\n\n```\nx"})
    for place in ("narrative/reviews.md, line 2", "narrative/service.md, line 1", "line 3"):
        assert place in caught.value.message


def test_a_text_without_end_is_refused() -> None:
    """Before anything looks at it."""
    assert [line for line, _ in problems("x" * (MAX_CHARACTERS + 1))] == [1]


@pytest.mark.parametrize(
    "unit", ["{", "}", "<", "`", ":::\n", "---\n", "\\", "](", "[", ">", "<!-", "@"]
)
def test_no_pattern_takes_long(unit: str) -> None:
    """Whatever is repeated, the first look at a long text takes no time to speak of."""
    begun = time.monotonic()
    list(problems(unit * (100_000 // len(unit))))
    assert time.monotonic() - begun < 10
