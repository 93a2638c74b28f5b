"""Profiles of hypothesis: ``fast`` by default, ``HYPOTHESIS_PROFILE=thorough`` for a night's worth of examples."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# Drawing a whole report is slow by nature, and a slow machine is no fault of the library.
_PATIENT = (HealthCheck.too_slow, HealthCheck.data_too_large)

# The same commit gives the same answer: a run of `fast` never fails for a reason that another run does not show.
settings.register_profile(
    "fast", max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=_PATIENT
)
settings.register_profile("thorough", max_examples=2500, deadline=None, suppress_health_check=_PATIENT)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))
