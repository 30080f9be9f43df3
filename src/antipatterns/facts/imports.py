"""Collect what a file imports, when, and where it says so."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.facts.model import Import, ImportKind, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from antipatterns.semantics.scope import Scope
    from antipatterns.source import Source

_BLOCKS = ("body", "orelse", "handlers", "finalbody", "cases")


def collect_imports(
    source: Source, statements: Iterable[tuple[ast.stmt, Scope]], place_of: Callable[[ast.stmt], Place]
) -> tuple[Import, ...]:
    """One record for each imported name, in the order of the file."""
    type_only = set(_type_only_statements(source.tree)) if source.mentions(("TYPE_CHECKING",)) else set()
    found: list[Import] = []
    for node, scope in statements:
        kind = ImportKind.RUN_TIME
        if node in type_only:
            kind = ImportKind.TYPE_ONLY
        elif scope.function is not None:
            kind = ImportKind.LAZY
        found += _records(node, kind, place_of(node))
    return tuple(sorted(found, key=lambda one: one.place))


def _records(node: ast.stmt, kind: ImportKind, place: Place) -> Iterator[Import]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield Import(0, alias.name, "", alias.asname or alias.name.partition(".")[0], kind, place)
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            yield Import(node.level, node.module or "", alias.name, alias.asname or alias.name, kind, place)


def _type_only_statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """The import statements under ``if TYPE_CHECKING:`` outside of functions."""
    waiting: list[tuple[ast.AST, bool]] = [(node, False) for node in tree.body]
    while waiting:
        node, inside = waiting.pop()
        if inside and isinstance(node, (ast.Import, ast.ImportFrom)):
            yield node
        for field in _BLOCKS:
            under = inside or (field == "body" and isinstance(node, ast.If) and _is_type_checking(node.test))
            block = getattr(node, field, None)
            if isinstance(block, list):  # a lambda's body is no list
                waiting += [(child, under) for child in block]


def _is_type_checking(test: ast.expr) -> bool:
    return (isinstance(test, ast.Name) and test.id == "TYPE_CHECKING") or (
        isinstance(test, ast.Attribute) and test.attr == "TYPE_CHECKING"
    )
