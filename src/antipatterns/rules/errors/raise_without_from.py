"""Allow a new exception in a handler without saying that the caught one caused it.

What it finds
-------------
``raise X(…)`` and ``raise X`` without ``from`` inside an ``except`` block, also where the new exception was first put
into a variable there. Silent for the caught exception itself, whatever its name or wrapping (``raise err``,
``raise err.with_traceback(…)``, ``raise convert(err)``: a function may set the cause); for a ``cause=`` argument; in
functions and classes that the handler defines; in a ``try`` block there that has handlers of its own; for exceptions
whose traceback nobody sees (``SystemExit``, ``StopIteration``, ``typer.Exit``…).

Why it is bad
-------------
The traceback says "During handling of the above exception, another exception occurred", as if the handler itself
were broken, and tools that follow ``__cause__`` lose the reason.

Bad
---
::

    try:
        port = int(text)
    except ValueError:
        raise ConfigError(f"no port: {text}")

Good
----
::

    try:
        port = int(text)
    except ValueError as err:
        raise ConfigError(f"no port: {text}") from err

Fix safety
----------
Safe: ``from err``, and ``as err`` where the handler gives the exception no name. Unsafe where a function makes the new
exception: it may have a cause already; and where a ``try`` of the same function may catch it, as tests of tracebacks
do. Refused where the name of the caught exception may mean something else at the ``raise``, where no usual name is
free, and behind a bare ``except:``. ``from None`` is a decision that only the author can make.

Options
-------
- ``defer-to-ruff``: leaves all to B904 but what stands in an inner ``try``.

Source
------
python-coding, "Fail-Fast Error Handling"; enterprise-python, "Create custom exceptions for domain errors".
Others have it as flake8-bugbear B904.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.finding import Safety
from antipatterns.knowledge.exceptions import WITHOUT_TRACEBACK
from antipatterns.rule import Rule
from antipatterns.semantics.control_flow import walk_block
from antipatterns.semantics.exceptions import is_class, mentions_caught
from antipatterns.semantics.reaching import reaching_bindings
from antipatterns.semantics.scope import BindingKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope

RULE = Rule(__name__, "AP205", words=("raise",), ruff=("B904",))


@RULE.visit(ast.ExceptHandler)
def find_raise_without_from(handler: ast.ExceptHandler, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each new exception that a handler raises without a cause."""
    for statement in _find_raises(handler.body):
        if statement.exc is None or statement.cause is not None:
            continue
        made = _find_made(statement.exc, handler, file, scope)
        if made is None:
            continue
        remedy = f'"from {handler.name}"' if handler.name else '"as err" and "from err"'
        message = f"raise {ast.unparse(made)} does not say what caused it; add {remedy}"
        safety = Safety.SAFE if is_class(made, file, scope) else Safety.UNSAFE
        ruff = () if _is_in_attempt(statement, handler.body) else RULE.ruff
        yield RULE.finding(file, file.source.span_of(statement), message, fix=safety, ruff=ruff)


def _find_raises(body: list[ast.stmt]) -> Iterator[ast.Raise]:
    """What leaves a handler from its own body: not what an inner one handles or raises."""
    nodes = list(walk_block(body))
    raises = [node for node in nodes if isinstance(node, ast.Raise)]
    inner = [node for node in nodes if isinstance(node, (ast.Try, ast.TryStar)) and node.handlers] if raises else []
    handled = {node for attempt in inner for node in walk_block([*attempt.body, *attempt.handlers])}
    yield from (node for node in raises if node not in handled)


def _is_in_attempt(statement: ast.Raise, body: list[ast.stmt]) -> bool:
    """Whether a statement stands in an inner ``try``, which ruff passes by."""
    attempts = (node for node in walk_block(body) if isinstance(node, (ast.Try, ast.TryStar)))
    return any(statement in walk_block([attempt]) for attempt in attempts)


def _find_made(value: ast.expr, handler: ast.ExceptHandler, file: File, scope: Scope) -> ast.expr | None:
    """The class or function of the new exception that a value is; None where it may be one that has a cause."""
    if isinstance(value, ast.Name) and not is_class(value, file, scope):
        value = _value_in(handler, value, file, scope) or value
    while _is_call_of(value, "with_traceback"):
        value = value.func.value  # type: ignore[attr-defined]
    if _is_call_of(value, "exception") and not value.args:  # type: ignore[attr-defined]
        return None  # that of a future or a task: it has a cause of its own
    if not isinstance(value, ast.Call):
        return value if is_class(value, file, scope) and not _is_without_traceback(value, file, scope) else None
    if _is_without_traceback(value.func, file, scope) or any(item.arg == "cause" for item in value.keywords):
        return None
    if is_class(value.func, file, scope) or not mentions_caught(value, handler, file, scope):
        return value.func
    return None


def _is_call_of(value: ast.expr, method: str) -> bool:
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == method


def _is_without_traceback(made: ast.expr, file: File, scope: Scope) -> bool:
    return file.resolve(made, scope) in WITHOUT_TRACEBACK


def _value_in(handler: ast.ExceptHandler, name: ast.Name, file: File, scope: Scope) -> ast.expr | None:
    """What a name was given in the handler, if that is all it can hold and nobody sets its cause by hand."""
    found = scope.lookup(name.id)
    inside = set(walk_block(handler.body))
    if found is None or found[0] is not scope or any(_sets_cause(node, name.id) for node in inside):
        return None
    bindings = found[1]
    if len(bindings) > 1:
        bindings = reaching_bindings(bindings, name, file.parents_in(scope))
    if len(bindings) != 1 or bindings[0].kind is not BindingKind.ASSIGNMENT or bindings[0].node not in inside:
        return None
    return bindings[0].value if isinstance(bindings[0].value, ast.Call) else None


def _sets_cause(node: ast.AST, name: str) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and node.attr in ("__cause__", "__context__", "__suppress_context__")
        and isinstance(node.value, ast.Name)
        and node.value.id == name
    )
