"""Allow a route to talk to the database or the network itself, so that its logic hangs on a request.

What it finds
-------------
A route handler whose own code makes a query or a request: of a known connection, session, collection, model or client,
blocking or awaited. A route is a function with a decorator of a known application or router (FastAPI, Starlette,
Flask, Quart, Sanic, Litestar, aiohttp, Bottle, Ninja, DRF …), or a method ``get``, ``post`` … of a known view class.
It is reported once, at its first such call. What turns a part of the path into an object or a 404 is the route's own
work. What the route calls may do so, and receivers of unknown type are silent. Tests are left out.

Why it is bad
-------------
The route knows HTTP and SQL, and the rules of the business stand between the two: they cannot be called from a
job or a command, and tested only with a client and a database.

Bad
---
::

    from fastapi import APIRouter
    from sqlalchemy import text
    from sqlalchemy.orm import Session

    router = APIRouter()

    @router.get("/orders/{number}")
    def read_order(number: int, session: Session):
        return session.execute(text("SELECT * FROM orders WHERE id = :id"), {"id": number}).one()

Good
----
::

    from fastapi import APIRouter

    from .orders import Orders

    router = APIRouter()

    @router.get("/orders/{number}")
    def read_order(number: int, orders: Orders):
        return orders.get(number)

Fix safety
----------
There is no fix: what the service is called, and what it takes, is for people to say.

Options
-------
None.

Source
------
python-patterns, "Put business logic in routes/views" (don't), "routes -> services -> repos"; python-engineering,
"Separate routing, domain, persistence, integration".
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.knowledge.routes import FRAMEWORKS, PARTS_OF_ROUTES
from antipatterns.rule import Rule
from antipatterns.semantics.names import scope_of_definition
from antipatterns.semantics.queries import find_talk
from antipatterns.semantics.routes import is_route

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.queries import Query
    from antipatterns.semantics.scope import Scope

RULE = Rule(__name__, "AP405", on=False, words=tuple(sorted(FRAMEWORKS)))


class _Talk(NamedTuple):
    """A call in a route, and what it asks."""

    call: ast.Call
    query: Query


@RULE.visit(ast.FunctionDef, ast.AsyncFunctionDef)
def find_talking_route(node: ast.FunctionDef | ast.AsyncFunctionDef, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for the first call with which a route talks to the world outside."""
    if file.is_test or FRAMEWORKS.isdisjoint(file.imported_roots):
        return
    function = scope_of_definition(scope, node)
    if function is None or not is_route(function, file):
        return
    talk = _first_talk(function, file)
    if talk is None:
        return
    where = "the database" if talk.query.kind == "query" else "the network"
    message = (
        f'route "{function.qualified_name}" talks to {where} itself: {talk.query.name}(); '
        "let it call a service that does"
    )
    yield RULE.finding(file, file.source.span_of(talk.call), message)


def _first_talk(function: Scope, file: File) -> _Talk | None:
    """The first call in a function's own code that asks a database or another service something."""
    calls: list[tuple[ast.Call, Scope]] = []
    waiting: list[tuple[ast.AST, Scope]] = [(item, function) for item in getattr(function.node, "body", ())]
    while waiting:
        node, scope = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            continue
        if isinstance(node, ast.Call):
            calls.append((node, scope))
        inner = next((child for child in scope.children if child.node is node), scope)
        waiting += [(child, inner) for child in ast.iter_child_nodes(node)]
    for call, scope in sorted(calls, key=lambda item: (item[0].lineno, item[0].col_offset)):
        query = find_talk(call, file, scope)
        if query is not None and query.name not in PARTS_OF_ROUTES:
            return _Talk(call, query)
    return None
