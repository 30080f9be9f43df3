"""What decorators make of a function: leave it as it is, make a manager of it, or what nobody can tell."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from antipatterns.index.values import External, Function, Value
from antipatterns.index.wrappers import Wrapper, is_kept_by, is_typed_as_given, wrappers_by
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
        one = decoration_by(resolver, decorator, definition)
        if one is Decoration.UNKNOWN:
            return one
        if one is not Decoration.NONE:
            found = one
    return found


def wrappers_of(resolver: Resolver, definition: Definition) -> Iterator[Function]:
    """The functions that its own decorators surely put around a function, and that run when it is called."""
    for decorator in definition.unit.decorators:
        found = wrappers_by(resolver, decorator, definition)
        function = found[0].function if len(found) == 1 and found[0] is not None else None
        if function is not None and not function.definition.unit.is_async:
            yield function


def is_called_in_coroutine(resolver: Resolver, definition: Definition) -> bool:
    """Whether an own decorator puts a coroutine function around a plain one, which calls it right there."""
    return not definition.unit.is_async and any(
        wrapper is not None and _is_coroutine(wrapper) and not all(call.awaited for call in wrapper.calls.values())
        for decorator in definition.unit.decorators
        for wrapper in wrappers_by(resolver, decorator, definition)
    )


def _is_coroutine(wrapper: Wrapper) -> bool:
    return wrapper.function is not None and wrapper.function.definition.unit.is_async


def is_cached(resolver: Resolver, definition: Definition) -> bool:
    """Whether a decorator keeps the results of a function."""
    values = _decorators_of(resolver, definition)
    return any(
        value.name in CACHES
        if isinstance(value, External)
        else isinstance(value, Function) and is_kept_by(resolver, value)
        for value in values
    )


def is_abstract(resolver: Resolver, definition: Definition) -> bool:
    """Whether a method only says what subclasses do."""
    return _has_decorator(resolver, definition, ABSTRACT)


def is_overload(resolver: Resolver, definition: Definition) -> bool:
    """Whether a function only tells the types of another one of its name."""
    return _has_decorator(resolver, definition, OVERLOADS)


def _has_decorator(resolver: Resolver, definition: Definition, names: frozenset[str]) -> bool:
    values = _decorators_of(resolver, definition)
    return any(isinstance(value, External) and value.name in names for value in values)


def _decorators_of(resolver: Resolver, definition: Definition) -> Iterator[Value]:
    """The decorators of a function, or what makes them."""
    around = definition.parent or definition
    for decorator in definition.unit.decorators:
        written = around.unit.body.calls[decorator].function if isinstance(decorator, int) else decorator
        yield resolver.value_of(written, around, None)


def decoration_by(resolver: Resolver, decorator: Expression, definition: Definition) -> Decoration:
    """What one decorator makes of a function."""
    if isinstance(decorator, str) and decorator.endswith((".setter", ".getter", ".deleter")):
        return Decoration.NONE
    known = _of_known(resolver, decorator, definition)
    if known is not None:
        return known
    found = {_of_wrapper(one, definition) for one in wrappers_by(resolver, decorator, definition)}
    if not found or Decoration.UNKNOWN in found:
        is_same = not definition.unit.is_async and is_typed_as_given(resolver, decorator, definition)
        return Decoration.NONE if is_same else Decoration.UNKNOWN
    return Decoration.WRAPPED if Decoration.WRAPPED in found else Decoration.NONE


def _of_known(resolver: Resolver, decorator: Expression, definition: Definition) -> Decoration | None:
    """What a decorator makes that is not read, or what one makes that is not read; None of others."""
    around = definition.parent or definition
    value = resolver.value_of(decorator, around, None)
    if isinstance(value, External):
        if value.name in MANAGERS or value.name in ASYNC_MANAGERS:
            return Decoration.MANAGER
        return Decoration.NONE if value.name in TRANSPARENT or value.name in PROPERTIES else Decoration.UNKNOWN
    if value is None and isinstance(decorator, int):
        factory = resolver.value_of(around.unit.body.calls[decorator].function, around, None)
        if isinstance(factory, External):
            return Decoration.NONE if factory.name in TRANSPARENT else Decoration.UNKNOWN
    return None


def _of_wrapper(wrapper: Wrapper | None, definition: Definition) -> Decoration:
    """What it means to return the given function itself, or an inner function that calls it."""
    if wrapper is None:
        return Decoration.UNKNOWN
    if wrapper.function is None:
        return Decoration.NONE
    unit = wrapper.function.definition.unit
    is_other = (unit.is_async and not definition.unit.is_async) or (
        unit.is_generator and not definition.unit.is_generator
    )
    if is_other or not wrapper.calls:
        return Decoration.UNKNOWN
    return Decoration.NONE if wrapper.gives_the_same() else Decoration.WRAPPED
