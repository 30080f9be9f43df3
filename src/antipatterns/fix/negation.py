"""The opposite of a condition, written as a person would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

if TYPE_CHECKING:
    from collections.abc import Iterator

# These are exactly the opposite of each other; ``<`` and ``>=`` are not, for what cannot be compared.
_OPPOSITES: dict[type[cst.BaseCompOp], type[cst.BaseCompOp]] = {
    cst.Is: cst.IsNot,
    cst.IsNot: cst.Is,
    cst.In: cst.NotIn,
    cst.NotIn: cst.In,
    cst.Equal: cst.NotEqual,
    cst.NotEqual: cst.Equal,
}
_LOOSER_THAN_NOT = (cst.BooleanOperation, cst.IfExp, cst.Lambda, cst.NamedExpr)


def negated(test: cst.BaseExpression) -> cst.BaseExpression:
    """``not x`` for ``x``, ``x`` for ``not x``, ``a is not b`` for ``a is b``, ``not (a or b)`` for ``a or b``.

    ``a is not b and c != d`` for ``a is b or c == d``: where each part has an opposite, they are turned one by one;
    ``a and not b`` for ``not a or b``, too, as two negations are hard to read.
    """
    if isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not) and not test.lpar:
        return _without_parentheses(test.expression)
    turned: cst.BaseExpression | None = _opposite_of(test) if not test.lpar else None
    if turned is None and isinstance(test, cst.BooleanOperation):
        turned = _turned_parts(test) or _without_two_negations(test)
    if turned is not None:
        return turned
    if isinstance(test, _LOOSER_THAN_NOT) and not test.lpar:
        test = _in_parentheses(test)
    return cst.UnaryOperation(cst.Not(), test)


def _opposite_of(test: cst.BaseExpression) -> cst.Comparison | None:
    """The comparison that is the exact opposite of another, if there is one."""
    if not isinstance(test, cst.Comparison) or len(test.comparisons) != 1:
        return None
    target = test.comparisons[0]
    opposite = _OPPOSITES.get(type(target.operator))
    if opposite is None or not _is_plain(target.operator):
        return None
    return test.with_changes(comparisons=[target.with_changes(operator=opposite())])


def _turned_parts(test: cst.BooleanOperation) -> cst.BooleanOperation | None:
    """``and`` for ``or`` between comparisons that all have an opposite, and the other way round."""
    parts = [
        _turned_parts(part) if isinstance(part, cst.BooleanOperation) and _goes_on(part, test) else _opposite_of(part)
        for part in (test.left, test.right)
    ]
    if any(part is None for part in parts):
        return None
    other = cst.And if isinstance(test.operator, cst.Or) else cst.Or
    operator = other(test.operator.whitespace_before, test.operator.whitespace_after)
    return test.with_changes(left=parts[0], right=parts[1], operator=operator)


def _without_two_negations(test: cst.BooleanOperation) -> cst.BooleanOperation | None:
    """The opposite of ``not a or b`` and the like, where one part at least is a negation."""
    if test.lpar or not any(_is_negation(part) for part in _parts_of(test)):
        return None
    return _all_turned(test)


def _all_turned(test: cst.BooleanOperation) -> cst.BooleanOperation:
    left, right = (
        _all_turned(part) if isinstance(part, cst.BooleanOperation) and _goes_on(part, test) else _turned_part(part)
        for part in (test.left, test.right)
    )
    other = cst.And if isinstance(test.operator, cst.Or) else cst.Or
    operator = other(test.operator.whitespace_before, test.operator.whitespace_after)
    return test.with_changes(left=left, right=right, operator=operator)


def _turned_part(part: cst.BaseExpression) -> cst.BaseExpression:
    turned = part.expression if isinstance(part, cst.UnaryOperation) and _is_negation(part) else negated(part)
    return _in_parentheses(turned) if isinstance(turned, _LOOSER_THAN_NOT) and not turned.lpar else turned


def _parts_of(test: cst.BooleanOperation) -> Iterator[cst.BaseExpression]:
    """What an operator joins: two parts, or more without parentheses."""
    for part in (test.left, test.right):
        if isinstance(part, cst.BooleanOperation) and _goes_on(part, test):
            yield from _parts_of(part)
        else:
            yield part


def _goes_on(part: cst.BooleanOperation, test: cst.BooleanOperation) -> bool:
    return type(part.operator) is type(test.operator) and not part.lpar


def _is_negation(part: cst.BaseExpression) -> bool:
    return isinstance(part, cst.UnaryOperation) and isinstance(part.operator, cst.Not) and not part.lpar


def _in_parentheses(test: cst.BaseExpression) -> cst.BaseExpression:
    return test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def _is_plain(operator: cst.BaseCompOp) -> bool:
    """Whether an operator has a single blank on each side."""
    sides = (getattr(operator, "whitespace_before", None), getattr(operator, "whitespace_after", None))
    return all(isinstance(side, cst.SimpleWhitespace) and side.value == " " for side in sides)


def _without_parentheses(test: cst.BaseExpression) -> cst.BaseExpression:
    """Without the parentheses that ``not`` needed, where all stands on one line."""
    if len(test.lpar) != 1 or "\n" in (code := cst.Module([]).code_for_node(test)) or "\r" in code:
        return test
    return test.with_changes(lpar=[], rpar=[])
