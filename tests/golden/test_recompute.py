"""The recomputation itself, against answers worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import recompute_flows as flows
import recompute_health as health
import recompute_profile as profile
import recompute_reviews as reviews
import recompute_service as service
from recompute import round_half_up
from recompute_returns import AuthorityYear, load, read_date

EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,PL_POST,URN,PL_LOCATION,PL_DISTANCE"
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
REVIEWS = "CHILD,DOB,REVIEW,REVIEW_CODE"

# year -> table -> the lines under its headings
Sheets = dict[str, dict[str, str]]
HEADINGS = {
    "episodes": EPISODES,
    "header": HEADER,
    "reviews": REVIEWS,
    "oc2": "CHILD,SDQ_SCORE,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,"
    "SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED",
    "uasc": "CHILD,SEX,DOB,DUC",
}


def write(folder: Path, sheets: Sheets, year: str) -> AuthorityYear:
    for name, tables in sheets.items():
        for table, lines in tables.items():
            part, heading = ("ssda903", HEADINGS[table]) if table in HEADINGS else ("service", "")
            path = folder / name / part / f"{table}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            rows = [line.strip() for line in lines.strip().splitlines()]
            path.write_text("\n".join([heading, *rows] if heading else rows), encoding="utf-8")
    return load(folder, year)


TWO_YEARS: Sheets = {
    "2018-19": {
        "header": "A,1,01/05/2010,WBRI,,,\nB,2,10/10/2016,OOTH,,,",
        "episodes": """
            A,03/09/2018,S,C1,N1,U4,PR1,,,AA1,1,IN,3.0
            B,01/06/2017,L,C2,N1,U4,PR1,,,BB1,2,OUT,25.0
        """,
        "reviews": """
            A,01/05/2010,01/10/2018,PN1
            A,01/05/2010,02/01/2019,PN4
            B,10/10/2016,10/01/2019,PN0
            B,10/10/2016,10/01/2019,PN0
        """,
    },
    "2019-20": {
        "header": """
            A,1,01/05/2010,WBRI,,,
            B,2,10/10/2016,OOTH,,,
            C,M,01/01/2004,REFU,,,
            D,2,29/02/2016,WIRI,,,
        """,
        "episodes": """
            A,03/09/2018,S,C1,N1,U4,PR1,20/05/2019,X1,AA1,1,IN,3.0
            A,20/05/2019,L,C2,N1,U4,PR1,01/08/2019,X1,AA1,1,IN,3.0
            A,01/08/2019,P,C2,N1,T1,,05/08/2019,X1,AA9,,IN,3.0
            A,05/08/2019,P,C2,N1,U4,PR1,01/11/2019,X1,AA1,1,IN,3.0
            A,01/11/2019,P,C2,N1,K2,PR4,06/12/2019,X1,AA2,3,OUT,30.0
            A,06/12/2019,B,V2,N1,U4,PR4,,,AA3,4,OUT,20.0
            B,01/06/2017,L,C2,N1,U4,PR1,31/03/2020,E4A,BB1,2,OUT,25.0
            C,01/07/2019,S,V4,N2,R1,PR1,15/07/2019,X1,CC1,5,IN,
            C,15/07/2019,L,V2,N5,H5,PR5,10/09/2019,E8,CC2,6,IN,
            C,10/10/2019,S,V2,N5,P2,,,,,,IN,
            D,01/04/2019,S,E1,N1,A5,PR1,,,DD1,,OUT,999.9
            Z,01/04/2019,S,C2,N1,U4,PR1,,,ZZ1,,IN,1.0
            D,31/02/2019,S,C2,N1,U4,PR1,,,ZZ1,,IN,1.0
        """,
        "reviews": """
            A,01/05/2010,02/07/2019,PN7
            A,01/05/2010,03/01/2020,PN5
            B,10/10/2016,11/07/2019,PN0
            C,01/01/2004,10/07/2019,PN1
            C,01/01/2004,12/08/2019,PN2
            C,01/01/2004,20/09/2019,PN2
            C,01/01/2004,08/11/2019,PN3
            D,29/02/2016,02/05/2019,PN0
            D,29/02/2016,05/08/2019,PN0
            D,29/02/2016,28/02/2020,PN0
            D,29/02/2016,02/03/2020,PN6
            Z,01/01/2004,08/11/2019,PN3
            A,01/05/2010,99/99/2019,PN7
        """,
        "uasc": "C,1,01/01/2004,\nA,1,01/05/2010,01/04/2019",
        "oc2": "D,12,0,1,1,1,1,0,,\nA,17,1,,1,0,1,1,0,1",
        "iro_staff": """
            iro_id,start,end,fte,role
            X1,01/04/2015,,0.5,dual
            X2,01/04/2015,30/03/2020,1.0,cla
            ,,,,
        """,
        "iro_allocation": """
            child_id,iro_id,start,end
            A,X1,06/04/2019,
            B,X1,06/04/2019,
            C,X1,15/07/2019,10/09/2019
        """,
        "alerts": """
            id,child_id,raised,category,closed
            1,A,31/03/2020,,
            2,A,31/03/2019,,
            1,A,31/03/2020,,
        """,
        "disputes": """
            id,child_id,opened,stage,stage_date,closed,outcome,themes
            1,A,01/02/2019,1,01/02/2019,,,
            1,A,01/02/2019,2,02/04/2019,30/04/2019,agreed,
            2,B,01/06/2019,1,01/06/2019,,,
            3,C,01/02/2019,1,01/02/2019,01/03/2019,agreed,
        """,
        "midpoint": "child_id,date\nA,01/10/2019\nB,01/10/2019",
    },
}  # fmt: skip


@pytest.fixture
def records(tmp_path: Path) -> AuthorityYear:
    return write(tmp_path / "sample", TWO_YEARS, "2019-20")


def test_dates_of_returns_are_read() -> None:
    """Day first with two or four digits of year, ISO; what is no date is None."""
    assert read_date("03/09/2018") == read_date("2018-09-03") == read_date("3/9/18")
    assert read_date("31/02/2019") is read_date("zz/05/2019") is read_date("") is None


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2018-09-03", "2018-10-01"),  # no bank holiday: four weeks
        ("2011-04-15", "2011-05-19"),  # both Easter days, the wedding of 29 April, 2 May
        ("2012-05-11", "2012-06-12"),  # 4 and 5 June 2012; the last Monday of May was no holiday
        ("2020-04-14", "2020-05-13"),  # 8 May 2020, not 4 May
        ("2020-12-05", "2021-01-06"),  # a Saturday; Christmas, 28 December, New Year
    ],
)
def test_twentieth_working_day(start: str, due: str) -> None:
    """The day of becoming looked after is day 0; weekends and bank holidays do not count."""
    day = reviews.add_working_days(date.fromisoformat(start), 20)
    assert day == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2018-11-30", 3, "2019-02-28"),
        ("2019-11-30", 3, "2020-02-29"),
        ("2019-08-31", 6, "2020-02-29"),
        ("2019-10-15", 3, "2020-01-15"),
        ("2019-06-30", 6, "2019-12-30"),
    ],
)
def test_months_clip_to_the_end_of_the_month(day: str, months: int, expected: str) -> None:
    """Three months after 30 November is the last of February."""
    assert reviews.add_months(date.fromisoformat(day), months) == date.fromisoformat(expected)


def test_periods_of_care_join_episodes_and_leave_short_breaks_out(records: AuthorityYear) -> None:
    """X1 and no gap join; an ending or a gap parts; V4 does not count as looked after."""
    spans = [(p.child, p.start, p.end, p.start_known) for p in records.periods]
    assert spans == [
        ("A", date(2018, 9, 3), None, True),
        ("B", date(2017, 6, 1), date(2020, 3, 31), False),
        ("C", date(2019, 7, 15), date(2019, 9, 10), True),
        ("C", date(2019, 10, 10), None, True),
        ("D", date(2019, 4, 1), None, True),
    ]


def test_reviews_that_count_and_whether_they_are_on_time(records: AuthorityYear) -> None:
    """Unknown children, unread dates and reviews outside a period are not counted.

    A: second review 2 January, so due 2 July, held then; next due 2 January, held on the 3rd.
    B: began before the first return, last review 10 January, due 10 July, held on the 11th.
    C: 20 working days from 15 July is 12 August; from 10 October it is 7 November, held the 8th.
    D: 20 working days from 1 April over Easter is 1 May, held 2 May; then 5 August is late for
    2 August; 28 February is late for 5 February; 2 March is not.
    """
    days = {(r.child, r.day.isoformat()): r.is_late for r in reviews.held_in_year(records)}
    assert days == {
        ("A", "2019-07-02"): False,
        ("A", "2020-01-03"): True,
        ("B", "2019-07-11"): True,
        ("C", "2019-08-12"): False,
        ("C", "2019-11-08"): True,
        ("D", "2019-05-02"): True,
        ("D", "2019-08-05"): True,
        ("D", "2020-02-28"): True,
        ("D", "2020-03-02"): False,
    }
    assert reviews.reviews_on_time_percent(records) == Fraction(100 * 3, 9)
    assert reviews.children_reviewed(records) == 4


def test_first_loaded_review_of_a_period_begun_earlier_is_not_judged(tmp_path: Path) -> None:
    """B's review of January 2019 has no loaded predecessor: neither on time nor late."""
    before = write(tmp_path / "sample", TWO_YEARS, "2018-19")
    judged = {(r.child, r.day.isoformat()): r.due for r in reviews.held_in_year(before)}
    assert judged == {
        ("A", "2018-10-01"): date(2018, 10, 1),
        ("A", "2019-01-02"): date(2019, 1, 1),
        ("B", "2019-01-10"): None,
    }


