"""Which functions run on the event loop: coroutine functions, and plain ones that somebody has the loop call."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from antipatterns.blocking.loop_code import METHOD_PREFIXES, METHODS_ON_LOOP, SCHEDULING, scheduled_argument
from antipatterns.facts.model import Items, Literal
from antipatterns.index.decorators import Decoration, decoration_by, decoration_of, is_called_in_coroutine
from antipatterns.index.handed import arguments_at, last_name
from antipatterns.index.values import ClassObject, External, Function, Partial
from antipatterns.knowledge.decorators import ON_LOOP, ON_LOOP_METHODS
from antipatterns.knowledge.loop_frameworks import (
    HANDED_BEFORE,
    HANDING_WORDS,
    HANDLERS,
    HANDLERS_BEFORE,
    HANDLERS_WITH,
    METHODS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

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
            Function(definition, self._object_around(definition))
            for definition in module.units
            if definition.unit.is_async or definition in scheduled or self.holds(definition)
        ]

    def _object_around(self, definition: Definition) -> Definition | None:
        """The class around a function, with what its objects hold as a rule."""
        owner = definition.class_around
        return self.resolver.constructions.usual_object_of(owner) if owner is not None else None

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

    def _is_before(self, distribution: str, limit: int) -> bool:
        """Whether an earlier major version of a distribution is installed."""
        version = self.resolver.modules.major_version_of(distribution)
        return version is not None and version < limit

    def _makes_handler(self, decorator: Expression, definition: Definition) -> bool:
        """Whether a decorator has a framework call a function on the loop, and no other takes it elsewhere."""
        around = definition.parent or definition
        call = around.unit.body.calls[decorator] if isinstance(decorator, int) else None
        written = call.function if call is not None else decorator
        if last_name(written) not in _HANDLER_NAMES:
            return False
        callee = self.resolver.value_of(written, around, None)
        name = _dotted(callee)
        if name in HANDLERS_WITH:
            keyword, value = HANDLERS_WITH[name]
            given = call.keywords.get(keyword) if call is not None else None
            is_handler = isinstance(given, Literal) and given.value is value
        elif name in HANDLERS_BEFORE:
            is_handler = self._is_before(*HANDLERS_BEFORE[name])
        else:
            is_handler = name in HANDLERS or _dotted_on_object(callee) in HANDLERS
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
        """The functions of a module that it hands to the loop itself, or to a framework that calls them there."""
        found = set()
        for here in module.units:
            for call in here.unit.body.calls:
                name = last_name(call.function)
                arguments = self._scheduled_by(call, here) if name in SCHEDULING else ()
                if name in _HANDED_NAMES:
                    arguments = self._handed_by(call, here)
                for argument in arguments:
                    function = self.resolver.value_of(argument, here, here.class_around)
                    while isinstance(function, Partial):
                        function = function.function
                    if isinstance(function, Function):
                        found.add(function.definition)
        return found

    def _scheduled_by(self, call: Call, here: Definition) -> Iterable[Expression]:
        callee = self.resolver.value_of(call.function, here, here.class_around)
        parameter = scheduled_argument(callee.name) if isinstance(callee, External) else None
        return itertools.islice(arguments_at(call, *parameter), 1) if parameter is not None else ()

    def _handed_by(self, call: Call, here: Definition) -> Iterable[Expression]:
        callee = self.resolver.value_of(call.function, here, here.class_around)
        names = (_dotted(callee), _dotted_on_object(callee))
        handed = next((HANDED_BEFORE[name] for name in names if name in HANDED_BEFORE), None)
        if handed is None or not self._is_before(handed[0], handed[1]):
            return
        for given in arguments_at(call, *handed[2:]):
            yield from given.items if isinstance(given, Items) else (given,)


_HANDLER_NAMES = frozenset(name.rpartition(".")[2] for name in (*HANDLERS, *HANDLERS_WITH, *HANDLERS_BEFORE))
_HANDED_NAMES = frozenset[str]().union(*HANDING_WORDS.values())


def _dotted(value: object) -> str:
    if isinstance(value, External):
        return value.name
    return value.definition.dotted_name if isinstance(value, (Function, ClassObject)) else ""


def _dotted_on_object(value: object) -> str:
    """The name of a method after the class of its object, not the one that defines it."""
    if not isinstance(value, Function) or value.self_class is None:
        return ""
    return f"{value.self_class.dotted_name}.{value.definition.unit.name}"
