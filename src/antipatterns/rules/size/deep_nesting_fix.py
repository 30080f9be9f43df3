"""Turn ``if`` statements around into guard clauses, so that what they hold goes one level out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import libcst as cst

from antipatterns.fix.comments import speaks_to_readers
from antipatterns.fix.fixer import Fix, Fixer, Outcome, Refusal
from antipatterns.fix.negation import negated
from antipatterns.rules.size.deep_nesting import limit_of
from antipatterns.semantics.nesting import DeepPath, Guard, guards_around, paths_deeper_than

if TYPE_CHECKING:
    import ast

    from antipatterns.fix.place import Place

FIXER = Fixer(__name__, cst.If, cst.For, cst.While, cst.With, cst.Try, cst.TryStar, cst.Match)

_TOO_FEW = "too few of the blocks around it can be turned into guard clauses"


@FIXER.register
def fix_deep_nesting(block: cst.BaseCompoundStatement, place: Place) -> Outcome:
    """Guard clauses in the place of as many ``if`` statements around a block as it takes."""
    deep = _path_to(block, place)
    if deep is None:
        return Refusal("libcst sees something else at this place")
    limit = limit_of(place.file)
    guards = guards_around(deep.blocks, place.file.parents_in(place.file.module))
    wanted = deep.depth - limit
    by_place = {place.span_of(node)[:2]: node for node in place.ancestors(block) if isinstance(node, cst.If)}
    reason = _TOO_FEW
    chosen: dict[cst.CSTNode, str] = {}
    for guard in guards:
        node = by_place.get(_start(guard, place))
        objection = "libcst sees something else at this place" if node is None else _objection_to(node)
        if _has_comment_at_end(guard.statement, place):
            objection = "a comment stands at its end"
        if node is not None and objection is None:
            chosen[node] = guard.way_out
        reason = objection or reason
        if len(chosen) == wanted:
            break
    if len(chosen) < wanted:
        return Refusal(reason)
    outermost = next(node for node in reversed(list(place.ancestors(block))) if node in chosen)
    replacement: Any = outermost.visit(_Guards(chosen, place.chunk.module.default_indent))
    return Fix(outermost, replacement)


def _path_to(block: cst.CSTNode, place: Place) -> DeepPath | None:
    """The statements around the block, as the rule sees them."""
    start = place.span_of(block)[:2]
    tree = place.file.source.tree
    holders = [scope.node for scope in _scopes_in(place)]
    for holder in (tree, *holders):
        for deep in paths_deeper_than(limit_of(place.file), getattr(holder, "body", ())):
            last = deep.blocks[-1]
            if (last.lineno, place.file.source.column_at(last.lineno, last.col_offset)) == start:
                return deep
    return None


def _scopes_in(place: Place) -> list[Any]:
    """The scopes of functions and classes around the place of the finding, from the outside in."""
    line = place.finding.line
    found: list[Any] = []
    waiting = [place.file.module]
    while waiting:
        for child in waiting.pop().children:
            if getattr(child.node, "lineno", line + 1) <= line <= getattr(child.node, "end_lineno", 0):
                if isinstance(getattr(child.node, "body", None), list):
                    found.append(child)
                waiting.append(child)
    return found


def _start(guard: Guard, place: Place) -> tuple[int, int]:
    statement = guard.statement
    return (statement.lineno, place.file.source.column_at(statement.lineno, statement.col_offset))


def _objection_to(node: cst.If) -> str | None:
    """Why comments keep an ``if`` from being turned around."""
    if not isinstance(node.body, cst.IndentedBlock):
        return "it stands on one line with its body"
    comment = node.body.header.comment
    if comment is not None and not speaks_to_readers(comment.value):
        return "a comment behind its test tells tools something of its body"
    lines = list(node.body.footer)
    if isinstance(node.orelse, cst.Else):
        if node.body.header.comment is not None or not isinstance(node.orelse.body, cst.IndentedBlock):
            return "a comment stands at its branches"
        lines += [*node.orelse.leading_lines, *node.orelse.body.footer]
    return "a comment stands at its end" if any(line.comment is not None for line in lines) else None


def _has_comment_at_end(statement: ast.If, place: Place) -> bool:
    """Whether comments behind an ``if`` are indented as its body: they would end up in something else."""
    number = (statement.end_lineno or statement.lineno) + 1
    while line := place.file.source.line_at(number):
        text = line.strip()
        if text and not text.startswith("#"):
            return False
        if text and len(line) - len(line.lstrip()) > statement.col_offset:
            return True
        number += 1
    return False


class _Guards(cst.CSTTransformer):
    """Put a guard and the body in the place of each chosen ``if``."""

    def __init__(self, chosen: dict[cst.CSTNode, str], indent: str) -> None:
        self.chosen = chosen
        self.indent = indent

    def on_leave(self, original_node: cst.CSTNode, updated_node: cst.CSTNode) -> Any:
        if original_node in self.chosen and isinstance(updated_node, cst.If):
            return _turned_around(updated_node, self.chosen[original_node], self.indent)
        return super().on_leave(original_node, updated_node)


class _OneLevelOut(cst.CSTTransformer):
    """Take an indentation off the lines behind backslashes, which libcst leaves where they were."""

    def __init__(self, indent: str) -> None:
        self.line_start = re.compile(rf"(\\\r?\n){re.escape(indent)}")

    def leave_SimpleWhitespace(  # noqa: N802 - libcst's name
        self, original_node: cst.SimpleWhitespace, updated_node: cst.SimpleWhitespace
    ) -> cst.SimpleWhitespace:
        if "\\" not in original_node.value:
            return updated_node
        return updated_node.with_changes(value=self.line_start.sub(r"\1", updated_node.value))


def _turned_around(node: cst.If, way_out: str, indent: str) -> cst.FlattenSentinel[cst.BaseStatement]:
    body = node.body
    assert isinstance(body, cst.IndentedBlock)
    freed: Any = body.visit(_OneLevelOut(indent if body.indent is None else body.indent))
    comment = body.header.comment
    if comment is not None:
        # It is about the body, and would say the contrary of the guard.
        lines = (*freed.body[0].leading_lines, cst.EmptyLine(comment=comment))
        freed = freed.with_deep_changes(freed.body[0], leading_lines=lines)
        body = body.with_changes(header=cst.TrailingWhitespace(newline=body.header.newline))
    guard_body: cst.BaseSuite
    if isinstance(node.orelse, cst.Else):
        guard_body = node.orelse.body
    else:
        statement = cst.parse_statement(way_out)
        guard_body = body.with_changes(body=[statement], footer=[])
    guard = node.with_changes(
        test=negated(node.test),
        body=guard_body,
        orelse=None,
        whitespace_before_test=cst.SimpleWhitespace(" "),
    )
    return cst.FlattenSentinel([guard, *freed.body])
