"""Making the folder of an authority's year, without touching what is there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from irostats import parameters
from irostats.calendar import ReportingYear
from irostats.errors import InputError
from irostats.service import TABLES
from irostats.templates import texts

SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Started:
    """What ``start`` did.

    Attributes:
        folder: The authority's.
        made: Files that it made, relative to the data folder.
        kept: Files that were there, and stay as they are; where a table is kept in another form,
            that file.
        unknown: A remark if the authority's name and codes are not known, with the nearest.
    """

    folder: Path
    made: tuple[Path, ...]
    kept: tuple[Path, ...]
    unknown: str = ""


def start(authority: str, year: str, data: Path) -> Started:
    """Make templates of everything that an analyst can give; a second time changes nothing.

    Args:
        authority: Name of its folder: small letters, digits and hyphens.
        year: Such as ``2021-22``.
        data: Folder of the authorities; made if it is not there.

    Raises:
        CommandError: Authority or year is malformed.
        InputError: A folder or file cannot be made.
    """
    parameters.check_slug(authority, parameters.authorities(data))
    folder = data / authority
    home = folder / str(ReportingYear.parse(year))
    known = texts.known(authority)
    made, kept = [], []
    for path, text in {
        **{folder / name: text for name, text in texts.of_authority(known).items()},
        **{home / name: text for name, text in texts.of_year().items()},
    }.items():
        there = _there(path)
        if there is None and _write(path, text):
            made.append(path.relative_to(data))
        else:
            kept.append((there or path).relative_to(data))
    return Started(folder, tuple(made), tuple(kept), "" if known else texts.unknown(authority))


def _there(path: Path) -> Path | None:
    """The file that stands in the way: the same, or one of the same service table."""
    if path.exists() or path.is_symlink():
        return path
    if path.parent.name != SERVICE or path.stem not in TABLES or not path.parent.is_dir():
        return None
    same = (other for other in sorted(path.parent.iterdir()) if other.stem.lower() == path.stem)
    return next(same, None)


def _write(path: Path, text: str) -> bool:
    """Write a file that is not there; false if it is after all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        if path.is_file():
            return False
        raise _cannot(path, "a file of that name is where a folder should be") from None
    except OSError as error:
        raise _cannot(path, error.strerror or "no reason is given") from None
    return True


def _cannot(path: Path, why: str) -> InputError:
    return InputError(
        f"{path} cannot be made: {why}.",
        next_step="Choose a folder that you may write to, with --data.",
    )
