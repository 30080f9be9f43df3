"""What decorators make of a function: leave it as it is, make a manager of it, or what nobody can tell."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from antipatterns.facts.model import BindingKind
from antipatterns.index.handed import parameters_to_give
from antipatterns.index.values import External, Function, Value
from antipatterns.knowledge.decorators import (
    ABSTRACT,
    ASYNC_MANAGERS,
    CACHES,
    MANAGERS,
    OVERLOADS,
    PROPERTIES,
    TRANSPARENT,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.facts.model import Expression
    from antipatterns.index.definitions import Definition
    from antipatterns.index.resolve import Resolver


class Decoration(Enum):
    """What calling a decorated function does."""

    NONE = auto()  # it runs the function, and gives what that gives
    WRAPPED = auto()  # it runs the function, and gives what a wrapper makes of that
    MANAGER = auto()  # it makes a context manager, which runs the function when entered and left
    UNKNOWN = auto()


def decoration_of(resolver: Resolver, definition: Definition) -> Decoration:
    """What all decorators of a function make of it together."""
    found = Decoration.NONE
    for decorator in definition.unit.decorators:
        one = _decoration(resolver, decorator, definition)
        if one is Decoration.UNKNOWN:
            return one
        if one is not Decoration.NONE:
            found = one
    return found


def wrappers_of(resolver: Resolver, definition: Definition) -> Iterator[Function]:
    """The functions that its own decorators put around a function, and that run when it is called."""
    around = definition.parent or definition
    for decorator in definition.unit.decorators:
        value = resolver.value_of(decorator, around, None)
        if isinstance(value, Function):
            yield from _wrappers_in(value)
        elif value is None and isinstance(decorator, int):
            factory = resolver.value_of(around.unit.body.calls[decorator].function, around, None)
            for made in _made_by(resolver, factory) if isinstance(factory, Function) else ():
                if isinstance(made, Function):
                    yield from _wrappers_in(made)


def is_called_in_coroutine(resolver: Resolver, definition: Definition) -> bool:
    """Whether an own decorator puts a coroutine function around a plain one, which calls it right there."""
    around = definition.parent or definition
    for decorator in definition.unit.decorators:
        value = resolver.value_of(decorator, around, None)
        if value is None and isinstance(decorator, int):
            factory = resolver.value_of(around.unit.body.calls[decorator].function, around, None)
            made = _made_by(resolver, factory) if isinstance(factory, Function) else []
            value = made[0] if len(made) == 1 else None
        if isinstance(value, Function) and any(_is_coroutine_around(one, value) for one in _wrappers_in(value)):
            return True
    return False


def _is_coroutine_around(wrapper: Function, decorator: Function) -> bool:
    unit = wrapper.definition.unit
    given = parameters_to_give(decorator)[:1]
    return unit.is_async and any(call.function in given and not call.awaited for call in unit.body.calls)


def _wrappers_in(decorator: Function) -> Iterator[Function]:
    for returned in decorator.definition.unit.body.returned:
        wrapper = _wrapper_named(returned, decorator.definition)
        if wrapper is not None:
            yield Function(wrapper, decorator.self_class)


def is_cached(resolver: Resolver, definition: Definition) -> bool:
    """Whether a decorator keeps the results of a function."""
    return _has_decorator(resolver, definition, CACHES)


def is_abstract(resolver: Resolver, definition: Definition) -> bool:
    """Whether a method only says what subclasses do."""
    return _has_decorator(resolver, definition, ABSTRACT)


def is_overload(resolver: Resolver, definition: Definition) -> bool:
    """Whether a function only tells the types of another one of its name."""
    return _has_decorator(resolver, definition, OVERLOADS)


def _has_decorator(resolver: Resolver, definition: Definition, names: frozenset[str]) -> bool:
    around = definition.parent or definition
    for decorator in definition.unit.decorators:
        written = around.unit.body.calls[decorator].function if isinstance(decorator, int) else decorator
        value = resolver.value_of(written, around, None)
        if isinstance(value, External) and value.name in names:
            return True
    return False


def _decoration(resolver: Resolver, decorator: Expression, definition: Definition) -> Decoration:
    around = definition.parent or definition
    if isinstance(decorator, str) and decorator.endswith((".setter", ".getter", ".deleter")):
        return Decoration.NONE
    value = resolver.value_of(decorator, around, None)
    if value is None and isinstance(decorator, int):
        value = resolver.value_of(around.unit.body.calls[decorator].function, around, None)
        return _of_factory(resolver, value)
    return _of_value(value)


def _of_value(value: Value) -> Decoration:
    if isinstance(value, External):
        if value.name in MANAGERS or value.name in ASYNC_MANAGERS:
            return Decoration.MANAGER
        return Decoration.NONE if value.name in TRANSPARENT or value.name in PROPERTIES else Decoration.UNKNOWN
    if isinstance(value, Function):
        return _of_decorator(value)
    return Decoration.UNKNOWN


def _of_factory(resolver: Resolver, factory: Value) -> Decoration:
    """What ``@factory(…)`` makes: known factories, and own ones whose result gives back what it is given."""
    if isinstance(factory, External):
        return Decoration.NONE if factory.name in TRANSPARENT else Decoration.UNKNOWN
    if not isinstance(factory, Function):
        return Decoration.UNKNOWN
    found = {
        _of_decorator(made) if isinstance(made, Function) else Decoration.UNKNOWN
        for made in _made_by(resolver, factory)
    }
    return found.pop() if len(found) == 1 else Decoration.UNKNOWN


def _made_by(resolver: Resolver, factory: Function) -> list[Value]:
    """What an own function returns in its different places."""
    returned = factory.definition.unit.body.returned
    return [resolver.value_of(one, factory.definition, None) for one in returned]


def _of_decorator(decorator: Function) -> Decoration:
    """Whether a decorator returns the very function that it is given, or a wrapper that calls it in its place."""
    unit = decorator.definition.unit
    parameters = parameters_to_give(decorator)
    if unit.is_async or unit.is_generator or not parameters or not unit.body.returned:
        return Decoration.UNKNOWN
    found = {_of_returned(one, parameters[0], decorator.definition) for one in unit.body.returned}
    return found.pop() if len(found) == 1 else Decoration.UNKNOWN


def _of_returned(returned: Expression, given: str, decorator: Definition) -> Decoration:
    """What it means to return the given function itself, or an inner function that calls it."""
    if returned == given:
        return Decoration.NONE
    definition = _wrapper_named(returned, decorator)
    if definition is None:
        return Decoration.UNKNOWN
    wrapper = definition.unit
    calls = {index for index, call in enumerate(wrapper.body.calls) if call.function == given}
    if wrapper.is_async or not calls:
        return Decoration.UNKNOWN
    gives_the_same = wrapper.body.returned and all(one in calls for one in wrapper.body.returned)
    return Decoration.NONE if gives_the_same and not wrapper.is_generator else Decoration.WRAPPED


def _wrapper_named(returned: Expression, decorator: Definition) -> Definition | None:
    """The inner function that a decorator returns by its name, where nothing else has that name."""
    bindings = decorator.unit.body.bindings.get(returned, ()) if isinstance(returned, str) else ()
    if len(bindings) != 1 or bindings[0].kind is not BindingKind.FUNCTION:
        return None
    return decorator.children[bindings[0].child]
