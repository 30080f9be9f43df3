"""Make the default ``None``, and the value inside the function, where each call gets its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from antipatterns.finding import Safety
from antipatterns.fix.argument_default import (
    Site,
    existing_guard,
    find_site,
    objection_to_none,
    objection_to_signature,
    replace_default,
)
from antipatterns.fix.default_value import keys_of, objection_to_moving
from antipatterns.fix.fixer import Fixer, Outcome, Refusal
from antipatterns.fix.parameter import Parameter
from antipatterns.semantics.mutability import is_empty
from antipatterns.semantics.names import scope_of_definition

if TYPE_CHECKING:
    from antipatterns.fix.place import Place

FIXER = Fixer(
    __name__,
    *(cst.List, cst.Dict, cst.Set, cst.ListComp, cst.DictComp, cst.SetComp, cst.GeneratorExp),
    *(cst.Call, cst.Name, cst.NamedExpr),
)

_CACHE = re.compile(r"(^|_)(cache|memo)(s|d|ize|ized|_|$)|cache$", re.IGNORECASE)


@FIXER.register
def fix_mutable_argument_default(default: cst.BaseExpression, place: Place) -> Outcome:
    """``None`` in the signature, a guard below the docstring, and an annotation that admits ``None``."""
    site = find_site(default, place)
    if isinstance(site, Refusal):
        return site
    parameter = Parameter(site.function, site.argument.arg)
    reason = objection_to_signature(site) or _objection_to_value(site) or _objection_to_body(site, parameter)
    if reason is not None:
        return Refusal(reason)
    return replace_default(site, _safety(site, parameter), needs_guard=not _needs_no_guard(site, parameter))


def _objection_to_value(site: Site) -> str | None:
    inside = scope_of_definition(site.scope, site.function)
    return (
        "the function's scope is not known" if inside is None else objection_to_moving(site.value, site.scope, inside)
    )


def _objection_to_body(site: Site, parameter: Parameter) -> str | None:
    """Why the body does not allow it: ``None`` means something there, or the sharing is meant."""
    if existing_guard(site) is not None:
        return None
    if reason := objection_to_none(site, parameter):
        return reason
    shares = "calls seem to share it on purpose"
    name = parameter.name
    if _CACHE.search(name) or (name.startswith("_") and parameter.is_changed) or parameter.is_memory:
        return shares
    if parameter.stored_keys & keys_of(site.value):
        return shares
    return "it calls itself and shares it with itself" if parameter.is_shared_by_recursion else None


def _safety(site: Site, parameter: Parameter) -> Safety:
    """Unsafe where ``None`` may be a good value today, for whatever the function hands it on to."""
    if site.argument.annotation is not None or existing_guard(site) is not None:
        return Safety.SAFE
    if parameter.is_asked_for and not is_empty(site.value):
        return Safety.UNSAFE
    return Safety.UNSAFE if parameter.is_handed_on and not parameter.breaks_on_none else Safety.SAFE


def _needs_no_guard(site: Site, parameter: Parameter) -> bool:
    if existing_guard(site) is not None:
        return True
    if "#" in site.place.chunk.module.code_for_node(site.default):  # its comments must not be lost
        return False
    return parameter.is_unused or (parameter.is_only_tested and is_empty(site.value))
