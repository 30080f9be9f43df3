"""Cycles of imports: the modules that need each other, and the shortest way round."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from antipatterns.index.imports import is_inside

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator

    from antipatterns.facts.model import ImportKind
    from antipatterns.index.definitions import Module
    from antipatterns.index.imports import ImportEdge, Imports


class Cycle(NamedTuple):
    """Imports that lead back to where they begin: for each step all that make it.

    ``tied``: how many modules need each other in all, of which this is a shortest way round.
    """

    steps: tuple[tuple[ImportEdge, ...], ...]
    tied: int


class Cycles:
    """Finds the cycles among the modules that one can reach; what has been looked at once is known for good."""

    def __init__(self, imports: Imports, kinds: frozenset[ImportKind]) -> None:
        self._imports = imports
        self._kinds = kinds
        self._targets: dict[str, dict[str, list[ImportEdge]]] = {}
        self._modules: dict[str, Module] = {}
        self._groups: dict[str, frozenset[str]] = {}
        self._cycles: dict[frozenset[str], Cycle] = {}

    def cycle_of(self, module: Module) -> Cycle | None:
        """The shortest cycle among the modules that need this one and that it needs, if there are any."""
        group = self.group_of(module)
        if len(group) == 1:
            return None
        if group not in self._cycles:
            self._cycles[group] = self._shortest(group)
        return self._cycles[group]

    def group_of(self, module: Module) -> frozenset[str]:
        """The paths of the modules that need this one and that it needs, its own among them."""
        if module.path not in self._groups:
            self._find_groups(module)
        return self._groups[module.path]

    def ties_of(self, module: Module) -> Iterator[ImportEdge]:
        """The imports of a module that lead back to it."""
        group = self.group_of(module)
        for target, edges in self._targets.get(module.path, {}).items():
            if target in group:
                yield from edges

    def _steps_from(self, module: Module) -> dict[str, list[ImportEdge]]:
        """The modules that one imports, by path, each with the imports that count."""
        if module.path not in self._targets:
            found: dict[str, list[ImportEdge]] = {}
            for edge in self._imports.edges_of(module):
                if edge.imported.kind in self._kinds and not _is_there_already(edge):
                    self._modules[edge.target.path] = edge.target
                    found.setdefault(edge.target.path, []).append(edge)
            self._targets[module.path] = found
        return self._targets[module.path]

    def _find_groups(self, root: Module) -> None:
        """Group what one can reach from a module; without the imports that turn out to be harmless, once more."""
        self._modules[root.path] = root
        found = find_components([root.path], lambda path: self._steps_from(self._modules[path]), self._groups)
        while found:
            group = found.pop()
            if len(group) > 1 and self._drop_harmless(group):
                inside = {path: self._targets[path].keys() & group for path in group}
                found += find_components(sorted(group), inside.__getitem__, ())
            else:
                self._groups.update(dict.fromkeys(group, group))

    def _drop_harmless(self, group: frozenset[str]) -> bool:
        """Forget the imports in a group that cannot fail, whoever is imported first; whether there were any."""
        found = False
        for path in group:
            targets = self._targets[path]
            for target in sorted(targets.keys() & group):
                left = [edge for edge in targets[target] if not self._stands_above(edge, group)]
                found = found or len(left) < len(targets[target])
                targets[target] = left
                if not left:
                    del targets[target]
        return found

    def _stands_above(self, edge: ImportEdge, group: frozenset[str]) -> bool:
        """Whether a package has what a module inside it takes, before it imports anything that leads there.

        What it imports of its own does not count: who sorts the imports moves it.
        """
        if not is_inside(edge.source, edge.target):
            return False
        lines = [
            step.imported.place[0]
            for target, steps in self._targets[edge.target.path].items()
            if target in group
            for step in steps
        ]
        places = [step.imported.place for step in self._imports.edges_of(edge.target)]
        own = {line for first, _, last, _ in places for line in range(first, last + 1)}
        bindings = edge.target.facts.unit.body.bindings.get(edge.taken, ())
        return any(one.line < min(lines, default=0) and one.line not in own for one in bindings)

    def _shortest(self, group: frozenset[str]) -> Cycle:
        best: list[str] = []
        for path in sorted(group, key=self._order):
            found = self._way_round(path, group, len(best) - 1 if best else len(group))
            best = found or best
            if len(best) == 2:
                break
        pairs = zip(best, [*best[1:], best[0]], strict=True)
        return Cycle(tuple(tuple(self._targets[path][target]) for path, target in pairs), len(group))

    def _way_round(self, start: str, group: frozenset[str], most: int) -> list[str]:
        """The shortest way from a module back to itself, of at most so many steps; [] if there is none."""
        came_from = {start: ""}
        layer = [start]
        for _ in range(most):
            following = []
            for path in layer:
                if start in self._targets[path]:
                    return self._way_to(path, came_from)
                for target in sorted(self._targets[path].keys() & group, key=self._order):
                    if target not in came_from:
                        came_from[target] = path
                        following.append(target)
            layer = following
        return []

    @staticmethod
    def _way_to(path: str, came_from: dict[str, str]) -> list[str]:
        way = []
        while path:
            way.append(path)
            path = came_from[path]
        return way[::-1]

    def _order(self, path: str) -> tuple[str, str]:
        return (self._modules[path].name, path)


def _is_there_already(edge: ImportEdge) -> bool:
    """Whether a module only imports a package around it, and takes nothing out that is known to come from there."""
    if not is_inside(edge.source, edge.target) or edge.taken == "*":
        return False
    body = edge.target.facts.unit.body
    return edge.taken not in body.bindings and not (edge.taken and body.star_imports)


def find_components(
    roots: Iterable[str], targets_of: Callable[[str], Iterable[str]], known: Container[str]
) -> list[frozenset[str]]:
    """The strongly connected components that one can reach, without what is known: Tarjan's, without recursion."""
    found: list[frozenset[str]] = []
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    closed: set[str] = set()
    waiting: list[tuple[str, Iterator[str]]] = []

    def enter(path: str) -> None:
        order[path] = low[path] = len(order)
        stack.append(path)
        waiting.append((path, iter(targets_of(path))))

    for root in roots:
        if root not in order:
            enter(root)
        while waiting:
            path, targets = waiting[-1]
            target = next(targets, None)
            if target is None:
                waiting.pop()
                if waiting:
                    low[waiting[-1][0]] = min(low[waiting[-1][0]], low[path])
                if low[path] == order[path]:
                    at = stack.index(path)
                    found.append(frozenset(stack[at:]))
                    closed.update(stack[at:])
                    del stack[at:]
            elif target not in order and target not in known:
                enter(target)
            elif target in order and target not in closed:
                low[path] = min(low[path], order[target])
    return found
