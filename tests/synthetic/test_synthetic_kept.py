"""The further service tables: as asked, at one with the return, each from its own stream."""

from __future__ import annotations

import csv
import functools
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from irostats.calendar import ReportingYear
from irostats.service import TABLES, read_service
from irostats.synthetic import service
from irostats.synthetic.blemishes import read
from irostats.synthetic.kept_checks import not_as_asked
from irostats.synthetic.model import stream
from irostats.synthetic.plan import AUTHORITIES, load
from irostats.synthetic.quotas import QuotaError, answers, chosen
from irostats.synthetic.recount import on_31_march, stays
from irostats.synthetic.returns import Rows
from irostats.synthetic.workdays import age_on, reporting_year, year_end
from irostats.synthetic.writing import make

DATA = Path(__file__).parents[2] / "data"
YEARS = [
    (slug, label) for slug in AUTHORITIES for block in load(slug).blocks for label in block.years
]
SEED_YEARS = [(slug, load(slug).seed_year) for slug in AUTHORITIES]
every_year = pytest.mark.parametrize(("slug", "year"), YEARS)


@functools.cache
def rows(slug: str, year: str, table: str) -> Rows:
    """The rows of a shipped table of the return or the service; none if it is not kept."""
    for part in ("ssda903", "service"):
        path = DATA / slug / year / part / f"{table}.csv"
        if path.is_file():
            with path.open(encoding="utf-8") as file:
                return list(csv.DictReader(file))
    return []


def shipped_tables(slug: str, year: str) -> set[str]:
    """The names of a year's service tables."""
    return {path.stem for path in (DATA / slug / year / "service").iterdir()}


@every_year
def test_service_tables_are_read_without_an_issue(slug: str, year: str) -> None:
    """Every shipped table satisfies its schema, row by row."""
    found = read_service(
        DATA / slug / year / "service", year=ReportingYear.parse(year), relative_to=DATA
    )
    assert found.issues == ()
    assert found.tables.keys() == shipped_tables(slug, year)


@every_year
def test_headings_are_those_of_the_schema(slug: str, year: str) -> None:
    """A table has columns of its schema, in their order, and all that it needs."""
    for path in (DATA / slug / year / "service").glob("*.csv"):
        heading = path.read_text(encoding="utf-8").partition("\n")[0].split(",")
        columns = TABLES[path.stem].columns
        assert heading == [name for name in columns if name in heading], path
        assert all(name in heading for name, column in columns.items() if column.needed)


def test_a_table_can_be_made_for_every_schema() -> None:
    """No schema is forgotten, and each is kept in at least one seed year."""
    assert service.COLUMNS.keys() == TABLES.keys()
    shipped = {
        path.stem
        for slug, year in SEED_YEARS
        for path in (DATA / slug / year / "service").iterdir()
    }
    assert shipped == TABLES.keys()


@pytest.mark.parametrize(("slug", "year"), SEED_YEARS)
def test_each_seed_year_lacks_a_few_tables(slug: str, year: str) -> None:
    """Two to four are absent, so that each report shows what is not recorded."""
    absent = [
        name for name in TABLES if not (DATA / slug / year / "service" / f"{name}.csv").is_file()
    ]
    assert 2 <= len(absent) <= 4


def test_bath_keeps_no_record_of_challenge() -> None:
    """Its minutes say that concerns cannot be counted: no alerts, no disputes, in any year."""
    folder = DATA / "bath-and-north-east-somerset"
    assert not list(folder.rglob("alerts.csv")) + list(folder.rglob("disputes.csv"))


@every_year
def test_children_of_service_tables_are_in_the_return(slug: str, year: str) -> None:
    """Every identifier is one of the year's Header."""
    known = {row["CHILD"] for row in rows(slug, year, "header")}
    for table in ("plans", "permanence", "midpoint", "health_local", "participation_local"):
        assert {row["child_id"] for row in rows(slug, year, table)} <= known, table


@every_year
def test_reviews_of_service_tables_are_in_the_return(slug: str, year: str) -> None:
    """Child and day are those of a review; each review has a row for who took part."""
    held = {(row["CHILD"], row["REVIEW"]) for row in rows(slug, year, "reviews")}
    plans = [
        (row["child_id"], row["review_date"], row["plan"]) for row in rows(slug, year, "plans")
    ]
    assert {(child, day) for child, day, _ in plans} <= held
    assert len(set(plans)) == len(plans)
    took_part = [(r["child_id"], r["review_date"]) for r in rows(slug, year, "participation_local")]
    assert set(took_part) <= held
    local = rows(slug, year, "reviews_local")
    if took_part:
        assert len(took_part) == sum(row["status"] == "held" for row in local)


@every_year
def test_plans_fit_the_age_of_the_child(slug: str, year: str) -> None:
    """Pathway plans from 16, personal education plans from 4, care plans for everyone."""
    born = {row["CHILD"]: read(row["DOB"]) for row in rows(slug, year, "header")}
    least = {"care": 0, "health": 0, "pep": 4, "pathway": 16}
    for row in rows(slug, year, "plans"):
        age = age_on(born[row["child_id"]], read(row["review_date"]))
        assert age >= least[row["plan"]]


