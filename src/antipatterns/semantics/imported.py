"""How an expression of one file leads to another: the name that it imports, what it calls of it, the attributes."""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING

from antipatterns.semantics.names import class_named, resolve_name, without_placeholders
from antipatterns.semantics.scope import BindingKind, Scope
from antipatterns.semantics.types import bindings_of_attribute

if TYPE_CHECKING:
    from antipatterns.file import File

_MAX_STEPS = 6


def imported_path(expression: ast.expr, scope: Scope, file: File) -> str | None:
    """What to ask ``File.elsewhere`` about an expression: ``.log.logger``, ``.log.make()``, ``.base.Base().logger``.

    None where it does not surely lead to something that the file imports, and not from the standard library.
    """
    path = _path_of(expression, scope, file, _MAX_STEPS)
    return path if path is not None and _is_from_elsewhere(path) else None


def _is_from_elsewhere(path: str) -> bool:
    root = path.partition(".")[0]
    return root != "builtins" and root not in sys.stdlib_module_names


def _path_of(expression: ast.expr, scope: Scope, file: File, most: int) -> str | None:
    dotted = resolve_name(expression, scope)
    if dotted is not None or most <= 0:
        return dotted
    if isinstance(expression, ast.Call):
        made = _path_of(expression.func, scope, file, most - 1)
        return None if made is None else f"{made}()"
    if isinstance(expression, ast.Name):
        found = scope.lookup(expression.id)
        bindings = without_placeholders(found[1]) if found else []
        if found is None or len(bindings) != 1 or bindings[0].kind is not BindingKind.ASSIGNMENT:
            return None
        value = bindings[0].value
        return _path_of(value, found[0], file, most - 1) if isinstance(value, ast.expr) else None
    if isinstance(expression, ast.Attribute):
        owner = file.types.type_of(expression.value, scope)
        return _path_of_attribute(owner, expression.attr, file, most - 1) if isinstance(owner, Scope) else None
    return None


def _path_of_attribute(owner: Scope, name: str, file: File, most: int) -> str | None:
    """Where an attribute of the instances of a class of this file comes from, in the class or in its first base."""
    found = bindings_of_attribute(owner, name)
    if found:
        kept = without_placeholders([binding for binding, _ in found])
        scope = next(scope for binding, scope in found if binding is kept[0])
        is_sure = len(kept) == 1 and kept[0].kind is BindingKind.ASSIGNMENT and isinstance(kept[0].value, ast.expr)
        return _path_of(kept[0].value, scope, file, most) if is_sure else None  # type: ignore[arg-type]
    node, outside = owner.node, owner.parent
    if not isinstance(node, ast.ClassDef) or not node.bases or outside is None or most <= 0:
        return None
    base = node.bases[0].value if isinstance(node.bases[0], ast.Subscript) else node.bases[0]
    above = class_named(base, outside)
    if above is not None:
        return _path_of_attribute(above, name, file, most - 1)
    dotted = resolve_name(base, outside)
    return None if dotted is None else f"{dotted}().{name}"
