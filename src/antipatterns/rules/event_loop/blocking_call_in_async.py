"""Allow a call that blocks right on the event loop, where it stops every other task.

What it finds
-------------
In the body of an ``async def``: a call of a callable known to block, by its resolved name or by the sure type of
its receiver: sleeping, HTTP, sockets, DNS, subprocesses, database drivers, file I/O, ``input``, waiting on locks,
queues, threads and futures of other threads. Also one among the arguments of ``asyncio.to_thread`` and the like,
which are evaluated on the loop. Lambdas and nested functions are not the loop's code; calls of unknown
receivers, ``aiofiles.open`` and async clients are silent. So is what surely does not wait: ``get`` of a queue that
was asked whether it is ``empty()``, ``result`` of a future that is ``done()``, ``join`` behind a loop that awaited
the end, sockets after ``setblocking(False)``, and a method of an annotated receiver whose result is awaited.

Why it is bad
-------------
While the call waits, the loop runs nothing: every request, timer and heartbeat of the process waits with it.

Bad
---
::

    import time

    async def poll():
        time.sleep(1)

Good
----
::

    import asyncio

    async def poll():
        await asyncio.sleep(1)

Fix safety
----------
``time.sleep`` becomes ``await asyncio.sleep`` (anyio's or trio's where the file imports them): safe, but unsafe
inside a ``with`` block, whose resource other tasks would then find held. Every other call goes through
``asyncio.to_thread``, and a ``with open(…)`` block that only reads or writes becomes one call of ``Path``: unsafe, as
other tasks may now run in between, and as the function runs in another thread. Refused in generator expressions,
under a lock of threads, among the arguments of ``to_thread``, for what belongs to its thread, where a comment says that
it blocks, and, but for sleeping, in tests, which hold up nobody else.

Options
-------
In ``[tool.antipatterns]``, shared with the other rules about blocking:

- ``blocking-categories`` (list, default all but ``stat`` and ``cpu``): which of ``sleep http socket dns database
  subprocess file stat input lock cpu import tls`` count.
- ``blocking`` (list of dotted names): further callables that block.
- ``non-blocking`` (list of dotted names): callables that do not.
- ``offloaders`` (list of dotted names): further callables that run a function in a thread.
- ``loop-decorators`` (list of dotted names): further decorators of plain functions that run on the loop.
- ``defer-to-ruff``: leaves to ASYNC210, ASYNC220, ASYNC221, ASYNC222, ASYNC230, ASYNC240, ASYNC250 and ASYNC251 the
  functions that they name, called by their imported names in an ``async def``; not methods of objects.

Source
------
python-coding, "No blocking in async"; python-engineering, "no blocking calls in async paths"; python-engineer,
"identify blocking operations and event loop starvation". Others have parts of it as flake8-async and ruff
ASYNC210 to ASYNC251.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.blocking import libraries
from antipatterns.blocking.loop_code import may_hold_loop_code
from antipatterns.blocking.sinks import find_sink_of_call, may_wait, offloader_around, remedy_for
from antipatterns.finding import Safety
from antipatterns.index.file import ProjectFile
from antipatterns.knowledge.decorators import LOOP_WORDS
from antipatterns.knowledge.ruff_rules import BLOCKING_CALLS
from antipatterns.rule import Rule
from antipatterns.semantics.names import is_imported
from antipatterns.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.blocking.libraries import Sink
    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.index.project import BlockingCall
    from antipatterns.semantics.scope import Scope

RULE = Rule(
    __name__,
    "AP101",
    words=LOOP_WORDS,
    words_setting="loop_decorators",
    where=may_hold_loop_code,
    ruff=("ASYNC210", "ASYNC220", "ASYNC221", "ASYNC222", "ASYNC230", "ASYNC240", "ASYNC250", "ASYNC251"),
)

_ON_LOOP = 'async "{}" blocks: {}(); use {}'


@RULE.visit(ast.Call)
def find_blocking_call(call: ast.Call, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for a call in loop code that is known to block."""
    if not scope.runs_on_loop:
        return
    sink = find_sink_of_call(call, file, scope)
    if sink is None:
        return
    function = scope.function.qualified_name if scope.function else ""
    message = _ON_LOOP.format(function, sink.name.removeprefix("builtins."), remedy_for(sink, file))
    offloader = offloader_around(call, file, scope)
    if offloader is not None:
        message += f"; arguments of {offloader}() are evaluated on the loop: pass the function, not its result"
    ruff = _seen_by_ruff(call, file, scope)
    yield RULE.finding(file, file.source.span_of(call), message, fix=_safety_for(sink), about=sink.name, ruff=ruff)


def _safety_for(sink: Sink) -> Safety | None:
    """What a fix may be that puts something else in the place of a call; there is none for what is awaited already."""
    if libraries.blocking_with(sink.name) is not None:
        return None
    return Safety.SAFE if sink.name == "time.sleep" else Safety.UNSAFE


def _seen_by_ruff(call: ast.Call, file: File, scope: Scope) -> tuple[str, ...]:
    code = BLOCKING_CALLS.get(file.resolve(call.func, scope) or "")
    is_plain = scope.function is not None and isinstance(scope.function.node, ast.AsyncFunctionDef)
    return (code,) if code and is_plain and is_imported(call.func, scope) else ()


@RULE.visit(ProjectFile)
def find_blocking_call_by_project(project_file: ProjectFile, file: File, _scope: Scope) -> Iterator[Finding]:
    """Yield findings for what only the project tells: receivers typed in other files, functions handed to the loop."""
    for found in project_file.blocking_calls(file.settings):
        span = Span(*found.place)
        if found.hops or (RULE.code, span.line, span.column) in file.reported or _is_ruled_out(found, span, file):
            continue
        name = found.sink.name.removeprefix("builtins.")
        message = _ON_LOOP.format(found.root.qualified_name, name, remedy_for(found.sink, file))
        # To prove a change against the whole project takes long: it is made where unsafe ones are wanted.
        safety = Safety.UNSAFE if found.is_movable and _safety_for(found.sink) is not None else None
        yield RULE.finding(file, span, message, fix=safety, about=found.sink.name)


def _is_ruled_out(found: BlockingCall, span: Span, file: File) -> bool:
    """Whether the code around the call shows that it does not wait; asked only where the tree is at hand."""
    for node in ast.walk(file.source.tree):
        if isinstance(node, ast.Call) and node.lineno == span.line and file.source.span_of(node) == span:
            scope = file.module.innermost_at(node.lineno, node.col_offset)
            return not may_wait(node, found.sink, file, scope)
    return False
