"""Which of several functions runs: those of one name, or what implements an abstract method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.index.decorators import is_abstract, is_overload
from antipatterns.index.values import Function

if TYPE_CHECKING:
    from collections.abc import Sequence

    from antipatterns.index.definitions import Definition, Module
    from antipatterns.index.near import Near
    from antipatterns.index.resolve import Resolver


_MOST = 4  # of more, nobody means them all


class Implementations:
    """Answers what runs where an abstract method is called; every answer is kept."""

    def __init__(self, resolver: Resolver, near: Near) -> None:
        self._resolver = resolver
        self._near = near
        self._below: dict[tuple[Definition, Module], tuple[Definition, ...]] = {}

    def of(self, method: Function, caller: Module) -> tuple[Function, ...]:
        """The methods of which one runs: those below an abstract one, near it or in the caller's module.

        The method itself where it is not abstract, where there are none below it, or many.
        """
        owner = method.self_class.original if method.self_class is not None else None
        if owner is None or not is_abstract(self._resolver, method.definition):
            return (method,)
        found: dict[Definition, Function] = {}
        for other in self._classes_below(owner, caller):
            below = self._resolver.members.find_method(other, method.definition.unit.name)
            if isinstance(below, Function) and not is_abstract(self._resolver, below.definition):
                found.setdefault(below.definition, below)
        return tuple(found.values()) if 0 < len(found) <= _MOST else (method,)

    def _classes_below(self, owner: Definition, caller: Module) -> tuple[Definition, ...]:
        key = (owner, caller)
        found = self._below.get(key)
        if found is None:
            modules = {**dict.fromkeys(self._near.of(owner.module)), caller: None}
            classes = (unit for module in modules for unit in module.units if unit.is_class and unit.unit.bases)
            order_of = self._resolver.members.order_of
            found = tuple([one for one in classes if one is not owner and owner in order_of(one)])
            self._below[key] = found
        return found


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
