"""Say what caused the exception that a handler raises: ``from err``."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING

import libcst as cst

from antipatterns.finding import Safety
from antipatterns.fix.fixer import Fix, Fixer, Outcome, Refusal
from antipatterns.semantics.control_flow import walk_block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.fix.place import Place

FIXER = Fixer(__name__, cst.Raise)

_NAMES = ("err", "error", "exc", "e", "exception", "cause")


@FIXER.register
def fix_raise_without_from(statement: cst.Raise, place: Place) -> Outcome:
    """``raise X(…) from err``, and ``as err`` where the handler has no name for what it caught."""
    node = place.ast_node(statement, ast.Raise)
    around = (
        item for item in place.ancestors(statement) if isinstance(item, (cst.ExceptHandler, cst.ExceptStarHandler))
    )
    handler = next(around, None)
    caught = None if handler is None else place.ast_node(handler, ast.ExceptHandler)
    if node is None or handler is None or caught is None or statement.cause is not None:
        return Refusal("libcst sees something else at this place")
    safety = Safety.UNSAFE if _is_caught_here(handler, place) else place.finding.fix
    assert safety is not None
    if caught.name is not None:
        if _is_rebound(caught):
            return Refusal(f"{caught.name} may be something else than the caught exception here")
        return Fix(statement, _with_cause(statement, caught.name), safety)
    if handler.type is None:
        return Refusal("a bare except cannot name what it caught")
    name = next(_free_names(caught, place, statement), None)
    if name is None:
        return Refusal("no usual name is free for the exception")
    named = handler.deep_replace(statement, _with_cause(statement, name))
    assert isinstance(named, (cst.ExceptHandler, cst.ExceptStarHandler))
    named = named.with_changes(
        name=cst.AsName(cst.Name(name)),
        whitespace_before_colon=handler.whitespace_before_colon,
    )
    return Fix(handler, named, safety)


def _is_caught_here(handler: cst.CSTNode, place: Place) -> bool:
    """Whether a ``try`` of the same function may catch what is raised: it may look at the context, as tests do."""
    inner = handler
    for outer in place.ancestors(handler):
        if isinstance(outer, (cst.FunctionDef, cst.ClassDef)):
            return False
        if isinstance(outer, (cst.Try, cst.TryStar)) and outer.body is inner and outer.handlers:
            return True
        inner = outer
    return False


def _with_cause(statement: cst.Raise, name: str) -> cst.Raise:
    return statement.with_changes(cause=cst.From(cst.Name(name)))


def _is_rebound(handler: ast.ExceptHandler) -> bool:
    """Whether the name of the caught exception is bound anew, or unbound, inside the handler."""
    return any(
        (isinstance(node, ast.Name) and node.id == handler.name and not isinstance(node.ctx, ast.Load))
        or (isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name == handler.name)
        or (isinstance(node, ast.alias) and (node.asname or node.name.partition(".")[0]) == handler.name)
        or (isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and node.name == handler.name)
        for node in walk_block(handler.body)
    )


def _free_names(handler: ast.ExceptHandler, place: Place, statement: cst.Raise) -> Iterator[str]:
    """The names to give the exception, the file's favourite first, that mean nothing outside of other handlers."""
    nodes = list(ast.walk(place.file.source.tree))
    used = Counter(node.name for node in nodes if isinstance(node, ast.ExceptHandler))
    scope = place.scope_of(statement)
    around = scope.function or scope.module
    home = list(ast.walk(around.node))
    inside = set(ast.walk(handler))
    for name in sorted(_NAMES, key=lambda name: -used[name]):
        apart = {
            found
            for other in home
            if isinstance(other, ast.ExceptHandler) and other.name == name and other not in inside
            for found in ast.walk(other)
        }
        if handler not in apart and not any(_is_named(node, name) and node not in apart for node in home):
            yield name


def _is_named(node: ast.AST, name: str) -> bool:
    return (
        name in (getattr(node, "id", None), getattr(node, "arg", None), getattr(node, "name", None))
        or (isinstance(node, ast.alias) and name in (node.asname, node.name.partition(".")[0]))
        or (isinstance(node, (ast.Global, ast.Nonlocal)) and name in node.names)
        or (isinstance(node, ast.MatchMapping) and node.rest == name)
    )
