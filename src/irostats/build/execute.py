"""Execute notebooks in worker processes, a few at a time, each within its time limit."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from irostats.build import kernel, masking
from irostats.build.plan import Limits, Task
from irostats.build.progress import Progress
from irostats.build.worker import end_tree
from irostats.errors import NotebookError


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a notebook did not run to its end.

    Args:
        task: The notebook.
        cell: Label of the cell that was running; empty if none was.
        cause: Last line of the exception, without row data.
        log: The traceback, without row data.
    """

    task: Task
    cell: str
    cause: str
    log: str

    def __str__(self) -> str:
        cell = f", cell {self.cell}" if self.cell else ""
        return f"notebooks/{self.task.source.name}{cell}: {' '.join(self.cause.splitlines())}"


class Execution:
    """Notebooks being executed in the background, from its construction on.

    Args:
        tasks: The notebooks.
        jobs: How many processes at a time.
        limits: Time limits.
        progress: Told of every cell.
        scratch: Folder for the workers' own messages.
        environment: Variables for the workers beside this process's own.
    """

    def __init__(
        self,
        tasks: Sequence[Task],
        *,
        jobs: int,
        limits: Limits,
        progress: Progress,
        scratch: Path,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._environment = dict(environment or {})
        self._limits = limits
        self._progress = progress
        self._scratch = scratch
        self._waiting: queue.SimpleQueue[Task] = queue.SimpleQueue()
        for task in tasks:
            self._waiting.put(task)
        self._workers: set[_Worker] = set()
        self._stopped = threading.Event()
        count = max(1, min(jobs, len(tasks)))
        self._pool = ThreadPoolExecutor(count, thread_name_prefix="irostats-build")
        self._lanes: list[Future[list[Failure]]] = [
            self._pool.submit(self._lane, number) for number in range(count)
        ]

    def failures(self) -> tuple[Failure, ...]:
        """Wait for the end; every notebook has run or is among the failures."""
        pending = True
        while pending:  # with a timeout, or Ctrl-C is not heard on Windows
            pending = bool(wait(self._lanes, timeout=0.2, return_when=FIRST_EXCEPTION).not_done)
        return tuple(failure for lane in self._lanes for failure in lane.result())

    def stop(self) -> None:
        """End every process that still runs."""
        self._stopped.set()
        for worker in tuple(self._workers):
            worker.end()
        self._pool.shutdown()

    def _lane(self, number: int) -> list[Failure]:
        failures: list[Failure] = []
        worker: _Worker | None = None
        try:
            for task in self._tasks():
                if worker is None or worker.ended:
                    worker = _Worker(self._scratch / f"worker-{number}.txt", self._environment)
                    self._workers.add(worker)
                if self._stopped.is_set():  # while the worker was being started
                    break
                failure = self._one(worker, task)
                failures += [failure] if failure else []
        finally:
            if worker is not None:
                worker.end()
        return failures

    def _tasks(self) -> Iterator[Task]:
        with contextlib.suppress(queue.Empty):
            while not self._stopped.is_set():
                yield self._waiting.get_nowait()

    def _one(self, worker: _Worker, task: Task) -> Failure | None:
        self._progress.started(task.section)
        begun = time.monotonic()
        failure = worker.run(task, self._limits, self._progress)
        self._progress.ended(task.section, time.monotonic() - begun, failed=failure is not None)
        return failure


class _Worker:
    """One worker process; see ``irostats.build.worker``."""

    def __init__(self, messages: Path, environment: Mapping[str, str]) -> None:
        self._messages = messages
        self._home = kernel.make_home()
        with messages.open("ab") as stderr:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, our own folder
                [sys.executable, "-m", "irostats.build.worker", str(self._home)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
                encoding="utf-8",
                env={**os.environ, **environment},
                # Ctrl-C is for the build, which then ends its workers in order.
                start_new_session=sys.platform != "win32",
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )

    @property
    def ended(self) -> bool:
        """Whether the process is gone."""
        return self._process.poll() is not None

    def end(self) -> None:
        """End the process and its kernel."""
        if not self.ended:
            end_tree(self._process.pid)
            self._process.kill()
        self._process.wait()
        kernel.remove_home(self._home)
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()

    def run(self, task: Task, limits: Limits, progress: Progress) -> Failure | None:
        """Execute one notebook; returns why it failed, or nothing."""
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            end_tree(self._process.pid)
            self._process.kill()

        timer = threading.Timer(limits.notebook, expire)
        timer.daemon = True
        timer.start()
        cell = ""
        try:
            for event in self._events(task, limits):
                if event["event"] == "done":
                    return None
                if event["event"] == "failed":
                    return Failure(task, event["cell"], event["cause"], event["log"])
                cell = event["label"]
                progress.cell(task.section, event["index"], event["total"], cell)
        finally:
            timer.cancel()
            timer.join()
            if expired.is_set():
                self._process.wait()
        self._process.wait()
        return Failure(task, cell, self._death(expired.is_set(), limits), self._tail())

    def _events(self, task: Task, limits: Limits) -> Iterator[dict[str, Any]]:
        job = {
            "source": str(task.source),
            "target": str(task.target),
            "parameters": dict(task.parameters),
            "cell_timeout": limits.cell,
        }
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            return
        with contextlib.suppress(OSError, ValueError):  # it was ended; there are no more events
            stdin.write(json.dumps(job) + "\n")
            stdin.flush()
            for line in stdout:
                yield json.loads(line)

    def _death(self, expired: bool, limits: Limits) -> str:
        if expired:
            return f"the notebook took longer than {limits.notebook} seconds and was ended"
        return f"the process that ran it ended by itself (code {self._process.returncode})"

    def _tail(self) -> str:
        text = self._messages.read_text(encoding="utf-8", errors="replace")
        return masking.frames(text.splitlines()[-40:])


def error(title: str, failures: Sequence[Failure]) -> NotebookError:
    """One error for all failures of a run, each with its log written."""
    for failure in failures:
        failure.task.log.parent.mkdir(parents=True, exist_ok=True)
        failure.task.log.write_text(f"{failure}\n\n{failure.log}", encoding="utf-8")
    logs = failures[0].task.log.parent
    lines = "\n".join(f"  {failure}" for failure in failures)
    many = f"{len(failures)} notebooks" if len(failures) > 1 else "a notebook"
    return NotebookError(
        f"{title}: {many} did not run to the end.\n{lines}",
        next_step=f"The tracebacks are in {logs}. A report made earlier is untouched.",
    )
