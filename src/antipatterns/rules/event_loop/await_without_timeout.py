"""Allow an ``await`` that can wait for ever for something outside of the program.

What it finds
-------------
``await`` of something without an end of its own: opening a connection, reading from a stream, draining a writer,
``Queue.get`` and ``join``, ``Event.wait``, ``Condition.wait``, waiting for a subprocess; asyncio's, anyio's and
trio's. Silent under ``asyncio.timeout``, ``fail_after``, ``move_on_after`` and the like, within ``asyncio.wait_for``,
where the call is given a timeout or an ``if`` asks for one, and in a function that the same file calls like this or
that a decorator called ``…timeout…`` limits. So is the ``get`` of a queue, or the ``wait`` for an event, in a
``while`` loop: a worker waits for work as long as it takes; the wait for an event called ``stop``, ``shutdown`` or the
like, or for one that nobody else has (``Event().wait()``), which is how a program sleeps until it is cancelled; a
function that does nothing but wait, as its callers know how long; and a process that was killed or read to its end
above, a socket that is connected already (``sock=``), and what a person types. Receivers of unknown type are silent,
and test files are left out.

Why it is bad
-------------
The other side may never answer. The task then hangs, with its connection, its lock and its caller, and no error
tells of it.

Bad
---
::

    import asyncio

    async def greet(host):
        reader, writer = await asyncio.open_connection(host, 25)

Good
----
::

    import asyncio

    async def greet(host):
        async with asyncio.timeout(10):
            reader, writer = await asyncio.open_connection(host, 25)

Fix safety
----------
There is a fix only where the settings say how long to wait, as only its authors know: it puts the statement under a
time limit. It is unsafe: what waited for ever raises ``TimeoutError`` then, which nobody may be ready for.

Options
-------
- ``seconds`` (number, default: none): the time limit, above 0, that the fix writes down.

Source
------
python-coding, "Always set timeouts on async operations"; python-engineering, "timeouts and backpressure everywhere".
flake8-async and ruff ASYNC109 look at the other side: a ``timeout`` parameter where a context manager does better.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Annotated

import msgspec

from antipatterns.blocking import libraries
from antipatterns.blocking.sinks import framework_of
from antipatterns.finding import Safety
from antipatterns.knowledge.async_frameworks import REMEDIES
from antipatterns.knowledge.waits import IDLE_WAITS, LIMITING_CALLS, TIME_LIMITS, WAITS
from antipatterns.rule import Rule
from antipatterns.semantics.waiting import (
    has_ended,
    has_no_wait,
    is_asked_for,
    is_limited_by_decorator,
    waits_on_purpose,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

Seconds = Annotated[float, msgspec.Meta(gt=0)]


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What users can set for this rule."""

    seconds: Seconds | None = None


RULE = Rule(__name__, "AP106", on=False, words=("await",), options=Options)

_LAST_PARTS = {name.rpartition(".")[2] for name in WAITS}


@RULE.visit(ast.Await)
def find_await_without_timeout(node: ast.Await, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for an ``await`` of something that may never come."""
    call = node.value
    if not isinstance(call, ast.Call) or file.serves_tests or _is_given_timeout(call):
        return
    if isinstance(call.func, ast.Attribute) and call.func.attr not in _LAST_PARTS:
        return
    name = file.types.callee(call.func, scope)
    waits = next((spelling for spelling in libraries.spellings(name or "") if spelling in WAITS), None)
    if waits is None or _has_an_end(node, call, waits, file, scope):
        return
    remedy = REMEDIES[framework_of(file)]["timeout"]
    message = f"{waits}() may wait for ever; put it under {remedy}()"
    options: Options = file.options(RULE)
    fix = Safety.UNSAFE if options.seconds is not None else None
    yield RULE.finding(file, file.source.span_of(node), message, fix=fix)


def _is_given_timeout(call: ast.Call) -> bool:
    return any(keyword.arg is None or "timeout" in keyword.arg for keyword in call.keywords)


def _has_an_end(node: ast.Await, call: ast.Call, waits: str, file: File, scope: Scope) -> bool:
    """Whether a worker's loop or a time limit stands around it, or around a call of the function that it stands in."""
    parents = file.parents_in(scope.function or scope)
    if waits_on_purpose(call, waits, scope) or is_asked_for(_ancestors(node, parents)):
        return True
    if has_ended(call, waits, file, scope) or has_no_wait(call, waits, file, scope) or is_limited_by_decorator(scope):
        return True
    if waits in IDLE_WAITS and any(isinstance(outer, ast.While) for outer in _ancestors(node, parents)):
        return True
    return _is_limited(node, parents, file, scope) or _is_called_with_limit(scope, file)


def _is_limited(node: ast.AST, parents: Mapping[ast.AST, ast.AST], file: File, scope: Scope) -> bool:
    """Whether the time for what stands at a node is limited by the blocks and calls around it."""
    for outer in _ancestors(node, parents):
        if isinstance(outer, (ast.With, ast.AsyncWith)):
            if any(_limits_time(item.context_expr, file, scope) for item in outer.items):
                return True
        elif isinstance(outer, ast.Call) and file.types.callee(outer.func, scope) in LIMITING_CALLS:
            return True
    return False


def _is_called_with_limit(scope: Scope, file: File) -> bool:
    """Whether the file calls a function of this name under a time limit."""
    name = getattr(scope.function.node, "name", None) if scope.function is not None else None
    if name is None:
        return False
    module = file.module
    parents = file.parents_in(module)
    return any(
        isinstance(node, ast.Call)
        and name in (getattr(node.func, "attr", None), getattr(node.func, "id", None))
        and _is_limited(node, parents, file, module)
        for node in ast.walk(module.node)
    )


def _ancestors(node: ast.AST, parents: Mapping[ast.AST, ast.AST]) -> Iterator[ast.AST]:
    while node in parents:
        node = parents[node]
        yield node


def _limits_time(manager: ast.expr, file: File, scope: Scope) -> bool:
    """Whether a context manager is a time limit, by its resolved name; or may be one, by its own name."""
    function = manager.func if isinstance(manager, ast.Call) else manager
    return file.types.callee(function, scope) in TIME_LIMITS or "timeout" in ast.unparse(function).lower()
