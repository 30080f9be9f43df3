"""Objects whose making is seen: those that a module keeps, which the whole program shares, local ones, attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from antipatterns.facts.model import OFF, BindingKind, Either, Literal, Member
from antipatterns.index.aliases import find_binding
from antipatterns.index.handed import arguments_given
from antipatterns.index.options import option_for
from antipatterns.index.values import ClassObject, Function

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from antipatterns.facts.model import Binding, Call, Expression, Place
    from antipatterns.index.definitions import Definition
    from antipatterns.index.edges import Edge
    from antipatterns.index.options import Constant
    from antipatterns.index.resolve import Resolver

_MAKERS = frozenset({"__init__", "__new__"})


class Made(NamedTuple):
    """An object as a ``unit`` makes it and keeps it under a name, if it has one."""

    name: str
    unit: Definition
    call: Call

    @property
    def is_shared(self) -> bool:
        """Whether a module keeps it."""
        return bool(self.name) and self.unit.parent is None


def made_for(edge: Edge, caller: Function, resolver: Resolver) -> Made | None:
    """The object whose method a call in a function runs, if a module or that function is seen to make it."""
    if edge.target.definition.receiver is None:
        return None
    here = caller.definition
    function = here.unit.body.calls[edge.call].function if edge.call >= 0 else None
    if isinstance(function, Member) and "." not in function.path:
        function = function.value
    if isinstance(function, int):
        return Made("", here, here.unit.body.calls[function])  # made for this one call
    path = receiver_of(edge, caller)
    found = _binding_of(path, edge.place, caller, resolver) if path else None
    if found is None or found[0].kind is not BindingKind.ASSIGNMENT or not isinstance(found[0].value, int):
        return None
    return Made(path.rpartition(".")[2], found[1], found[1].unit.body.calls[found[0].value])


def _binding_of(path: str, place: Place, caller: Function, resolver: Resolver) -> tuple[Binding, Definition] | None:
    """What gives a path, as it is called at a place of a function, its object: there, in its class or in a module."""
    here = caller.definition
    owner, _, name = path.rpartition(".")
    if owner and owner == here.receiver:
        return _binding_of_attribute(name, caller, resolver)
    settled = here.settled(path, place[0], place[2])
    found = (settled, here) if settled is not None else find_binding(resolver, path, here)
    return found if found is not None and (found[1] is here or found[1].parent is None) else None


def _binding_of_attribute(name: str, method: Function, resolver: Resolver) -> tuple[Binding, Definition] | None:
    """The one place in the class of a method that gives an attribute of the object its value."""
    concrete = method.self_class or method.definition.enclosing_class
    found = resolver.members.bound_in(concrete, name) if concrete is not None else []
    return found[0] if len(found) == 1 else None


def receiver_of(edge: Edge, caller: Function) -> str:
    """The path of the object whose method a call in a function runs, or syntax does; "" where it has none."""
    body = caller.definition.unit.body
    if edge.call >= 0:
        function = body.calls[edge.call].function
        return function.rpartition(".")[0] if isinstance(function, str) else ""
    called = [one.function for one in body.calls if one.place == edge.place and isinstance(one.function, str)]
    read = [one.path for one in body.accesses if one.place == edge.place and one.owner < 0]
    for parts in (path.split(".") for path in (*read, *called)):
        if edge.target.definition.unit.name in parts[1:]:
            return ".".join(parts[: parts.index(edge.target.definition.unit.name, 1)])
    return ""


def fields_known(
    made: Made, caller: Definition, values: Mapping[str, Constant], resolver: Resolver
) -> Iterator[tuple[str, object]]:
    """The attributes that hold a constant, as the call that makes the object gives it, or leaves an option off.

    ``caller``: a unit that uses the object, ``values``: those of its parameters. What it or the module of the object
    sets from outside counts.
    """
    concrete = resolver.value_of(made.call.function, made.unit, None)
    if not isinstance(concrete, ClassObject):
        return
    maker = resolver.members.find_method(concrete.definition, "__init__")
    given = arguments_given(made.call, maker) if isinstance(maker, Function) else None
    if not isinstance(maker, Function) or given is None or maker.definition.enclosing_class is None:
        return
    if made.unit is caller:
        given = {name: _known(one, values) for name, one in given.items()}
    order = [one for one in resolver.members.order_of(concrete.definition) if not isinstance(one, str)]
    for name in maker.definition.enclosing_class.attributes:
        bindings = [bound for one in order for bound in one.attributes.get(name, ())]
        value = bindings[0][0].value if len(bindings) == 1 and bindings[0][1] is maker.definition else None
        kept = _kept_of(value, maker.definition, given)
        if kept is not None and not _is_set_outside(name, made, caller):
            yield name, kept.value


def _known(given: Expression, values: Mapping[str, Constant]) -> Expression:
    """What is given, where that is a parameter with a known plain value as that."""
    value = values.get(given, ()) if isinstance(given, str) else ()
    return Literal(value) if value is None or isinstance(value, (bool, int, float)) else given


def _kept_of(value: Expression, maker: Definition, given: Mapping[str, Expression]) -> Literal | None:
    """The constant that a constructor keeps of what it is given, or of an option left off; or what stands for that."""
    asked = value.test.removeprefix("not ") if isinstance(value, Either) else value
    bindings = maker.unit.body.bindings.get(asked, ()) if isinstance(asked, str) else ()
    if not isinstance(asked, str) or len(bindings) != 1 or bindings[0].kind is not BindingKind.PARAMETER:
        return None
    held = given[asked] if asked in given else bindings[0].value
    if not isinstance(held, Literal) or (asked not in given and held not in OFF):
        return None
    kept = option_for(value, held.value) if isinstance(value, Either) else held
    return kept if isinstance(kept, Literal) else None


def _is_set_outside(name: str, made: Made, caller: Definition) -> bool:
    units = {one for module in (made.unit.module, caller.module) for one in module.units}
    return bool(made.name) and any(
        path.endswith(f"{made.name}.{name}") for one in units for path in one.unit.body.bindings
    )


def stays_filled(name: str, owner: Definition, filling: Definition, resolver: Resolver) -> bool:
    """Whether nothing empties an attribute of a class again, once the method ``filling`` has filled it."""
    found = resolver.members.bound_in(owner, name)
    return bool(found) and not any(_empties(one) and _is_later(unit, filling) for one, unit in found)


def _empties(binding: Binding) -> bool:
    return binding.kind is BindingKind.ASSIGNMENT and binding.value in OFF


def _is_later(unit: Definition, filling: Definition) -> bool:
    """Whether a unit may run after an object is made, and is not the one that fills its memory."""
    return not unit.is_class and unit.unit.name not in _MAKERS and unit is not filling
