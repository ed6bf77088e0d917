"""The service's priorities, computed plainly."""

from __future__ import annotations

from authorities import Plain, number
from plain_tables import Cells, kept, own, text, total, why_missing

STATUSES = ("done", "in_progress", "not_done")


def figures(plain: Plain, end: int) -> Cells:
    """Each cell of the section in the year that ends in ``end``."""
    cells = [
        total("priorities.total"),
        *(("priorities.total", "status", key) for key in (*STATUSES, "not_recorded")),
        total("priorities.next_year"),
    ]
    if not kept(plain, "priorities", end):
        return dict.fromkeys(cells, why_missing(plain, "priorities", end))
    rows = own(plain, "priorities", end)
    now = [row for row in rows if row["year"] == f"{end - 1}-{end % 100:02d}"]
    later = [row for row in rows if row["year"] == f"{end}-{(end + 1) % 100:02d}"]
    said = [text(row, "status") or "not_recorded" for row in now]
    counts = [len(now), *(said.count(key) for key in (*STATUSES, "not_recorded")), len(later)]
    return {cell: number(count) for cell, count in zip(cells, counts, strict=True)}
