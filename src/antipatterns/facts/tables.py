"""Find the lines of a function that make what a table of the module lacks, and put it there: once for each key."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.facts.blocks import lines_of
from antipatterns.facts.memories import branches_of
from antipatterns.facts.places import place_of, stores
from antipatterns.facts.rarely import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.facts.blocks import Blocks


def find_lines_missed(blocks: Blocks, function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[tuple[int, int]]:
    """First and last lines of what runs only where ``key not in table`` and stores ``table[key]``.

    Only of tables that are there for the whole program: those of modules and of classes.
    """
    for statement, block, index in blocks.placed(ast.If):
        for lines, test, holds in branches_of(statement, block[index + 1 :]):
            for part in parts_of(test, holds=holds):
                table, place = _lacked(part, holds=holds)
                if table and stores(lines, place) and _is_shared(table, function):
                    yield lines_of(lines)


def _lacked(test: ast.expr, *, holds: bool) -> tuple[str, str]:
    """The table that lacks a key if a test comes out like this, and the item, as text; "" for any other test."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _lacked(test.operand, holds=not holds)
    if not isinstance(test, ast.Compare) or not isinstance(test.ops[0], ast.NotIn if holds else ast.In):
        return "", ""
    table = place_of(test.comparators[0]) if len(test.ops) == 1 else ""
    return table, f"{table}[{ast.unparse(test.left)}]"


def _is_shared(table: str, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a table belongs to a module or a class: its path begins with no name that the function binds."""
    root = table.partition(".")[0]
    if root == "cls":
        return True
    arguments = (node.arg for node in ast.walk(function.args) if isinstance(node, ast.arg))
    stored = (node for one in function.body for node in ast.walk(one) if isinstance(node, ast.Name))
    return root not in arguments and not any(one.id == root and isinstance(one.ctx, ast.Store) for one in stored)
