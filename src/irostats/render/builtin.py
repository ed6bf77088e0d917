"""The built-in renderer: Pandoc and Typst, from wheels, where there is no Quarto.

A document's source is expanded once (`expand`), parsed once, numbered once (`number`), and written
to HTML, Word and PDF from the one tree. `theme/house.lua` sets what pandoc's writers drop.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import matplotlib as mpl
import typst
import yaml

from irostats.documents import Document
from irostats.errors import RenderError
from irostats.render.constructs import READER
from irostats.render.expand import expand
from irostats.render.numbers import number
from irostats.render.pandoc import pandoc
from irostats.render.pdf import finish_pdf
from irostats.render.reference import unescaped
from irostats.render.staging import THEME


def render_builtin(
    stage: Path,
    document: Document,
    formats: tuple[str, ...],
    *,
    built_at: datetime,
    timeout: float,
    marking: str = "",
) -> dict[str, Path]:
    """Render a document of a staged report.

    Args:
        stage: The staged copy, see `staging.stage`.
        document: Which of its documents.
        formats: Some of `html`, `docx`, `pdf`.
        built_at: The time that Word and PDF files state.
        timeout: Seconds for each run of Pandoc.
        marking: What every page bears.

    Returns:
        The finished files inside the stage, by format.

    Raises:
        RenderError: The source, a notebook or a program does not allow it.
    """
    meta, body, used = expand(stage, stage / "figures" / document.name, document.source)
    # Set here and not in the source, so that no source can do without.
    meta |= {"marking": marking} if marking else {}
    front = yaml.safe_dump(meta, allow_unicode=True, sort_keys=True)
    tree = json.loads(
        pandoc(
            ["-f", READER, "-t", "json"],
            stdin=f"---\n{front}---\n\n{body}",
            cwd=stage,
            timeout=timeout,
        )
    )
    floats = {label for label, item in used.items() if item.kind in ("table", "chart")}
    (stage / f"{document.name}.json").write_text(json.dumps(number(tree, floats)), encoding="utf-8")
    contents, footer = meta.get("toc", True) is True, unescaped(str(meta.get("footer", "")))
    made = {}
    for format_ in formats:
        made[format_] = stage / document.file(format_)
        if format_ == "pdf":
            source = stage / f"{document.name}.typ"
            _write(stage, "typst", source, timeout, built_at)
            compile_pdf(source, made[format_], built_at)
            finish_pdf(made[format_], source.read_text(encoding="utf-8"))
        else:
            _write(
                stage, format_, made[format_], timeout, built_at, contents=contents, footer=footer
            )
    return made


def css_text(text: str) -> str:
    """Text for between the quotation marks of a style sheet, which cannot end them or the sheet."""
    return re.sub(r"[^A-Za-z0-9 .,:;()-]", lambda found: f"\\{ord(found[0]):x} ", text)


def compile_pdf(source: Path, output: Path, built_at: datetime) -> None:
    """Compile a staged document's `.typ` to a tagged PDF/UA-1.

    Only fonts that come with Python packages are used, so that every machine makes the same file.

    Raises:
        RenderError: Typst refuses it, for one because it would not be accessible.
    """
    fonts = Path(mpl.get_data_path()) / "fonts" / "ttf"
    try:
        typst.compile(
            str(source),
            output=str(output),
            root=str(source.parent),
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=int(built_at.timestamp()),
        )
    except (typst.TypstError, RuntimeError) as error:
        raise RenderError(f"The PDF could not be made; Typst says: {error}") from error


def _write(
    stage: Path,
    format_: str,
    output: Path,
    timeout: float,
    built_at: datetime,
    *,
    contents: bool = True,
    footer: str = "",
) -> None:
    options: Mapping[str, list[str]] = {
        "html": [
            "--to=html5",
            f"--template={THEME}/report.html",
            f"--css={THEME}/report.css",
            f"--variable=footer-css:{css_text(footer)}",
            *(["--toc", "--toc-depth=3"] if contents else []),
            "--section-divs",
            "--shift-heading-level-by=1",
            "--embed-resources",
        ],
        "docx": ["--to=docx", f"--reference-doc={THEME}/reference.docx"],
        "typst": ["--to=typst", f"--template={THEME}/report.typ", f"-Vhouse={THEME}/house.typ"],
    }
    common: list[str | Path] = [
        "--from=json",
        "--standalone",
        f"--lua-filter={THEME}/early.lua",
        f"--lua-filter={THEME}/house.lua",
        *options[format_],
        f"--output={output}",
        f"{output.stem}.json",
    ]
    pandoc(common, cwd=stage, timeout=timeout, epoch=int(built_at.timestamp()))
