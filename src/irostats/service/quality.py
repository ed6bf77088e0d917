"""Tables of challenge, quality and improvement."""

from __future__ import annotations

from collections.abc import Mapping

from irostats.service.model import CHILD, Column, Kind, ServiceTable, date, one_of

TABLES: Mapping[str, ServiceTable] = {
    "alerts": ServiceTable(
        "Informal challenges (alerts) by IROs.",
        {
            "id": Column("A number for the alert.", needed=True),
            "child_id": Column(CHILD),
            "raised": date("Day on which it was raised.", needed=True),
            "category": Column("What it was about, in the words of the guide."),
            "closed": date("Day on which it was closed; blank if open."),
        },
        prints="alerts print",
        identity=("id",),
        figures=("challenge.alerts",),
    ),
    "disputes": ServiceTable(
        "Formal disputes, one row for each stage that a dispute reached.",
        {
            "id": Column("A number for the dispute.", needed=True),
            "child_id": Column(CHILD),
            "opened": date("Day on which the dispute was opened.", needed=True),
            "stage": Column("Stage reached: 1 to 5.", Kind.NUMBER, needed=True, least=1, most=5),
            "stage_date": date("Day on which that stage was reached."),
            "closed": date("Day on which the dispute was closed; blank if open."),
            "outcome": Column("What came of it, in the words of the guide."),
            "themes": Column("What it was about; several with a semicolon between."),
        },
        prints="disputes print",
        identity=("id", "stage"),
        figures=("challenge",),
    ),
    "referrals": ServiceTable(
        "Referrals to Cafcass, and independent legal advice sought by IROs, one row each.",
        {
            "date": date("Day.", needed=True),
            "type": one_of("cafcass or legal_advice.", "cafcass", "legal_advice", needed=True),
        },
        prints="referrals to Cafcass and independent legal advice print",
        figures=("challenge.cafcass", "challenge.legal_advice"),
    ),
    "audits": ServiceTable(
        "Quality-assurance audits of reviews and of IROs' work, one row each.",
        {
            "date": date("Day of the audit.", needed=True),
            "grade": one_of(
                "outstanding, good, requires_improvement or inadequate.",
                "outstanding",
                "good",
                "requires_improvement",
                "inadequate",
                also={
                    "requires improvement": "requires_improvement",
                    "ri": "requires_improvement",
                },
            ),
            "type": Column(
                "What was audited: review record, observation, case file or care plan; other words "
                "are counted as other."
            ),
        },
        prints="audits by grade print",
        figures=("monitoring.audits",),
    ),
    "inspections": ServiceTable(
        "What inspectors found about IROs, one row for each finding, in words fit to publish.",
        {
            "date": date("Day of the report.", needed=True),
            "body": Column("Who inspected, such as Ofsted.", needed=True),
            "judgement": Column("The judgement, such as Good."),
            "finding": Column("What was found about IROs, in a sentence; name no one."),
        },
        prints="inspectors' findings print",
        identity=("date", "body", "finding"),
        figures=("monitoring",),
    ),
    "priorities": ServiceTable(
        "The service's priorities: this year's with what became of them, and next year's.",
        {
            "year": Column("Reporting year that the priority is for: 2020-21.", needed=True),
            "priority": Column("What is to be done, in a sentence; name no one.", needed=True),
            "status": one_of(
                "done, in_progress or not_done; blank for a year to come.",
                "done",
                "in_progress",
                "not_done",
                also={"in progress": "in_progress", "not done": "not_done"},
            ),
            "note": Column("What became of it, in a sentence; name no one."),
        },
        prints="priorities print",
        figures=("priorities",),
    ),
}
