"""Take needless codes out of ``noqa`` comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from antipatterns.fix.comments import without_codes
from antipatterns.fix.fixer import Edit, Fix, Fixer, Outcome, Refusal
from antipatterns.rules.run.unused_suppression import unused_codes

if TYPE_CHECKING:
    from antipatterns.fix.place import Place

FIXER = Fixer(__name__, cst.Comment)


@FIXER.register
def fix_unused_suppression(comment: cst.Comment, place: Place) -> Outcome:
    """The comment without the codes; if nothing is left, the line without the comment; if that is empty, no line."""
    unused = unused_codes(place.finding)
    if not unused:
        return Refusal("the reason is for a person to write")
    start = place.finding.column - place.span_of(comment)[1]
    left = without_codes(comment.value, start, unused)
    if isinstance(left, Refusal):
        return left
    if left:
        return Fix(comment, comment.with_changes(value=left))
    around = place.chunk.parents[comment]
    if isinstance(around, cst.TrailingWhitespace):
        bare = around.with_changes(comment=None, whitespace=cst.SimpleWhitespace(""))
        return Fix(around, bare, also=_without_blanks_before(around, place))
    return Fix(around, cst.RemoveFromParent())


def _without_blanks_before(around: cst.TrailingWhitespace, place: Place) -> tuple[Edit, ...]:
    """The edit of a semicolon at the end of the line, to which libcst gives the blanks behind it."""
    line = place.chunk.parents[around]
    last = line.body[-1] if isinstance(line, cst.SimpleStatementLine | cst.SimpleStatementSuite) else None
    if last is None or not isinstance(last.semicolon, cst.Semicolon):
        return ()
    return (Edit(last.semicolon, last.semicolon.with_changes(whitespace_after=cst.SimpleWhitespace(""))),)
