"""The report's source, expanded once to plain Pandoc Markdown for the built-in renderer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from irostats.errors import RenderError, nearest
from irostats.render.constructs import SHORTCODE
from irostats.render.notebooks import Embedded, embedded
from irostats.render.variables import flatten, lookup


@dataclass
class Source:
    """A report being expanded: what it may use, and what it used.

    Args:
        folder: The staged copy of the report.
        figures: Where pictures go.
        known: Dotted variable name to text.
    """

    folder: Path
    figures: Path
    known: dict[str, str]
    used: dict[str, Embedded] = field(default_factory=dict)
    _notebooks: dict[str, dict[str, Embedded]] = field(default_factory=dict)

    def embed(self, address: str, where: str) -> Embedded:
        """The output that `notebooks/reviews.ipynb#tbl-reviews-held` names."""
        path, _, label = address.partition("#")
        if path not in self._notebooks:
            self._notebooks[path] = embedded(self.folder / path)
        cells = self._notebooks[path]
        if label not in cells:
            raise RenderError(
                f"{where}: {path} has no cell labelled '{label}'.{nearest(label, cells)}",
                next_step="Correct the label, or run the notebook to its end.",
            )
        if label in self.used:
            raise RenderError(f"{where}: '{label}' is embedded twice.")
        self.used[label] = cells[label]
        return cells[label]


def expand(
    folder: Path, figures: Path, name: str = "report.qmd"
) -> tuple[dict[str, Any], str, dict[str, Embedded]]:
    """Expand a document of a staged folder.

    Args:
        folder: The staged copy of the report.
        figures: A folder inside it for the pictures of charts.
        name: The document's source.

    Returns:
        The front matter, the body as Pandoc Markdown, and the embedded outputs by label.

    Raises:
        RenderError: A variable, file, label or shortcode is unknown; it is named with its file and
            line.
    """
    given = yaml.safe_load((folder / "_variables.yml").read_text(encoding="utf-8")) or {}
    source = Source(folder, figures, dict(flatten(given)))
    meta, body = split_front_matter((folder / name).read_text(encoding="utf-8"))
    figures.mkdir(parents=True, exist_ok=True)
    meta = {
        key: _inline(value, source, f"{name}, front matter") if isinstance(value, str) else value
        for key, value in meta.items()
    }
    return meta, "\n".join(_lines(source, name, body)), source.used


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The YAML between the two `---` lines, and the rest, whose lines keep their numbers."""
    lines = text.split("\n")
    if lines[0].strip() != "---" or "---" not in (line.strip() for line in lines[1:]):
        return {}, text
    end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == "---")
    meta = yaml.safe_load("\n".join(lines[1:end])) or {}
    return meta, "\n" * (end + 1) + "\n".join(lines[end + 1 :])


def _lines(source: Source, name: str, text: str, depth: int = 0) -> Iterator[str]:
    for number, line in enumerate(text.split("\n"), 1):
        where = f"{name}, line {number}"
        alone = SHORTCODE.fullmatch(line.strip())
        if alone and alone["name"] == "include":
            yield from _included(source, alone["argument"], where, depth)
        elif alone and alone["name"] == "embed":
            yield from _block(source.embed(alone["argument"], where), source)
        elif alone and alone["name"] == "pagebreak":
            yield "\n::: {.pagebreak}\n:::\n"
        else:
            yield _inline(line, source, where)


def _included(source: Source, path: str, where: str, depth: int) -> Iterator[str]:
    if depth > 3:
        raise RenderError(f"{where}: files include each other without end.")
    try:
        text = (source.folder / path).read_text(encoding="utf-8")
    except OSError:
        raise RenderError(f"{where}: {path} is not there.") from None
    yield from _lines(source, path, f"\n{text}\n", depth + 1)


def _inline(line: str, source: Source, where: str) -> str:
    parts, position = [], 0
    for found in SHORTCODE.finditer(line):
        if found["name"] != "var":
            raise RenderError(
                f"{where}: '{found[0]}' is not something this report can hold here.",
                next_step="`embed`, `include` and `pagebreak` stand on a line of their own.",
            )
        parts += [line[position : found.start()], lookup(source.known, found["argument"], where)]
        position = found.end()
    return "".join(parts) + line[position:]


def _block(item: Embedded, source: Source) -> Iterator[str]:
    yield ""
    if item.kind == "table":
        yield f"{item.markdown}\n\n: {item.caption} {{#{item.label}}}"
    elif item.kind == "chart":
        path = source.figures / f"{item.label}.png"
        path.write_bytes(item.png)
        alt = item.alt.replace("\\", "\\\\").replace('"', '\\"')
        relative = path.relative_to(source.folder).as_posix()
        yield f'![{item.caption}]({relative}){{#{item.label} alt="{alt}"}}'
    else:
        yield item.markdown
    if item.note and item.kind != "sentence":
        yield f"\n::: {{.note}}\n{item.note}\n:::"
    yield ""


def check_variables(known: Mapping[str, str], text: str, name: str) -> None:
    """Check what somebody wrote: it may hold variables and page breaks, and nothing to embed.

    Raises:
        RenderError: A variable is unknown, or something is embedded or included.
    """
    source = Source(Path(), Path(), dict(known))
    for number, line in enumerate(text.split("\n"), 1):
        alone = SHORTCODE.fullmatch(line.strip())
        if not (alone and alone["name"] == "pagebreak"):
            _inline(line, source, f"{name}, line {number}")
