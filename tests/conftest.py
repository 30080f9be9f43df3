"""What all tests share: the option that rewrites goldens, and how long hypothesis may search."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

# A search that took long on a busy machine is no defect; that a seed is printed makes a failure repeatable.
settings.register_profile(
    "default",
    deadline=None,
    derandomize=True,  # a landing must not hang on luck; the thorough profile looks for what nobody has met yet
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("thorough", settings.get_profile("default"), derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


# What a test leaves behind must not help or hinder the next one; those of the cache itself say where it is to be.
os.environ["ANTIPATTERNS_CACHE_DIR"] = "none"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-fixtures", action="store_true", help="rewrite the goldens below fixtures/")


@pytest.fixture
def update_fixtures(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-fixtures"))
