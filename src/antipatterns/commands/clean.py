"""``clean``: remove what earlier runs have kept of a project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from antipatterns.cache.override import cache_override
from antipatterns.cache.place import cache_folder, remove_cache
from antipatterns.commands.status import EXIT_CLEAN, CommandError
from antipatterns.settings import Overrides, SettingsError, SettingsResolver

if TYPE_CHECKING:
    import argparse


def run_clean(options: argparse.Namespace) -> int:
    """Run the command and return the exit status."""
    path = Path(options.path)
    if not path.exists():
        raise CommandError(f"{path}: no such file or folder")
    try:
        resolver = SettingsResolver(overrides=Overrides({"cache-dir": cache_override(options.cache_dir)}))
        settings = resolver.settings_in(path if path.is_dir() else path.parent)
    except SettingsError as error:
        raise CommandError(str(error)) from error
    folder = cache_folder(settings)
    try:
        stores = remove_cache(folder, settings.root) if folder is not None else 0
    except OSError as error:
        raise CommandError(f"cannot remove {error.filename or folder}: {error.strerror or error}") from error
    print(f"Removed {stores} {'store' if stores == 1 else 'stores'} of {settings.root}.")
    return EXIT_CLEAN
