"""The defaults of a function's arguments, and whether the function is one that only declares others."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.semantics.names import resolve_name

if TYPE_CHECKING:
    from antipatterns.semantics.scope import Scope

    Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def arguments_with_defaults(arguments: ast.arguments) -> list[tuple[ast.arg, ast.expr]]:
    """The arguments that have a default, each with it, in their order."""
    positional = [*arguments.posonlyargs, *arguments.args]
    pairs = list(zip(positional[len(positional) - len(arguments.defaults) :], arguments.defaults, strict=True))
    keyword_only = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    return pairs + [(argument, value) for argument, value in keyword_only if value is not None]


def is_only_declared(function: Function, path: str, scope: Scope) -> bool:
    """Whether this is a stub, an overload or an abstract method: what runs is another function."""
    if path.endswith(".pyi"):
        return True
    if isinstance(function, ast.Lambda):
        return False
    decorators = {(resolve_name(item, scope) or "").rpartition(".")[2] for item in function.decorator_list}
    return bool(decorators & {"overload", "abstractmethod"}) or _is_stub_body(function.body)


def _is_stub_body(body: list[ast.stmt]) -> bool:
    """A body of nothing but ``...`` and a docstring."""
    values = [statement.value if isinstance(statement, ast.Expr) else None for statement in body]
    return all(isinstance(value, ast.Constant) for value in values) and any(
        isinstance(value, ast.Constant) and value.value is ... for value in values
    )
