"""Write down what binds the names of a unit."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.facts.model import KEYWORDS, Binding, BindingKind, Item, Items, Literal, Text
from antipatterns.facts.narrowings import class_of_pattern
from antipatterns.semantics import scope as scopes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.facts.expressions import Expressions
    from antipatterns.semantics.scope import Scope


class Bindings:
    """Writes down the bindings of one unit."""

    def __init__(self, scope: Scope, children: dict[ast.AST, int], inside: Expressions, around: Expressions) -> None:
        self._scope = scope
        self._children = children
        self._inside = inside
        self._around = around

    def write(self, binding: scopes.Binding) -> Binding:
        """The fact that stands for a binding."""
        kind, value, node = binding
        line: int = getattr(node, "lineno", 1)  # a comprehension says nothing of its place
        if kind is _ASSIGNMENT:
            return Binding(BindingKind.ASSIGNMENT, line, self._inside.write(value))  # type: ignore[arg-type]
        if kind is _PARAMETER:
            return self._parameter(value, line)  # type: ignore[arg-type]
        if kind is _IMPORT:
            return Binding(BindingKind.IMPORT, line, value)  # type: ignore[arg-type]
        found = _DEFINITIONS.get(kind)
        if found is not None:
            return Binding(found, line, child=self._children.get(node, -1))
        if node.__class__ is ast.AugAssign:
            return Binding(BindingKind.AUGMENTED, line)
        if node.__class__ is _TYPE_ALIAS:
            return Binding(BindingKind.ASSIGNMENT, line, self._inside.write_annotation(node.value))  # type: ignore[attr-defined]
        if node.__class__ is ast.MatchAs:
            return Binding(BindingKind.OTHER, line, None, class_of_pattern(node, self._inside.write))
        return self._write_rare(value, kind, line)

    def _write_part(self, part: scopes.Unpacked, line: int) -> Binding:
        value = self._inside.write(part.value)  # type: ignore[arg-type]
        if value is None:
            return Binding(BindingKind.OTHER, line)
        if part.kind is scopes.BindingKind.ITERATION:
            return Binding(BindingKind.ITERATION, line, value, child=part.position)
        return Binding(BindingKind.ASSIGNMENT, line, Item(value, Literal(part.position)))

    def _write_rare(
        self, value: ast.AST | scopes.Unpacked | str | None, kind: scopes.BindingKind, line: int
    ) -> Binding:
        write = self._inside.write
        if isinstance(value, ast.AnnAssign):
            annotation = self._inside.write_annotation(value.annotation)
            return Binding(BindingKind.ASSIGNMENT, line, write(value.value), annotation)
        if isinstance(value, ast.withitem):
            is_async = kind is scopes.BindingKind.OTHER
            entered = BindingKind.ASYNC_CONTEXT if is_async else BindingKind.CONTEXT
            return Binding(entered, line, write(value.context_expr))
        if isinstance(value, scopes.Unpacked):
            return self._write_part(value, line)
        if kind is scopes.BindingKind.ITEM:
            return Binding(BindingKind.ITEM, line, write(value) if isinstance(value, ast.expr) else None)
        if isinstance(value, ast.expr) and kind is scopes.BindingKind.ITERATION:
            return Binding(BindingKind.ITERATION, line, write(value))
        if isinstance(value, ast.expr) and kind is scopes.BindingKind.OTHER:
            return Binding(BindingKind.ASYNC_ITERATION, line, write(value))
        return Binding(BindingKind.OTHER, line)

    def _parameter(self, argument: ast.arg, line: int) -> Binding:
        arguments: ast.arguments = self._scope.node.args  # type: ignore[attr-defined]
        if argument is arguments.kwarg:
            return Binding(BindingKind.OTHER, line, KEYWORDS)
        if argument is arguments.vararg:
            return Binding(BindingKind.OTHER, line)
        annotation = argument.annotation
        written = self._around.write_annotation(annotation) if annotation is not None else None
        if not arguments.defaults and not arguments.kw_defaults:
            return Binding(BindingKind.PARAMETER, line, None, written)
        return Binding(BindingKind.PARAMETER, line, self._around.write(_default_of(argument, arguments)), written)


_TYPE_ALIAS: type | None = getattr(ast, "TypeAlias", None)
_ASSIGNMENT, _PARAMETER, _IMPORT = (
    scopes.BindingKind.ASSIGNMENT,
    scopes.BindingKind.PARAMETER,
    scopes.BindingKind.IMPORT,
)
_DEFINITIONS = {
    scopes.BindingKind.FUNCTION: BindingKind.FUNCTION,
    scopes.BindingKind.CLASS: BindingKind.CLASS,
}


def _default_of(argument: ast.arg, arguments: ast.arguments) -> ast.expr | None:
    positional = [*arguments.posonlyargs, *arguments.args]
    if argument in arguments.kwonlyargs:
        return arguments.kw_defaults[arguments.kwonlyargs.index(argument)]
    index = positional.index(argument) - (len(positional) - len(arguments.defaults))
    return arguments.defaults[index] if index >= 0 else None


def exported_names(bindings: list[scopes.Binding]) -> Iterator[Binding]:
    """``__all__`` with all its names, however many there are, where one literal says them."""
    value = bindings[0].value
    if len(bindings) != 1 or not isinstance(value, (ast.List, ast.Tuple)):
        return
    names = [one.value for one in value.elts if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    if len(names) == len(value.elts) and all(map(str.isidentifier, names)):
        yield Binding(BindingKind.ASSIGNMENT, value.lineno, Items(tuple(map(Text, names))))
