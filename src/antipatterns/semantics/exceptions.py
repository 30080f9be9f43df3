"""Which exceptions a handler catches, and what stands for a class or for the caught one, by resolved names."""

from __future__ import annotations

import ast
import builtins
import re
import tokenize
from typing import TYPE_CHECKING

from antipatterns.semantics.names import definition_of
from antipatterns.semantics.scope import BindingKind

if TYPE_CHECKING:
    from antipatterns.file import File
    from antipatterns.semantics.scope import Scope

_CLASS_NAME = r"_*[A-Z]\w*[a-z]\w*"
BROAD = {"builtins.Exception", "builtins.BaseException"}
CAUGHT = frozenset({"sys.exc_info", "sys.exception"})


def comments_in(handler: ast.ExceptHandler, file: File) -> list[str]:
    """The comments that stand on lines of their own in a handler."""
    lines = range(handler.lineno + 1, (handler.body[-1].end_lineno or handler.lineno) + 1)
    if not any(file.source.line_at(line).lstrip().startswith("#") for line in lines):
        return []
    return [
        token.string
        for token in file.source.tokens
        if token.type == tokenize.COMMENT and token.start[0] in lines and token.line.lstrip().startswith("#")
    ]


def is_broad(caught: ast.expr | None, file: File, scope: Scope) -> bool:
    """Whether a handler catches everything: no type, ``Exception``, ``BaseException``, or a tuple with one of these."""
    if caught is None:
        return True
    if isinstance(caught, ast.Tuple):
        return any(is_broad(item, file, scope) for item in caught.elts)
    return file.resolve(caught, scope) in BROAD


def is_everything(caught: ast.expr | None, file: File, scope: Scope) -> bool:
    """Whether a handler catches even what ends tasks and programs: no type, or ``BaseException``."""
    return caught is None or file.resolve(caught, scope) == "builtins.BaseException"


def is_class(value: ast.expr, file: File, scope: Scope) -> bool:
    """Whether a value is a class: one of this file, a builtin, ``type(…)``, or named as PEP 8 wants classes to be."""
    if isinstance(value, ast.Call):
        return file.resolve(value.func, scope) == "builtins.type"
    definition = definition_of(value, scope)
    if definition is not None:
        return definition[1].kind is BindingKind.CLASS
    dotted = file.resolve(value, scope) or ""
    if dotted.startswith("builtins."):
        return isinstance(getattr(builtins, dotted.removeprefix("builtins."), None), type)
    name = value.id if isinstance(value, ast.Name) else value.attr if isinstance(value, ast.Attribute) else ""
    return name == "__class__" or re.fullmatch(_CLASS_NAME, name) is not None


def mentions_caught(value: ast.expr, handler: ast.ExceptHandler, file: File, scope: Scope) -> bool:
    """Whether an expression speaks of the exception that a handler caught: by its name, or through ``sys``."""
    return any(
        (isinstance(node, ast.Name) and node.id == handler.name)
        or (isinstance(node, ast.Call) and file.resolve(node.func, scope) in CAUGHT)
        for node in ast.walk(value)
    )
