"""Short illustrative texts for the sections of a seed year's report."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from irostats.synthetic.plan import Plan

NOTE = (
    "*This text is illustrative. It was written for the made-up sample data and is not the "
    "council's.*"
)
# The named figures are filled in when the report is built.
PROFILE = """\
On 31 March there were {{{{< var profile.looked_after >}}}} {children}. The figures in this
section describe who they are, so that members can ask whether the service fits them.
"""
REVIEWS = """\
The service held {{{{< var reviews.held >}}}} reviews in the year. Of those that can be judged,
{{{{< var reviews.on_time_percent >}}}} were held by the date on which they were due. The service
manager looks at each late review and records its reason.
"""
PARTICIPATION = """\
Every {child} who is old enough is asked before a review how they would like to take part: by
coming, by sending their views, or through somebody who speaks for them. Officers offer another
way where a meeting is not the right one.
"""
SERVICE = """\
Officers' caseloads are looked at every month. What the Handbook calls good practice for a
full-time officer is about {children} only; other duties of officers come on top.
"""
CHALLENGE = """\
Officers raised {{{{< var challenge.alerts >}}}} alerts in the year. A concern is first taken up
with the social worker and the team manager; it becomes a formal dispute if that does not settle
it. More challenge is not a worse result: it shows that officers use their voice.
"""
NOT_RECORDED = """\
The service cannot yet count the concerns that its officers raise. Recording them, informal and
formal, is a priority for the coming year.
"""

PLACEMENTS = (
    "On 31 March {{{{< var placements.placed_percent_placement_foster >}}}} of {children} lived "
    "with foster carers. At each review officers ask whether the home still suits the child, and "
    "whether it is near enough to family, friends and school. They look again at each child who "
    "has moved more than once. A move can also be a good step, to a home that is meant to last."
)
HEALTH = (
    "Of the children looked after all year, {{{{< var health.assessment_percent >}}}} had a health "
    "assessment and {{{{< var health.dental_percent >}}}} a dental check. Officers ask about both "
    "at each review, and take it up with the social worker where one is missing."
)
HEALTH_LOCAL = (
    "The service's own record has an assessment of {{{{< var health.local_percent >}}}} of "
    "{children} on 31 March. The two rates are of different children, so they differ."
)
PERMANENCE = (
    "There was a plan for permanence at "
    "{{{{< var permanence.plan_by_second_percent >}}}} of second reviews. For some children that "
    "is going home; for others it is adoption, a special guardian, or a foster family that is "
    "meant to last."
)
LIFE_STORY = (
    "Of those for whom it is written down, "
    "{{{{< var permanence.life_story_recorded_percent >}}}} have a life-story book or are at work "
    "on one."
)
NO_LIFE_STORY = "Work on life stories goes on, but is not yet recorded where it can be counted."
LEAVERS = (
    "The council was in touch with {{{{< var leavers.in_touch_percent >}}}} of its care leavers, "
    "and {{{{< var leavers.suitable_percent >}}}} lived in a suitable home. Officers ask from the "
    "age of 16 what a young person needs to live on their own. The last review before the "
    "eighteenth birthday makes sure that they know whom to turn to."
)
MIDPOINT = (
    "Officers checked between reviews on "
    "{{{{< var monitoring.midpoint_children_percent >}}}} of {children}. Not every review needs a "
    "check before it: some follow each other closely."
)
NO_MIDPOINT = "Officers check on children between reviews, but do not yet record it as a list."
PLANS = (
    "Of the plans that reviews looked at, {{{{< var monitoring.plans_percent >}}}} were up to date."
)
AUDITS = (
    "Managers carried out {{{{< var monitoring.audits >}}}} audits, and told each officer what "
    "they had found."
)
NO_AUDITS = "Audits are not yet recorded where they can be counted."
PRIORITIES = (
    "The service had set itself {{{{< var priorities.total >}}}} priorities for the year; the "
    "table says what became of each. It has {{{{< var priorities.next_year >}}}} for the next."
)
FIRST_PRIORITIES = (
    "This is the service's first annual report, so there were no priorities to look back on. It "
    "has {{{{< var priorities.next_year >}}}} for next year, most of them after what inspectors "
    "found."
)
NO_PRIORITIES = (
    "The service's aims are part of the council's plans for {children}, and are not listed here. "
    "Those plans are reported on by themselves."
)
_SHORTCODE = re.compile(r"\{\{<.*?>\}\}")
_HELD = "\0"


def texts(plan: Plan) -> dict[str, str]:
    """The text of each section, in the authority's own words."""
    words = plan.authority["words"]
    recorded = plan.service.get("challenge", True)
    bodies = {
        "profile": PROFILE,
        "reviews": REVIEWS,
        "participation": PARTICIPATION,
        "service": SERVICE,
        "challenge": CHALLENGE if recorded else NOT_RECORDED,
    }
    written = {name: body.format(**words) for name, body in bodies.items()}
    for name, sentences in _further(plan).items():
        own = plan.narrative.get(name, "")
        written[name] = _wrapped(" ".join(sentences).format(**words) + f" {own}".rstrip())
    return {name: f"{body}\n{NOTE}\n" for name, body in written.items()}


def _further(plan: Plan) -> dict[str, list[str]]:
    """The sections about which the service keeps more in one authority than in another."""
    year = plan.years[plan.seed_year]
    kept = year.kept.keys()
    set_before = [
        row
        for row in year.kept.get("priorities", {}).get("rows", [])
        if row["year"] == plan.seed_year
    ]
    priorities = PRIORITIES if set_before else FIRST_PRIORITIES
    return {
        "placements": [PLACEMENTS],
        "health": [HEALTH, *([HEALTH_LOCAL] if "health_local" in kept else [])],
        "permanence": [PERMANENCE, LIFE_STORY if "permanence" in kept else NO_LIFE_STORY],
        "leavers": [LEAVERS],
        "monitoring": [
            MIDPOINT if "midpoint" in kept else NO_MIDPOINT,
            *([PLANS] if "plans" in kept else []),
            AUDITS if "audits" in kept else NO_AUDITS,
        ],
        "priorities": [priorities if "priorities" in kept else NO_PRIORITIES],
    }


def _wrapped(text: str) -> str:
    """Lines of at most 98 characters; none ends within the name of a figure."""
    whole = _SHORTCODE.sub(lambda code: code[0].replace(" ", _HELD), text)
    lines = textwrap.fill(whole, 98, break_long_words=False, break_on_hyphens=False)
    return lines.replace(_HELD, " ") + "\n"
