"""Posts, caseloads, continuity, conferences, money and supervision: computed plainly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from authorities import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    NOT_RECORDED,
    TOTAL,
    Expected,
    Plain,
    Row,
    first_day,
    last_day,
    missing,
    number,
    ratio,
)
from plain_care import PlainCare, care
from plain_health import whole_year
from plain_reviewed import reviewed
from plain_tables import (
    Cells,
    amount,
    day,
    in_use,
    in_year,
    kept,
    own,
    text,
    total,
    why_missing,
)

SPLITS = {"contract": ("permanent", "agency"), "role": ("cla", "dual")}
BANDS = ("below", "within", "above")
SEXES = {"female": "female", "f": "female", "male": "male", "m": "male"}
GROUPS = {
    **dict.fromkeys(("wbri", "wirt", "woth", "wiri", "wrom", "white"), "white"),
    **dict.fromkeys(("mwbc", "mwba", "mwas", "moth", "mixed"), "mixed"),
    **dict.fromkeys(("aind", "apkn", "aban", "aoth", "chne", "asian"), "asian"),
    **dict.fromkeys(("bcrb", "bafr", "both", "black"), "black"),
    **dict.fromkeys(("ooth", "other"), "other"),
}
PROFILE: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {
    "sex": ("sex", SEXES, ("female", "male")),
    "ethnic_group": ("ethnicity", GROUPS, ("white", "mixed", "asian", "black", "other")),
}
"""Breakdown: column, what its words mean, and its categories without not recorded."""
CONTINUITY = ("same", "changed", "not_recorded")
OCCASIONS = ("supervision", "training")


def figures(plain: Plain, end: int) -> Cells:
    """Each cell of the section in the year that ends in ``end``."""
    cared = care(plain)
    return {
        **_staff(plain, cared, end),
        **_range(plain, cared, end),
        **_load(plain, cared, end),
        **_conferences(plain, end),
        **_continuity(plain, cared, end),
        **_money(plain, cared, end),
        **_supervision(plain, end),
    }


def _unless_missing(plain: Plain, cells: Cells, table: str, end: int) -> Cells:
    if kept(plain, table, end):
        return cells
    return dict.fromkeys(cells, why_missing(plain, table, end))


def _in_effect(plain: Plain, end: int) -> list[Row]:
    """Posts that there were on 31 March."""
    last = last_day(end)
    return [
        row
        for row in own(plain, "iro_staff", end)
        if (day(row, "start") or last) <= last and (day(row, "end") or last) >= last
    ]


def _in_post(plain: Plain, end: int) -> list[Row]:
    return [row for row in _in_effect(plain, end) if row["iro_id"]]


def _fte(posts: Sequence[Row]) -> float | None:
    """Full-time equivalents of some IROs; None if one of them has none recorded."""
    each = [amount(row, "fte") for row in posts]
    known = [fte for fte in each if fte is not None]
    return sum(known) if len(known) == len(each) else None


def _count(value: float | None) -> Expected:
    return missing(NOT_RECORDED) if value is None else number(value)


def _staff(plain: Plain, cared: PlainCare, end: int) -> Cells:
    posts = _in_post(plain, end)
    of_posts = [amount(row, "establishment_fte") for row in _in_effect(plain, end)]
    known = [fte for fte in of_posts if fte is not None]
    establishment = sum(known) if known else None
    fte = _fte(posts)
    vacant = None if establishment is None or fte is None else max(0.0, establishment - fte)
    iros = {row["iro_id"] for row in posts}
    children = len(cared.looked_after(end))
    cells: Cells = {
        total("service.establishment"): _count(establishment),
        total("service.in_post"): _count(fte),
        total("service.vacant"): _count(vacant),
        total("service.headcount"): number(len(iros)),
        total("service.caseload"): missing(NOT_RECORDED)
        if fte is None
        else ratio(children, fte, 1),
    }
    for column, parts in SPLITS.items():
        told = all(row[column] for row in posts)
        for key in parts:
            part = [row for row in posts if row[column] == key]
            cells["service.in_post", column, key] = _count(
                _fte(part) if told and fte is not None else None
            )
    for breakdown, (own_column, words, keys) in PROFILE.items():
        cells |= _profile(posts, breakdown, own_column, words, keys)
    return _unless_missing(plain, cells, "iro_staff", end)


def _profile(
    posts: Sequence[Row], breakdown: str, column: str, words: dict[str, str], keys: Sequence[str]
) -> Cells:
    """The team by a characteristic, if ten have it recorded."""
    each: dict[object, str] = {}
    for row in posts:
        said = words.get((text(row, column) or "").lower(), "not_recorded")
        if each.setdefault(row["iro_id"], said) == "not_recorded":
            each[row["iro_id"]] = said
    told = [said for said in each.values() if said != "not_recorded"]
    cells: Cells = {}
    for key in (*keys, "not_recorded"):
        found = number(list(each.values()).count(key))
        if each and not told:
            found = missing(NOT_RECORDED)
        elif each and len(told) < 10:
            found = missing("c")
        cells["service.headcount", breakdown, key] = found
    return cells


def _range(plain: Plain, cared: PlainCare, end: int) -> Cells:
    last, here = last_day(end), cared.looked_after(end)
    posts = _in_post(plain, end)
    children: dict[object, set[object]] = {}
    for row in own(plain, "iro_allocation", end):
        begun = day(row, "start") or day(row, "allocated_on") or last
        if begun <= last <= (day(row, "end") or last) and row["child_id"] in here:
            children.setdefault(row["iro_id"], set()).add(row["child_id"])
    with_children = {row["iro_id"] for row in posts} & children.keys()
    fte = {
        iro: _fte([row for row in posts if row["iro_id"] == iro]) or None for iro in with_children
    }
    loads = [len(children[iro]) / each for iro, each in fte.items() if each]
    cells: Cells = {
        total("service.iros"): number(len(with_children)),
        total("service.caseload_lowest"): number(min(loads)) if loads else missing(NOT_APPLICABLE),
        total("service.caseload_highest"): number(max(loads)) if loads else missing(NOT_APPLICABLE),
    }
    bands = [BANDS[(load >= 50) + (load > 70)] for load in loads]
    for key in BANDS:
        cells["service.iros", "band", key] = number(bands.count(key))
    if len(loads) < len(with_children):
        gone = missing(NOT_RECORDED)
        cells = {cell: gone if cell != total("service.iros") else cells[cell] for cell in cells}
    cells = _unless_missing(plain, cells, "iro_allocation", end)
    return _unless_missing(plain, cells, "iro_staff", end)


def _load(plain: Plain, cared: PlainCare, end: int) -> Cells:
    counts = [
        row
        for row in own(plain, "cp_caseload", end)
        if (day(row, "date") or date.max) <= last_day(end)
    ]
    nearest = max((day(row, "date") or date.min for row in counts), default=None)
    latest = [row for row in counts if row["date"] == nearest]
    protected = amount(latest[-1], "children_cp") if latest else None
    in_need = amount(latest[-1], "children_cin") if latest else None
    children = len(cared.looked_after(end))
    fte = _fte(_in_post(plain, end))
    if protected is None or fte is None:
        load = missing(NOT_RECORDED)
    else:
        load = ratio(children + protected + (in_need or 0), fte, 1)
    if protected is not None and not kept(plain, "iro_staff", end):
        load = why_missing(plain, "iro_staff", end)
    cells: Cells = {
        total("service.child_protection"): _count(protected),
        total("service.in_need"): _count(in_need),
        total("service.total_load"): load,
    }
    return _unless_missing(plain, cells, "cp_caseload", end)


def _conferences(plain: Plain, end: int) -> Cells:
    rows = [row for row in own(plain, "conferences", end) if in_year(day(row, "date"), end)]
    said = [text(row, "in_time") or "not_recorded" for row in rows]
    cells: Cells = {total("service.conferences"): number(len(rows))}
    for key in ("yes", "no", "not_recorded"):
        cells["service.conferences", "in_time", key] = number(said.count(key))
    for breakdown, key in ((TOTAL, TOTAL), ("type", "icpc"), ("type", "rcpc")):
        part = [row["in_time"] for row in rows if key in (TOTAL, row["type"])]
        cells["service.conferences", breakdown, key] = number(len(part))
        told = part.count("yes") + part.count("no")
        percent = ratio(part.count("yes"), told)
        if part and not told:
            percent = missing(NOT_RECORDED)
        cells["service.conferences_in_time_percent", breakdown, key] = percent
    return _unless_missing(plain, cells, "conferences", end)


def _continuity(plain: Plain, cared: PlainCare, end: int) -> Cells:
    found = {child: _allocations(plain, child, end) for child in whole_year(plain, cared, end)}
    kinds = [_kind(rows, end) for rows in found.values()]
    said = kinds.count("same") + kinds.count("changed")
    changes = sum(
        one[2] != before[2]
        for rows in found.values()
        if _kind(rows, end) != "not_recorded"
        for before, one in pairwise(rows)
    )
    percent, mean = ratio(kinds.count("same"), said), ratio(changes, said, 1)
    if kinds and not said:
        percent = mean = missing(NOT_RECORDED)
    cells: Cells = {total("service.all_year"): number(len(kinds))}
    for key in CONTINUITY:
        cells["service.all_year", "continuity", key] = number(kinds.count(key))
    cells[total("service.same_iro_percent")] = percent
    cells[total("service.iro_changes_per_child")] = mean
    return _unless_missing(plain, cells, "iro_allocation", end)


Allocation = tuple[date, date, str]


def _allocations(plain: Plain, child: str, end: int) -> list[Allocation]:
    """First day, last day and IRO of each allocation that was in force in the year, in order."""
    rows = []
    for row in own(plain, "iro_allocation", end):
        begun = day(row, "start") or day(row, "allocated_on") or date.min
        ended = day(row, "end") or date.max
        first, last = max(begun, first_day(end)), min(ended, last_day(end))
        if row["child_id"] == child and begun <= ended and first <= last:
            rows.append((begun, ended, str(row["iro_id"])))
    return sorted(rows, key=lambda row: row[:2])


def _kind(rows: Sequence[Allocation], end: int) -> str:
    if len({iro for _, _, iro in rows}) > 1:
        return "changed"
    days = (last_day(end) - first_day(end)).days + 1
    each = (first_day(end) + timedelta(days=n) for n in range(days))
    covered = all(any(begun <= one <= ended for begun, ended, _ in rows) for one in each)
    return "same" if covered else "not_recorded"


def _money(plain: Plain, cared: PlainCare, end: int) -> Cells:
    year = f"{end - 1}-{end % 100:02d}"
    given = [amount(row, "gbp") for row in in_use(plain, "budget") if row["year"] == year]
    budget, cost = total("service.budget"), total("service.cost_per_review")
    pounds = given[-1] if given else None
    if pounds is None:
        return dict.fromkeys((budget, cost), why_missing(plain, "budget", end))
    found = reviewed(plain, cared)
    per_review = ratio(pounds, len(found.in_year(end)), 1)
    return {
        budget: number(pounds),
        cost: per_review if found.known_in(end) else missing(NOT_AVAILABLE),
    }


def _supervision(plain: Plain, end: int) -> Cells:
    rows = [row for row in own(plain, "supervision", end) if in_year(day(row, "date"), end)]
    iros = {row["iro_id"] for row in _in_post(plain, end)}
    all_rows: Cells = {}
    of_iros: Cells = {}
    for breakdown, key in ((TOTAL, TOTAL), *(("occasion", kind) for kind in OCCASIONS)):
        part = [row["iro_id"] for row in rows if key in (TOTAL, row["type"])]
        of_post = [iro for iro in part if iro in iros]
        all_rows["service.supervision", breakdown, key] = number(len(part))
        of_iros["service.supervision_per_iro", breakdown, key] = ratio(len(of_post), len(iros), 1)
        if key != TOTAL:
            of_iros[total(f"service.without_{key}")] = number(len(iros - set(of_post)))
    cells = all_rows | _unless_missing(plain, of_iros, "iro_staff", end)
    return _unless_missing(plain, cells, "supervision", end)
