"""Collect where a unit reads or sets attributes that may be properties, and where operators may run methods."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.facts.model import Access
from antipatterns.facts.operators import special_methods_of
from antipatterns.semantics.scope import BindingKind, Scope, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from antipatterns.facts.model import Place
    from antipatterns.semantics.scope import Binding

_Found = dict[tuple[str, bool, str], "ast.expr"]


class _Around(NamedTuple):
    """What tells of the names in a unit: what it binds, its receiver or "", imports, attributes of its class."""

    bindings: Mapping[str, Sequence[Binding]]
    receiver: str
    left_out: set[str]
    assigned: frozenset[str]


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
        calls: Mapping[ast.AST, int],
    ) -> tuple[Access, ...]:
        """The accesses in the unit of a scope: the first of each path, in the order of the source.

        ``calls``: those of the unit, each with its index.
        """
        if not attributes and not operators:
            return ()
        apart: set[ast.AST] = {node.value for node in attributes}
        apart.update([call.func for call in calls])  # type: ignore[attr-defined]
        around = _Around(scope.bindings, _receiver_of(scope), self._left_out(scope), self._assigned_around(scope))
        found: _Found = {}
        of_results: list[Access] = []
        for node in attributes:
            is_read = node.ctx.__class__ is ast.Load
            if node in apart or not (is_read or node.attr in self._settable):
                continue
            names, inner = _split(node)
            if inner.__class__ is ast.Name:
                if _may_be_property(names, inner.id, around):
                    _keep_first(found, ".".join((inner.id, *names)), node.ctx.__class__ is ast.Store, "", node)
            elif inner.__class__ is ast.Call and is_read:  # f().attribute
                of_results.append(Access(".".join(names), self._place_of(node), owner=calls.get(inner, -1)))
        for one in operators:
            for operand, method in special_methods_of(one):
                _keep_first(found, self._path_of_operand(operand, scope, around), False, method, one)
        accesses = [Access(path, self._place_of(node), stored, name) for (path, stored, name), node in found.items()]
        accesses += of_results
        if len(accesses) > 1:
            accesses.sort(key=_order_of)
        return tuple(accesses)

    def _path_of_operand(self, operand: ast.expr, scope: Scope, around: _Around) -> str | None:
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
        if not is_typed and not (names and root == around.receiver):
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


def _may_be_property(names: list[str], root: str, around: _Around) -> bool:
    """Whether the attributes of a name may be properties."""
    if root in around.left_out:
        return False
    bindings = around.bindings.get(root)
    is_assigned = len(names) == 1 and names[0] in around.assigned
    if bindings and bindings[0].kind is BindingKind.PARAMETER:
        if root == around.receiver:
            return not is_assigned
        return bindings[0].value.annotation is not None  # type: ignore[union-attr]
    return not (is_assigned and root == "self")


def _order_of(access: Access) -> tuple[Place, str, str]:
    return (access.place, access.path, access.method)


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
