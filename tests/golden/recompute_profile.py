"""The children: looked after at 31 March, their breakdowns."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from recompute_returns import AuthorityYear, Episode, Period, read_date, rows_of
from recompute_reviews import age_on

ETHNIC_GROUPS = {
    "white": ("WBRI", "WIRI", "WOTH", "WIRT", "WROM"),
    "mixed": ("MWBC", "MWBA", "MWAS", "MOTH"),
    "asian": ("AIND", "APKN", "ABAN", "AOTH", "CHNE"),
    "black": ("BCRB", "BAFR", "BOTH"),
    "other": ("OOTH",),
    "not_known": ("REFU", "NOBT", ""),
}
LEGAL_STATUSES = {
    "full_care_order": ("C2",),
    "interim_care_order": ("C1",),
    "freeing_order": ("D1",),
    "placement_order": ("E1",),
    "section_20": ("V2",),
    "child_protection": ("L1", "L2", "L3"),
    "youth_justice": ("J1", "J2", "J3"),
}
TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
PLACEMENTS = {
    "foster": ("U1", "U2", "U3", "U4", "U5", "U6"),
    "adoption": ("A3", "A4", "A5", "A6"),
    "parents": ("P1",),
    "secure_and_childrens_homes": ("K1", "K2"),
    "independent": ("H5", "K3", "P2"),
    "residential_school": ("S1",),
    "other_residential": ("R1", "R2", "R3", "R5"),
    "other": ("P3", "Z1", *TEMPORARY),
}
# DfE's statistical first releases drew these three lines elsewhere than the later releases do.
PLACEMENTS_BEFORE_2018 = {
    "secure_homes_and_semi_independent": ("K1", "K2", "H5"),
    "other_community": ("P2", "P3"),
    "other": ("Z1", *TEMPORARY),
}
PROVIDERS = {
    "parents": ("PR0",),
    "own": ("PR1",),
    "other_la": ("PR2",),
    "other_public": ("PR3",),
    "private": ("PR4",),
    "voluntary": ("PR5",),
    "not_reported": ("",),
}
SEXES = {"male": ("1", "M"), "female": ("2", "F")}
AGES = {
    "under_1": range(1),
    "1_to_4": range(1, 5),
    "5_to_9": range(5, 10),
    "10_to_15": range(10, 16),
    "16_and_over": range(16, 200),
}


def looked_after(records: AuthorityYear) -> dict[str, Episode]:
    """Each child looked after at 31 March, with the episode that is open then."""
    return {
        episode.child: episode
        for episode in records.episodes
        if episode.covers(records.end) and not episode.is_short_break
    }


def open_periods(records: AuthorityYear) -> dict[str, Period]:
    """Each child looked after at 31 March, with the period of care that runs then."""
    now = looked_after(records)
    return {p.child: p for p in records.periods if now.get(p.child) in p.episodes}


def usual_episodes(records: AuthorityYear) -> list[Episode]:
    """As looked_after, but in a temporary placement (T0-T4) the one that it interrupts."""
    usual: list[Episode] = []
    for period in open_periods(records).values():
        lasting = [e for e in period.episodes if e.code("PLACE") not in TEMPORARY]
        usual.append((lasting or period.episodes)[-1])
    return usual


def looked_after_count(records: AuthorityYear) -> int:
    return len(looked_after(records))


def looked_after_change_percent(records: AuthorityYear) -> Fraction | None:
    before = records.last_year()
    if before is None:
        return None
    change = looked_after_count(records) - looked_after_count(before)
    return Fraction(100 * change, looked_after_count(before))


def looked_after_rose(records: AuthorityYear) -> int | None:
    change = looked_after_change_percent(records)
    return None if change is None else int(change > 0)


def population(records: AuthorityYear) -> int | None:
    """Children aged 0-17 as DfE printed them; None where the authority has no figure."""
    path = records.folder.parent / "population.csv"
    if not path.is_file():
        return None
    counts = {row["YEAR"]: row["POPULATION"] for row in rows_of(path)}
    return int(counts[records.year]) if counts.get(records.year) else None


def per_10000(count: Callable[[AuthorityYear], int], records: AuthorityYear) -> Fraction | None:
    children = population(records)
    return Fraction(10_000 * count(records), children) if children else None


def count_in(values: list[str], codes: tuple[str, ...]) -> int:
    return sum(value in codes for value in values)


def sex(records: AuthorityYear, category: str) -> int:
    sexes = [records.header[child].get("SEX", "").upper() for child in looked_after(records)]
    return count_in(sexes, SEXES[category])


def age(records: AuthorityYear, category: str) -> int:
    ages = [age_on(records.births[child], records.end) for child in looked_after(records)]
    return sum(years in AGES[category] for years in ages)


def ethnic_codes(records: AuthorityYear) -> list[str]:
    return [records.header[child]["ETHNIC"].upper() for child in looked_after(records)]


def ethnicity(records: AuthorityYear, category: str) -> int:
    return count_in(ethnic_codes(records), ETHNIC_GROUPS[category])


def ethnicity_british(records: AuthorityYear, category: str) -> int:
    """White British, Black and minority ethnic as one seed counts it, and those in neither."""
    white_british = ethnic_codes(records).count("WBRI")
    neither = ethnicity(records, "white") - white_british + ethnicity(records, "not_known")
    return {
        "white_british": white_british,
        "neither": neither,
        "black_minority_ethnic": looked_after_count(records) - white_british - neither,
    }[category]


def uasc(records: AuthorityYear, category: str) -> int:
    """Unaccompanied asylum-seeking at 31 March: listed, and the status not ceased by then."""
    unaccompanied = 0
    for child in looked_after(records):
        if child in records.uasc:
            ceased = read_date(records.uasc[child]["DUC"])
            unaccompanied += ceased is None or ceased > records.end
    return unaccompanied if category == "uasc" else looked_after_count(records) - unaccompanied


def legal_status(records: AuthorityYear, category: str) -> int:
    codes = [episode.code("LS") for episode in looked_after(records).values()]
    return count_in(codes, LEGAL_STATUSES[category])


def need(records: AuthorityYear, category: str) -> int:
    return sum(episode.code("CIN") == category for episode in looked_after(records).values())


def placement(records: AuthorityYear, category: str) -> int:
    return count_in([e.code("PLACE") for e in usual_episodes(records)], PLACEMENTS[category])


def placement_before_2018(records: AuthorityYear, category: str) -> int:
    codes = [episode.code("PLACE") for episode in usual_episodes(records)]
    return count_in(codes, PLACEMENTS_BEFORE_2018[category])


def provider(records: AuthorityYear, category: str) -> int:
    codes = [episode.code("PLACE_PROVIDER") for episode in usual_episodes(records)]
    return count_in(codes, PROVIDERS[category])


def locality_of(episode: Episode) -> str:
    return {"IN": "inside", "OUT": "outside"}.get(episode.code("PL_LOCATION"), "not_known")


def distance_of(episode: Episode) -> str:
    """In miles; 999.9 and blank are not known."""
    miles = Fraction(episode.code("PL_DISTANCE") or "999.9")
    if miles == Fraction("999.9"):
        return "not_known"
    return "over_20" if miles > 20 else "20_or_less"


def locality(records: AuthorityYear, category: str) -> int:
    return sum(locality_of(episode) == category for episode in usual_episodes(records))


def distance(records: AuthorityYear, category: str) -> int:
    return sum(distance_of(episode) == category for episode in usual_episodes(records))


def locality_distance(records: AuthorityYear, category: str) -> int:
    inside, _, miles = category.partition("*")
    return sum(
        (locality_of(episode), distance_of(episode)) == (inside, miles)
        for episode in usual_episodes(records)
    )
