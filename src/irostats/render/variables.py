"""`{{< var a.b >}}`: looking printed text up by its dotted name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from irostats.errors import RenderError, nearest


def flatten(variables: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every leaf of a nested mapping as (dotted name, printed text)."""
    for key, value in variables.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            yield from flatten(value, f"{name}.")
        else:
            yield name, "" if value is None else str(value)


def lookup(known: Mapping[str, str], name: str, where: str) -> str:
    """The text of one variable.

    A value of several paragraphs becomes one with line breaks, as Quarto's `var` does it.

    Args:
        known: Dotted name to text, see `flatten`.
        name: The name that was written.
        where: The file and line that wrote it, for the error.

    Raises:
        RenderError: There is no such variable; the nearest one is named.
    """
    if name not in known:
        raise RenderError(
            f"{where}: there is no figure or word called '{name}'.{nearest(name, known)}",
            next_step="Correct the name in that file, then build again.",
        )
    paragraphs = [part.strip() for part in known[name].strip().split("\n\n")]
    return "\\\n".join(part for part in paragraphs if part)
