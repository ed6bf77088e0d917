"""Profiles and fixtures that every room's tests share."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

from small_project import small_project, stand_ins
from whole_reports import TEST_ALL, browser, built, chromium

__all__ = ["browser", "built", "chromium", "small_project", "stand_ins"]

settings.register_profile(
    "small", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "large", max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("large" if TEST_ALL else "small")

# Tests look at the shipped samples, whatever the shell points irostats to.
for variable in ("IROSTATS_DATA", "IROSTATS_OUTPUT", "IROSTATS_BUILD", "SOURCE_DATE_EPOCH"):
    os.environ.pop(variable, None)
