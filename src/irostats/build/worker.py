"""The process that executes notebooks: ``python -m irostats.build.worker HOME``.

It reads jobs as lines of JSON from standard input and writes events as lines of JSON to
standard output; when the input ends, because the build is done or was killed, it ends its
kernel and itself. Processes, not threads, because papermill changes the working directory.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from irostats.build import executed, kernel, masking
from irostats.errors import NotebookError, nearest

Emit = Callable[..., None]
TYPES = {"str": str, "int": int, "float": float, "bool": bool}


@dataclass
class Job:
    """One notebook, and what became of it so far.

    Args:
        source: The notebook.
        target: Where the executed notebook goes; written only if it ran to its end.
        parameters: Values for its parameters cell; with none, nothing is injected.
        cell_timeout: Seconds that a cell may take.
        number: Counts the worker's jobs.
    """

    source: str
    target: str
    parameters: dict[str, Any]
    cell_timeout: int
    number: int
    cell: str = field(default="", init=False)


def check_parameters(
    declared: Mapping[str, Mapping[str, Any]], given: Mapping[str, Any], name: str
) -> None:
    """Refuse what papermill only warns of, or guesses.

    Args:
        declared: What ``papermill.inspect_notebook`` found.
        given: The values to run with.
        name: The notebook's name, for the message.

    Raises:
        NotebookError: A parameter is not declared, or has another type than declared.
    """
    for key, value in given.items():
        if key not in declared:
            raise NotebookError(
                f"{name} does not declare the parameter '{key}'.{nearest(key, declared)}",
                next_step=f'Its parameters cell needs a line such as: {key}: str = ""',
            )
        wanted = str(declared[key]["inferred_type_name"])
        if type(value) is not TYPES.get(wanted):
            raise NotebookError(
                f"{name} wants the parameter '{key}' as {wanted}, not {type(value).__name__}.",
                next_step=f"Write its type in the parameters cell: {key}: "
                f"{type(value).__name__} = ...",
            )


def run(job: Job, home: Path, emit: Emit) -> None:
    """Execute one notebook and report how it went; raises nothing.

    Args:
        job: The notebook.
        home: The worker's Jupyter folder.
        emit: Called with the name of an event and its values.
    """
    import papermill

    try:
        notebook = _execute(job, home, emit)
    except papermill.PapermillExecutionError as error:
        _failed(emit, job, error.ename, error.evalue, masking.frames(error.traceback))
    except NotebookError as error:
        _failed(emit, job, type(error).__name__, str(error), masking.of(error))
    except TimeoutError as error:
        text = f"took longer than {job.cell_timeout} seconds"
        _failed(emit, job, "NotebookError", text, masking.of(error))
    except Exception as error:  # noqa: BLE001 - whatever it is, the build must hear of it
        _failed(emit, job, type(error).__name__, str(error), masking.of(error))
    else:
        _write(notebook, Path(job.target))
        emit("done")


def _execute(job: Job, home: Path, emit: Emit) -> Any:
    import papermill
    from papermill.iorw import load_notebook_node

    source = Path(job.source)
    check_parameters(papermill.inspect_notebook(job.source), job.parameters, source.name)
    original = load_notebook_node(job.source)

    def started(cell: Any, cell_index: int) -> None:
        job.cell = executed.label(cell, cell_index)
        emit("cell", index=cell_index, total=len(original.cells) + 1, label=job.cell)

    notebook = papermill.execute_notebook(
        job.source,
        None,
        parameters=job.parameters or None,
        kernel_name=kernel.KERNEL,
        language="python",
        progress_bar=False,
        request_save_on_cell_execute=False,
        autosave_cell_every=0,
        cwd=str(source.parent),
        execution_timeout=job.cell_timeout,
        iopub_timeout=30,
        config=kernel.connection(home, job.number),
        extra_arguments=["--InteractiveShell.xmode=Plain"],
        shutdown_kernel="immediate",
        on_cell_start=started,
    )
    return executed.strip(notebook, load_notebook_node(job.source))


def _failed(emit: Emit, job: Job, name: str, message: str, log: str) -> None:
    emit("failed", cell=job.cell, cause=masking.cause(name, message), log=log)


def _write(notebook: Any, target: Path) -> None:
    import nbformat

    writes: Callable[[Any], str] = nbformat.writes
    text = writes(notebook)
    target.write_text(text.rstrip("\n") + "\n", encoding="utf-8", newline="\n")


def _events() -> Emit:
    """Events go where standard output went; whatever else prints goes to standard error."""
    stream = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)

    def emit(event: str, **values: Any) -> None:
        stream.write(json.dumps({"event": event, **values}) + "\n")

    return emit


def _listen(jobs: queue.Queue[dict[str, Any]], home: Path) -> None:
    for line in sys.stdin:
        jobs.put(json.loads(line))
    end_tree(os.getpid())
    kernel.remove_home(home)
    os._exit(0)


def end_tree(pid: int) -> None:
    """Kill the processes that process ``pid`` started, and theirs."""
    import psutil  # type: ignore[import-untyped]

    with contextlib.suppress(psutil.Error):
        for child in psutil.Process(pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                child.kill()


def main() -> None:
    """Execute jobs until the input ends."""
    emit = _events()
    home = Path(sys.argv[1])
    kernel.isolate(os.environ, home)
    # jsonschema imports this package only to check web addresses, which notebooks have none of,
    # and it takes a second: as long as everything else here.
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    jobs: queue.Queue[dict[str, Any]] = queue.Queue()
    threading.Thread(target=_listen, args=(jobs, home), daemon=True).start()
    for number in range(sys.maxsize):
        run(Job(**jobs.get(), number=number), home, emit)


if __name__ == "__main__":
    main()
