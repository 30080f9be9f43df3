"""Which names an assignment target binds, and to what: ``a, b = x, y``, ``self.x = y``, ``table[key] = y``."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.semantics.scope import BindingKind, Unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

_Value = ast.AST | Unpacked | None
_Pair = tuple[ast.expr, BindingKind, _Value]
_IN_PARTS = frozenset({BindingKind.ASSIGNMENT, BindingKind.ITERATION})


def names_bound(target: ast.expr, kind: BindingKind, value: _Value) -> Iterator[tuple[str, BindingKind, _Value]]:
    """The names in a target, in no certain order, each with how it is bound and what it gets.

    ``owner.attribute`` and the like are names of their own; what is put into a container stands under its name with
    "[]".
    """
    pairs: list[_Pair] = [(target, kind, value)]
    while pairs:
        target, kind, value = pairs.pop()
        if isinstance(target, (ast.Name, ast.Attribute)):
            name = _name_of(target)
            if name:
                yield name, kind, value
        elif isinstance(target, ast.Starred):
            pairs.append((target.value, BindingKind.OTHER, None))
        elif isinstance(target, (ast.Tuple, ast.List)):
            pairs.extend(_unpack(target.elts, kind, value))
        elif isinstance(target, ast.Subscript) and kind is BindingKind.ASSIGNMENT:
            name = _name_of(target.value)
            if name:
                yield f"{name}[]", BindingKind.ITEM, value


def _name_of(target: ast.expr) -> str:
    """A name, or an attribute of one or of its attributes, as text; "" for all else."""
    parts: list[str] = []
    while isinstance(target, ast.Attribute):
        parts.append(target.attr)
        target = target.value
    return ".".join((target.id, *reversed(parts))) if isinstance(target, ast.Name) else ""


def _unpack(targets: list[ast.expr], kind: BindingKind, value: _Value) -> list[_Pair]:
    """Pair the targets of an unpacking with their values: those of ``a, b = x, y``, else parts of the whole."""
    if (
        kind is BindingKind.ASSIGNMENT
        and isinstance(value, (ast.Tuple, ast.List))
        and len(value.elts) == len(targets)
        and not any(isinstance(item, ast.Starred) for item in (*targets, *value.elts))
    ):
        return [(target, kind, item) for target, item in zip(targets, value.elts, strict=True)]
    if value is None or isinstance(value, (Unpacked, ast.Tuple, ast.List)) or kind not in _IN_PARTS:
        return [(target, BindingKind.OTHER, None) for target in targets]
    if not any(isinstance(item, ast.Starred) for item in targets):
        return [(target, BindingKind.OTHER, Unpacked(kind, value, index)) for index, target in enumerate(targets)]
    return [(target, BindingKind.OTHER, None) for target in targets]
