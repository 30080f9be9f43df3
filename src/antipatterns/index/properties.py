"""Which functions run where a unit has attributes, items and operators: those of properties, and special methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.facts.model import BindingKind
from antipatterns.index.values import Function, Instance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.facts.model import Place
    from antipatterns.index.definitions import Definition
    from antipatterns.index.resolve import Resolver
    from antipatterns.index.values import Value


class Touched:
    """Remembers what units touch: everybody who asks what a function calls asks for this too."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._known: dict[tuple[Definition, Definition | None], tuple[tuple[Function, Place], ...]] = {}

    def of(self, function: Function) -> tuple[tuple[Function, Place], ...]:
        """The functions of properties and operators that run in a unit, with the first place of each."""
        key = (function.definition, function.self_class)
        found = self._known.get(key)
        if found is None:
            properties = properties_touched(self._resolver, function)
            of_results = properties_of_results(self._resolver, function)
            found = self._known[key] = (*properties, *of_results, *operators_run(self._resolver, function))
        return found


def properties_touched(resolver: Resolver, function: Function) -> Iterator[tuple[Function, Place]]:
    """The functions of the properties that a unit reads or sets, with the first place of each."""
    seen: set[tuple[str, bool]] = set()
    for (path, stored), place in _paths_in(function.definition).items():
        end = path.find(".")
        while end >= 0:
            start, end = end + 1, path.find(".", end + 1)
            value = resolver.value_of(path[: start - 1], function.definition, function.self_class)
            if value is None:
                break
            is_set = stored and end < 0
            key = (path[:end] if end >= 0 else path, is_set)
            if key in seen or not isinstance(value, Instance) or isinstance(value.of, str):
                continue
            seen.add(key)
            found = _property_of(resolver, value.of, key[0][start:], is_set=is_set)
            if found is not None:
                yield found, place


def properties_of_results(resolver: Resolver, function: Function) -> Iterator[tuple[Function, Place]]:
    """The functions of the properties that are read of what calls in a unit give."""
    for access in function.definition.unit.body.accesses:
        if access.owner < 0:
            continue
        value: Value = resolver.value_of(access.owner, function.definition, function.self_class)
        for name in access.path.split(".") if value is not None else ():
            if isinstance(value, Instance) and not isinstance(value.of, str):
                found = _property_of(resolver, value.of, name, is_set=False)
                if found is not None:
                    yield found, access.place
            value = resolver.members.of(value, name)


def operators_run(resolver: Resolver, function: Function) -> Iterator[tuple[Function, Place]]:
    """The special methods that operators and ``value[key]`` run in a unit, with the first place of each."""
    for access in function.definition.unit.body.accesses:
        if access.method:
            value = resolver.value_of(access.path, function.definition, function.self_class)
            if isinstance(value, Instance) and not isinstance(value.of, str):
                method = resolver.members.find_special_method(value.of, access.method)
                if isinstance(method, Function):
                    yield method, access.place


def _paths_in(definition: Definition) -> dict[tuple[str, bool], Place]:
    """The dotted paths of a unit whose parts are read, or that are set (true), in the order of the source."""
    body = definition.unit.body
    paths = [
        (access.place, access.path, access.stored) for access in body.accesses if not access.method and access.owner < 0
    ]
    paths += [
        (call.place, call.function.rpartition(".")[0], False)
        for call in body.calls
        if isinstance(call.function, str) and call.function.count(".") > 1
    ]
    found: dict[tuple[str, bool], Place] = {}
    for place, path, stored in sorted(paths):
        found.setdefault((path, stored), place)
    return found


def _property_of(resolver: Resolver, owner: Definition, name: str, *, is_set: bool) -> Function | None:
    """The function that runs when an attribute of an instance is read or set; None where it is no property."""
    for base in resolver.members.order_of(owner):
        if isinstance(base, str):
            return None
        bindings = base.attributes.get(name)
        if not bindings:
            continue
        in_class = [binding for binding, unit in bindings if unit is base]  # methods that set it call its setter
        if not in_class or any(binding.kind is not BindingKind.FUNCTION for binding in in_class):
            return None
        definitions = [base.children[binding.child] for binding in in_class]
        if not any(resolver.members.is_property(one) for one in definitions):
            return None
        wanted = [one for one in definitions if (f"{name}.setter" in one.unit.decorators) is is_set]
        return Function(wanted[0], owner) if wanted and not wanted[0].unit.is_async else None
    return None
