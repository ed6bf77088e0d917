"""The reports of the five authorities keep the contract, and differ where they must."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest
from finished import CONTRACT, Finished

from whole_reports import SEED_YEARS, Reports


@lru_cache
def finished(folder: Path) -> Finished:
    """A report, read once."""
    return Finished(folder)


@pytest.mark.parametrize("slug", SEED_YEARS)
@pytest.mark.parametrize("promise", CONTRACT, ids=lambda promise: promise.__name__)
def test_built_reports_keep_the_contract(
    built: Reports, slug: str, promise: Callable[[Finished], None]
) -> None:
    """What each promise says is true of every authority's report."""
    promise(finished(built[slug]))


def test_two_authorities_have_different_captions_and_alt_texts(built: Reports) -> None:
    """Reports have been published with another authority's chart: each names its own."""
    one, other = (finished(built[slug]).html for slug in ("york", "peterborough"))
    for kind in ("tables", "charts"):
        captions, others = (dict(getattr(html, kind)) for html in (one, other))
        assert not captions.keys() & others.keys(), kind
    assert not {alt for _, alt in one.charts} & {alt for _, alt in other.charts}
