"""Which of several functions runs: those of one name, or what implements an abstract method."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from antipatterns.index.decorators import is_abstract, is_overload
from antipatterns.index.values import Function

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from antipatterns.index.definitions import Definition, Module
    from antipatterns.index.resolve import Resolver


_MOST_MODULES = 32  # of a folder, so that one class does not make a run read hundreds of files


def implementation_of(resolver: Resolver, method: Function, caller: Module) -> Function:
    """The method that runs where an abstract one is called: the only one below it, near it or in the caller's module.

    The abstract method itself where there is none, or a choice.
    """
    owner = method.self_class.original if method.self_class is not None else None
    if owner is None or not is_abstract(resolver, method.definition):
        return method
    found: dict[Definition, Function] = {}
    modules = {**dict.fromkeys(_modules_near(resolver, owner.module)), caller: None}
    for other in (unit for module in modules for unit in module.units if unit.is_class and unit.unit.bases):
        if other is not owner and owner in resolver.members.order_of(other):
            below = resolver.members.find_method(other, method.definition.unit.name)
            if isinstance(below, Function) and not is_abstract(resolver, below.definition):
                found.setdefault(below.definition, below)
    return next(iter(found.values())) if len(found) == 1 else method


def _modules_near(resolver: Resolver, module: Module) -> Iterator[Module]:
    """A module, and those beside it in its package; of installed packages, and scripts, only itself."""
    yield module
    is_in_package = module.is_own and len(module.parts) > 1
    names = resolver.modules.listing(str(Path(module.path).parent)) if is_in_package else ()
    stems = sorted(name.removesuffix(".py") for name in names if name.endswith(".py") and not name.startswith("__"))
    package = module.parts if module.is_package else module.parts[:-1]
    for stem in stems if len(stems) <= _MOST_MODULES else ():
        found = resolver.modules.find((*package, stem), module)
        if found is not None and found is not module:
            yield found


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
