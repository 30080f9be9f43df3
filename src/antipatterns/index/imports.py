"""Which modules of the project a module imports, when, and what it takes from them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.facts.model import BindingKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.facts.model import Import
    from antipatterns.index.definitions import Module
    from antipatterns.index.modules import Modules


class ImportEdge(NamedTuple):
    """An import of one module of the project by another.

    ``taken``: the name that ``from … import name`` takes out of the target itself; "" where the target as a whole is
    imported. ``is_asked``: the statement names the target; else the target runs because it is a package above.
    """

    source: Module
    target: Module
    imported: Import
    taken: str = ""
    is_asked: bool = True


class Imports:
    """The imports among a project's own modules; each module is read when it is asked about."""

    def __init__(self, modules: Modules) -> None:
        self._modules = modules
        self._edges: dict[str, tuple[Module, tuple[ImportEdge, ...]]] = {}

    def edges_of(self, module: Module) -> tuple[ImportEdge, ...]:
        """Every import by a module of another one of the project, in the order of its file."""
        known = self._edges.get(module.path)
        if known is None or known[0] is not module:
            found = [edge for one in module.facts.imports for edge in self._edges_of_import(one, module)]
            known = self._edges[module.path] = (module, tuple(edge for edge in found if edge.target.is_own))
        return known[1]

    def _edges_of_import(self, imported: Import, module: Module) -> Iterator[ImportEdge]:
        parts = module.absolute("." * imported.level + imported.module)
        if parts is None or (not imported.level and _is_of_standard_library(parts, module)):
            return
        above = len(parts) if imported.name else len(parts) - 1
        for length in range(1, above + 1):
            if length < len(parts):
                yield from self._edge(parts[:length], imported, module, is_asked=False)
        if imported.name:
            yield from self._edges_of_name(parts, imported, module)
        else:
            yield from self._edge(parts, imported, module)

    def _edges_of_name(self, parts: tuple[str, ...], imported: Import, module: Module) -> Iterator[ImportEdge]:
        """The edges of ``from parts import name``: the name is a submodule, or something in the module itself."""
        package = self._modules.find(parts, module) if parts else None
        if imported.name == "*" or package is None or not package.is_package:
            yield from self._edge(parts, imported, module, taken=imported.name)
            if package is None:
                yield from self._edge((*parts, imported.name), imported, module)
            return
        submodule = self._modules.find((*parts, imported.name), module)
        if submodule is not None and not _binds_something_else(package, submodule, imported.name):
            yield from self._edge(parts, imported, module, is_asked=False)
            yield from self._edge((*parts, imported.name), imported, module)
        else:
            yield from self._edge(parts, imported, module, taken=imported.name)

    def _edge(
        self, parts: tuple[str, ...], imported: Import, module: Module, taken: str = "", *, is_asked: bool = True
    ) -> Iterator[ImportEdge]:
        target = self._modules.find(parts, module) if parts else None
        if target is not None and target.path != module.path:
            yield ImportEdge(module, target, imported, taken, is_asked)


def _is_of_standard_library(parts: tuple[str, ...], module: Module) -> bool:
    """A file of the project called ``queue.py`` most often stands in nobody's way."""
    return bool(parts) and parts[0] in sys.stdlib_module_names and parts[:1] != module.parts[:1]


def _binds_something_else(package: Module, submodule: Module, name: str) -> bool:
    """Whether a package's ``__init__`` gives the name of a submodule to something that does not come from there."""
    bindings = package.facts.unit.body.bindings.get(name, ())
    for binding in bindings:
        if binding.kind is not BindingKind.IMPORT or not isinstance(binding.value, str):
            return True
        parts = package.absolute(binding.value)
        if parts is None or parts[: len(submodule.parts)] != submodule.parts:
            return True
    return False


def is_inside(module: Module, package: Module) -> bool:
    """Whether a module lies in a package: the package has begun to run before the module does."""
    depth = len(package.parts)
    return package.is_package and package.root == module.root and module.parts[:depth] == package.parts
