"""Which functions of a module the module itself calls when it is imported, directly or through its own functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.index.edges import Edge
from antipatterns.index.values import Function

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from antipatterns.index.definitions import Definition, Module


class CallsAtImport:
    """Looks at each module once. ``find``: everything that a function calls."""

    def __init__(self, find: Callable[[Function], Iterable[object]]) -> None:
        self._find = find
        self._known: dict[Module, frozenset[Definition]] = {}

    def holds(self, definition: Definition) -> bool:
        """Whether the module of a function calls it when it is imported."""
        module = definition.module
        if module not in self._known:
            self._known[module] = frozenset()  # for who asks while this is found out
            self._known[module] = frozenset(self._called_by(module))
        return definition in self._known[module]

    def _called_by(self, module: Module) -> set[Definition]:
        found: set[Definition] = set()
        waiting = [Function(module.definition)]
        while waiting:
            for one in self._find(waiting.pop()):
                called = one.target.definition if isinstance(one, Edge) else None
                if isinstance(one, Edge) and called is not None and called.module is module and called not in found:
                    found.add(called)
                    waiting.append(one.target)
        return found
