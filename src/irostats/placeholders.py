"""Places that a template leaves to be filled in, which no report may be made with."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from irostats.errors import SettingsError

FILL_IN = "FILL IN"
"""How a text begins that somebody has yet to replace."""


def refuse(content: Mapping[str, Any], path: Path) -> None:
    """Stop at settings that still hold a template's words, all of them at once.

    Args:
        content: Tables of a TOML file.
        path: The file.

    Raises:
        SettingsError: Some do.
    """
    left = [
        f"[{section}] {name}"
        for section, table in content.items()
        if isinstance(table, Mapping)
        for name, value in table.items()
        if isinstance(value, str) and value.startswith(FILL_IN)
    ]
    if left:
        raise SettingsError(
            f"{path} is not filled in yet: {', '.join(left)}.",
            next_step=f"Put your own words in place of those that begin with '{FILL_IN}'.",
        )
