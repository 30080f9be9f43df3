"""Allow a broad ``except`` that does nothing, so that every error behind it stays unknown.

What it finds
-------------
A handler for everything (bare, ``Exception``, ``BaseException``, also inside a tuple) whose body holds only
``pass``, ``...``, ``continue``, a string, or an empty ``return`` in a function that returns nothing else.
A comment does not excuse it unless ``allow-commented`` says so.

Why it is bad
-------------
The handler catches far more than its author thought of: a misspelt attribute, a full disk, a changed API.
None of them leaves a trace, and the program goes on in a state that nobody meant.

Bad
---
::

    try:
        cache.store(key, value)
    except Exception:
        pass

Good
----
::

    try:
        cache.store(key, value)
    except ConnectionError:
        log.warning("cache is down, going on without it", exc_info=True)

Fix safety
----------
Unsafe, as the program now logs: ``logger.exception(…)`` through the logger that the methods of the class use, the
module's own (also structlog's, loguru's, oslo's, twisted's), or a new one, takes the place of ``pass`` and goes in
front of ``continue`` and ``return``. Refused where an import is tried, where something is tried until it works, or an
``else`` leaves then, in tests, in ``__del__``, in signal handlers, in and around logging itself, where the kind of the
logger is not to be seen, and where the author says that nothing is done on purpose: in a comment, or to ruff.

Options
-------
- ``any-type`` (bool, default false): report handlers of every exception type, not only broad ones.
- ``allow-commented`` (bool, default false): a comment inside the handler, or on its ``except`` line, explains it.
- ``defer-to-ruff``: leaves broad handlers that name a type to BLE001, and those whose whole body is ``pass`` or
  ``continue`` to S110 and S112. SIM105 does not count: it wants the same said with ``contextlib.suppress``.

Source
------
python-coding, "Never use try/except: pass or default fallbacks that mask errors".
Others have it as flake8-bandit S110 and S112.
"""

from __future__ import annotations

import ast
import tokenize
from typing import TYPE_CHECKING

import msgspec

from antipatterns.finding import Safety
from antipatterns.rule import Rule
from antipatterns.semantics.exceptions import is_broad
from antipatterns.semantics.names import is_imported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What users can set for this rule."""

    any_type: bool = False
    allow_commented: bool = False


RULE = Rule(__name__, "AP202", words=("except",), options=Options, ruff=("S110", "S112", "BLE001"))


@RULE.visit(ast.ExceptHandler)
def find_silent_except(handler: ast.ExceptHandler, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for a broad handler that does nothing at all."""
    if not all(does_nothing(statement, scope) for statement in handler.body):
        return
    options = file.options(RULE)
    if not (options.any_type or is_broad(handler.type, file, scope)):
        return
    if options.allow_commented and _has_comment(handler, file):
        return
    caught = "every exception" if handler.type is None else ast.unparse(handler.type)
    message = f"{caught} is caught and dropped without a trace; catch what is expected, or log the traceback"
    ruff = _seen_by_ruff(handler, file, scope)
    yield RULE.finding(file, file.source.span_of_except(handler), message, fix=Safety.UNSAFE, ruff=ruff)


def _seen_by_ruff(handler: ast.ExceptHandler, file: File, scope: Scope) -> tuple[str, ...]:
    if not is_broad(handler.type, file, scope) or not all(is_imported(item, scope) for item in _caught(handler)):
        return ()
    body = [type(statement) for statement in handler.body]
    codes = {"S110": body == [ast.Pass], "S112": body == [ast.Continue], "BLE001": handler.type is not None}
    return tuple(code for code, sees in codes.items() if sees)


def _caught(handler: ast.ExceptHandler) -> list[ast.expr]:
    if isinstance(handler.type, ast.Tuple):
        return handler.type.elts
    return [handler.type] if handler.type is not None else []


def does_nothing(statement: ast.stmt, scope: Scope) -> bool:
    """Whether a statement of a handler has no effect but that of leaving it."""
    if isinstance(statement, (ast.Pass, ast.Continue)):
        return True
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    return isinstance(statement, ast.Return) and _is_none(statement.value) and _returns_nothing(scope)


def _is_none(value: ast.expr | None) -> bool:
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


def _returns_nothing(scope: Scope) -> bool:
    """Whether no ``return`` of the function gives a value."""
    waiting: list[ast.AST] = list(getattr(scope.node, "body", []))
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Return) and not _is_none(node.value):
            return False
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.expr)):
            waiting += ast.iter_child_nodes(node)
    return True


def _has_comment(handler: ast.ExceptHandler, file: File) -> bool:
    last = handler.body[-1].end_lineno or handler.lineno
    return any(
        token.type == tokenize.COMMENT and handler.lineno <= token.start[0] <= last for token in file.source.tokens
    )
