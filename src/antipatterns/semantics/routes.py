"""Which functions answer the requests of a web framework."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.blocking import libraries
from antipatterns.knowledge.routes import DECORATORS, HTTP_METHODS, ROUTERS, VIEWS

if TYPE_CHECKING:
    from antipatterns.file import File
    from antipatterns.semantics.scope import Scope


def is_route(function: Scope, file: File) -> bool:
    """Whether the function of a scope is a route: by a decorator of a known router, or as a method of a known view."""
    node = function.node
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) or function.parent is None:
        return False
    around = function.parent
    return any(_makes_route(item, file, around) for item in node.decorator_list) or _is_method_of_view(function, file)


def _makes_route(decorator: ast.expr, file: File, scope: Scope) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    name = file.types.callee(called, scope)
    if name is None:
        return False
    spellings = libraries.spellings(name)
    return any(
        spelling in DECORATORS or spelling.rpartition(".")[2] in ROUTERS.get(spelling.rpartition(".")[0], ())
        for spelling in spellings
    )


def _is_method_of_view(function: Scope, file: File) -> bool:
    owner = function.enclosing_class
    if owner is None or getattr(function.node, "name", "") not in HTTP_METHODS or owner.parent is None:
        return False
    bases = owner.node.bases if isinstance(owner.node, ast.ClassDef) else []
    return any(file.resolve(base, owner.parent) in VIEWS for base in bases)
