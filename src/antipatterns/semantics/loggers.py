"""Which expressions are loggers, and which calls tell somebody of the exception in hand."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.elsewhere import Topic
from antipatterns.knowledge.loggers import LEVELS, LOGGER_CLASSES, LOGGERS, LOGGING_MODULES
from antipatterns.semantics.control_flow import walk_block
from antipatterns.semantics.imported import imported_path

if TYPE_CHECKING:
    from antipatterns.file import File
    from antipatterns.semantics.scope import Scope

# They turn an exception into text or a truth value, and keep nothing of it.
_LOOKERS = frozenset(
    f"builtins.{name}" for name in ("format", "getattr", "hasattr", "isinstance", "print", "repr", "str", "type")
)


# By the answers to a question: a thing of a library, or an instance of one of its classes.
_WAYS = LOGGERS | LOGGING_MODULES | {f"{name}()": way for name, way in LOGGER_CLASSES.items()}


def is_logger(expression: ast.expr, file: File, scope: Scope) -> bool:
    """Whether an expression surely is a logger, or the module ``logging``."""
    return way_to_log(expression, file, scope) is not None


def way_to_log(expression: ast.expr, file: File, scope: Scope) -> str | None:
    """How the owner of a logger logs the exception in hand, with the places ``{logger}`` and ``{message}``."""
    dotted = file.resolve(expression, scope)
    if dotted is not None and dotted in LOGGERS:
        return LOGGERS[dotted]
    if dotted is not None and dotted in LOGGING_MODULES:
        return LOGGING_MODULES[dotted]
    found = file.types.type_of(expression, scope)
    if isinstance(found, str):
        return LOGGER_CLASSES.get(found)
    path = imported_path(expression, scope, file)
    return None if path is None else _WAYS.get(file.elsewhere.ask(Topic.VALUE, path))


def logs_without_traceback(call: ast.Call, file: File, scope: Scope) -> bool:
    """Whether a call logs a message, through what surely is a logger, and surely leaves the traceback out."""
    function = call.func
    return (
        isinstance(function, ast.Attribute)
        and function.attr in LEVELS
        and not has_traceback(call)
        and is_logger(function.value, file, scope)
    )


def has_traceback(call: ast.Call) -> bool:
    """Whether a logging call is given ``exc_info``, a loggers' own ``exc_info_…`` or, for all one can see, may be."""
    return any(
        item.arg is None
        or (item.arg.startswith("exc_info") and not (isinstance(item.value, ast.Constant) and not item.value.value))
        for item in call.keywords
    )


def hands_on(handler: ast.ExceptHandler, file: File, scope: Scope) -> bool:
    """Whether a handler gives the exception itself to others: a function, a container, an attribute, its caller.

    To log it, to format it and to ask what it is hands nothing on.
    """
    if handler.name is None:
        return False
    nodes = list(walk_block(handler.body))
    looked_at = {node.value for node in nodes if isinstance(node, (ast.Attribute, ast.FormattedValue))}
    for node in nodes:
        if isinstance(node, ast.Call) and _only_looks(node, file, scope):
            looked_at.update((*node.args, *(item.value for item in node.keywords)))
        elif isinstance(node, ast.BinOp):  # "%s" % error, "%s: %s" % (path, error), "because of " + error
            right = node.right
            looked_at.update((node.left, *(right.elts if isinstance(right, ast.Tuple) else (right,))))
    return any(
        isinstance(node, ast.Name) and node.id == handler.name and node not in looked_at for node in ast.walk(handler)
    )


def _only_looks(call: ast.Call, file: File, scope: Scope) -> bool:
    """Whether a call logs or formats its arguments, or asks what they are."""
    if isinstance(call.func, ast.Attribute) and call.func.attr in (*LEVELS, "exception", "format"):
        return True
    return file.resolve(call.func, scope) in _LOOKERS
