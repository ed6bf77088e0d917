"""Writing an authority's folders: CSV, TOML and Markdown, the same bytes every time."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from irostats.synthetic import absences, care_leavers, narrative, outcomes, returns, service
from irostats.synthetic.blemishes import plant
from irostats.synthetic.history import simulate

if TYPE_CHECKING:
    from collections import Counter
    from pathlib import Path

    from irostats.synthetic.history import History
    from irostats.synthetic.model import Child
    from irostats.synthetic.plan import Plan

Tables = dict[str, returns.Rows]
# Typed by hand beside what is made: publications, and what the committee's papers need.
NOT_MADE = frozenset({"published.csv", "committee.toml"})
YEAR_MARK = "# Made-up data calibrated to published totals; not a publication of the council.\n"


class Made:
    """Everything made for one authority: tables by year, and the blemishes planted."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.returns: dict[str, Tables] = {}
        self.service: dict[str, Tables] = {}
        self.planted: dict[str, Counter[str]] = {}

    def add(self, history: History) -> None:
        """Add the tables of one block of years."""
        years = history.block.years
        seed = f"{self.plan.slug}/{years[0]}"
        pool = care_leavers.care_leavers(self.plan, years, seed)
        leavers = care_leavers.oc3(self.plan, pool, years, seed)
        for label in years:
            there = care_leavers.leavers_in(pool, label)
            self.returns[label] = _return(self.plan, history, label, there)
            self.returns[label]["oc3"] = leavers[label]
        self.service |= service.tables(self.plan, history)
        self.planted |= plant(self.plan, years, history.children, self.returns)


def make(plan: Plan) -> Made:
    """Simulate an authority's blocks of years and lay out their tables."""
    made = Made(plan)
    for number, block in enumerate(plan.blocks):
        made.add(simulate(plan, block, 1 + 20000 * number))
    return made


def _return(plan: Plan, history: History, label: str, leavers: list[Child]) -> Tables:
    seed = f"{plan.slug}/{history.block.years[0]}"
    present = returns.in_return(history.children, label)
    tables = {
        "header": returns.header([*present, *leavers], label),
        "episodes": returns.episodes(present, label),
        "reviews": returns.reviews(present, label),
        "uasc": returns.uasc(present, label),
        "oc2": outcomes.oc2(plan, present, label, seed),
        "ad1": returns.adopted(present, label),
        "placed_for_adoption": returns.placed_for_adoption(present, label),
        "previous_permanence": returns.previous_permanence(present, label),
        "missing": absences.missing(plan, present, label, seed),
    }
    # Not yet collected means no table: an empty one would say that nobody was missing.
    return {
        name: rows
        for name, rows in tables.items()
        if label >= returns.FIRST_COLLECTED.get(name, "")
    }


def write(made: Made, folder: Path) -> None:
    """Write an authority's folder; tables that are no longer made are removed."""
    plan = made.plan
    home = folder / plan.slug
    _clear(home)
    _put(home / "authority.toml", YEAR_MARK + _toml(plan.authority))
    if plan.population:
        columns = "year,population,source"
        rows = [{key: str(value) for key, value in row.items()} for row in plan.population]
        _put(home / "population.csv", _csv(rows, columns))
    for label, tables in made.returns.items():
        year = home / label
        _put(year / "year.toml", YEAR_MARK + 'synthetic = true\nstatus = "final"\n')
        for name, rows in tables.items():
            _put(year / "ssda903" / f"{name}.csv", _csv(rows, returns.COLUMNS[name]))
        for name, rows in made.service[label].items():
            _put(year / "service" / f"{name}.csv", _csv(rows, service.COLUMNS[name]))
        if label == plan.seed_year:
            for name, text in narrative.texts(plan).items():
                _put(year / "narrative" / f"{name}.md", text)


def _clear(home: Path) -> None:
    """Remove what was made before, and nothing that was typed by hand."""
    for path in sorted(home.rglob("*"), reverse=True):
        made = path.suffix in {".csv", ".toml", ".md"} and path.name not in NOT_MADE
        if path.is_file() and made:
            path.unlink()


def _csv(rows: returns.Rows, columns: str) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns.split(","), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _toml(tables: dict[str, dict[str, Any]]) -> str:
    lines = []
    for name, table in tables.items():
        lines += [f"[{name}]", *(f"{key} = {json.dumps(value)}" for key, value in table.items())]
        lines.append("")
    return "\n".join(lines)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
