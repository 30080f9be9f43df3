"""The modules around one: where the classes below its own, and the objects of them, are looked for."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from antipatterns.project.test_files import is_test_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.index.definitions import Module
    from antipatterns.index.modules import Modules

_MOST_MODULES = 64  # so that one class does not make a run read hundreds of files


class Near:
    """Answers which modules stand near others; every answer is kept."""

    def __init__(self, modules: Modules) -> None:
        self._modules = modules
        self._known: dict[Module, tuple[Module, ...]] = {}
        self._names: dict[str, tuple[tuple[str, ...], ...] | None] = {}

    def of(self, module: Module) -> tuple[Module, ...]:
        """A module, and those of the largest package around it that is not too large; no tests.

        Of installed packages, and scripts, only itself.
        """
        found = self._known.get(module)
        if found is None:
            others = (self._modules.find(parts, module) for parts in self._names_around(module))
            found = (module, *(one for one in others if one is not None and one is not module and one.is_own))
            self._known[module] = found
        return found

    def _names_around(self, module: Module) -> tuple[tuple[str, ...], ...]:
        package = module.parts if module.is_package else module.parts[:-1]
        largest: tuple[tuple[str, ...], ...] = ()
        while package and module.is_own:
            folder = os.path.join(module.root, *package)  # noqa: PTH118 - many
            if folder not in self._names:
                self._names[folder] = self._names_in(folder, package)
            names = self._names[folder]
            if names is None:
                break
            largest, package = names, package[:-1]
        return largest

    def _names_in(self, folder: str, package: tuple[str, ...]) -> tuple[tuple[str, ...], ...] | None:
        """The names of the modules of a package, of its own packages as well; None where there are too many."""
        found = []
        for parts in self._walk(folder, package):
            found.append(parts)
            if len(found) > _MOST_MODULES:
                return None
        return tuple(found)

    def _walk(self, folder: str, package: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        for name in sorted(self._modules.listing(folder)):
            stem, dot, ending = name.partition(".")
            if is_test_path(name) or not stem.isidentifier():
                continue
            if dot and ending == "py":
                yield package if stem == "__init__" else (*package, stem)
            elif not dot and stem != "__pycache__":
                inside = os.path.join(folder, name)  # noqa: PTH118 - many
                yield from self._walk(inside, (*package, name))
