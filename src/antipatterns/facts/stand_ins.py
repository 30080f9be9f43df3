"""Find the lines that bind names only where an import of them fails, or where Python is too old for one."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.facts.blocks import Blocks, lines_of
from antipatterns.facts.imports import is_type_checking
from antipatterns.facts.model import BindingKind
from antipatterns.knowledge.exceptions import MISSING_MODULE
from antipatterns.semantics.names import last_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from antipatterns.facts.blocks import Block
    from antipatterns.facts.model import Binding

_OLDEST = (3, 11)
"""The first version of Python about which anybody asks."""


def find_stand_ins(node: ast.AST, bound: Mapping[str, Sequence[Binding]]) -> tuple[tuple[int, int], ...]:
    """First and last lines in a module, class or function that give a name which an import gives elsewhere in it."""
    body = getattr(node, "body", None)
    if not isinstance(body, list) or not any(map(_is_imported_among_others, bound.values())):
        return ()
    blocks = Blocks(body)
    found = [lines_of(block) for statement in blocks.of(ast.Try) for block in _without_import(statement)]
    found += [lines_of(block) for one in blocks.of(ast.If) for block in (_branch_of_old_python(one),) if block]
    return tuple(sorted(found))


def find_type_only(node: ast.AST, bound: Mapping[str, Sequence[Binding]]) -> tuple[tuple[int, int], ...]:
    """First and last lines in a module that only a type checker reads, if they bind names that it binds elsewhere."""
    if not isinstance(node, ast.Module):
        return ()
    found = [lines_of(one.body) for one in node.body if isinstance(one, ast.If) and is_type_checking(one.test)]
    twice = [one.line for bindings in bound.values() if len(bindings) > 1 for one in bindings] if found else []
    return tuple([(first, last) for first, last in found if any(first <= line <= last for line in twice)])


def _is_imported_among_others(bindings: Sequence[Binding]) -> bool:
    return len(bindings) > 1 and any(one.kind is BindingKind.IMPORT for one in bindings)


def _without_import(statement: ast.Try) -> Iterator[Block]:
    for handler in statement.handlers:
        kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        if any(kind is not None and last_name(kind) in MISSING_MODULE for kind in kinds):
            yield handler.body


def _branch_of_old_python(statement: ast.If) -> Block:
    """The branch of an ``if`` that only runs on a Python of which nobody asks; empty where there is none."""
    test = statement.test
    if not isinstance(test, ast.Compare) or last_name(test.left) != "version_info" or len(test.ops) != 1:
        return []
    version = test.comparators[0]
    parts = version.elts if isinstance(version, ast.Tuple) else []
    numbers = tuple([part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, int)])
    if not numbers or len(numbers) != len(parts) or numbers > _OLDEST:
        return []
    if isinstance(test.ops[0], ast.GtE):
        return statement.orelse
    return statement.body if isinstance(test.ops[0], ast.Lt) else []
