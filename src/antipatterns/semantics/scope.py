"""Scopes and what binds a name in them, as the walk finds them: no judgment, no resolution."""

from __future__ import annotations

import ast
from enum import Enum, auto
from operator import itemgetter
from typing import Any, NamedTuple


class ScopeKind(Enum):
    """What opened a scope."""

    MODULE = auto()
    CLASS = auto()
    FUNCTION = auto()
    LAMBDA = auto()
    COMPREHENSION = auto()
    TYPE_PARAMETERS = auto()


class BindingKind(Enum):
    """How a name got its value."""

    IMPORT = auto()  # value: the dotted name as str; leading dots where the import is relative
    PARAMETER = auto()  # value: the ast.arg
    ASSIGNMENT = auto()  # value: the expression on the right
    ANNOTATION = auto()  # value: the ast.AnnAssign, with or without a value
    ITERATION = auto()  # value: the iterable of the for or comprehension
    CONTEXT = auto()  # value: the ast.withitem
    FUNCTION = auto()  # value: the definition
    CLASS = auto()  # value: the definition
    ITEM = auto()  # value: what is put into a container, under its own key
    OTHER = auto()  # unpacking, augmented assignment, except, match, del …: a value nobody can tell


class Binding(NamedTuple):
    """One place where a name is bound: how, from what, and where (``node`` carries the position)."""

    kind: BindingKind
    value: ast.AST | Unpacked | str | None
    node: ast.AST


class Unpacked(NamedTuple):
    """The value of a name that gets one part of another value: ``a, b = value``, ``for a, b in value``."""

    kind: BindingKind  # what the whole would have been bound by
    value: ast.AST
    position: int


class Scope:
    """A module, class, function, lambda, comprehension or type parameter list, and the names bound in it.

    ``self.attribute = …`` inside a method is kept under the key ``"self.attribute"`` beside the plain names,
    with whatever name the assignment's receiver has; ``name[key] = …`` under ``"name[]"``.
    """

    __slots__ = (
        "bindings",
        "children",
        "global_names",
        "imported_roots",
        "kind",
        "node",
        "nonlocal_names",
        "parent",
        "star_imports",
    )

    def __init__(self, kind: ScopeKind, node: ast.AST, parent: Scope | None) -> None:
        self.kind = kind
        self.node = node
        self.parent = parent
        self.children: list[Scope] = []
        self.bindings: dict[str, list[Binding]] = {}
        self.global_names: set[str] = set()
        self.nonlocal_names: set[str] = set()
        self.star_imports: list[tuple[int, str]] = []  # the line, the dotted name with leading dots
        self.imported_roots: set[str] = set()  # of the whole file, kept by the module's scope
        if parent is not None:
            parent.children.append(self)

    def __repr__(self) -> str:
        return f"<{self.kind.name.lower()} scope at line {getattr(self.node, 'lineno', 1)}>"

    @property
    def function(self) -> Scope | None:
        """The function or lambda whose body this is, seen through comprehensions; None in module and class bodies."""
        scope: Scope | None = self
        while scope is not None and scope.kind in _TRANSPARENT:
            scope = scope.parent
        if scope is not None and scope.kind in (ScopeKind.FUNCTION, ScopeKind.LAMBDA):
            return scope
        return None

    @property
    def runs_on_loop(self) -> bool:
        """Whether code standing right here is the body of an ``async def``."""
        function = self.function
        return function is not None and isinstance(function.node, ast.AsyncFunctionDef)

    @property
    def enclosing_class(self) -> Scope | None:
        """The class scope that this function scope is a method of, if it is one."""
        parent = self.parent
        if parent is not None and parent.kind is ScopeKind.TYPE_PARAMETERS:
            parent = parent.parent
        return parent if parent is not None and parent.kind is ScopeKind.CLASS else None

    @property
    def module(self) -> Scope:
        """The outermost scope."""
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope

    @property
    def qualified_name(self) -> str:
        """The dotted path of the function or class from the module down, as ``__qualname__`` minus ``<locals>``."""
        names = []
        scope: Scope | None = self
        while scope is not None:
            if isinstance(scope.node, _NAMED) and scope.kind is not ScopeKind.TYPE_PARAMETERS:
                names.append(scope.node.name)
            scope = scope.parent
        return ".".join(reversed(names))

    def innermost_at(self, line: int, offset: int) -> Scope:
        """The scope below this one whose node holds a place (line from 1, offset in bytes), or this one itself."""
        for child in self.children:
            node: Any = child.node
            if (node.lineno, node.col_offset) <= (line, offset) < (node.end_lineno, node.end_col_offset):
                return child.innermost_at(line, offset)
        return self

    def lookup(self, name: str) -> tuple[Scope, list[Binding]] | None:
        """The scope that a name read here belongs to, with its bindings there; None for builtins and unknown names.

        Class scopes are seen only by code standing directly in the class body
        (https://docs.python.org/3/reference/executionmodel.html#resolution-of-names).
        """
        scope: Scope | None = self
        direct = True
        while scope is not None:
            if name in scope.global_names:
                scope = scope.module
            found = scope.bindings.get(name)
            if found is not None and (direct or scope.kind is not ScopeKind.CLASS):
                return scope, found
            direct = direct and scope.kind is ScopeKind.TYPE_PARAMETERS
            scope = scope.parent
        return None


_TRANSPARENT = (ScopeKind.COMPREHENSION, ScopeKind.TYPE_PARAMETERS)
_NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def move_declared_names(scope: Scope) -> None:
    """Give bindings of ``global`` and ``nonlocal`` names to the scope that they belong to."""
    for name in _declared(scope, scope.global_names):
        if scope.parent is not None:  # in the module itself the statement says nothing
            scope.module.bindings.setdefault(name, []).extend(scope.bindings.pop(name))
    for name in _declared(scope, scope.nonlocal_names):
        bindings = scope.bindings.pop(name)
        owner = scope.lookup(name)
        if owner is not None:
            owner[1].extend(bindings)


def put_in_order(scope: Scope) -> None:
    """Sort what binds a name as it stands in the source: the walk begins at the end."""
    for bindings in scope.bindings.values():
        if len(bindings) > 1:
            bindings.sort(key=_position_of)
    if len(scope.star_imports) > 1:
        scope.star_imports.sort(key=itemgetter(0))


def _position_of(binding: Binding) -> tuple[int, int]:
    node: Any = binding.node
    return (getattr(node, "lineno", 0), getattr(node, "col_offset", 0))  # a comprehension does not say


def _declared(scope: Scope, names: set[str]) -> list[str]:
    """The names that a scope binds for another one; a parameter is its own, though only ast.parse lets that pass."""
    found = sorted(names & scope.bindings.keys())
    return [name for name in found if scope.bindings[name][0].kind is not BindingKind.PARAMETER]
