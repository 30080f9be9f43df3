"""Whether what a function gives to another one may be None: who gives more than that has it at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.facts.model import NOTHING, Awaited, BindingKind, Either, Literal, Member
from antipatterns.index.handed import last_name
from antipatterns.index.values import ClassObject, Function
from antipatterns.knowledge.methods import MAY_GIVE_NONE

if TYPE_CHECKING:
    from antipatterns.facts.model import Binding, Expression
    from antipatterns.index.resolve import Resolver

_MOST_NAMES = 4


def may_be_none(given: Expression, line: int, caller: Function, resolver: Resolver, steps: int = _MOST_NAMES) -> bool:
    """Whether an argument on a line of a function may be None, as far as it shows: in doubt it may.

    A name may hang on others, in so many ``steps``.
    """
    if isinstance(given, str):
        return not steps or _may_hold_none(given, line, caller, resolver, steps - 1)
    if isinstance(given, Awaited):
        given = given.value
    if isinstance(given, Either):
        return any(may_be_none(one, line, caller, resolver, steps) for one in given.options)
    if isinstance(given, int):
        return _may_give_none(given, caller, resolver)
    if isinstance(given, Literal):
        return given.value is None
    return given is None or isinstance(given, Member)


def _may_hold_none(name: str, line: int, caller: Function, resolver: Resolver, steps: int) -> bool:
    here = caller.definition
    settled = here.settled(name, line, line)
    bindings = (settled,) if settled is not None else here.unit.body.bindings.get(name, ())
    return not bindings or any(_may_bind_none(one, caller, resolver, steps) for one in bindings)


def _may_bind_none(binding: Binding, caller: Function, resolver: Resolver, steps: int) -> bool:
    if binding.kind is BindingKind.ASSIGNMENT:
        return may_be_none(binding.value, binding.line, caller, resolver, steps)
    return binding.kind not in (BindingKind.ITERATION, BindingKind.CONTEXT, BindingKind.ASYNC_CONTEXT)


def _may_give_none(call: int, caller: Function, resolver: Resolver) -> bool:
    """Whether a call in a function may give None: a function that says or shows so, or one that looks for something."""
    function = caller.definition.unit.body.calls[call].function
    callee = resolver.value_of(function, caller.definition, caller.self_class)
    if isinstance(callee, Function):
        unit = callee.definition.unit
        return not isinstance(unit.returns, str) and (
            unit.returns is not None or not unit.body.returned or NOTHING in unit.body.returned
        )
    words = last_name(function).strip("_").split("_")
    return not isinstance(callee, ClassObject) and (not words[0] or words[0] in MAY_GIVE_NONE)
