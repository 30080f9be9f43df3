"""What ``value.name`` stands for: in modules, classes, instances, through bases and properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.blocking import libraries
from antipatterns.facts.model import Binding, BindingKind, Item
from antipatterns.index.answers import UNASKED
from antipatterns.index.classes import UNKNOWN, merge
from antipatterns.index.containers import FILLED
from antipatterns.index.definitions import Definition, says_nothing
from antipatterns.index.holders import Holder
from antipatterns.index.star_imports import find_exporter
from antipatterns.index.values import (
    Awaitable,
    Choice,
    ClassObject,
    Elements,
    External,
    Function,
    Gives,
    Instance,
    Method,
    ModuleObject,
    OneOf,
    Super,
    Table,
    Value,
    Variable,
    chosen,
    of_each,
)
from antipatterns.knowledge.containers import CONTEXT_VARIABLE
from antipatterns.knowledge.decorators import PROPERTIES
from antipatterns.knowledge.methods import INSTEAD
from antipatterns.knowledge.standard_classes import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from antipatterns.facts.model import Expression
    from antipatterns.index.answers import Answers
    from antipatterns.index.resolve import Resolver

_TASK = "asyncio.Task"
_INIT = "__init__"
_Order = tuple["Definition | str", ...]


class Members:
    """Looks members up; the orders of classes are kept."""

    def __init__(self, resolver: Resolver, answers: Answers) -> None:
        self._resolver = resolver
        self._answers = answers
        self._orders: dict[Definition, _Order] = {}

    def of(self, value: Value, name: str) -> Value:
        """The value of an attribute, or None."""
        if isinstance(value, ModuleObject):
            return self._of_module(value, name)
        if isinstance(value, External):
            return self._of_external(value.name, name)
        if isinstance(value, Instance):
            of = value.of
            return self._of_known_instance(of, name) if isinstance(of, str) else self._of_instance(of, name)
        if isinstance(value, ClassObject):
            order = self.order_of(value.definition)
            return self._of_order(order, name, value.definition, is_instance=False)
        if isinstance(value, Super):
            order = self.order_of(value.of)
            start = order.index(value.after) + 1 if value.after in order else 0
            return self._of_order(order[start:], name, value.of, is_instance=True)
        if isinstance(value, (Elements, Table)):
            return Method(value, name)
        if isinstance(value, (Awaitable, Variable)):
            return self._of_holder(value, name)
        if isinstance(value, (OneOf, Choice)):
            return of_each(value, lambda option: self.of(option, name))
        return None

    def _of_holder(self, value: Awaitable | Variable, name: str) -> Value:
        if isinstance(value, Variable) and name == "get" and value.of is not None:
            return Gives(value.of)
        return self._of_known_instance(_TASK if isinstance(value, Awaitable) else CONTEXT_VARIABLE, name)

    def _of_instance(self, concrete: Definition, name: str) -> Value:
        """Asked for by every method of a class: the answers are kept."""
        key = (concrete, name)
        found: Value = self._answers.known.get(key, UNASKED)  # type: ignore[assignment]
        if found is UNASKED:
            found = self._answers.ask(key, self._of_order, self.order_of(concrete), name, concrete, True)
        return found

    def _of_module(self, value: ModuleObject, name: str) -> Value:
        module = value.module
        known = _known_sink(f"{module.name}.{name}") if not module.is_own else None
        if known is not None:
            return known
        bindings = module.definition.unit.body.bindings.get(name)
        if bindings:
            found = self._resolver.value_of_bindings(bindings, module.definition, None)
            if found.__class__ not in FILLED:
                return found
            bound = [(binding, module.definition) for binding in bindings]
            return self._resolver.fillings.with_puts(found, module.definition, name, bound, None)
        if module.is_package:
            submodule = self._resolver.modules.find((*module.parts, name), module)
            if submodule is not None:
                return ModuleObject(submodule)
        exporter = find_exporter(self._resolver.modules, name, module)
        return None if exporter is None or isinstance(exporter, str) else self._of_module(ModuleObject(exporter), name)

    @staticmethod
    def _of_external(owner: str, name: str) -> Value:
        dotted = libraries.canonical(f"{owner}.{name}")
        variable = libraries.variable_type(dotted)
        return Instance(variable) if variable is not None else External(dotted)

    @staticmethod
    def _of_known_instance(owner: str, name: str) -> Value:
        attribute = libraries.attribute_type(owner, name)
        return Instance(attribute) if attribute is not None else External(f"{owner}.{name}")

    def order_of(self, definition: Definition) -> _Order:
        """The method resolution order of a class: definitions, dotted names of known bases, ``UNKNOWN``."""
        definition = definition.original
        waiting = [definition]  # a chain of hundreds of classes is no reason to recurse
        bases: dict[Definition, list[Definition | str]] = {}
        while waiting:
            here = waiting[-1]
            if here in self._orders:
                waiting.pop()
                continue
            if here not in bases:
                bases[here] = [self._base(base, here) for base in here.unit.bases]
                waiting += [base for base in bases[here] if isinstance(base, Definition) and base not in bases]
                continue
            waiting.pop()
            # A class among its own bases has no order yet; Python would not make it.
            orders = [[base] if isinstance(base, str) else self._orders.get(base, (UNKNOWN,)) for base in bases[here]]
            self._orders[here] = (here, *merge([*orders, bases[here]]))
        return self._orders[definition]

    def _base(self, base: object, definition: Definition) -> Definition | str:
        around = definition.parent or definition
        if isinstance(base, Item):
            base = base.value
        value = self._resolver.value_of(base, around, None)  # type: ignore[arg-type]
        if isinstance(value, ClassObject) and value.definition is not definition:
            return value.definition
        return value.name if isinstance(value, External) else UNKNOWN

    def _of_order(self, order: Iterable[Definition | str], name: str, concrete: Definition, is_instance: bool) -> Value:
        for base in order:
            if isinstance(base, str):
                if base == UNKNOWN or self._is_async_twin(concrete):
                    return None
                if libraries.is_known_class(base) or (name == _INIT and libraries.find_sink(base) is not None):
                    return self._of_known_instance(base, name)
                continue
            known = _known_sink(f"{base.dotted_name}.{name}") if not base.module.is_own else None
            if known is not None:
                return None if self._is_async_twin(concrete) else known
            found = base.attributes.get(name)
            if found and not is_instance:
                found = [(binding, owner) for binding, owner in found if owner is base]
            if found:
                value = self._of_bindings(found, concrete, is_instance=is_instance)
                value = self._resolver.fillings.with_puts(value, base, name, found, concrete)
                if is_instance and (value is None or isinstance(value, Gives) or self.is_open(value)):
                    held = concrete.given.get(name) if isinstance(concrete, Holder) and _are_fields(found) else None
                    value = held or self._resolver.constructions.value_in(name, found, concrete.original) or value
                return value
            attribute = None if base.module.is_own else libraries.attribute_type(base.dotted_name, name)
            if attribute is not None:
                return Instance(attribute)  # a metaclass makes it
        return None

    def bound_in(self, owner: Definition, name: str) -> list[tuple[Binding, Definition]]:
        """The bindings of an attribute in a class, or the nearest of its bases that is read and has some."""
        classes = (base for base in self.order_of(owner) if not isinstance(base, str))
        return next((found for base in classes if (found := base.attributes.get(name))), [])

    def is_open(self, value: Value) -> bool:
        """Whether a value is of a class that only says what others do."""
        is_read = isinstance(value, Instance) and not isinstance(value.of, str)
        return is_read and not OPEN.isdisjoint(self.order_of(value.of))  # type: ignore[union-attr, arg-type]

    def _is_async_twin(self, definition: Definition) -> bool:
        """Whether a class, or one of its bases, is asynchronous though it inherits from one that blocks."""
        return any(
            not isinstance(one, str) and libraries.is_async_twin(one.dotted_name) for one in self.order_of(definition)
        )

    def _of_bindings(
        self, found: list[tuple[Binding, Definition]], concrete: Definition, *, is_instance: bool
    ) -> Value:
        in_class = [binding for binding, owner in found if owner.is_class]
        if in_class and in_class[-1].kind is BindingKind.FUNCTION:
            owner = found[len(in_class) - 1][1]
            return self._method(self._getter(in_class, owner), concrete, is_instance)
        by_owner: dict[Definition, list[Binding]] = {}
        for binding, owner in found:
            by_owner.setdefault(owner, []).append(binding)
        values = []
        for owner, bindings in by_owner.items():
            value = self._resolver.value_of_bindings(tuple(bindings), owner, concrete)
            is_typed = value is not None and not isinstance(value, Gives)
            if is_typed and any(binding.annotation is not None for binding in bindings):
                return value
            if not all(says_nothing(binding) for binding in bindings):
                values.append(value)
        return chosen(values)

    @staticmethod
    def _getter(bindings: list[Binding], owner: Definition) -> Definition:
        """The function of a name that a class defines: of a property with a setter, what reading calls."""
        definitions = [owner.children[one.child] for one in bindings if one.kind is BindingKind.FUNCTION]
        while len(definitions) > 1 and any(_is_accessor(one) for one in definitions[-1].unit.decorators):
            definitions.pop()
        return definitions[-1]

    def _method(self, definition: Definition, concrete: Definition, is_instance: bool) -> Value:
        """A method seen on an object of a concrete class; of a property, what it gives."""
        if is_instance and self.is_property(definition):
            return self._resolver.results.of_function(definition, concrete)
        return Function(definition, concrete)

    def is_property(self, definition: Definition) -> bool:
        """Whether reading a method calls it."""
        around = definition.parent or definition
        values = (self._resolver.value_of(one, around, None) for one in definition.unit.decorators)
        return any(isinstance(value, External) and value.name in PROPERTIES for value in values)

    def find_method(self, definition: Definition, name: str) -> Function | External | None:
        """A method of a class by the order of its bases; External where a known base has it."""
        found = self._of_order(self.order_of(definition), name, definition, is_instance=False)
        return found if isinstance(found, (Function, External)) else None

    def metaclass_of(self, definition: Definition) -> Definition | None:
        """The metaclass of a class, its own or that of a base, where it is read."""
        for base in self.order_of(definition):
            if not isinstance(base, str) and base.unit.metaclass is not None:
                value = self._resolver.value_of(base.unit.metaclass, base.parent or base, None)
                return value.definition if isinstance(value, ClassObject) else None
        return None

    def find_special_method(self, definition: Definition, name: str) -> Function | External | None:
        """The method that the language calls: another one stands in where a class surely has none of that name."""
        found = self.find_method(definition, name)
        if found is None and name in INSTEAD and UNKNOWN not in self.order_of(definition):
            return self.find_special_method(definition, INSTEAD[name])
        return found


def _are_fields(bound: list[tuple[Binding, Definition]]) -> bool:
    """Whether only the body of a class binds an attribute."""
    return all(unit.is_class for _, unit in bound)


def _known_sink(dotted: str) -> External | None:
    """What the tables speak for, though its source is there: that it blocks."""
    known = libraries.canonical(dotted)
    return External(known) if libraries.find_sink(known) is not None else None


def _is_accessor(decorator: Expression) -> bool:
    return isinstance(decorator, str) and decorator.endswith((".setter", ".deleter"))
