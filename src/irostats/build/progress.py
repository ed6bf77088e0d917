"""What a build tells while it works: a moving display, or plain lines in a log."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import TaskID


class Progress(Protocol):
    """Hooks that a build calls, some of them from several threads."""

    def step(self, text: str) -> None:
        """A step of the build that is not a notebook begins."""

    def planned(self, sections: Sequence[str]) -> None:
        """It is known which notebooks will be executed."""

    def started(self, section: str) -> None:
        """A notebook begins."""

    def cell(self, section: str, index: int, total: int, label: str) -> None:
        """A cell of it begins."""

    def ended(self, section: str, seconds: float, *, failed: bool) -> None:
        """The notebook has ended."""


class Silent:
    """Tells nothing."""

    def step(self, text: str) -> None:
        """Nothing."""

    def planned(self, sections: Sequence[str]) -> None:
        """Nothing."""

    def started(self, section: str) -> None:
        """Nothing."""

    def cell(self, section: str, index: int, total: int, label: str) -> None:
        """Nothing."""

    def ended(self, section: str, seconds: float, *, failed: bool) -> None:
        """Nothing."""


class Lines(Silent):
    """A line for each step and each notebook that has ended, for logs and pipes."""

    def __init__(self, console: Console, title: str) -> None:
        self._console = console
        self._title = title
        self._begun = time.monotonic()

    def step(self, text: str) -> None:
        """One line."""
        self._say(text)

    def ended(self, section: str, seconds: float, *, failed: bool) -> None:
        """One line."""
        self._say(f"{section} {'failed' if failed else 'done'} in {seconds:.1f} s")

    def _say(self, text: str) -> None:
        elapsed = time.monotonic() - self._begun
        self._console.print(
            f"{self._title}  {elapsed:5.1f} s  {text}",
            highlight=False,
            markup=False,
            soft_wrap=True,
        )


class Live(Silent):
    """A bar for each notebook, with the cell that it is at and the time since it began."""

    def __init__(self, console: Console, title: str) -> None:
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            SpinnerColumn,
            TextColumn,
            TimeElapsedColumn,
        )
        from rich.progress import Progress as Bars

        self.bars = Bars(
            SpinnerColumn(finished_text="·"),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=20),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[cell]}", markup=False),
            console=console,
        )
        self._ids: dict[str, TaskID] = {}
        self._whole = self.bars.add_task(title, total=None, cell="")

    def step(self, text: str) -> None:
        """Shown beside the report's name."""
        self.bars.update(self._whole, cell=text)

    def planned(self, sections: Sequence[str]) -> None:
        """A bar for each notebook, and the report's own counts them."""
        self.bars.update(self._whole, total=len(sections))
        for section in sections:
            self._ids[section] = self.bars.add_task(f"  {section}", start=False, cell="waiting")

    def started(self, section: str) -> None:
        """Sets its clock going."""
        self.bars.start_task(self._ids[section])
        self.bars.update(self._ids[section], cell="starting")

    def cell(self, section: str, index: int, total: int, label: str) -> None:
        """Moves the notebook's bar."""
        self.bars.update(self._ids[section], completed=index, total=total, cell=label)

    def ended(self, section: str, seconds: float, *, failed: bool) -> None:  # noqa: ARG002
        """Fills or stops the notebook's bar."""
        task = self._ids[section]
        if failed:
            self.bars.stop_task(task)
            self.bars.update(task, cell="failed")
        else:
            total = self.bars.tasks[self.bars.task_ids.index(task)].total
            self.bars.update(task, completed=total, cell="done")
            self.bars.advance(self._whole)


@contextlib.contextmanager
def shown(console: Console, title: str) -> Iterator[Progress]:
    """A display that suits ``console``, for the length of one build."""
    if not console.is_terminal:
        yield Lines(console, title)
        return
    live = Live(console, title)
    with live.bars:
        yield live
