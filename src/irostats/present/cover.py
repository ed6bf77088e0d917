"""The paper that takes the report to committee: its parts, in the council's order, as Markdown.

Figures come from the sentences of the sections, words from `committee.toml`; nothing is computed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from irostats.committee import Paper, Part
from irostats.committee.layouts import MADE
from irostats.committee.settings import TO_BE_FIXED
from irostats.committee.wording import NONE, none_of
from irostats.parameters import Audience
from irostats.present.cover_blocks import Numbers, escaped, lettered, numbered, plain, split
from irostats.present.cover_figures import made, period
from irostats.present.view import View
from irostats.present.words import capital

TO_BE_WRITTEN = "To be written before the meeting."
ILLUSTRATIVE = (
    "This paper is illustrative: its words were written for the made-up sample data and are not "
    "the council's. No committee has considered it."
)
CHILDRENS = "Summary for children and young people"


def cover(view: View, paper: Paper) -> str:
    """The paper's parts as Markdown, with numbered paragraphs.

    Args:
        view: What the report shows.
        paper: What the council says, and the layout that it says it in.
    """
    numbers = Numbers(by_part=paper.layout.numbering == "by_part")
    blocks = [f"::: {{.note}}\n{escaped(ILLUSTRATIVE)}\n:::"] if view.synthetic else []
    parts = paper.layout.parts
    position = 0
    while position < len(parts):
        lines = _run_of_lines(parts[position:])
        if lines:
            blocks.append(_particulars(view, paper, lines))
            position += len(lines)
        else:
            blocks += _part(view, paper, parts[position], numbers)
            position += 1
    return "\n\n".join(blocks) + "\n"


def title(view: View, paper: Paper) -> str:
    """What the paper is called."""
    default = f"Annual report of the Independent Reviewing Officers {view.year}"
    return paper.committee.text.title or default


def unwritten(view: View, paper: Paper) -> tuple[str, ...]:
    """Names of the parts of which nobody has written anything yet, as they are printed."""
    return tuple(
        _filled(view, paper, part.name)
        for part in paper.layout.parts
        if _texts(view, paper, part) == [TO_BE_WRITTEN]
    )


def _run_of_lines(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    found = []
    for part in parts:
        if part.style != "line":
            break
        found.append(part)
    return tuple(found)


def _particulars(view: View, paper: Paper, lines: tuple[Part, ...]) -> str:
    printed = [_line(view, paper, part) for part in lines]
    return "::: {.particulars}\n" + "\n\n".join(printed) + "\n:::"


def _line(view: View, paper: Paper, part: Part) -> str:
    name = escaped(_filled(view, paper, part.name))
    intro = escaped(_filled(view, paper, part.intro))
    texts = [*filter(None, [intro]), *_texts(view, paper, part)]
    value = " ".join(text.removeprefix("- ").replace("\n- ", "; ") for text in texts)
    if not name and value == capital(TO_BE_FIXED):
        value = f"Date {TO_BE_FIXED}"
    return f"**{name}** {value}".strip() if name else f"**{value}**"


def _part(view: View, paper: Paper, part: Part, numbers: Numbers) -> Iterator[str]:
    name = escaped(_filled(view, paper, part.name))
    texts = _texts(view, paper, part)
    own = numbers.of(part.numbers)
    if part.style == "title":
        yield f"# {texts[0]} {{.unnumbered}}"
        return
    if part.style in ("heading", "subheading"):
        level = "#" if part.style == "heading" else "##"
        counted = part.style == "heading" and not part.numbers
        yield f"{level} {numbers.heading() if counted else ''}{name} {{.unnumbered}}"
    elif part.style == "label":
        first = texts[0] if texts and not texts[0].startswith("- ") else ""
        colon = "" if name.endswith((":", "?")) else ":"
        texts[: bool(first)] = [f"**{name}**{colon} {first}".strip()]
    elif name:
        yield plain(name)
    if part.intro:
        yield plain(escaped(_filled(view, paper, part.intro)))
    for text in texts:
        yield text if text.startswith("- ") else numbered(text, own)


def _texts(view: View, paper: Paper, part: Part) -> list[str]:
    """What a part prints; that it is to be written, where nobody has written anything of it."""
    texts = [text for key in part.show for text in _content(view, paper, key)]
    return texts or [TO_BE_WRITTEN] if part.show else []


def _filled(view: View, paper: Paper, text: str) -> str:
    start, end = str(view.year).split("-")
    internal = view.audience is Audience.INTERNAL
    access = "internal" if internal else paper.committee.meeting.access or "public or exempt"
    known = {
        "start": start,
        "end": end,
        "meeting": _meeting(view, paper),
        "access": access,
        "ACCESS": access.upper(),
        "children": view.authority.words.children,
        "service": view.authority.words.service,
    }
    return re.sub(r"\{(\w+)\}", lambda found: known[found[1]], text)


# ------------------------------------------------------------------ what stands at a key


def _content(view: View, paper: Paper, key: str) -> tuple[str, ...]:
    """The paragraphs at a key, as Markdown; a list is one of them."""
    if key in MADE:
        return tuple(escaped(text) for text in made(view, key))
    if key in _SHOWN:
        return tuple(escaped(text) for text in _SHOWN[key](view, paper))
    value = paper.committee.value(key)
    if key == "text.summary" and not value:
        return (escaped(_summary(view, paper)),)
    if isinstance(value, tuple):
        return tuple(text for each in value for text in split(each))
    if value.strip().lower() == NONE:
        return (escaped(none_of(key) or capital(NONE)),)
    return tuple(split(value))


def _meeting(view: View, paper: Paper) -> str:
    return paper.committee.meeting.name or view.authority.words.panel


def _access(view: View, paper: Paper) -> str:
    if view.audience is Audience.INTERNAL:
        return "Not for publication"
    return capital(paper.committee.meeting.access)


def _summary(view: View, paper: Paper) -> str:
    return (
        f"This paper brings the annual report of the Independent Reviewing Officers for "
        f"{period(view)} to the {_meeting(view, paper)}."
    )


def _date(view: View, paper: Paper) -> tuple[str, ...]:
    del view
    when = paper.committee.meeting.date
    return (capital(TO_BE_FIXED) if when == TO_BE_FIXED else when,)


def _yes_or_no(view: View, paper: Paper) -> tuple[str, ...]:
    del view
    return ("Yes" if paper.committee.timescales.major_policy_item else "No",)


def _when(name: str) -> Callable[[View, Paper], tuple[str, ...]]:
    def shown(view: View, paper: Paper) -> tuple[str, ...]:
        del view
        given = str(getattr(paper.committee.timescales, name))
        if given and given.lower() != NONE:
            return (given,)
        needed = paper.committee.timescales.major_policy_item and not given
        return () if needed else ("Not applicable",)

    return shown


def _background(view: View, paper: Paper) -> tuple[str, ...]:
    del view
    if "documents.background" not in paper.committee.given:
        return ()
    return paper.committee.documents.background or (capital(NONE),)


def _appendices(view: View, paper: Paper) -> tuple[str, ...]:
    report = f"Annual report of the Independent Reviewing Officers {view.year}"
    titles = (report, f"{CHILDRENS} {view.year}", *paper.committee.documents.appendices)
    return tuple(lettered(titles, paper.layout.appendices))


_SHOWN: Mapping[str, Callable[[View, Paper], tuple[str, ...]]] = {
    "meeting.name": lambda view, paper: (_meeting(view, paper),),
    "meeting.date": _date,
    "meeting.access": lambda view, paper: tuple(filter(None, [_access(view, paper)])),
    "timescales.major_policy_item": _yes_or_no,
    **{f"timescales.{name}": _when(name) for name in ("cabinet", "council", "government")},
    "text.title": lambda view, paper: (title(view, paper),),
    "documents.background": _background,
    "documents.appendices": _appendices,
}
