"""Which notebooks a report needs."""

from __future__ import annotations

from pathlib import Path

from irostats.build.plan import plan, sections
from irostats.build.run import cores
from small_project import OPEN_CELL, Making, write_notebook


def embed(name: str, label: str) -> str:
    """Quarto's embed shortcode."""
    return f"{{{{< embed notebooks/{name}.ipynb#{label} >}}}}"


def test_sections_come_in_the_order_in_which_the_report_embeds_them(tmp_path: Path) -> None:
    """Each once, however many of its cells are embedded."""
    cells = [embed("reviews", "tbl-a"), embed("profile", "fig-b"), embed("reviews", "tbl-c")]
    (tmp_path / "report.qmd").write_text("\n\n".join(cells), encoding="utf-8")
    assert sections(tmp_path) == ("reviews", "profile")


def test_every_document_has_its_notebooks_run(tmp_path: Path) -> None:
    """The report's first, then those that only another document embeds."""
    cells = {"summary": ("children", "reviews"), "report": ("reviews",), "cover": ("profile",)}
    for name, embedded in cells.items():
        text = "\n\n".join(embed(section, "tbl-a") for section in embedded)
        (tmp_path / f"{name}.qmd").write_text(text, encoding="utf-8")
    assert sections(tmp_path) == ("reviews", "profile", "children")


def test_sections_of_included_files_count_and_absent_ones_do_not_matter(tmp_path: Path) -> None:
    """A narrative that nobody has written is included all the same."""
    text = "{{< include parts/one.qmd >}}\n\n{{< include narrative/none.md >}}"
    (tmp_path / "report.qmd").write_text(text, encoding="utf-8")
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/one.qmd").write_text(embed("service", "tbl-a"), encoding="utf-8")
    assert sections(tmp_path) == ("service",)


def test_a_notebook_that_the_report_does_not_embed_is_not_run(small_project: Making) -> None:
    """A copy that somebody made in JupyterLab costs nothing."""
    parameters = small_project(reviews=(OPEN_CELL,))
    write_notebook(Path("notebooks/reviews-Copy1.ipynb"), "1 / 0")
    tasks = plan(parameters, Path.cwd(), Path("stage"))
    assert [task.section for task in tasks] == ["reviews"]


def test_a_task_has_the_parameters_as_text(small_project: Making) -> None:
    """Papermill's -p knows no lists and no paths."""
    parameters = small_project(reviews=(OPEN_CELL,))
    (task,) = plan(parameters, Path.cwd(), Path("stage"))
    assert task.parameters == {
        "authority": "york",
        "year": "2016-17",
        "audience": "public",
        "data": str(parameters.data),
    }


def test_there_is_at_least_one_core() -> None:
    """Whatever the system lets a process see."""
    assert cores() >= 1
