"""What a name written in the source stands for: dotted names through imports, aliases and scopes, never by text."""

from __future__ import annotations

import ast
import builtins
from typing import TYPE_CHECKING

from antipatterns.semantics.scope import Binding, BindingKind, Scope, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAX_ALIASES = 8
_BUILTINS = frozenset(dir(builtins))


def resolve_name(expression: ast.expr, scope: Scope) -> str | None:
    """The dotted name of the imported or built-in thing that ``a`` or ``a.b.c`` stands for where it is written.

    ``open`` is ``builtins.open``; with ``import numpy as np``, ``np.load`` is ``numpy.load``; relative imports keep
    their leading dots. None for everything of the file's own, for names with several meanings, and for unknown
    ones: behind a star import even a builtin may be something else.
    """
    return _resolve(expression, scope, _MAX_ALIASES)


def _resolve(expression: ast.expr, scope: Scope, aliases: int) -> str | None:
    attributes = []
    while isinstance(expression, ast.Attribute):
        attributes.append(expression.attr)
        expression = expression.value
    if not isinstance(expression, ast.Name):
        return None
    root = _resolve_root(expression.id, scope, aliases)
    if root is None or not attributes:
        return root
    return ".".join([root, *reversed(attributes)])


def _resolve_root(name: str, scope: Scope, aliases: int) -> str | None:
    found = scope.lookup(name)
    if found is None:
        if name in _BUILTINS and not _has_star_imports(scope):
            return f"builtins.{name}"
        return None
    owner, bindings = found
    meanings = {_meaning(binding, owner, aliases) for binding in without_placeholders(bindings)}
    return meanings.pop() if len(meanings) == 1 else None


def _meaning(binding: Binding, owner: Scope, aliases: int) -> str | None:
    """The dotted name that one binding gives: an import, or ``name = other.name``."""
    if isinstance(binding.value, str):
        return binding.value
    if aliases and binding.kind is BindingKind.ASSIGNMENT and isinstance(binding.value, (ast.Name, ast.Attribute)):
        return _resolve(binding.value, owner, aliases - 1)
    return None


def is_imported(expression: ast.expr, scope: Scope) -> bool:
    """Whether ``a`` or ``a.b.c`` begins at the one import of a name or at a builtin, not at a variable for it."""
    while isinstance(expression, ast.Attribute):
        expression = expression.value
    if not isinstance(expression, ast.Name):
        return False
    found = scope.lookup(expression.id)
    return found is None or (len(found[1]) == 1 and isinstance(found[1][0].value, str))


def without_placeholders(bindings: Iterable[Binding]) -> list[Binding]:
    """Leave out ``name = None``, the usual stand-in where an import or a value is missing,.

    All of them when nothing else is there.
    """
    kept = [binding for binding in bindings if not _is_placeholder(binding)]
    return kept or list(bindings)


def _is_placeholder(binding: Binding) -> bool:
    return (
        binding.kind is BindingKind.ASSIGNMENT
        and isinstance(binding.value, ast.Constant)
        and binding.value.value is None
    )


def _has_star_imports(scope: Scope) -> bool:
    here: Scope | None = scope
    while here is not None:
        if here.star_imports:
            return True
        here = here.parent
    return False


def definition_of(expression: ast.expr, scope: Scope) -> tuple[Scope, Binding] | None:
    """The one function or class definition of this file that a plain name stands for, with the scope it stands in."""
    if not isinstance(expression, ast.Name):
        return None
    found = scope.lookup(expression.id)
    if found is None or len(found[1]) != 1:
        return None
    binding = found[1][0]
    return (found[0], binding) if binding.kind in (BindingKind.FUNCTION, BindingKind.CLASS) else None


def scope_of_definition(owner: Scope, node: ast.AST) -> Scope | None:
    """The scope that a function or class definition standing in ``owner`` opens."""
    for child in owner.children:
        if child.node is node:
            if child.kind is not ScopeKind.TYPE_PARAMETERS:
                return child
            return scope_of_definition(child, node)
    return None


def class_named(expression: ast.expr, scope: Scope) -> Scope | None:
    """The scope of the class of this file that a name stands for."""
    definition = definition_of(expression, scope)
    if definition is None or definition[1].kind is not BindingKind.CLASS:
        return None
    return scope_of_definition(definition[0], definition[1].node)


def last_name(expression: ast.expr) -> str:
    """The last part of a dotted name, as written; "" for anything else."""
    return expression.attr if isinstance(expression, ast.Attribute) else getattr(expression, "id", "")
