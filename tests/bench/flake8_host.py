"""Run flake8 with or without this project's plugin in the same environment: ``flake8_host.py with|without …``."""

from __future__ import annotations

import importlib.metadata
import sys
from typing import TYPE_CHECKING, Any

from flake8.main.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

everything = importlib.metadata.distributions


def distributions(*args: Any, **kwargs: Any) -> Iterator[importlib.metadata.Distribution]:
    """All distributions, this one only with the plugin; told by the path, as to read names would take time."""
    for found in everything(*args, **kwargs):
        is_ours = "/antipatterns-" in str(getattr(found, "_path", "")).replace("\\", "/")
        if mode == "with" or not is_ours:
            yield found


mode, *arguments = sys.argv[1:]
importlib.metadata.distributions = distributions
sys.exit(main(arguments))
