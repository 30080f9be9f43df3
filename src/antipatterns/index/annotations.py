"""The values that an annotation promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.blocking import libraries
from antipatterns.facts.expressions import write_text
from antipatterns.facts.model import Either, Expression, Item, Items, Literal, Text
from antipatterns.index.aliases import find_aliased
from antipatterns.index.values import (
    ClassObject,
    Coroutine,
    Elements,
    External,
    Gives,
    Instance,
    Table,
    Value,
    Variable,
    agreed,
    chosen,
)
from antipatterns.knowledge.containers import CONTEXT_VARIABLE
from antipatterns.knowledge.standard_classes import PLAIN

if TYPE_CHECKING:
    from antipatterns.index.definitions import Definition
    from antipatterns.index.resolve import Resolver

_TRANSPARENT = frozenset({"Optional", "Annotated", "Final", "ClassVar", "Required", "NotRequired", "ReadOnly"})
_ITERABLES = frozenset(
    {
        *("list", "set", "frozenset", "List", "Set", "FrozenSet", "Sequence", "MutableSequence", "deque"),
        *("Iterable", "Iterator", "Collection", "Generator", "AbstractSet", "AsyncIterator", "AsyncGenerator"),
    }
)
_TUPLES = frozenset({"tuple", "Tuple"})
_MAPPINGS = frozenset(
    {
        *("dict", "Dict", "Mapping", "MutableMapping", "defaultdict", "DefaultDict", "OrderedDict", "ChainMap"),
        *("WeakValueDictionary", "WeakKeyDictionary", "MappingProxyType"),
    }
)
_TYPING = ("typing.", "typing_extensions.", "collections.abc.", "builtins.", "collections.", "weakref.", "types.")


def annotated_value(
    resolver: Resolver, annotation: Expression, here: Definition, self_class: Definition | None
) -> Value:
    """The value of a name with this annotation, seen in a unit: an instance, or elements of some."""
    if isinstance(annotation, Text):
        annotation = write_text(annotation.value)
    if isinstance(annotation, Either):
        return _one_of(resolver, annotation.options, here, self_class)
    if isinstance(annotation, Item):
        return _generic(resolver, annotation, here, self_class)
    return _instance(resolver, annotation, here, self_class)


def _one_of(
    resolver: Resolver, options: tuple[Expression, ...], here: Definition, self_class: Definition | None
) -> Value:
    values = [
        annotated_value(resolver, one, here, self_class)
        for one in options
        if not (isinstance(one, Literal) and one.value is None)
    ]
    return chosen(values)


def _instance(resolver: Resolver, annotation: Expression, here: Definition, self_class: Definition | None) -> Value:
    value = resolver.value_of(annotation, here, None)
    if isinstance(value, ClassObject):
        return Instance(value.definition)
    if isinstance(value, External):
        if value.name in ("typing.Self", "typing_extensions.Self") and self_class is not None:
            return Instance(self_class)
        if libraries.is_known_class(value.name) or value.name in PLAIN:
            return Instance(value.name)
        if not value.name.startswith(_TYPING):
            return None
    aliased = find_aliased(resolver, annotation, here)
    return resolver.promised(*aliased) if aliased is not None else None


def _generic(resolver: Resolver, item: Item, here: Definition, self_class: Definition | None) -> Value:
    generic = resolver.value_of(item.value, here, None)
    if isinstance(generic, ClassObject):
        return Instance(generic.definition)
    if not isinstance(generic, External):
        return None
    arguments = item.index.items if isinstance(item.index, Items) else (item.index,)
    if generic.name.startswith(_TYPING) and arguments:
        return _of_typing(resolver, generic.name.rpartition(".")[2], arguments, here, self_class)
    if generic.name == CONTEXT_VARIABLE and arguments:
        return Variable(annotated_value(resolver, arguments[0], here, self_class))
    return Instance(generic.name) if libraries.is_known_class(generic.name) else None


def _of_typing(
    resolver: Resolver, name: str, arguments: tuple[Expression, ...], here: Definition, self_class: Definition | None
) -> Value:
    """The value of ``name[arguments]`` where the name is one of ``typing`` and the like."""
    if name == "Union":
        return _one_of(resolver, arguments, here, self_class)
    if name in _MAPPINGS or (name in _TUPLES and not _is_uniform(arguments)):
        return _container(name, [annotated_value(resolver, one, here, self_class) for one in arguments])
    inner = annotated_value(resolver, arguments[-1 if name == "Coroutine" else 0], here, self_class)
    if name in _TRANSPARENT:
        return inner
    if name in ("Coroutine", "Awaitable"):
        return Coroutine(inner)
    if name in _ITERABLES or name in _TUPLES:
        return Elements(inner) if inner is not None else None
    if name == "Callable":
        given = annotated_value(resolver, arguments[1], here, self_class) if len(arguments) == 2 else None
        return Gives(given) if given is not None else None
    if name in ("type", "Type"):
        return ClassObject(inner.of) if isinstance(inner, Instance) and not isinstance(inner.of, str) else None
    return None


def _container(name: str, values: list[Value]) -> Value:
    """The value of an annotated dict or tuple whose parts have these."""
    if all(value is None for value in values):
        return None
    if name in _MAPPINGS:
        return Table(values[0], values[1]) if len(values) == 2 else None
    return Elements(agreed(values), tuple(values))


def _is_uniform(arguments: tuple[Expression, ...]) -> bool:
    """Whether a tuple's annotation is ``tuple[T, ...]``; the ellipsis is nothing that facts write down."""
    return len(arguments) == 2 and arguments[1] is None
