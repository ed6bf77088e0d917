"""What a build tells while it works."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from irostats.build.progress import Progress, shown


def tell(progress: Progress) -> None:
    """A build of two notebooks, one of which fails."""
    progress.step("reading the inputs")
    progress.planned(["reviews", "service"])
    for section in ("reviews", "service"):
        progress.started(section)
        progress.cell(section, 3, 10, f"tbl-{section}")
        progress.ended(section, 1.24, failed=section == "service")
    progress.step("done")


@pytest.mark.parametrize("terminal", [False, True])
def test_the_display_names_report_sections_and_what_became_of_them(terminal: bool) -> None:
    """On a terminal and in a log alike."""
    console = Console(file=io.StringIO(), force_terminal=terminal, width=120)
    with shown(console, "york 2016-17") as progress:
        tell(progress)
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    for word in ("york 2016-17", "reviews", "service", "failed", "done"):
        assert word in printed


def test_a_log_has_a_line_for_each_step_and_no_control_characters() -> None:
    """A council's scheduled job writes it to a file."""
    console = Console(file=io.StringIO(), width=40)
    with shown(console, "york 2016-17") as progress:
        tell(progress)
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 4
    assert lines[1].endswith("reviews done in 1.2 s")
    assert "\x1b" not in "".join(lines)


def test_a_terminal_shows_the_cell_that_is_running() -> None:
    """By its label, with how many there are."""
    console = Console(file=io.StringIO(), force_terminal=True, width=120)
    with shown(console, "york 2016-17") as progress:
        progress.planned(["reviews"])
        progress.started("reviews")
        progress.cell("reviews", 3, 10, "tbl-reviews-held")
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    assert "tbl-reviews-held" in printed
    assert "3/10" in printed
