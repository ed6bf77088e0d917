"""The numbers that children are told: each one large, one plain sentence, one picture.

Only undivided figures are told, and only five: those wanted first that are known, then others of a
fixed list. Every number is printed as the report prints it; a picture rounds down to tenths.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from irostats.figures import Figure
from irostats.measures.service import GUIDANCE
from irostats.present import pictograms
from irostats.present.items import Chart, Table
from irostats.present.numbers import decimals_of, rounded, say
from irostats.present.tenths import in_ten, tenths
from irostats.present.view import View

FIVE = 5
LOW, HIGH = GUIDANCE
WHERE_KNOWN = ", where we know"


@dataclass(frozen=True)
class Told:
    """What is said and drawn of a figure.

    Args:
        title: What the number is of: the rest of a sentence that begins with it.
        rest: One or two more sentences.
        scene: The picture in words.
        painter: What draws it.
        others: Other figures that it tells, with what they are of.
    """

    title: str
    rest: str
    scene: str
    painter: pictograms.Painter
    others: tuple[tuple[str, Figure], ...] = ()


@dataclass(frozen=True)
class Fact:
    """A figure that children are told.

    Args:
        measure: Its name; the figure is the undivided one of the year.
        unknown: What nobody knows without it: ``how often we spoke up``.
        tell: What is said of it where it is known.
        unless: A measure that says the same and more: where that is known, this is not told.
    """

    measure: str
    unknown: str
    tell: Callable[[View, Figure], Told]
    unless: str = ""


def chosen(view: View) -> tuple[Fact, ...]:
    """At most five facts whose figures are known, in the order of the lists."""
    return tuple(fact for fact in (*WANTED, *RESERVES) if _told(view, fact))[:FIVE]


def missing(view: View) -> tuple[Fact, ...]:
    """The facts wanted whose figures are not known."""
    return tuple(fact for fact in WANTED if not view.get(fact.measure).known)


def _told(view: View, fact: Fact) -> bool:
    said_already = bool(fact.unless) and view.get(fact.unless).known
    return view.get(fact.measure).known and not said_already


def chart(view: View, fact: Fact) -> Chart:
    """A fact with its picture; the caption begins with the number."""
    figure = view.get(fact.measure)
    told = fact.tell(view, figure)
    shown = [("The number", figure), *told.others]
    rows = tuple((name, _number(view, each)) for name, each in shown)
    title = f"{rows[0][1]} {told.title}"
    numbers = "; ".join(f"{name}: {number}" for name, number in rows)
    return Chart(
        caption=f"{title}. {told.rest}",
        alt=f"Picture. {title}. {told.scene} {numbers}.",
        data=Table(caption=f"{title}: the numbers", columns=("What", view.name), rows=rows),
        png=pictograms.draw(told.painter),
        title=title,
    )


def _of_ten(
    view: View, figure: Figure, title: str, icon: tuple[str, pictograms.Icon], of: str = ""
) -> Told:
    """A percentage as a row of ten."""
    n = tenths(figure)
    begun = n == 0 and figure.value > 0
    filled = "the first one is only begun" if begun else f"{n} of them are filled in"
    return Told(
        title,
        f"That is {in_ten(view, figure)}{of}.",
        f"A row of ten {icon[0]}: {filled}.",
        pictograms.row_of_ten(icon[1], n, part=begun),
    )


MEETINGS = ("meetings", pictograms.meeting)
BUBBLES = ("speech bubbles", pictograms.bubble)
PEOPLE = ("people", pictograms.person)


def _number(view: View, figure: Figure) -> str:
    return say(figure, view.measure(figure.measure))


def _times(figure: Figure) -> str:
    return "time" if figure.value == 1 else "times"


def _held(view: View, figure: Figure) -> Told:
    verb = "meeting was" if figure.value == 1 else "meetings were"
    title = f"review {verb} held in {view.year}"
    each, of = view.get("reviews.per_child"), view.get("reviews.children")
    if not (each.known and of.known):
        rest = "A review is a meeting about your care."
        return Told(title, rest, "A person and a meeting.", pictograms.for_each(1, "", more=False))
    # As printed: 1.98 is printed as 2.0, and drawn as two.
    average = rounded(each.value, decimals_of(each, view.measure(each.measure)))
    whole, more = int(average), average % 1 > 0
    words = f"{_number(view, each)} each"
    children = f"{_number(view, of)} {'child' if of.value == 1 else 'children'}"
    return Told(
        title,
        f"They were for {children}: {words} on average.",
        f"A person, {whole} whole {'meeting' if whole == 1 else 'meetings'}"
        f"{' and part of one more' if more else ''}.",
        pictograms.for_each(whole, words, more=more),
        (("Children", of), ("Each, on average", each)),
    )


def _on_time(view: View, figure: Figure) -> Told:
    unjudged = view.get("reviews.not_assessable")
    whole = unjudged.known and unjudged.value == 0
    which = "these meetings" if whole else "the meetings we could check"
    return _of_ten(view, figure, f"of {which} were on time", MEETINGS)


def _took_part(view: View, figure: Figure) -> Told:
    title = "of meetings heard the child's own views"
    return _of_ten(view, figure, title, BUBBLES, ", from age 4 up")


def _visited(view: View, figure: Figure) -> Told:
    title = "of children saw their IRO before a meeting"
    return _of_ten(view, figure, title, PEOPLE, WHERE_KNOWN)


def _spoke_up(view: View, figure: Figure) -> Told:
    said = [(_number(view, figure), f"{_times(figure)} we\nspoke up")]
    rest = "We asked for it to be put right."
    others: tuple[tuple[str, Figure], ...] = ()
    managers = view.get("challenge.opened")
    if managers.known:
        number = _number(view, managers)
        said.append((number, f"{_times(managers)} to\nmanagers"))
        rest = f"{number} {_times(managers)}, we asked managers to act."
        others = (("Managers asked to act", managers),)
    return Told(
        f"{_times(figure)}, we spoke up because something was wrong",
        rest,
        "Speech bubbles with numbers.",
        pictograms.bubbles(said),
        others,
    )


def _asked_managers(view: View, figure: Figure) -> Told:
    said = [(_number(view, figure), f"{_times(figure)} to\nmanagers")]
    return Told(
        f"{_times(figure)}, we asked managers to act",
        "Something was not right for a child.",
        "A speech bubble with a number.",
        pictograms.bubbles(said),
    )


def _caseload(view: View, figure: Figure) -> Told:
    rest = f"{LOW} to {HIGH} is good practice."
    if figure.value < LOW:
        rest += " Fewer means more time for each."
    return Told(
        "children for each full-time IRO",
        rest,
        "One IRO beside a group of children.",
        pictograms.one_for_many(f"{_number(view, figure)} children"),
    )


def _same_iro(view: View, figure: Figure) -> Told:
    title = "of children here all year kept the same IRO"
    return _of_ten(view, figure, title, PEOPLE, WHERE_KNOWN)


def _feedback(view: View, figure: Figure) -> Told:
    said = [(_number(view, figure), f"{_times(figure)} we\nheard back")]
    return Told(
        f"{_times(figure)}, people told us how we did",
        "They filled in a form, thanked us or complained.",
        "A speech bubble with a number.",
        pictograms.bubbles(said),
    )


def _checked(view: View, figure: Figure) -> Told:
    title = "of children had their plan checked between meetings"
    return _of_ten(view, figure, title, PEOPLE)


WANTED = (
    Fact("reviews.held", "how many review meetings were held", _held),
    Fact("reviews.on_time_percent", "how many meetings were on time", _on_time),
    Fact("participation.percent", "how many meetings heard the child's own views", _took_part),
    Fact(
        "participation.visited_children_percent",
        "how many children saw their IRO before a meeting",
        _visited,
    ),
    Fact("challenge.alerts", "how often we spoke up", _spoke_up),
)
RESERVES = (
    Fact("challenge.opened", "", _asked_managers, unless="challenge.alerts"),
    Fact("service.caseload", "", _caseload),
    Fact("service.same_iro_percent", "", _same_iro),
    Fact("participation.feedback", "", _feedback),
    Fact("monitoring.midpoint_children_percent", "", _checked),
)
"""In this order they take the place of what is not known."""
