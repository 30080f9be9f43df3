"""Collect where a unit reads or sets attributes that may turn out to be properties."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.facts.model import Access
from antipatterns.semantics.scope import BindingKind, Scope, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from antipatterns.facts.model import Place


class Accesses:
    """Collects the accesses of the units of one file, without those that surely are no properties.

    These are left out, as there are many: attributes of imported modules, of parameters of which nobody knows the type,
    and of the instance itself where its class assigns them. Prefixes of what is called are in the calls already.
    """

    def __init__(self, module: Scope, attributes: Iterable[ast.AST], place_of: Callable[[ast.expr], Place]) -> None:
        self._place_of = place_of
        self._imported = {
            name
            for name, bindings in module.bindings.items()
            if all(binding.kind is BindingKind.IMPORT for binding in bindings)
        }
        self._settable = {
            node.value.id  # type: ignore[attr-defined]
            for node in attributes
            if node.attr == "setter" and node.value.__class__ is ast.Name  # type: ignore[attr-defined]
        }
        self._assigned: dict[Scope, frozenset[str]] = {}

    def collect(
        self, scope: Scope, attributes: list[ast.Attribute], items: list[ast.Subscript], calls: Iterable[ast.Call]
    ) -> tuple[Access, ...]:
        """The accesses in the unit of a scope: the first of each path, in the order of the source."""
        if not attributes and not items:
            return ()
        apart: set[ast.AST] = {node.value for node in attributes}
        apart.update(call.func for call in calls)
        assigned = self._assigned_around(scope)
        found: dict[tuple[str, bool], ast.Attribute | ast.Subscript] = {}
        for node in attributes:
            if node not in apart:
                _keep_first(found, self._path_of(node, scope, assigned), node)
        for item in items:
            _keep_first(found, self._path_of_container(item, scope), item)
        accesses = [Access(path, self._place_of(node), stored) for (path, stored), node in found.items()]
        return tuple(sorted(accesses, key=lambda one: (one.place, one.path)))

    def _path_of(self, node: ast.Attribute, scope: Scope, assigned: frozenset[str]) -> str | None:
        last = node.attr
        if node.ctx.__class__ is not ast.Load and last not in self._settable:
            return None
        inner: ast.expr = node.value
        names = [last]
        while inner.__class__ is ast.Attribute:
            names.append(inner.attr)
            inner = inner.value
        if inner.__class__ is not ast.Name or inner.id in self._imported:
            return None
        root: str = inner.id
        bindings = scope.bindings.get(root)
        if bindings and bindings[0].kind is BindingKind.PARAMETER:
            if len(names) == 1 and last in assigned and root == _receiver_of(scope):
                return None
            if bindings[0].value.annotation is None and root != _receiver_of(scope):  # type: ignore[union-attr]
                return None
        elif len(names) == 1 and last in assigned and root == "self":
            return None
        names.append(root)
        return ".".join(reversed(names))

    def _path_of_container(self, item: ast.Subscript, scope: Scope) -> str | None:
        """The path of ``path[key]`` where it may be an instance of a class that says what that does."""
        inner: ast.expr = item.value
        names = []
        while inner.__class__ is ast.Attribute:
            names.append(inner.attr)
            inner = inner.value
        if inner.__class__ is not ast.Name or inner.id in self._imported:
            return None
        bindings = scope.bindings.get(inner.id)
        if not bindings or bindings[0].kind not in _MAY_BE_CONTAINERS:
            return None
        is_typed = bindings[0].kind is not BindingKind.PARAMETER or bindings[0].value.annotation is not None  # type: ignore[union-attr]
        if not is_typed and not (names and inner.id == _receiver_of(scope)):
            return None
        return ".".join((inner.id, *reversed(names))) + "[]"

    def _assigned_around(self, scope: Scope) -> frozenset[str]:
        """The attributes that the class around a method assigns, and does not define as functions."""
        owner = scope.enclosing_class
        if owner is None:
            return frozenset()
        if owner not in self._assigned:
            prefixes = [(method, f"{_receiver_of(method)}.") for method in owner.children]
            names = {
                path[len(prefix) :]
                for method, prefix in prefixes
                for path in method.bindings
                if path.startswith(prefix)
            }
            functions = {
                name
                for name, bindings in owner.bindings.items()
                if any(binding.kind is BindingKind.FUNCTION for binding in bindings)
            }
            self._assigned[owner] = frozenset(names | owner.bindings.keys()) - functions
        return self._assigned[owner]


_MAY_BE_CONTAINERS = frozenset(
    {BindingKind.PARAMETER, BindingKind.ASSIGNMENT, BindingKind.ANNOTATION, BindingKind.CONTEXT}
)


def _keep_first(
    found: dict[tuple[str, bool], ast.Attribute | ast.Subscript], path: str | None, node: ast.Attribute | ast.Subscript
) -> None:
    if path is not None:
        key = (path, node.ctx.__class__ is ast.Store)
        if key not in found or (node.lineno, node.col_offset) < (found[key].lineno, found[key].col_offset):
            found[key] = node


def _receiver_of(scope: Scope) -> str:
    node = scope.node
    if scope.kind is not ScopeKind.FUNCTION or not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return ""
    positional = node.args.posonlyargs or node.args.args
    return positional[0].arg if positional else ""
