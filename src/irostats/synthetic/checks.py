"""What was published against what the rows say: any difference stops the generation."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from irostats.synthetic import recount
from irostats.synthetic.ages import band_of
from irostats.synthetic.blemishes import read
from irostats.synthetic.homes import kind_of
from irostats.synthetic.kept_checks import not_as_asked
from irostats.synthetic.people import ETHNIC_CODES
from irostats.synthetic.service_checks import broken_promises, service_counts
from irostats.synthetic.workdays import age_on, is_working_day, year_end, year_start

if TYPE_CHECKING:
    from collections.abc import Mapping

    from irostats.synthetic.plan import YearPlan
    from irostats.synthetic.returns import Row, Rows
    from irostats.synthetic.writing import Made

LEGAL_GROUPS = {"J2": "J1", "J3": "J1", "L1": "L", "L2": "L", "L3": "L"}


COHORT_BANDS = {4: "0_to_4", 9: "5_to_9", 16: "10_to_16", 17: "17"}


def check(made: Made) -> list[str]:
    """Every published figure that the rows do not give, in words; empty if all hold."""
    wrong: list[str] = []
    for block in made.plan.blocks:
        for label in block.years:
            # A year is judged by itself and the years before it, as a report would be.
            known = {year: made.returns[year] for year in block.years if year <= label}
            wrong += _wrong_in(made, known, made.plan.years[label])
    return wrong


def _wrong_in(made: Made, known: dict[str, recount.Tables], year: YearPlan) -> list[str]:
    label = year.label
    service = made.service[label]
    present = recount.on_31_march(recount.stays(known), label)
    counted = _counted(known, year) | service_counts(service, year, present)
    wanted = dict(year.figures)
    for quota, parts in year.quotas.items():
        wanted |= {f"{quota}.{part}": count for part, count in parts.items()}
    wrong = [
        f"{label} {name}: {counted.get(name, 0)}, not {count}"
        for name, count in wanted.items()
        if counted.get(name, 0) != count
    ]
    if year.settings.get("participation") == 1.0 and counted["reviews_not_taken_part_in"]:
        wrong.append(f"{label}: {counted['reviews_not_taken_part_in']} did not take part")
    wrong += broken_promises(made.plan, service, year) + not_as_asked(service, year, present)
    return wrong + _holiday_reviews(known[label]["reviews"], label)


def _counted(known: dict[str, recount.Tables], year: YearPlan) -> dict[str, int]:
    label = year.label
    found = recount.stays(known)
    present = recount.on_31_march(found, label)
    tables = known[label]
    people = {row["CHILD"]: row for row in tables["header"]}
    counted = recount.flows(found, label) | {"at_31_march": len(present)}
    seekers = [
        row for row in tables["uasc"] if not row["DUC"] or read(row["DUC"]) > year_end(label)
    ]
    counted["uasc"] = sum(row["CHILD"] in present for row in seekers)
    starts = {c for c, ps in found.items() if any(p.start >= year_start(label) for p in ps)}
    counted["uasc_started"] = sum(row["CHILD"] in starts for row in tables["uasc"])
    moved = Counter(min(n, 3) for n in recount.placements_in_year(found, label).values())
    counted |= {"placements_3": moved[3], "placements_2": moved[2]}
    counted |= _characteristics(present, people, year)
    counted |= recount.leaving(found, label)
    counted |= _reviews(known, found, label)
    counted |= _health(tables["oc2"], label) | _missing(tables.get("missing", []))
    counted |= _leavers(tables["oc3"], label)
    return counted


def _characteristics(
    present: Mapping[str, Row], people: Mapping[str, Row], year: YearPlan
) -> dict[str, int]:
    groups = {
        code: group
        for group, codes in ETHNIC_CODES.items()
        for code in codes
        if group in year.quotas.get("ethnicity", {})
    }
    counts: Counter[str] = Counter()
    for child, episode in present.items():
        person = people[child]
        age = age_on(read(person["DOB"]), year_end(year.label))
        counts["sex." + ("male" if person["SEX"] == "1" else "female")] += 1
        counts[f"age.{band_of(age)}"] += 1
        counts[f"ethnicity.{groups.get(person['ETHNIC'], '')}"] += 1
        counts[f"legal.{LEGAL_GROUPS.get(episode['LS'], episode['LS'])}"] += 1
        kinds = year.quotas.get("placement", {})
        counts[f"placement.{kind_of(episode['PLACE'], kinds)}"] += 1
        counts[f"provider.{episode['PLACE_PROVIDER'] or 'none'}"] += 1
        counts[f"need.{episode['CIN']}"] += 1
        where = _where(episode)
        counts[f"location.{where}"] += 1
        counts["location.out" if where.startswith("out") else "location.in"] += 1
    return dict(counts)


def _where(episode: Row) -> str:
    if not episode["PL_LOCATION"]:
        return "not_recorded"
    side, miles = episode["PL_LOCATION"].lower(), episode["PL_DISTANCE"]
    if not miles or float(miles) > 999:
        return f"{side}_unknown"
    return f"{side}_{'near' if float(miles) <= 20 else 'far'}"


def _reviews(
    known: dict[str, recount.Tables], found: dict[str, list[recount.Stay]], label: str
) -> dict[str, int]:
    held = recount.held_reviews(known, found, label)
    coded = [r for r in held if r.age >= 4 and r.code in recount.MAIN]
    took_part = [r for r in coded if r.code in recount.TOOK_PART]
    return {
        "reviews_held": len(held),
        "reviews_late": sum(r.late is True for r in held),
        "reviews_assessable": sum(r.late is not None for r in held),
        "children_reviewed": len({r.child for r in held}),
        "reviews_participated": sum(r.code in recount.TOOK_PART for r in held),
        "children_coded": len({r.child for r in coded}),
        "children_participated": len({r.child for r in took_part}),
        "reviews_not_taken_part_in": sum(
            r.age >= 4 and r.code not in recount.TOOK_PART for r in held
        ),
    }


def _health(rows: Rows, label: str) -> dict[str, int]:
    counts = {
        f"health.{name.lower()}": sum(row[name] == "1" for row in rows)
        for name in (
            "HEALTH_ASSESSMENT",
            "IMMUNISATIONS",
            "TEETH_CHECK",
            "HEALTH_CHECK",
            "CONVICTED",
            "SUBSTANCE_MISUSE",
            "INTERVENTION_RECEIVED",
        )
    }
    scores = [int(row["SDQ_SCORE"]) for row in rows if row["SDQ_SCORE"]]
    counts["health.sdq_normal"] = sum(score <= 13 for score in scores)
    counts["health.sdq_borderline"] = sum(14 <= score <= 16 for score in scores)
    counts["health.sdq_concern"] = sum(score >= 17 for score in scores)
    tenths = (20 * sum(scores) + len(scores)) // (2 * len(scores)) if scores else 0
    counts["health.sdq_average_tenths"] = tenths
    for row in rows:
        age = age_on(read(row["DOB"]), year_end(label))
        band = next(name for limit, name in COHORT_BANDS.items() if age <= limit)
        counts[f"age_12_months.{band}"] = counts.get(f"age_12_months.{band}", 0) + 1
    return counts


def _missing(rows: Rows) -> dict[str, int]:
    counts = {}
    for code, prefix in (("M", ""), ("A", "away_")):
        times = Counter(row["CHILD"] for row in rows if row["MISSING"] == code)
        counts[f"missing.{prefix}children"] = len(times)
        counts[f"missing.{prefix}more_than_once"] = sum(n > 1 for n in times.values())
        counts[f"missing.{prefix}incidents"] = sum(times.values())
    return counts


def _leavers(rows: Rows, label: str) -> dict[str, int]:
    """Care leavers of 19 to 21: all, and those of whom something is so."""
    older = [row for row in rows if age_on(read(row["DOB"]), year_end(label)) >= 19]
    return {
        "leavers.19_to_21": len(older),
        "leavers.in_touch": sum(row["IN_TOUCH"] == "YES" for row in older),
        "leavers.suitable": sum(row["ACCOM"].endswith("1") for row in older),
        "leavers.occupied": sum(row["ACTIV"][0] in "FP" for row in older),
        "leavers.higher": sum(row["ACTIV"] in {"F1", "P1"} for row in older),
    }


def _holiday_reviews(rows: Rows, label: str) -> list[str]:
    bad = sum(not is_working_day(read(row["REVIEW"])) for row in rows)
    return [f"{label}: {bad} reviews on days that are not working days"] if bad else []
