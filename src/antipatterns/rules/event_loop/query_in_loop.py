"""Allow one query or request for each item of a loop, where one for all of them would do (N+1).

What it finds
-------------
In a ``for`` loop or a comprehension over a number of items that nothing bounds: a call that surely asks a database or
a service over HTTP, and that depends on the item: ``execute``, ``get``, ``save`` of known connections, sessions,
collections and clients, blocking or awaited. Silent in ``while`` loops, in loops that stop at the first that works,
over literals, constants, ranges and batches, for calls that only prepare, fetch or commit, for several coroutines that
``gather`` awaits together, and where the item is the statement, the table in it or the address itself. Statements that
are not about rows (``PRAGMA``, ``CREATE`` …) do not count. Test files, scripts and migrations are left out.

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

from antipatterns.rule import Rule
from antipatterns.semantics.iteration import find_loop_with_item
from antipatterns.semantics.queries import find_query
from antipatterns.semantics.query_texts import is_of_its_own

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

RULE = Rule(__name__, "AP112", on=False, words=("for",))


@RULE.visit(ast.Call)
def find_query_in_loop(call: ast.Call, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for a question that is asked anew for each item."""
    if file.serves_tests or file.is_script or not isinstance(call.func, (ast.Attribute, ast.Name)):
        return
    query = find_query(call, file, scope)
    loop = None if query is None else find_loop_with_item(call, file, scope)
    if query is None or loop is None or is_of_its_own(call, query, loop.names, file, scope):
        return
    message = (
        f"{query.name}(): one {query.kind} for each item of the loop on line {loop.line}; ask for all of them at once"
    )
    yield RULE.finding(file, file.source.span_of(call), message)
