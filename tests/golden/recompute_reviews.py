"""Reviews held, on time and taken part in, each written from its definition.

Regulation 33 of the Care Planning, Placement and Case Review (England) Regulations 2010: the first
review within 20 working days, the second within three months of the first, later ones within six
months of the one before. Periods begun before 1 April 2011: the first within 28 days. Where the
service's own record of a review says when it was due, that day counts instead.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from recompute_returns import AuthorityYear, Period, read_date, rows_of, year_folders

# Good Friday, Christmas Day and the bank holidays of England, typed in from the published lists.
ENGLISH_HOLIDAYS = """
    2010-01-01 2010-04-02 2010-04-05 2010-05-03 2010-05-31 2010-08-30 2010-12-27 2010-12-28
    2011-01-03 2011-04-22 2011-04-25 2011-04-29 2011-05-02 2011-05-30 2011-08-29 2011-12-26
    2011-12-27
    2012-01-02 2012-04-06 2012-04-09 2012-05-07 2012-06-04 2012-06-05 2012-08-27 2012-12-25
    2012-12-26
    2013-01-01 2013-03-29 2013-04-01 2013-05-06 2013-05-27 2013-08-26 2013-12-25 2013-12-26
    2014-01-01 2014-04-18 2014-04-21 2014-05-05 2014-05-26 2014-08-25 2014-12-25 2014-12-26
    2015-01-01 2015-04-03 2015-04-06 2015-05-04 2015-05-25 2015-08-31 2015-12-25 2015-12-28
    2016-01-01 2016-03-25 2016-03-28 2016-05-02 2016-05-30 2016-08-29 2016-12-26 2016-12-27
    2017-01-02 2017-04-14 2017-04-17 2017-05-01 2017-05-29 2017-08-28 2017-12-25 2017-12-26
    2018-01-01 2018-03-30 2018-04-02 2018-05-07 2018-05-28 2018-08-27 2018-12-25 2018-12-26
    2019-01-01 2019-04-19 2019-04-22 2019-05-06 2019-05-27 2019-08-26 2019-12-25 2019-12-26
    2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28
    2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28
