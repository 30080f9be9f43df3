"""What a block of statements does itself, and how it can be left: off its end, raising, returning or jumping."""

from __future__ import annotations

import ast
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Jump = ast.Return | ast.Break | ast.Continue


class Exit(Enum):
    """One way out of a block."""

    FALLS_THROUGH = auto()
    RERAISES = auto()  # a bare raise: the exception being handled goes on
    RAISES = auto()  # another exception
    RETURNS = auto()
    BREAKS = auto()
    CONTINUES = auto()


Exits = frozenset[Exit]
_FALLS: Exits = frozenset({Exit.FALLS_THROUGH})
_JUMPS: Exits = frozenset({Exit.BREAKS, Exit.CONTINUES})
_SIMPLE: dict[type, Exits] = {
    ast.Return: frozenset({Exit.RETURNS}),
    ast.Break: frozenset({Exit.BREAKS}),
    ast.Continue: frozenset({Exit.CONTINUES}),
}


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_TRIES = (ast.Try, ast.TryStar)


def walk_block(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """The nodes of a block, in no certain order, but for those of functions and classes that it defines."""
    waiting = list(body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, _DEFINITIONS):
            waiting += ast.iter_child_nodes(node)


def find_jumps(body: Iterable[ast.stmt]) -> Iterator[Jump]:
    """Every ``return`` in a block, and every ``break`` and ``continue`` of a loop around it."""
    waiting: list[tuple[ast.AST, bool]] = [(statement, False) for statement in body]
    while waiting:
        node, in_loop = waiting.pop()
        if isinstance(node, ast.Return) or (isinstance(node, (ast.Break, ast.Continue)) and not in_loop):
            yield node
        if isinstance(node, _LOOPS):
            waiting += [(child, True) for child in node.body]
            waiting += [(child, in_loop) for child in node.orelse]
        elif not isinstance(node, (*_DEFINITIONS, ast.expr)):
            waiting += [(child, in_loop) for child in ast.iter_child_nodes(node)]


def exits_of(statements: Iterable[ast.stmt]) -> Exits:
    """Every way out of a block, as far as its statements say; calls that never return are not known."""
    found: Exits = frozenset()
    for statement in statements:
        exits = _exits_of_statement(statement)
        found |= exits - _FALLS
        if Exit.FALLS_THROUGH not in exits:
            return found
    return found | _FALLS


def always_reraises(statements: Iterable[ast.stmt]) -> bool:
    """Whether every path through a handler's body ends in a bare ``raise``."""
    return exits_of(statements) == {Exit.RERAISES}


def always_raises(statements: Iterable[ast.stmt]) -> bool:
    """Whether every path through a block ends in some ``raise``."""
    return exits_of(statements) <= {Exit.RERAISES, Exit.RAISES}


def leaves_by_exception(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether an exception is on its way while a statement runs, and goes on behind it whatever becomes of that.

    In a handler that ends in a ``raise`` in any case, and in the ``finally`` of what only an exception leaves.
    """
    while node in parents and not isinstance(node, _DEFINITIONS):
        child, node = node, parents[node]
        if isinstance(node, ast.ExceptHandler):
            return always_raises(node.body)
        if isinstance(node, _TRIES) and child in node.finalbody:
            guarded = ast.Try(node.body, node.handlers, node.orelse, [])
            return always_raises([guarded]) and exits_of(node.finalbody) == _FALLS
    return False


def _exits_of_statement(statement: ast.stmt) -> Exits:
    if isinstance(statement, ast.Raise):
        return frozenset({Exit.RERAISES if statement.exc is None else Exit.RAISES})
    if isinstance(statement, ast.If):
        return _exits_of_if(statement)
    if isinstance(statement, (ast.With, ast.AsyncWith)):
        return exits_of(statement.body)
    if isinstance(statement, _LOOPS):
        return _exits_of_loop(statement)
    if isinstance(statement, _TRIES):
        return _exits_of_try(statement)
    if isinstance(statement, ast.Match):
        return _exits_of_match(statement)
    return _SIMPLE.get(type(statement), _FALLS)


def _exits_of_if(statement: ast.If) -> Exits:
    found = exits_of(statement.body)
    # Each "elif" is nested in the one before it: thousands are no reason to recurse.
    while len(statement.orelse) == 1 and isinstance(statement.orelse[0], ast.If):
        statement = statement.orelse[0]
        found |= exits_of(statement.body)
    return found | exits_of(statement.orelse)


def _exits_of_loop(loop: ast.For | ast.AsyncFor | ast.While) -> Exits:
    body = exits_of(loop.body)
    endless = isinstance(loop, ast.While) and isinstance(loop.test, ast.Constant) and bool(loop.test.value)
    after = frozenset() if endless else exits_of(loop.orelse)
    if Exit.BREAKS in body:
        after |= _FALLS
    return (body - _JUMPS - _FALLS) | after


def _exits_of_try(statement: ast.Try | ast.TryStar) -> Exits:
    found = exits_of(statement.body)
    if Exit.FALLS_THROUGH in found:
        found = (found - _FALLS) | exits_of(statement.orelse)
    for handler in statement.handlers:
        exits = exits_of(handler.body)
        if Exit.RERAISES in exits:  # of the inner exception, not of the one that is being handled outside
            exits = (exits - {Exit.RERAISES}) | {Exit.RAISES}
        found |= exits
    last = exits_of(statement.finalbody)
    if Exit.FALLS_THROUGH not in last:
        return last
    return found | (last - _FALLS)


def _exits_of_match(statement: ast.Match) -> Exits:
    found: Exits = frozenset()
    for case in statement.cases:
        found |= exits_of(case.body)
    return found if any(_is_irrefutable(case) for case in statement.cases) else found | _FALLS


def _is_irrefutable(case: ast.match_case) -> bool:
    pattern = case.pattern
    return case.guard is None and isinstance(pattern, ast.MatchAs) and pattern.pattern is None
