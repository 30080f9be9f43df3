"""The blocks of a function and their statements by kind: gone through once, for all that is asked about them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

Block = list[ast.stmt]
Tested = tuple[int, int, ast.expr, bool]
"""First and last lines of what runs only if a test comes out as told."""

_COMPOUND = frozenset(
    {ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match}
)
_StatementT = TypeVar("_StatementT", bound=ast.stmt)


class Blocks:
    """All blocks of a function, without those of functions in it."""

    def __init__(self, body: Block) -> None:
        self.all = tuple(blocks_in(body))
        self._by_kind: dict[type[ast.stmt], list[tuple[ast.stmt, Block, int]]] = {}
        for block in self.all:
            for index, statement in enumerate(block):
                kind = statement.__class__
                if kind in self._by_kind:
                    self._by_kind[kind].append((statement, block, index))
                else:
                    self._by_kind[kind] = [(statement, block, index)]

    def has_any(self, kinds: frozenset[type[ast.stmt]]) -> bool:
        """Whether there are statements of one of some kinds."""
        return not kinds.isdisjoint(self._by_kind)

    def placed(self, kind: type[_StatementT]) -> list[tuple[_StatementT, Block, int]]:
        """The statements of a kind, each with its block and its index in that."""
        return self._by_kind.get(kind, [])  # type: ignore[return-value]

    def of(self, *kinds: type[_StatementT]) -> list[_StatementT]:
        """The statements of some kinds."""
        return [statement for kind in kinds for statement, _, _ in self.placed(kind)]

    def assignments(self) -> list[ast.Assign]:
        """The statements that assign a value, those with an annotation as if they had none."""
        annotated = (one for one in self.of(ast.AnnAssign) if one.value is not None)
        return [*self.of(ast.Assign), *map(_plain, annotated)]

    def global_names(self) -> set[str]:
        """The names that the function declares to be global."""
        return {name for one in self.of(ast.Global) for name in one.names}


def _plain(statement: ast.AnnAssign) -> ast.Assign:
    value = statement.value or statement.target
    return ast.copy_location(ast.Assign(targets=[statement.target], value=value), statement)


def blocks_in(block: Block) -> Iterator[Block]:
    """A block of statements and all blocks in it."""
    waiting = [block]  # each "elif" is nested in the one before it: thousands are no reason to recurse
    while waiting:
        block = waiting.pop()
        yield block
        for statement in block:
            if statement.__class__ in _COMPOUND:
                waiting.extend(_blocks_of(statement))


def _blocks_of(statement: ast.stmt) -> Iterator[Block]:
    for field in ("body", "orelse", "finalbody"):
        block = getattr(statement, field, None)
        if isinstance(block, list):
            yield block
    for part in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
        yield part.body


def lines_of(block: Block) -> tuple[int, int]:
    """The first and the last line of some statements, of which there is one at least."""
    return block[0].lineno, block[-1].end_lineno or block[-1].lineno
