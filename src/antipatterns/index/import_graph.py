"""The imports of a project as one graph: who imports whom and when, in which cycles, and what rules report of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from antipatterns.facts.model import ImportKind
from antipatterns.index.file import ProjectFile
from antipatterns.index.infrastructure import name_of, written
from antipatterns.project.infrastructure import find_infrastructure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from antipatterns.facts.model import Import
    from antipatterns.finding import Finding
    from antipatterns.index.cycles import Cycle, Cycles
    from antipatterns.index.definitions import Module
    from antipatterns.index.imports import ImportEdge, Imports
    from antipatterns.settings import Settings


class Link(NamedTuple):
    """An import of one module by another, or of a library by its dotted name.

    ``group``: the paths of the modules that need each other, if the import is one of those that tie them, else none.
    ``codes``: the rules that report it, or a chain that it is part of.
    """

    source: Module
    target: Module | str
    kind: ImportKind
    line: int
    group: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()


class Asked(NamedTuple):
    """A module whose imports are wanted, and what answers questions about it."""

    module: Module
    settings: Settings
    imports: Imports
    cycles: Cycles


class Links(NamedTuple):
    """All imports of some modules, and the cycles among them by the paths of the modules that each ties."""

    links: tuple[Link, ...]
    cycles: dict[frozenset[str], Cycle]


def collect_links(asked: Iterable[Asked], findings: Iterable[Finding]) -> Links:
    """What modules import, and what the findings of the rules about imports say of that."""
    verdicts = _Verdicts(findings)
    links: list[Link] = []
    cycles: dict[frozenset[str], Cycle] = {}
    for one in asked:
        tied = set(one.cycles.ties_of(one.module))
        group = one.cycles.group_of(one.module) if tied else frozenset()
        cycle = one.cycles.cycle_of(one.module) if tied else None
        if cycle is not None:
            cycles[group] = cycle
        for edge in one.imports.edges_of(one.module):
            if edge.is_asked or edge in tied:
                codes = verdicts.codes_of(edge, one.settings)
                kind, line = edge.imported.kind, edge.imported.place[0]
                links.append(Link(one.module, edge.target, kind, line, group if edge in tied else frozenset(), codes))
        links += verdicts.libraries_of(one.module, one.imports, one.settings)
    return Links(tuple(links), cycles)


class _Verdicts:
    """What findings say of imports: by the steps of their chains, and by their own place where they have none."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._steps: dict[str, dict[tuple[int, str], set[str]]] = {}
        self._places: dict[tuple[str, int, int], str] = {}
        for finding in findings:
            for hop in finding.hops:
                steps = self._steps.setdefault(hop.path, {})
                steps.setdefault((hop.line, hop.function.removeprefix("import ")), set()).add(finding.code)
            if not finding.hops:
                self._places[finding.path, finding.line, finding.column] = finding.code

    def codes_of(self, edge: ImportEdge, settings: Settings) -> frozenset[str]:
        """The rules that report an import of a module of the project."""
        path = ProjectFile.shown_path(edge.source)
        found = set(self._steps.get(path, {}).get((edge.imported.place[0], edge.target.name), ()))
        code = self._places.get((path, *edge.imported.place[:2]))
        if code is not None and edge.is_asked and self._is_meant(edge.imported, edge.source, settings):
            found.add(code)
        return frozenset(found)

    @staticmethod
    def _is_meant(imported: Import, module: Module, settings: Settings) -> bool:
        """Whether a name of a statement that is reported is one of those for which it is."""
        return find_infrastructure(written(imported), name_of(module), settings) is not None

    def libraries_of(self, module: Module, imports: Imports, settings: Settings) -> Iterator[Link]:
        """The imports of libraries that rules report."""
        path = ProjectFile.shown_path(module)
        own = {(edge.imported.place[0], edge.target.name) for edge in imports.edges_of(module)}
        kinds = {one.place[0]: one.kind for one in module.facts.imports}
        for (line, name), codes in sorted(self._steps.get(path, {}).items()):
            if (line, name) not in own:
                yield Link(module, name, kinds.get(line, ImportKind.RUN_TIME), line, codes=frozenset(codes))
        asked = {edge.imported for edge in imports.edges_of(module) if edge.is_asked}
        for one in module.facts.imports:
            code = self._places.get((path, *one.place[:2]))
            if code is not None and one not in asked:
                found = find_infrastructure(written(one), name_of(module), settings)
                if found is not None:
                    yield Link(module, found.module, one.kind, one.place[0], codes=frozenset({code}))
