"""The shortest chain of imports behind one, to a module that must not be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from antipatterns.facts.model import IN_STATEMENTS
from antipatterns.index.imports import is_inside
from antipatterns.project.layers import find_bans, is_allowed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from antipatterns.index.definitions import Module
    from antipatterns.index.imports import ImportEdge, Imports
    from antipatterns.project.layers import Ban, LayerOptions


class Violation(NamedTuple):
    """A chain of imports to where it must not lead, and why not."""

    chain: tuple[ImportEdge, ...]
    reason: str


def asked_edges(module: Module, imports: Imports) -> Iterator[ImportEdge]:
    """The imports that a module asks for by name, and that happen at some time; not of the packages around it."""
    for edge in imports.edges_of(module):
        if edge.is_asked and edge.imported.kind in IN_STATEMENTS and not is_inside(module, edge.target):
            yield edge


def find_violations(module: Module, imports: Imports, options: LayerOptions) -> Iterator[Violation]:
    """Every import of a module that leads, at once or through others, to where the settings forbid it."""
    reported = set()
    bans = find_bans(module.parts, options)
    for edge in asked_edges(module, imports) if bans else ():
        for ban in bans:
            chain = _find_chain(edge, ban, imports, options)
            key = (edge.imported.place, chain[-1].target.path) if chain else None
            if chain and key not in reported:
                reported.add(key)
                yield Violation(chain, ban.reason_against(chain[-1].target.parts) or "")


def _find_chain(first: ImportEdge, ban: Ban, imports: Imports, options: LayerOptions) -> tuple[ImportEdge, ...] | None:
    def edges_of(module: Module) -> Iterator[ImportEdge]:
        if options.allow_indirect or ban.is_bound(module.parts):
            return
        for edge in asked_edges(module, imports):
            if not is_allowed(edge.source.parts, edge.target.parts, options):
                yield edge

    if is_allowed(first.source.parts, first.target.parts, options):
        return None
    return shortest_chain(first, lambda module: ban.reason_against(module.parts) is not None, edges_of)


def shortest_chain(
    first: ImportEdge, is_end: Callable[[Module], bool], edges_of: Callable[[Module], Iterator[ImportEdge]]
) -> tuple[ImportEdge, ...] | None:
    """The shortest chain that begins with an import and ends at a module with a property; None without one."""
    came_from = {first.source.path: first, first.target.path: first}
    layer = [first.target]
    while layer:
        following = []
        for module in layer:
            if is_end(module):
                return _chain_to(module, first, came_from)
            for edge in edges_of(module):
                if edge.target.path not in came_from:
                    came_from[edge.target.path] = edge
                    following.append(edge.target)
        layer = following
    return None


def _chain_to(module: Module, first: ImportEdge, came_from: dict[str, ImportEdge]) -> tuple[ImportEdge, ...]:
    edge = came_from[module.path]
    chain = [edge]
    while edge is not first:
        edge = came_from[edge.source.path]
        chain.append(edge)
    return tuple(chain[::-1])
