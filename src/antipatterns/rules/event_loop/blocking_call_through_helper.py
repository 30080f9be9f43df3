"""Allow a call on the event loop that blocks in a function behind it, however many calls and files away.

What it finds
-------------
In code that runs on the event loop, a call of a function that is not a coroutine and that reaches, through any
number of calls, files and installed packages, a callable known to block. The message carries the whole way to it.
Loop code is the body of every ``async def``, functions handed to ``loop.call_soon`` and the like, those under a
decorator that says so, methods that the loop calls, such as those of ``asyncio.Protocol``, and tools that a module
hands to a server or an agent which calls them there (``server.add_tool(f)``, ``tools=[f]``). Followed are imports,
aliases, re-exports, classes with their bases, ``self`` and ``super()``, annotated and inferred types, ``isinstance``,
``case C()``, properties, ``with`` blocks, items, loops over generators, decorators whose wrapper can be read. So are
functions that are handed over and called there (``run(helper)``, ``sorted(rows, key=helper)``), that stand in a dict or
list, or that a field was made with. An object is what its constructor is given (``Repo(connection).find()``), also
where another module of the package makes it; an abstract method runs what implements it there, be it one class or a few
that all block. What cannot be resolved is silent, and so is a function that is only passed on: to
``asyncio.to_thread``, an executor, a thread.

Of one of several values, nobody knows which, counts what all of them do. ``client or Client()`` is a ``Client`` unless
the caller gives another one.

Of an installed package counts what it ordinarily does: nothing that stands behind an option that is off unless the
program gives it by name in the same file, behind a constant, a variable of the environment, an error, a memory of the
whole program that has been filled, or in the handler of a lost output; and no file or import behind
``functools.cache``. Of own code counts no file, import, certificate or lock that fills such a memory (``if _config is
None:``, ``if cls._instance is None:``, ``CLIENTS.get(key)`` and ``CLIENTS[key] = …``, a cached function, an attribute
of an object that a module makes once): all but the first time it does not run. Nor does a certificate that fills a
table of the module (``if path not in CONTEXTS:``), as there are few of these.

A lock counts where the loop code itself waits for it or comes to hold it; not where a helper gives it back before it
returns, as what that does in between is looked at for itself. A function that hands what it is given to a thread does
not block with it, though it may also call it in place.

Nowhere counts what the default, the absence or the class of an argument rules out, as far as one knows, or what the
object was made with that a method is called on; nor what takes two particular circumstances at once that nobody knows
to be so, such as ``if url.startswith("oidc/"):`` and in there ``if provider == "file":``, or an error and a certain
text, or one of five texts (four classes) or more that ``elif`` tells apart; nor, on a way of more than three calls,
what takes one, or is only done in own code where it was given something (``if user is not None:``). Particular are
also an option of the environment, an attribute or a parameter that is None unless somebody gives it, and a text where
an object is taken (``handler: Handler | str``). Nor does what a function does where it has asked for the running loop
and there is none, or an import that a module on the way does in the same way while it is imported itself, or of what
the file that names it imports in a statement of its own.

Why it is bad
-------------
While the call waits, the loop runs nothing: every request, timer and heartbeat of the process waits with it. Behind a
harmless name nobody sees it.

Bad
---
::

    import time

    def settle():
        time.sleep(1)

    async def poll():
        settle()

Good
----
::

    import asyncio
    import time

    def settle():
        time.sleep(1)

    async def poll():
        await asyncio.to_thread(settle)

Fix safety
----------
The call goes through ``asyncio.to_thread`` (anyio's or trio's where the file imports them): unsafe, as other tasks may
now run in between, and as the function runs in another thread. There is no fix for ``with`` blocks and loops, outside
of coroutines, and where a function on the way uses asyncio or another asynchronous library, imports by name, sets a
``ContextVar``, or uses what belongs to one thread, such as a connection of sqlite3, or where the call makes an object
with coroutines, such as a client: make it once, before. Refused in generator expressions, under a lock of threads, and
in tests, which hold up nobody else.

Options
-------
Those of ``blocking-call-in-async``, and

- ``python`` (``--python``): the environment whose packages are followed: an interpreter, the folder of an environment
  or of packages, or ``none``; by default ``VIRTUAL_ENV``, then ``.venv`` or ``venv`` in the project.

Source
------
python-coding, "No blocking in async"; python-engineering, "no blocking calls in async paths"; enterprise-python,
"Async code doesn't block event loop". No other linter has it.
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

RULE = Rule(__name__, "AP102", words=LOOP_WORDS, words_setting="loop_decorators", where=may_hold_loop_code)

_DIRECTLY = "AP101"  # what blocks by its own name needs no chain
_ARGUMENTS = "; arguments of {}() are evaluated on the loop: pass the function, not its result"


@RULE.visit(ProjectFile)
def find_blocking_helper(project_file: ProjectFile, file: File, _scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each call in loop code that leads to something that blocks."""
    for found in project_file.blocking_calls(file.settings):
        if found.hops and (_DIRECTLY, *found.place[:2]) not in file.reported:
            message = f'async "{found.root.qualified_name}" blocks: {project_file.describe(found)}'
            if found.within:
                message += _ARGUMENTS.format(found.within)
            safety = Safety.UNSAFE if found.is_movable else None
            yield RULE.finding(file, Span(*found.place), message, hops=project_file.hops_of(found), fix=safety)
