"""The samples' distributions have the shape of real ones, not only their totals."""

from __future__ import annotations

import functools
import re
import tomllib
from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from statistics import median
from typing import TypeVar

import pytest
from golden_table import AUTHORITY_YEARS, SHIPPED
from recompute_profile import looked_after
from recompute_returns import (
    DATA,
    AuthorityYear,
    load,
    read_date,
    rows_of,
    tables_of,
    year_folders,
)
from recompute_reviews import (
    PARTICIPATED,
    Review,
    add_months,
    age_on,
    all_reviews,
    held_in_year,
    is_working_day,
)

# Years with a year before them: only there are the gaps between reviews whole.
LATER_YEARS = [
    (authority, year)
    for authority, year in AUTHORITY_YEARS
    if f"{int(year[:4]) - 1}-{year[2:4]}" in SHIPPED[authority]
]
# Postcode areas that Royal Mail has issued in Great Britain, Northern Ireland and the Crown
# dependencies; a synthetic postcode must lie in none of them.
ISSUED = """
    AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN
    DT DY E EC EH EN EX FK FY G GIR GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY
    L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA
    SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV
    XX YO ZE
"""
POSTCODE_AREAS = frozenset(ISSUED.split())

T = TypeVar("T")

of_every_year = pytest.mark.parametrize(("authority", "year"), AUTHORITY_YEARS)
of_later_years = pytest.mark.parametrize(("authority", "year"), LATER_YEARS)


def sample(authority: str, year: str) -> AuthorityYear:
    return load(DATA / authority, year)


@functools.cache
def held(authority: str, year: str) -> list[Review]:
    return held_in_year(sample(authority, year))


def share(items: list[T], condition: Callable[[T], bool]) -> float:
    """The part of the items that meets a condition, of at least one item."""
    assert items, "nothing to take a share of"
    return sum(map(condition, items)) / len(items)


def gaps(authority: str, year: str) -> list[tuple[date, date]]:
    """Consecutive reviews of one period of care, the later one held in the year."""
    records = sample(authority, year)
    reviews = all_reviews(records)
    return [
        (before.day, after.day)
        for before, after in pairwise(reviews)
        if before.period is after.period and records.in_year(after.day)
    ]


@of_later_years
def test_most_children_have_two_or_three_reviews_a_year(authority: str, year: str) -> None:
    """The mode is two or three, more than half have that many, and one and four or more occur."""
    counts = Counter(Counter(review.child for review in held(authority, year)).values())
    mode = max(counts, key=lambda number: counts[number])
    assert mode in (2, 3)
    assert counts[2] + counts[3] > sum(counts.values()) / 2
    assert counts[1] > 0
    assert sum(count for number, count in counts.items() if number >= 4) > 0
    assert max(counts) <= 8


@of_later_years
def test_gaps_between_reviews_stay_mostly_below_the_limit(authority: str, year: str) -> None:
    """Nearly all within six months, most near it, some soon after the last, few beyond."""
    found = gaps(authority, year)
    days = [(after - before).days for before, after in found]
    assert share(found, lambda gap: gap[1] <= add_months(gap[0], 6)) > 0.85
    assert 120 <= median(days) <= 184
    assert share(days, lambda gap: gap >= 140) > 0.4
    assert share(days, lambda gap: 60 <= gap <= 93) > 0.05
    assert share(days, lambda gap: gap < 60) < 0.1
    assert len(set(days)) > 15, "the gaps are all alike"


@of_later_years
def test_gaps_are_not_all_the_limit_itself(authority: str, year: str) -> None:
    """Officers book reviews before the limit, not on it, and no one gap dominates."""
    found = gaps(authority, year)
    assert share(found, lambda gap: gap[1] == add_months(gap[0], 6)) < 0.25
    _, times = Counter(after - before for before, after in found).most_common(1)[0]
    assert times < 0.3 * len(found)


