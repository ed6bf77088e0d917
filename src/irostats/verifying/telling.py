"""What ``irostats verify`` prints."""

from __future__ import annotations

from collections.abc import Iterator

from irostats.telling.lines import things
from irostats.verifying.checking import Checked
from irostats.verifying.rules import Finding, Gravity

_HEADINGS = {
    Gravity.STOP: "what would stop publication",
    Gravity.SIGN_OFF: "what somebody must have looked at before publication",
    Gravity.NOTE: "what to know",
}


def told(checked: Checked) -> str:
    """All findings, the gravest first, and the upshot in the last line."""
    lines = [f"Looked through {things(len(checked.files), 'file')}.\n"]
    for gravity, heading in _HEADINGS.items():
        found = [finding for finding in checked.findings if finding.gravity is gravity]
        if found:
            lines.append(f"{heading[0].upper()}{heading[1:]} ({len(found)})")
            lines += [line for finding in found for line in _lines(finding)]
            lines.append("")
    stops = sum(finding.gravity is Gravity.STOP for finding in checked.findings)
    upshot = (
        f"{things(stops, 'thing')} would stop publication."
        if stops
        else "Nothing was found that would stop publication."
    )
    return "\n".join([*lines, upshot])


def _lines(finding: Finding) -> Iterator[str]:
    place = f", {finding.place}" if finding.place else ""
    more = f" (and {things(finding.times - 1, 'other place')})" if finding.times > 1 else ""
    yield f"\n  {finding.file}{place}{more}"
    yield f"    {finding.what[0].upper()}{finding.what[1:]}."
    yield f"    What to do: {finding.next_step}"
