"""Collect what a file imports, when, and where it says so."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from antipatterns.facts.model import Import, ImportKind, Place
from antipatterns.knowledge.exceptions import MISSING_MODULE
from antipatterns.semantics.names import last_name, resolve_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from antipatterns.semantics.scope import Scope

_IMPORT_MODULE = "importlib.import_module"
_CATCH_IT = MISSING_MODULE | {"Exception"}
_BLOCKS = ("body", "orelse", "handlers", "finalbody", "cases")


def collect_imports(
    tree: ast.Module, statements: Iterable[tuple[ast.stmt, Scope]], place_of: Callable[[ast.stmt], Place]
) -> tuple[Import, ...]:
    """One record for each imported name, in the order of the file."""
    statements = list(statements)
    is_indented = any(node.col_offset and scope.function is None for node, scope in statements)
    apart = dict(_statements_apart(tree)) if is_indented else {}
    optional = _optional_in({scope.function or scope.module: None for node, scope in statements if node.col_offset})
    found: list[Import] = []
    for node, scope in statements:
        kind = ImportKind.LAZY if _is_in_function(scope) else apart.get(node, ImportKind.RUN_TIME)
        found += _records(node, kind, place_of(node), is_optional=node in optional)
    return tuple(sorted(found, key=lambda one: one.place))


def collect_dynamic_imports(
    calls: Iterable[tuple[ast.Call, Scope]], place_of: Callable[[ast.Call], Place]
) -> Iterator[Import]:
    """One record for each ``importlib.import_module("literal")``."""
    for call, scope in calls:
        if len(call.args) == 1 and resolve_name(call.func, scope) == _IMPORT_MODULE:
            target = call.args[0].value if isinstance(call.args[0], ast.Constant) else None
            if isinstance(target, str) and all(part.isidentifier() for part in target.split(".")):
                yield Import(0, target, "", "", ImportKind.DYNAMIC, place_of(call))


def _is_in_function(scope: Scope) -> bool:
    """Whether code runs when some function does, also in the body of a class in it."""
    around: Scope | None = scope
    while around is not None and around.function is None:
        around = around.parent
    return around is not None


def _optional_in(holders: Iterable[Scope]) -> set[ast.AST]:
    """The imports, in functions or modules that hold some in blocks, that stand in a ``try`` for a missing module."""
    found: set[ast.AST] = set()
    waiting: list[tuple[ast.AST, bool]] = [(holder.node, False) for holder in holders]
    while waiting:
        node, is_tried = waiting.pop()
        if isinstance(node, (ast.Import, ast.ImportFrom)) and is_tried:
            found.add(node)
        for field in _BLOCKS:
            block = getattr(node, field, None)
            if isinstance(block, list):
                is_caught = field == "body" and isinstance(node, ast.Try) and any(map(_goes_on, node.handlers))
                inside = [child for child in block if not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef))]
                waiting += [(child, is_tried or is_caught) for child in inside]  # functions are holders themselves
    return found


def _goes_on(handler: ast.ExceptHandler) -> bool:
    """Whether a handler catches that a module is missing, and does not raise again."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    names = {last_name(kind) for kind in kinds if kind is not None}
    return (handler.type is None or not names.isdisjoint(_CATCH_IT)) and not isinstance(handler.body[-1], ast.Raise)


def _records(node: ast.stmt, kind: ImportKind, place: Place, *, is_optional: bool) -> Iterator[Import]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            bound = alias.asname or alias.name.partition(".")[0]
            yield Import(0, alias.name, "", bound, kind, place, is_optional)
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            bound = alias.asname or alias.name
            yield Import(node.level, node.module or "", alias.name, bound, kind, place, is_optional)


def _statements_apart(tree: ast.Module) -> Iterator[tuple[ast.stmt, ImportKind]]:
    """The imports outside of functions that do not run when the module is imported."""
    waiting: list[tuple[ast.AST, ImportKind]] = [(node, ImportKind.RUN_TIME) for node in tree.body]
    while waiting:
        node, kind = waiting.pop()
        if kind is not ImportKind.RUN_TIME and isinstance(node, (ast.Import, ast.ImportFrom)):
            yield node, kind
        for field in _BLOCKS:
            block = getattr(node, field, None)
            if isinstance(block, list):  # a lambda's body is no list
                under = kind
                if isinstance(node, ast.If) and kind in (ImportKind.RUN_TIME, ImportKind.CONDITIONAL):
                    inner = _kind_under(node.test, holds=field == "body")
                    under = kind if inner is ImportKind.RUN_TIME else inner
                waiting += [(child, under) for child in block]


def _kind_under(test: ast.expr, *, holds: bool) -> ImportKind:
    """When imports run in the branch in which a condition holds, or in the other one."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _kind_under(test.operand, holds=not holds)
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) and holds:
        kinds = [_kind_under(value, holds=True) for value in test.values]
        return ImportKind.TYPE_ONLY if ImportKind.TYPE_ONLY in kinds else ImportKind.CONDITIONAL
    if is_type_checking(test):
        return ImportKind.TYPE_ONLY if holds else ImportKind.RUN_TIME
    if _is_main(test):
        return ImportKind.LAZY if holds else ImportKind.RUN_TIME
    return ImportKind.CONDITIONAL


def _is_main(test: ast.expr) -> bool:
    """Whether this is ``__name__ == "__main__"``: it does not hold where the module is imported."""
    if not isinstance(test, ast.Compare) or len(test.ops) != 1 or not isinstance(test.ops[0], ast.Eq):
        return False
    sides = (test.left, test.comparators[0])
    return any(isinstance(side, ast.Name) and side.id == "__name__" for side in sides) and any(
        isinstance(side, ast.Constant) and side.value == "__main__" for side in sides
    )


def is_type_checking(test: ast.expr) -> bool:
    return (isinstance(test, ast.Name) and test.id == "TYPE_CHECKING") or (
        isinstance(test, ast.Attribute) and test.attr == "TYPE_CHECKING"
    )
