"""Expressions of the syntax tree as facts write them down."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.facts.model import (
    Awaited,
    Either,
    Expression,
    Item,
    Items,
    Lambda,
    Literal,
    Member,
    Operation,
    Pairs,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_MAX_DEPTH = 40
_LONGEST_TEXT = 120
_MOST_ITEMS = 16
_MOST_PAIRS = 64
_PLAIN = frozenset({ast.Constant, ast.JoinedStr, ast.BinOp, ast.Compare, ast.UnaryOp})
_PATHS = frozenset({ast.Name, ast.Attribute})
_OPERATORS = {ast.Div: "/", ast.Add: "+", ast.Mod: "%"}


def is_writable(value: str | int) -> bool:
    """Whether a constant is written down: no long text, and nothing that the encoding of facts cannot hold."""
    if isinstance(value, int):
        return abs(value) < 2**53
    return len(value) <= _LONGEST_TEXT and (value.isascii() or max(value) < "\ud800")


_SOME_ITEMS = Items((None,))
_SOME_PAIRS = Pairs(((None, None),))


class Expressions:
    """Writes down the expressions of one unit, whose calls and lambdas are known by index."""

    def __init__(self, calls: Mapping[ast.AST, int], lambdas: Mapping[ast.AST, int]) -> None:
        self._calls = calls
        self._lambdas = lambdas
        self._depth = 0

    def write(self, node: ast.expr | None) -> Expression:
        """The fact that stands for an expression."""
        if node.__class__ is ast.Name:
            return node.id
        if node.__class__ is ast.Call:
            return self._calls.get(node)
        if node.__class__ is ast.Attribute:
            return self._write_attribute(node)
        write = _WRITERS.get(node.__class__)
        if write is None or self._depth > _MAX_DEPTH:
            return None
        self._depth += 1
        found = write(self, node)
        self._depth -= 1
        return found

    def write_annotation(self, node: ast.expr | None) -> Expression:
        """As ``write``, but a string is the source of an expression."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return write_text(node.value)
        return self.write(node)

    def _write_attribute(self, node: ast.Attribute) -> Expression:
        names = []
        inner: ast.expr = node
        while inner.__class__ is ast.Attribute:
            names.append(inner.attr)
            inner = inner.value
        if inner.__class__ is ast.Name:
            names.append(inner.id)
            names.reverse()
            return ".".join(names)
        value = self.write(inner)
        names.reverse()
        return None if value is None else Member(value, ".".join(names))

    def _write_all(self, nodes: Sequence[ast.expr | None]) -> tuple[Expression, ...]:
        return tuple([self.write(node) for node in nodes])

    def _write_constant(self, node: ast.Constant) -> Expression:
        value = node.value
        if isinstance(value, str) and value:
            return Text(value if is_writable(value) else "")
        if value is None or isinstance(value, (bool, float, str)) or (isinstance(value, int) and is_writable(value)):
            return Literal(value)
        return None

    def _write_item(self, node: ast.Subscript) -> Expression:
        value = self.write(node.value)
        if value is None:
            return None
        return Item(value, Items(()) if node.slice.__class__ is ast.Slice else self.write(node.slice))

    def _write_operation(self, node: ast.BinOp) -> Expression:
        if node.op.__class__ is ast.BitOr:
            return Either((self.write(node.left), self.write(node.right)))
        operator = _OPERATORS.get(node.op.__class__)
        return None if operator is None else Operation(operator, self.write(node.left), self.write(node.right))

    def _write_alternatives(self, node: ast.BoolOp) -> Expression:
        return Either(self._write_all(node.values))

    def _write_choice(self, node: ast.IfExp) -> Expression:
        return Either(self._write_all([node.body, node.orelse]), *self._write_test(node.test))

    def _write_test(self, test: ast.expr) -> tuple[str, bool]:
        """The path that a test asks whether it is true, or (true) whether it is None; "" for any other test."""
        if test.__class__ is ast.UnaryOp and isinstance(test.op, ast.Not):
            asked, is_none = self._write_test(test.operand)
            return (f"not {asked}", is_none) if asked and not asked.startswith("not ") else ("", False)
        prefix, is_none = "", test.__class__ is ast.Compare
        if test.__class__ is ast.Compare:
            right = test.comparators[0]
            if len(test.ops) != 1 or not isinstance(right, ast.Constant) or right.value is not None:
                return "", False
            prefix = "not " if isinstance(test.ops[0], (ast.Is, ast.Eq)) else ""
            test = test.left
        path = self.write(test) if test.__class__ in _PATHS else None
        return (f"{prefix}{path}", is_none) if isinstance(path, str) else ("", False)

    def _write_items(self, node: ast.List | ast.Tuple | ast.Set) -> Expression:
        return Items(self._write_all(node.elts)) if len(node.elts) <= _MOST_ITEMS else _SOME_ITEMS

    def _write_pairs(self, node: ast.Dict) -> Expression:
        """In full only what may hold something that is called or has methods."""
        if len(node.values) > _MOST_PAIRS:
            return _SOME_PAIRS
        if all(value.__class__ in _PLAIN for value in node.values):
            return _SOME_PAIRS if node.values else Pairs(())
        return Pairs(tuple(zip(self._write_all(node.keys), self._write_all(node.values), strict=True)))

    def _write_pair(self, node: ast.DictComp) -> Expression:
        return Pairs(((self.write(node.key), self.write(node.value)),))

    def _write_sign(self, node: ast.UnaryOp) -> Expression:
        value = self.write(node.operand) if node.op.__class__ is ast.USub else None
        return Literal(-value.value) if isinstance(value, Literal) and type(value.value) is int else None

    def _write_comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> Expression:
        return Items((self.write(node.elt),))

    def _write_awaited(self, node: ast.Await) -> Expression:
        value = self.write(node.value)
        return None if value is None else Awaited(value)

    def _write_named(self, node: ast.NamedExpr) -> Expression:
        return self.write(node.value)

    def _write_lambda(self, node: ast.Lambda) -> Expression:
        index = self._lambdas.get(node)
        return None if index is None else Lambda(index)

    def _write_formatted(self, _node: ast.JoinedStr) -> Expression:
        return Text("")


_WRITERS: dict[type, Callable[..., Expression]] = {
    ast.Constant: Expressions._write_constant,
    ast.Subscript: Expressions._write_item,
    ast.BinOp: Expressions._write_operation,
    ast.BoolOp: Expressions._write_alternatives,
    ast.IfExp: Expressions._write_choice,
    ast.List: Expressions._write_items,
    ast.Tuple: Expressions._write_items,
    ast.Set: Expressions._write_items,
    ast.Dict: Expressions._write_pairs,
    ast.DictComp: Expressions._write_pair,
    ast.UnaryOp: Expressions._write_sign,
    ast.ListComp: Expressions._write_comprehension,
    ast.SetComp: Expressions._write_comprehension,
    ast.GeneratorExp: Expressions._write_comprehension,
    ast.Await: Expressions._write_awaited,
    ast.NamedExpr: Expressions._write_named,
    ast.Lambda: Expressions._write_lambda,
    ast.JoinedStr: Expressions._write_formatted,
}


def write_text(text: str) -> Expression:
    """The expression that a quoted annotation holds, or None."""
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    return Expressions({}, {}).write(tree.body)
