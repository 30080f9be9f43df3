"""Allow code that runs on an event loop to start another one, itself or in a function that it calls.

What it finds
-------------
In code that runs on the event loop, a call of ``asyncio.run``, ``loop.run_until_complete`` and their like, or of a
function that reaches one through any number of calls and files. The message carries the whole way. What runs in another
thread is silent, and so are functions that ask whether a loop runs, and what cannot be resolved.

Why it is bad
-------------
A running loop cannot be entered again: the call raises ``RuntimeError``, or, where the loop was patched to allow it,
runs other tasks at a place that nobody expects.

Bad
---
::

    import asyncio

    async def load():
        return 1

    def load_now():
        return asyncio.run(load())

    async def handler():
        return load_now()

Good
----
::

    import asyncio

    async def load():
        return 1

    def main():
        return asyncio.run(load())

    async def handler():
        return await load()

Fix safety
----------
``asyncio.run(coroutine)`` and ``loop.run_until_complete(coroutine)`` right in a coroutine become ``await coroutine``:
unsafe, as the coroutine then runs in the loop at hand. Nothing is changed where the call stands behind a function.

Options
-------
None.

Source
------
python-engineer, "identify blocking operations and event loop starvation"; enterprise-python, "Async code doesn't block
event loop". No other linter has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.blocking.loop_code import may_hold_loop_code
from antipatterns.finding import Safety
from antipatterns.index.file import ProjectFile
from antipatterns.knowledge.decorators import LOOP_WORDS
from antipatterns.rule import Rule
from antipatterns.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

RULE = Rule(__name__, "AP108", words=LOOP_WORDS, words_setting="loop_decorators", where=may_hold_loop_code)


@RULE.visit(ProjectFile)
def find_nested_loop(project_file: ProjectFile, file: File, _scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each call in loop code that starts a loop, or leads to one that does."""
    for found in project_file.project.find_nested_loops(project_file.module, file.settings):
        chain = project_file.describe(found)
        message = f'"{found.root.qualified_name}" runs on an event loop and starts another: {chain}; use await'
        safety = Safety.UNSAFE if not found.hops and found.root.unit.is_async else None
        yield RULE.finding(file, Span(*found.place), message, hops=project_file.hops_of(found), fix=safety)