@of_every_year
def test_periods_of_care_are_long_tailed(authority: str, year: str) -> None:
    """The mean length so far is well above the median, and days and years both occur."""
    records = sample(authority, year)
    lengths = [
        ((period.end or records.end) - period.start).days
        for period in records.periods
        if period.start <= records.end and (period.end is None or period.end >= records.start)
    ]
    assert sum(lengths) / len(lengths) > 1.1 * median(lengths)
    assert min(lengths) < 60
    assert max(lengths) > 5 * 365
    assert share(lengths, lambda days: days > 2 * 365) > 0.15


@of_every_year
def test_ages_run_from_nought_to_seventeen(authority: str, year: str) -> None:
    """No one is 18 on 31 March, every age group is there, teenagers are the most."""
    records = sample(authority, year)
    ages = [age_on(records.births[child], records.end) for child in looked_after(records)]
    assert min(ages) == 0
    assert max(ages) == 17
    assert len(set(ages)) >= 16
    assert share(ages, lambda years: years >= 10) > 0.4
    assert Counter(ages).most_common(1)[0][1] < 0.25 * len(ages)


@of_every_year
def test_birthdays_are_spread_over_the_year(authority: str, year: str) -> None:
    """Some heaping is real (1 January, the 15th of unaccompanied children), most is not."""
    births = list(sample(authority, year).births.values())
    days = Counter((born.month, born.day) for born in births)
    assert days.most_common(1)[0][1] < 0.12 * len(births)
    assert len({born.month for born in births}) == 12


@of_every_year
def test_no_review_is_held_on_a_weekend_or_bank_holiday(authority: str, year: str) -> None:
    """Reviews are held on working days, but for a tiny share as typed by mistake."""
    assert share(held(authority, year), lambda review: not is_working_day(review.day)) < 0.01


@of_every_year
def test_reviews_are_spread_over_the_year(authority: str, year: str) -> None:
    """Every month and weekday has its reviews, and no single day has very many."""
    reviews = held(authority, year)
    months = Counter(review.day.month for review in reviews)
    assert len(months) == 12
    assert max(months.values()) < 0.2 * len(reviews)
    weekdays = Counter(review.day.weekday() for review in reviews)
    assert all(0.1 < weekdays[day] / len(reviews) < 0.33 for day in range(5)), weekdays
    busiest = Counter(review.day for review in reviews).most_common(1)[0][1]
    assert busiest <= max(12, 0.05 * len(reviews))


def test_lateness_is_mostly_days_or_weeks() -> None:
    """Of all late reviews most are late by up to four weeks, some by a few days, few by months."""
    late = [
        (review.day - review.due).days
        for authority, year in LATER_YEARS
        for review in held(authority, year)
        if review.due is not None and review.is_late
    ]
    assert len(late) >= 30
    assert share(late, lambda days: days <= 28) > 0.7
    assert share(late, lambda days: days <= 7) > 0.2
    assert share(late, lambda days: days > 28) > 0.01
    assert max(late) < 200
    assert len(set(late)) > 10


@of_later_years
def test_late_reviews_are_few(authority: str, year: str) -> None:
    """Published timeliness lies between 90% and all but one on time."""
    judged = [review for review in held(authority, year) if review.due is not None]
    assert share(judged, lambda review: review.is_late) < 0.12


@of_later_years
def test_late_reviews_have_their_reasons_in_the_local_record(authority: str, year: str) -> None:
    """Where a local record of reviews is kept, nearly every late one says why."""
    local = sample(authority, year).service("reviews_local")
    if local is None:
        pytest.skip(f"{authority} {year} keeps no local record of reviews")
    reasons = {
        (row["CHILD_ID"], read_date(row["REVIEW_DATE"])): row["LATE_REASON"] for row in local
    }
    late = [review for review in held(authority, year) if review.is_late]
    if late:
        assert share(late, lambda r: bool(reasons.get((r.child, r.day)))) > 0.8


