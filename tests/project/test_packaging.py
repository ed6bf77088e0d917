"""What describes the environment says the same in each of its three places."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
_REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)\s*(.*)$")


def pyproject() -> dict[str, Any]:
    """The [project] table."""
    content = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    table: dict[str, Any] = content["project"]
    return table


def canonical(name: str) -> str:
    """A package's name as the index compares names."""
    return re.sub(r"[-_.]+", "-", name).lower()


def requirements(lines: list[str]) -> dict[str, str]:
    """Version bounds by canonical name."""
    found = [_REQUIREMENT.match(line) for line in lines]
    return {canonical(match[1]): match[2].replace(" ", "") for match in found if match}


def wanted() -> dict[str, str]:
    """What pyproject.toml asks for, to run and to develop."""
    project = pyproject()
    return requirements(project["dependencies"] + project["optional-dependencies"]["dev"])


def environment() -> dict[str, str]:
    """What environment.yml asks for, from conda-forge and by pip."""
    content = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    lines: list[str] = []
    for entry in content["dependencies"]:
        lines += entry["pip"] if isinstance(entry, dict) else [entry]
    return requirements([line for line in lines if not line.startswith("-")])


def test_environment_yml_asks_for_what_pyproject_asks_for() -> None:
    """Conda users get the same packages with the same bounds, and Quarto and Python."""
    asked = environment()
    beside = {name: asked.pop(name) for name in ("python", "pip", "quarto")}
    assert asked == wanted()
    assert beside["python"] == pyproject()["requires-python"]
    assert beside["quarto"] == ">=1.4"


def test_environment_yml_installs_irostats_from_conda_forge_alone() -> None:
    """One channel, and the project itself at the end."""
    content = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert content["channels"] == ["conda-forge"]
    assert content["dependencies"][-1]["pip"][-1] == "--editable ."


def test_the_lock_pins_everything_that_pyproject_asks_for() -> None:
    """Each requirement has one exact version with hashes, within its bound."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", text, re.MULTILINE):
        pinned.setdefault(canonical(name), []).append(version)
    for name, bound in wanted().items():
        assert name in pinned, f"{name} is not in requirements.lock: make lock"
        for version in pinned[name]:
            assert numbers(version) >= numbers(bound.removeprefix(">=")), name
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)


def numbers(version: str) -> tuple[int, ...]:
    """The leading numbers of a version, to compare."""
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def imported(folder: Path) -> set[str]:
    """Top-level names of everything that the modules below a folder import."""
    names: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    return names - set(sys.stdlib_module_names) - {"irostats", "__future__"}


def test_everything_that_the_package_imports_is_a_dependency() -> None:
    """A package that comes only with another one can go away with it."""
    project = requirements(pyproject()["dependencies"])
    distributions = packages_distributions()
    for name in imported(ROOT / "src"):
        owners = {canonical(owner) for owner in distributions.get(name, [name])}
        assert owners & set(project), f"{name} is imported; pyproject.toml does not name it"
