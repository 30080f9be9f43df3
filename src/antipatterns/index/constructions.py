"""What is kept in fields: what the constructions of a class near its own module, or classes below it, give for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.facts.model import BindingKind
from antipatterns.index.handed import arguments_given, last_name
from antipatterns.index.holders import Holder
from antipatterns.index.values import ClassObject, Function, Instance, OneOf, Partial, Value, agreed, one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.facts.model import Binding, Call, Expression
    from antipatterns.index.definitions import Definition, Module
    from antipatterns.index.near import Near
    from antipatterns.index.resolve import Resolver


class Constructions:
    """Answers what a field of a class holds that its constructor is given; one look at each module."""

    def __init__(self, resolver: Resolver, near: Near) -> None:
        self._resolver = resolver
        self._near = near
        self._calls: dict[Module, dict[str, list[tuple[Call, Definition]]]] = {}
        self._usual: dict[Definition, Definition] = {}

    def value_in(self, field: str, bound: list[tuple[Binding, Definition]], concrete: Definition) -> Value:
        """What a field holds which only a constructor's argument binds; None where nobody can tell.

        That is what the constructor of a class below gives ``super().__init__()``, else what the modules
        near the class give: any function, or the same object everywhere.
        """
        parameter = self._parameter_of(field, bound, concrete)
        if parameter is None:
            return self._given_by_subclass(bound, concrete)
        made = list(self._calls_of(concrete))
        if any(field in unit.module.set_outside for _, unit in made):
            return None
        values = [
            self._resolver.value_of(self._given(call, parameter, concrete), unit, unit.class_around)
            for call, unit in made
        ]
        if values and all(isinstance(value, Instance) for value in values):
            return agreed(values)
        return one_of([value for value in values if isinstance(value, (Function, Partial, OneOf))])

    def usual_object_of(self, concrete: Definition) -> Definition:
        """A class with what all constructions near it give its constructor alike, where that tells something."""
        found = self._usual.get(concrete)
        if found is None:
            found = self._usual[concrete] = self._find_usual(concrete)
        return found

    def _find_usual(self, concrete: Definition) -> Definition:
        holders = self._resolver.holders
        if not holders.may_tell(concrete):
            return concrete
        made = list(self._calls_of(concrete))
        objects = [holders.made_by(call, concrete, unit, unit.class_around) for call, unit in made]
        given = [set(one.given.items()) if isinstance(one, Holder) else set() for one in objects]
        common = set.intersection(*given) if given else set()
        if not common or any(not unit.module.set_outside.isdisjoint(concrete.attributes) for _, unit in made):
            return concrete
        return holders.holder_of(concrete, tuple(sorted(common)))

    def _given_by_subclass(self, bound: list[tuple[Binding, Definition]], concrete: Definition) -> Value:
        """What the constructor of a class hands to that of a base, which keeps it in a field."""
        init = self._resolver.members.find_method(concrete, "__init__")
        binders = {unit for _, unit in bound if not unit.is_class}
        if not isinstance(init, Function) or init.definition in binders or len(binders) != 1 or len(bound) != 1:
            return None
        (binder,) = binders
        parameter = bound[0][0].value
        if binder.unit.name != "__init__" or not isinstance(parameter, str):
            return None
        is_rebound = len(binder.unit.body.bindings.get(parameter, ())) != 1
        if is_rebound or binder.unit.body.bindings[parameter][0].kind is not BindingKind.PARAMETER:
            return None
        here = init.definition
        values = []
        for call in here.unit.body.calls:
            callee = self._resolver.callee_of(call, here, concrete) if last_name(call.function) == "__init__" else None
            if isinstance(callee, Function) and callee.definition is binder:
                given = arguments_given(call, callee) or {}
                values.append(self._resolver.value_of(given.get(parameter), here, concrete))
        return agreed(values)

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

    def _calls_of(self, concrete: Definition) -> Iterator[tuple[Call, Definition]]:
        """The calls of a class in the modules near it."""
        for module in self._near.of(concrete.module):
            if module not in self._calls:
                self._calls[module] = _calls_of_classes(module)
            for call, unit in self._calls[module].get(concrete.unit.name, ()):
                callee = self._resolver.value_of(call.function, unit, unit.class_around)
                if isinstance(callee, ClassObject) and callee.definition.original is concrete:
                    yield call, unit


def _calls_of_classes(module: Module) -> dict[str, list[tuple[Call, Definition]]]:
    """The calls of a module of anything that may be a class, by the last part of its name."""
    found: dict[str, list[tuple[Call, Definition]]] = {}
    own = {unit.unit.name for unit in module.units if unit.is_class}
    for unit in module.units:
        for call in unit.unit.body.calls:
            name = call.function.rpartition(".")[2] if isinstance(call.function, str) else ""
            if name[:1].isupper() or name in own:
                found.setdefault(name, []).append((call, unit))
    return found
