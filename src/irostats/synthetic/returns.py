"""SSDA903 tables of one year: header, episodes, reviews, UASC, adoption, permanence."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from irostats.synthetic.leaving import ADOPTED
from irostats.synthetic.model import Child, Episode, stream
from irostats.synthetic.quotas import weighted
from irostats.synthetic.workdays import age_on, year_end, year_start

if TYPE_CHECKING:
    from collections.abc import Iterable

Row = dict[str, str]
Rows = list[Row]

COLUMNS = {
    "header": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
    "episodes": "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,"
    "HOME_POST,PL_POST,URN,PL_LOCATION,PL_DISTANCE",
    "reviews": "CHILD,DOB,REVIEW,REVIEW_CODE",
    "uasc": "CHILD,SEX,DOB,DUC",
    "oc2": "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,"
    "HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED",
    "oc3": "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM",
    "ad1": "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR",
    "placed_for_adoption": "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED",
    "previous_permanence": "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM",
    "missing": "CHILD,DOB,MISSING,MIS_START,MIS_END",
}
# Previous permanence and missing periods were first collected in 2013-14 and 2014-15.
FIRST_COLLECTED = {"previous_permanence": "2013-14", "missing": "2014-15"}
SEX = {"male": "1", "female": "2"}


def written(day: date | None) -> str:
    """A date as the return has it, dd/mm/yyyy; blank if there is none."""
    return "" if day is None else f"{day:%d/%m/%Y}"


def in_return(children: Iterable[Child], year: str) -> list[Child]:
    """The children in a year's return, in the order of their identifiers."""
    return sorted((c for c in children if c.in_year(year)), key=lambda c: c.identifier)


def touching(child: Child, year: str) -> list[tuple[Episode, str, str]]:
    """A child's episodes open on any day of the year, with need and home postcode."""
    first, last = year_start(year), year_end(year)
    return [
        (e, p.need, p.home)
        for p in child.periods
        for e in p.episodes
        if e.decom <= last and (e.dec is None or e.dec >= first)
    ]


def header(children: Iterable[Child], year: str) -> Rows:
    """One row for each child; a few of the older girls are mothers."""
    rows = []
    for child in children:
        mother, baby = "", ""
        if child.sex == "female" and age_on(child.born, year_end(year)) >= 14:
            rng = stream(child.identifier, "mother")
            born = child.born + timedelta(days=rng.randint(5700, 6400))
            is_mother = rng.random() < 0.04 and born < year_end(year)
            mother, baby = ("1", written(born)) if is_mother else ("0", "")
        young = age_on(child.born, year_start(year)) < 5 and not child.uasc
        rows.append(
            {
                "CHILD": child.identifier,
                "SEX": SEX[child.sex],
                "DOB": written(child.born),
                "ETHNIC": child.ethnic,
                "UPN": "UN1" if young else child.upn,
                "MOTHER": mother,
                "MC_DOB": baby,
            }
        )
    return rows


def episodes(children: Iterable[Child], year: str) -> Rows:
    """Every episode that touches the year; what happens after 31 March is not known yet."""
    rows = []
    for child in children:
        for episode, need, home in touching(child, year):
            ended = episode.dec is not None and episode.dec <= year_end(year)
            place = episode.placement
            rows.append(
                {
                    "CHILD": child.identifier,
                    "DECOM": written(episode.decom),
                    "RNE": episode.rne,
                    "LS": episode.ls,
                    "CIN": need,
                    "PLACE": place.place,
                    "PLACE_PROVIDER": place.provider,
                    "DEC": written(episode.dec) if ended else "",
                    "REC": episode.rec if ended else "",
                    "REASON_PLACE_CHANGE": episode.reason if ended else "",
                    "HOME_POST": home,
                    "PL_POST": place.postcode,
                    "URN": place.urn,
                    "PL_LOCATION": place.location,
                    "PL_DISTANCE": place.distance,
                }
            )
    return rows


