"""Whether a function fills a queue with what it has before it hands the queue to those who empty it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.knowledge.queues import PUTS

if TYPE_CHECKING:
    from antipatterns.file import File
    from antipatterns.semantics.scope import Scope

_ENDLESS = (ast.While, ast.AsyncFor)


def is_filled_first(call: ast.Call, file: File, scope: Scope) -> bool:
    """Whether all that is put into a local queue is put there by its function ahead of all other uses, and ends."""
    function = scope.function
    if function is None or function.node is not getattr(scope, "node", None):
        return False
    parents = file.parents_in(function)
    statement = parents.get(call)
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    if len(targets) != 1 or not isinstance(targets[0], ast.Name):
        return False
    name = targets[0].id
    uses = [node for node in parents if isinstance(node, ast.Name) and node.id == name and node is not targets[0]]
    puts = [use for use in uses if _is_put(use, parents)]
    others = [use.lineno for use in uses if use not in puts and not _is_inside(use, parents, _FUNCTIONS, function)]
    return bool(puts) and all(
        use.lineno <= min(others, default=use.lineno)
        and not _is_inside(use, parents, (*_ENDLESS, *_FUNCTIONS), function)
        for use in puts
    )


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def _is_put(use: ast.Name, parents: dict[ast.AST, ast.AST]) -> bool:
    method = parents.get(use)
    call = parents.get(method) if method is not None else None
    return isinstance(method, ast.Attribute) and method.attr in PUTS and isinstance(call, ast.Call)


def _is_inside(node: ast.AST, parents: dict[ast.AST, ast.AST], kinds: tuple[type, ...], function: Scope) -> bool:
    """Whether one of some kinds of nodes stands around a node in a function."""
    while node in parents and parents[node] is not function.node:
        node = parents[node]
        if isinstance(node, kinds):
            return True
    return False
