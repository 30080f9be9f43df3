"""What the code around a call says of what it calls: tests of the receiver, the arguments of ``Base.method(self)``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from antipatterns.index.annotations import annotated_value
from antipatterns.index.holders import Holder
from antipatterns.index.values import ClassObject, Function, Instance, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from antipatterns.facts.model import Call, Expression, Narrowing
    from antipatterns.index.definitions import Definition
    from antipatterns.index.resolve import Resolver


def narrowed(call: Call, function: Function, resolver: Resolver) -> Value:
    """What a call calls whose receiver an ``isinstance`` or a pattern around it tells the class of."""
    path = call.function
    if not isinstance(path, str) or not function.definition.unit.body.narrowings:
        return None
    for one in reversed(function.definition.unit.body.narrowings):
        if path.startswith(f"{one.path}.") and _is_narrowed(one, call.place[0], function.definition):
            kind = annotated_value(resolver, one.kind, function.definition, function.self_class)
            if _is_below(resolver.value_of(one.path, function.definition, function.self_class), kind, resolver):
                return None  # one knows more of it already
            found = resolver.follow(kind, path[len(one.path) + 1 :].split("."))
            if found is not None:
                return found
    return None


def _is_below(known: Value, kind: Value, resolver: Resolver) -> bool:
    if not isinstance(known, Instance) or isinstance(known.of, str) or not isinstance(kind, Instance):
        return False
    return kind.of in resolver.members.order_of(known.of)


def _is_narrowed(one: Narrowing, line: int, here: Definition) -> bool:
    """Whether a line is among those of which a test tells, and nothing is bound anew before it."""
    bindings = here.unit.body.bindings
    rebound = (*bindings.get(one.path, ()), *bindings.get(one.path.partition(".")[0], ()))
    return one.first <= line <= one.last and not any(one.first <= binding.line <= line for binding in rebound)


def bound_callee(
    callee: Value,
    index: int,
    caller: Function,
    resolver: Resolver,
    value_in: Callable[[Expression, Function], Value],
) -> Value:
    """What a call, by its index, calls, with the object that it is called on where the call itself tells."""
    if isinstance(callee, ClassObject):
        made = resolver.value_of(index, caller.definition, caller.self_class)
        # its constructor uses what it has just kept
        return ClassObject(made.of) if isinstance(made, Instance) and isinstance(made.of, Holder) else callee
    call = caller.definition.unit.body.calls[index]
    return _bound_by_hand(callee, call, caller, resolver, value_in) if isinstance(callee, Function) else callee


def _bound_by_hand(
    callee: Function,
    call: Call,
    caller: Function,
    resolver: Resolver,
    value_in: Callable[[Expression, Function], Value],
) -> Function:
    """The method that ``Base.method(self)`` calls: on the class of what it is first given."""
    if not isinstance(call.function, str) or not call.arguments:
        return callee
    owner, receiver = callee.definition.enclosing_class, callee.definition.receiver
    prefix = call.function.rpartition(".")[0]
    if owner is None or receiver is None or not prefix or "classmethod" in callee.definition.unit.decorators:
        return callee
    if not isinstance(value_in(prefix, caller), ClassObject):
        return callee
    given = value_in(call.arguments[0], caller)
    if not isinstance(given, Instance) or isinstance(given.of, str):
        return callee
    is_below = owner in resolver.members.order_of(given.of)
    return msgspec.structs.replace(callee, self_class=given.of) if is_below else callee
