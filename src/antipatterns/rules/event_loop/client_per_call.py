"""Allow a client or an engine to be built for each call, and its connections with it.

What it finds
-------------
An HTTP, database, cloud or API client, a pool, an engine or a database connection that is built in an ``async def``,
in a route or in a loop, and used there alone: in a ``with`` block, in a local name, or right where it is built. Silent
where it is kept or handed on (stored on an object, in a container or a global, returned, yielded, given to a
constructor), where a loop in its block uses it many times, where an argument of the function decides about it (the key
of a tenant, the address of a caller), where it is given the connections that somebody keeps
(``connector=self.connector``), in a ``while`` loop, which builds it again when it was lost, and in functions that run
once: ``main`` and what ``asyncio.run`` is given, ``lifespan``, ``setup``, what is cached or a fixture. Test files and
scripts are left out.

Why it is bad
-------------
Each call pays for a new connection, its TLS handshake and its certificates, and a pool of one is no pool. Under
load the sockets of closed connections pile up, and the server behind meets a stranger each time.

Bad
---
::

    import httpx

    async def get_rate(currency):
        async with httpx.AsyncClient() as client:
            return await client.get(f"https://rates.example/{currency}")

Good
----
::

    import httpx

    class Rates:
        def __init__(self, client: httpx.AsyncClient):
            self.client = client

        async def get_rate(self, currency):
            return await self.client.get(f"https://rates.example/{currency}")

Fix safety
----------
There is no fix: who owns the client, and who closes it, only its authors know.

Options
-------
None.

Source
------
python-engineering, "One long-lived client per dependency; timeouts and backpressure everywhere".
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.knowledge.clients import CLIENTS, CONNECTION_ARGUMENTS, RUN_ONCE
from antipatterns.rule import Rule
from antipatterns.semantics.clients import find_client
from antipatterns.semantics.keeping import is_kept, is_used_repeatedly
from antipatterns.semantics.routes import is_route

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

RULE = Rule(__name__, "AP111", on=False, words=tuple(sorted({name.partition(".")[0] for name in CLIENTS})))


@RULE.visit(ast.Call)
def find_client_per_call(call: ast.Call, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for a client that one call builds, uses and forgets."""
    function = scope.function
    if function is None or isinstance(function.node, ast.Lambda) or file.serves_tests or file.is_script:
        return
    name = find_client(call, file, scope)
    if name is None:
        return
    where = _repeated_place(call, function, file, scope)
    if where is None or _differs_per_call(call, function) or _runs_once(function, file):
        return
    if _is_given_connections(call):
        return
    parents = file.parents_in(function)
    if is_kept(call, function, parents) or is_used_repeatedly(call, function, parents):
        return
    message = f"{name}() builds a new {CLIENTS[name]} {where}; build it once, and pass it in"
    yield RULE.finding(file, file.source.span_of(call), message)


def _repeated_place(call: ast.Call, function: Scope, file: File, scope: Scope) -> str | None:
    """Why the call runs again and again, in a few words; None where nothing shows that."""
    if _is_in_loop(call, file, scope):
        return "in each round of the loop"
    if is_route(function, file):
        return "for each request"
    if not scope.runs_on_loop or _is_in_while(call, file, scope):
        return None
    return f'in each call of async "{function.qualified_name}"'


def _is_in_loop(call: ast.Call, file: File, scope: Scope) -> bool:
    parents = file.parents_in(scope.function or scope)
    node: ast.AST = call
    while node in parents:
        parent = parents[node]
        if isinstance(parent, (ast.For, ast.AsyncFor)) and node in parent.body:
            return not _ends_with_exit(parent.body)
        if isinstance(parent, ast.While) and node in parent.body:
            return False  # most often one that tries again until it is connected
        node = parent
    return False


def _is_in_while(call: ast.Call, file: File, scope: Scope) -> bool:
    """Whether a ``while`` loop builds it: a worker does so when it has lost its connection."""
    node: ast.AST = call
    parents = file.parents_in(scope.function or scope)
    while node in parents:
        node = parents[node]
        if isinstance(node, ast.While):
            return True
    return False


def _is_given_connections(call: ast.Call) -> bool:
    """Whether the connections are somebody else's, who keeps them: the client is only a view of them."""
    return any(
        item.arg in CONNECTION_ARGUMENTS and isinstance(item.value, (ast.Name, ast.Attribute)) for item in call.keywords
    )


def _ends_with_exit(body: list[ast.stmt]) -> bool:
    """Whether a loop looks for the first that works."""
    return any(isinstance(node, (ast.Break, ast.Return)) for statement in body for node in ast.walk(statement))


def _differs_per_call(call: ast.Call, function: Scope) -> bool:
    """Whether an argument of the function decides about the client: a tenant's key, a caller's address."""
    arguments = function.node.args if isinstance(function.node, (ast.FunctionDef, ast.AsyncFunctionDef)) else None
    if arguments is None:
        return False
    receiver = [item.arg for item in arguments.args[:1]] if function.enclosing_class is not None else []
    names = {
        item.arg
        for item in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.kwarg)
        if item is not None and item.arg not in receiver
    }
    given = (*call.args, *(item.value for item in call.keywords))
    return any(isinstance(node, ast.Name) and node.id in names for value in given for node in ast.walk(value))


def _runs_once(function: Scope, file: File) -> bool:
    """Whether a function, or one around it, is called once, or what it gives is kept, as its name or decorators say."""
    around: Scope | None = function
    while around is not None:
        node = around.node
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            names = [node.name, *(ast.unparse(item) for item in node.decorator_list)]
            if any(word in name.lower() for name in names for word in RUN_ONCE) or _is_given_to_run(node.name, file):
                return True
        around = around.parent
    return False


def _is_given_to_run(name: str, file: File) -> bool:
    """Whether the file starts an event loop with a call of this function."""
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == name
        and isinstance(parent, ast.Call)
        and (getattr(parent.func, "attr", "") or getattr(parent.func, "id", "")) in ("run", "run_until_complete")
        for node, parent in file.parents_in(file.module).items()
    )
