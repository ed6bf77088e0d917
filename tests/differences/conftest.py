"""One version of irostats for all builds of a test, though somebody may be editing it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from irostats import report
from irostats.differences import recomputing


@pytest.fixture(autouse=True, scope="module")
def one_version() -> Iterator[None]:
    """``code_digest`` says the same wherever it is asked."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (report, recomputing):
            patch.setattr(module, "code_digest", lambda: "c0de" * 16)
        yield
