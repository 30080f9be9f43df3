"""Allow ``except:``, which also catches the exceptions that end a program.

What it finds
-------------
Every ``except:`` without an exception type. Silent where each path through the handler ends in a bare
``raise``: nothing is swallowed there.

Why it is bad
-------------
A bare ``except`` catches ``KeyboardInterrupt``, ``SystemExit`` and ``asyncio.CancelledError`` too: Ctrl-C does
nothing, a service does not shut down, a cancelled task runs on. It hides typing errors just as well.

Bad
---
::

    try:
        settings = load()
    except:
        settings = {}

Good
----
::

    try:
        settings = load()
    except FileNotFoundError:
        settings = {}

Fix safety
----------
Safe: ``except Exception:``. It becomes ``except BaseException:`` where the handler passes on what it caught (it raises,
keeps ``sys.exc_info()`` or a ``Failure()`` for later, or ends the process), and where an earlier handler catches
``Exception`` already. Unsafe where a comment silences E722, the same finding of ruff and pycodestyle: it may be bare on
purpose.

Options
-------
- ``defer-to-ruff``: leaves all to E722 but handlers that end in a ``raise`` which some path goes past.

Source
------
enterprise-python, "Use specific exception types, not bare except", "No bare except clauses".
Others have it as pycodestyle E722 and flake8-bugbear B001.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.finding import Safety
from antipatterns.rule import Rule
from antipatterns.semantics.control_flow import always_reraises

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

RULE = Rule(__name__, "AP201", words=("except",), ruff=("E722",))


@RULE.visit(ast.ExceptHandler)
def find_bare_except(handler: ast.ExceptHandler, file: File, _scope: Scope) -> Iterator[Finding]:
    """Yield a finding for a handler without a type that does not pass everything on."""
    if handler.type is None and not always_reraises(handler.body):
        message = "bare except also catches KeyboardInterrupt, SystemExit and CancelledError; name what it may catch"
        ruff = () if any(_passes_on(statement) for statement in handler.body) else RULE.ruff
        yield RULE.finding(file, file.source.span_of_except(handler), message, fix=Safety.SAFE, ruff=ruff)


def _passes_on(statement: ast.stmt) -> bool:
    """Whether a statement raises the caught exception again: one at the end of a handler is enough for ruff."""
    return isinstance(statement, ast.Raise) and statement.exc is None
