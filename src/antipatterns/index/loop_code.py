"""Which functions run on the event loop: coroutine functions, and plain ones that somebody has the loop call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.blocking.loop_code import METHOD_PREFIXES, METHODS_ON_LOOP, SCHEDULING, scheduled_argument
from antipatterns.facts.model import Literal
from antipatterns.index.decorators import Decoration, decoration_by, decoration_of, is_called_in_coroutine
from antipatterns.index.handed import arguments_at, last_name
from antipatterns.index.values import ClassObject, External, Function, Partial
from antipatterns.knowledge.decorators import ON_LOOP, ON_LOOP_METHODS
from antipatterns.knowledge.loop_frameworks import HANDLERS, HANDLERS_BEFORE, HANDLERS_WITH, METHODS

if TYPE_CHECKING:
    from antipatterns.facts.model import Call, Expression
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
            if _dotted(value) in self._decorators or self._makes_handler(decorator, definition):
                return True
        if definition.unit.decorators and is_called_in_coroutine(self.resolver, definition):
            return True
        name = definition.unit.name
        return (name in METHODS_ON_LOOP or name.startswith(METHOD_PREFIXES)) and self._is_called_by_loop(definition)

    def _makes_handler(self, decorator: Expression, definition: Definition) -> bool:
        """Whether a decorator has a framework call a function on the loop, and no other takes it elsewhere."""
        around = definition.parent or definition
        call = around.unit.body.calls[decorator] if isinstance(decorator, int) else None
        written = call.function if call is not None else decorator
        if last_name(written) not in _HANDLER_NAMES:
            return False
        name = _dotted(self.resolver.value_of(written, around, None))
        if name in HANDLERS_WITH:
            keyword, value = HANDLERS_WITH[name]
            given = call.keywords.get(keyword) if call is not None else None
            is_handler = isinstance(given, Literal) and given.value is value
        elif name in HANDLERS_BEFORE:
            distribution, limit = HANDLERS_BEFORE[name]
            version = self.resolver.modules.major_version_of(distribution)
            is_handler = version is not None and version < limit
        else:
            is_handler = name in HANDLERS
        others = [one for one in definition.unit.decorators if one != decorator] if is_handler else []
        return is_handler and all(
            decoration_by(self.resolver, one, definition) in (Decoration.NONE, Decoration.WRAPPED) for one in others
        )

    def _is_called_by_loop(self, method: Definition) -> bool:
        """Whether a base of a method's class says that it runs on the loop, and no decorator takes it elsewhere."""
        owner = method.enclosing_class
        if decoration_of(self.resolver, method) not in (Decoration.NONE, Decoration.WRAPPED):
            return False
        name = method.unit.name
        for base in self.resolver.members.order_of(owner) if owner is not None else ():
            dotted = base if isinstance(base, str) else base.dotted_name
            if name in ON_LOOP_METHODS.get(dotted, ()) or name.startswith(METHODS.get(dotted, ())):
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


_HANDLER_NAMES = frozenset(name.rpartition(".")[2] for name in (*HANDLERS, *HANDLERS_WITH, *HANDLERS_BEFORE))


def _dotted(value: object) -> str:
    if isinstance(value, External):
        return value.name
    return value.definition.dotted_name if isinstance(value, (Function, ClassObject)) else ""
