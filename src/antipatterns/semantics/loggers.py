"""Which expressions are loggers, and which calls tell somebody of the exception in hand."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.knowledge.loggers import LEVELS, LOGGER_CLASSES, LOGGERS, LOGGING_MODULES

if TYPE_CHECKING:
    from antipatterns.file import File
    from antipatterns.semantics.scope import Scope


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
    return LOGGER_CLASSES.get(found) if isinstance(found, str) else None


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
    """Whether a logging call is given ``exc_info`` or, for all one can see, may be."""
    return any(
        item.arg is None
        or (item.arg == "exc_info" and not (isinstance(item.value, ast.Constant) and not item.value.value))
        for item in call.keywords
    )
