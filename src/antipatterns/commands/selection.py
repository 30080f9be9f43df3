"""From parsed arguments to settings: what ``check`` and its siblings have in common."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from antipatterns.cache.override import cache_override
from antipatterns.commands.status import CommandError
from antipatterns.configuration.config_file import NO_CACHE
from antipatterns.project.environment import NONE
from antipatterns.settings import Overrides, SettingsError, SettingsResolver

if TYPE_CHECKING:
    import argparse

_LISTS = ("select", "ignore", "extend-select", "extend-ignore", "exclude", "extend-exclude")
_CATEGORIES = "blocking_categories"  # of ``graph`` alone


def make_resolver(options: argparse.Namespace) -> SettingsResolver:
    """The resolver that the arguments of the selection group ask for; raises CommandError for bad ones."""
    table: dict[str, Any] = {key: _flatten(getattr(options, key.replace("-", "_"))) for key in _LISTS}
    table["blocking-categories"] = getattr(options, _CATEGORIES, None)
    if options.python is not None:
        table["python"] = options.python if options.python == NONE else str(Path(options.python).absolute())
    table["cache-dir"] = NO_CACHE if options.no_cache else cache_override(options.cache_dir)
    config = Path(options.config) if options.config else None
    if config is not None and options.isolated:
        raise CommandError("--config and --isolated exclude each other")
    try:
        return SettingsResolver(config=config, isolated=options.isolated, overrides=Overrides(table))
    except SettingsError as error:
        raise CommandError(str(error)) from error


def describe_selection(options: argparse.Namespace) -> bytes:
    """What the arguments of the selection group say, as bytes: other for other ones."""
    names = (*(key.replace("-", "_") for key in _LISTS), "python", "config", "isolated")
    told = [*(getattr(options, name) for name in names), getattr(options, _CATEGORIES, None)]
    return repr([os.getcwd(), *told]).encode()  # noqa: PTH109 - a text


def _flatten(groups: list[list[str]] | None) -> list[str] | None:
    """An option may be given several times, each time with several values."""
    return None if groups is None else [item for group in groups for item in group]
