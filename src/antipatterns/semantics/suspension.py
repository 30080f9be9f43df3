"""Where the code of a coroutine can be suspended."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_SUSPENDS = (ast.Await, ast.AsyncFor, ast.AsyncWith, ast.Yield, ast.YieldFrom)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp)


def first_suspension(statements: Sequence[ast.stmt]) -> ast.AST | None:
    """The first place in some statements of an ``async def`` where other tasks may run, in the order of the lines."""
    found = [node for statement in statements for node in _own_nodes(statement) if _suspends(node)]
    return min(found, key=_position, default=None)


def _suspends(node: ast.AST) -> bool:
    if isinstance(node, _COMPREHENSIONS):
        return any(generator.is_async for generator in node.generators)
    return isinstance(node, _SUSPENDS)


def _position(node: Any) -> tuple[int, int]:
    return (node.lineno, node.col_offset)


def _own_nodes(statement: ast.stmt) -> list[ast.AST]:
    """The nodes that run with a statement: of functions what defines them, of generators the first iterable."""
    found: list[ast.AST] = []
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop()
        found.append(node)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            waiting += [item for item in (*node.args.defaults, *node.args.kw_defaults) if item is not None]
            waiting += getattr(node, "decorator_list", [])
        elif isinstance(node, ast.GeneratorExp):
            waiting.append(node.generators[0].iter)
        else:
            waiting += ast.iter_child_nodes(node)
    return found
