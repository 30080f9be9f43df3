"""Functions that are kept in fields: what the constructions of a class in its own module give for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.facts.model import BindingKind
from antipatterns.index.handed import arguments_given
from antipatterns.index.values import ClassObject, Function, OneOf, Partial, Value, one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.facts.model import Binding, Call, Expression
    from antipatterns.index.definitions import Definition, Module
    from antipatterns.index.resolve import Resolver


class Constructions:
    """Answers which functions a field of a class holds; one look at each module."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._calls: dict[Module, dict[Definition, list[tuple[Call, Definition]]]] = {}

    def function_in(self, field: str, bound: list[tuple[Binding, Definition]], concrete: Definition) -> Value:
        """The functions that a field holds, which only a constructor's argument binds; None for anything else."""
        parameter = self._parameter_of(field, bound, concrete)
        if parameter is None:
            return None
        made = self._calls_in(concrete.module).get(concrete, ())
        values = [
            self._resolver.value_of(self._given(call, parameter, concrete), unit, unit.class_around)
            for call, unit in made
        ]
        return one_of([value for value in values if isinstance(value, (Function, Partial, OneOf))])

    def _parameter_of(self, field: str, bound: list[tuple[Binding, Definition]], concrete: Definition) -> str | None:
        """The parameter of the constructor that a field gets, by its name."""
        init = self._resolver.members.find_method(concrete, "__init__")
        if init is None:
            is_field = all(unit.is_class and binding.annotation is not None for binding, unit in bound)
            return field if is_field else None
        values = {binding.value for binding, unit in bound if not unit.is_class}
        units = {unit for _, unit in bound if not unit.is_class}
        if not isinstance(init, Function) or units != {init.definition} or len(values) != 1:
            return None
        value = values.pop()
        bindings = init.definition.unit.body.bindings.get(value, ()) if isinstance(value, str) else ()
        is_parameter = len(bindings) == 1 and bindings[0].kind is BindingKind.PARAMETER
        return value if is_parameter and isinstance(value, str) else None

    def _given(self, call: Call, parameter: str, concrete: Definition) -> Expression:
        init = self._resolver.members.find_method(concrete, "__init__")
        if isinstance(init, Function):
            given = arguments_given(call, Function(init.definition, concrete))
            return given.get(parameter) if given else None
        return call.keywords.get(parameter)

    def _calls_in(self, module: Module) -> dict[Definition, list[tuple[Call, Definition]]]:
        """The calls of a module that make instances of its own classes."""
        if module not in self._calls:
            found = self._calls[module] = {}
            for call, unit in _calls_of_classes(module):
                callee = self._resolver.value_of(call.function, unit, unit.class_around)
                if isinstance(callee, ClassObject):
                    found.setdefault(callee.definition, []).append((call, unit))
        return self._calls[module]


def _calls_of_classes(module: Module) -> Iterator[tuple[Call, Definition]]:
    """The calls of a module of anything that has the name of one of its classes."""
    units = module.units
    names = {unit.unit.name for unit in units if unit.is_class}
    for unit in units:
        for call in unit.unit.body.calls:
            if isinstance(call.function, str) and call.function in names:
                yield call, unit
