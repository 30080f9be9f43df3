"""Allow a coroutine to catch its own cancellation and to go on as if nothing had happened.

What it finds
-------------
In an ``async def``, around an ``await``, ``async for`` or ``async with``: a handler for ``asyncio.CancelledError``
(by itself or in a tuple), ``BaseException`` or everything, of which one path at least ends without a ``raise``.
Anyio's and trio's names for it count too. A handler that raises the cancellation again takes it from those behind it.
Silent where the handler asks ``cancelling()``, ``uncancel()``, ``cancelled()`` or ``done()``, where it hands the
exception on to others, where it ends the program or names ``KeyboardInterrupt`` too; where the function has cancelled
something before, or awaits nothing but tasks and futures that were there already, whose cancellation it may be, or
the ``serve_forever`` of a server that the file closes, which is cancelled by that; where the coroutine comes to its
end and is the one that the file gives ``asyncio.run``, which Ctrl+C cancels, or one that it only makes tasks of,
whatever its last words are (also through ``gather``, ``start_soon`` and functions that are given the coroutine and not
awaited there); where an exception goes on behind the handler in any case, as it cleans up in another one that raises,
in the ``finally`` of what only an exception leaves, or in the handler of a cancellation that is handed on; under
``CancelScope(shield=True)``; and in tests.

Why it is bad
-------------
The task does not end when it is told to: ``asyncio.timeout``, ``TaskGroup`` and the shutdown of the program wait for
it, some of them for ever, and who cancelled it hears that it has finished its work.

Bad
---
::

    import asyncio

    async def pump(queue):
        while True:
            try:
                await queue.get()
            except asyncio.CancelledError:
                print("cancelled")

Good
----
::

    import asyncio

    async def pump(queue):
        while True:
            try:
                await queue.get()
            except asyncio.CancelledError:
                print("cancelled")
                raise

Fix safety
----------
Safe for a handler of everything that only logs: ``except asyncio.CancelledError: raise`` in front of it (anyio's or
trio's class where the file imports them), unsafe where calls follow behind it, for a cancelled task would miss them.
Unsafe for a handler that names the cancellation: ``raise`` at its end, in the place of ``pass`` or of a jump; among
others, the cancellation is taken out. Refused where a handler of everything does more than log, which a cancelled task
would miss too; where one does nothing and calls follow, which may clean up; where it sets a name for what follows; and
where a comment says why one does nothing.

Options
-------
None.

Source
------
python-coding, "Track all background tasks for graceful shutdown"; python-engineer, "Use structured concurrency with
TaskGroups to prevent orphaned tasks". Others have parts of it as flake8-async ASYNC102, ASYNC103 and ASYNC104.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.blocking.sinks import framework_of
from antipatterns.finding import Safety
from antipatterns.knowledge.exceptions import CANCELLATION_OF, CANCELLATIONS, ENDS
from antipatterns.rule import Rule
from antipatterns.semantics.cancellation import ends_the_task, may_be_of_another
from antipatterns.semantics.control_flow import always_raises, leaves_by_exception, walk_block
from antipatterns.semantics.exceptions import CAUGHT
from antipatterns.semantics.loggers import hands_on, is_logger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

RULE = Rule(__name__, "AP105", words=("async",), asks_elsewhere=True)

_EVERYTHING = frozenset({"builtins.BaseException"})
_ORDINARY = frozenset({"builtins.Exception"})
_INTERRUPTS = frozenset({"builtins.KeyboardInterrupt", "builtins.SystemExit"})
_TELLING = ENDS | CAUGHT
_QUESTIONS = frozenset({"cancelling", "uncancel", "cancelled", "done"})


@RULE.visit(ast.Try, ast.TryStar)
def find_swallowed_cancellation(attempt: ast.Try | ast.TryStar, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for the first handler that can catch a cancellation, if it does not pass it on."""
    if not scope.runs_on_loop or not _waits(attempt) or file.is_test:
        return
    for handler in attempt.handlers:
        if not _catches(handler.type, CANCELLATIONS | _EVERYTHING, file, scope):
            continue
        if not _is_harmless(attempt, handler, file, scope) and not _passes_on(handler, file, scope):
            yield _finding(handler, file, scope)
        return


def _is_harmless(attempt: ast.Try | ast.TryStar, handler: ast.ExceptHandler, file: File, scope: Scope) -> bool:
    """Whether the cancellation is another's, ends the task all the same, or has an exception behind it."""
    if may_be_of_another(attempt, file, scope) or ends_the_task(attempt, handler, file, scope):
        return True
    parents = file.parents_in(scope.function or scope)
    return leaves_by_exception(attempt, parents) or _is_passed_on_around(attempt, parents, file, scope)


def _is_passed_on_around(node: ast.AST, parents: dict[ast.AST, ast.AST], file: File, scope: Scope) -> bool:
    """Whether a ``try`` stands in a handler that hands the first cancellation on: a second one adds nothing."""
    while node in parents:
        node = parents[node]
        if isinstance(node, ast.ExceptHandler) and node.name is not None and hands_on(node, file, scope):
            return _catches(node.type, CANCELLATIONS | _EVERYTHING, file, scope)
    return False


def _waits(attempt: ast.Try | ast.TryStar) -> bool:
    return any(
        isinstance(node, (ast.Await, ast.AsyncFor, ast.AsyncWith))
        or (isinstance(node, ast.comprehension) and node.is_async)
        for node in walk_block(attempt.body)
    )


def _catches(caught: ast.expr | None, classes: frozenset[str], file: File, scope: Scope) -> bool:
    """Whether a handler names one of some classes; a bare one names everything."""
    if caught is None:
        return classes >= _EVERYTHING
    if isinstance(caught, ast.Tuple):
        return any(_catches(item, classes, file, scope) for item in caught.elts)
    return file.resolve(caught.func if isinstance(caught, ast.Call) else caught, scope) in classes


