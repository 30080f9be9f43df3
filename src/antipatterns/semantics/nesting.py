"""How deep blocks are nested in one another, and which of them a guard clause could open up."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.semantics.control_flow import Exit, exits_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Parents = Mapping[ast.AST, ast.AST]

_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_WITHS = (ast.With, ast.AsyncWith)
_TRIES = (ast.Try, ast.TryStar)
_BLOCKS = (ast.If, *_LOOPS, *_WITHS, *_TRIES, ast.Match)
_KINDS = frozenset(_BLOCKS)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_LONGEST_GUARD = 3


class Guard(NamedTuple):
    """An ``if`` that can be turned around: its body goes one level out, behind a guard that leaves.

    ``way_out``: ``"continue"``, ``"return"``, ``"return None"``, or ``""`` where the guard takes the ``else`` block.
    """

    statement: ast.If
    way_out: str


class DeepPath(NamedTuple):
    """The blocks around a statement, from the outside in, itself last; how deep it and those behind it go at most."""

    blocks: tuple[ast.stmt, ...]
    depth: int


def paths_deeper_than(limit: int, body: Sequence[ast.stmt]) -> Iterator[DeepPath]:
    """The way to each first statement of a block that is nested deeper than a limit.

    Functions and classes inside are left out: what they hold is nested in them. ``elif`` is no deeper than its ``if``.
    """
    waiting: list[tuple[Sequence[ast.stmt], tuple[ast.stmt, ...]]] = [(body, ())]
    while waiting:
        statements, around = waiting.pop()
        blocks = [statement for statement in statements if statement.__class__ in _KINDS]
        if blocks and len(around) == limit:
            yield DeepPath((*around, blocks[0]), limit + max(map(depth_of, blocks)))
            continue
        for block in blocks:
            waiting += [(inner, around if is_elif else (*around, block)) for inner, is_elif in _blocks_in(block)]


def _blocks_in(statement: ast.stmt) -> Iterator[tuple[list[ast.stmt], bool]]:
    """The blocks of a statement, and whether they are only its ``elif``."""
    if isinstance(statement, ast.Match):
        yield from ((case.body, False) for case in statement.cases)
        return
    body: list[ast.stmt] = getattr(statement, "body", [])
    yield body, False
    for handler in getattr(statement, "handlers", ()):
        yield handler.body, False
    orelse: list[ast.stmt] = getattr(statement, "orelse", [])
    if orelse:
        yield orelse, isinstance(statement, ast.If) and has_elif(statement)
    if isinstance(statement, _TRIES) and statement.finalbody:
        yield statement.finalbody, False


def has_elif(statement: ast.If) -> bool:
    """Whether an ``if`` goes on with ``elif``, which stands where it does; an ``if`` under ``else`` stands deeper."""
    orelse = statement.orelse
    return len(orelse) == 1 and isinstance(orelse[0], ast.If) and orelse[0].col_offset == statement.col_offset


def depth_of(statement: ast.stmt) -> int:
    """How many blocks are nested in a block statement, itself included, at most."""
    deepest = 0
    waiting: list[tuple[ast.stmt, int]] = [(statement, 1)]
    while waiting:
        block, depth = waiting.pop()
        deepest = max(deepest, depth)
        for inner, is_elif in _blocks_in(block):
            waiting += [(item, depth + (not is_elif)) for item in inner if isinstance(item, _BLOCKS)]
    return deepest


def guards_around(path: Sequence[ast.stmt], parents: Parents) -> list[Guard]:
    """The guard clauses that would each take the last statement of a path one level out.

    First those that would stand right in a loop or function, where readers look for them; of each the innermost first.
    """
    found = []
    for index in range(len(path) - 2, -1, -1):
        statement, inner = path[index], path[index + 1]
        if isinstance(statement, ast.If) and _is_below(inner, statement, parents) and not _is_elif(statement, parents):
            way_out = _way_out(statement, parents)
            if way_out is not None:
                found.append(Guard(statement, way_out))
    return sorted(found, key=lambda guard: not isinstance(parents.get(guard.statement), (*_FUNCTIONS, *_LOOPS)))


def _is_below(inner: ast.AST, statement: ast.If, parents: Parents) -> bool:
    """Whether a statement stands in the body of an ``if``, not in its ``else``."""
    while parents.get(inner) is not statement:
        inner = parents[inner]
    return inner in statement.body


def _is_elif(statement: ast.If, parents: Parents) -> bool:
    parent = parents.get(statement)
    return isinstance(parent, ast.If) and has_elif(parent) and parent.orelse[0] is statement


def _way_out(statement: ast.If, parents: Parents) -> str | None:
    """How a guard in front of the body would leave; None where it cannot without skipping something."""
    if statement.orelse:
        is_short = len(statement.orelse) <= _LONGEST_GUARD and not any(
            isinstance(item, (*_BLOCKS, *_FUNCTIONS, ast.ClassDef)) for item in statement.orelse
        )
        return "" if is_short and Exit.FALLS_THROUGH not in exits_of(statement.orelse) else None
    node: ast.AST = statement
    while True:
        parent = parents.get(node)
        if isinstance(parent, _FUNCTIONS):
            return None if parent.body[-1] is not node else "return None" if _returns_value(parent) else "return"
        if isinstance(parent, _LOOPS) and parent.body[-1] is node:
            return "continue"
        if parent is None or not _ends_with(parent, node):
            return None
        node = parent


def _ends_with(parent: ast.AST, node: ast.AST) -> bool:
    """Whether nothing of a statement runs behind a part of it, so that leaving there skips nothing."""
    if isinstance(parent, _TRIES):
        if parent.body[-1] is node:
            return not parent.orelse
        in_handlers = node in parent.handlers and isinstance(parent, ast.Try)
        return in_handlers or (bool(parent.orelse) and parent.orelse[-1] is node)
    if isinstance(parent, ast.Match):
        return True
    if isinstance(parent, (*_WITHS, ast.ExceptHandler, ast.match_case)):
        return parent.body[-1] is node
    if isinstance(parent, (ast.If, *_LOOPS)):
        return parent.body[-1] is node or (bool(parent.orelse) and parent.orelse[-1] is node)
    return False


def _returns_value(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function has a ``return`` with a value, so that a bare one would be out of tune."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Return) and node.value is not None:
            return True
        if not isinstance(node, (*_FUNCTIONS, ast.ClassDef, ast.Lambda)):
            waiting += ast.iter_child_nodes(node)
    return False
