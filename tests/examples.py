"""How often hypothesis tries: each test says how often, and the thorough profile fifty times that."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import settings

_FACTOR = 50 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 1


def examples(number: int, **more: Any) -> settings:
    """The settings of a test; a number written into ``settings`` itself would hold for every profile."""
    return settings(max_examples=number * _FACTOR, **more)
