"""What lists, dicts and the like hold: what stands in them literally, and what is put into them later."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from antipatterns.facts.model import BindingKind, Expression, Items, Literal, Pairs, Text
from antipatterns.index.definitions import is_placeholder
from antipatterns.index.values import Elements, External, Method, Table, Value, agreed, one_of
from antipatterns.knowledge.containers import CONTAINERS, PUTTING, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from antipatterns.facts.model import Binding, Call
    from antipatterns.index.definitions import Definition, Module
    from antipatterns.index.resolve import Resolver

    _Bound = tuple[Binding, Definition]


FILLED = frozenset({Elements, Table, type(None)})
"""The types of values that are containers, or may be some of which nothing is known yet."""


def value_of_items(resolver: Resolver, items: Items, here: Definition, self_class: Definition | None) -> Value:
    """The value of a list, tuple or set display, or of a comprehension."""
    values = [resolver.value_of(one, here, self_class) for one in items.items]
    return _elements(values)


def _elements(values: list[Value]) -> Value:
    if all(value is None for value in values):
        return None
    parts = () if agreed(values) is not None else tuple(values)
    return Elements(one_of(values), parts)


def value_of_pairs(resolver: Resolver, pairs: Pairs, here: Definition, self_class: Definition | None) -> Value:
    """The value of a dict display or comprehension."""
    values = [resolver.value_of(value, here, self_class) for _, value in pairs.pairs]
    if all(value is None for value in values):
        return None
    keys = [resolver.value_of(key, here, self_class) for key, _ in pairs.pairs]
    parts: tuple[tuple[Text | Literal, Value], ...] = ()
    if agreed(values) is None and all(isinstance(key, (Text, Literal)) for key, _ in pairs.pairs):
        parts = tuple((key, value) for (key, _), value in zip(pairs.pairs, values, strict=True))  # type: ignore[misc]
    return Table(agreed(keys), one_of(values), parts)


def item_of(value: Value, index: Expression) -> Value:
    """What ``value[index]`` is, of a container."""
    if isinstance(value, Table):
        if value.parts and isinstance(index, (Text, Literal)):
            return dict(value.parts).get(index)
        return value.of
    if isinstance(value, Elements):
        position = index.value if isinstance(index, Literal) else None
        if value.parts and isinstance(position, int):
            return value.parts[position] if -len(value.parts) <= position < len(value.parts) else None
        return value.of if not isinstance(index, Items) else value
    return None


def result_of(method: Method, call: Call) -> Value:
    """What calling a method of a container gives."""
    owner, name = method.owner, method.name
    if name == "copy":
        return owner
    if isinstance(owner, Elements):
        return owner.of if name in ("pop", "popleft", "__getitem__") else None
    if name in ("get", "pop", "setdefault", "__getitem__"):
        return item_of(owner, call.arguments[0] if call.arguments else None)
    if name == "values":
        return Elements(owner.of) if owner.of is not None else None
    if name == "keys":
        return Elements(owner.key) if owner.key is not None else None
    if name in ("items", "popitem"):
        pair = Elements(None, (owner.key, owner.of))
        return pair if name == "popitem" else Elements(pair)
    return None


class Fillings:
    """Answers what is put into containers after they are made; one look at each module."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._puts: dict[Module, dict[tuple[Definition, str], list[_Put]]] = {}

    def with_puts(
        self, value: Value, owner: Definition, name: str, bound: Iterable[_Bound], self_class: Definition | None
    ) -> Value:
        """The value of a name or attribute of a unit or class, where that is a container, with what is put into it."""
        if value.__class__ not in FILLED:
            return value
        made = [(binding, unit) for binding, unit in bound if not is_placeholder(binding)]
        if not made or not all(_may_make(binding) for binding, _ in made):
            return value
        puts = self._puts_in(owner.module).get((owner, name))
        if not puts:
            return value
        kinds = {self._is_table(binding.value, unit) for binding, unit in made}
        if len(kinds) != 1 or None in kinds:
            return value
        held = [
            self._resolver.value_of(put.value, put.unit, self_class if owner.is_class else put.unit.class_around)
            for put in puts
        ]
        if isinstance(value, (Elements, Table)):
            held.insert(0, value.of)
        found = one_of(held)
        if found is None:
            return value
        return Table(getattr(value, "key", None), found) if kinds == {True} else Elements(found)

    def _is_table(self, made: Expression, unit: Definition) -> bool | None:
        """True of an expression that makes a new dict, False of one that makes a list or the like, else None."""
        if isinstance(made, (Pairs, Items)):
            return isinstance(made, Pairs)
        if not isinstance(made, int):
            return None
        callee = self._resolver.value_of(unit.unit.body.calls[made].function, unit, None)
        is_known = isinstance(callee, External) and callee.name in CONTAINERS
        return callee.name in TABLES if is_known else None  # type: ignore[union-attr]

    def _puts_in(self, module: Module) -> dict[tuple[Definition, str], list[_Put]]:
        """What is put into containers in a module, by the unit or class that has the name, and the name."""
        if module not in self._puts:
            found = self._puts[module] = {}
            for unit in module.units:
                for path, value in _puts_of(unit):
                    owner, name = _owner_of(path, unit)
                    if owner is not None:
                        found.setdefault((owner, name), []).append(_Put(value, unit))
        return self._puts[module]


class _Put(NamedTuple):
    value: Expression
    unit: Definition


def _puts_of(unit: Definition) -> Iterator[tuple[str, Expression]]:
    """The paths of containers into which a unit puts something, and what."""
    for call in unit.unit.body.calls:
        path, _, method = call.function.rpartition(".") if isinstance(call.function, str) else ("", "", "")
        position = PUTTING.get(method) if path else None
        if position is not None and len(call.arguments) == position + 1:
            yield path, call.arguments[position]
    for path, bindings in unit.unit.body.bindings.items():
        if path.endswith("[]"):
            for binding in bindings:
                yield path.removesuffix("[]"), binding.value


def _owner_of(path: str, unit: Definition) -> tuple[Definition | None, str]:
    """The unit that binds a plain name, or the class of an attribute of the instance."""
    root, _, attribute = path.partition(".")
    if not attribute:
        found = unit.lookup(root)
        return (found[0], root) if found is not None else (None, "")
    return (unit.enclosing_class if root == unit.receiver else None), attribute


def _may_make(binding: Binding) -> bool:
    """Whether a binding may be to a new container, by its kind alone."""
    return binding.kind is BindingKind.ASSIGNMENT and binding.value.__class__ in (Pairs, Items, int)
