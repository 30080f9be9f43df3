"""Allow a task that nothing keeps, so that it may vanish while it runs and its errors are lost.

What it finds
-------------
A call of ``asyncio.create_task``, ``asyncio.ensure_future`` or a loop's ``create_task`` whose result is dropped: the
call is a statement of its own (also as a branch of ``and``, ``or`` and ``if … else``, or for each item of a
comprehension), or it goes into ``_`` or another local name that is never read; in a function that runs the loop itself
behind it, such a name does keep the task. Tasks of a ``TaskGroup`` or a nursery are kept by it. What is returned,
awaited, passed on, or stored on an object or in a container is silent, and so are a loop of unknown type and a task
that is given its callback in the same expression.

Why it is bad
-------------
The event loop itself keeps only a weak reference: a task that waits may be garbage-collected half done. And what
it raises is seen by nobody until then.

Bad
---
::

    import asyncio

    async def start(report):
        asyncio.create_task(report.send())

Good
----
::

    import asyncio

    _background_tasks: set[asyncio.Task[object]] = set()

    async def start(report):
        task = asyncio.create_task(report.send())
        _background_tasks.add(task)
        task.add_done_callback(_background_tasks.discard)

Fix safety
----------
Safe: the task goes into a set, and a callback takes it out when it is done; the program sees no difference but that
the task lives. The set is one that the file has for such a purpose, of the module or of the instance, else a new one
of the module. Refused where the call is not a statement of its own, or shares its line with others.

Options
-------
- ``defer-to-ruff``: leaves to RUF006 what ``asyncio.create_task`` and ``ensure_future`` start, in a statement of their
  own or for a name that nothing reads; not what a loop starts.

Source
------
python-coding, "Track all background tasks for graceful shutdown"; python-engineer, "Use structured concurrency with
TaskGroups to prevent orphaned tasks". Others have it as ruff RUF006.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.blocking import libraries
from antipatterns.finding import Safety
from antipatterns.knowledge.loop_runners import LOOP_RUNNERS
from antipatterns.knowledge.tasks import STARTERS
from antipatterns.rule import Rule
from antipatterns.semantics.names import is_imported
from antipatterns.semantics.scope import ScopeKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

RULE = Rule(__name__, "AP103", words=("create_task", "ensure_future"), ruff=("RUF006",))

_COMPREHENSIONS = (ast.ListComp, ast.SetComp)


@RULE.visit(ast.Expr)
def find_dropped_task(statement: ast.Expr, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each task that a statement starts and drops."""
    for call, inner in _dropped_calls(statement.value, scope):
        name = started_by(call, file, inner)
        if name is not None:
            message = f"the task that {name}() starts is dropped: it may vanish half done, and its errors are lost"
            ruff = RULE.ruff if call is statement.value and _is_plain(call, file, inner) else ()
            yield RULE.finding(file, file.source.span_of(call), f"{message}; {_ADVICE}", fix=Safety.SAFE, ruff=ruff)


@RULE.visit(ast.Assign, ast.AnnAssign)
def find_task_never_read(statement: ast.Assign | ast.AnnAssign, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for a task that goes into a local name which nothing reads."""
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    call, target = statement.value, targets[0]
    if len(targets) != 1 or not isinstance(call, ast.Call) or not isinstance(target, ast.Name):
        return
    name = started_by(call, file, scope)
    if name is None or not _is_never_read(target.id, scope):
        return
    if target.id != "_" and _runs_loop_behind(statement, file, scope):
        return
    message = f'the task that {name}() starts is only in "{target.id}", which nothing reads: its errors are lost'
    ruff = RULE.ruff if isinstance(statement, ast.Assign) and _is_plain(call, file, scope) else ()
    yield RULE.finding(file, file.source.span_of(call), f"{message}; {_ADVICE}", fix=Safety.SAFE, ruff=ruff)


def _runs_loop_behind(statement: ast.stmt, file: File, scope: Scope) -> bool:
    """Whether a function itself runs the loop later on: as long as it does, its local names keep their tasks."""
    return any(
        isinstance(node, ast.Call)
        and node.lineno > statement.lineno
        and isinstance(node.func, ast.Attribute)
        and file.types.callee(node.func, scope) in LOOP_RUNNERS
        for node in ast.walk(scope.node)
    )


def _is_plain(call: ast.Call, file: File, scope: Scope) -> bool:
    """Whether the task is started by one of the functions of ``asyncio`` itself, not through a loop or a variable."""
    return is_imported(call.func, scope) and file.resolve(call.func, scope) in _FUNCTIONS


_FUNCTIONS = ("asyncio.create_task", "asyncio.ensure_future")
_ADVICE = "await it, use a TaskGroup, or keep it in a set until it is done"


def started_by(call: ast.Call, file: File, scope: Scope) -> str | None:
    """What people call the function that starts a task which its caller must keep, if a call calls one."""
    if isinstance(call.func, ast.Attribute) and call.func.attr not in _LAST_PARTS:
        return None
    name = file.types.callee(call.func, scope)
    if name is None:
        return None
    return next((STARTERS[spelling] for spelling in libraries.spellings(name) if spelling in STARTERS), None)


_LAST_PARTS = {name.rpartition(".")[2] for name in STARTERS}


def _dropped_calls(value: ast.expr, scope: Scope) -> Iterator[tuple[ast.Call, Scope]]:
    """The calls whose results a statement of this expression drops, each with its scope."""
    if isinstance(value, ast.Call):
        yield value, scope
    elif isinstance(value, ast.BoolOp):
        yield from _dropped_calls(value.values[-1], scope)
    elif isinstance(value, ast.IfExp):
        yield from _dropped_calls(value.body, scope)
        yield from _dropped_calls(value.orelse, scope)
    elif isinstance(value, _COMPREHENSIONS):
        inner = next((child for child in scope.children if child.node is value), scope)
        yield from _dropped_calls(value.elt, inner)


def _is_never_read(name: str, scope: Scope) -> bool:
    """Whether a name is local to a function that never reads it, nor any function in it."""
    if scope.kind is not ScopeKind.FUNCTION or name not in scope.bindings:
        return False
    return not any(
        isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)
        for node in ast.walk(scope.node)
    )
