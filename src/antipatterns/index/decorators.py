"""What decorators make of a function: leave it as it is, make a manager of it, or what nobody can tell."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from antipatterns.facts.model import Binding, BindingKind
from antipatterns.index.values import External, Function, Value
from antipatterns.knowledge.decorators import CACHES, MANAGERS, TRANSPARENT

if TYPE_CHECKING:
    from antipatterns.facts.model import Expression
    from antipatterns.index.definitions import Definition
    from antipatterns.index.resolve import Resolver


class Decoration(Enum):
    """What calling a decorated function does."""

    NONE = auto()  # it runs the function
    MANAGER = auto()  # it makes a context manager, which runs the function when entered and left
    UNKNOWN = auto()


def decoration_of(resolver: Resolver, definition: Definition) -> Decoration:
    """What all decorators of a function make of it together."""
    found = Decoration.NONE
    for decorator in definition.unit.decorators:
        one = _decoration(resolver, decorator, definition)
        if one is Decoration.UNKNOWN:
            return one
        if one is Decoration.MANAGER:
            found = one
    return found


def is_cached(resolver: Resolver, definition: Definition) -> bool:
    """Whether a decorator keeps the results of a function."""
    around = definition.parent or definition
    for decorator in definition.unit.decorators:
        written = around.unit.body.calls[decorator].function if isinstance(decorator, int) else decorator
        value = resolver.value_of(written, around, None)
        if isinstance(value, External) and value.name in CACHES:
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
        if value.name in MANAGERS:
            return Decoration.MANAGER
        return Decoration.NONE if value.name in TRANSPARENT else Decoration.UNKNOWN
    if isinstance(value, Function):
        return Decoration.NONE if _gives_back(value.definition) else Decoration.UNKNOWN
    return Decoration.UNKNOWN


def _of_factory(resolver: Resolver, factory: Value) -> Decoration:
    """What ``@factory(…)`` makes: known factories, and own ones whose result gives back what it is given."""
    if isinstance(factory, External):
        return Decoration.NONE if factory.name in TRANSPARENT else Decoration.UNKNOWN
    if isinstance(factory, Function):
        for returned in factory.definition.unit.body.returned:
            value = resolver.value_of(returned, factory.definition, None)
            if not isinstance(value, Function) or not _gives_back(value.definition):
                return Decoration.UNKNOWN
        return Decoration.NONE if factory.definition.unit.body.returned else Decoration.UNKNOWN
    return Decoration.UNKNOWN


def _gives_back(decorator: Definition) -> bool:
    """Whether a decorator returns the very function that it is given, or a wrapper that calls it in its place."""
    unit = decorator.unit
    if unit.is_async or unit.is_generator or not unit.parameters or not unit.body.returned:
        return False
    given = unit.parameters[0]
    return all(one == given or _is_wrapper(one, given, decorator) for one in unit.body.returned)


def _is_wrapper(returned: Expression, given: str, decorator: Definition) -> bool:
    """Whether what is returned is an inner function that itself calls the given one."""
    if not isinstance(returned, str):
        return False
    bindings: tuple[Binding, ...] = decorator.unit.body.bindings.get(returned, ())
    if len(bindings) != 1 or bindings[0].kind is not BindingKind.FUNCTION:
        return False
    wrapper = decorator.unit.children[bindings[0].child]
    return not wrapper.is_async and any(call.function == given for call in wrapper.body.calls)
