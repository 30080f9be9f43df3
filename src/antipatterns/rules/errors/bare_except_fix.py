"""Name what a bare ``except`` catches."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import libcst as cst

from antipatterns.finding import Safety
from antipatterns.fix.fixer import Fix, Fixer, Outcome, Refusal
from antipatterns.knowledge.exceptions import KEEPERS
from antipatterns.semantics.control_flow import walk_block
from antipatterns.semantics.exceptions import is_broad

if TYPE_CHECKING:
    from antipatterns.fix.place import Place
    from antipatterns.semantics.scope import Scope

FIXER = Fixer(__name__, cst.ExceptHandler)

_ENDS = frozenset({"os._exit", "os.abort"})
# What takes a value to keep it, or to hand it to somebody else.
_TAKES = frozenset({"append", "appendleft", "add", "put", "put_nowait", "send", "set_exception", "set_result"})
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
    return Fix(handler, named, Safety.SAFE)


def _passes_on(handler: ast.ExceptHandler, attempt: ast.Try, place: Place, scope: Scope) -> bool:
    """Whether a handler does not swallow what it catches: it raises, keeps it for later, or ends the process."""
    inside = list(walk_block(handler.body))
    if any(isinstance(node, ast.Raise) for node in inside):
        return True
    if any(_calls(node, _ENDS, place, scope) for node in (*inside, *walk_block(attempt.finalbody))):
        return True
    if any(_calls(node, KEEPERS, place, scope) and not node.args for node in inside if isinstance(node, ast.Call)):
        return True
    return _keeps_exception(handler, place, scope)


def _keeps_exception(handler: ast.ExceptHandler, place: Place, scope: Scope) -> bool:
    """Whether ``sys.exc_info()`` outlives the handler: in an attribute, a container, a name that is read outside."""
    names: set[str] = set()

    def holds_it(value: ast.AST) -> bool:
        return any(
            (isinstance(part, ast.Name) and part.id in names) or _calls(part, _CAUGHT, place, scope)
            for part in ast.walk(value)
        )

    inside = set(ast.walk(handler))
    for node in sorted((node for node in inside if isinstance(node, (ast.Assign, ast.Call))), key=_place):
        if isinstance(node, ast.Assign) and holds_it(node.value):
            targets = [part for target in node.targets for part in _unpacked(target)]
            if not all(isinstance(target, ast.Name) for target in targets):
                return True
            names.update(target.id for target in targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.Call) and _keeps_arguments(node) and any(map(holds_it, node.args)):
            return True
    return any(
        isinstance(node, ast.Name) and node.id in names and isinstance(node.ctx, ast.Load) and node not in inside
        for node in ast.walk(scope.node)
    )


def _keeps_arguments(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in _TAKES


def _place(node: ast.Assign | ast.Call) -> tuple[int, int]:
    return (node.lineno, node.col_offset)


def _unpacked(target: ast.expr) -> list[ast.expr]:
    return list(target.elts) if isinstance(target, (ast.Tuple, ast.List)) else [target]


def _calls(node: ast.AST, names: frozenset[str], place: Place, scope: Scope) -> bool:
    return isinstance(node, ast.Call) and place.file.resolve(node.func, scope) in names
