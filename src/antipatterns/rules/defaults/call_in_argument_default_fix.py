"""Make the default ``None``, and the call inside the function, where it is made each time."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import libcst as cst

from antipatterns.finding import Safety
from antipatterns.fix.argument_default import find_site, objection_to_none, objection_to_signature, replace_default
from antipatterns.fix.default_value import objection_to_later_call
from antipatterns.fix.fixer import Fixer, Outcome, Refusal
from antipatterns.fix.parameter import Parameter
from antipatterns.knowledge.signature_readers import SIGNATURE_READERS
from antipatterns.semantics.names import resolve_name, scope_of_definition

if TYPE_CHECKING:
    from antipatterns.fix.argument_default import Site
    from antipatterns.fix.place import Place

FIXER = Fixer(
    __name__,
    *(cst.Call, cst.Attribute, cst.Subscript, cst.BinaryOperation, cst.UnaryOperation, cst.BooleanOperation),
    *(cst.Comparison, cst.IfExp, cst.NamedExpr, cst.FormattedString, cst.ConcatenatedString),
    *(cst.List, cst.Tuple, cst.Dict, cst.Set, cst.ListComp, cst.SetComp, cst.DictComp),
    always_unsafe=True,
)


@FIXER.register
def fix_call_in_argument_default(default: cst.BaseExpression, place: Place) -> Outcome:
    """``None`` in the signature, a guard below the docstring, and an annotation that admits ``None``."""
    if any(isinstance(node, cst.AnnAssign) for node in place.ancestors(default)):
        return Refusal("a field needs the factory of its library")
    site = find_site(default, place)
    if isinstance(site, Refusal):
        return site
    parameter = Parameter(site.function, site.argument.arg)
    inside = scope_of_definition(site.scope, site.function)
    if inside is None:
        return Refusal("the function's scope is not known")
    reason = (
        _objection_to_markers(site)
        or objection_to_signature(site)
        or objection_to_later_call(site.value, site.scope, inside)
        or objection_to_none(site, parameter)
    )
    if reason is not None:
        return Refusal(reason)
    return replace_default(site, Safety.UNSAFE, needs_guard=not parameter.is_unused)


def _objection_to_markers(site: Site) -> str | None:
    """Why a default such as ``Query(time())`` has to stay in the signature."""
    calls = [part for part in ast.walk(site.value) if isinstance(part, ast.Call)]
    packages = {(resolve_name(call.func, site.scope) or "").partition(".")[0] for call in calls}
    return "a framework reads the default" if packages & SIGNATURE_READERS else None
