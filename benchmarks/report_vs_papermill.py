"""One report by ``irostats build`` against the papermill command on each notebook in turn.

Both make the same executed notebooks of the same report from the same inputs; ``irostats
build`` renders HTML besides. What counts is the ratio within one run of this script: the two
take turns, so that a machine that grows slower or faster does so for both.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from irostats.build.plan import sections
from irostats.parameters import project_root

BIN = Path(sys.executable).parent


def by_papermill(root: Path, authority: str, year: str, folder: Path) -> None:
    """Run the papermill command on every notebook, one after another."""
    for section in sections(root):
        source, target = root / "notebooks" / f"{section}.ipynb", folder / f"{section}.ipynb"
        command = [BIN / "papermill", source, target, "-p", "authority", authority]
        _run([*map(str, command), "-r", "year", year, "--no-progress-bar"], root)


def by_irostats(root: Path, authority: str, year: str, folder: Path) -> None:
    """Run ``irostats build`` once, with HTML."""
    command = [str(BIN / "irostats"), "build", authority, year, "--to", "html"]
    _run([*command, "--output", str(folder / "output")], root)


def _run(command: list[str], root: Path) -> None:
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")


def _seconds(way: Callable[..., None], root: Path, authority: str, year: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        way(root, authority, year, Path(folder))
        return time.perf_counter() - begun


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("authority", nargs="?", default="peterborough")
    parser.add_argument("year", nargs="?", default="2020-21")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="print numbers for a program")
    wanted = parser.parse_args()
    root = project_root()
    times: dict[str, list[float]] = {"papermill": [], "irostats": []}
    for number in range(wanted.repeat + 1):
        for name, way in (("papermill", by_papermill), ("irostats", by_irostats)):
            taken = _seconds(way, root, wanted.authority, wanted.year)
            if number:  # the first round fills the disk's and Python's caches
                times[name].append(taken)
    ratio = statistics.median(times["papermill"]) / statistics.median(times["irostats"])
    if wanted.json:
        print(json.dumps({"seconds": times, "ratio": ratio}))
        return
    print(f"{wanted.authority} {wanted.year}: {len(sections(root))} notebooks")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores")
    print(f"{wanted.repeat} repetitions, after one that is not counted")
    for name, seconds in times.items():
        print(f"{name:10} min {min(seconds):6.2f} s   median {statistics.median(seconds):6.2f} s")
    print(f"irostats build takes 1/{ratio:.2f} of the time")


if __name__ == "__main__":
    main()
