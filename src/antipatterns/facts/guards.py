"""Collect which lines of a function run only if a parameter has a certain value, or anything a certain class."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.facts.model import Expression, Guard, Narrowing, Test

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_Condition = tuple[str, bool | int | str | None, Test, bool]  # as in Guard, behind the lines
_COMPOUND = frozenset(
    {ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match}
)
_LEAVE = (ast.Return, ast.Raise, ast.Continue, ast.Break)


def collect_guards(function: ast.FunctionDef | ast.AsyncFunctionDef) -> tuple[Guard, ...]:
    """The guards of a function: of the branches of ``if``, and of what follows an ``if`` that leaves."""
    arguments = function.args
    names = {argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    if not names:
        return ()
    return tuple(
        Guard(first, last, *condition)
        for first, last, test, holds in _tested_lines(function.body)
        for condition in _conditions(test, names, holds=holds)
    )


def collect_narrowings(
    function: ast.FunctionDef | ast.AsyncFunctionDef, write: Callable[[ast.expr], Expression]
) -> tuple[Narrowing, ...]:
    """What ``isinstance`` tells of the lines of a function."""
    return tuple(
        Narrowing(first, last, path, kind)
        for first, last, test, holds in _tested_lines(function.body)
        for path, kind in _classes(test, write, holds=holds)
    )


def _tested_lines(block: list[ast.stmt]) -> Iterator[tuple[int, int, ast.expr, bool]]:
    """First and last lines that run only if a test holds, or does not."""
    waiting = [block]  # each "elif" is nested in the one before it: thousands are no reason to recurse
    while waiting:
        block = waiting.pop()
        for index, statement in enumerate(block):
            if isinstance(statement, ast.If):
                yield from _lines(statement.body, statement.test, holds=True)
                yield from _lines(statement.orelse, statement.test, holds=False)
                if isinstance(statement.body[-1], _LEAVE) and not statement.orelse:
                    yield from _lines(block[index + 1 :], statement.test, holds=False)
            elif isinstance(statement, ast.Assert):
                yield from _lines(block[index + 1 :], statement.test, holds=True)
            if statement.__class__ in _COMPOUND:
                waiting.extend(_blocks_of(statement))


def _lines(block: list[ast.stmt], test: ast.expr, *, holds: bool) -> Iterator[tuple[int, int, ast.expr, bool]]:
    if block:
        yield block[0].lineno, block[-1].end_lineno or block[-1].lineno, test, holds


def _classes(
    test: ast.expr, write: Callable[[ast.expr], Expression], *, holds: bool
) -> Iterator[tuple[str, Expression]]:
    """The paths that are instances of a class if a test holds, or if it does not."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yield from _classes(test.operand, write, holds=not holds)
    elif isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) is holds:
        for value in test.values:
            yield from _classes(value, write, holds=holds)
    elif holds and isinstance(test, ast.Call) and isinstance(test.func, ast.Name) and test.func.id == "isinstance":
        path = write(test.args[0]) if len(test.args) == 2 else None
        kind = write(test.args[1]) if isinstance(path, str) else None
        if isinstance(path, str) and isinstance(kind, str):
            yield path, kind


def _blocks_of(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    for field in ("body", "orelse", "finalbody"):
        block = getattr(statement, field, None)
        if isinstance(block, list):
            yield block
    for part in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
        yield part.body


def _conditions(test: ast.expr, names: set[str], *, holds: bool) -> Iterator[_Condition]:
    """What must be so of parameters if a test holds, or if it does not."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yield from _conditions(test.operand, names, holds=not holds)
    elif isinstance(test, ast.BoolOp):
        if isinstance(test.op, ast.And) is holds:  # all parts of "and" hold; none of "or" does where it fails
            for value in test.values:
                yield from _conditions(value, names, holds=holds)
    elif isinstance(test, ast.Name):
        if test.id in names:
            yield (test.id, None, Test.IS_TRUE, holds)
    elif isinstance(test, ast.Compare) and len(test.ops) == 1:
        yield from _comparison(test, names, holds=holds)
    elif isinstance(test, ast.Call) and isinstance(test.func, ast.Attribute) and test.func.attr == "startswith":
        yield from _beginning(test.func.value, test.args, names, holds=holds)


def _beginning(value: ast.expr, given: list[ast.expr], names: set[str], *, holds: bool) -> Iterator[_Condition]:
    if isinstance(value, ast.Name) and value.id in names and len(given) == 1:
        start = given[0].value if isinstance(given[0], ast.Constant) else None
        if isinstance(start, str):
            yield (value.id, start, Test.STARTS_WITH, holds)


def _comparison(test: ast.Compare, names: set[str], *, holds: bool) -> Iterator[_Condition]:
    left, operator, right = test.left, test.ops[0], test.comparators[0]
    if not isinstance(left, ast.Name) or left.id not in names or not isinstance(right, ast.Constant):
        return
    value = right.value
    if not (value is None or isinstance(value, (bool, int, str))):
        return
    if isinstance(operator, (ast.Is, ast.Eq)):
        yield (left.id, value, Test.EQUALS, holds)
    elif isinstance(operator, (ast.IsNot, ast.NotEq)):
        yield (left.id, value, Test.EQUALS, not holds)
