"""Allow a coroutine that is made and dropped: its function never runs.

What it finds
-------------
A call, as a statement of its own, of a function that is known to be an ``async def``: by its name through imports and
files, or as a method of a receiver whose class is known. Functions under decorators that cannot be read are silent, and
so is every value that goes anywhere: into a variable, an argument, a ``return``.

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

from typing import TYPE_CHECKING

from antipatterns.finding import Safety
from antipatterns.index.file import ProjectFile
from antipatterns.rule import Rule
from antipatterns.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

RULE = Rule(__name__, "AP104")


@RULE.visit(ProjectFile)
def find_dropped_coroutine(project_file: ProjectFile, file: File, _scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each call of a coroutine function whose result goes nowhere."""
    for dropped in project_file.project.find_dropped_coroutines(project_file.module):
        message = f'the coroutine of "{dropped.callee.qualified_name}" is never awaited: nothing of it runs; use await'
        safety = Safety.UNSAFE if dropped.here.unit.is_async else None
        yield RULE.finding(file, Span(*dropped.call.place), message, fix=safety)
