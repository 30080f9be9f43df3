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
    """``not x`` for ``x``, ``x`` for ``not x``, ``a is not b`` for ``a is b``, ``not (a or b)`` for ``a or b``."""
    if isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not) and not test.lpar:
        return _without_parentheses(test.expression)
    if isinstance(test, cst.Comparison) and len(test.comparisons) == 1 and not test.lpar:
        target = test.comparisons[0]
        opposite = _OPPOSITES.get(type(target.operator))
        if opposite is not None and _is_plain(target.operator):
            return test.with_changes(comparisons=[target.with_changes(operator=opposite())])
    if isinstance(test, _LOOSER_THAN_NOT) and not test.lpar:
        test = test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    return cst.UnaryOperation(cst.Not(), test)


def _is_plain(operator: cst.BaseCompOp) -> bool:
    """Whether an operator has a single blank on each side."""
    sides = (getattr(operator, "whitespace_before", None), getattr(operator, "whitespace_after", None))
    return all(isinstance(side, cst.SimpleWhitespace) and side.value == " " for side in sides)


def _without_parentheses(test: cst.BaseExpression) -> cst.BaseExpression:
    """Without the parentheses that ``not`` needed, where all stands on one line."""
    if len(test.lpar) != 1 or "\n" in (code := cst.Module([]).code_for_node(test)) or "\r" in code:
        return test
    return test.with_changes(lpar=[], rpar=[])
