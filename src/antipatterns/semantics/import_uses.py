"""Where a module needs names that it imports: in which functions, in annotations, or while it is imported itself."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.semantics.annotations import annotation_names
from antipatterns.semantics.names import last_name
from antipatterns.semantics.scope import Scope, ScopeKind
from antipatterns.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterator


class ImportUses(NamedTuple):
    """The names that each function or lambda at the top of the module or of a class reads, and that annotations read.

    ``runs``: the functions among them that the module calls or decorates with while it is imported.
    """

    functions: dict[Scope, frozenset[str]]
    annotations: frozenset[str]
    runs: frozenset[str]


def find_import_uses(tree: ast.Module, names: frozenset[str]) -> ImportUses | None:
    """Where a module reads names that it imports at its top; None where it needs them while it is imported.

    Also where it binds one of them in another way, or mentions one as a text, as ``__all__`` does.
    """
    sorted_names = annotation_names(tree)
    found_nodes = list(walk(tree, frozenset({ast.Name, ast.Constant})).matches)
    if any(
        isinstance(node, ast.Constant) and node.value in names and node not in sorted_names.nodes
        for node, _ in found_nodes
    ):
        return None
    postponed = sorted_names.nodes if sorted_names.are_postponed else frozenset()
    functions: dict[Scope, frozenset[str]] = {}
    for node, scope in found_nodes:
        if not isinstance(node, ast.Name) or node.id not in names or node in postponed:
            continue
        found = scope.lookup(node.id)
        if found is None or found[0].parent is not None:
            continue
        function = _outermost_function(scope)
        if function is None or not isinstance(node.ctx, ast.Load) or not _can_import(function, node.id):
            return None
        functions[function] = functions.get(function, frozenset()) | {node.id}
    annotations = names & (sorted_names.quoted | (sorted_names.annotations if postponed else frozenset()))
    return ImportUses(functions, annotations, frozenset(_run_at_import(tree, functions)))


def _outermost_function(scope: Scope) -> Scope | None:
    """The function or lambda at the top of the module, or of a class, that a scope lies in."""
    found = None
    here: Scope | None = scope
    while here is not None:
        found = here if here.kind in (ScopeKind.FUNCTION, ScopeKind.LAMBDA) else found
        here = here.parent
    return found


def _can_import(function: Scope, name: str) -> bool:
    """Whether an import of a name in a function would bind it there, and means nothing else inside."""
    waiting = [function]
    while waiting:
        scope = waiting.pop()
        if name in scope.global_names:
            return False
        waiting += scope.children
    return name not in function.bindings


def _run_at_import(tree: ast.Module, functions: dict[Scope, frozenset[str]]) -> Iterator[str]:
    """The names of those functions that code which runs while the module is imported calls."""
    called = {
        last_name(node.func)
        for node, scope in walk(tree, frozenset({ast.Call})).matches
        if isinstance(node, ast.Call) and scope.function is None
    }
    called |= {
        last_name(item.func if isinstance(item, ast.Call) else item)
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
        for item in node.decorator_list
    }
    for function in functions:
        name = getattr(function.node, "name", "")
        owner = function.enclosing_class
        made = getattr(owner.node, "name", "") if owner is not None else name
        if name in called or (name in ("__init__", "__new__", "__call__") and made in called):
            yield name
