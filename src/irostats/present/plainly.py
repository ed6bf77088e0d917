"""What a report says about itself, in words for children: above the first line, and at the foot."""

from __future__ import annotations

from collections.abc import Iterator

from irostats.parameters import Audience
from irostats.present.markup import escape
from irostats.present.view import View


def banner(view: View) -> Iterator[str]:
    """What a child must know first, one sentence each, as Markdown."""
    if view.synthetic:
        yield (
            "**The numbers here are made up** to try this page out. They are not about real "
            f"children, and {escape(view.authority.identity.council)} did not publish them."
        )
    if view.status == "provisional":
        yield "We are still checking this year's numbers. Some may change."
    if view.audience is Audience.INTERNAL:
        yield "This copy is for people who work at the council. Please do not pass it on."


def footer(view: View) -> str:
    """Whose page it is and of which year; whether the numbers are real."""
    text = f"{view.authority.identity.council}: how we helped you have your say, {view.year}"
    return f"{text}. Made-up numbers, not published by the council" if view.synthetic else text
