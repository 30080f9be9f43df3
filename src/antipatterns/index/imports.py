"""Which modules of the project a module imports, when, and what it takes from them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

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
            known = self._edges[module.path] = (module, tuple(self._find_edges(module)))
        return known[1]

    def _find_edges(self, module: Module) -> Iterator[ImportEdge]:
        ways: dict[tuple[int, str], _Way | None] = {}  # most statements import several names from one module
        for imported in module.facts.imports:
            named = (imported.level, imported.module)
            if named not in ways:
                ways[named] = self._way_to(imported, module)
            way = ways[named]
            if way is not None:
                for target in way.above:
                    yield ImportEdge(module, target, imported, "", is_asked=False)
                yield from self._edges_to(way, imported, module)

    def _way_to(self, imported: Import, module: Module) -> _Way | None:
        """What an import statement leads to, whatever it takes from there; None for what is none of the project's."""
        parts = module.absolute("." * imported.level + imported.module)
        if parts is None or (not imported.level and _is_of_standard_library(parts, module)):
            return None
        target = self._modules.find(parts, module) if parts else None
        above = [self._modules.find(parts[:length], module) for length in range(1, len(parts))]
        return _Way(parts, target, tuple([one for one in above if _is_other(one, module)]))

    def _edges_to(self, way: _Way, imported: Import, module: Module) -> Iterator[ImportEdge]:
        """The edges to what is imported: a module, something in it or, of a package, a submodule."""
        package, name = way.target, imported.name
        submodule = None
        if name and (package is None or (package.is_package and name != "*")):
            submodule = self._modules.find((*way.parts, name), module)
            if package is not None and submodule is not None and _binds_something_else(package, submodule, name):
                submodule = None
        if _is_other(package, module):
            taken = name if submodule is None else ""
            yield ImportEdge(module, package, imported, taken, is_asked=submodule is None)
        if _is_other(submodule, module):
            yield ImportEdge(module, submodule, imported)


class _Way(NamedTuple):
    """The absolute name in an import statement, the module of that name, and the packages above it."""

    parts: tuple[str, ...]
    target: Module | None
    above: tuple[Module, ...]


def _is_other(found: Module | None, importer: Module) -> TypeGuard[Module]:
    """Whether a module is one of the project, and not the importer itself."""
    return found is not None and found.is_own and found.path != importer.path


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
