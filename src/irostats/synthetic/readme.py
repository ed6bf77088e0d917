"""``data/README.md``: what the sample data hold, contradict and leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from irostats.synthetic import service

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from irostats.synthetic.plan import Plan, YearPlan
    from irostats.synthetic.writing import Made

HEAD = """\
# Sample data

**Everything here is made up.** No row is about a real child, officer or address. The totals equal
what the councils and the Department for Education (DfE) published; the rows behind them were drawn
by a seeded generator. They are not a publication of any council. Identifiers begin with `SYN`,
pupil numbers carry an authority code that does not exist (999), postcodes the area `ZZ`, which was
never issued.

```
python -m irostats.synthetic --output data     # writes every file below anew, byte for byte
```

Do not edit these files: change the targets (`src/irostats/synthetic/targets/`) or the generator.
The generator counts every target again from the finished rows, and stops if one does not hold.

| authority | years (seed year in bold) | opening stock |
|---|---|---|
"""
RULES = """
Where published figures contradict each other, the authority's own figure wins, then the number
looked after at 31 March, then the characteristics, then the children started and ceased. A figure
that DfE suppressed (1 to 5) was chosen by us within what the totals allow; such parts are named as
*chosen*. Figures with the source "assumed" were chosen where nothing was published; so were the
numbers of reviews, the shares held late or without participation, alerts and disputes that the
tables below do not list. Central Bedfordshire's two pairs of years are two histories with a gap
between them. The first shipped year of each history exists so that the next can be judged: most of
its first reviews are not assessable. `published.csv` in a year's folder is not made up: it holds
what was published, typed from its sources, for the annex of that year's report.

The location of placements (`PL_LOCATION`, `PL_DISTANCE`) is in the Episodes tables as an enriched
extract has it. DfE's first releases, to 2017, count semi-independent living (`H5`) with secure and
children's homes, and independent living (`P2`) as "other placements in the community"; later ones
put both in one group. The targets follow the release that they come from.

The service's own tables (`service/`) differ by authority and year, as real ones do: each list below
says which are not kept, and a report prints "not recorded" for what would be made from them. A
table with headings and no rows says that there was none: a report prints 0. `plans`,
`participation_local` and `midpoint` speak of the children and reviews of the return; a few cells
are blank, where nobody wrote it down. Shares of the cells that are not blank are exact; so are the
shares of children with a health assessment, and with a check between reviews, of those looked after
at 31 March. Supervision and training are shares of officers' months in post, and are not counted
again.
Findings of inspectors, and priorities with what became of them, are in our own words after the
papers that are named with them; the day of a report was chosen where only its month is known, and
no judgement stands where the paper gives none.

A year without published figures of a kind has them near those of the nearest year of the authority
that has: health, children missing or away, care leavers and reasons for leaving care drift by a few
points from year to year, and placements before and after the calibrated 31 March are drawn so that
they resemble it. Where nothing was ever published for the authority, usual shares are used. A table
that the return did not have yet (missing periods until 2014-15, previous permanence until 2013-14)
is not there.

