"""Where a module needs names that it imports: in which functions, in annotations, or while it is imported itself."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.semantics.annotations import annotation_names
from antipatterns.semantics.names import last_name
from antipatterns.semantics.scope import Scope, ScopeKind
from antipatterns.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class ImportUses(NamedTuple):
    """The names that functions and lambdas read, and that annotations read.

    Functions in one another count as one: the innermost that holds all that is read. What they lie in may run while
    other modules are imported, as a maker of decorators or of validators does, and they later.

    ``runs``: the functions, at the top of the module or of a class, that the module calls or decorates with while it is
    imported.
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
    readers: dict[Scope, list[tuple[str, Scope]]] = {}
    for node, scope in found_nodes:
        if not isinstance(node, ast.Name) or node.id not in names or node in postponed:
            continue
        found = scope.lookup(node.id)
        if found is None or found[0].parent is not None:
            continue
        function = _outermost_function(scope)
        if function is None or not isinstance(node.ctx, ast.Load) or not _can_import(function, node.id):
            return None
        readers.setdefault(function, []).append((node.id, scope))
    functions = {
        _innermost_function([scope for _, scope in reads]): frozenset(name for name, _ in reads)
        for reads in readers.values()
    }
    annotations = names & (sorted_names.quoted | (sorted_names.annotations if postponed else frozenset()))
    return ImportUses(functions, annotations, frozenset(_run_at_import(tree, readers)))


def _outermost_function(scope: Scope) -> Scope | None:
    """The function or lambda at the top of the module, or of a class, that a scope lies in."""
    around = _functions_around(scope)
    return around[-1] if around else None


def _innermost_function(scopes: list[Scope]) -> Scope:
    """The innermost function that scopes of one function lie in; its lambda, where nothing else holds them all."""
    shared = [_functions_around(scope) for scope in scopes]
    common = [one for one in shared[0] if all(one in others for others in shared)]
    return next((one for one in common if one.kind is ScopeKind.FUNCTION), common[-1])


def _functions_around(scope: Scope) -> list[Scope]:
    """The functions and lambdas that a scope lies in, itself among them, the innermost first."""
    found = []
    here: Scope | None = scope
    while here is not None:
        if here.kind in (ScopeKind.FUNCTION, ScopeKind.LAMBDA):
            found.append(here)
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


def _run_at_import(tree: ast.Module, functions: Iterable[Scope]) -> Iterator[str]:
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