def test_period_begun_before_april_2011_has_28_days(tmp_path: Path) -> None:
    """The regulations of 1991 set 28 calendar days for the first review."""
    sheets: Sheets = {
        "2010-11": {
            "header": "A,1,01/05/2005,WBRI,,,",
            "episodes": "A,01/12/2010,S,C1,N1,U4,PR1,,,,,,",
            "reviews": "A,01/05/2005,30/12/2010,PN1\nA,01/05/2005,30/03/2011,PN1",
        }
    }
    records = write(tmp_path / "old", sheets, "2010-11")
    due = [review.due for review in reviews.all_reviews(records)]
    assert due == [date(2010, 12, 29), date(2011, 3, 30)]


def test_participation_is_measured_from_the_fourth_birthday(records: AuthorityYear) -> None:
    """PN4 and PN7 are in the denominator only, PN0 and under-fours in neither.

    A: PN7, PN5. C: PN2, PN3. D: PN6 on 2 March 2020, four since 29 February; PN0 not coded.
    """
    assert reviews.participated_reviews(records) == 4
    assert reviews.participation_percent(records) == Fraction(100 * 4, 5)
    assert reviews.participated_reviews_percent_of_all(records) == Fraction(100 * 4, 9)
    assert reviews.children_participation_measured(records) == 3
    assert reviews.children_participated(records) == 3
    assert reviews.children_participated_in_every(records) == 2


