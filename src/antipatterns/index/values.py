"""What an expression can stand for, as far as it is followed: small frozen values."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

if TYPE_CHECKING:
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
    """A function or lambda; ``self_class`` is the concrete class on which it, or the method around it, is called."""

    definition: Definition
    self_class: Definition | None = None


class Instance(msgspec.Struct, frozen=True):
    """An instance of a class that is read, or of a known one by its canonical dotted name."""

    of: Definition | str


class Elements(msgspec.Struct, frozen=True):
    """Anything that gives such values when it is iterated."""

    of: Value


class Coroutine(msgspec.Struct, frozen=True):
    """What calling an ``async def`` gives: ``of`` when it is awaited."""

    of: Value


class Manager(msgspec.Struct, frozen=True):
    """What calling a ``@contextmanager`` function gives: its body runs when it is entered."""

    function: Function


class Partial(msgspec.Struct, frozen=True):
    """``functools.partial`` of something."""

    function: Value


class Super(msgspec.Struct, frozen=True):
    """``super()`` in a method of ``after``, on an instance of ``of``."""

    after: Definition
    of: Definition


def agreed(values: list[Value]) -> Value:
    """What all values are, or None."""
    return values[0] if values and all(value == values[0] for value in values) else None


Value: TypeAlias = (
    ModuleObject
    | External
    | ClassObject
    | Function
    | Instance
    | Elements
    | Coroutine
    | Manager
    | Partial
    | Super
    | None
)
