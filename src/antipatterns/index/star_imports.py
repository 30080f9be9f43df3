"""Which modules bind a name that ``from … import *`` brings into another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.index.definitions import Module
    from antipatterns.index.modules import Modules


def find_exporters(modules: Modules, name: str, importer: Module) -> Iterator[Module | str]:
    """The modules from which star imports bring a name, the one that counts first: of several the last.

    A dotted name stands for one that is not read, which may bring anything.
    """
    seen = {importer}
    waiting = list(_starred(modules, importer))
    while waiting:
        here = waiting.pop()
        if isinstance(here, str):
            yield here
        elif here not in seen:
            seen.add(here)
            if _binds(modules, name, here):
                yield here
            else:
                waiting += _starred(modules, here)


def _starred(modules: Modules, importer: Module) -> Iterator[Module | str]:
    for star in importer.definition.unit.body.star_imports:
        parts = importer.absolute(star)
        yield (modules.find(parts, importer) if parts else None) or ".".join(parts or ())


def _binds(modules: Modules, name: str, module: Module) -> bool:
    if name in module.definition.unit.body.bindings:
        return True
    return module.is_package and modules.find((*module.parts, name), module) is not None
