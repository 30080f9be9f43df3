"""Name what a bare ``except`` catches."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import libcst as cst

from antipatterns.exceptions import is_broad
from antipatterns.fix.fixer import Fix, Fixer, Outcome, Refusal

if TYPE_CHECKING:
    from antipatterns.fix.place import Place
    from antipatterns.scope import Scope

FIXER = Fixer(__name__, cst.ExceptHandler)

_ENDS = frozenset({"os._exit", "os.abort"})
_CAUGHT = frozenset({"sys.exc_info", "sys.exception"})


@FIXER.register
def fix_bare_except(handler: cst.ExceptHandler, place: Place) -> Outcome:
    """``except Exception:``, or ``except BaseException:`` where nothing is swallowed, or Exception is caught before."""
    node = place.ast_node(handler, ast.ExceptHandler)
    attempt = None if node is None else place.file.parents_in(place.file.module).get(node)
    if handler.type is not None or not isinstance(attempt, ast.Try):
        return Refusal("libcst sees something else at this place")
    scope = place.scope_of(handler)
    before = [other for other in attempt.handlers if other is not node]
    is_rest = any(is_broad(other.type, place.file, scope) for other in before)
    name = "BaseException" if is_rest or _passes_on(node, attempt, place, scope) else "Exception"
    if scope.lookup(name) is not None:
        return Refusal(f"{name} is not the builtin here")
    named = handler.with_changes(
        type=cst.Name(name),
        whitespace_after_except=cst.SimpleWhitespace(" "),
        whitespace_before_colon=handler.whitespace_after_except,
    )
    return Fix(handler, named)


def _passes_on(handler: ast.ExceptHandler, attempt: ast.Try, place: Place, scope: Scope) -> bool:
    """Whether a handler does not swallow what it catches: it raises, keeps it for later, or ends the process."""
    inside = [node for statement in handler.body for node in ast.walk(statement)]
    if any(isinstance(node, ast.Raise) for node in inside):
        return True
    behind = [node for statement in attempt.finalbody for node in ast.walk(statement)]
    if any(_calls(node, _ENDS, place, scope) for node in (*inside, *behind)):
        return True
    return any(_keeps_exception(node, handler, place, scope) for node in inside)


def _keeps_exception(node: ast.AST, handler: ast.ExceptHandler, place: Place, scope: Scope) -> bool:
    """Whether ``sys.exc_info()`` outlives the handler: in an attribute, or a name that is read outside."""
    if not isinstance(node, ast.Assign) or not any(
        _calls(part, _CAUGHT, place, scope) for part in ast.walk(node.value)
    ):
        return False
    names = {part.id for target in node.targets for part in ast.walk(target) if isinstance(part, ast.Name)}
    inside = set(ast.walk(handler))
    return any(not isinstance(target, (ast.Name, ast.Tuple)) for target in node.targets) or any(
        isinstance(part, ast.Name) and part.id in names and isinstance(part.ctx, ast.Load) and part not in inside
        for part in ast.walk(scope.node)
    )


def _calls(node: ast.AST, names: frozenset[str], place: Place, scope: Scope) -> bool:
    return isinstance(node, ast.Call) and place.file.resolve(node.func, scope) in names
