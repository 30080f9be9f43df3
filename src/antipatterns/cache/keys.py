"""What an outcome depends on beside the file and those that it leads to: settings, environment, folders around it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from antipatterns.cache.stamp import digest_of, digest_of_folder
from antipatterns.project.environment import environment_of
from antipatterns.project.infrastructure import may_be_domain
from antipatterns.project.module_name import folders_of_name
from antipatterns.rule import looks_elsewhere

if TYPE_CHECKING:
    from antipatterns.settings import Settings, SettingsResolver

    _Known = tuple[Settings, bytes]

_encoder = msgspec.msgpack.Encoder(order="deterministic")


class Keys:
    """Makes a key for each file: equal only if nothing but files that can be asked about has changed."""

    def __init__(self, resolver: SettingsResolver) -> None:
        self._resolver = resolver
        self._known: dict[int, _Known] = {}
        self._shared: dict[str, _Known | None] = {}
        self._folders: dict[str, bytes] = {}
        self.packages: tuple[str, ...] = ()

    def key_for(self, file: str) -> bytes:
        """The key of a file, by its absolute path; raises UnknownEnvironmentError."""
        folder, _, name = file.rpartition(os.sep)
        if folder not in self._shared:
            self._shared[folder] = self._shared_in(folder + os.sep)
        shared = self._shared[folder]
        if shared is not None and not may_be_domain(name, shared[0]):
            return shared[1]
        settings, key = self._settings_and_key(self._resolver.settings_for(Path(file)))
        return digest_of(key, *self._around(Path(file))) if may_be_domain(file, settings) else key

    def _shared_in(self, folder: str) -> _Known | None:
        """The settings and the key of all files in a folder that are not domain by their own name, if there is one."""
        settings = self._resolver.shared_settings(Path(folder))
        is_shared = settings is not None and not may_be_domain(folder, settings)
        return self._settings_and_key(settings) if settings is not None and is_shared else None

    def _settings_and_key(self, settings: Settings) -> _Known:
        known = self._known.get(id(settings))
        if known is None:
            known = self._known[id(settings)] = (settings, self._key_of(settings))
        return known

    def _key_of(self, settings: Settings) -> bytes:
        folders: tuple[str, ...] = ()
        if looks_elsewhere(settings.enabled):
            folders = tuple(str(folder) for folder in environment_of(settings))
            self.packages = tuple(dict.fromkeys((*self.packages, *(folder + os.sep for folder in folders))))
        told = msgspec.structs.replace(settings, excludes=(), respect_gitignore=True, cache_dir="")
        return digest_of(_encoder.encode(told), "\0".join(folders).encode("utf-8", "surrogateescape"), _marks(settings))

    def _around(self, file: Path) -> list[bytes]:
        """The names in the folders from which the module's own name and its neighbours are read."""
        return [self._digest_of(folder) for folder in folders_of_name(file)]

    def _digest_of(self, folder: str) -> bytes:
        if folder not in self._folders:
            self._folders[folder] = digest_of_folder(folder)
        return self._folders[folder]


def _marks(settings: Settings) -> bytes:
    """Which folders above the root hold a project: where modules in no package get their names from."""
    root = Path(settings.root)
    marks = ("pyproject.toml", "setup.py", "setup.cfg", ".git", "__init__.py")
    folders = [root, *root.parents][:-1]
    found = [str(path) for folder in folders for name in marks if (path := folder / name).exists()]
    return "\0".join(found).encode("utf-8", "surrogateescape")
