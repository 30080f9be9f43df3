"""Classes seen with what the constructor of an object is given: ``Repo(connection)`` is not any ``Repo``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.facts.model import BindingKind, Either
from antipatterns.index.definitions import Definition, is_untyped
from antipatterns.index.handed import arguments_given, last_name
from antipatterns.index.values import Choice, External, Function, Instance, OneOf, Partial, Value
from antipatterns.knowledge.standard_classes import PROTOCOLS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from antipatterns.facts.model import Call, Expression
    from antipatterns.index.resolve import Resolver

_MOST_DEEP = 3  # objects in objects
_HELD = (Instance, Choice, Function, Partial, OneOf, External)
_INIT = "__init__"
_Held = tuple[tuple[str, Value], ...]


class Holder(Definition):
    """A class of which one object is looked at; but for ``given`` it is as the class. The same values, the same holder.

    ``given``: what the constructor is given, where that says more than the types of its parameters. ``depth``: how many
    such objects are held inside each other.
    """

    __slots__ = ("_original", "depth", "given")

    def __init__(self, original: Definition, given: _Held) -> None:
        super().__init__(original.module, original.unit, original.parent)
        self._original = original
        self.given = dict(given)
        self.depth = 1 + max((_depth_of(value) for _, value in given), default=0)
        self.children = original.children
        self.attributes = original.attributes

    @property
    def original(self) -> Definition:
        """The class."""
        return self._original


class Holders:
    """Makes the holders of a run, and answers what parameters of constructors are in them; every answer is kept."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._made: dict[tuple[Definition, _Held], Holder] = {}
        self._open: dict[Definition, frozenset[str]] = {}

    def made_by(self, call: Call, concrete: Definition, here: Definition, self_class: Definition | None) -> Definition:
        """The class of the object that a call of a class makes, with what that is given where it is known."""
        concrete = concrete.original
        wanted = self._open_parameters_of(concrete)
        if not wanted or not (call.arguments or call.keywords) or _sets_attributes(here, concrete):
            return concrete
        init = self._resolver.members.find_method(concrete, _INIT)
        if init is None:
            written: dict[str, Expression] = call.keywords  # of the fields of a dataclass
        else:
            written = arguments_given(call, Function(init.definition, concrete)) or {}  # type: ignore[union-attr]
        held = []
        for name in sorted(wanted.intersection(written)):
            is_back = written[name] == here.receiver  # objects that know each other would have no end
            around = self_class.original if is_back and self_class is not None else self_class
            value = _trimmed(self._resolver.value_of(written[name], here, around))
            if isinstance(value, _HELD) and self._says_more(value, name, init, concrete):
                held.append((name, value))
        return self.holder_of(concrete, tuple(held)) if held else concrete

    def _says_more(self, value: Value, name: str, init: Function | External | None, concrete: Definition) -> bool:
        """Whether a value tells more than the type of its parameter, as an object of a class below that does."""
        said = self._resolver.value_of(name, init.definition, concrete) if isinstance(init, Function) else None
        if said is None or not isinstance(value, Instance):
            return said is None
        if not isinstance(said, Instance) or isinstance(said.of, str):
            return False
        members = self._resolver.members
        if not PROTOCOLS.isdisjoint(members.order_of(said.of)):
            return value.of != said.of
        return isinstance(value.of, Definition) and said.of in members.order_of(value.of)[1:]

    def may_tell(self, concrete: Definition) -> bool:
        """Whether the constructor of a class has a parameter of no type that says much."""
        init = self._resolver.members.find_method(concrete, _INIT)
        if not isinstance(init, Function):
            return False
        for name in self._open_parameters_of(concrete):
            said = self._resolver.value_of(name, init.definition, concrete)
            if said is None or self._resolver.members.is_open(said):
                return True
        return False

    def holder_of(self, concrete: Definition, given: _Held) -> Definition:
        """The class with what an object's constructor is given."""
        found = self._made.get((concrete, given))
        if found is None:
            found = self._made[concrete, given] = Holder(concrete, given)
        return found

    def value_of(self, parameter: str, init: Definition, holder: Holder) -> Value:
        """What a parameter of a constructor is: of the object's class, or of a base to which that hands it on."""
        order = self._resolver.members.order_of(holder)
        inits = [found for base in order if (found := _init_of(base)) is not None]
        if inits and init is inits[0]:
            return holder.given.get(parameter)
        for before in inits[: inits.index(init)] if init in inits else ():
            for call in before.unit.body.calls if init.enclosing_class is not before.enclosing_class else ():
                callee = self._resolver.callee_of(call, before, holder) if last_name(call.function) == _INIT else None
                if isinstance(callee, Function) and callee.definition is init:
                    given = arguments_given(call, callee) or {}
                    return self._resolver.value_of(given.get(parameter), before, holder)
        return None

    def of_either(self, either: Either, here: Definition, self_class: Definition | None) -> Value:
        """Of ``given or make()``, and of the like that a test of it chooses, what a constructor is given."""
        first = either.options[0]
        if not isinstance(self_class, Holder) or here.unit.name != _INIT or not isinstance(first, str):
            return None
        bound = here.unit.body.bindings.get(first, ())
        if either.test.removeprefix("not ") not in ("", first) or len(bound) != 1:
            return None
        return self.value_of(first, here, self_class) if bound[0].kind is BindingKind.PARAMETER else None

    def _open_parameters_of(self, concrete: Definition) -> frozenset[str]:
        """The parameters of a class's constructor of which it makes something, and the fields of no type."""
        found = self._open.get(concrete)
        if found is None:
            init = self._resolver.members.find_method(concrete, _INIT)
            names = _fields_without_type(concrete) if init is None else ()
            if isinstance(init, Function):
                names = _parameters_used(init.definition)
            found = self._open[concrete] = frozenset(names)
        return found


