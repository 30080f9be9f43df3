"""Allow a queue without a bound, which grows until the memory is full when its reader is slow.

What it finds
-------------
``asyncio.Queue()``, ``queue.Queue()``, ``multiprocessing.Queue()``, their LIFO and priority forms, and
``janus.Queue()`` without ``maxsize``, or with one of 0 or less; memory channels of anyio and trio with ``math.inf``.
What the settings or an argument give counts as a bound. Silent for a queue of a function that the same function fills,
in a ``for`` loop, before anybody else has it: there a bound would only stop the function. Test files are left out.

Why it is bad
-------------
A producer that is faster than its consumer never notices. The queue grows, and with it the time that each item
waits; a bound makes the producer wait instead: that is backpressure.

Bad
---
::

    import asyncio

    jobs = asyncio.Queue()

Good
----
::

    import asyncio

    jobs = asyncio.Queue(maxsize=1000)

Fix safety
----------
There is no fix: with a bound, ``put`` waits and ``put_nowait`` fails, which the program has to be made for.

Options
-------
None.

Source
------
python-engineering, "timeouts and backpressure everywhere".
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.blocking import libraries
from antipatterns.knowledge.queues import INFINITE, QUEUES
from antipatterns.rule import Rule
from antipatterns.semantics.filling import is_filled_first

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

RULE = Rule(__name__, "AP110", on=False, words=("Queue", "create_memory_object_stream", "open_memory_channel"))


@RULE.visit(ast.Call)
def find_unbounded_queue(call: ast.Call, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for a call that makes a queue which takes everything."""
    if file.serves_tests:
        return
    made = call.func.value if isinstance(call.func, ast.Subscript) else call.func
    dotted = file.resolve(made, scope)
    name = None if dotted is None else libraries.canonical(dotted)
    if name not in QUEUES or not _is_unbounded(call, *QUEUES[name], file, scope):
        return
    if is_filled_first(call, file, scope):
        return
    _, keyword, _ = QUEUES[name]
    message = f"{name}() takes everything that comes, however slow its reader is; give it a {keyword}"
    yield RULE.finding(file, file.source.span_of(call), message)


def _is_unbounded(call: ast.Call, position: int, keyword: str, by_default: bool, file: File, scope: Scope) -> bool:
    if any(isinstance(item, ast.Starred) for item in call.args) or any(item.arg is None for item in call.keywords):
        return False
    given = [item.value for item in call.keywords if item.arg == keyword] + call.args[position : position + 1]
    if not given:
        return by_default
    value = given[0]
    if file.resolve(value, scope) in INFINITE:
        return True
    return by_default and _is_zero_or_less(value)


def _is_zero_or_less(value: ast.expr) -> bool:
    if isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.USub):
        return isinstance(value.operand, ast.Constant)
    return isinstance(value, ast.Constant) and not value.value