@every_year
def test_who_chaired_had_come_and_spoken(slug: str, year: str) -> None:
    """A review is chaired by a child whose code says so; other codes were spoilt on purpose."""
    codes = {(r["CHILD"], r["REVIEW"]): r["REVIEW_CODE"] for r in rows(slug, year, "reviews")}
    chaired = Counter(
        codes[row["child_id"], row["review_date"]].upper() == "PN1"
        for row in rows(slug, year, "participation_local")
        if row["chaired"] == "yes"
    )
    assert chaired[False] <= 2
    assert chaired[True] or not rows(slug, year, "participation_local")


@every_year
def test_life_stories_are_of_children_still_looked_after(slug: str, year: str) -> None:
    """Each has an episode open on 31 March and one row; meetings have rows of their own."""
    found = rows(slug, year, "permanence")
    stories = [row["child_id"] for row in found if not row["disruption_meeting_date"]]
    still = {row["CHILD"] for row in rows(slug, year, "episodes") if not row["DEC"]}
    assert len(set(stories)) == len(stories)
    assert set(stories) <= still
    assert all(not row["life_story"] for row in found if row["disruption_meeting_date"])


@every_year
def test_officers_under_supervision_are_in_post(slug: str, year: str) -> None:
    """No occasion lies before an officer came or after they left."""
    posts = {row["iro_id"]: row for row in rows(slug, year, "iro_staff") if row["iro_id"]}
    for row in rows(slug, year, "supervision"):
        post, day = posts[row["iro_id"]], read(row["date"])
        assert read(post["start"]) <= day
        assert day <= (read(post["end"]) if post["end"] else year_end(year))


@every_year
def test_conferences_fit_the_children_with_a_plan(slug: str, year: str) -> None:
    """Officers who chair conferences keep them; about one review conference a child and year."""
    found = Counter(row["type"] for row in rows(slug, year, "conferences"))
    dual = {row["role"] for row in rows(slug, year, "iro_staff")} == {"dual"}
    assert bool(found) == dual
    counts = [int(row["children_cp"]) for row in rows(slug, year, "cp_caseload")]
    if found:
        assert 0.9 <= found["rcpc"] / (sum(counts) / len(counts)) <= 1.4
        assert found["icpc"] < found["rcpc"]


@every_year
def test_priorities_are_for_this_year_and_the_next(slug: str, year: str) -> None:
    """This year's say what became of them, next year's do not yet."""
    following = reporting_year(year_end(year) + timedelta(days=1))
    for row in rows(slug, year, "priorities"):
        assert row["year"] in {year, following}
        assert bool(row["status"]) == bool(row["note"]) == (row["year"] == year)


def test_targets_name_their_sources_and_known_tables() -> None:
    """No further table is made without saying where its figures come from."""
    for slug in AUTHORITIES:
        for year in load(slug).years.values():
            assert year.kept.keys() <= service.COLUMNS.keys()
            assert all(len(target["source"]) > 5 for target in year.kept.values())


def test_checks_notice_a_changed_answer_and_a_day_out_of_the_year() -> None:
    """One more plan up to date, or an audit of another year, is not as asked."""
    made = make(load("york"))
    year, tables = made.plan.years["2016-17"], made.service["2016-17"]
    known = {label: made.returns[label] for label in ("2015-16", "2016-17")}
    present = on_31_march(stays(known), "2016-17")
    assert not_as_asked(tables, year, present) == []
    next(row for row in tables["plans"] if row["up_to_date"] == "no")["up_to_date"] = "yes"
    tables["conferences"][0]["date"] = "03/04/2017"
    tables["midpoint"] = tables["midpoint"][5:]
    wrong = " ".join(not_as_asked(tables, year, present))
    assert "2016-17 midpoint, children" in wrong
    assert "2016-17 plans" in wrong
    assert "2016-17 conferences: 1 days out of the year" in wrong


@pytest.mark.parametrize("left_out", [{"plans", "conferences"}, set(service.COLUMNS)])
def test_leaving_out_tables_changes_no_other(left_out: set[str]) -> None:
    """Every further table has its own stream of random numbers."""
    whole, less = load("york"), load("york")
    for year in less.years.values():
        for name in left_out & year.kept.keys():
            del year.kept[name]
    one, two = make(whole), make(less)
    assert one.returns == two.returns
    for label, tables in two.service.items():
        assert tables == {name: one.service[label][name] for name in tables}


@pytest.mark.parametrize("share", [0.0, 0.37, 1.0])
def test_answers_are_exact_of_those_known(share: float) -> None:
    """So many say yes as the share asks, of those that are not blank."""
    given = Counter(answers([1.0] * 400, share, stream("answers"), unknown=0.05))
    assert given[""] == 20
    assert given["yes"] == round(share * 380)


def test_what_has_no_weight_is_never_chosen() -> None:
    """Items that cannot be are left; too few that can is an error."""
    assert chosen([0.0, 1.0, 0.0, 2.0], 2, stream("weights")) == {1, 3}
    with pytest.raises(QuotaError, match="3 are to be chosen, of 2"):
        chosen([0.0, 1.0, 0.0, 2.0], 3, stream("weights"))
