"""Answer what rules about one file ask of others: of which kind the imported value or class is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.blocking import libraries
from antipatterns.elsewhere import Topic
from antipatterns.facts.model import BindingKind, Item, Literal
from antipatterns.index.definitions import Definition
from antipatterns.index.results import typed
from antipatterns.index.takers import find_taker
from antipatterns.index.values import ClassObject, External, Function, Instance, Value
from antipatterns.knowledge.field_libraries import BY_BASE, BY_DECORATOR, FROZEN, FROZEN_DECORATORS
from antipatterns.knowledge.plain_bases import PLAIN_BASES

if TYPE_CHECKING:
    from antipatterns.facts.model import Expression
    from antipatterns.index.definitions import Module
    from antipatterns.index.project import Project
    from antipatterns.index.resolve import Resolver

_CALLED = "()"


def answer(project: Project, module: Module, topic: int, name: str) -> str:
    """The answer to a question about a name that a module imports; "" if nobody knows it for sure."""
    resolver = project.resolver
    if topic == Topic.TAKER:
        return find_taker(project, module, name)
    value = _value_of(name, module, resolver)
    if topic == Topic.VALUE:
        return _describe(value)
    if not isinstance(value, ClassObject):
        return ""
    return _field_base(value.definition, resolver) if topic == Topic.FIELDS else _changes(value.definition, resolver)


def _value_of(name: str, module: Module, resolver: Resolver) -> Value:
    first, *others = name.split(_CALLED)
    value = resolver.imported(first, module)
    for names in others:
        value = resolver.follow(_result_of(value, resolver), [part for part in names.split(".") if part])
    return value


def _result_of(value: Value, resolver: Resolver) -> Value:
    if isinstance(value, ClassObject):
        return Instance(value.definition)
    if isinstance(value, Function):
        return resolver.results.of_function(value.definition, value.self_class)
    return typed(libraries.result_type(value.name)) if isinstance(value, External) else None


def _describe(value: Value) -> str:
    if isinstance(value, Instance) and isinstance(value.of, str):
        return value.of + _CALLED
    return value.name if isinstance(value, External) else ""


def _field_base(definition: Definition, resolver: Resolver) -> str:
    """The nearest base of a library whose subclasses have fields too."""
    for one in resolver.members.order_of(definition):
        names = [one]
        if isinstance(one, Definition):
            names = [one.dotted_name, *(_written(base, one) for base in one.unit.bases)]
        for name in names:
            if isinstance(name, str) and name in BY_BASE and BY_BASE[name].is_inherited:
                return name
    return ""


def _written(expression: Expression, definition: Definition) -> str:
    """The dotted name by which something of another module is imported where a definition stands."""
    if isinstance(expression, Item):
        expression = expression.value
    if not isinstance(expression, str):
        return ""
    root, dot, rest = expression.partition(".")
    found = (definition.parent or definition).lookup(root)
    kept = [one for one in found[1] if one.kind is BindingKind.IMPORT] if found else []
    return f"{kept[0].value}{dot}{rest}" if len(kept) == 1 else ""


def _changes(definition: Definition, resolver: Resolver) -> str:
    """The library of a class that has fields and is not frozen, if all that makes it is known."""
    unit, around = definition.unit, definition.parent or definition
    if len(unit.decorators) != 1 or any(_name_of(base, definition, resolver) not in PLAIN_BASES for base in unit.bases):
        return ""
    decorator = unit.decorators[0]
    call = around.unit.body.calls[decorator] if isinstance(decorator, int) else None
    library = BY_DECORATOR.get(name := _name_of(call.function if call else decorator, definition, resolver))
    if library is None or name in FROZEN_DECORATORS:
        return ""
    keywords = call.keywords if call else {}
    if "**" in keywords or keywords.get(FROZEN, _FALSE) != _FALSE:
        return ""
    has_fields = any(one.annotation is not None for bindings in unit.body.bindings.values() for one in bindings)
    return library.name if has_fields else ""


_FALSE = Literal(value=False)


def _name_of(expression: Expression, definition: Definition, resolver: Resolver) -> str:
    """The name of a thing of a library, as it is imported or as it is known."""
    written = _written(expression, definition)
    if written in BY_DECORATOR:
        return written
    if isinstance(expression, Item):
        expression = expression.value
    value = resolver.value_of(expression, definition.parent or definition, None)
    return value.name if isinstance(value, External) else written