def test_late_reasons_differ() -> None:
    """Several reasons occur, none of them nearly always."""
    reasons = Counter(
        row["LATE_REASON"]
        for authority, year in AUTHORITY_YEARS
        for row in sample(authority, year).service("reviews_local") or []
        if row["LATE_REASON"]
    )
    assert len(reasons) >= 4
    assert reasons.most_common(1)[0][1] < 0.7 * reasons.total()


@of_every_year
def test_participation_codes_fit_the_ages(authority: str, year: str) -> None:
    """PN0 is for children under four, and older ones take part in more than one way."""
    records = sample(authority, year)
    reviews = held(authority, year)
    young = [r for r in reviews if age_on(records.births[r.child], r.day) < 4]
    older = [r for r in reviews if age_on(records.births[r.child], r.day) >= 4]
    assert share(young, lambda review: review.code == "PN0") > 0.95
    assert share(older, lambda review: review.code == "PN0") < 0.05
    assert len({review.code for review in older} & PARTICIPATED) >= 3


@of_every_year
def test_a_few_rows_are_dirty_as_in_real_returns(authority: str, year: str) -> None:
    """Less than two in a hundred reviews sent do not count."""
    records = sample(authority, year)
    sent = tables_of(records.folder)["reviews"]
    assert len(held(authority, year)) <= len(sent)
    assert len(held(authority, year)) >= 0.98 * len(sent) - 5


def test_some_dirty_rows_are_shipped() -> None:
    """The samples exercise what the reader must explain: some reviews sent do not count."""
    surplus = sum(
        len(tables_of(sample(*which).folder)["reviews"]) - len(held(*which))
        for which in AUTHORITY_YEARS
    )
    assert surplus > 0


@of_every_year
def test_no_episode_is_left_open_by_a_later_return(authority: str, year: str) -> None:
    """Whoever is counted at 31 March is in that year's own return."""
    records = sample(authority, year)
    sent = {row["CHILD"] for row in tables_of(records.folder)["episodes"]}
    assert set(looked_after(records)) <= sent


def test_children_belong_to_one_authority_only() -> None:
    """No child's identifier occurs in two authorities' returns."""
    seen: dict[str, str] = {}
    for authority, years in SHIPPED.items():
        for year in years:
            for child in sample(authority, year).header:
                assert seen.setdefault(child, authority) == authority, "an id is in two authorities"


@of_every_year
def test_every_shipped_year_is_marked_as_synthetic(authority: str, year: str) -> None:
    """year.toml says so, in so many words."""
    with (DATA / authority / year / "year.toml").open("rb") as file:
        assert tomllib.load(file)["synthetic"] is True


@of_every_year
def test_postcodes_lie_in_areas_never_issued(authority: str, year: str) -> None:
    """No home or placement postcode could be anyone's address."""
    for row in tables_of(DATA / authority / year)["episodes"]:
        for column in ("HOME_POST", "PL_POST"):
            area = re.match(r"[A-Z]*", row.get(column, "").upper())
            assert area is not None
            assert area.group() not in POSTCODE_AREAS, f"{column} is in an area that was issued"


@pytest.mark.parametrize("authority", SHIPPED)
def test_no_year_is_shipped_beyond_those_listed(authority: str) -> None:
    """The folders are those of the table; consecutive ones stack."""
    folders = {path.name for path in (DATA / authority).iterdir() if path.is_dir()}
    assert folders == set(SHIPPED[authority])
    last = SHIPPED[authority][-1]
    assert [folder.name for folder in year_folders(DATA / authority, last)][-1] == last


@of_every_year
def test_service_records_name_known_children_only(authority: str, year: str) -> None:
    """Allocations, alerts and disputes are of children whom the return knows."""
    records = sample(authority, year)
    for path in sorted((records.folder / "service").glob("*.csv")):
        rows = rows_of(path)
        if rows and "CHILD_ID" in rows[0]:
            children = [row["CHILD_ID"] for row in rows if row["CHILD_ID"]]
            assert share(children, lambda child: child in records.header) > 0.95, path.name
