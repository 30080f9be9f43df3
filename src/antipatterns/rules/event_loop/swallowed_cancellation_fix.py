"""Pass a cancellation on: in a handler of its own in front of a broad one, or at the end of the one that names it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import libcst as cst
import libcst.matchers as m

from antipatterns.finding import Safety
from antipatterns.fix.comments import speaks_to_readers
from antipatterns.fix.fixer import Fix, Fixer, Import, Outcome, Refusal
from antipatterns.knowledge.exceptions import CANCELLATION_OF, CANCELLATIONS
from antipatterns.rules.event_loop.swallowed_cancellation import framework_that_cancels, goes_on_behind
from antipatterns.semantics.control_flow import walk_block
from antipatterns.semantics.exceptions import is_everything

if TYPE_CHECKING:
    from collections.abc import Sequence

    from antipatterns.fix.place import Place
    from antipatterns.semantics.scope import Scope

FIXER = Fixer(__name__, cst.ExceptHandler, cst.ExceptStarHandler)

_SAYS_NOTHING = m.OneOf(
    m.Pass(),
    m.Continue(),
    m.Break(),
    m.Return(value=None),
    m.Return(value=m.Name("None")),
    m.Expr(value=m.Ellipsis()),
)

_SAY_NOTHING = [m.AtLeastN(_SAYS_NOTHING, n=1)]
_LINE_SAYS_NOTHING = m.SimpleStatementLine(body=_SAY_NOTHING) | m.SimpleStatementSuite(body=_SAY_NOTHING)


@FIXER.register
def fix_swallowed_cancellation(handler: cst.ExceptHandler | cst.ExceptStarHandler, place: Place) -> Outcome:
    """Take it out of a tuple, raise it in front of a broad handler, or at the end of a narrow one."""
    safety = place.finding.fix
    if safety is None:
        return Refusal("it does more than log, and a cancelled task would miss that: raise again at its end")
    node = place.ast_node(handler, ast.ExceptHandler)
    if node is None:
        return Refusal("libcst sees something else at this place")
    if _says_nothing(handler.body) and goes_on_behind(node, place.file, place.scope_of(handler)):
        return Refusal("what follows it may clean up, and would not run: put that into a finally block first")
    is_broad = is_everything(node.type, place.file, place.scope_of(handler))
    name = None if is_broad else _name_set_in(node, place.scope_of(handler))
    if name is not None:
        return Refusal(f"it sets {name} for what follows, which would not run")
    if not isinstance(node.type, ast.Tuple) and not is_broad:
        if _is_explained(handler.body):
            return Refusal("the comment in it tells why nothing is done")
        body = _with_raise(handler.body)
        return body if isinstance(body, Refusal) else Fix(handler.body, body, Safety.UNSAFE)
    if isinstance(handler, cst.ExceptStarHandler):
        return Refusal("except* goes on with the other exceptions of the group")
    return _take_out(handler, node, place, safety) or _put_in_front(handler, place, safety)


def _is_explained(body: cst.BaseSuite) -> bool:
    """Whether a handler that does nothing has a comment that is meant for readers."""
    return _says_nothing(body) and any(speaks_to_readers(comment.value) for comment in m.findall(body, m.Comment()))  # type: ignore[attr-defined]


def _says_nothing(body: cst.BaseSuite) -> bool:
    lines = body.body if isinstance(body, cst.IndentedBlock) else [body]
    return all(m.matches(line, _LINE_SAYS_NOTHING) for line in lines)


def _name_set_in(handler: ast.ExceptHandler, scope: Scope) -> str | None:
    """A local name that a handler gives a value."""
    shared = scope.global_names | scope.nonlocal_names
    names = (
        node.id for node in walk_block(handler.body) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    )
    return next((name for name in names if name not in shared), None)


def _take_out(handler: cst.ExceptHandler, node: ast.ExceptHandler, place: Place, safety: Safety) -> Fix | None:
    """The handler without the cancellation among its classes, if it then goes past all handlers."""
    scope = place.scope_of(handler)
    attempt = place.file.parents_in(place.file.module).get(node)
    classes = handler.type
    if not isinstance(attempt, ast.Try) or not isinstance(classes, cst.Tuple) or not isinstance(node.type, ast.Tuple):
        return None
    behind = attempt.handlers[attempt.handlers.index(node) :]
    if any(is_everything(item, place.file, scope) for one in behind for item in _classes_of(one)):
        return None
    kept = [
        element
        for element, item in zip(classes.elements, node.type.elts, strict=True)
        if place.file.resolve(item.func if isinstance(item, ast.Call) else item, scope) not in CANCELLATIONS
    ]
    if not kept or len(kept) == len(classes.elements) or m.findall(classes, m.Comment()):
        return None
    kept[-1] = kept[-1].with_changes(comma=classes.elements[-1].comma)
    rest = kept[0].value if len(kept) == 1 else classes.with_changes(elements=kept)
    blank = cst.SimpleWhitespace(handler.whitespace_after_except.value or " ")
    return Fix(handler, handler.with_changes(type=rest, whitespace_after_except=blank), safety)


def _classes_of(handler: ast.ExceptHandler) -> list[ast.expr | None]:
    return list(handler.type.elts) if isinstance(handler.type, ast.Tuple) else [handler.type]


def _put_in_front(handler: cst.ExceptHandler, place: Place, safety: Safety) -> Outcome:
    """A handler that only raises, with the class that the file's framework cancels with."""
    framework = framework_that_cancels(place.file)
    dotted, call = CANCELLATION_OF[framework]
    scope = place.scope_of(handler)
    known = place.name_for(dotted, scope)
    if known is None and not place.is_free(framework, scope):
        return Refusal(f"the name {framework} means something else here")
    raising = cst.Raise()
    body: cst.BaseSuite = cst.SimpleStatementSuite([raising])
    if isinstance(handler.body, cst.IndentedBlock):
        body = cst.IndentedBlock([cst.SimpleStatementLine([raising])], indent=handler.body.indent)
    first = cst.ExceptHandler(body, type=cst.parse_expression((known or dotted) + call))
    imports = () if known else (Import(framework),)
    return Fix(handler, cst.FlattenSentinel([first, handler]), safety, imports=imports)


def _with_raise(body: cst.BaseSuite) -> cst.BaseSuite | Refusal:
    """The body of a handler with ``raise`` at its end, in the place of what says nothing."""
    if isinstance(body, cst.SimpleStatementSuite):
        raised = _end_with_raise(body.body)
        return raised if isinstance(raised, Refusal) else body.with_changes(body=raised)
    assert isinstance(body, cst.IndentedBlock)
    last = body.body[-1]
    if isinstance(last, cst.SimpleStatementLine) and m.matches(last.body[-1], _SAYS_NOTHING | m.Return()):
        raised = _end_with_raise(last.body)
        if isinstance(raised, Refusal):
            return raised
        return body.with_changes(body=[*body.body[:-1], last.with_changes(body=raised)])
    return body.with_changes(body=[*body.body, cst.SimpleStatementLine([cst.Raise()])])


def _end_with_raise(statements: Sequence[cst.BaseSmallStatement]) -> list[cst.BaseSmallStatement] | Refusal:
    *others, last = statements
    if m.matches(last, _SAYS_NOTHING):
        return [*others, cst.Raise(semicolon=last.semicolon)]
    if isinstance(last, cst.Return):
        return Refusal("the handler returns a value")
    return [
        *others,
        last.with_changes(semicolon=cst.Semicolon(whitespace_after=cst.SimpleWhitespace(" "))),
        cst.Raise(),
    ]
