"""Which calls ask a database or another service something."""

from __future__ import annotations

import ast
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.blocking import libraries
from antipatterns.blocking.readiness import is_awaited
from antipatterns.blocking.sinks import find_sink_of_call
from antipatterns.knowledge.queries import ADMINISTRATIVE, ASYNC_QUERIES, CATEGORIES, NOT_QUERIES

if TYPE_CHECKING:
    from antipatterns.file import File
    from antipatterns.semantics.scope import Scope

_ROOTS = frozenset(name.partition(".")[0] for name in ASYNC_QUERIES)


class Query(NamedTuple):
    """A call that asks something: the canonical name of what it calls, and the kind of its question."""

    name: str
    kind: str


def find_query(call: ast.Call, file: File, scope: Scope) -> Query | None:
    """The question that a call surely asks, right where it stands: at once, or as it is awaited or entered there."""
    return _find_async_query(call, file, scope) or _find_blocking_query(call, file, scope)


def find_talk(call: ast.Call, file: File, scope: Scope) -> Query | None:
    """As ``find_query``, but what only prepares, fetches or commits counts too."""
    query = _find_async_query(call, file, scope)
    if query is not None:
        return query
    sink = find_sink_of_call(call, file, scope)
    kind = CATEGORIES.get(sink.category) if sink is not None else None
    return Query(sink.name, kind) if sink is not None and kind is not None else None


def _find_blocking_query(call: ast.Call, file: File, scope: Scope) -> Query | None:
    if isinstance(call.func, ast.Attribute) and call.func.attr in NOT_QUERIES:
        return None
    sink = find_sink_of_call(call, file, scope)
    if sink is None or sink.category not in CATEGORIES:
        return None
    owner, _, method = sink.name.rpartition(".")
    if method in NOT_QUERIES or owner in ADMINISTRATIVE:
        return None
    return Query(sink.name, CATEGORIES[sink.category])


def _find_async_query(call: ast.Call, file: File, scope: Scope) -> Query | None:
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in _names():
        return None
    if _ROOTS.isdisjoint(file.known_roots):
        return None  # finding types costs far more
    name = file.types.callee(call.func, scope)
    for spelling in libraries.spellings(name) if name is not None else ():
        owner, _, method = spelling.rpartition(".")
        kind, methods = ASYNC_QUERIES.get(owner, ("", frozenset()))
        if method in methods and (is_awaited(call, file, scope) or _is_entered(call, file, scope)):
            return Query(spelling, kind)
    return None


def _is_entered(call: ast.Call, file: File, scope: Scope) -> bool:
    return isinstance(file.parents_in(scope.function or scope).get(call), ast.withitem)


@cache
def _names() -> frozenset[str]:
    return frozenset().union(*(methods for _, methods in ASYNC_QUERIES.values()))
