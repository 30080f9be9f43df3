"""What attributes of packages hold as long as nobody gives another option: what is off unless a program turns it on."""

from __future__ import annotations

from types import NoneType
from typing import TYPE_CHECKING

from antipatterns.facts.model import BindingKind, Literal
from antipatterns.index.definitions import Definition
from antipatterns.index.values import External, Instance
from antipatterns.knowledge.environment import SERVER

if TYPE_CHECKING:
    from antipatterns.facts.model import Binding
    from antipatterns.index.definitions import Module
    from antipatterns.index.resolve import Resolver
    from antipatterns.index.values import Function, Value

ANYTHING = object()
"""A value that nobody knows."""


class Options:
    """Answers for the calls of one module: an option that it gives by its keyword anywhere may be anything."""

    def __init__(self, resolver: Resolver, module: Module) -> None:
        self._resolver = resolver
        self._module = module
        self._given: dict[str, object] | None = None
        self._known: dict[tuple[str, Function], object] = {}

    def value_of(self, path: str, function: Function) -> object:
        """What a constant holds, or an attribute if that is False or None unless somebody wants more; else ANYTHING."""
        key = (path, function)
        if key not in self._known:
            self._known[key] = self._find(path, function)
        return self._known[key]

    def _find(self, path: str, function: Function) -> object:
        prefix, _, name = path.rpartition(".")
        if not prefix:
            return _constant(function.definition.module.definition.unit.body.bindings.get(name, ()))
        owner: Value = self._resolver.value_of(prefix, function.definition, function.self_class)
        if isinstance(owner, External):
            return SERVER.get(f"{owner.name}.{name}", ANYTHING)
        if not isinstance(owner, Instance) or isinstance(owner.of, str):
            return ANYTHING
        for base in self._resolver.members.order_of(owner.of):
            found = base.attributes.get(name) if isinstance(base, Definition) else None
            if found:
                values = {_usual_value(binding, unit, self._given_here()) for binding, unit in found}
                values.discard(_NOTHING)
                return values.pop() if len(values) == 1 else ANYTHING
        return ANYTHING

    def _given_here(self) -> dict[str, object]:
        """The keywords with which the module calls anything, with the one constant that it gives, or ANYTHING."""
        if self._given is None:
            values: dict[str, set[tuple[type, object]]] = {}
            for call in (call for unit in self._module.units for call in unit.unit.body.calls):
                for keyword, value in call.keywords.items():
                    constant = value.value if isinstance(value, Literal) else ANYTHING
                    values.setdefault(keyword, set()).add((type(constant), constant))  # 1 and True are equal
            self._given = {
                keyword: next(iter(found))[1] if len(found) == 1 else ANYTHING
                for keyword, found in ((keyword, found - _OFF) for keyword, found in values.items())
                if found
            }
        return self._given


def _constant(bindings: tuple[Binding, ...]) -> object:
    """The value of a constant of a module."""
    is_constant = len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT
    value = bindings[0].value if is_constant else None
    return value.value if isinstance(value, Literal) else ANYTHING


_OFF: set[tuple[type, object]] = {(NoneType, None), (bool, False)}
_NOTHING = object()


def _usual_value(binding: Binding, unit: Definition, given: dict[str, object]) -> object:
    """What one binding of an attribute gives it: None or False, or a parameter that is so by default or given."""
    value = binding.value
    if binding.kind is not BindingKind.ASSIGNMENT:
        return ANYTHING
    if unit.is_class and value is None and binding.annotation is not None:
        return _NOTHING
    if isinstance(value, str) and unit.unit.name == "__init__":
        bindings = unit.unit.body.bindings.get(value, ())
        if len(bindings) != 1 or bindings[0].kind is not BindingKind.PARAMETER:
            return ANYTHING
        if value in given:
            return given[value]
        value = bindings[0].value
    return value.value if isinstance(value, Literal) and (type(value.value), value.value) in _OFF else ANYTHING
