"""Whose cancellation an ``await`` may raise: the task's own, that of what it waits for, or the end of the program."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.knowledge.containers import CAST
from antipatterns.knowledge.exceptions import CANCELLATIONS
from antipatterns.knowledge.loop_runners import CANCELLED_BY_CLOSE, COROUTINE_RUNNERS, METHODS_OF_LOOPS
from antipatterns.knowledge.tasks import STARTERS, WAITERS
from antipatterns.semantics.control_flow import walk_block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.semantics.scope import Scope

# They wait for what they are given, and raise its cancellation.


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
        if file.resolve(awaited.func, scope) == CAST and len(awaited.args) == 2:
            return _is_there_already(awaited.args[1], file, scope)
        if file.resolve(awaited.func, scope) not in WAITERS or not awaited.args:
            return False
        return _is_there_already(awaited.args[0], file, scope)
    if isinstance(awaited, (ast.Set, ast.List, ast.Tuple)):
        return bool(awaited.elts) and all(_is_there_already(one, file, scope) for one in awaited.elts)
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


def ends_the_task(attempt: ast.Try | ast.TryStar, handler: ast.ExceptHandler, file: File, scope: Scope) -> bool:
    """Whether a handler lets a coroutine come to its end, as its cancellation wants, whatever its last words are.

    That of the whole program, which Ctrl+C cancels, or that of a task of its own.
    """
    function = scope.function
    starters = None if function is None else _starters_of(function, file)
    if function is None or starters is None:
        return False
    return _statements_behind(attempt, handler, function, file) is not None


def _statements_behind(
    attempt: ast.Try | ast.TryStar, handler: ast.ExceptHandler, function: Scope, file: File
) -> list[ast.stmt] | None:
    """What runs behind a handler up to the end of its function; None where it goes on with the next turn of a loop."""
    last = handler.body[-1]
    if any(isinstance(node, ast.Continue) for node in walk_block(handler.body)):
        return None
    if isinstance(last, ast.Return):
        return []
    breaks = isinstance(last, ast.Break)
    behind: list[ast.stmt] = []
    parents = file.parents_in(function)
    node: ast.AST = attempt
    while node is not function.node:
        around = parents[node]
        if not breaks:
            behind += _following(node, around)
        if isinstance(around, (ast.For, ast.AsyncFor, ast.While)):
            if not breaks:
                return None
            breaks = False
        node = around
    return behind


def _following(node: ast.AST, around: ast.AST) -> list[ast.stmt]:
    """The statements behind one in its block."""
    for field in ("body", "orelse", "finalbody"):
        block = getattr(around, field, None)
        if isinstance(block, list) and node in block:
            return block[block.index(node) + 1 :]
    return []


def _starters_of(function: Scope, file: File) -> frozenset[str] | None:
    """What the file gives a coroutine to when it calls its function, which it does for nothing else; None otherwise."""
    name = getattr(function.node, "name", None)
    parents = file.parents_in(file.module)
    uses = [
        node
        for node in parents
        if (isinstance(node, ast.Name) and node.id == name)
        or (isinstance(node, ast.Attribute) and node.attr == name and not _starter_named(node, file))
    ]
    starters = [_starter_of(use, parents, file) for use in uses]
    found = frozenset(starter for starter in starters if starter is not None)
    return found if found and None not in starters else None


def _starter_of(use: ast.AST, parents: dict[ast.AST, ast.AST], file: File) -> str | None:
    call = parents[use]
    outer = parents.get(call)
    if not isinstance(call, ast.Call) or call.func is not use or not isinstance(outer, ast.Call):
        return None
    return _starter_named(outer.func, file) if call in outer.args else None


def _starter_named(called: ast.expr, file: File) -> str | None:
    """The full name of what runs a coroutine, or makes a task of one; a loop may be of any kind."""
    dotted = file.resolve(called, file.module.innermost_at(called.lineno, called.col_offset))
    if dotted in COROUTINE_RUNNERS or dotted in STARTERS:
        return dotted
    return METHODS_OF_LOOPS.get(called.attr) if isinstance(called, ast.Attribute) else None
