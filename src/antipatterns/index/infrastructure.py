"""The ways from a domain module through the project's own modules to infrastructure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.facts.model import IN_STATEMENTS, ImportKind
from antipatterns.index.chains import asked_edges, shortest_chain
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
    direct = {find_infrastructure(written(one), importer, settings) for one in module.facts.imports}
    seen = set()
    for edge in asked_edges(module, imports):
        if edge.target.path not in seen:
            seen.add(edge.target.path)
            found = _Search(importer, imports, settings).run(edge)
            if found is not None and found.infrastructure not in direct:
                yield found


def name_of(module: Module) -> ModuleName:
    """The name of a module, as rules about single files see it."""
    return ModuleName(module.parts, Path(module.root), module.is_package)


def written(imported: ImportFact) -> Import:
    """An import, as rules about single files see it."""
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
        chain = shortest_chain(first, lambda module: self._last_step(module) is not None, self._edges_of)
        last = self._last_step(chain[-1].target) if chain else None
        if chain is None or last is None:
            return None
        infrastructure, place = last
        steps = [Step(edge.source, edge.imported.place, edge.target.name) for edge in chain]
        return Reached(infrastructure, (*steps, Step(chain[-1].target, place, infrastructure.module)))

    def _edges_of(self, module: Module) -> Iterator[ImportEdge]:
        return (edge for edge in asked_edges(module, self._imports) if self._may_pass(edge.target))

    def _last_step(self, module: Module) -> tuple[Infrastructure, Place] | None:
        return self._library_in(module) or self._own_behind(module)

    def _library_in(self, module: Module) -> tuple[Infrastructure, Place] | None:
        name = name_of(module)
        for one in module.facts.imports:
            if one.kind in IN_STATEMENTS and not (one.is_optional and one.kind is ImportKind.LAZY):
                found = find_infrastructure_library(written(one), name, self._settings)
                if found is not None:
                    return found, one.place
        return None

    def _own_behind(self, module: Module) -> tuple[Infrastructure, Place] | None:
        for edge in asked_edges(module, self._imports):
            if self._is_infrastructure(edge.target):
                return Infrastructure(edge.target.name, "the project's own infrastructure"), edge.imported.place
        return None

    def _is_infrastructure(self, module: Module) -> bool:
        return is_own_infrastructure(module.parts, self._importer, self._settings)

    def _may_pass(self, module: Module) -> bool:
        """Whether to look behind a module: not where it is domain itself, and reported itself."""
        return not is_domain(name_of(module), self._settings)
