"""Allow an unexpected error to be logged without its traceback.

What it finds
-------------
``log.error(…)`` in a handler for everything (bare, ``Exception``, ``BaseException``, also inside a tuple), on what
surely is a logger: the standard library's, structlog's, loguru's and the like, also one that is imported from another
module or made there, and the module ``logging``. Silent with
any ``exc_info``, where the handler raises, where it logs a traceback in another way, and where it hands the exception
on: to a function, a container, an attribute, its caller. Handlers for certain types are left alone: who expects an
error knows where it comes from, and says so in the message.

Why it is bad
-------------
``Error: 'NoneType' object has no attribute 'name'`` says neither where nor why. A handler for everything will meet
errors that nobody thought of, and the traceback is the only thing that tells them apart.

Bad
---
::

    import logging

    log = logging.getLogger(__name__)

    def sync(account):
        try:
            account.pull()
        except Exception as exc:
            log.error("cannot sync %s: %s", account, exc)

Good
----
::

    import logging

    log = logging.getLogger(__name__)

    def sync(account):
        try:
            account.pull()
        except Exception:
            log.exception("cannot sync %s", account)

Fix safety
----------
Safe: ``.exception`` in the place of ``.error``, which has the same level, message and arguments.

Options
-------
- ``any-type`` (bool, default false): look at handlers of every exception type, not only broad ones.
- ``defer-to-ruff``: leaves to TRY400 the loggers of ``logging`` that this file makes and calls ``log…`` or ``…logger``.

Source
------
python-coding, "Fail-Fast Error Handling", "Structured logging".
Others have it, for handlers of every type, as ruff TRY400.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import msgspec

from antipatterns.finding import Safety
from antipatterns.knowledge.loggers import AS_EXCEPTION, KEPT_OUT
from antipatterns.rule import Rule
from antipatterns.semantics.control_flow import walk_block
from antipatterns.semantics.exceptions import comments_in, is_broad
from antipatterns.semantics.loggers import hands_on, has_traceback, way_to_log

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.file import File
    from antipatterns.finding import Finding
    from antipatterns.semantics.scope import Scope


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What users can set for this rule."""

    any_type: bool = False


RULE = Rule(__name__, "AP208", words=("error",), options=Options, asks_elsewhere=True, ruff=("TRY400",))

# What stands behind these has the traceback.
_TRACEBACKS = ("sys.exc", "traceback.", "sentry_sdk.", "logging.exception")


@RULE.visit(ast.ExceptHandler)
def find_error_logged_without_traceback(handler: ast.ExceptHandler, file: File, scope: Scope) -> Iterator[Finding]:
    """Yield a finding for the error that a handler logs, one in each block, as the sole trace of an exception."""
    blocks = [block for block in map(_logged_in, _blocks_of(handler)) if block]
    if not blocks or not (file.options(RULE).any_type or is_broad(handler.type, file, scope)):
        return
    if _tells_more(handler, file, scope) or _is_kept_out(handler, file):
        return
    for block in blocks:
        known = [call for call in block if _is_known(call, file, scope)]
        if known:
            call = next((call for call in known if _mentions(call, handler.name)), known[0])
            function = call.func
            assert isinstance(function, ast.Attribute)
            logger = ast.unparse(function.value)
            message = f"{logger}.error() leaves out the traceback of an unexpected error; use {logger}.exception()"
            ruff = _seen_by_ruff(function.value, file, scope)
            yield RULE.finding(file, file.source.span_of(call), message, fix=Safety.SAFE, ruff=ruff)


def _is_kept_out(handler: ast.ExceptHandler, file: File) -> bool:
    """Whether a comment in a handler speaks of what a traceback may give away, or of the traceback."""
    words = {word for comment in comments_in(handler, file) for word in re.findall(r"[a-z]+", comment.lower())}
    return not KEPT_OUT.isdisjoint(words)


def _seen_by_ruff(logger: ast.expr, file: File, scope: Scope) -> tuple[str, ...]:
    """It knows loggers of ``logging``, by their names: what is imported from elsewhere it takes for something else."""
    name = logger.attr if isinstance(logger, ast.Attribute) else logger.id if isinstance(logger, ast.Name) else ""
    is_named_so = name.lower().startswith("log") or name.lower().endswith(("logger", "logging"))
    if not is_named_so or file.resolve(logger, scope) not in (None, "logging"):
        return ()
    return RULE.ruff if file.types.type_of(logger, scope) in (None, "logging.Logger") else ()


def _blocks_of(handler: ast.ExceptHandler) -> Iterator[list[ast.stmt]]:
    """The lists of statements in a handler, but for those of handlers inside."""
    waiting: list[ast.AST] = [handler]
    while waiting:
        node = waiting.pop()
        for field in ("body", "orelse", "finalbody"):
            block = getattr(node, field, None)
            if isinstance(block, list):
                yield block
                waiting += [item for item in block if not isinstance(item, _DEFINITIONS)]
        waiting += getattr(node, "cases", [])


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def _logged_in(block: list[ast.stmt]) -> list[ast.Call]:
    """The calls of a method ``error`` that are statements of a block and say nothing of ``exc_info`` and its like."""
    calls = [item.value for item in block if isinstance(item, ast.Expr) and isinstance(item.value, ast.Call)]
    return [
        call
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "error"
        and all(item.arg is not None and not item.arg.startswith("exc_info") for item in call.keywords)
    ]


def _is_known(call: ast.Call, file: File, scope: Scope) -> bool:
    assert isinstance(call.func, ast.Attribute)
    return way_to_log(call.func.value, file, scope) == AS_EXCEPTION


def _mentions(call: ast.Call, name: str | None) -> bool:
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(call))


def _tells_more(handler: ast.ExceptHandler, file: File, scope: Scope) -> bool:
    """Whether the exception leaves the handler in another way: raised, with its traceback, or handed on."""
    nodes = list(walk_block(handler.body))
    if any(isinstance(node, ast.Raise) for node in nodes):
        return True
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    if any(_has_traceback(call, file, scope) for call in calls):
        return True
    return hands_on(handler, file, scope)


def _has_traceback(call: ast.Call, file: File, scope: Scope) -> bool:
    dotted = file.resolve(call.func, scope) or ""
    method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    return method in ("exception", "capture_exception") or has_traceback(call) or dotted.startswith(_TRACEBACKS)
