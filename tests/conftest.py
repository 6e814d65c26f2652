"""Settings of Hypothesis for all tests."""

from hypothesis import HealthCheck, settings

# However busy the machine: no test fails because it is slow.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
