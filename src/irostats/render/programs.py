"""Running Pandoc and Quarto: a time limit, a message instead of a trace, nothing left behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from irostats.errors import RenderError

_LAST_LINES = 12


def run(
    command: Sequence[str | Path],
    *,
    name: str,
    cwd: Path | None = None,
    timeout: float,
    env: Mapping[str, str] | None = None,
    stdin: str | None = None,
) -> str:
    """Run a program and give back what it printed.

    The program gets a process group of its own, and all of it is ended when the time is up:
    Quarto starts others.

    Args:
        command: The program and its arguments; no shell is involved.
        name: What to call it in an error.
        cwd: Folder to run it in.
        timeout: Seconds that it may take.
        env: Environment variables beside those that are set.
        stdin: Text to hand it.

    Raises:
        RenderError: It cannot be started, took too long, or reported a failure.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 - a list of arguments, no shell
            [str(part) for part in command],
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            start_new_session=sys.platform != "win32",
        )
    except OSError as error:
        raise RenderError(f"{name} could not be started: {error}.") from error
    with process:
        try:
            printed, said = process.communicate(stdin, timeout=timeout)
        except subprocess.TimeoutExpired:
            _end(process)
            raise RenderError(
                f"{name} did not finish within {timeout:g} seconds and was stopped.",
                next_step="Build again with a longer time limit, or with `--renderer builtin`.",
            ) from None
        except BaseException:
            _end(process)
            raise
    if process.returncode != 0:
        raise RenderError(
            f"{name} failed (exit code {process.returncode}):\n{_tail(said or printed)}"
        )
    return printed


def _end(process: subprocess.Popen[str]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _tail(text: str) -> str:
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    return "\n".join(lines[-_LAST_LINES:]) or "it said nothing."
