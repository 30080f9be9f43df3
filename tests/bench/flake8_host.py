"""Run flake8 with or without this project's plugin in the same environment: ``flake8_host.py with|without …``."""

from __future__ import annotations

import importlib.metadata
import sys
from collections.abc import Iterator
from typing import Any

from flake8.main.cli import main

everything = importlib.metadata.distributions


def without_this_project(*args: Any, **kwargs: Any) -> Iterator[importlib.metadata.Distribution]:
    """All distributions but this one, so that flake8 does not find the plugin."""
    return (found for found in everything(*args, **kwargs) if found.metadata["Name"] != "antipatterns")


mode, *arguments = sys.argv[1:]
if mode == "without":
    importlib.metadata.distributions = without_this_project
sys.exit(main(arguments))
