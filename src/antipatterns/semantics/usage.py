"""What a function does with the value of a parameter: whether it changes it, or lets it out to others who may."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHANGERS = frozenset(
    [
        *(
            "append",
            "extend",
            "insert",
            "remove",
            "pop",
            "clear",
            "sort",
            "reverse",
            "update",
            "setdefault",
            "popitem",
        ),
        *("add", "discard", "difference_update", "intersection_update", "symmetric_difference_update"),
        *("appendleft", "extendleft", "popleft", "rotate", "subtract", "move_to_end"),
    ]
)


def changes_or_lets_out(function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, name: str) -> bool:
    """Whether a function changes what a parameter was given, stores it somewhere, or returns it.

    Not where it gives the name another value, which most often is a copy; what it calls with it is unknown.
    """
    body = [function.body] if isinstance(function, ast.Lambda) else function.body
    nodes = [node for statement in body for node in ast.walk(statement)]
    augmented = [node.target for node in nodes if isinstance(node, ast.AugAssign)]
    if any(_is_name(node, name, ast.Store) and node not in augmented for node in nodes):
        return False
    return _is_given(function, name) or any(_changes(node, name) or _lets_out(node, name) for node in nodes)


def only_looks_at(function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, name: str) -> bool:
    """Whether a function uses a parameter, and only to get values of its attributes: no method, no handing on."""
    body = [function.body] if isinstance(function, ast.Lambda) else function.body
    nodes = [node for statement in body for node in ast.walk(statement)]
    parents = {child: node for node in nodes for child in ast.iter_child_nodes(node)}
    uses = [node for node in nodes if _is_name(node, name)]
    return bool(uses) and all(_is_look(parents.get(use), parents) for use in uses)


def _is_look(attribute: ast.AST | None, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether a node gets an attribute, and nothing is done to its value right there."""
    if not isinstance(attribute, ast.Attribute) or not isinstance(attribute.ctx, ast.Load):
        return False
    around = parents.get(attribute)
    if isinstance(around, (ast.Attribute, ast.Subscript)):
        return isinstance(around.ctx, ast.Load) and around is not getattr(parents.get(around), "func", None)
    return not (isinstance(around, ast.Call) and around.func is attribute)


def _changes(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.AugAssign):
        return _is_name(node.target, name)
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, (ast.Store, ast.Del)):
        return _is_name(node.value, name)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in _CHANGERS and _is_name(node.func.value, name)
    return False


def _lets_out(node: ast.AST, name: str) -> bool:
    if isinstance(node, (ast.Return, ast.Yield)):
        return node.value is not None and _may_be(node.value, name)
    if isinstance(node, ast.Assign):
        outside = any(isinstance(target, (ast.Attribute, ast.Subscript)) for target in node.targets)
        return outside and _may_be(node.value, name)
    if isinstance(node, ast.AnnAssign):
        return isinstance(node.target, ast.Attribute) and node.value is not None and _may_be(node.value, name)
    return isinstance(node, ast.Lambda) and _is_given(node, name)


def _is_given(function: ast.AST, name: str) -> bool:
    return isinstance(function, ast.Lambda) and _may_be(function.body, name)


def _may_be(value: ast.expr, name: str) -> bool:
    """Whether the value of an expression may be that of the name itself."""
    return any(_is_name(item, name) for item in _choices(value))


def _choices(value: ast.expr) -> Iterator[ast.expr]:
    if isinstance(value, ast.BoolOp):
        for item in value.values:
            yield from _choices(item)
    elif isinstance(value, ast.IfExp):
        yield from _choices(value.body)
        yield from _choices(value.orelse)
    elif isinstance(value, ast.Tuple):
        for item in value.elts:
            yield from _choices(item)
    else:
        yield value


def _is_name(node: ast.AST, name: str, context: type[ast.expr_context] | None = None) -> bool:
    return isinstance(node, ast.Name) and node.id == name and (context is None or isinstance(node.ctx, context))
