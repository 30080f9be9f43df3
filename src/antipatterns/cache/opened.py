"""The caches of one run: found by its settings, or none at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from antipatterns.cache.database import Database
from antipatterns.cache.earlier import Earlier
from antipatterns.cache.place import cache_folder, store_in, user_cache_folder
from antipatterns.project.environment import environment_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from antipatterns.cache.facts import FactsCache
    from antipatterns.settings import Settings, SettingsResolver


def open_earlier(
    settings: Settings, resolver: SettingsResolver, context: bytes, warn: Callable[[str], None]
) -> Earlier | None:
    """What earlier runs of the same kind found in a project; None where nothing is to be kept."""
    folder = _folder_for(settings)
    return None if folder is None else Earlier(Database(store_in(folder, settings.root), warn), context, resolver)


def open_facts(settings: Settings, packages: tuple[str, ...], warn: Callable[[str], None]) -> FactsCache:
    """The facts that are known of files of a project and of packages, or a cache that keeps nothing.

    ``packages``: the folders of packages, with a separator at their end.
    """
    from antipatterns.cache.facts import FactsCache, Stores  # where nothing has changed nobody asks for facts

    folder = _folder_for(settings)
    if folder is None:
        return FactsCache(Stores(None, None), warn)
    user = user_cache_folder()
    shared = store_in(user, "") if user is not None else None
    return FactsCache(Stores(store_in(folder, settings.root), shared, packages), warn)


def open_facts_for(settings: Settings, warn: Callable[[str], None]) -> FactsCache:
    """The same, with the packages that the settings lead to; raises UnknownEnvironmentError."""
    return open_facts(settings, tuple(f"{folder}{os.sep}" for folder in environment_of(settings)), warn)


def _folder_for(settings: Settings) -> Path | None:
    folder = cache_folder(settings)
    try:
        f"{settings.root}{folder}".encode()
    except UnicodeEncodeError:
        return None  # such a path cannot be written into a store
    return folder
