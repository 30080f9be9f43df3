"""Make the value for each key, in a comprehension."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import libcst as cst

from antipatterns.fix.fixer import Fix, Fixer, Outcome, Refusal
from antipatterns.semantics.mutability import makes_mutable
from antipatterns.semantics.names import resolve_name
from antipatterns.semantics.scope import ScopeKind

if TYPE_CHECKING:
    from antipatterns.fix.place import Place
    from antipatterns.semantics.scope import Scope

FIXER = Fixer(__name__, cst.Call)

_LONGEST = 60  # what is longer, and stood on several lines, stays on several
_VARIABLES = ("key", "name", "item", "one_key")
# Making these again and again gives equal values and does nothing else.
_REPEATABLE = (
    *(ast.List, ast.Dict, ast.Set, ast.Tuple, ast.Constant, ast.Name, ast.Attribute, ast.JoinedStr, ast.FormattedValue),
    *(ast.UnaryOp, ast.BinOp, ast.expr_context, ast.operator, ast.unaryop, ast.Call, ast.keyword),
)


@FIXER.register
def fix_shared_fromkeys_value(call: cst.Call, place: Place) -> Outcome:
    """``{key: [] for key in keys}``."""
    node = place.ast_node_like(call)
    if not isinstance(node, ast.Call) or len(call.args) != 2:
        return Refusal("libcst sees something else at this place")
    scope = place.scope_of(call)
    reason = _objection_to(node, scope)
    if reason is not None:
        return Refusal(reason)
    if "#" in place.chunk.module.code_for_node(call):
        return Refusal("a comment stands in it")
    names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    variable = next((name for name in _VARIABLES if name not in names and scope.lookup(name) is None), None)
    if variable is None:
        return Refusal("no name is left for the key")
    keys, value = (argument.value for argument in call.args)
    if isinstance(keys, cst.GeneratorExp) and not keys.lpar:
        return Refusal("the keys come from a generator without parentheses")
    loop = cst.CompFor(cst.Name(variable), _in_parentheses(keys))
    comprehension = cst.DictComp(cst.Name(variable), value, loop)
    if len(place.chunk.module.code_for_node(comprehension)) > _LONGEST:
        comprehension = _over_lines(comprehension, call)
    left, right = call.lpar, call.rpar
    if not left and isinstance(place.chunk.parents.get(call), cst.FormattedStringExpression):
        left, right = [cst.LeftParen()], [cst.RightParen()]  # two braces in an f-string are text
    return Fix(call, comprehension.with_changes(lpar=left, rpar=right))


def _over_lines(comprehension: cst.DictComp, call: cst.Call) -> cst.DictComp:
    """A comprehension whose parts begin on lines of their own, as far as the arguments of the call did."""
    first, last = call.args
    between = first.comma.whitespace_after if isinstance(first.comma, cst.Comma) else cst.SimpleWhitespace(" ")
    behind = last.comma.whitespace_after if isinstance(last.comma, cst.Comma) else last.whitespace_after_arg
    if not isinstance(between, cst.ParenthesizedWhitespace):
        return comprehension
    return comprehension.with_changes(
        lbrace=cst.LeftCurlyBrace(whitespace_after=call.whitespace_before_args),
        for_in=comprehension.for_in.with_changes(whitespace_before=between),
        rbrace=cst.RightCurlyBrace(whitespace_before=behind),
    )


def _objection_to(call: ast.Call, scope: Scope) -> str | None:
    if resolve_name(call.func, scope) != "builtins.dict.fromkeys":
        return "it makes something else than a dict"
    keys, value = call.args
    if not makes_mutable(value, scope) or not all(isinstance(part, _REPEATABLE) for part in ast.walk(value)):
        return f"{ast.unparse(value)} may not be the same when it is made for each key"
    calls = [part for part in ast.walk(value) if isinstance(part, ast.Call)]
    if not all(makes_mutable(part, scope) and all(_is_plain(item, scope) for item in part.args) for part in calls):
        return f"{ast.unparse(value)} may not be the same when it is made for each key"
    if scope.kind is ScopeKind.CLASS:
        return "a comprehension in a class body does not see the names of the class"
    if any(isinstance(part, (ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr)) for part in ast.walk(keys)):
        return "the keys do more than give a value"
    return None


def _is_plain(argument: ast.expr, scope: Scope) -> bool:
    """Whether an argument of a constructor gives the same each time it is asked: not an iterator."""
    if isinstance(argument, (ast.List, ast.Tuple, ast.Dict, ast.Constant)):
        return True
    return (resolve_name(argument, scope) or "").startswith("builtins.")


def _in_parentheses(keys: cst.BaseExpression) -> cst.BaseExpression:
    """A conditional expression or lambda may not stand bare behind ``in``."""
    if isinstance(keys, (cst.IfExp, cst.Lambda)) and not keys.lpar:
        return keys.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    return keys
