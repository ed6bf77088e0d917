"""The text of each template, from the schemas and settings that it is to be read by."""

from __future__ import annotations

import csv
import io
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from irostats import handbook
from irostats.errors import nearest
from irostats.placeholders import FILL_IN
from irostats.service import TABLES, Column, Kind
from irostats.service.cells import GUIDE
from irostats.ssda903.authorities import authority_key
from irostats.ssda903.codes import authorities

if TYPE_CHECKING:
    from irostats.ssda903.codes import Authority


UNKNOWN = {
    "name": f"{FILL_IN}: as in the report's title, such as York",
    "code": f"{FILL_IN}: DfE's three digits, such as 816",
}


def known(slug: str) -> Authority | None:
    """The authority whose name a folder's name is; of two, the one that came later."""
    key = authority_key(slug.replace("-", " "))
    found = [entry for entry in authorities() if key in map(authority_key, entry.names)]
    return found[-1] if found else None


def unknown(slug: str) -> str:
    """That there is no such authority, with the nearest that there is."""
    names = [authority_key(entry.names[0]).replace(" ", "-") for entry in authorities()]
    return f"irostats knows no authority called '{slug}'.{nearest(slug, names)}"


def of_authority(found: Authority | None) -> dict[str, str]:
    """Files of an authority's folder by path.

    Args:
        found: The authority, if its codes are known.
    """
    ons = f'ons_code = "{found.ons[-1]}"' if found else '# ons_code = "E00000000"'
    return {
        "authority.toml": _text("authority.toml").format(
            name=found.names[0] if found else UNKNOWN["name"],
            code=found.code if found else UNKNOWN["code"],
            ons=ons,
            fill_in=FILL_IN,
        ),
        "committee.toml": _text("committee.toml"),
        "population.csv": "year,population,source\n",
    }


def of_year() -> dict[str, str]:
    """Files of a year's folder by path."""
    return {
        "year.toml": _text("year.toml"),
        "ssda903/README.txt": _text("ssda903.txt"),
        **{f"service/{name}.csv": service(name) for name in TABLES},
        **{f"narrative/{section}.md": narrative(section) for section in prompts()},
    }


def service(name: str) -> str:
    """A service table's headings, and below them what to write in each column."""
    columns = TABLES[name].columns
    guides = [_guide(column) for column in columns.values()]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [list(columns), [GUIDE + guides[0], *guides[1:]]]
    )
    return text.getvalue()


def _guide(column: Column) -> str:
    form = " Written as 31/03/2021." if column.kind is Kind.DATE else ""
    return f"{column.guide}{form}{' Needed in every row.' if column.needed else ''}"


def narrative(section: str) -> str:
    """A section's stub: nothing that is printed, and a hint for whoever writes."""
    asked = [item.text for item in handbook.items() if item.narrative == section]
    lines = [
        prompts()[section].strip(),
        *(f"The Handbook asks for this here: {text}." for text in asked),
        "Name figures instead of typing them, as in {{< var reviews.held >}}. Name no one.",
        "What stands between these marks is not printed; write below them.",
    ]
    return "<!--\n" + "\n".join(lines) + "\n-->\n"


@cache
def prompts() -> dict[str, str]:
    """What to write about, by section."""
    found = tomllib.loads(_text("prompts.toml"))
    return {section: str(text) for section, text in found.items()}


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
