"""Where a user wants the cache for one run: apart from the rest, as every start of flake8 asks for it."""

from __future__ import annotations

import os
from pathlib import Path

from antipatterns.configuration.config_file import NO_CACHE

VARIABLE = "ANTIPATTERNS_CACHE_DIR"


def cache_override(named: str | None) -> str | None:
    """The value of the setting ``cache-dir`` that a user gives for this run, or ``ANTIPATTERNS_CACHE_DIR``."""
    named = named or os.environ.get(VARIABLE)
    return named if named is None or named == NO_CACHE else str(Path(named).absolute())
