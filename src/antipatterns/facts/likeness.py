"""Whether two versions of a file say the same: the very same, or the same on other lines."""

from __future__ import annotations

from enum import Enum, auto
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from antipatterns.facts.later import Later

if TYPE_CHECKING:
    from collections.abc import Iterable

    from antipatterns.facts.model import Body, Guard, ModuleFacts, Narrowing, Place, Settled, Unit

# Values that are equal are not always the same (1 and True); what is bound by which name comes in no order.
_encoder = msgspec.msgpack.Encoder(order="deterministic")


class Likeness(Enum):
    """How the facts of a file compare to those of an earlier version."""

    SAME = auto()
    MOVED = auto()  # some stand on other lines, in the same order
    OTHER = auto()


def compare_facts(before: ModuleFacts, after: ModuleFacts) -> Likeness:
    """How alike two versions of a file are.

    Where some have only moved, each question about lines that compares two of the file has the same answer.
    """
    told_before, told_after = _Told.by(before), _Told.by(after)
    if _encoder.encode(told_before) == _encoder.encode(told_after):
        return Likeness.SAME
    lines_before, lines_after = _Lines(), _Lines()
    if _encoder.encode(lines_before.without(told_before)) != _encoder.encode(lines_after.without(told_after)):
        return Likeness.OTHER
    return Likeness.MOVED if _are_in_order(lines_before.found, lines_after.found) else Likeness.OTHER


def are_same(before: ModuleFacts, after: ModuleFacts) -> bool:
    """Whether facts are the very same."""
    return before is after or _encoder.encode(before) == _encoder.encode(after)


def _are_in_order(before: Iterable[int], after: Iterable[int]) -> bool:
    """Whether what was above, below or on one line is so still."""
    pairs = sorted(set(zip(before, after, strict=True)))
    return all(one[0] < two[0] and one[1] < two[1] for one, two in pairwise(pairs))


class _Told(NamedTuple):
    """What a text says, in place of the text: the facts, and for each of their units what is worked out later."""

    facts: ModuleFacts
    guards: tuple[tuple[Guard, ...], ...]

    @staticmethod
    def by(facts: ModuleFacts) -> _Told:
        guards = tuple(Later(facts).guards_in(facts.unit))
        return _Told(msgspec.structs.replace(facts, text=b""), guards)


class _Lines:
    """Takes the lines out of facts, and keeps them in an order that only the facts decide."""

    def __init__(self) -> None:
        self.found: list[int] = []

    def without(self, told: _Told) -> _Told:
        """The same with 0 for each line."""
        facts = told.facts
        imports = tuple(msgspec.structs.replace(one, place=self._place(one.place)) for one in facts.imports)
        guards = tuple(tuple(map(self._guard, group)) for group in told.guards)
        return _Told(msgspec.structs.replace(facts, unit=self._unit(facts.unit), imports=imports), guards)

    def _guard(self, guard: Guard) -> Guard:
        self.found += (guard.first, guard.last, guard.asked)
        return msgspec.structs.replace(guard, first=0, last=0, asked=0)

    def _place(self, place: Place) -> Place:
        self.found += (place[0], place[2])
        return (0, place[1], 0, place[3])

    def _unit(self, unit: Unit) -> Unit:
        place, body = self._place(unit.place), self._body(unit.body)
        return msgspec.structs.replace(unit, place=place, body=body, children=tuple(map(self._unit, unit.children)))

    def _body(self, body: Body) -> Body:
        bindings = {}
        for name in sorted(body.bindings):
            self.found += (one.line for one in body.bindings[name])
            bindings[name] = tuple(msgspec.structs.replace(one, line=0) for one in body.bindings[name])
        lines: tuple[Narrowing | Settled, ...] = (*body.narrowings, *body.settled)
        for one in lines:
            self.found += (one.first, one.last)
        return msgspec.structs.replace(
            body,
            bindings=bindings,
            calls=tuple(msgspec.structs.replace(one, place=self._place(one.place)) for one in body.calls),
            entered=tuple((value, self._place(place)) for value, place in body.entered),
            entered_async=tuple((value, self._place(place)) for value, place in body.entered_async),
            iterated=tuple((value, self._place(place)) for value, place in body.iterated),
            iterated_async=tuple((value, self._place(place)) for value, place in body.iterated_async),
            narrowings=tuple(msgspec.structs.replace(one, first=0, last=0) for one in body.narrowings),
            settled=tuple(msgspec.structs.replace(one, first=0, last=0) for one in body.settled),
            accesses=tuple(msgspec.structs.replace(one, place=self._place(one.place)) for one in body.accesses),
        )
