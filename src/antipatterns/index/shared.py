"""Objects whose making is seen: those that a module keeps, which the whole program shares, and local ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from antipatterns.facts.model import EMPTY, NOTHING, BindingKind, Either, Literal, Member
from antipatterns.index.handed import arguments_given
from antipatterns.index.values import ClassObject, Function

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from antipatterns.facts.model import Binding, Call, Expression
    from antipatterns.index.definitions import Definition
    from antipatterns.index.edges import Edge
    from antipatterns.index.resolve import Resolver

_MOST_REEXPORTS = 5
_EMPTY = (*EMPTY, NOTHING, Literal(value=False), Literal(""))
_MAKERS = frozenset({"__init__", "__new__"})


class Made(NamedTuple):
    """An object as a ``unit`` makes it and keeps it under a name; ``path``: what the source calls it."""

    path: str
    name: str
    unit: Definition
    call: Call

    @property
    def is_shared(self) -> bool:
        """Whether a module keeps it."""
        return self.unit.parent is None


def made_for(edge: Edge, caller: Function, resolver: Resolver) -> Made | None:
    """The object whose method a call in a function runs, if it is seen to be made."""
    if edge.target.definition.receiver is None:
        return None
    here = caller.definition
    function = here.unit.body.calls[edge.call].function if edge.call >= 0 else None
    if isinstance(function, Member) and isinstance(function.value, int) and "." not in function.path:
        return Made("", "", here, here.unit.body.calls[function.value])  # made for this one call
    path = receiver_of(edge, caller)
    made = _find_made(path, here, resolver) if path else None
    return made if made is not None and made.path == path else None


def _find_made(path: str, here: Definition, resolver: Resolver) -> Made | None:
    """The object at the beginning of a dotted path, as written in a unit, if that or a module makes it."""
    parts = path.split(".")
    found = here.lookup(parts[0])
    taken = 1
    for _ in range(_MOST_REEXPORTS):
        binding = found[1][0] if found is not None and len(found[1]) == 1 else None
        if found is None or binding is None or (found[0] is not here and found[0].parent is not None):
            return None
        if binding.kind is BindingKind.ASSIGNMENT and isinstance(binding.value, int):
            unit, name = found[0], parts[taken - 1]
            return Made(".".join(parts[:taken]), name, unit, unit.unit.body.calls[binding.value])
        if binding.kind is not BindingKind.IMPORT or not isinstance(binding.value, str):
            return None
        imported = found[0].module.absolute(binding.value) or ()
        whole = resolver.modules.find(imported, found[0].module)
        if whole is not None and taken < len(parts):
            name, taken = parts[taken], taken + 1
        else:
            whole, name = resolver.modules.find(imported[:-1], found[0].module), imported[-1] if imported else ""
        bindings = whole.definition.unit.body.bindings.get(name, ()) if whole is not None else ()
        found = (whole.definition, bindings) if whole is not None else None
    return None


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


def fields_known(made: Made, caller: Definition, resolver: Resolver) -> Iterator[tuple[str, object]]:
    """The attributes that hold a constant, as the call that makes the object gives it, or leaves an option off.

    ``caller``: a unit that uses the object. What it or the module of the object sets from outside counts.
    """
    concrete = resolver.value_of(made.call.function, made.unit, None)
    if not isinstance(concrete, ClassObject):
        return
    maker = resolver.members.find_method(concrete.definition, "__init__")
    given = arguments_given(made.call, maker) if isinstance(maker, Function) else None
    if not isinstance(maker, Function) or given is None or maker.definition.enclosing_class is None:
        return
    order = [one for one in resolver.members.order_of(concrete.definition) if not isinstance(one, str)]
    for name in maker.definition.enclosing_class.attributes:
        bindings = [bound for one in order for bound in one.attributes.get(name, ())]
        value = bindings[0][0].value if len(bindings) == 1 and bindings[0][1] is maker.definition else None
        kept = _kept_of(value, maker.definition, given)
        if kept is not None and not _is_set_outside(name, made, caller):
            yield name, kept.value


def _kept_of(value: Expression, maker: Definition, given: Mapping[str, Expression]) -> Literal | None:
    """The constant that a constructor keeps of what it is given, or of an option left off; or what stands for that."""
    asked = value.test if isinstance(value, Either) else value
    if isinstance(value, str) and isinstance(given.get(value), Literal):
        return given[value]  # type: ignore[return-value]
    bindings = maker.unit.body.bindings.get(asked, ()) if isinstance(asked, str) and asked not in given else ()
    default = bindings[0].value if len(bindings) == 1 and bindings[0].kind is BindingKind.PARAMETER else None
    if not isinstance(default, Literal) or default not in _EMPTY:
        return None
    kept = value.options[1] if isinstance(value, Either) else default
    return kept if isinstance(kept, Literal) else None


def _is_set_outside(name: str, made: Made, caller: Definition) -> bool:
    units = {one for module in (made.unit.module, caller.module) for one in module.units}
    return bool(made.name) and any(
        path.endswith(f"{made.name}.{name}") for one in units for path in one.unit.body.bindings
    )


def stays_filled(name: str, owner: Definition, filling: Definition, resolver: Resolver) -> bool:
    """Whether nothing empties an attribute of a class again, once the method ``filling`` has filled it."""
    for base in resolver.members.order_of(owner):
        found = base.attributes.get(name, ()) if not isinstance(base, str) else ()
        if found:
            return not any(_empties(one) and _is_later(unit, filling) for one, unit in found)
    return False


def _empties(binding: Binding) -> bool:
    return binding.kind is BindingKind.ASSIGNMENT and binding.value in _EMPTY


def _is_later(unit: Definition, filling: Definition) -> bool:
    """Whether a unit may run after an object is made, and is not the one that fills its memory."""
    return not unit.is_class and unit.unit.name not in _MAKERS and unit is not filling