def _passes_on(handler: ast.ExceptHandler, file: File, scope: Scope) -> bool:
    """Whether a handler raises, knows whose cancellation it is, or leaves the exception to others."""
    if always_raises(_run_by_cancellation(handler.body, handler.name, file, scope)) or hands_on(handler, file, scope):
        return True
    if handler.type is not None and _catches(handler.type, _INTERRUPTS, file, scope):
        return True
    tests = [node for node in walk_block(handler.body) if isinstance(node, ast.If)]
    if any(_raises_cancellation(test, handler.name, file, scope) for test in tests):
        return True
    calls = [node for node in walk_block(handler.body) if isinstance(node, ast.Call)]
    return any(
        (isinstance(call.func, ast.Attribute) and call.func.attr in _QUESTIONS)
        or file.resolve(call.func, scope) in _TELLING
        for call in calls
    )


def _run_by_cancellation(body: list[ast.stmt], name: str | None, file: File, scope: Scope) -> list[ast.stmt]:
    """The statements of a handler, without the branches for exceptions of other classes."""
    run: list[ast.stmt] = []
    for statement in body:
        is_other = isinstance(statement, ast.If) and _tells_other(statement.test, name, file, scope)
        run += statement.orelse if is_other and isinstance(statement, ast.If) else [statement]
    return run


def _tells_other(test: ast.expr, name: str | None, file: File, scope: Scope) -> bool:
    """Whether part of a test is an ``isinstance`` of the exception that fails for a cancellation."""
    if isinstance(test, ast.BoolOp):
        return isinstance(test.op, ast.And) and any(_tells_other(value, name, file, scope) for value in test.values)
    if not isinstance(test, ast.Call) or len(test.args) != 2 or file.resolve(test.func, scope) != "builtins.isinstance":
        return False
    asked, classes = test.args
    named = [file.resolve(one, scope) for one in (classes.elts if isinstance(classes, ast.Tuple) else [classes])]
    is_other = all(one is not None and one not in CANCELLATIONS | _EVERYTHING for one in named)
    return isinstance(asked, ast.Name) and asked.id == name and is_other


def _raises_cancellation(node: ast.If, name: str | None, file: File, scope: Scope) -> bool:
    """Whether a branch that always raises is the one that a cancellation takes, as far as its class decides."""
    return (always_raises(node.body) and _tells_cancellation(node.test, name, file, scope, holds=True)) or (
        always_raises(node.orelse) and _tells_cancellation(node.test, name, file, scope, holds=False)
    )


def _tells_cancellation(test: ast.expr, name: str | None, file: File, scope: Scope, *, holds: bool) -> bool:
    """Whether part of a test is an ``isinstance`` that holds for a cancellation, or fails for it."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _tells_cancellation(test.operand, name, file, scope, holds=not holds)
    if isinstance(test, ast.BoolOp):
        return any(_tells_cancellation(value, name, file, scope, holds=holds) for value in test.values)
    if not isinstance(test, ast.Call) or len(test.args) != 2 or file.resolve(test.func, scope) != "builtins.isinstance":
        return False
    asked, classes = test.args
    if not isinstance(asked, ast.Name) or asked.id != name:
        return False
    return _catches(classes, CANCELLATIONS if holds else _ORDINARY, file, scope)


def framework_that_cancels(file: File) -> str:
    """The framework whose cancellation reaches a file: asyncio's where it is imported, beside anyio too."""
    return "asyncio" if "asyncio" in file.imported_roots else framework_of(file)


def _finding(handler: ast.ExceptHandler, file: File, scope: Scope) -> Finding:
    caught = "bare except" if handler.type is None else f"except {ast.unparse(handler.type)}"
    span = file.source.span_of_except(handler)
    if handler.type is not None and _catches(handler.type, CANCELLATIONS, file, scope):
        message = f"{caught} swallows the cancellation of the task; raise it again"
        return RULE.finding(file, span, message, fix=Safety.UNSAFE)
    remedy = "".join(CANCELLATION_OF[framework_that_cancels(file)])
    message = f"{caught} swallows the cancellation of the task; put except {remedy}: raise in front"
    calls = [node for node in walk_block(handler.body) if isinstance(node, ast.Call)]
    only_logs = all(isinstance(call.func, ast.Attribute) and is_logger(call.func.value, file, scope) for call in calls)
    if not only_logs:
        return RULE.finding(file, span, message)
    safety = Safety.UNSAFE if goes_on_behind(handler, file, scope) else Safety.SAFE
    return RULE.finding(file, span, message, fix=safety)


def goes_on_behind(handler: ast.ExceptHandler, file: File, scope: Scope) -> bool:
    """Whether calls follow a handler in its function, perhaps to clean up: a cancelled task would miss them.

    What follows in a loop is its next turn, and logging is no loss.
    """
    if isinstance(handler.body[-1], ast.Return):
        return False
    parents = file.parents_in(scope.function or scope.module)
    node: ast.AST = parents[handler]
    while node in parents and not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        around = parents[node]
        if not isinstance(around, (ast.For, ast.AsyncFor, ast.While)):
            blocks = (getattr(around, name, None) for name in ("body", "orelse"))
            block = next((block for block in blocks if isinstance(block, list) and node in block), [])
            following = block[block.index(node) + 1 :] if block else []
            if any(isinstance(one, ast.Call) and not _only_tells(one, file, scope) for one in walk_block(following)):
                return True
        node = around
    return False


def _only_tells(call: ast.Call, file: File, scope: Scope) -> bool:
    if isinstance(call.func, ast.Attribute):
        return is_logger(call.func.value, file, scope)
    return file.resolve(call.func, scope) == "builtins.print"