def test_looked_after_at_31_march_and_its_breakdowns(records: AuthorityYear) -> None:
    """A, C and D; B left on 31 March, so is not counted."""
    assert set(profile.looked_after(records)) == {"A", "C", "D"}
    assert profile.looked_after_change_percent(records) == 50
    assert [profile.sex(records, s) for s in ("male", "female")] == [2, 1]
    assert [profile.age(records, a) for a in ("1_to_4", "5_to_9", "16_and_over")] == [1, 1, 1]
    assert profile.ethnicity_british(records, "white_british") == 1
    assert profile.ethnicity_british(records, "neither") == 2
    assert profile.uasc(records, "uasc") == 1
    assert profile.legal_status(records, "section_20") == 2
    assert profile.placement(records, "independent") == 1
    assert profile.placement_before_2018(records, "other_community") == 1
    assert profile.locality_distance(records, "outside*20_or_less") == 1
    assert profile.distance(records, "not_known") == 2
    assert profile.per_10000(profile.looked_after_count, records) is None


def test_started_ceased_and_in_the_year(records: AuthorityYear) -> None:
    """Periods are C's two and D's; children C and D. Ceased: B, and C once."""
    assert len(flows.periods_started(records)) == 3
    assert (flows.started(records), flows.ceased(records)) == (2, 2)
    assert flows.children_in_year(records) == 4


def test_three_placements_leave_temporary_ones_out(records: AuthorityYear) -> None:
    """A: foster carer (hospital and back are not counted), children's home, new carer."""
    assert [flows.placements_in_year(records, n) for n in ("1", "2", "3_or_more")] == [1, 1, 1]


def test_twelve_month_cohort_and_its_health(records: AuthorityYear) -> None:
    """A all year, D since 1 April itself; C had a short break and came later."""
    assert sorted(health.cohort(records)) == ["A", "D"]
    assert health.health(records, "dental") == 1
    assert health.health_percent(records, "assessment") == 100
    assert health.sdq(records, "total") == health.sdq(records, "concern") == 1
    assert health.sdq_average(records) == 17
    assert health.development(records, "up_to_date") == 1
    assert health.convictions(records, "total") == 0
    assert health.substance_misuse(records, "refused") == 1


def test_caseload_counts_the_officers_in_post_on_31_march(records: AuthorityYear) -> None:
    """Half a post for three children looked after is six to a full one; vacancies count nothing."""
    assert service.iro_fte(records) == Fraction(1, 2)
    assert service.average_caseload(records) == 6
    assert service.average_caseload_within_50_to_70(records) == 0
    assert service.iros_outside_50_to_70(records) == 1
    assert service.chairs_conferences(records) == 1


def test_alerts_and_disputes(records: AuthorityYear) -> None:
    """Alerts by the day raised; disputes active in the year by the highest stage reached."""
    assert service.alerts(records) == 1
    assert service.disputes_active(records) == 2
    assert (service.disputes_closed(records), service.disputes_open(records)) == (1, 1)
    assert [service.disputes_highest_stage(records, s) for s in "12"] == [1, 1]
    assert service.challenges(records) == 2
    assert service.disputes_recorded(records) == 1


def test_tables_that_are_not_kept_give_no_figure(records: AuthorityYear) -> None:
    """Missing is never nought."""
    assert service.budget_gbp(records) is None
    assert service.reviews_cancelled(records) is None
    assert service.reviews_majority_virtual(records) is None
    assert service.oversees_children_in_need(records) is None
    assert service.midpoint_percent(records) == Fraction(100, 3)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (Fraction(57500, 590), 1, "97.5"),
        (Fraction(102000, 1021), 1, "99.9"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-15, 10), 0, "-2"),
        (Fraction(1, 20), 1, "0.1"),
        (849000, 0, "849000"),
    ],
)
def test_rounding_is_half_up(value: int | Fraction, decimals: int, expected: str) -> None:
    """A half rounds away from nought, as the published figures do."""
    assert round_half_up(value, decimals) == Decimal(expected)
