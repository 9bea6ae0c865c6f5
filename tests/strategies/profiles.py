"""How many examples the laws are tried on: few in every test run, many in `python -m torture`."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_HEALTH = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)


def load() -> None:
    """The profile that the environment variable HYPOTHESIS_PROFILE names is in force; without it the fast one."""
    settings.register_profile("fast", max_examples=50, deadline=None, derandomize=True, suppress_health_check=_HEALTH)
    settings.register_profile("torture", max_examples=2000, deadline=None, suppress_health_check=_HEALTH)
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))
