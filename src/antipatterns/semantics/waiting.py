"""Whether what waits is meant to wait as long as it takes, or waits for what is about to come."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from antipatterns.knowledge.waits import ENDED_BY, EVENTS, IDLE_WAITS, READS, WORD_OF_A_LIMIT, WORDS_OF_THE_END
from antipatterns.semantics.names import last_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from antipatterns.file import File
    from antipatterns.semantics.scope import Scope


def waits_on_purpose(call: ast.Call, waits: str, scope: Scope) -> bool:
    """Whether a call waits for the end of the program's work, or stands for the wait itself in a function of its own.

    For an event that nobody else has, ``Event().wait()``; for one called ``stop`` or ``shutdown``; and where a function
    does nothing else, so that whoever calls it says how long.
    """
    if waits in IDLE_WAITS and _is_all_of(scope, call):
        return True
    receiver = call.func.value if isinstance(call.func, ast.Attribute) else None
    if waits not in EVENTS or receiver is None:
        return False
    words = re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", last_name(receiver)).lower())
    return isinstance(receiver, ast.Call) or not WORDS_OF_THE_END.isdisjoint(words)


def _is_all_of(scope: Scope, call: ast.Call) -> bool:
    """Whether the function does nothing but await this call."""
    function = scope.function.node if scope.function is not None else None
    if not isinstance(function, ast.AsyncFunctionDef):
        return False
    body = function.body[1:] if ast.get_docstring(function, clean=False) is not None else function.body
    only = body[0].value if len(body) == 1 and isinstance(body[0], (ast.Expr, ast.Return)) else None
    return isinstance(only, ast.Await) and only.value is call


def has_ended(call: ast.Call, waits: str, file: File, scope: Scope) -> bool:
    """Whether the function has done to the receiver, above the call, what ends it: killed a process, read all of it."""
    enders = ENDED_BY.get(waits)
    if enders is None or not isinstance(call.func, ast.Attribute):
        return False
    receiver = ast.dump(call.func.value)
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in enders
        and node.lineno <= call.lineno
        and node is not call
        and ast.dump(node.func.value) == receiver
        for node in file.parents_in(scope.function or scope)
    )


def has_no_wait(call: ast.Call, waits: str, file: File, scope: Scope) -> bool:
    """Whether a call is given a socket that is connected already, or reads what a person types."""
    if any(item.arg == "sock" for item in call.keywords):
        return True
    return waits in READS and any(
        isinstance(node, ast.Attribute) and node.attr == "stdin" and file.resolve(node, scope) == "sys.stdin"
        for node in file.parents_in(scope.function or scope)
    )


def is_limited_by_decorator(scope: Scope) -> bool:
    """Whether a decorator of the function around limits the time, as its name says."""
    decorators = getattr(scope.function.node, "decorator_list", ()) if scope.function is not None else ()
    return any(WORD_OF_A_LIMIT in ast.unparse(item).lower() for item in decorators)


def is_asked_for(around: Iterable[ast.AST]) -> bool:
    """Whether an ``if`` around it asks for a timeout: the caller could have given one."""
    tests = [outer.test for outer in around if isinstance(outer, ast.If)]
    names = [node for test in tests for node in ast.walk(test) if isinstance(node, (ast.Name, ast.Attribute))]
    return any(WORD_OF_A_LIMIT in last_name(node).lower() for node in names)
