"""What was published against what the rows say: any difference stops the generation."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from irostats.synthetic import recount
from irostats.synthetic.ages import band_of
from irostats.synthetic.blemishes import read
from irostats.synthetic.homes import kind_of
from irostats.synthetic.people import ETHNIC_CODES
from irostats.synthetic.workdays import age_on, is_working_day, year_end, year_start

if TYPE_CHECKING:
    from collections.abc import Mapping

    from irostats.synthetic.plan import YearPlan
    from irostats.synthetic.returns import Row, Rows
    from irostats.synthetic.writing import Made

LEGAL_GROUPS = {"J2": "J1", "J3": "J1", "L1": "L", "L2": "L", "L3": "L"}


def check(made: Made) -> list[str]:
    """Every published figure that the rows do not give, in words; empty if all hold."""
    wrong: list[str] = []
    for block in made.plan.blocks:
        returns = {label: made.returns[label] for label in block.years}
        for label in block.years:
            known = {year: returns[year] for year in block.years if year <= label}
            year = made.plan.years[label]
            counted = _counted(known, year) | _service(made.service[label], year)
            wanted = {name: n for name, n in year.figures.items() if name in counted}
            for quota, parts in year.quotas.items():
                wanted |= {f"{quota}.{part}": n for part, n in parts.items()
                           if quota in COUNTED_QUOTAS}  # fmt: skip
            wrong += [f"{label} {name}: {counted.get(name, 0)}, not {n}"
                      for name, n in wanted.items() if counted.get(name, 0) != n]  # fmt: skip
            wrong += [f"{label} {name} is not counted" for name in year.figures.keys()
                      - counted.keys() - NOT_IN_ROWS]  # fmt: skip
            wrong += _holiday_reviews(returns[label]["reviews"], label)
    return wrong


COUNTED_QUOTAS = {"sex", "age", "ethnicity", "legal", "placement", "provider", "location", "need",
                  "health", "missing"}  # fmt: skip
NOT_IN_ROWS: set[str] = set()


def _counted(known: dict[str, recount.Tables], year: YearPlan) -> dict[str, int]:
    label = year.label
    found = recount.stays(known)
    present = recount.on_31_march(found, label)
    tables = known[label]
    people = {row["CHILD"]: row for row in tables["header"]}
    counted = recount.flows(found, label) | {"at_31_march": len(present)}
    seekers = [row for row in tables["uasc"]
               if not row["DUC"] or read(row["DUC"]) > year_end(label)]  # fmt: skip
    counted["uasc"] = sum(row["CHILD"] in present for row in seekers)
    starts = {c for c, ps in found.items() if any(p.start >= year_start(label) for p in ps)}
    counted["uasc_started"] = sum(row["CHILD"] in starts for row in tables["uasc"])
    moved = Counter(min(n, 3) for n in recount.placements_in_year(found, label).values())
    counted |= {"placements_3": moved[3], "placements_2": moved[2]}
    counted |= _characteristics(present, people, year)
    counted |= _reviews(known, found, label)
    counted |= _health(tables["oc2"], label) | _missing(tables["missing"])
    return counted


def _characteristics(
    present: Mapping[str, Row], people: Mapping[str, Row], year: YearPlan
) -> dict[str, int]:
    groups = {code: group for group, codes in ETHNIC_CODES.items() for code in codes
              if group in year.quotas.get("ethnicity", {})}  # fmt: skip
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
        "reviews_coded_without_participation": len(coded) - len(took_part),
    }


def _health(rows: Rows, label: str) -> dict[str, int]:
    counts = {f"health.{name.lower()}": sum(row[name] == "1" for row in rows)
              for name in ("HEALTH_ASSESSMENT", "IMMUNISATIONS", "TEETH_CHECK", "HEALTH_CHECK",
                           "CONVICTED", "SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED")}  # fmt: skip
    scores = [int(row["SDQ_SCORE"]) for row in rows if row["SDQ_SCORE"]]
    counts["health.sdq_normal"] = sum(score <= 13 for score in scores)
    counts["health.sdq_borderline"] = sum(14 <= score <= 16 for score in scores)
    counts["health.sdq_concern"] = sum(score >= 17 for score in scores)
    tenths = (20 * sum(scores) + len(scores)) // (2 * len(scores)) if scores else 0
    counts["health.sdq_average_tenths"] = tenths
    ages = Counter(age_on(read(row["DOB"]), year_end(label)) for row in rows)
    counts["age_12_months"] = sum(ages.values())
    return counts


def _missing(rows: Rows) -> dict[str, int]:
    counts = {}
    for code, prefix in (("M", ""), ("A", "away_")):
        times = Counter(row["CHILD"] for row in rows if row["MISSING"] == code)
        counts[f"missing.{prefix}children"] = len(times)
        counts[f"missing.{prefix}more_than_once"] = sum(n > 1 for n in times.values())
        counts[f"missing.{prefix}incidents"] = sum(times.values())
    return counts


def _service(tables: recount.Tables, year: YearPlan) -> dict[str, int]:
    first, last = year_start(year.label), year_end(year.label)
    in_post = [row for row in tables["iro_staff"] if row.get("iro_id") and not row["end"]
               and read(row["start"]) <= last]  # fmt: skip
    raised = [row for row in tables.get("alerts", []) if first <= read(row["raised"]) <= last]
    return {
        "iro_fte_tenths": round(10 * sum(float(row["fte"]) for row in in_post)),
        "alerts": len(raised),
        "midpoint": len({row["child_id"] for row in tables.get("midpoint", [])}),
        "health_local": len({row["child_id"] for row in tables.get("health_local", [])}),
        "disputes_active": len({row["id"] for row in tables.get("disputes", [])}),
        "disputes_closed": sum(bool(row["closed"]) for row in tables.get("disputes", [])),
        "reviews_cancelled": sum(r["status"] == "cancelled" for r in tables["reviews_local"]),
        "allocated": _allocated(tables["iro_allocation"], {row["iro_id"] for row in in_post}),
    }


def _allocated(rows: Rows, in_post: set[str]) -> int:
    """Children allocated at 31 March; counted as -1 if an officer is no longer in post."""
    still = [row for row in rows if not row["end"]]
    if any(row["iro_id"] not in in_post for row in still):
        return -1
    children = [row["child_id"] for row in still]
    return len(children) if len(set(children)) == len(children) else -1


def _holiday_reviews(rows: Rows, label: str) -> list[str]:
    bad = sum(not is_working_day(read(row["REVIEW"])) for row in rows)
    return [f"{label}: {bad} reviews on days that are not working days"] if bad else []
