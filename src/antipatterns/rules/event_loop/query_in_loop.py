"""Allow one query or request for each item of a loop, where one for all of them would do (N+1).

What it finds
-------------
In a ``for`` loop or a comprehension over a number of items that nothing bounds: a call that surely asks a database or a
service over HTTP, and that depends on the item: ``execute``, ``get``, ``save`` of known connections, sessions,
collections and clients, blocking or awaited. Silent in ``while`` loops, in loops that stop at the first that works,
over literals, constants, ranges and batches, for calls that only prepare, fetch or commit, for several coroutines that
``gather`` awaits together, and where the item is the statement or the address itself. Statements that are not about
rows (``PRAGMA``, ``CREATE`` …) do not count. Test files, scripts and migrations are left out.

Why it is bad
-------------
A hundred items cost a hundred round trips, one after the other: what takes a moment on the author's machine
takes seconds where the database is a network away.

Bad
---
::

    import sqlite3

    def load_orders(ids):
        connection = sqlite3.connect("shop.db")
        return [connection.execute("SELECT * FROM orders WHERE id = ?", (id,)) for id in ids]

Good
----
::

    import json
    import sqlite3

    def load_orders(ids):
        connection = sqlite3.connect("shop.db")
        query = "SELECT * FROM orders WHERE id IN (SELECT value FROM json_each(?))"
        return connection.execute(query, (json.dumps(ids),))

Fix safety
----------
There is no fix: how to ask for all at once depends on the other side (``IN``, a join, ``executemany``, a bulk call).

Options
-------
None.

Source
------
python-patterns, "Ignore N+1 queries" (don't).
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.knowledge.queries import DATA_STATEMENTS, STATEMENT_TAKERS
from antipatterns.rule import Rule
from antipatterns.semantics.iteration import find_loop_with_item
from antipatterns.semantics.queries import find_query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.queries import Query
    from antipatterns.semantics.scope import Scope

RULE = Rule(__name__, "AP112", on=False, words=("for",))


@RULE.visit(ast.Call)
def find_query_in_loop(call: ast.Call, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for a question that is asked anew for each item."""
    if file.is_test or file.is_script or not isinstance(call.func, (ast.Attribute, ast.Name)):
        return
    query = find_query(call, file, scope)
    loop = None if query is None else find_loop_with_item(call, file, scope)
    if query is None or loop is None or _is_of_its_own(call, query, loop.names):
        return
    message = (
        f"{query.name}(): one {query.kind} for each item of the loop on line {loop.line}; ask for all of them at once"
    )
    yield RULE.finding(file, file.source.span_of(call), message)


def _is_of_its_own(call: ast.Call, query: Query, names: set[str]) -> bool:
    """Whether the item is the statement or the address itself, so that no two of them can become one."""
    if not call.args:
        return any(keyword.arg == "url" and _begins_with(keyword.value, names) for keyword in call.keywords)
    asked = call.args[0]
    if isinstance(asked, ast.Call) and asked.args and not isinstance(asked.func, ast.Attribute):
        asked = asked.args[0]  # text(…)
    if query.kind != "query":
        return _begins_with(asked, names)
    if not query.name.rpartition(".")[2].startswith(STATEMENT_TAKERS):
        return False
    text = _leading_text(asked)
    return (
        _begins_with(asked, names) if text is None else not text.lstrip(" \t\r\n(").upper().startswith(DATA_STATEMENTS)
    )


def _begins_with(value: ast.expr, names: set[str]) -> bool:
    """Whether an expression is the item, something of it, or a text that begins with it."""
    while isinstance(value, (ast.Attribute, ast.Subscript, ast.Call, ast.JoinedStr, ast.FormattedValue, ast.BinOp)):
        if isinstance(value, ast.JoinedStr):
            if not value.values:
                return False
            value = value.values[0]
        elif isinstance(value, ast.BinOp):
            value = value.left
        elif isinstance(value, ast.Call):
            value = value.func
        else:
            value = value.value
    return isinstance(value, ast.Name) and value.id in names


def _leading_text(value: ast.expr) -> str | None:
    """The literal text with which a statement begins, where it does."""
    while isinstance(value, (ast.BinOp, ast.JoinedStr, ast.Call)):
        if isinstance(value, ast.BinOp):
            value = value.left
        elif isinstance(value, ast.JoinedStr) and value.values:
            value = value.values[0]
        elif isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
            value = value.func.value
        else:
            return None
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None
