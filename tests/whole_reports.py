"""Whole reports, built as a user builds them, each once for all workers of a test run."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from irostats.build import files
from irostats.errors import IrostatsError

PROJECT = Path(__file__).resolve().parents[1]
TEST_ALL = os.environ.get("IROSTATS_TEST_ALL") == "1"
RENDERER = os.environ.get("IROSTATS_TEST_RENDERER", "builtin")
SEED_YEARS = {
    "central-bedfordshire": "2011-12",
    "bath-and-north-east-somerset": "2018-19",
    "peterborough": "2020-21",
    "york": "2016-17",
    "lancashire": "2018-19",
}
BUILT_AT = "1640995200"


def shipped_reports() -> list[tuple[str, str]]:
    """Authority and year of every shipped report, or in a short run of the seed years."""
    every = [(path.parent.name, path.name) for path in sorted((PROJECT / "data").glob("*/20*"))]
    return every if TEST_ALL else list(SEED_YEARS.items())


class Reports(Mapping[str, Path]):
    """Output folder of each authority's seed year, built when it is first asked for.

    ``executed`` gives the executed notebooks' folder, ``report`` any other year.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def __getitem__(self, slug: str) -> Path:
        return self.report(slug, SEED_YEARS[slug])

    def __iter__(self) -> Iterator[str]:
        return iter(SEED_YEARS)

    def __len__(self) -> int:
        return len(SEED_YEARS)

    def executed(self, slug: str, year: str = "") -> Path:
        """Folder of the executed notebooks behind a report."""
        year = year or SEED_YEARS[slug]
        self.report(slug, year)
        return self.root / "build" / slug / year / "notebooks"

    def report(self, slug: str, year: str, audience: str = "public") -> Path:
        """Output folder of a report; a build that failed fails every test that asks for it.

        An internal report comes to lie beside the public one, whose files stay as they are.
        """
        said = self.root / f"{slug}-{year}-{audience}.txt"
        with _alone(self.root / f"lock-{slug}-{year}"):
            if not said.exists():
                said.write_text(_build(self.root, slug, year, audience), encoding="utf-8")
        text = said.read_text(encoding="utf-8")
        if text.startswith("exit 0"):
            return self.root / "output" / slug / year
        pytest.fail(f"irostats build {slug} {year}: {text}", pytrace=False)


def _build(root: Path, slug: str, year: str, audience: str) -> str:
    command = [sys.executable, "-m", "irostats.cli", "build", slug, year]
    command += ["--audience", audience]
    done = subprocess.run(
        [*command, "--output", str(root / "output"), "--renderer", RENDERER],
        env=os.environ | {"SOURCE_DATE_EPOCH": BUILT_AT},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    return f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other worker holds ``folder``."""
    with contextlib.ExitStack() as held:
        while True:
            with contextlib.suppress(IrostatsError):
                held.enter_context(files.lock(folder, folder.name))
                break
            time.sleep(0.2)
        yield


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Reports:
    """The reports of the seed years, shared by all workers of the run."""
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    folder = root / "reports"
    folder.mkdir(exist_ok=True)
    return Reports(folder)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium; without one the test is skipped, and in CI fails."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
    found = next(filter(None, map(shutil.which, names)), None)
    if found:
        return found
    missing = "no Chromium on this machine: apt-get install chromium, or put Chrome on the PATH"
    if os.environ.get("CI") == "true":
        pytest.fail(missing, pytrace=False)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A Chromium without a window."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield launched
        launched.close()
