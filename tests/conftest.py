"""Profiles and fixtures that every room's tests share."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

from small_project import small_project, stand_ins

__all__ = ["small_project", "stand_ins"]

TEST_ALL = os.environ.get("IROSTATS_TEST_ALL") == "1"

settings.register_profile(
    "small", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "large", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("large" if TEST_ALL else "small")
