"""Whether a call gives another value each time, or an object that can change: by the tables, and in this file."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.knowledge.call_results import CHANGING, CHANGING_WITHOUT_ARGUMENTS, FRESH
from antipatterns.semantics.class_fields import makes_changing_instance
from antipatterns.semantics.mutability import makes_mutable
from antipatterns.semantics.names import definition_of, resolve_name, scope_of_definition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.semantics.scope import Scope

_MAX_CALLS = 4
_INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def find_changing_call(value: ast.expr, scope: Scope) -> ast.Call | None:
    """The first call in an expression that gives another value each time; what a lambda would call does not count."""
    for part in _evaluated(value):
        if isinstance(part, ast.Call) and _is_changing(part, scope, _MAX_CALLS):
            return part
    return None


def find_fresh_call(value: ast.expr, scope: Scope, file: File) -> ast.Call | None:
    """The call that an expression's value comes from, if it makes an object of its own that can change."""
    for choice in _choices(value):
        if isinstance(choice, ast.Call) and _is_fresh(choice, scope, file, _MAX_CALLS):
            return choice
    return None


def _evaluated(value: ast.AST) -> Iterator[ast.AST]:
    """The nodes of an expression that are evaluated with it, from the outside in."""
    waiting = [value]
    while waiting:
        node = waiting.pop(0)
        yield node
        if not isinstance(node, (*_INNER, ast.GeneratorExp)):
            waiting += ast.iter_child_nodes(node)


def _choices(value: ast.expr) -> Iterator[ast.expr]:
    """What an expression's value may be, seen through conditions."""
    if isinstance(value, ast.BoolOp):
        for item in value.values:
            yield from _choices(item)
    elif isinstance(value, ast.IfExp):
        yield from _choices(value.body)
        yield from _choices(value.orelse)
    elif isinstance(value, ast.NamedExpr):
        yield from _choices(value.value)
    else:
        yield value


def _is_changing(call: ast.Call, scope: Scope, depth: int) -> bool:
    name = resolve_name(call.func, scope)
    if name is not None:
        return name in CHANGING or (name in CHANGING_WITHOUT_ARGUMENTS and not call.args and not call.keywords)
    return any(
        any(isinstance(part, ast.Call) and _is_changing(part, inside, depth - 1) for part in _evaluated(result))
        for result, inside in _results_of(call, scope, depth)
    )


def _is_fresh(call: ast.Call, scope: Scope, file: File, depth: int) -> bool:
    name = resolve_name(call.func, scope)
    if name is not None and name in FRESH:
        return True
    if makes_changing_instance(call, scope, file) or _is_coroutine(call, scope):
        return True
    return any(
        makes_mutable(result, inside) or (isinstance(result, ast.Call) and _is_fresh(result, inside, file, depth - 1))
        for result, inside in _results_of(call, scope, depth)
    )


def _is_coroutine(call: ast.Call, scope: Scope) -> bool:
    """Whether a coroutine function or a generator function of this file is called: its result can be used once."""
    definition = definition_of(call.func, scope)
    node = None if definition is None else definition[1].node
    return isinstance(node, ast.AsyncFunctionDef) and not node.decorator_list


def _results_of(call: ast.Call, scope: Scope, depth: int) -> Iterator[tuple[ast.expr, Scope]]:
    """What an undecorated function of this file returns, where it only returns it: a body of one statement."""
    definition = definition_of(call.func, scope)
    if definition is None or depth <= 0:
        return
    node = definition[1].node
    if not isinstance(node, ast.FunctionDef) or node.decorator_list:
        return
    inside = scope_of_definition(definition[0], node)
    body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    if inside is not None and len(body) == 1 and isinstance(body[0], ast.Return) and body[0].value is not None:
        yield body[0].value, inside
