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

_encoder = msgspec.msgpack.Encoder(order="deterministic")


class Keys:
    """Makes a key for each file: equal only if nothing but files that can be asked about has changed."""

    def __init__(self, resolver: SettingsResolver) -> None:
        self._resolver = resolver
        self._known: dict[int, tuple[Settings, bytes]] = {}
        self._shared: dict[str, Settings | None] = {}
        self._folders: dict[str, bytes] = {}
        self.packages: tuple[str, ...] = ()

    def key_for(self, file: str) -> bytes:
        """The key of a file, by its absolute path; raises UnknownEnvironmentError."""
        folder = file[: file.rfind(os.sep)]
        if folder not in self._shared:
            self._shared[folder] = self._resolver.shared_settings(Path(folder + os.sep))
        settings = self._shared[folder] or self._resolver.settings_for(Path(file))
        known = self._known.get(id(settings))
        if known is None:
            known = self._known[id(settings)] = (settings, self._key_of(settings))
        if may_be_domain(file, settings):
            return digest_of(known[1], *self._around(Path(file)))
        return known[1]

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
