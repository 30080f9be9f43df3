"""The opposite of a condition, written as a person would."""

from __future__ import annotations

import libcst as cst

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

    ``a is not b and c != d`` for ``a is b or c == d``: where each part has an opposite, they are turned one by one.
    """
    if isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not) and not test.lpar:
        return _without_parentheses(test.expression)
    turned: cst.BaseExpression | None = _opposite_of(test) if not test.lpar else None
    if turned is None and isinstance(test, cst.BooleanOperation):
        turned = _turned_parts(test)
    if turned is not None:
        return turned
    if isinstance(test, _LOOSER_THAN_NOT) and not test.lpar:
        test = test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
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
        _turned_parts(part)
        if isinstance(part, cst.BooleanOperation) and type(part.operator) is type(test.operator) and not part.lpar
        else _opposite_of(part)
        for part in (test.left, test.right)
    ]
    if any(part is None for part in parts):
        return None
    other = cst.And if isinstance(test.operator, cst.Or) else cst.Or
    operator = other(test.operator.whitespace_before, test.operator.whitespace_after)
    return test.with_changes(left=parts[0], right=parts[1], operator=operator)


def _is_plain(operator: cst.BaseCompOp) -> bool:
    """Whether an operator has a single blank on each side."""
    sides = (getattr(operator, "whitespace_before", None), getattr(operator, "whitespace_after", None))
    return all(isinstance(side, cst.SimpleWhitespace) and side.value == " " for side in sides)


def _without_parentheses(test: cst.BaseExpression) -> cst.BaseExpression:
    """Without the parentheses that ``not`` needed, where all stands on one line."""
    if len(test.lpar) != 1 or "\n" in (code := cst.Module([]).code_for_node(test)) or "\r" in code:
        return test
    return test.with_changes(lpar=[], rpar=[])
