"""Which special methods operators and subscripts run, and of which operand."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_BINARY: dict[type, str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.MatMult: "matmul",
    ast.Div: "truediv",
    ast.FloorDiv: "floordiv",
    ast.Mod: "mod",
    ast.Pow: "pow",
    ast.LShift: "lshift",
    ast.RShift: "rshift",
    ast.BitOr: "or",
    ast.BitXor: "xor",
    ast.BitAnd: "and",
}
_COMPARISONS: dict[type, str] = {
    ast.Eq: "__eq__",
    ast.NotEq: "__ne__",
    ast.Lt: "__lt__",
    ast.LtE: "__le__",
    ast.Gt: "__gt__",
    ast.GtE: "__ge__",
}
_MEMBERSHIP = frozenset({ast.In, ast.NotIn})
_UNARY: dict[type, str] = {
    ast.Not: "__bool__",
    ast.USub: "__neg__",
    ast.UAdd: "__pos__",
    ast.Invert: "__invert__",
}
_ITEMS: dict[type, str] = {ast.Load: "__getitem__", ast.Store: "__setitem__", ast.Del: "__delitem__"}
OPERATORS: frozenset[type] = frozenset({ast.Subscript, ast.BinOp, ast.AugAssign, ast.Compare, ast.UnaryOp})
"""The types of nodes that run special methods of their operands."""


def special_methods_of(node: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    """The operands of a node of ``OPERATORS`` with the special method that is asked of each.

    Methods of right operands (``__radd__``) only where a constant stands on the left, which surely has none for them.
    Source: https://docs.python.org/3/reference/datamodel.html#special-method-names
    """
    if isinstance(node, ast.Subscript):
        yield node.value, _ITEMS[node.ctx.__class__]
    elif isinstance(node, ast.Compare):
        yield from _of_comparison(node)
    elif isinstance(node, ast.BinOp):
        name = _BINARY[node.op.__class__]
        yield (node.right, f"__r{name}__") if isinstance(node.left, ast.Constant) else (node.left, f"__{name}__")
    elif isinstance(node, ast.AugAssign):
        yield node.target, f"__i{_BINARY[node.op.__class__]}__"
    elif isinstance(node, ast.UnaryOp):
        yield node.operand, _UNARY[node.op.__class__]


def _of_comparison(node: ast.Compare) -> Iterator[tuple[ast.expr, str]]:
    left = node.left
    for operator, right in zip(node.ops, node.comparators, strict=True):
        if operator.__class__ in _COMPARISONS:
            yield left, _COMPARISONS[operator.__class__]
        elif operator.__class__ in _MEMBERSHIP:
            yield right, "__contains__"
        left = right
