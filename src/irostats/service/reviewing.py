"""Tables of reviews and of what happens around them."""

from __future__ import annotations

from collections.abc import Mapping

from irostats.service.model import CHILD, IRO, Column, ServiceTable, date, one_of, yes_no

REVIEW_DATE = "Day of the review."

TABLES: Mapping[str, ServiceTable] = {
    "reviews_local": ServiceTable(
        "Reviews as the case system holds them, one row for each review planned in the year.",
        {
            "child_id": Column(CHILD, needed=True, aliases=("clar_person_id", "clar_cla_id")),
            "review_date": date(
                REVIEW_DATE + " Blank if it was not held.", aliases=("clar_cla_review_date",)
            ),
            "due_date": date(
                "Day by which it was due, as the case system says.",
                aliases=("clar_cla_review_due_date",),
            ),
            "type": one_of(
                "first, second, subsequent, adoption or short_break.",
                "first",
                "second",
                "subsequent",
                "adoption",
                "short_break",
            ),
            "status": one_of(
                "held, cancelled or adjourned.",
                "held",
                "cancelled",
                "adjourned",
                also={"n": "held", "y": "cancelled"},
                aliases=("clar_cla_review_cancelled",),
            ),
            "participation": Column(
                "Code PN0 to PN7 in the case system, to compare with the return's.",
                aliases=("clar_cla_review_participation",),
            ),
            "late_reason": Column(
                "Why it was late, in the words of the guide, such as 'placement move'."
            ),
            "method": one_of(
                "in_person, virtual or hybrid.",
                "in_person",
                "virtual",
                "hybrid",
                also={"in person": "in_person", "face to face": "in_person"},
            ),
            "iro_id": Column(IRO),
            "series_id": Column("The same for all meetings of one review."),
            "report_received": date("Day on which the social worker's report came."),
            "decisions_sent": date("Day on which the decisions were sent out."),
            "record_completed": date("Day on which the full record was finished."),
            "record_sent": date("Day on which the full record was sent out."),
            "permanence_plan": yes_no("At a second review: was there a plan for permanence?"),
        },
        prints="due dates of the case system, reasons for late reviews, cancelled reviews, how "
        "reviews were held, and reports and records in time print",
        figures=("reviews", "monitoring", "permanence.plan_by_second_percent"),
    ),
    "participation_local": ServiceTable(
        "Who took part in a review, one row for each review.",
        {
            "child_id": Column(CHILD, needed=True),
            "review_date": date(REVIEW_DATE, needed=True),
            "parent_attended": yes_no("A parent took part."),
            "carer_attended": yes_no("A carer took part."),
            "advocate": yes_no("An advocate supported the child."),
            "chaired": yes_no("The child chaired the review, or part of it."),
            "visited_before": yes_no("The IRO saw the child before the review."),
        },
        prints="parents, carers, advocacy, and visits before reviews print",
        figures=("participation.parents_percent", "participation.visited_percent"),
    ),
    "feedback": ServiceTable(
        "Feedback on reviews and IROs, one row each.",
        {
            "date": date("Day on which it came.", needed=True),
            "kind": one_of(
                "form, compliment or complaint.", "form", "compliment", "complaint", needed=True
            ),
            "from": Column("child, parent, carer, professional; never a name."),
        },
        prints="feedback, compliments and complaints print",
        figures=("participation.feedback",),
    ),
    "midpoint": ServiceTable(
        "IROs' checks between reviews, one row for each check.",
        {
            "child_id": Column(CHILD, needed=True),
            "date": date("Day of the check.", needed=True),
        },
        prints="mid-point checks print",
        figures=("monitoring.midpoint_percent", "monitoring.midpoint_children_percent"),
    ),
    "plans": ServiceTable(
        "Whether plans were up to date at a review, one row for each review and plan.",
        {
            "child_id": Column(CHILD, needed=True),
            "review_date": date(REVIEW_DATE, needed=True),
            "plan": one_of(
                "care, pathway, pep (personal education plan) or health.",
                "care",
                "pathway",
                "pep",
                "health",
                needed=True,
            ),
            "up_to_date": yes_no("Up to date at the review."),
        },
        prints="plans up to date at review print",
        figures=("monitoring.plans_percent",),
    ),
    "health_local": ServiceTable(
        "Health assessments as the service records them, one row for each assessment.",
        {
            "child_id": Column(CHILD, needed=True),
            "assessed": date("Day of the assessment.", needed=True),
        },
        prints="the service's own rate of health assessments prints",
        figures=("health.assessed_local_percent",),
    ),
    "permanence": ServiceTable(
        "Life-story work and disruption meetings, one row for each child or meeting.",
        {
            "child_id": Column(CHILD, needed=True),
            "life_story": yes_no("Has the child a life-story book, or is work on it going on?"),
            "disruption_meeting_date": date("Day of a stability or disruption meeting."),
        },
        prints="life-story work and disruption meetings print",
        figures=("permanence.life_story_percent", "permanence.disruption_meetings"),
    ),
}
