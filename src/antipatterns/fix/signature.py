"""Whether somebody else reads the signature of a function: a framework that decorates it or is given it."""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING

from antipatterns.knowledge.signature_readers import (
    HARMLESS_PARTS,
    REGISTERING_METHODS,
    REGISTERING_NAMES,
    SIGNATURE_READERS,
)
from antipatterns.semantics.scope import BindingKind

if TYPE_CHECKING:
    from antipatterns.file import File
    from antipatterns.semantics.scope import Scope

    Function = ast.FunctionDef | ast.AsyncFunctionDef

_MAX_DEPTH = 8


def reads_signature(function: Function, file: File, scope: Scope) -> bool:
    """Whether a framework may read the defaults of a function that stands in a scope."""
    return any(_is_reader(item, file, scope) for item in function.decorator_list) or _is_given_away(function, file)


def _is_reader(decorator: ast.expr, file: File, scope: Scope, depth: int = _MAX_DEPTH) -> bool:
    """Whether a decorator is, or belongs to an object of, a package that reads signatures; or may, by its name."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    dotted = file.resolve(called, scope)
    if dotted is not None:
        parts = dotted.split(".")
        if parts[0] in SIGNATURE_READERS:
            return True
        if parts[0] in sys.stdlib_module_names or HARMLESS_PARTS.intersection(parts):
            return False
        return parts[-1] in REGISTERING_NAMES
    if isinstance(called, ast.Attribute):
        if called.attr in REGISTERING_NAMES:
            return True
        root: ast.expr = called
        while isinstance(root, ast.Attribute):
            root = root.value
        return depth > 0 and _comes_from_reader(root, file, scope, depth - 1)
    return False


def _comes_from_reader(root: ast.expr, file: File, scope: Scope, depth: int) -> bool:
    """Whether a name stands for an object that a framework made: ``app = FastAPI()``, a command group."""
    if isinstance(root, ast.Call):
        return _is_reader(root, file, scope, depth)
    found = scope.lookup(root.id) if isinstance(root, ast.Name) else None
    if found is None:
        return False
    owner, bindings = found
    makers: list[ast.expr] = []
    for binding in bindings:
        if binding.kind is BindingKind.ASSIGNMENT and isinstance(binding.value, ast.Call):
            makers.append(binding.value)
        elif isinstance(binding.value, (ast.FunctionDef, ast.AsyncFunctionDef)):
            makers += binding.value.decorator_list
    return any(_is_reader(maker, file, owner, depth) for maker in makers)


def _is_given_away(function: Function, file: File) -> bool:
    """Whether a call gives the function to such a package: ``typer.run(main)``, ``Depends(filters)``."""
    if not file.imported_roots & SIGNATURE_READERS and not file.source.mentions(tuple(REGISTERING_METHODS)):
        return False
    for node in ast.walk(file.source.tree):
        if isinstance(node, ast.Call) and _is_argument(function.name, node):
            dotted = file.resolve(node.func, file.module) or ""
            if dotted.partition(".")[0] in SIGNATURE_READERS:
                return True
            if isinstance(node.func, ast.Attribute) and node.func.attr in REGISTERING_METHODS:
                return True
    return False


def _is_argument(name: str, call: ast.Call) -> bool:
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    return any(isinstance(value, ast.Name) and value.id == name for value in values)
