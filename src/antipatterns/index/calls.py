"""What a unit calls while it runs: functions that are read, and callables of other kinds by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from antipatterns.blocking.loop_code import scheduled_argument
from antipatterns.index.async_syntax import (
    is_awaited_by_hand,
    run_by_awaiting,
    run_by_entering,
    run_by_iterating,
)
from antipatterns.index.awaitables import taker_of
from antipatterns.index.callees import bound_callee, narrowed
from antipatterns.index.calls_at_import import CallsAtImport
from antipatterns.index.decorators import Decoration, decoration_of, is_cached, wrappers_of
from antipatterns.index.edges import Alternatives, Edge, Outside
from antipatterns.index.factories import Factories
from antipatterns.index.handed import Given, acts_on_arguments, arguments_at, functions_given
from antipatterns.index.known_classes import find_class
from antipatterns.index.values import (
    Choice,
    ClassObject,
    External,
    Function,
    Instance,
    Manager,
    OneOf,
    Partial,
    Value,
)
from antipatterns.knowledge.consumers import ASYNC_CONSUMERS, CALLERS, CONSUMERS, LAZY_CALLERS
from antipatterns.knowledge.methods import CONSTRUCTORS, ENTERING, OF_WITH, PROTOCOLS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from antipatterns.facts.model import Call, Expression, Place
    from antipatterns.index.definitions import Definition
    from antipatterns.index.resolve import Resolver


_INIT = ".__init__"


class Calls:
    """Finds what units call; every answer is kept.

    ``is_of_interest`` tells which callables that are not read somebody may ask about, by canonical name;
    ``is_on_loop`` the plain functions that are looked at anyway, as they run on the loop.
    """

    def __init__(
        self,
        resolver: Resolver,
        is_of_interest: Callable[[str], bool],
        is_on_loop: Callable[[Definition], bool],
    ) -> None:
        self.resolver = resolver
        self._is_of_interest = is_of_interest
        self._is_on_loop = is_on_loop
        self._factories = Factories(resolver)
        self._at_import = CallsAtImport(self._find)
        self.is_called_at_import = self._at_import.holds
        self._known: dict[Function, tuple[Outside | Edge | Alternatives, ...]] = {}

    def of(self, function: Function) -> tuple[Outside | Edge | Alternatives, ...]:
        """Everything that a function calls when it runs, in the order of the source."""
        found = self._known.get(function)
        if found is None:
            calls = [self._as_root(one) if isinstance(one, Edge) else one for one in self._find(function)]
            found = self._known[function] = tuple(sorted(calls, key=lambda one: one.place))
        return found

    def _as_root(self, edge: Edge) -> Edge:
        """A method that is looked at anyway, seen as there: once, not with each of hundreds of classes below its."""
        target, definition = edge.target, edge.target.definition
        own_class = definition.class_around if target.self_class is not None and definition.module.is_own else None
        if own_class is None or own_class is target.self_class or not self._is_on_loop(definition):
            return edge
        return msgspec.structs.replace(edge, target=msgspec.structs.replace(target, self_class=own_class))

    def _find(self, function: Function) -> Iterator[Outside | Edge | Alternatives]:
        body, given = function.definition.unit.body, {name for name, _ in function.given}
        is_looked_at = self._is_looked_at(function)
        for index, call in enumerate(body.calls):
            value = narrowed(call, function, self.resolver) if body.narrowings else None
            value = value or self._called_in(call, function)
            if value is None:
                continue
            is_given = bool(given) and isinstance(call.function, str) and call.function.partition(".")[0] in given
            if is_given and call.awaited:  # a coroutine function, says its caller
                continue
            if isinstance(value, Choice):
                yield from self._of_choice(value, call, index, function)
                continue
            found = self._of_call(value, call, index, function)
            yield from found if is_given or not is_looked_at else _with_given(found)
        if not is_looked_at:
            yield from self._of_syntax(function)

    def _of_syntax(self, function: Function) -> Iterator[Outside | Edge]:
        """What statements and operators run: managers that are entered, what is gone through, properties."""
        here, self_class, body = function.definition, function.self_class, function.definition.unit.body
        for manager, place in body.entered:
            yield from self._of_entering(self.resolver.value_of(manager, here, self_class), place)
        for manager, place in body.entered_async:
            yield from self._of_entering_async(self.resolver.value_of(manager, here, self_class), place)
        for iterable, place in body.iterated_async:
            yield from self._of_awaited(run_by_iterating(iterable, function, self.resolver), place)
        for iterable, place in body.iterated:
            yield from self._of_iterating(iterable, place, function)
        for method, place in self.resolver.touched.of(function):
            if self._runs_implicitly(method):
                run, *others = self.resolver.implementations.of(method, here.module)
                yield Edge(run, place, -1, tuple(others))

    @staticmethod
    def _is_looked_at(function: Function) -> bool:
        """Whether this is, or stands in, a coroutine function looked at anyway: only what it is given is news."""
        here: Definition | None = function.definition if function.given else None
        while here is not None and not here.unit.is_async:
            here = here.parent
        return here is not None and here.module.is_own

    def _value_in(self, expression: Expression, function: Function) -> Value:
        """What an expression in a function stands for, its parameters for what they are given."""
        given = self._value_given(expression, function)
        return given or self.resolver.value_of(expression, function.definition, function.self_class)

    def _value_given(self, expression: Expression, function: Function) -> Value:
        """What an expression stands for that begins at a parameter, if its caller tells."""
        if not function.given or not isinstance(expression, str):
            return None
        root, _, rest = expression.partition(".")
        value = dict(function.given).get(root)
        return self.resolver.follow(value, rest.split(".")) if rest and value is not None else value

    def _called_in(self, call: Call, function: Function) -> Value:
        """What a call in a function calls, its parameters for what they are given."""
        given = self._value_given(call.function, function)
        return given or self.resolver.callee_of(call, function.definition, function.self_class)

    def _of_call(self, callee: Value, call: Call, index: int, caller: Function) -> Iterator[Outside | Edge]:
        if isinstance(callee, External):
            name = _constructor(callee).name if callee.name.endswith(_INIT) else callee.name
            yield from self._of_external(name, call, index, caller)
            return
        bound = bound_callee(callee, index, caller, self.resolver, self._value_in)
        for target in self._targets(bound):
            if isinstance(target, External):
                yield from self._outside(target.name, call.place, index, is_handed=isinstance(callee, Partial))
                yield from self._of_known_class(target.name, call, index, caller)
                continue
            given = self._given(call, target, caller) if not isinstance(callee, Partial) else ()
            is_handed_on = given and target.definition.unit.is_async and call.awaited
            if is_handed_on or self._runs_when_called(target, index, caller):
                run, *others = self.resolver.implementations.of(target, caller.definition.module)
                run = msgspec.structs.replace(run, given=given) if given else run
                yield Edge(run, call.place, index, tuple(others))
                yield from self._of_wrappers(run, call.place, index) if not others else ()
            elif index in caller.definition.unit.body.returned and self._is_given_back(target, caller):
                yield Edge(target, call.place, index, is_given_back=True)
        if isinstance(callee, ClassObject):
            for factory in self._factories.run_by(call, callee.definition):
                yield Edge(factory, call.place)
        if call.awaited and (isinstance(callee, ClassObject) or _is_plain_function(callee)):
            made = self.resolver.value_of(index, caller.definition, caller.self_class)
            yield from self._of_awaited(run_by_awaiting(made, self.resolver), call.place)

    def _of_choice(self, callee: Choice, call: Call, index: int, caller: Function) -> Iterator[Alternatives]:
        """What a call runs of one of several values: nothing is said where one of them runs nothing."""
        if not self._is_looked_at(caller):
            found = (self._of_call(option, call, index, caller) for option in callee.options)
            runs = [tuple([self._as_root(one) if isinstance(one, Edge) else one for one in option]) for option in found]
            if all(runs):
                yield Alternatives(tuple(runs), call.place)

    def _of_wrappers(self, target: Function, place: Place, index: int) -> Iterator[Edge]:
        """What decorators make run around a function; the arguments of a method are not those of its wrapper."""
        if target.definition.unit.decorators and not target.definition.unit.is_async:
            for wrapper in wrappers_of(self.resolver, target.definition):
                yield Edge(wrapper, place, -1 if target.definition.receiver else index)

    def _outside(self, name: str, place: Place, index: int, *, is_handed: bool = False) -> Iterator[Outside]:
        if self._is_of_interest(name):
            yield Outside(name, place, index, is_handed)

    def _of_external(self, name: str, call: Call, index: int, caller: Function) -> Iterator[Outside | Edge]:
        """What calling something that is not read runs: itself, and what it is given."""
        yield from self._outside(name, call.place, index)
        yield from self._of_known_class(name, call, index, caller)
        if not acts_on_arguments(name):
            return
        if name in CONSUMERS and call.arguments:
            yield from self._of_iterating(call.arguments[0], call.place, caller)
        if name in ASYNC_CONSUMERS and call.arguments and call.awaited:
            yield from self._of_awaited(run_by_iterating(call.arguments[0], caller, self.resolver), call.place)
        if name in ENTERING and call.arguments:
            entered = self._value_in(call.arguments[0], caller)
            enter = self._of_entering_async if ENTERING[name] and call.awaited else self._of_entering
            yield from enter(entered, call.place)
        if name in CALLERS:
            yield from self._of_handed(call, CALLERS[name], index, caller)
        scheduled = scheduled_argument(name)
        if scheduled is not None:
            yield from self._of_scheduled(call, scheduled, index, caller)
        if name in PROTOCOLS and call.arguments:
            value = self._value_in(call.arguments[0], caller)
            yield from self._of_method(value, PROTOCOLS[name], call.place)

    def _of_known_class(self, name: str, call: Call, index: int, caller: Function) -> Iterator[Edge]:
        """What making an object runs of whose class the tables only know the methods."""
        found = find_class(self.resolver.modules, name, caller.definition.module)
        for target in self._constructors_of(found) if found is not None else ():
            if isinstance(target, Function) and self._runs_when_called(target, index, caller):
                given = self._given(call, target, caller)
                yield Edge(msgspec.structs.replace(target, given=given), call.place, index)

    def _given(self, call: Call, target: Function, caller: Function) -> Given:
        return functions_given(
            call,
            target,
            caller,
            lambda expression: self._value_in(expression, caller),
            self._is_of_interest,
        )

    def _of_scheduled(
        self, call: Call, parameter: tuple[int, str], index: int, caller: Function
    ) -> Iterator[Outside | Edge]:
        """What the loop is given to call; own functions that run there anyway are looked at where they stand."""
        here = caller.definition.module
        for one in self._of_handed(call, parameter, index, caller):
            target = one.target.definition if isinstance(one, Edge) else None
            if target is None or not ((here.is_own and target.module is here) or self._is_on_loop(target)):
                yield one

    def _of_handed(
        self, call: Call, parameter: tuple[int, str], index: int, caller: Function
    ) -> Iterator[Outside | Edge]:
        """What runs where a callable that is not read calls a function that it is given."""
        for argument in arguments_at(call, *parameter):
            for target in self._targets(self._value_in(argument, caller)):
                if isinstance(target, External):
                    yield from self._outside(target.name, call.place, index, is_handed=True)
                elif self._runs_implicitly(target):
                    yield Edge(target, call.place)

    def _targets(self, callee: Value) -> Iterator[Function | External]:
        """What calling a value runs."""
        members = self.resolver.members
        if isinstance(callee, (Function, External)):
            yield callee
        elif isinstance(callee, Partial):
            yield from self._targets(callee.function)
        elif isinstance(callee, ClassObject):
            yield from self._constructors_of(callee.definition)
        elif isinstance(callee, Instance):
            of = callee.of
            method = External(f"{of}.__call__") if isinstance(of, str) else members.find_method(of, "__call__")
            if method is not None:
                yield method
        elif isinstance(callee, OneOf):
            for option in callee.options:
                yield from self._targets(option)

    def _constructors_of(self, concrete: Definition) -> Iterator[Function | External]:
        """What calling a class runs: its metaclass may run something around what makes the instance."""
        members = self.resolver.members
        metaclass = members.metaclass_of(concrete)
        around = members.find_method(metaclass, "__call__") if metaclass is not None else None
        if isinstance(around, Function):
            yield around
        for name in CONSTRUCTORS:
            method = members.find_method(concrete, name)
            if method is not None:
                yield method if isinstance(method, Function) else _constructor(method)

    def _runs_when_called(self, target: Function, index: int, caller: Function) -> bool:
        """Whether a call runs the body of a function: not that of a generator, nor of a coroutine nobody follows."""
        unit = target.definition.unit
        if unit.is_generator:
            return False
        if unit.is_async and (target.definition.module.is_own or not self.is_awaited(index, caller)):
            return False  # own coroutines are looked at where they stand
        if self._is_warm(target):
            return False
        return self._is_plain(target)

    def _is_given_back(self, target: Function, caller: Function) -> bool:
        """Whether a plain function that calls a coroutine function of a package for its caller does no more with it."""
        unit = target.definition.unit
        is_followed = unit.is_async and not unit.is_generator and not target.definition.module.is_own
        return is_followed and not caller.definition.unit.is_async and self._is_plain(target)

    def is_awaited(self, index: int, caller: Function) -> bool:
        """Whether a call is awaited, at once or by what it is given to: ``gather``, ``wait_for``, ``create_task``."""
        call = caller.definition.unit.body.calls[index]
        if call.awaited or call.within < 0:
            return call.awaited or is_awaited_by_hand(index, caller)
        around = caller.definition.unit.body.calls[call.within]
        return bool(taker_of(self.resolver.callee_of(around, caller.definition, caller.self_class)))

    def _is_warm(self, target: Function) -> bool:
        """Whether a function keeps its result, and its own module has called it when it was imported."""
        definition = target.definition
        return bool(definition.unit.decorators) and (
            is_cached(self.resolver, definition) and self.is_called_at_import(definition)
        )

    def _is_plain(self, function: Function) -> bool:
        """Whether calling a function runs it, whatever its decorators add."""
        return decoration_of(self.resolver, function.definition) in (Decoration.NONE, Decoration.WRAPPED)

    def _of_entering(self, manager: Value, place: Place) -> Iterator[Outside | Edge]:
        if isinstance(manager, Manager):
            yield Edge(manager.function, place)
        for name in OF_WITH:
            yield from self._of_method(manager, name, place)

    def _of_entering_async(self, manager: Value, place: Place) -> Iterator[Edge]:
        yield from self._of_awaited(run_by_entering(manager, self.resolver), place)

    def _of_awaited(self, functions: Iterator[Function], place: Place) -> Iterator[Edge]:
        """What syntax awaits, but for what decorators make something else of."""
        for function in functions:
            if decoration_of(self.resolver, function.definition) is not Decoration.UNKNOWN:
                yield Edge(function, place)

    def _of_iterating(self, iterable: Expression, place: Place, caller: Function) -> Iterator[Outside | Edge]:
        here, self_class = caller.definition, caller.self_class
        if isinstance(iterable, int):
            call = here.unit.body.calls[iterable]
            callee = self.resolver.value_of(call.function, here, self_class)
            if isinstance(callee, External) and callee.name in LAZY_CALLERS:
                yield from self._of_handed(call, LAZY_CALLERS[callee.name], iterable, caller)
            if isinstance(callee, Function) and callee.definition.unit.is_generator:
                if not callee.definition.unit.is_async and self._is_plain(callee):
                    yield Edge(callee, place)
                return
        value = self.resolver.value_of(iterable, here, self_class)
        for name in ("__iter__", "__next__"):
            yield from self._of_method(value, name, place)

    def _of_method(self, value: Value, name: str, place: Place) -> Iterator[Outside | Edge]:
        """The special method of an object that syntax runs."""
        if not isinstance(value, Instance):
            return
        if isinstance(value.of, str):
            yield from self._outside(f"{value.of}.{name}", place, -1)
            return
        method = self.resolver.members.find_special_method(value.of, name)
        if isinstance(method, Function) and not method.definition.unit.is_async and self._is_plain(method):
            yield Edge(method, place)

    def _runs_implicitly(self, target: Function) -> bool:
        """Whether being called by others runs the body of a function at once."""
        unit = target.definition.unit
        return not unit.is_async and not unit.is_generator and not self._is_warm(target) and self._is_plain(target)


def _is_plain_function(callee: Value) -> bool:
    return isinstance(callee, Function) and not callee.definition.unit.is_async


def _with_given(found: Iterator[Outside | Edge]) -> Iterator[Edge]:
    for one in found:
        if isinstance(one, Edge) and one.target.given:
            yield one


def _constructor(method: External) -> External:
    """The class itself in place of its ``__init__``: the tables know the call of the class."""
    return External(method.name.rpartition(".")[0])
