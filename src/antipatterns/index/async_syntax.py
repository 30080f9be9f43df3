"""The functions that ``async with``, ``async for`` and ``await`` run of packages.

Own coroutines are looked at where they stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.facts.model import BindingKind, Member
from antipatterns.index.values import Function, Instance, Manager

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.facts.model import Expression
    from antipatterns.index.resolve import Resolver
    from antipatterns.index.values import Value

_AWAIT = "__await__"


def run_by_entering(manager: Value, resolver: Resolver) -> Iterator[Function]:
    """What ``async with`` runs of a manager."""
    if isinstance(manager, Manager):
        if manager.function.definition.unit.is_async and not manager.function.definition.module.is_own:
            yield manager.function
    else:
        yield from _methods_of(manager, ("__aenter__", "__aexit__"), resolver)


def run_by_iterating(iterable: Expression, caller: Function, resolver: Resolver) -> Iterator[Function]:
    """What ``async for`` runs: an asynchronous generator, or the methods of an iterator."""
    here = caller.definition
    iterable = _bound_to(iterable, caller)
    if isinstance(iterable, int):
        callee = resolver.callee_of(here.unit.body.calls[iterable], here, caller.self_class)
        if isinstance(callee, Function) and callee.definition.unit.is_generator:
            if callee.definition.unit.is_async and not callee.definition.module.is_own:
                yield callee
            return
    value = resolver.value_of(iterable, here, caller.self_class)
    yield from _methods_of(value, ("__aiter__", "__anext__"), resolver)


def run_by_awaiting(made: Value, resolver: Resolver) -> Iterator[Function]:
    """What ``await`` runs of an object; the method is plain, so nobody else looks at it."""
    if isinstance(made, Instance) and not isinstance(made.of, str):
        method = resolver.members.find_special_method(made.of, _AWAIT)
        if isinstance(method, Function):
            yield method


def is_awaited_by_hand(call: int, caller: Function) -> bool:
    """Whether ``__await__()`` is called of what a call gives."""
    wanted = Member(call, _AWAIT)
    return any(one.function == wanted for one in caller.definition.unit.body.calls)


def _bound_to(iterable: Expression, caller: Function) -> Expression:
    """What a name is bound to, where that is one thing."""
    bindings = caller.definition.unit.body.bindings.get(iterable, ()) if isinstance(iterable, str) else ()
    if len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT:
        return bindings[0].value
    return iterable


def _methods_of(value: Value, names: tuple[str, ...], resolver: Resolver) -> Iterator[Function]:
    if not isinstance(value, Instance) or isinstance(value.of, str):
        return
    for name in names:
        method = resolver.members.find_special_method(value.of, name)
        if isinstance(method, Function) and not method.definition.module.is_own:
            yield method
