"""Short illustrative texts for the sections of a seed year's report."""

from __future__ import annotations

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
Officers' caseloads are looked at every month. The Handbook's range of 50 to 70 children for a
full-time officer is about children looked after only; other duties of officers come on top.
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
    return {name: f"{body.format(**words)}\n{NOTE}\n" for name, body in bodies.items()}
