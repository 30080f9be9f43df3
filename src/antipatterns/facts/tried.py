"""Find the lines of a function that fill a memory which a ``try`` looks into first."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.facts.blocks import lines_of
from antipatterns.facts.places import is_call_of, place_of, stores
from antipatterns.semantics.names import last_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from antipatterns.facts.blocks import Block, Blocks, Tested

_MISSING = frozenset({"KeyError", "LookupError", "IndexError", "AttributeError"})


def find_memories_tried(blocks: Blocks, tested: Sequence[Tested]) -> Iterator[tuple[int, int]]:
    """First and last lines of what runs only where a look-up failed, and stores what was missing.

    ``blocks``: all of a function, ``tested``: lines of them with the test that they depend on.
    """
    for statement, block, index in blocks.placed(ast.Try):
        place = _place_read(statement.body)
        if place and any(map(_handles_missing, statement.handlers)):
            yield from _lines_around(statement, block[index + 1 :], place, tested)


def _lines_around(statement: ast.Try, after: Block, place: str, tested: Sequence[Tested]) -> Iterator[tuple[int, int]]:
    filling = [handler.body for handler in statement.handlers if _handles_missing(handler)]
    if isinstance(statement.body[-1], ast.Return):
        filling.append(after)
    for block in filling:
        if block and stores(block, place):
            yield lines_of(block)
    for first, last, _, _ in tested:
        inside = [one for one in ast.walk(statement) if isinstance(one, ast.stmt) and first <= one.lineno <= last]
        if inside and stores(inside, place):
            yield first, last


def _handles_missing(handler: ast.ExceptHandler) -> bool:
    return handler.type is not None and last_name(handler.type) in _MISSING


def _place_read(block: Block) -> str:
    """The item or the attribute that the first statement of a block takes, as text."""
    first = block[0]
    value = first.value if isinstance(first, (ast.Assign, ast.AnnAssign, ast.Return)) else None
    is_attribute = isinstance(value, ast.Call) and is_call_of(value, "getattr") and len(value.args) == 2
    return place_of(value) if value is not None and (is_attribute or isinstance(value, ast.Subscript)) else ""
