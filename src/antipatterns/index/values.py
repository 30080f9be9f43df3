"""What an expression can stand for, as far as it is followed: small frozen values."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from antipatterns.facts.model import Literal, Text
    from antipatterns.index.definitions import Definition, Module


class ModuleObject(msgspec.Struct, frozen=True):
    """A module that is read."""

    module: Module


class External(msgspec.Struct, frozen=True):
    """Anything in a module that is not read, by its canonical dotted name: ``requests.get``, ``builtins.open``."""

    name: str


class ClassObject(msgspec.Struct, frozen=True):
    """A class, not an instance of it."""

    definition: Definition


class Function(msgspec.Struct, frozen=True):
    """A function or lambda; ``self_class`` is the concrete class on which it, or the method around it, is called.

    ``given``: what the caller gives for parameters that the function calls.
    """

    definition: Definition
    self_class: Definition | None = None
    given: tuple[tuple[str, Value], ...] = ()


class Instance(msgspec.Struct, frozen=True):
    """An instance of a class that is read, or of a known one by its canonical dotted name."""

    of: Definition | str


class Elements(msgspec.Struct, frozen=True):
    """Anything that gives such values when it is iterated; ``parts``: by position, where they differ."""

    of: Value
    parts: tuple[Value, ...] = ()


class Table(msgspec.Struct, frozen=True):
    """A dict and the like: its keys, its values; ``parts``: values by literal key, where they differ."""

    key: Value
    of: Value
    parts: tuple[tuple[Text | Literal, Value], ...] = ()


class Method(msgspec.Struct, frozen=True):
    """A method of a list, a dict and the like."""

    owner: Elements | Table
    name: str


class OneOf(msgspec.Struct, frozen=True):
    """Any of several values that stand in the same literal container, or are given in the same place."""

    options: tuple[Value, ...]


class Choice(msgspec.Struct, frozen=True):
    """One of several values that a name or expression may have, and nobody knows which: what all of them do counts."""

    options: tuple[Value, ...]


class Coroutine(msgspec.Struct, frozen=True):
    """What calling an ``async def`` gives: ``of`` when it is awaited."""

    of: Value


class Awaitable(msgspec.Struct, frozen=True):
    """A task, a future, or a call in a thread: ``of`` when it is awaited, which nobody must."""

    of: Value


class Manager(msgspec.Struct, frozen=True):
    """What calling a ``@contextmanager`` function gives: its body runs when it is entered."""

    function: Function


class Partial(msgspec.Struct, frozen=True):
    """``functools.partial`` of something."""

    function: Value


class Gives(msgspec.Struct, frozen=True):
    """A callable of which nothing is known but what calling it gives."""

    of: Value


class Same(msgspec.Struct, frozen=True):
    """What gives back whatever it is called with: ``functools.wraps(function)``."""


class Variable(msgspec.Struct, frozen=True):
    """A context variable that holds such a value."""

    of: Value


class Super(msgspec.Struct, frozen=True):
    """``super()`` in a method of ``after``, on an instance of ``of``."""

    after: Definition
    of: Definition


def one_of(values: list[Value]) -> Value:
    """What a value is that may be any of these: functions and classes that are not known are left out."""
    known = list(_as_classes(dict.fromkeys(value for value in values if value is not None)))
    if not known:
        return None
    if all(isinstance(value, _CALLABLE) for value in known):
        return known[0] if len(known) == 1 else OneOf(tuple(_flat(known)))
    if len(known) == 1:
        return known[0] if None not in values else None
    is_typed = all(isinstance(value, Instance) for value in known) and None not in values
    return OneOf(tuple(known)) if is_typed else None


def _flat(values: Sequence[Value]) -> dict[Value, None]:
    found: dict[Value, None] = {}
    for value in values:
        found |= dict.fromkeys(value.options if isinstance(value, OneOf) else (value,))
    return found


def _as_classes(values: dict[Value, None]) -> dict[Value, None]:
    """Values without what objects of one class hold, where that is not the same."""
    if len(values) < 2:
        return values
    found: dict[Value, list[Value]] = {}
    for value in values:
        is_read = isinstance(value, Instance) and not isinstance(value.of, str)
        found.setdefault(Instance(value.of.original) if is_read else value, []).append(value)  # type: ignore[union-attr]
    return {same[0] if len(same) == 1 else value: None for value, same in found.items()}


def agreed(values: list[Value]) -> Value:
    """What all values are, or None."""
    values = list(_as_classes(dict.fromkeys(values)))
    return values[0] if values and all(value == values[0] for value in values) else None


def chosen(values: Sequence[Value]) -> Value:
    """What a value is that is any of these: the same, or a choice of a few that are all known."""
    if len(values) == 1:  # as a rule
        return values[0]
    options: dict[Value, None] = {}
    for value in values:
        options |= dict.fromkeys(value.options if isinstance(value, Choice) else (value,))
    options = _as_classes(options)
    if len(options) > 1:  # what a caller may give in place of something else says nothing of that
        options = {one: None for one in options if not isinstance(one, Gives)} or options
    if len(options) == 1:
        return next(iter(options))
    is_known = 0 < len(options) <= _MOST_OPTIONS and all(isinstance(one, _CHOSEN) for one in options)
    return Choice(tuple(options)) if is_known else None


def of_each(value: OneOf | Choice, follow: Callable[[Value], Value]) -> Value:
    """What something makes of several values, together."""
    found = [follow(option) for option in value.options]
    return one_of(found) if isinstance(value, OneOf) else chosen(found)


_MOST_OPTIONS = 4
_CHOSEN = (Instance, ClassObject, Function, External)
_CALLABLE = (Function, Partial, ClassObject, External, OneOf)

Value: TypeAlias = (
    ModuleObject
    | External
    | ClassObject
    | Function
    | Instance
    | Elements
    | Table
    | Method
    | OneOf
    | Choice
    | Coroutine
    | Awaitable
    | Manager
    | Partial
    | Gives
    | Variable
    | Same
    | Super
    | None
)
