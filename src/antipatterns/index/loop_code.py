"""Which functions run on the event loop: coroutine functions, and plain ones that somebody has the loop call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.blocking.loop_code import METHODS_ON_LOOP, SCHEDULING, scheduled_argument
from antipatterns.index.decorators import Decoration, decoration_of, is_called_in_coroutine
from antipatterns.index.handed import arguments_at, last_name
from antipatterns.index.values import External, Function, Partial
from antipatterns.knowledge.decorators import ON_LOOP, ON_LOOP_METHODS

if TYPE_CHECKING:
    from antipatterns.facts.model import Call
    from antipatterns.index.definitions import Definition, Module
    from antipatterns.index.resolve import Resolver


class LoopCode:
    """Finds the functions that run on the loop; answers are kept. ``decorators``: further ones that say so."""

    def __init__(self, resolver: Resolver, decorators: tuple[str, ...] = ()) -> None:
        self.resolver = resolver
        self._decorators = ON_LOOP.union(decorators)
        self._of_modules: dict[Module, list[Function]] = {}
        self._known: dict[Definition, bool] = {}

    def of(self, module: Module) -> list[Function]:
        """The functions of a module whose bodies run on the event loop."""
        found = self._of_modules.get(module)
        if found is None:
            found = self._of_modules[module] = self._find(module)
        return found

    def _find(self, module: Module) -> list[Function]:
        scheduled = self._scheduled_in(module)
        return [
            Function(definition, definition.class_around)
            for definition in module.units
            if definition.unit.is_async or definition in scheduled or self.holds(definition)
        ]

    def holds(self, definition: Definition) -> bool:
        """Whether a plain function runs on the loop, by its decorators or by what its class is."""
        known = self._known.get(definition)
        if known is None:
            known = self._known[definition] = self._runs_on_loop(definition)
        return known

    def _runs_on_loop(self, definition: Definition) -> bool:
        for decorator in definition.unit.decorators:
            value = self.resolver.value_of(decorator, definition.parent or definition, None)
            if _dotted(value) in self._decorators:
                return True
        if definition.unit.decorators and is_called_in_coroutine(self.resolver, definition):
            return True
        return definition.unit.name in METHODS_ON_LOOP and self._is_called_by_loop(definition)

    def _is_called_by_loop(self, method: Definition) -> bool:
        """Whether a base of a method's class says that it runs on the loop, and no decorator takes it elsewhere."""
        owner = method.enclosing_class
        if decoration_of(self.resolver, method) not in (Decoration.NONE, Decoration.WRAPPED):
            return False
        for base in self.resolver.members.order_of(owner) if owner is not None else ():
            dotted = base if isinstance(base, str) else base.dotted_name
            if method.unit.name in ON_LOOP_METHODS.get(dotted, ()):
                return True
        return False

    def _scheduled_in(self, module: Module) -> set[Definition]:
        """The functions of a module that it hands to the loop itself."""
        found = set()
        for here in module.units:
            for call in here.unit.body.calls:
                function = self._scheduled_by(call, here)
                if function is not None:
                    found.add(function.definition)
        return found

    def _scheduled_by(self, call: Call, here: Definition) -> Function | None:
        if last_name(call.function) not in SCHEDULING:
            return None
        self_class = here.class_around
        callee = self.resolver.value_of(call.function, here, self_class)
        parameter = scheduled_argument(callee.name) if isinstance(callee, External) else None
        for argument in arguments_at(call, *parameter) if parameter is not None else ():
            function = self.resolver.value_of(argument, here, self_class)
            while isinstance(function, Partial):
                function = function.function
            return function if isinstance(function, Function) else None
        return None


def _dotted(value: object) -> str:
    if isinstance(value, External):
        return value.name
    return value.definition.dotted_name if isinstance(value, Function) else ""
