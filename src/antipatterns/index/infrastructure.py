"""The ways from a domain module through the project's own modules to infrastructure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.facts.model import ImportKind
from antipatterns.project.infrastructure import (
    Import,
    Infrastructure,
    find_infrastructure,
    find_infrastructure_library,
    is_domain,
    is_own_infrastructure,
)
from antipatterns.project.module_name import ModuleName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.facts.model import Import as ImportFact
    from antipatterns.facts.model import Place
    from antipatterns.index.definitions import Module
    from antipatterns.index.imports import ImportEdge, Imports
    from antipatterns.settings import Settings


class Step(NamedTuple):
    """One import of a chain: the module that it stands in, where, and what it imports."""

    module: Module
    place: Place
    name: str


class Reached(NamedTuple):
    """Infrastructure that a domain module reaches, and the imports on the way."""

    infrastructure: Infrastructure
    steps: tuple[Step, ...]


def find_reached(module: Module, imports: Imports, settings: Settings) -> Iterator[Reached]:
    """For each own module that a domain module imports: the nearest infrastructure behind it, if there is any.

    What domain modules on the way import is theirs to answer for, and what this one imports itself is known.
    """
    importer = name_of(module)
    direct = {find_infrastructure(_written(one), importer, settings) for one in module.facts.imports}
    seen = set()
    for edge in _counted(module, imports):
        if edge.target.path not in seen:
            seen.add(edge.target.path)
            found = _Search(importer, imports, settings).run(edge)
            if found is not None and found.infrastructure not in direct:
                yield found


def name_of(module: Module) -> ModuleName:
    """The name of a module, as rules about single files see it."""
    return ModuleName(module.parts, Path(module.root), module.is_package)


def _counted(module: Module, imports: Imports) -> Iterator[ImportEdge]:
    """The imports that a module asks for and that happen at some time."""
    for edge in imports.edges_of(module):
        if edge.is_asked and edge.imported.kind is not ImportKind.TYPE_ONLY:
            yield edge


def _written(imported: ImportFact) -> Import:
    return Import(imported.level, imported.module or None, imported.name or None)


class _Search:
    """The search behind one import, breadth first, so that the chain is a shortest one."""

    def __init__(self, importer: ModuleName, imports: Imports, settings: Settings) -> None:
        self._importer = importer
        self._imports = imports
        self._settings = settings

    def run(self, first: ImportEdge) -> Reached | None:
        """The nearest infrastructure, unless the import leads right to it, which is no news."""
        if not self._may_pass(first.target) or self._is_infrastructure(first.target):
            return None
        came_from: dict[str, ImportEdge] = {first.target.path: first}
        layer = [first.target]
        while layer:
            following = []
            for module in layer:
                found = self._library_in(module) or self._own_behind(module)
                if found is not None:
                    infrastructure, place = found
                    last = Step(module, place, infrastructure.module)
                    return Reached(infrastructure, (*_way_to(first, module, came_from), last))
                for edge in _counted(module, self._imports):
                    if edge.target.path not in came_from and self._may_pass(edge.target):
                        came_from[edge.target.path] = edge
                        following.append(edge.target)
            layer = following
        return None

    def _library_in(self, module: Module) -> tuple[Infrastructure, Place] | None:
        name = name_of(module)
        for one in module.facts.imports:
            if one.kind is not ImportKind.TYPE_ONLY:
                found = find_infrastructure_library(_written(one), name, self._settings)
                if found is not None:
                    return found, one.place
        return None

    def _own_behind(self, module: Module) -> tuple[Infrastructure, Place] | None:
        for edge in _counted(module, self._imports):
            if self._is_infrastructure(edge.target):
                return Infrastructure(edge.target.name, "the project's own infrastructure"), edge.imported.place
        return None

    def _is_infrastructure(self, module: Module) -> bool:
        return is_own_infrastructure(module.parts, self._importer, self._settings)

    def _may_pass(self, module: Module) -> bool:
        """Whether to look behind a module: not where it is domain itself, and reported itself."""
        return not is_domain(name_of(module), self._settings)


def _way_to(first: ImportEdge, module: Module, came_from: dict[str, ImportEdge]) -> list[Step]:
    steps = []
    edge = came_from[module.path]
    while edge is not first:
        steps.append(Step(edge.source, edge.imported.place, edge.target.name))
        edge = came_from[edge.source.path]
    steps.append(Step(first.source, first.imported.place, first.target.name))
    return steps[::-1]
