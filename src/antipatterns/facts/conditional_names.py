"""Names that hold something only if a test holds: who asks for one of them asks for that too."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from antipatterns.facts.blocks import Blocks, Tested


def tests_behind_names(tested: Sequence[Tested], blocks: Blocks, function: ast.AST) -> Iterator[Tested]:
    """The tests behind the names that tests ask for: ``name = value if test else None``, ``name = test and value``."""
    told = dict(_conditional_names(blocks))
    if not told:
        return
    stored = [node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    for first, last, test, holds in tested:
        yield from ((first, last, told[name][0], sign) for name, sign in _flags_asked(test, told, holds=holds))
        for name, is_true in _names_asked(test, holds=holds):
            behind, is_none = told.get(name, (None, False))
            if behind is not None and (is_true or is_none) and stored.count(name) == 1:
                yield first, last, behind, True


def _conditional_names(blocks: Blocks) -> Iterator[tuple[str, tuple[ast.expr, bool]]]:
    """The names with the test without which they hold nothing, and whether they are None then."""
    for statement in blocks.assignments():
        target, value = statement.targets[0], statement.value
        if not isinstance(target, ast.Name):
            continue
        if isinstance(value, ast.IfExp) and isinstance(value.orelse, ast.Constant) and not value.orelse.value:
            yield target.id, (value.test, value.orelse.value is None)
        elif isinstance(value, ast.BoolOp) and isinstance(value.op, ast.And):
            yield target.id, (value.values[0], False)
        elif isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "hasattr":
            yield target.id, (value, False)


def _flags_asked(test: ast.expr, told: dict[str, tuple[ast.expr, bool]], *, holds: bool) -> Iterator[tuple[str, bool]]:
    """The names that hold whether something has an attribute, where a test asks that it has not."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yield from _flags_asked(test.operand, told, holds=not holds)
    elif isinstance(test, ast.Name) and not holds and isinstance(told.get(test.id, (None,))[0], ast.Call):
        yield test.id, False


def _names_asked(test: ast.expr, *, holds: bool) -> Iterator[tuple[str, bool]]:
    """The plain names that must be true (true), or only not None, if a test holds, or if it does not."""
    if isinstance(test, ast.Name):
        if holds:
            yield test.id, True
    elif isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yield from _names_asked(test.operand, holds=not holds)
    elif isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) is holds:
        for value in test.values:
            yield from _names_asked(value, holds=holds)
    elif isinstance(test, ast.Compare) and isinstance(test.left, ast.Name) and len(test.ops) == 1:
        is_none = isinstance(test.comparators[0], ast.Constant) and test.comparators[0].value is None
        if is_none and isinstance(test.ops[0], ast.IsNot if holds else ast.Is):
            yield test.left.id, False
