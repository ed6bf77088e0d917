"""The short list of constructs that the report's sources keep to."""

from __future__ import annotations

import pytest

from irostats.errors import RenderError
from irostats.render.constructs import check
from irostats.render.expand import split_front_matter
from report_samples import ROOT


def test_every_source_of_the_report_keeps_to_the_list() -> None:
    """Each .qmd file, and each narrative that is shipped."""
    sources = [*ROOT.glob("*.qmd"), *ROOT.glob("data/*/*/narrative/*.md")]
    assert ROOT / "report.qmd" in sources
    for path in sources:
        check(split_front_matter(path.read_text(encoding="utf-8"))[1], path.name)


@pytest.mark.parametrize(
    "markdown",
    [
        "# Heading {#sec-x .unnumbered}\n\n*Text*, **strong**, [link](https://a.uk), @tbl-x.",
        "- one\n- two\n\n1. first\n2. second\n\n> said",
        "::: {.callout-warning}\nCare.\n:::",
        "{{< var a.b >}} and\n\n{{< pagebreak >}}\n\n{{< embed n.ipynb#x >}}",
        "Costs £5, 50% of 10 & more; e-mail us: \"it's\" fine... O'Neill",
        "",
    ],
)
def test_what_is_on_the_list_passes(markdown: str) -> None:
    """Ordinary writing is not in anybody's way."""
    check(markdown, "narrative/reviews.md")


@pytest.mark.parametrize(
    ("markdown", "name"),
    [
        ("```\ncode\n```", "a block of code"),
        ("<script>alert(1)</script>", "raw HTML"),
        ("text <b>bold</b>", "raw HTML"),
        ("\\newpage", "raw HTML or LaTeX"),
        ("| a |\n|---|\n| 1 |", "a table"),
        ("![x](http://a.example/x.png)", "a picture"),
        ("text[^1]\n\n[^1]: note", "a footnote"),
        ("$x^2$", "mathematics"),
        ("::: {.panel-tabset}\nx\n:::", r"the block '\.panel-tabset'"),
        ("::: {.callout-note}\n## Title\n:::", "a heading inside a block"),
        ("{{< video https://a.example >}}", "the shortcode 'video'"),
        ("{{{< var x >}}}", "an escaped shortcode"),
        ("As @smith2020 says", "the reference '@smith2020'"),
        ("***\n\ntext\n\n---\n\nmore", "a horizontal rule"),
    ],
)
def test_what_is_not_on_the_list_is_refused_by_name(markdown: str, name: str) -> None:
    """The error names the construct and the file."""
    with pytest.raises(RenderError, match=rf"narrative/reviews\.md uses .*{name}"):
        check(markdown, "narrative/reviews.md")


def test_all_problems_are_told_together() -> None:
    """So that a file is put right once."""
    with pytest.raises(RenderError, match="a footnote; mathematics"):
        check("$x$[^1]\n\n[^1]: note", "x.md")
