"""Collect where a unit reads or sets attributes that may be properties, and where operators may run methods."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.facts.model import Access
from antipatterns.facts.operators import special_methods_of
from antipatterns.semantics.scope import BindingKind, Scope, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from antipatterns.facts.model import Place

_Found = dict[tuple[str, bool, str], "ast.expr"]


class Accesses:
    """Collects the accesses of the units of one file, without those that surely are no properties.

    These are left out, as there are many: attributes of imported modules, of parameters of which nobody knows the type,
    and of the instance itself where its class assigns them; outside of functions, those of all that is imported.
    Prefixes of what is called are in the calls already.
    """

    def __init__(self, module: Scope, attributes: Iterable[ast.AST], place_of: Callable[[ast.expr], Place]) -> None:
        self._place_of = place_of
        self._module = module
        self._imported: set[str] = set()
        self._modules: set[str] = set()
        for name, bindings in module.bindings.items():
            if all(binding.kind is BindingKind.IMPORT for binding in bindings):
                self._imported.add(name)
                if all(binding.node.__class__ is ast.Import for binding in bindings):
                    self._modules.add(name)
        self._settable = {
            node.value.id  # type: ignore[attr-defined]
            for node in attributes
            if node.attr == "setter" and node.value.__class__ is ast.Name  # type: ignore[attr-defined]
        }
        self._assigned: dict[Scope, frozenset[str]] = {}

    def collect(
        self,
        scope: Scope,
        attributes: Collection[ast.Attribute],
        operators: Collection[ast.expr],
        calls: Sequence[ast.Call],
    ) -> tuple[Access, ...]:
        """The accesses in the unit of a scope: the first of each path, in the order of the source."""
        if not attributes and not operators:
            return ()
        apart: set[ast.AST] = {node.value for node in attributes}
        apart.update(call.func for call in calls)
        assigned = self._assigned_around(scope)
        found: _Found = {}
        for node in attributes:
            if node not in apart:
                _keep_first(found, self._path_of(node, scope, assigned), node.ctx.__class__ is ast.Store, "", node)
        for one in operators:
            for operand, method in special_methods_of(one):
                _keep_first(found, self._path_of_operand(operand, scope), False, method, one)
        accesses = [Access(path, self._place_of(node), stored, name) for (path, stored, name), node in found.items()]
        accesses += self._of_results([node for node in attributes if node not in apart], calls)
        return tuple(sorted(accesses, key=lambda one: (one.place, one.path, one.method)))

    def _of_results(self, attributes: Iterable[ast.Attribute], calls: Sequence[ast.Call]) -> Iterator[Access]:
        """The attributes of what calls give: ``f().attribute``."""
        indexes: dict[ast.AST, int] = {}
        for node in attributes:
            names, inner = _split(node)
            if inner.__class__ is ast.Call and node.ctx.__class__ is ast.Load:
                indexes = indexes or {call: index for index, call in enumerate(calls)}
                yield Access(".".join(names), self._place_of(node), owner=indexes.get(inner, -1))

    def _path_of(self, node: ast.Attribute, scope: Scope, assigned: frozenset[str]) -> str | None:
        last = node.attr
        if node.ctx.__class__ is not ast.Load and last not in self._settable:
            return None
        names, inner = _split(node)
        if inner.__class__ is not ast.Name or inner.id in self._left_out(scope):
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
        return ".".join((root, *names))

    def _path_of_operand(self, operand: ast.expr, scope: Scope) -> str | None:
        """The path of an operand where it may be an instance of a class that says what operators do."""
        names, inner = _split(operand)
        if inner.__class__ is not ast.Name:
            return None
        root: str = inner.id
        bindings = scope.bindings.get(root)
        if bindings is None:
            return ".".join((root, *names)) if self._is_global_object(root, scope) else None
        if _MAY_HAVE_OPERATORS.isdisjoint([one.kind for one in bindings]):
            return None
        is_typed = bindings[0].kind is not BindingKind.PARAMETER or bindings[0].value.annotation is not None  # type: ignore[union-attr]
        if not is_typed and not (names and root == _receiver_of(scope)):
            return None
        return ".".join((root, *names))

    def _left_out(self, scope: Scope) -> set[str]:
        return self._modules if scope.kind in _FUNCTIONS else self._imported

    def _is_global_object(self, name: str, scope: Scope) -> bool:
        """Whether a name in a function stands for what the module has made by a call, or got from another module."""
        bindings = self._module.bindings.get(name)
        if not bindings or scope.kind not in _FUNCTIONS or name in self._modules:
            return False
        return any(
            binding.kind in _OBJECTS or (binding.kind is BindingKind.ASSIGNMENT and binding.value.__class__ is ast.Call)
            for binding in bindings
        )

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


_MAY_HAVE_OPERATORS = frozenset(
    {BindingKind.PARAMETER, BindingKind.ASSIGNMENT, BindingKind.ANNOTATION, BindingKind.CONTEXT}
)

_FUNCTIONS = frozenset({ScopeKind.FUNCTION, ScopeKind.LAMBDA})
_OBJECTS = frozenset({BindingKind.ANNOTATION, BindingKind.IMPORT})


def _split(node: ast.expr) -> tuple[list[str], ast.expr]:
    """The names of attributes in their order, and what they belong to."""
    names = []
    while node.__class__ is ast.Attribute:
        names.append(node.attr)
        node = node.value
    names.reverse()
    return names, node


def _keep_first(found: _Found, path: str | None, stored: bool, method: str, node: ast.expr) -> None:
    if path is not None:
        key = (path, stored, method)
        if key not in found or (node.lineno, node.col_offset) < (found[key].lineno, found[key].col_offset):
            found[key] = node


def _receiver_of(scope: Scope) -> str:
    node = scope.node
    if scope.kind is not ScopeKind.FUNCTION or not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return ""
    positional = node.args.posonlyargs or node.args.args
    return positional[0].arg if positional else ""
