"""Of which class an argument is: what ``isinstance`` in the function that is given it then says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from antipatterns.blocking import libraries
from antipatterns.facts.model import Awaited, BindingKind, Either, Guard, Lambda, Test, Text
from antipatterns.index.classes import UNKNOWN
from antipatterns.index.definitions import is_optional, is_placeholder
from antipatterns.index.values import ClassObject, External, Function, Instance, Table
from antipatterns.knowledge.standard_classes import (
    ALWAYS_TRUE,
    ATTRIBUTES,
    BASES,
    CLASS,
    CONSTANTS,
    DICT,
    FUNCTION,
    MAKE_CONTAINERS,
    TOLD_APART,
)

if TYPE_CHECKING:
    from antipatterns.facts.model import Binding, Expression
    from antipatterns.index.definitions import Definition
    from antipatterns.index.resolve import Resolver

_GIVES_THE_SAME = frozenset({BindingKind.ASSIGNMENT, BindingKind.CONTEXT, BindingKind.ASYNC_CONTEXT})
_FALSY = frozenset({"__bool__", "__len__"})


class Kind(msgspec.Struct, frozen=True):
    """The class of a value, by its definition or by its dotted name, "" where it is not known.

    ``is_made``: surely one of it, and not None; ``is_true``: somebody has made sure of that.
    """

    of: Definition | str
    is_made: bool
    is_true: bool = False


def kind_of(given: Expression, line: int, caller: Function, resolver: Resolver) -> Kind | None:
    """The class of what a function gives to another one on a line, if it is known; or that it is something at all."""
    here = caller.definition
    found = _kind_by_value(given, line, caller, resolver)
    if found is not None and found.is_made:
        return found
    for guard in here.guards if isinstance(given, str) else ():
        if guard.path == given and guard.first <= line <= guard.last:
            is_true = guard.test is Test.IS_TRUE and guard.expected
            if is_true or (guard.test is Test.EQUALS and guard.value is None and not guard.expected):
                return Kind(found.of if found is not None else "", is_made=True, is_true=is_true)
    return found


def _kind_by_value(given: Expression, line: int, caller: Function, resolver: Resolver) -> Kind | None:
    here = caller.definition
    settled = here.settled(given, line, line) if isinstance(given, str) else None
    if settled is not None and settled.kind is not BindingKind.ASSIGNMENT:
        value = resolver.value_of_binding(settled, here, caller.self_class)
        return Kind(value.of, is_made=False) if isinstance(value, Instance) else None
    expression = settled.value if settled is not None else given
    value = resolver.value_of(expression, here, caller.self_class)
    if isinstance(value, Function):
        return Kind(FUNCTION, is_made=True)
    if isinstance(value, ClassObject):
        return Kind(CLASS, is_made=True)
    made = _container_made(expression, here, resolver)
    if made or isinstance(value, Table):
        return Kind(made or DICT, is_made=bool(made))
    if not isinstance(value, Instance) or isinstance(expression, Lambda):
        return None
    return Kind(value.of, _is_made(expression, here, resolver))


def _container_made(given: Expression, here: Definition, resolver: Resolver) -> str:
    """The class of the container that a call makes, whatever it holds; "" for all else."""
    if isinstance(given, str):
        bindings = here.unit.body.bindings.get(given, ())
        given = bindings[0].value if len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT else None
    if not isinstance(given, int):
        return ""
    callee = resolver.value_of(here.unit.body.calls[given].function, here, here.class_around)
    return MAKE_CONTAINERS.get(callee.name, "") if isinstance(callee, External) else ""


def _is_made(given: Expression, here: Definition, resolver: Resolver) -> bool:
    """Whether an expression is the call of a class, or a name or attribute that got one in the same function.

    Or a text, a parameter whose annotation says nothing of None, or a call of a function with such an annotation; of
    several values, whether all are.
    """
    if isinstance(given, str):
        bindings = here.unit.body.bindings.get(given, ())
        if not bindings and "." in given:
            return _is_attribute_made(given, here, resolver)
        if len(bindings) == 1 and bindings[0].kind is BindingKind.PARAMETER:
            return isinstance(bindings[0].annotation, str) and not is_optional(bindings[0])
        given = bindings[0].value if len(bindings) == 1 and bindings[0].kind in _GIVES_THE_SAME else None
    if isinstance(given, Either):
        return all(not isinstance(one, str) and _is_made(one, here, resolver) for one in given.options)
    if isinstance(given, Awaited):
        given = given.value
    if not isinstance(given, int):
        return isinstance(given, Text)
    callee = resolver.value_of(here.unit.body.calls[given].function, here, here.class_around)
    if isinstance(callee, Function):
        return isinstance(callee.definition.unit.returns, str)
    return isinstance(callee, ClassObject) or (isinstance(callee, External) and _makes(callee.name))


def _makes(name: str) -> bool:
    """Whether a callable that is not read surely gives an object: a class, or what gives a text, a number or bytes."""
    return name in BASES or libraries.is_known_class(name) or libraries.result_type(name) in BASES


def _is_attribute_made(path: str, here: Definition, resolver: Resolver) -> bool:
    """The same of an attribute of an object: of a property, a field with an annotation, and what methods give it."""
    owner, _, name = path.rpartition(".")
    held = resolver.value_of(owner, here, here.class_around)
    if not isinstance(held, Instance) or isinstance(held.of, str):
        return False
    found = resolver.members.bound_in(held.of, name)
    return bool(found) and all(_is_bound_to_made(binding, unit, resolver) for binding, unit in found)


def _is_bound_to_made(binding: Binding, unit: Definition, resolver: Resolver) -> bool:
    if binding.kind is BindingKind.FUNCTION:
        return binding.child >= 0 and isinstance(unit.children[binding.child].unit.returns, str)
    if binding.annotation is not None:
        return isinstance(binding.annotation, str) and not is_placeholder(binding)
    # What hangs on other attributes may do so in circles.
    is_plain = not isinstance(binding.value, str) or "." not in binding.value
    return binding.kind is BindingKind.ASSIGNMENT and is_plain and _is_made(binding.value, unit, resolver)


def is_ruled_out(guard: Guard, kind: Kind, function: Function, resolver: Resolver) -> bool:
    """Whether the lines of a guard do not run for a value of this class."""
    found: bool | None = None
    if guard.test is Test.IS_INSTANCE:
        found = _is_instance(kind, str(guard.value).split("|"), function, resolver)
    elif guard.test is Test.HAS_ATTRIBUTE and kind.is_made and kind.of in ATTRIBUTES:
        found = guard.value in ATTRIBUTES[kind.of]
    elif guard.test is Test.EQUALS and kind.is_made and not _may_equal(kind, guard.value, resolver):
        found = False
    elif guard.test is Test.IS_TRUE and kind.is_made and (kind.is_true or _is_true(kind, resolver)):
        found = True
    return found is not None and found is not guard.expected


def _may_equal(kind: Kind, value: object, resolver: Resolver) -> bool:
    """Whether an instance of a class may be equal to a constant, as texts, numbers and members of enumerations may."""
    if value is None:
        return False
    if not kind.of:
        return True
    if isinstance(kind.of, str):
        return kind.of in CONSTANTS if kind.of in BASES else not isinstance(value, bool)
    order = resolver.members.order_of(kind.of)
    return any("__eq__" in one.attributes if not isinstance(one, str) else one != "builtins.object" for one in order)


def _is_true(kind: Kind, resolver: Resolver) -> bool:
    """Whether the instances of a class are always true."""
    if isinstance(kind.of, str):
        return kind.of in ALWAYS_TRUE
    order = resolver.members.order_of(kind.of)
    return UNKNOWN not in order and all(
        isinstance(one, str) or _FALSY.isdisjoint(one.attributes) for one in order if one != "builtins.object"
    )


def _is_instance(kind: Kind, classes: list[str], function: Function, resolver: Resolver) -> bool | None:
    """Whether a value is an instance of one of some classes, as written in a function; None if nobody knows."""
    answers = [_is_of(kind, resolver.value_of(one, function.definition, None), resolver) for one in classes]
    if True in answers:
        return True if kind.is_made else None
    return None if None in answers else False


def _is_of(kind: Kind, wanted: object, resolver: Resolver) -> bool | None:
    name = wanted.name if isinstance(wanted, External) else None
    if not kind.of:
        return None
    if isinstance(kind.of, str):
        if name in (BASES.get(kind.of) or libraries.lineage(kind.of)):
            return True
        is_told_apart = kind.of in BASES and (isinstance(wanted, ClassObject) or name in TOLD_APART)
        return False if is_told_apart else None
    order = resolver.members.order_of(kind.of)
    if (isinstance(wanted, ClassObject) and wanted.definition in order) or (name is not None and name in order):
        return True
    bases = [one for one in order if isinstance(one, str) and one != "builtins.object"]
    is_known = isinstance(wanted, ClassObject) or name in TOLD_APART
    return False if is_known and not bases else None
