"""Allow a ``finally`` block to be left by a jump, which drops the exception that was on its way.

What it finds
-------------
``return`` inside a ``finally`` block, and ``break`` or ``continue`` of a loop around it; also below ``if``, ``with``,
``match``, loops and inner ``try`` statements there. Loops inside the ``finally`` block may be left and continued, and
functions that it defines may return.

Why it is bad
-------------
The jump takes the place of the exception, ``KeyboardInterrupt`` and ``CancelledError`` included: nobody ever
hears of it. It takes the place of a value that was being returned just as well. Python 3.14 warns of it (PEP 765).

Bad
---
::

    def read(path):
        file = open(path)
        try:
            return parse(file)
        finally:
            file.close()
            return None

Good
----
::

    def read(path):
        file = open(path)
        try:
            return parse(file)
        finally:
            file.close()

Fix safety
----------
None: only the author knows which errors were meant to be caught.

Options
-------
- ``defer-to-ruff``: leaves to B012 the jumps right in the block, and each ``return`` that is not in an inner ``try``.

Source
------
python-coding, "Never use try/except: pass or default fallbacks that mask errors", "Fail-Fast Error Handling".
Others have it as flake8-bugbear B012 and pylint W0150.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.rule import Rule
from antipatterns.semantics.control_flow import find_jumps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

RULE = Rule(__name__, "AP207", words=("finally",), ruff=("B012",))


@RULE.visit(ast.Try, ast.TryStar)
def find_jump_in_finally(attempt: ast.Try | ast.TryStar, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each jump out of a ``finally`` block."""
    for jump in find_jumps(attempt.finalbody):
        keyword = type(jump).__name__.lower()
        message = f"{keyword} in finally drops the exception that is on its way; move it behind the try statement"
        yield RULE.finding(file, file.source.span_of(jump), message, ruff=_seen_by_ruff(jump, file, scope))


def _seen_by_ruff(jump: ast.stmt, file: File, scope: Scope) -> tuple[str, ...]:
    """The same whichever of several ``finally`` blocks around a jump is looked at."""
    parents = file.parents_in(scope)
    child: ast.AST = jump
    node = parents[jump]
    while isinstance(jump, ast.Return) and isinstance(node, _SEEN_THROUGH):
        child, node = node, parents[node]
    return RULE.ruff if isinstance(node, (ast.Try, ast.TryStar)) and child in node.finalbody else ()


_SEEN_THROUGH = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Match, ast.match_case)