def _depth_of(value: Value) -> int:
    """How many objects that are told apart are held inside each other."""
    if isinstance(value, Instance):
        return value.of.depth if isinstance(value.of, Holder) else 0
    if isinstance(value, Function):
        return value.self_class.depth if isinstance(value.self_class, Holder) else 0
    if isinstance(value, Partial):
        return _depth_of(value.function)
    return max(map(_depth_of, value.options)) if isinstance(value, (Choice, OneOf)) else 0


def _trimmed(value: Value) -> Value:
    """A value to be held by an object, without what it holds itself where that is too deep."""
    if _depth_of(value) < _MOST_DEEP:
        return value
    if isinstance(value, Instance) and isinstance(value.of, Holder):
        return Instance(value.of.original)
    if isinstance(value, Function) and isinstance(value.self_class, Holder):
        return Function(value.definition, value.self_class.original)
    return None


def _init_of(base: Definition | str) -> Definition | None:
    return None if isinstance(base, str) else next((one for one in base.children if one.unit.name == _INIT), None)


def _parameters_used(init: Definition) -> Iterator[str]:
    """The parameters that a constructor keeps, hands on or uses."""
    body = init.unit.body
    used: set[Expression] = {one for call in body.calls for one in (*call.arguments, *call.keywords.values())}
    used |= {call.function.partition(".")[0] for call in body.calls if isinstance(call.function, str)}
    for path, bindings in body.bindings.items():
        for value in (one.value for one in bindings if path.startswith(f"{init.receiver}.")):
            used.update(value.options if isinstance(value, Either) else (value,))
    for name in init.unit.parameters[1:]:
        bound = body.bindings.get(name, ())
        if name in used and len(bound) == 1:
            yield name


def _fields_without_type(concrete: Definition) -> Iterator[str]:
    for name, bindings in concrete.unit.body.bindings.items():
        if len(bindings) == 1 and bindings[0].annotation is not None and is_untyped(bindings[0]):
            yield name


def _sets_attributes(here: Definition, concrete: Definition) -> bool:
    """Whether the unit that makes an object also sets attributes of the same names on objects that are not its own."""
    own = f"{here.receiver}."
    return any(
        "." in path and not path.startswith(own) and path.rpartition(".")[2] in concrete.attributes
        for path in here.unit.body.bindings
    )
