"""What several measures of reviews say alike."""

from __future__ import annotations

from irostats.measures.definitions.reviews_breakdowns import TEAM_IROS, TEAM_REVIEWS
from irostats.registry import Term

MATCHED = (
    "the row of the service's reviews_local for the same child and the same date of review that "
    "is not cancelled (of several, one held before one adjourned, then the last of the latest file)"
)
JUDGED_FROM = "Reviews, Episodes; due dates of reviews_local where given"
BY_TEAM = "by team reviews_local, iro_staff"
REV = (
    "Reviews held from 1 April to 31 March while the child was looked after, not counting "
    "series of short breaks"
)
ONCE = (
    "A review sent twice counts once, and so does, where the authority sets "
    "merge_window_working_days, a series of meetings: those within that many working days of its "
    "first are part of it."
)
IN_USE = (
    "A review held on the last day of care counts; on a day on which care ended and began again it "
    "is the first of the later period. Not available for a year whose return, or a later one in "
    "use, has no Reviews table."
)
NONE_ASSESSABLE = (
    "Not assessable where there are some and none of them can be assessed; not applicable where "
    "there are none."
)
DUE = (
    "The due date is the case system's, where the service's reviews_local gives one with the "
    "review and the authority's setting due_dates is service. Otherwise it is 20 working days "
    "after the child became looked after (28 days where care began before 1 April 2011), three "
    "months after the first review was held, and six months after each later one was held, or as "
    "the authority's settings say; where it cannot be known whether a review is the second, six "
    "months."
)
ON_THE_DAY = (
    "Legal status and placement are those of the period's last episode that began on or before the "
    "day of the review; of a temporary placement (T0 to T4), the placement is that of the last "
    "episode before it that is not temporary, and the temporary one only if there was no other. A "
    "blank code is not known."
)
TEAMS = (
    f"A review's team is that of its IRO on the day: {MATCHED} gives iro_id, and the year's "
    "iro_staff the team (of several rows in force on the day, the first that names one). Teams are "
    "numbered in the alphabetical order of their names in all years in use. A team "
    f"stands by itself if at least {TEAM_IROS} IROs held its reviews and there "
    f"were at least {TEAM_REVIEWS} of them; the others are counted together as all other teams. If "
    "those together fall short of the same two numbers, the team with the fewest reviews (of "
    "two alike, the later in the alphabet) joins them, so that no IRO's reviews can be worked out."
)
TERMS = (
    Term("reviews that count", f"{ONCE} {IN_USE}"),
    Term("the due date", DUE),
    Term("nothing assessable", NONE_ASSESSABLE),
    Term("legal status and placement", ON_THE_DAY),
    Term("the review's row", MATCHED),
    Term("teams", TEAMS),
)
