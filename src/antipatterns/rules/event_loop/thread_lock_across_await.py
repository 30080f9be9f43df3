"""Allow a lock of threads to be held across an ``await``, which can stop the event loop for good.

What it finds
-------------
In an ``async def``: a plain ``with`` on a ``threading`` or ``multiprocessing`` lock, condition or semaphore whose body
awaits (``await``, ``async for``, ``async with``, asynchronous comprehensions) or, in an asynchronous generator, yields.
Also one that is imported, or that a base class in another file makes. A lock of unknown type is silent, and so is one
that only guards code that does not wait: that is short, and how libraries stay correct. What nested functions await
is theirs.

Why it is bad
-------------
While the task waits with the lock in hand, the next task that wants it blocks the thread of the event loop. Then
the first one is never continued, and never gives the lock back: a deadlock. A lock that its own thread may enter
again keeps out no task at all, as all tasks of a loop run in one thread.

Bad
---
::

    import threading

    lock = threading.Lock()

    async def refresh(cache, source):
        with lock:
            cache.data = await source.load()

Good
----
::

    import asyncio

    lock = asyncio.Lock()

    async def refresh(cache, source):
        async with lock:
            cache.data = await source.load()

Fix safety
----------
There is no fix: whether threads share the lock too, only its authors know.

Options
-------
None.

Source
------
python-coding, "No blocking in async"; enterprise-python, "Async code doesn't block event loop".
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.elsewhere import Topic
from antipatterns.knowledge.locks import REENTRANT, THREAD_LOCKS
from antipatterns.rule import Rule
from antipatterns.semantics.imported import imported_path
from antipatterns.semantics.suspension import first_suspension

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

RULE = Rule(__name__, "AP107", words=("async",), asks_elsewhere=True)


@RULE.visit(ast.With)
def find_lock_across_await(block: ast.With, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each lock of threads that a ``with`` in loop code holds while it waits."""
    if not scope.runs_on_loop:
        return
    waits = first_suspension(block.body)
    if waits is None:
        return
    for item in block.items:
        held = _class_of(item.context_expr, file, scope)
        if held in THREAD_LOCKS:
            yield RULE.finding(file, file.source.span_of(item.context_expr), _describe(held, waits))


def _class_of(lock: ast.expr, file: File, scope: Scope) -> str:
    """The class of what ``with`` enters, if it is known; "" otherwise."""
    held = file.types.type_of(lock, scope)
    if held is not None or not isinstance(lock, (ast.Name, ast.Attribute)):
        return held if isinstance(held, str) else ""
    path = imported_path(lock, scope, file)
    value = "" if path is None else file.elsewhere.ask(Topic.VALUE, path)
    return value.removesuffix("()") if value.endswith("()") else ""


def _describe(held: str, waits: ast.AST) -> str:
    line = getattr(waits, "lineno", 0)
    if held in REENTRANT:
        harm = "every task of the loop can enter it meanwhile, and every other thread waits"
    else:
        harm = "the next task that wants it blocks the loop for good"
    return f"{held} is held across the await on line {line}: {harm}; use {THREAD_LOCKS[held]} with async with"
