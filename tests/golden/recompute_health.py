"""The 12-month cohort and its health outcomes (OC2)."""

from __future__ import annotations

from fractions import Fraction

from recompute_profile import open_periods
from recompute_returns import AuthorityYear, Row
from recompute_reviews import age_on

HEALTH = {
    "assessment": "HEALTH_ASSESSMENT",
    "dental": "TEETH_CHECK",
    "immunised": "IMMUNISATIONS",
}
SDQ_BANDS = {"normal": range(14), "borderline": range(14, 17), "concern": range(17, 41)}


def cohort(records: AuthorityYear) -> list[str]:
    """Looked after on 31 March and without a break since 1 April or earlier, no short break."""
    short_breaks = {
        episode.child
        for episode in records.episodes
        if episode.is_short_break
        and episode.decom <= records.end
        and (episode.dec is None or episode.dec >= records.start)
    }
    return [
        child
        for child, period in open_periods(records).items()
        if child not in short_breaks and period.start <= records.start
    ]


def cohort_size(records: AuthorityYear) -> int:
    return len(cohort(records))


def aged(records: AuthorityYear, youngest: int, oldest: int) -> list[str]:
    return [
        child
        for child in cohort(records)
        if youngest <= age_on(records.births[child], records.end) <= oldest
    ]


def outcomes(records: AuthorityYear, children: list[str]) -> list[Row]:
    return [records.oc2[child] for child in children if child in records.oc2]


def flagged(rows: list[Row], column: str) -> list[Row]:
    return [row for row in rows if row[column] == "1"]


def health(records: AuthorityYear, category: str) -> int:
    return len(flagged(outcomes(records, cohort(records)), HEALTH[category]))


def development(records: AuthorityYear, category: str) -> int:
    children = aged(records, 0, 4)
    if category == "total":
        return len(children)
    return len(flagged(outcomes(records, children), "HEALTH_CHECK"))


def convictions(records: AuthorityYear, category: str) -> int:
    children = aged(records, 10, 17)
    if category == "total":
        return len(children)
    return len(flagged(outcomes(records, children), "CONVICTED"))


def scores(records: AuthorityYear) -> list[int]:
    rows = outcomes(records, aged(records, 5, 16))
    return [int(row["SDQ_SCORE"]) for row in rows if row["SDQ_SCORE"]]


def sdq(records: AuthorityYear, category: str) -> int:
    if category == "total":
        return len(aged(records, 5, 16))
    if category == "received":
        return len(scores(records))
    return sum(score in SDQ_BANDS[category] for score in scores(records))


def sdq_average(records: AuthorityYear) -> Fraction | None:
    found = scores(records)
    return Fraction(sum(found), len(found)) if found else None


def substance_misuse(records: AuthorityYear, category: str) -> int:
    rows = flagged(outcomes(records, cohort(records)), "SUBSTANCE_MISUSE")
    if category == "received":
        return len(flagged(rows, "INTERVENTION_RECEIVED"))
    if category == "refused":
        offered = flagged(rows, "INTERVENTION_OFFERED")
        return sum(row["INTERVENTION_RECEIVED"] != "1" for row in offered)
    return len(rows)


def health_percent(records: AuthorityYear, category: str) -> Fraction:
    return Fraction(100 * health(records, category), cohort_size(records))


def development_percent(records: AuthorityYear, category: str) -> Fraction:
    return Fraction(100 * development(records, category), development(records, "total"))


def convictions_percent(records: AuthorityYear, category: str) -> Fraction:
    return Fraction(100 * convictions(records, category), convictions(records, "total"))


def sdq_percent(records: AuthorityYear, category: str) -> Fraction:
    """Received, of the children who should have one; the bands, of those received."""
    base = "total" if category == "received" else "received"
    return Fraction(100 * sdq(records, category), sdq(records, base))


def substance_misuse_percent(records: AuthorityYear, category: str) -> Fraction:
    return Fraction(100 * substance_misuse(records, category), cohort_size(records))
