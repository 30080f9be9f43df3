"""What calls give: instances, annotated or returned values, elements of iterables, entered managers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.blocking import libraries
from antipatterns.facts.model import NOTHING, Call, Either, Operation, Text, UnitKind
from antipatterns.index.annotations import annotated_value
from antipatterns.index.awaitables import awaitable_of, taker_of
from antipatterns.index.containers import result_of
from antipatterns.index.decorators import Decoration, decoration_of
from antipatterns.index.values import (
    Awaitable,
    Choice,
    ClassObject,
    Coroutine,
    Elements,
    External,
    Function,
    Gives,
    Instance,
    Manager,
    Method,
    OneOf,
    Partial,
    Same,
    Super,
    Table,
    Value,
    chosen,
    of_each,
    one_of,
)
from antipatterns.knowledge.containers import CAST, CONTEXT_VARIABLE, ONE_ELEMENT, ROWS, SAME, SAME_ELEMENTS
from antipatterns.knowledge.decorators import ASYNC_MANAGERS, MANAGERS
from antipatterns.knowledge.methods import ENTERING
from antipatterns.knowledge.offloaders import MAKE_OFFLOADED
from antipatterns.knowledge.readiness import HARMLESS_WITH
from antipatterns.knowledge.routes import INJECTORS
from antipatterns.knowledge.standard_classes import PLAIN

if TYPE_CHECKING:
    from antipatterns.facts.model import Expression
    from antipatterns.index.definitions import Definition
    from antipatterns.index.resolve import Resolver

_SUPER = "builtins.super"
_PARTIAL = "functools.partial"
_IMPORT = "importlib.import_module"
_GETATTR = "builtins.getattr"
_NUMBER = "builtins.int"
_CALL = "__call__"
_WRAPS = "functools.wraps"
_MAKERS = MANAGERS | ASYNC_MANAGERS | MAKE_OFFLOADED | {_PARTIAL, _WRAPS}
_FROM_ARGUMENTS = SAME | SAME_ELEMENTS | ROWS | ONE_ELEMENT.keys() | ENTERING.keys() | {_GETATTR}


class Results:
    """Answers what a call gives."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    def of_call(self, call: Call, here: Definition, self_class: Definition | None) -> Value:
        """The value of a call in a unit."""
        callee = self._resolver.callee_of(call, here, self_class)
        return self._of_calling(callee, call, here, self_class)

    def _of_calling(self, callee: Value, call: Call, here: Definition, self_class: Definition | None) -> Value:
        taker = taker_of(callee)
        if taker:
            return awaitable_of(
                taker,
                call,
                lambda argument: self._resolver.value_of(argument, here, self_class),
                lambda value, inner: self._of_calling(value, inner, here, self_class),
            )
        if isinstance(callee, External):
            return self._of_external(callee.name, call, here, self_class)
        if isinstance(callee, Partial):
            callee = callee.function
        if isinstance(callee, ClassObject):
            return Instance(self._resolver.holders.made_by(call, callee.definition, here, self_class))
        if isinstance(callee, Function):
            return self.of_function(callee.definition, callee.self_class)
        if isinstance(callee, Instance):
            of = callee.of
            return typed(libraries.result_type(f"{of}.{_CALL}")) if isinstance(of, str) else self.of_method(of, _CALL)
        if isinstance(callee, (OneOf, Choice)):
            return of_each(callee, lambda one: self._of_calling(one, call, here, self_class))
        if isinstance(callee, Same):
            return self._resolver.value_of(call.arguments[0], here, self_class) if call.arguments else None
        return _given_by(callee, call)

    def of_method(self, owner: Definition, name: str) -> Value:
        """What calling a method of an instance gives."""
        method = self._resolver.members.find_method(owner, name)
        return self.of_function(method.definition, owner) if isinstance(method, Function) else None

    def _of_external(self, name: str, call: Call, here: Definition, self_class: Definition | None) -> Value:
        if name == _SUPER:
            return self._super(call, here, self_class)
        arguments = call.arguments
        if name in _MAKERS and arguments:
            return self._made_of(name, call, here, self_class)
        if name == _IMPORT and len(arguments) == 1:
            named = arguments[0].value if isinstance(arguments[0], Text) else ""
            is_absolute = named and not named.startswith(".")
            return self._resolver.imported(named, here.module) if is_absolute else None
        if name in (CAST, CONTEXT_VARIABLE):
            return self._said(name, call, here, self_class)
        if _is_given_a_class(call, name) or self._is_harmless(call, name, here):
            return None
        if name in _FROM_ARGUMENTS and arguments:
            values = [self._resolver.value_of(one, here, self_class) for one in arguments]
            return self._from_arguments(name, values, arguments)
        kind = libraries.result_type(name)
        is_plain = kind is None and (libraries.is_maker(name) or name in PLAIN)
        return Instance(name) if is_plain else typed(kind)

    def _made_of(self, name: str, call: Call, here: Definition, self_class: Definition | None) -> Value:
        """The callable that something makes of the function that it is first given."""
        function = self._resolver.value_of(call.arguments[0], here, self_class)
        if name == _PARTIAL:
            return Partial(function)
        if name == _WRAPS:
            return Same()
        if name in MAKE_OFFLOADED:
            return Gives(Awaitable(self._of_calling(function, call, here, self_class)))
        return Gives(Manager(function)) if isinstance(function, Function) and len(call.arguments) == 1 else None

    def _said(self, name: str, call: Call, here: Definition, self_class: Definition | None) -> Value:
        """What a call says itself of what it gives: ``cast(T, value)``, ``ContextVar[T](name)``."""
        if name == CONTEXT_VARIABLE:
            said = annotated_value(self._resolver, call.function, here, self_class)
            return said if said is not None else Instance(CONTEXT_VARIABLE)
        given = self._resolver.value_of(call.arguments[1], here, self_class) if len(call.arguments) == 2 else None
        if isinstance(given, Super):  # cast for the sake of a type checker: it still is the next class
            return given
        return annotated_value(self._resolver, call.arguments[0], here, self_class) if call.arguments else None

    def injected(self, call: Call, here: Definition) -> Value:
        """What a framework gives for a parameter with a default such as ``Depends(make)``: what calling that gives."""
        marker = self._resolver.value_of(call.function, here, None) if call.arguments else None
        name = marker.definition.dotted_name if isinstance(marker, Function) else getattr(marker, "name", "")
        if name not in INJECTORS:
            return None
        value = self._of_calling(self._resolver.value_of(call.arguments[0], here, None), call, here, None)
        return value.of if isinstance(value, (Elements, Coroutine)) else value

    def _is_harmless(self, call: Call, name: str, here: Definition) -> bool:
        """Whether an argument makes a callable give something that waits for nobody."""
        constants = HARMLESS_WITH.get(name, ())
        for given in (*call.arguments, *call.keywords.values()) if constants else ():
            for one in _joined(given):
                value = self._resolver.value_of(one, here, None)
                if (one.value if isinstance(one, Text) else getattr(value, "name", "")) in constants:
                    return True
        return False

    def _from_arguments(self, name: str, values: list[Value], written: tuple[Expression, ...]) -> Value:
        """What a callable gives that gives back what it is given, its elements or its attributes."""
        if name in SAME:
            return values[0]
        if name in ENTERING:
            return Coroutine(self.entered_async(values[0])) if ENTERING[name] else self.entered(values[0])
        if name in ONE_ELEMENT:
            return self.element_of(values[0]) if len(values) in ONE_ELEMENT[name] else None
        if name == _GETATTR:
            named = written[1] if len(written) > 1 else None
            if isinstance(named, Operation) and isinstance(named.left, Text):
                return self._methods_beginning(named.left.value.partition("%")[0], values[0])
            return self._resolver.members.of(values[0], named.value) if isinstance(named, Text) else None
        elements = [self.element_of(value) for value in values]
        if name in ROWS:
            row = (Instance(_NUMBER), elements[0]) if name == "builtins.enumerate" else tuple(elements)
            return Elements(Elements(None, row))
        return Elements(elements[0]) if elements[0] is not None else None

    def _methods_beginning(self, prefix: str, owner: Value) -> Value:
        """Any method of an object whose name begins so: ``getattr(self, "handle_" + kind)``."""
        if not prefix or not isinstance(owner, Instance) or isinstance(owner.of, str):
            return None
        order = [one for one in self._resolver.members.order_of(owner.of) if not isinstance(one, str)]
        names = dict.fromkeys(name for one in order for name in one.attributes if name.startswith(prefix))
        found = [self._resolver.members.of(owner, name) for name in names]
        return one_of([one for one in found if isinstance(one, Function)])

    def _super(self, call: Call, here: Definition, self_class: Definition | None) -> Value:
        method: Definition | None = here
        while method is not None and method.enclosing_class is None:
            method = method.parent
        if method is None or method.enclosing_class is None:
            return None
        after = method.enclosing_class
        if call.arguments:
            named = self._resolver.value_of(call.arguments[0], here, self_class)
            if not isinstance(named, ClassObject):
                return None
            after = named.definition
        return Super(after, self_class or method.enclosing_class)

    def of_function(self, definition: Definition, self_class: Definition | None) -> Value:
        """What calling a function gives, as its decorators leave it."""
        decoration = decoration_of(self._resolver, definition)
        if decoration is Decoration.MANAGER:
            return Manager(Function(definition, self_class))
        if decoration is not Decoration.NONE:
            return None
        value = self._returned(definition, self_class)
        if definition.unit.is_async and not definition.unit.is_generator:
            return Coroutine(value)
        return value

    def _returned(self, definition: Definition, self_class: Definition | None) -> Value:
        unit = definition.unit
        if unit.returns is not None:
            around = definition.parent or definition
            promised = annotated_value(self._resolver, unit.returns, around, self_class)
            if promised is not None or unit.kind is UnitKind.LAMBDA:
                return promised
        returned = [one for one in unit.body.returned if one != NOTHING]
        value = chosen([self._resolver.value_of(one, definition, self_class) for one in returned])
        return Elements(value) if unit.is_generator and value is not None else value

    def element_of(self, value: Value) -> Value:
        """What a loop over a value gives."""
        if isinstance(value, Elements):
            return value.of
        if isinstance(value, Table):
            return value.key
        if isinstance(value, Instance) and not isinstance(value.of, str):
            method = self._resolver.members.find_method(value.of, "__iter__")
            if isinstance(method, Function):
                given = self.of_function(method.definition, value.of)
                return given.of if isinstance(given, Elements) else None
        return None

    def entered(self, value: Value) -> Value:
        """What ``with value as name`` binds."""
        if isinstance(value, Manager):
            given = self._returned(value.function.definition, value.function.self_class)
            return given.of if isinstance(given, Elements) else None
        if isinstance(value, Instance):
            if isinstance(value.of, str):
                return typed(libraries.result_type(f"{value.of}.__enter__")) or value
            method = self._resolver.members.find_method(value.of, "__enter__")
            if isinstance(method, Function):
                return self.of_function(method.definition, value.of)
        return None

    def entered_async(self, value: Value) -> Value:
        """What ``async with value as name`` binds."""
        if not isinstance(value, Instance):
            return self.entered(value)
        if isinstance(value.of, str):
            return typed(libraries.awaited_type(f"{value.of}.__aenter__")) or self.entered(value)
        return self._awaited_of(value.of, "__aenter__")

    def async_element_of(self, value: Value) -> Value:
        """What ``async for`` over a value gives."""
        if not isinstance(value, Instance) or isinstance(value.of, str):
            return value.of if isinstance(value, Elements) else None
        given = self.of_method(value.of, "__aiter__")
        if isinstance(given, Elements):
            return given.of
        iterator = given if isinstance(given, Instance) and not isinstance(given.of, str) else value
        return self._awaited_of(iterator.of, "__anext__")  # type: ignore[arg-type]

    def of_awaiting(self, awaited: Expression, here: Definition, self_class: Definition | None) -> Value:
        """What awaiting something gives: a coroutine, a task, the call of a known coroutine function."""
        value = self._resolver.value_of(awaited, here, self_class)
        if isinstance(value, (Coroutine, Awaitable)) or not isinstance(awaited, int):
            return value.of if isinstance(value, (Coroutine, Awaitable)) else None
        callee = self._resolver.callee_of(here.unit.body.calls[awaited], here, self_class)
        return typed(libraries.awaited_type(callee.name)) if isinstance(callee, External) else None

    def _awaited_of(self, owner: Definition, name: str) -> Value:
        given = self.of_method(owner, name)
        return given.of if isinstance(given, Coroutine) else None


def _joined(given: Expression) -> list[Expression]:
    """The flags that ``|`` joins, or the value itself."""
    return [flag for one in given.options for flag in _joined(one)] if isinstance(given, Either) else [given]


def _given_by(callee: Value, call: Call) -> Value:
    if isinstance(callee, Method):
        return result_of(callee, call)
    return callee.of if isinstance(callee, Gives) else None


def typed(name: str | None) -> Value:
    """The value that the tables' word for a type stands for: a class, or ``Iterator[…]`` of one."""
    if name is None:
        return None
    if name.endswith("]"):
        inner = name[:-1].partition("[")[2].partition(",")[0]
        return Elements(Instance(inner))
    return Instance(name)


def _is_given_a_class(call: Call, name: str) -> bool:
    """Whether a factory such as ``sessionmaker`` is told to make instances of another class than its usual one."""
    wanted = libraries.type_argument(name)
    if wanted is None:
        return False
    position, keyword = wanted
    return len(call.arguments) > position or keyword in call.keywords