def reviews(children: Iterable[Child], year: str) -> Rows:
    """The year's reviews, by child and date."""
    return [
        {
            "CHILD": c.identifier,
            "DOB": written(c.born),
            "REVIEW": written(r.held),
            "REVIEW_CODE": r.code,
        }
        for c in children
        for r in c.reviews_in(year)
    ]


def uasc(children: Iterable[Child], year: str) -> Rows:
    """Unaccompanied asylum-seeking children; the date ceased only once it has come."""
    rows = []
    for c in children:
        ceased = c.uasc_ceased if c.uasc_ceased and c.uasc_ceased <= year_end(year) else None
        if c.uasc:
            rows.append(
                {
                    "CHILD": c.identifier,
                    "SEX": SEX[c.sex],
                    "DOB": written(c.born),
                    "DUC": written(ceased),
                }
            )
    return rows


def adopted(children: Iterable[Child], year: str) -> Rows:
    """AD1: children adopted in the year."""
    rows = []
    for c in children:
        period = c.periods[-1]
        end = period.end
        if (
            end is None
            or period.rec not in ADOPTED
            or not year_start(year) <= end <= year_end(year)
        ):
            continue
        rng = stream(c.identifier, "adopters")
        moved = next(
            (e for e in period.episodes if e.placement.place[0] == "A"), period.episodes[-1]
        )
        sexes = weighted({"MF": 0.82, "FF": 0.06, "MM": 0.05, "F1": 0.06, "M1": 0.01}, rng)
        legal = {"MF": "L12", "FF": "L3", "MM": "L3", "F1": "L0", "M1": "L0"}[sexes]
        rows.append(
            {
                "CHILD": c.identifier,
                "DOB": written(c.born),
                "DATE_INT": written(moved.decom + timedelta(days=rng.randint(10, 40))),
                "DATE_MATCH": written(moved.decom - timedelta(days=rng.randint(8, 30))),
                "FOSTER_CARE": str(int(moved.placement.place in {"A3", "A5"})),
                "NB_ADOPTR": "1" if sexes.endswith("1") else "2",
                "SEX_ADOPTR": sexes,
                "LS_ADOPTR": legal,
            }
        )
    return rows


def placed_for_adoption(children: Iterable[Child], year: str) -> Rows:
    """Decisions that a child should be placed for adoption, and their ends."""
    rows = []
    for c in children:
        order = next((e for e, _, _ in touching(c, year) if e.ls == "E1"), None)
        if order is None:
            continue
        end = c.periods[-1].end
        ended = end if end is not None and end <= year_end(year) else None
        reason = "" if ended is None or c.periods[-1].rec in ADOPTED else "RD2"
        decided = order.decom - timedelta(days=stream(c.identifier, "decision").randint(12, 45))
        rows.append(
            {
                "CHILD": c.identifier,
                "DOB": written(c.born),
                "DATE_PLACED": written(decided),
                "DATE_PLACED_CEASED": written(ended) if reason else "",
                "REASON_PLACED_CEASED": reason,
            }
        )
    return rows


def previous_permanence(children: Iterable[Child], year: str) -> Rows:
    """Whether children who start in the year had an earlier permanence option."""
    rows = []
    for c in children:
        if c.short_breaks or not any(
            p.start >= year_start(year) and p.touches(year) for p in c.periods
        ):
            continue
        rng = stream(c.identifier, "previous permanence")
        kind = weighted({"Z1": 0.9, "P1": 0.02, "P2": 0.05, "P3": 0.02, "P4": 0.01}, rng)
        before = c.first_start - timedelta(days=rng.randint(200, 900))
        known = kind != "Z1" and before > c.born + timedelta(days=60)
        day = rng.choice([written(before), f"zz/{before:%m/%Y}", f"zz/zz/{before:%Y}"])
        rows.append(
            {
                "CHILD": c.identifier,
                "DOB": written(c.born),
                "PREV_PERM": kind if known else "Z1",
                "LA_PERM": "999" if known else "",
                "DATE_PERM": day if known else "",
            }
        )
    return rows
