"""Which module binds a name that ``from … import *`` brings into another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.facts.model import Items, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.index.definitions import Module
    from antipatterns.index.modules import Modules


def find_exporter(modules: Modules, name: str, importer: Module) -> Module | str | None:
    """The module from which star imports bring a name: of several the last; None where none has it.

    A dotted name stands for one that is not read, which may bring anything; a compiled one comes before its twin that
    is read, which is there for want of it.
    """
    if not importer.definition.unit.body.star_imports:
        return None
    seen = {importer}
    waiting = list(_starred(modules, importer))
    while waiting:
        here = waiting.pop()
        if isinstance(here, str):
            return here
        if here in seen:
            continue
        seen.add(here)
        if _binds(modules, name, here):
            return here
        waiting += _starred(modules, here)
    return None


def _starred(modules: Modules, importer: Module) -> Iterator[Module | str]:
    last = []
    for star in importer.definition.unit.body.star_imports:
        parts = importer.absolute(star)
        found = (modules.find(parts, importer) if parts else None) or ".".join(parts or ())
        if isinstance(found, str) and parts and modules.is_compiled(parts, importer):
            last.append(found)
        else:
            yield found
    yield from last


def _binds(modules: Modules, name: str, module: Module) -> bool:
    bindings = module.definition.unit.body.bindings
    exported = bindings.get("__all__", ())
    if len(exported) == 1 and isinstance(exported[0].value, Items):
        return Text(name) in exported[0].value.items and name in bindings
    if name in bindings:
        return exported != () or not name.startswith("_")
    return module.is_package and modules.find((*module.parts, name), module) is not None
