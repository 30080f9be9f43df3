"""Which of several functions runs: those of one name, or what implements an abstract method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.index.decorators import is_abstract, is_overload
from antipatterns.index.values import Function

if TYPE_CHECKING:
    from collections.abc import Sequence

    from antipatterns.index.definitions import Definition, Module
    from antipatterns.index.resolve import Resolver


def implementation_of(resolver: Resolver, method: Function, caller: Module) -> Function:
    """The method that runs where an abstract one is called: the only one below it, in its own module or the caller's.

    The abstract method itself where there is none, or a choice.
    """
    owner = method.self_class
    if owner is None or not is_abstract(resolver, method.definition):
        return method
    found: dict[Definition, Function] = {}
    for module in {owner.module: None, caller: None}:
        for other in module.units:
            if other.is_class and other is not owner and owner in resolver.members.order_of(other):
                below = resolver.members.find_method(other, method.definition.unit.name)
                if isinstance(below, Function) and not is_abstract(resolver, below.definition):
                    found.setdefault(below.definition, below)
    return next(iter(found.values())) if len(found) == 1 else method


def implementations_in(functions: Sequence[Definition], resolver: Resolver) -> list[Definition]:
    """Of the functions of one name, in the order of the source, those that it may stand for: no overloads.

    One that stands in no block replaces those before it; those in blocks are there for one case each.
    """
    found: list[Definition] = []
    for one in functions:
        if one.unit.place[1] == 1:
            found = []
        if not is_overload(resolver, one):
            found.append(one)
    return found
