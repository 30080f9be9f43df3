"""Allow a coroutine that is made and dropped: its function never runs.

What it finds
-------------
A call, as a statement of its own, of a function that is known to be an ``async def``: by its name through imports and
files, or as a method of a receiver whose class is known. Functions under decorators that cannot be read are silent, and
so are receivers that an ``isinstance`` has ruled out to be of that class, and every value that goes anywhere: into a
variable, an argument, a ``return``.

Why it is bad
-------------
Nothing of the function runs. Python says so in a warning, at some time, perhaps, when the coroutine is collected.

Bad
---
::

    async def save():
        ...

    async def handler():
        save()

Good
----
::

    async def save():
        ...

    async def handler():
        await save()

Fix safety
----------
``await`` in front of the call, in a coroutine: unsafe, as what the function does now happens. In a function that is no
coroutine there is none.

Options
-------
None.

Source
------
python-coding, "Track all background tasks for graceful shutdown"; enterprise-python, "Async code doesn't block event
loop". Others have it as pyright's reportUnusedCoroutine.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.facts.blocks import Blocks
from antipatterns.facts.guards import tested_lines
from antipatterns.finding import Safety
from antipatterns.index.file import ProjectFile
from antipatterns.rule import Rule
from antipatterns.semantics.names import last_name
from antipatterns.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.index.project import DroppedCoroutine
    from antipatterns.semantics.scope import Scope

RULE = Rule(__name__, "AP104")


@RULE.visit(ProjectFile)
def find_dropped_coroutine(project_file: ProjectFile, file: File, _scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each call of a coroutine function whose result goes nowhere."""
    for dropped in project_file.project.find_dropped_coroutines(project_file.module):
        if _is_ruled_out(dropped, file):
            continue
        message = f'the coroutine of "{dropped.callee.qualified_name}" is never awaited: nothing of it runs; use await'
        safety = Safety.UNSAFE if dropped.here.unit.is_async else None
        yield RULE.finding(file, Span(*dropped.call.place), message, fix=safety)


def _is_ruled_out(dropped: DroppedCoroutine, file: File) -> bool:
    """Whether the call stands where an ``isinstance`` says that its receiver is of another class."""
    owner = dropped.callee.enclosing_class
    line, column, *_ = dropped.call.place
    function = file.module.innermost_at(line, column - 1).function
    if owner is None or not isinstance(dropped.call.function, str) or function is None:
        return False
    receiver = dropped.call.function.rpartition(".")[0]
    return any(
        first <= line <= last and _tells_other(test, receiver, owner.unit.name, holds=holds)
        for first, last, test, holds in tested_lines(Blocks(getattr(function.node, "body", [])))
    )


def _tells_other(test: ast.expr, receiver: str, owner: str, *, holds: bool) -> bool:
    """Whether part of a test is an ``isinstance`` of the receiver and its class that fails."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _tells_other(test.operand, receiver, owner, holds=not holds)
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) is holds:
        return any(_tells_other(value, receiver, owner, holds=holds) for value in test.values)
    if holds or not isinstance(test, ast.Call) or last_name(test.func) != "isinstance" or len(test.args) != 2:
        return False
    classes = test.args[1].elts if isinstance(test.args[1], ast.Tuple) else [test.args[1]]
    return ast.unparse(test.args[0]) == receiver and owner in map(last_name, classes)
