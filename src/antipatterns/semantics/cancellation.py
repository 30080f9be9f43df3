"""Whose cancellation an ``await`` may raise: the task's own, that of what it waits for, or the end of the program."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, TypeGuard

from antipatterns.knowledge.containers import CAST
from antipatterns.knowledge.exceptions import CANCELLATIONS
from antipatterns.knowledge.loop_runners import CANCELLED_BY_CLOSE, COROUTINE_RUNNERS, METHODS_OF_LOOPS
from antipatterns.knowledge.tasks import CALLERS_IN_TASKS, GATHERERS, STARTERS, WAITERS
from antipatterns.knowledge.waits import TIME_LIMITS
from antipatterns.semantics.control_flow import walk_block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.semantics.scope import Scope


def may_be_of_another(attempt: ast.Try | ast.TryStar, file: File, scope: Scope) -> bool:
    """Whether the cancellation may be that of a task that the coroutine waits for, or is raised again behind."""
    awaits = [node for node in walk_block(attempt.body) if _waits(node, file, scope)]
    if awaits and all(isinstance(node, ast.Await) and _is_there_already(node.value, file, scope) for node in awaits):
        return True
    if _serves_until_closed(awaits, file) or _is_shielded(attempt, file, scope):
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


def _waits(node: ast.AST, file: File, scope: Scope) -> TypeGuard[ast.Await | ast.AsyncFor | ast.AsyncWith]:
    """Whether the task may be suspended at a node; not where it enters a timeout."""
    if isinstance(node, ast.AsyncWith):
        entered = [item.context_expr for item in node.items]
        return not all(isinstance(one, ast.Call) and file.resolve(one.func, scope) in TIME_LIMITS for one in entered)
    return isinstance(node, (ast.Await, ast.AsyncFor))


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


def _is_shielded(attempt: ast.Try | ast.TryStar, file: File, scope: Scope) -> bool:
    """Whether a scope around a ``try`` keeps out the cancellation of its task: ``CancelScope(shield=True)``."""
    parents = file.parents_in(scope.function or scope)
    node: ast.AST = attempt
    while node in parents:
        node = parents[node]
        entered = [item.context_expr for item in node.items] if isinstance(node, ast.With) else []
        if any(isinstance(one, ast.Call) and _shields(one, file, scope) for one in entered):
            return True
    return False


def _shields(call: ast.Call, file: File, scope: Scope) -> bool:
    shields = [one.value for one in call.keywords if one.arg == "shield"]
    is_true = bool(shields) and isinstance(shields[0], ast.Constant) and shields[0].value is True
    return is_true and file.resolve(call.func, scope) in TIME_LIMITS


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
    if function is None or not _is_only_started(function, file):
        return False
    return _comes_to_end(attempt, handler, function, file)


def _comes_to_end(attempt: ast.Try | ast.TryStar, handler: ast.ExceptHandler, function: Scope, file: File) -> bool:
    """Whether a function comes to its end behind a handler, and does not go on with the next turn of a loop."""
    last = handler.body[-1]
    if any(isinstance(node, ast.Continue) for node in walk_block(handler.body)):
        return False
    if isinstance(last, ast.Return):
        return True
    breaks = isinstance(last, ast.Break)
    parents = file.parents_in(function)
    node: ast.AST = attempt
    while node is not function.node:
        node = parents[node]
        if isinstance(node, (ast.For, ast.AsyncFor, ast.While)):
            if not breaks:
                return False
            breaks = False
    return True


def _is_only_started(function: Scope, file: File) -> bool:
    """Whether the file calls a coroutine's function only to hand the coroutine to what makes a task of it."""
    name = getattr(function.node, "name", None)
    is_method = function.enclosing_class is not None
    parents = file.parents_in(file.module)
    uses = [
        node
        for node in parents
        if (isinstance(node, ast.Name) and node.id == name and not is_method)
        or (isinstance(node, ast.Attribute) and node.attr == name and not _is_starter(node, file))
    ]
    return bool(uses) and all(_is_start(use, parents, file) for use in uses)


def _is_start(use: ast.AST, parents: dict[ast.AST, ast.AST], file: File) -> bool:
    """Whether a function is called at a place to start a task, or given to a group of tasks that calls it."""
    call = parents[use]
    if not isinstance(call, ast.Call):
        return False
    if call.func is use:
        return _is_handed_over(call, parents, file)
    return use in call.args and isinstance(call.func, ast.Attribute) and call.func.attr in CALLERS_IN_TASKS


def _is_handed_over(coroutine: ast.AST, parents: dict[ast.AST, ast.AST], file: File) -> bool:
    """Whether a coroutine goes into a call that nobody awaits there: who gets it can only make a task of it."""
    call = parents.get(coroutine)
    while isinstance(call, (ast.keyword, ast.Starred, ast.List, ast.Set, ast.Tuple, ast.ListComp, ast.GeneratorExp)):
        call = parents.get(call)
    if not isinstance(call, ast.Call):
        return False
    if _is_starter(call.func, file):
        return True
    dotted = file.resolve(call.func, file.module.innermost_at(call.lineno, call.col_offset))
    if dotted in GATHERERS:
        return True
    if dotted in WAITERS:
        return False
    if isinstance(parents.get(call), (ast.Expr, ast.Assign, ast.AnnAssign, ast.NamedExpr)):
        return True
    return _is_handed_over(call, parents, file)


def _is_starter(called: ast.expr, file: File) -> bool:
    """Whether something runs a coroutine, or makes a task of one; a loop may be of any kind."""
    dotted = file.resolve(called, file.module.innermost_at(called.lineno, called.col_offset))
    if dotted in COROUTINE_RUNNERS or dotted in STARTERS:
        return True
    return isinstance(called, ast.Attribute) and called.attr in METHODS_OF_LOOPS