Each year has a few blemishes of the kinds that real returns have. All are unambiguous: dropped or
repaired by the stated rules they move no published figure. Codes of reviews are spoilt only in
years without published figures about reviews.
"""
NAMES = {
    "at_31_march": "looked after at 31 March",
    "started": "children who started to be looked after",
    "ceased": "children who ceased to be looked after",
    "in_year": "children looked after in the year",
    "continuous_12_months": "looked after for 12 months at 31 March",
    "placements_2": "with two placements in the year",
    "placements_3": "with three or more placements in the year",
    "reviews_held": "reviews held",
    "reviews_late": "reviews held late",
    "reviews_assessable": "reviews that can be judged",
    "reviews_participated": "reviews with participation",
    "children_reviewed": "children reviewed",
    "children_coded": "children with a coded review at age 4 or over",
    "children_participated": "of them, took part in at least one review",
    "uasc": "unaccompanied asylum-seeking children at 31 March",
    "uasc_started": "unaccompanied asylum-seeking children who started",
    "alerts": "alerts raised",
    "disputes": "active disputes by highest stage (open: still open)",
    "participation": "share of reviews at age 4 or over with participation",
    "cancelled": "share of reviews cancelled",
    "caseload_range": "children to a full post, every officer",
    "average_caseload": "children to a full post, on average",
    "iro_fte_tenths": "officers in post at 31 March, tenths of a full-time equivalent",
    "midpoint": "children with a mid-point check",
    "health_local": "children with a health assessment, service's own record",
    "leavers": "care leavers of 19 to 21: all, and those of whom something is so",
}


def readme(all_made: list[Made]) -> str:
    """The whole file, from the targets and from what was planted."""
    overview = [_overview(made.plan) for made in all_made]
    parts = [HEAD + "\n".join(overview) + "\n" + RULES]
    parts += [_authority(made) for made in all_made]
    return "\n".join(parts)


def _overview(plan: Plan) -> str:
    years = [
        f"**{label}**" if label == plan.seed_year else label
        for block in plan.blocks
        for label in block.years
    ]
    opening = "; ".join(f"{block.opening} ({block.opening_source})" for block in plan.blocks)
    return (
        f"| {plan.slug} ({plan.authority['authority']['code']}) | {', '.join(years)} | {opening} |"
    )


def _authority(made: Made) -> str:
    plan = made.plan
    lines = [f"## {plan.authority['authority']['name']}", "", "Contradictions and what was done:"]
    lines += ["", *(f"- {text}" for text in plan.contradictions), "", "Published, but not met:", ""]
    lines += [f"- {entry['measure']}: {entry['reason']}" for entry in plan.exceptions]
    lines += ["", "| year | target | value | source |", "|---|---|---|---|"]
    for block in plan.blocks:
        for label in block.years:
            lines += _targets(plan.years[label])
    lines += ["", "Tables that the service does not keep:", "", *_absent(made)]
    lines += ["", "Blemishes planted (rows):", ""]
    for label, kinds in made.planted.items():
        listed = ", ".join(f"{kind} {count}" for kind, count in kinds.items() if count)
        lines.append(f"- {label}: {listed}")
    return "\n".join(lines) + "\n"


def _absent(made: Made) -> Iterator[str]:
    for label, tables in made.service.items():
        absent = [name for name in service.COLUMNS if name not in tables]
        yield f"- {label}: {', '.join(absent)}"


def _targets(year: YearPlan) -> list[str]:
    rows = [
        f"| {year.label} | {NAMES.get(name, name)} | {value} | {year.sources[name]} |"
        for name, value in year.figures.items()
    ]
    for name, parts in year.quotas.items():
        listed = ", ".join(f"{part} {count}" for part, count in parts.items())
        chosen = f" (chosen: {', '.join(year.chosen[name])})" if year.chosen.get(name) else ""
        known = NAMES.get(name, name)
        rows.append(f"| {year.label} | {known} | {listed}{chosen} | {year.sources[name]} |")
    for name, source in year.settings.get("sources", {}).items():
        value = year.settings[name]
        if isinstance(value, dict):
            value = ", ".join(f"{part} {count}" for part, count in value.items())
        rows.append(f"| {year.label} | {NAMES.get(name, name)} | {value} | {source} |")
    return rows + [_kept(year.label, name, target) for name, target in year.kept.items()]


def _kept(label: str, name: str, target: Mapping[str, Any]) -> str:
    """A further table's targets: shares as percentages, counts as they are."""
    parts = [
        f"{part} {value:.0%}" if isinstance(value, float) else f"{part} {value}"
        for part, value in target.items()
        if part not in {"source", "rows"}
    ]
    listed = ", ".join(parts) or f"rows {len(target['rows'])}"
    return f"| {label} | table {name} | {listed} | {target['source']} |"
