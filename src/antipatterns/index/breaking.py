"""Where a cycle of imports is cheapest to break: how the names that an import binds are used."""

from __future__ import annotations

import ast
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.facts.model import BindingKind
from antipatterns.semantics.annotations import annotation_names
from antipatterns.semantics.import_uses import find_import_uses
from antipatterns.source import SourceError, parse_source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from antipatterns.index.cycles import Cycle
    from antipatterns.index.definitions import Module
    from antipatterns.index.imports import ImportEdge
    from antipatterns.source import Source


class Use(IntEnum):
    """Where a module needs what it imports, the cheapest first."""

    ANNOTATIONS = 0
    PASSED_ON = 1  # the target has it from a third module
    FUNCTION = 2  # one alone
    FUNCTIONS = 3
    IMPORT = 4  # while it is imported, or others take it from here


class Break(NamedTuple):
    """One step of a cycle: the imports that make it, what they need, and the names that they bind.

    ``place``: the function that uses them, or the module that a name passed on comes from.
    """

    edges: tuple[ImportEdge, ...]
    use: Use
    names: tuple[str, ...]
    place: str = ""


Known = dict[tuple["ImportEdge", ...], Break]
"""What has been found out of steps of cycles by reading their files: each module of a cycle asks for all of them."""


def cheapest_break(cycle: Cycle, given: Mapping[str, Source], known: Known) -> tuple[int, Break]:
    """The step of a cycle that is cheapest to break, by its index. ``given``: files that are read already, by path."""
    found = []
    for index, edges in enumerate(cycle.steps):
        source = given.get(edges[0].source.path)
        if source is not None:
            found.append((index, _judge(edges, source)))
        else:
            if edges not in known:
                known[edges] = _judge(edges, None)
            found.append((index, known[edges]))
    return min(found, key=lambda item: (item[1].use, len(item[1].edges), *_depth(item[1]), item[0]))


def _depth(one: Break) -> tuple[int, str]:
    """Rather the import by what lies deeper: a package needs its modules, not the other way round."""
    source = one.edges[0].source
    return (-len(source.parts), source.name)


def _judge(edges: tuple[ImportEdge, ...], given: Source | None) -> Break:
    source = edges[0].source
    names = tuple(dict.fromkeys(edge.imported.alias for edge in edges))
    tree = _tree_of(source, given)
    if tree is None or "*" in names or (source.is_package and not _are_read(tree, names)):
        return Break(edges, Use.IMPORT, names)
    used = annotation_names(tree)
    wanted = frozenset(names)
    is_evaluated = not used.are_postponed and wanted & used.annotations
    if wanted <= used.annotations | used.quoted and not wanted & used.elsewhere and not is_evaluated:
        return Break(edges, Use.ANNOTATIONS, names)
    origin = _origin(edges)
    if origin:
        return Break(edges, Use.PASSED_ON, names, origin)
    functions = _functions_using(tree, wanted)
    if len(functions) == 1:
        return Break(edges, Use.FUNCTION, names, functions[0])
    return Break(edges, Use.FUNCTIONS if functions else Use.IMPORT, names)


def _tree_of(module: Module, given: Source | None) -> ast.Module | None:
    if given is not None:
        return given.tree
    try:
        with open(module.path, "rb") as file:  # noqa: PTH123 - the path is a text
            return parse_source(module.path, file.read()).tree
    except (OSError, SourceError):
        return None


def _are_read(tree: ast.Module, names: tuple[str, ...]) -> bool:
    """Whether a package reads all these names itself, and does not hold them for others."""
    read = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    return read.issuperset(names)


def _functions_using(tree: ast.Module, names: frozenset[str]) -> list[str]:
    """The functions that read these names, beside annotations that nobody evaluates; [] where other code does."""
    uses = find_import_uses(tree, names)
    if uses is None or not names <= uses.annotations.union(*uses.functions.values()):
        return []
    return [function.qualified_name for function in uses.functions]


def _origin(edges: tuple[ImportEdge, ...]) -> str:
    """The one other module from which the target of all these imports has what they take; "" without one."""
    origins = set()
    for edge in edges:
        bindings = edge.target.facts.unit.body.bindings.get(edge.taken, ()) if edge.taken else ()
        values = [one.value for one in bindings if one.kind is BindingKind.IMPORT and isinstance(one.value, str)]
        parts = edge.target.absolute(values[0]) if len(values) == 1 == len(bindings) else None
        if not parts or parts[0] != edge.target.parts[0] or _runs(edge.target, parts, edge.source):
            return ""
        origins.add(".".join(parts[:-1]))
    return origins.pop() if len(origins) == 1 else ""


def _runs(target: Module, origin: tuple[str, ...], source: Module) -> bool:
    """Whether an import from the module of origin would still run the target, as a package above it, or itself."""
    if origin[:-1] == source.parts:
        return True
    depth = len(target.parts)
    return origin[:depth] == target.parts and source.parts[:depth] != target.parts
