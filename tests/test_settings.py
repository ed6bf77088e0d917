"""authority.toml, year.toml and population.csv: nothing misspelt falls back to a default."""

from __future__ import annotations

from pathlib import Path

import pytest

from irostats.calendar import ReportingYear
from irostats.errors import SettingsError
from irostats.settings import read_authority, read_population, read_year

GOOD = '[authority]\nname = "York"\ncouncil = "City of York Council"\ncode = "816"\n'


def written(folder: Path, text: str, name: str = "authority.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_defaults_are_the_regulations(tmp_path: Path) -> None:
    """Without rules the authority counts as the 2010 Regulations say."""
    authority = read_authority(written(tmp_path, GOOD))
    assert authority.rules.first_review == "20_working_days"
    assert authority.rules.interval == "calendar_months"
    assert authority.protection.suppression == "primary_secondary"
    assert authority.protection.threshold == 5


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[rules]\nfirst_reveiw = '28_calendar_days'", "Did you mean 'first_review'"),
        ("[rules]\nfirst_review = '20_working_day'", "Did you mean '20_working_days'"),
        ("[protection]\nsuppression = 'off'", "not a known choice"),
        ("[protection]\nthreshold = 0", "must be 1 or more"),
        ("[protection]\nthreshold = true", "must be a whole number"),
        ("[protecton]\nthreshold = 5", "Did you mean 'protection'"),
        ("[rules]\nextra_holidays = ['8 May']", "list of dates"),
        ("[rules]\nmerge_window_working_days = -1", "cannot be negative"),
        ("[words]\nchildren = 3", "must be text"),
        ("[words\n", "cannot be read as TOML"),
    ],
)
def test_a_setting_that_is_not_understood_is_an_error(
    tmp_path: Path, text: str, message: str
) -> None:
    """An unknown key or value stops, and names the nearest known one."""
    with pytest.raises(SettingsError, match=message):
        read_authority(written(tmp_path, GOOD + text))


def test_names_and_code_are_needed(tmp_path: Path) -> None:
    """An authority without its code cannot be told from others in a stacked file."""
    with pytest.raises(SettingsError, match="lacks code"):
        read_authority(written(tmp_path, '[authority]\nname = "York"\ncouncil = "CYC"\n'))
    with pytest.raises(SettingsError, match="three digits"):
        read_authority(written(tmp_path, GOOD.replace("816", "8l6")))


def test_a_year_without_settings_is_real_and_provisional(tmp_path: Path) -> None:
    """Nothing is synthetic, or final, unless it says so."""
    year = read_year(tmp_path / "year.toml")
    assert (year.synthetic, year.status) == (False, "provisional")


def test_population_has_to_be_a_number(tmp_path: Path) -> None:
    """A population that cannot be read stops, with its line."""
    path = written(
        tmp_path, "year,population,source\n2020-21,53101,DfE\n2021-22,many,DfE\n", "p.csv"
    )
    with pytest.raises(SettingsError, match="line 3"):
        read_population(path)
    path = written(tmp_path, 'year,population,source\n2020-21,"53,101",DfE\n', "p.csv")
    assert read_population(path) == {ReportingYear(2021): (53101.0, "DfE")}
