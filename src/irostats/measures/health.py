"""Health of children looked after for the whole year, each measure with its own ages (A16)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.derive import Derived
from irostats.figures import Figure, Status
from irostats.measures.counting import Section, banded
from irostats.measures.definitions.health import (
    BANDS,
    INTERVENTION,
    MEASURES,
    NOT_RECORDED,
    RELATIONS,
    SECTION,
)
from irostats.measures.definitions.profile import NOT_KNOWN

__all__ = ["MEASURES", "RELATIONS", "SECTION", "compute"]

AGE_BANDS = {"under_5": (-1, 4), "5_to_9": (5, 9), "10_to_16": (10, 16), "17_and_over": (17, 99)}
SDQ_AGES = ("5_to_9", "10_to_16")
ANSWERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "assessment": ("HEALTH_ASSESSMENT", ()),
    "dental": ("TEETH_CHECK", ()),
    "immunised": ("IMMUNISATIONS", ()),
    "development": ("HEALTH_CHECK", ("under_5",)),
    "substance_misuse": ("SUBSTANCE_MISUSE", ()),
    "convicted": ("CONVICTED", ("10_to_16", "17_and_over")),
}
"""Field of OC2, and the ages of whom it is asked; no ages: all."""
SDQ_BANDS = {"normal": (0, 13), "borderline": (14, 16), "concern": (17, 40)}
LOCAL = ("local", "local_percent", "local_whole_year", "local_whole_year_percent")
OF_EPISODES = ("health.children", *(f"health.{name}" for name in LOCAL))


def compute(derived: Derived, year: ReportingYear) -> Iterator[Figure]:
    """Figures of the section for one year."""
    make = Section(MEASURES, year)
    children = derived.looked_after_all_year(year)
    bands = banded(children["age"], AGE_BANDS).fillna(NOT_KNOWN)
    yield make.value("health.children", len(children))
    yield from make.counts("health.children", "age", bands)
    yield from _local(derived, make, children)
    if not derived.records.kept("oc2", year):
        names = [measure.name for measure in MEASURES if measure.name not in OF_EPISODES]
        yield from make.all_missing(names, Status.NOT_AVAILABLE)
        return
    outcomes = _outcomes(derived, children, year).assign(band=bands.to_numpy())
    for name, (field, ages) in ANSWERS.items():
        asked = outcomes[outcomes["band"].isin(ages)] if ages else outcomes
        yield from _answered(make, name, asked[field])
    yield from _sdq(make, outcomes[outcomes["band"].isin(SDQ_AGES)])
    yield from _interventions(make, outcomes)


def _outcomes(derived: Derived, children: pd.DataFrame, year: ReportingYear) -> pd.DataFrame:
    """The year's OC2 answers of each child of the cohort, blank for one who has no row."""
    rows = derived.records.tables["oc2"]
    return rows[rows["YEAR"] == year.end].set_index("CHILD").reindex(children["CHILD"])


def _answered(make: Section, name: str, answers: pd.Series[str]) -> Iterator[Figure]:
    measure = f"health.{name}"
    keys = answers.map({"1": "yes", "0": "no"}).astype("string").fillna(NOT_RECORDED)
    yield make.value(measure, len(keys))
    yield from make.counts(measure, "recorded", keys)
    yes, known = int(keys.eq("yes").sum()), answers.notna().any()
    if len(keys) and not known:
        yield make.missing(f"{measure}_percent", Status.NOT_RECORDED)
    else:
        yield make.ratio(f"{measure}_percent", yes, len(keys))


def _sdq(make: Section, asked: pd.DataFrame) -> Iterator[Figure]:
    scores = asked["SDQ_SCORE"].astype("Int64")
    reasons = asked["SDQ_REASON"].notna().map({True: "no_score", False: NOT_RECORDED})
    keys = banded(scores, SDQ_BANDS).fillna(reasons.astype("string"))
    scored = int(scores.notna().sum())
    each = list(make.counts("health.sdq", "score", keys))
    yield make.value("health.sdq", len(keys))
    yield from each
    if len(keys) and keys.eq(NOT_RECORDED).all():
        names = ("sdq_scored", "sdq_scored_percent", "sdq_band_percent", "sdq_average")
        yield from make.all_missing((f"health.{name}" for name in names), Status.NOT_RECORDED)
        return
    yield make.value("health.sdq_scored", scored)
    yield make.ratio("health.sdq_scored_percent", scored, len(keys))
    bands = [figure for figure in each if figure.category in BANDS]
    yield from _shares(make, "health.sdq_band_percent", bands, scored)
    yield make.ratio("health.sdq_average", int(scores.sum()), scored)


def _interventions(make: Section, outcomes: pd.DataFrame) -> Iterator[Figure]:
    names = ("health.intervention", "health.intervention_percent")
    misuse = outcomes["SUBSTANCE_MISUSE"]
    if len(misuse) and misuse.isna().all():
        yield from make.all_missing(names, Status.NOT_RECORDED)
        return
    found = outcomes[misuse.eq("1").fillna(value=False)]
    offered = found["INTERVENTION_OFFERED"].map({"1": "refused", "0": "not_offered"})
    received = found["INTERVENTION_RECEIVED"].eq("1").fillna(value=False)
    keys = offered.astype("string").fillna(NOT_RECORDED).mask(received, "received")
    each = list(make.counts(names[0], INTERVENTION.name, keys))
    yield make.value(names[0], len(found))
    yield from each
    yield from _shares(make, names[1], each, len(outcomes))


def _shares(make: Section, name: str, parts: Iterable[Figure], whole: int) -> Iterator[Figure]:
    for part in parts:
        yield make.ratio(name, part.value, whole, breakdown=part.breakdown, category=part.category)


def _local(derived: Derived, make: Section, whole_year: pd.DataFrame) -> Iterator[Figure]:
    records = derived.records
    if not records.service_kept("health_local", make.year):
        names = [f"health.{name}" for name in LOCAL]
        yield from make.all_missing(names, records.service_missing("health_local", make.year))
        return
    table = records.service.tables["health_local"]
    days = pd.Timestamp(make.year.first_day), pd.Timestamp(make.year.last_day)
    assessed = table[table["assessed"].between(*days)]["child_id"]
    for name, children in (
        ("health.local", derived.looked_after(make.year)),
        ("health.local_whole_year", whole_year),
    ):
        number = int(children["CHILD"].isin(assessed).sum())
        yield make.value(name, number)
        yield make.ratio(f"{name}_percent", number, len(children))
