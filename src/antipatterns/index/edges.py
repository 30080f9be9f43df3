"""What a call in a unit runs, as records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from antipatterns.facts.model import Place
    from antipatterns.index.values import Function


class Outside(msgspec.Struct, frozen=True):
    """A call of something that is not read, by its canonical name; ``call``: its index in the unit, -1 for syntax.

    ``is_handed``: the call hands it to another callable, which calls it, or it is bound to arguments made elsewhere.
    """

    name: str
    place: Place
    call: int
    is_handed: bool = False


class Edge(msgspec.Struct, frozen=True):
    """A call that runs a function which is read. ``call``: its index in the unit, or -1 for what runs implicitly.

    ``others``: what may run in place of that function, as nobody knows which it is. ``is_given_back``: the call makes a
    coroutine that its function returns, so it runs where what that gives is awaited.
    """

    target: Function
    place: Place
    call: int = -1
    others: tuple[Function, ...] = ()
    is_given_back: bool = False

    @property
    def targets(self) -> tuple[Function, ...]:
        """All functions of which one runs."""
        return (self.target, *self.others)


class Alternatives(msgspec.Struct, frozen=True):
    """A call of one of several values, nobody knows which: for each of them, what it would run."""

    options: tuple[tuple[Outside | Edge, ...], ...]
    place: Place
