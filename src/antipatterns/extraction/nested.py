"""What nested functions, lambdas and classes read of the scopes around them."""

from __future__ import annotations

import ast
from typing import Any, NamedTuple

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_LOCALS_NAMES = frozenset(("locals", "vars", "dir", "eval", "exec"))


class Free(NamedTuple):
    """The names that a nested scope takes from around it, those that it binds there, and what its header evaluates."""

    read: frozenset[str]
    rebound: frozenset[str]
    header: list[ast.expr]
    uses_class: bool
    uses_locals: bool


def free_names(node: Any) -> Free:
    """What a lambda, nested function or class does with the names around it."""
    scan = _Scan()
    header, body = _split(node)
    scan.add_scope(node, body)
    return Free(
        frozenset(scan.read),
        frozenset(scan.rebound),
        header,
        scan.uses_class,
        bool(scan.read & _LOCALS_NAMES),
    )


def _split(node: Any) -> tuple[list[ast.expr], list[ast.AST]]:
    """What is evaluated where the definition stands, and what is evaluated inside."""
    header: list[ast.expr] = list(getattr(node, "decorator_list", ()))
    if isinstance(node, ast.ClassDef):
        header += [*node.bases, *(keyword.value for keyword in node.keywords)]
        return header, [*node.body, *getattr(node, "type_params", ())]
    arguments = node.args
    header += [*arguments.defaults, *(default for default in arguments.kw_defaults if default is not None)]
    annotations = [arg.annotation for arg in _arguments(arguments)] + [getattr(node, "returns", None)]
    header += [annotation for annotation in annotations if annotation is not None]
    body = [node.body] if isinstance(node, ast.Lambda) else [*node.body, *getattr(node, "type_params", ())]
    return header, body


def _arguments(arguments: ast.arguments) -> list[ast.arg]:
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return named + [extra for extra in (arguments.vararg, arguments.kwarg) if extra is not None]


class _Scan:
    """The free names found so far."""

    def __init__(self) -> None:
        self.read: set[str] = set()
        self.rebound: set[str] = set()
        self.uses_class = False

    def add_scope(self, node: Any, body: list[ast.AST]) -> None:
        """Add what one scope takes from around it, the scopes inside it included."""
        inner = _Names(body)
        if isinstance(node, _FUNCTIONS):
            inner.bound.update(arg.arg for arg in _arguments(node.args))
        nested = _Scan()
        for scope in inner.scopes:
            nested.add_nested(scope, inner)
        own = inner.bound - inner.declared_global - inner.declared_nonlocal
        hidden = set() if isinstance(node, ast.ClassDef) else own
        # A class body's own names are not seen by the functions in it, but by the body itself.
        self.read |= (inner.read - own) | (nested.read - hidden) | inner.declared_nonlocal
        self.rebound |= inner.declared_nonlocal | (nested.rebound - hidden)
        # A class in between has its own __class__ and is meant by its own super().
        is_class = isinstance(node, ast.ClassDef)
        self.uses_class = self.uses_class or (not is_class and (inner.uses_class or nested.uses_class))

    def add_nested(self, scope: Any, around: _Names) -> None:
        if isinstance(scope, _COMPREHENSIONS):
            targets = _Names([generator.target for generator in scope.generators]).bound
            inner = _Names([scope], is_inside=True)
            around.bound |= inner.walrus
            nested = _Scan()
            for deeper in inner.scopes:
                nested.add_nested(deeper, inner)
            self.read |= (inner.read | nested.read) - targets
            self.read |= _Names([scope.generators[0].iter]).read
            self.rebound |= nested.rebound - targets
            self.uses_class = self.uses_class or inner.uses_class or nested.uses_class
            return
        header, body = _split(scope)
        self.read |= _everything_read(header)
        self.add_scope(scope, body)


def _everything_read(nodes: list[ast.expr]) -> set[str]:
    return {inner.id for node in nodes for inner in ast.walk(node) if isinstance(inner, ast.Name)}


class _Names:
    """The names of one scope: read, bound and declared in it, with the scopes that open in it."""

    def __init__(self, nodes: list[Any], *, is_inside: bool = False) -> None:
        self.read: set[str] = set()
        self.bound: set[str] = set()
        self.walrus: set[str] = set()
        self.declared_global: set[str] = set()
        self.declared_nonlocal: set[str] = set()
        self.scopes: list[Any] = []
        self.uses_class = False
        waiting = [child for node in nodes for child in ast.iter_child_nodes(node)] if is_inside else list(nodes)
        while waiting:
            node = waiting.pop()
            if isinstance(node, (*_FUNCTIONS, *_COMPREHENSIONS, ast.ClassDef)):
                self.scopes.append(node)
                if hasattr(node, "name"):
                    self.bound.add(node.name)
            else:
                self.see(node)
                if not isinstance(node, (ast.Import, ast.ImportFrom)):
                    waiting += ast.iter_child_nodes(node)

    def see(self, node: Any) -> None:
        """Take down what one node does to names."""
        if isinstance(node, ast.Name):
            (self.read if isinstance(node.ctx, ast.Load) else self.bound).add(node.id)
            self.uses_class = self.uses_class or node.id in ("super", "__class__")
        elif isinstance(node, ast.NamedExpr):
            self.walrus.add(node.target.id)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            self.bound |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.Global):
            self.declared_global |= set(node.names)
        elif isinstance(node, ast.Nonlocal):
            self.declared_nonlocal |= set(node.names)
        else:
            name = getattr(node, "rest", None) if isinstance(node, ast.MatchMapping) else getattr(node, "name", None)
            if isinstance(name, str):  # except … as name, patterns, type parameters
                self.bound.add(name)
