"""Whose cancellation an ``await`` may raise: the task's own, that of what it waits for, or the end of the program."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.knowledge.exceptions import CANCELLATIONS
from antipatterns.knowledge.loop_runners import CANCELLED_BY_CLOSE, COROUTINE_RUNNERS
from antipatterns.semantics.control_flow import walk_block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.semantics.scope import Scope

# They wait for what they are given, and raise its cancellation.
_WAITERS = frozenset({"asyncio.gather", "asyncio.shield", "asyncio.wait", "asyncio.wait_for"})


def may_be_of_another(attempt: ast.Try | ast.TryStar, file: File, scope: Scope) -> bool:
    """Whether the cancellation may be that of a task that the coroutine waits for, or is raised again behind."""
    awaits = [node for node in walk_block(attempt.body) if isinstance(node, (ast.Await, ast.AsyncFor, ast.AsyncWith))]
    if awaits and all(isinstance(node, ast.Await) and _is_there_already(node.value, file, scope) for node in awaits):
        return True
    if _serves_until_closed(awaits, file):
        return True
    function = scope.function.node if scope.function is not None else scope.node
    last = attempt.body[-1].end_lineno or attempt.lineno
    for node in walk_block(getattr(function, "body", [])):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.lineno <= last:
            if node.func.attr == "cancel":
                return True
        elif isinstance(node, ast.Raise) and node.exc is not None and node.lineno > last:
            raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            if file.resolve(raised, scope) in CANCELLATIONS:
                return True
    return False


def _is_there_already(awaited: ast.expr, file: File, scope: Scope) -> bool:
    """Whether what is awaited was made before: not the result of a call, unless one that waits for its arguments."""
    if isinstance(awaited, ast.Starred):
        awaited = awaited.value
    if isinstance(awaited, ast.Call):
        if file.resolve(awaited.func, scope) not in _WAITERS or not awaited.args:
            return False
        return _is_there_already(awaited.args[0], file, scope)
    return isinstance(awaited, (ast.Name, ast.Attribute, ast.Subscript))


def _serves_until_closed(awaits: list[ast.Await | ast.AsyncFor | ast.AsyncWith], file: File) -> bool:
    """Whether all that is awaited is a server that this file closes: that is how its ``serve_forever`` ends."""
    servers = set()
    entered = set()
    for node in awaits:
        if isinstance(node, ast.AsyncWith) and len(node.items) == 1:
            entered.add(ast.dump(node.items[0].context_expr))
            continue
        call = node.value if isinstance(node, ast.Await) else None
        called = call.func if isinstance(call, ast.Call) else None
        if not isinstance(called, ast.Attribute) or called.attr not in CANCELLED_BY_CLOSE:
            return False
        servers.add(ast.dump(called.value))
    return bool(servers) and entered <= servers and servers <= set(_closed_in(file))


def _closed_in(file: File) -> Iterator[str]:
    for node in ast.walk(file.source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "close":
            yield ast.dump(node.func.value)


def ends_the_program(attempt: ast.Try | ast.TryStar, handler: ast.ExceptHandler, file: File, scope: Scope) -> bool:
    """Whether a handler lets the coroutine come to its end that the whole loop runs for: Ctrl+C cancels that one.

    Not where it goes on with the next turn of a loop.
    """
    function = scope.function
    if function is None or not _is_run_alone(function, file):
        return False
    if isinstance(handler.body[-1], (ast.Break, ast.Return)):
        return True
    parents = file.parents_in(function)
    around: ast.AST = attempt
    while around is not function.node and around in parents:
        around = parents[around]
        if isinstance(around, (ast.For, ast.AsyncFor, ast.While)):
            return False
    return True


def _is_run_alone(function: Scope, file: File) -> bool:
    """Whether all that the file does with a coroutine is to start an event loop with a call of it."""
    name = getattr(function.node, "name", None)
    parents = file.parents_in(file.module)
    uses = [
        node
        for node in parents
        if (isinstance(node, ast.Name) and node.id == name)
        or (isinstance(node, ast.Attribute) and node.attr == name and not _runs_coroutines(node, file))
    ]
    return bool(uses) and all(_is_given_to_runner(use, parents, file) for use in uses)


def _runs_coroutines(called: ast.expr, file: File) -> bool:
    if isinstance(called, ast.Attribute) and called.attr == "run_until_complete":
        return True
    return file.resolve(called, file.module.innermost_at(called.lineno, called.col_offset)) in COROUTINE_RUNNERS


def _is_given_to_runner(use: ast.AST, parents: dict[ast.AST, ast.AST], file: File) -> bool:
    call = parents[use]
    runner = parents.get(call)
    if not isinstance(call, ast.Call) or call.func is not use or not isinstance(runner, ast.Call):
        return False
    return call in runner.args and _runs_coroutines(runner.func, file)
