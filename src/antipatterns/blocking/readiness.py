"""Whether the code around a blocking call shows that it does not wait: asked or polled before, made non-blocking."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.knowledge.readiness import (
    ASKED_FOR,
    AWAITED_THROUGH,
    DESCRIPTORS_SWITCHED_BY,
    INSTEAD_OF_WAITING,
    POLLED_WITH,
    SWITCHED_OFF,
    SWITCHED_OFF_BY,
    TAKE_AWAITABLES,
)
from antipatterns.semantics.scope import BindingKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from antipatterns.file import File
    from antipatterns.semantics.scope import Scope


def is_awaited(call: ast.Call, file: File, scope: Scope) -> bool:
    """Whether the result of a call is awaited, at once or through ``asyncio.wait_for`` and the like."""
    parents = file.parents_in(scope.function or scope)
    parent = parents.get(call)
    if isinstance(parent, ast.Call) and call in parent.args:
        return file.resolve(parent.func, scope) in TAKE_AWAITABLES
    return isinstance(parent, ast.Await)


def methods_that_ask() -> dict[str, frozenset[str]]:
    """By the name of a method that may wait: those that one calls on the same receiver so as not to wait."""
    found: dict[str, frozenset[str]] = {}
    for sink, methods in (*ASKED_FOR.items(), *POLLED_WITH.items()):
        name = sink.rpartition(".")[2]
        found[name] = found.get(name, frozenset()) | methods
    for methods in SWITCHED_OFF_BY.values():
        for name in SWITCHED_OFF:
            found[name] = found.get(name, frozenset()) | methods
    return found


def find_calls_that_never_wait(tree: ast.AST) -> Iterator[ast.Call]:
    """The calls around which somebody handles the error that is raised in place of waiting."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Try) and any(_is_handled(INSTEAD_OF_WAITING, one.type) for one in node.handlers):
            for statement in node.body:
                yield from (inner for inner in ast.walk(statement) if isinstance(inner, ast.Call))


def _is_handled(error: str, kinds: ast.expr | None) -> bool:
    parts = kinds.elts if isinstance(kinds, ast.Tuple) else [kinds]
    return any(isinstance(one, ast.Name) and one.id == error for one in parts)


def is_surely_ready(call: ast.Call, sink_name: str, file: File, scope: Scope) -> bool:
    """Whether a call of a sink finds at once what it would wait for, or is told not to wait."""
    if file.source.mentions((INSTEAD_OF_WAITING,)) and call in find_calls_that_never_wait(file.source.tree):
        return True
    if sink_name in DESCRIPTORS_SWITCHED_BY:
        return bool(call.args) and _is_given_to(
            call.args[0], DESCRIPTORS_SWITCHED_BY[sink_name], file.source.tree, file, scope
        )
    if not isinstance(call.func, ast.Attribute) or scope.function is None:
        return False
    receiver, around = call.func.value, scope.function.node
    if _is_switched_off(receiver, SWITCHED_OFF_BY.get(sink_name.rpartition(".")[0], ()), _home_of(receiver, scope)):
        return True
    if any(found.lineno <= call.lineno for found in _calls_on(receiver, ASKED_FOR.get(sink_name, ()), around)):
        return True
    if sink_name in AWAITED_THROUGH and _is_given_to(receiver, {AWAITED_THROUGH[sink_name]}, around, file, scope):
        return True
    return _is_polled_before(call, receiver, POLLED_WITH.get(sink_name, ()), around)


def _calls_on(receiver: ast.expr, methods: Collection[str], around: ast.AST) -> Iterator[ast.Call]:
    """The calls of some methods of a receiver, the same by its text."""
    if not methods:
        return
    text = ast.unparse(receiver)
    for node in ast.walk(around):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in methods
            and ast.unparse(node.func.value) == text
        ):
            yield node


def _home_of(receiver: ast.expr, scope: Scope) -> ast.AST:
    """Where else a receiver of the same text is the same thing: the function of a local name, else the whole file."""
    found = scope.lookup(receiver.id) if isinstance(receiver, ast.Name) else None
    if found is None or any(binding.kind is BindingKind.PARAMETER for binding in found[1]):
        return scope.module.node
    return found[0].node


def _is_switched_off(receiver: ast.expr, methods: Collection[str], around: ast.AST) -> bool:
    return any(
        isinstance(value, ast.Constant) and value.value is not None and not value.value
        for found in _calls_on(receiver, methods, around)
        for value in (*found.args, *(item.value for item in found.keywords))
    )


def _is_given_to(value: ast.expr, functions: Collection[str], around: ast.AST, file: File, scope: Scope) -> bool:
    """Whether a value, the same by its text, is the first argument of a call of one of some functions."""
    text = ast.unparse(value)
    return any(
        isinstance(node, ast.Call)
        and bool(node.args)
        and ast.unparse(node.args[0]) == text
        and file.resolve(node.func, scope) in functions
        for node in ast.walk(around)
    )


def _is_polled_before(call: ast.Call, receiver: ast.expr, methods: Collection[str], around: ast.AST) -> bool:
    """Whether a loop that awaits and asks the receiver has ended before the call."""
    if not methods:
        return False
    return any(
        isinstance(loop, ast.While)
        and (loop.end_lineno or 0) < call.lineno
        and any(isinstance(node, ast.Await) for node in ast.walk(loop))
        and any(_calls_on(receiver, methods, loop))
        for loop in ast.walk(around)
    )