"""
BANK_HOLIDAYS = frozenset(map(date.fromisoformat, ENGLISH_HOLIDAYS.split()))
REGULATIONS_OF_2010_IN_FORCE = date(2011, 4, 1)
PARTICIPATED = frozenset({"PN1", "PN2", "PN3", "PN5", "PN6"})
CODED = PARTICIPATED | {"PN4", "PN7"}


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in BANK_HOLIDAYS


def add_working_days(day: date, count: int) -> date:
    """The ``count``-th working day after ``day``, which is itself day 0."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def add_months(day: date, count: int) -> date:
    """The same day ``count`` months on, or the last of that month where it has no such day."""
    years, month = divmod(day.month - 1 + count, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def age_on(born: date, day: date) -> int:
    """Completed years of age."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@dataclass(frozen=True)
class Review:
    """A review held in a period of care; ``due`` is None where it cannot be judged."""

    child: str
    day: date
    code: str
    due: date | None
    period: Period
    sequence: int | None

    @property
    def is_on_time(self) -> bool:
        """Held by the day on which it was due."""
        return self.due is not None and self.day <= self.due

    @property
    def is_late(self) -> bool:
        """Held after the day on which it was due; never where that day is not known."""
        return self.due is not None and self.day > self.due


def due_dates(period: Period, days: list[date], first_day_loaded: date) -> list[date | None]:
    """When each of a period's reviews was due, given the days on which they were held."""
    from_the_start = period.start_known and period.start >= first_day_loaded
    due: list[date | None] = []
    for number, _ in enumerate(days):
        if number:
            months = 3 if from_the_start and number == 1 else 6
            due.append(add_months(days[number - 1], months))
        elif not from_the_start:
            due.append(None)
        elif period.start < REGULATIONS_OF_2010_IN_FORCE:
            due.append(period.start + timedelta(days=28))
        else:
            due.append(add_working_days(period.start, 20))
    return due


def due_dates_of_the_service(records: AuthorityYear) -> dict[tuple[str, date], date]:
    """When the service says that each review was due, of all years loaded."""
    found: dict[tuple[str, date], date] = {}
    for folder in year_folders(records.folder.parent, records.year):
        path = folder / "service" / "reviews_local.csv"
        for row in rows_of(path) if path.is_file() else []:
            day, due = read_date(row["REVIEW_DATE"]), read_date(row["DUE_DATE"])
            if row["STATUS"] == "held" and day and due:
                found[row["CHILD_ID"], day] = due
    return found


def all_reviews(records: AuthorityYear) -> list[Review]:
    """Every loaded review that lies in a period of care, up to the end of the year."""
    given = due_dates_of_the_service(records)
    days_of: dict[str, list[date]] = {}
    for child, day in sorted(records.reviews):
        days_of.setdefault(child, []).append(day)
    found: list[Review] = []
    for period in records.periods:
        last = min(period.end or records.end, records.end)
        days = [d for d in days_of.get(period.child, []) if period.start <= d <= last]
        known = period.start_known and period.start >= records.first_day_loaded
        for number, due in enumerate(due_dates(period, days, records.first_day_loaded)):
            key = period.child, days[number]
            sequence = number + 1 if known else None
            found.append(Review(*key, records.reviews[key], given.get(key, due), period, sequence))
    return found


def held_in_year(records: AuthorityYear) -> list[Review]:
    """The reviews that count: held in the year, in a period of care, each once."""
    inside: dict[tuple[str, date], Review] = {}
    for review in all_reviews(records):
        if records.in_year(review.day):
            inside[review.child, review.day] = review
    return list(inside.values())


def reviews_held(records: AuthorityYear) -> int:
    return len(held_in_year(records))


def reviews_held_change_percent(records: AuthorityYear) -> Fraction | None:
    before = records.last_year()
    if before is None:
        return None
    return Fraction(100 * (reviews_held(records) - reviews_held(before)), reviews_held(before))


def children_reviewed(records: AuthorityYear) -> int:
    return len({review.child for review in held_in_year(records)})


def reviews_on_time(records: AuthorityYear) -> int:
    return sum(review.is_on_time for review in held_in_year(records))


def reviews_late(records: AuthorityYear) -> int:
    return sum(review.is_late for review in held_in_year(records))


def reviews_on_time_percent(records: AuthorityYear) -> Fraction:
    on_time = reviews_on_time(records)
    return Fraction(100 * on_time, on_time + reviews_late(records))


def measured_for_participation(records: AuthorityYear) -> list[Review]:
    """Reviews at the child's age of 4 and over with a code that says how they took part."""
    return [
        review
        for review in held_in_year(records)
        if review.code in CODED
        and review.child in records.births
        and age_on(records.births[review.child], review.day) >= 4
    ]


def participated_reviews(records: AuthorityYear) -> int:
    return sum(review.code in PARTICIPATED for review in measured_for_participation(records))


def participation_percent(records: AuthorityYear) -> Fraction:
    """C1: reviews with participation, of the coded reviews at age 4 and over."""
    return Fraction(100 * participated_reviews(records), len(measured_for_participation(records)))


def participated_reviews_percent_of_all(records: AuthorityYear) -> Fraction:
    """As Bath and North East Somerset prints it: of all reviews held."""
    return Fraction(100 * participated_reviews(records), reviews_held(records))


def codes_by_child(records: AuthorityYear) -> dict[str, list[bool]]:
    took_part: dict[str, list[bool]] = {}
    for review in measured_for_participation(records):
        took_part.setdefault(review.child, []).append(review.code in PARTICIPATED)
    return took_part


def children_participation_measured(records: AuthorityYear) -> int:
    return len(codes_by_child(records))


def children_participated(records: AuthorityYear) -> int:
    """C4a: in at least one review."""
    return sum(any(reviews) for reviews in codes_by_child(records).values())


def children_participated_in_every(records: AuthorityYear) -> int:
    """C4b: in every one."""
    return sum(all(reviews) for reviews in codes_by_child(records).values())


def children_participated_percent(records: AuthorityYear) -> Fraction:
    return Fraction(100 * children_participated(records), children_participation_measured(records))
