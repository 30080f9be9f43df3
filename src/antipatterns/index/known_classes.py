"""Where a class is read of which the tables know the methods: its constructor they leave to its source."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from antipatterns.blocking import libraries
from antipatterns.facts.model import BindingKind
from antipatterns.index.star_imports import find_exporter

if TYPE_CHECKING:
    from antipatterns.index.definitions import Definition, Module
    from antipatterns.index.modules import Modules

_MOST_STEPS = 10


def find_class(modules: Modules, dotted: str, importer: Module) -> Definition | None:
    """The class of a canonical name in an installed package, as a module sees it; None where nobody reads it."""
    root = dotted.partition(".")[0]
    if root in sys.stdlib_module_names or libraries.find_sink(dotted) or not libraries.is_known_class(dotted):
        return None
    parts = tuple(dotted.split("."))
    for _ in range(_MOST_STEPS):
        source = modules.find(parts[:-1], importer) if len(parts) > 1 else None
        if source is None or source.is_own:
            return None
        bindings = source.definition.unit.body.bindings.get(parts[-1], ())
        if not bindings:
            exporter = find_exporter(modules, parts[-1], source)
            if exporter is None or isinstance(exporter, str):
                return None
            parts, importer = (*exporter.parts, parts[-1]), source
            continue
        binding = bindings[0]
        if len(bindings) == 1 and binding.kind is BindingKind.CLASS:
            return source.definition.children[binding.child] if binding.child >= 0 else None
        if len(bindings) != 1 or binding.kind is not BindingKind.IMPORT or not isinstance(binding.value, str):
            return None
        parts, importer = source.absolute(binding.value) or (), source
    return None
