"""The shortest way to something that blocks which the constants given along it do not rule out.

``connect(trust=False)`` does not reach what ``connect`` does ``if trust:``. Values are followed from literal arguments
and defaults into parameters, and on where a parameter is passed on as it is; everything else may be anything.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.facts.model import BindingKind, Literal, Test, Text
from antipatterns.index.blocking import Blocking
from antipatterns.index.calls import Edge
from antipatterns.index.handed import arguments_given
from antipatterns.index.reach import Hop, rank_of
from antipatterns.knowledge.methods import CONSTRUCTORS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from antipatterns.blocking.libraries import Sink
    from antipatterns.facts.model import Expression, Guard, Place
    from antipatterns.index.blocking import BlockingCalls
    from antipatterns.index.definitions import Definition
    from antipatterns.index.reach import Reach
    from antipatterns.index.values import Function

Constant = bool | int | float | str | None
_Known = tuple[tuple[str, Constant], ...]
_MOST_STEPS = 3000


class _Way(NamedTuple):
    """A way that has come to a function. The shortest in all comes first, then the first in the source."""

    length: int
    places: tuple[Place, ...]
    number: int
    function: Function
    known: _Known
    hops: tuple[Hop, ...]


def find_way(edge: Edge, caller: Function, calls: BlockingCalls, reach: Reach) -> tuple[tuple[Hop, ...], Sink] | None:
    """The hops from a call in ``caller`` to the sink, and the sink; None where no way is open."""
    search = _Search(calls, reach)
    search.go_on(edge, caller, (), (), ())
    while search.waiting and search.number < _MOST_STEPS:
        way = heapq.heappop(search.waiting)
        known = dict(way.known)
        opened = [one for one in calls.of(way.function) if is_open(one.place, way.function, known)]
        sinks = [one for one in opened if isinstance(one, Blocking)]
        if sinks:
            nearest = min(sinks, key=lambda one: rank_of(one, way.function))
            return (*way.hops, _hop(nearest.place, way.function, nearest.sink.name)), nearest.sink
        for one in opened:
            if isinstance(one, Edge):
                search.go_on(one, way.function, way.known, way.places, way.hops)
    return None


class _Search:
    """The ways still to try."""

    def __init__(self, calls: BlockingCalls, reach: Reach) -> None:
        self.calls = calls
        self.reach = reach
        self.waiting: list[_Way] = []
        self.number = 0
        self._seen: set[tuple[Function, _Known]] = set()

    def go_on(
        self, edge: Edge, caller: Function, known: _Known, places: tuple[Place, ...], hops: tuple[Hop, ...]
    ) -> None:
        """Remember the way through one more call, if it can lead to a sink and nothing came there like this."""
        rest = self.reach.distance_of(edge.target)
        if rest is None:
            return
        given = constants_given(edge, caller, known)
        if (edge.target, given) in self._seen:
            return
        self._seen.add((edge.target, given))
        self.number += 1
        hop = _hop(edge.place, caller, _name_of(edge.target, is_first=not hops))
        way = _Way(len(hops) + 1 + rest, (*places, edge.place), self.number, edge.target, given, (*hops, hop))
        heapq.heappush(self.waiting, way)


def _hop(place: Place, function: Function, callee: str) -> Hop:
    definition = function.definition
    return Hop(definition.module, place[0], definition.qualified_name, callee)


def _name_of(target: Function, *, is_first: bool) -> str:
    """The dotted name of what is called; of a constructor that is inherited, the class that the source names."""
    definition = target.definition
    if is_first and target.self_class is not None and definition.unit.name in CONSTRUCTORS:
        return f"{target.self_class.dotted_name}.{definition.unit.name}"
    return definition.dotted_name


def is_open(place: Place, function: Function, known: Mapping[str, Constant]) -> bool:
    """Whether what stands at a place of a function can run with these values of its parameters."""
    if not known:
        return True
    return not any(
        guard.first <= place[0] <= guard.last and guard.path in known and not _holds(guard, known[guard.path])
        for guard in function.definition.unit.body.guards
    )


def _holds(guard: Guard, value: Constant) -> bool:
    if guard.test is Test.EQUALS:
        holds = value == guard.value and type(value) is type(guard.value)
    elif guard.test is Test.STARTS_WITH:
        holds = isinstance(value, str) and value.startswith(str(guard.value))
    else:
        holds = bool(value)
    return holds is guard.expected


def constants_given(edge: Edge, caller: Function, known: _Known) -> _Known:
    """The parameters of the function called that surely have a certain value, with it."""
    target = edge.target.definition
    if not target.unit.body.guards and not target.unit.body.calls:
        return ()
    call = caller.definition.unit.body.calls[edge.call] if edge.call >= 0 else None
    given = arguments_given(call, edge.target) if call is not None else {}
    if given is None:
        return ()
    found = []
    values = dict(known)
    for name in target.unit.parameters:
        bindings = target.unit.body.bindings.get(name, ())
        if not bindings or bindings[0].kind is not BindingKind.PARAMETER:
            continue
        value = _constant(given[name], values) if name in given else _constant(bindings[0].value, {})
        if value is not _ANYTHING and not _is_rebound(name, value, target):
            found.append((name, value))
    return tuple(found)  # type: ignore[arg-type]


def _is_rebound(name: str, value: object, target: Definition) -> bool:
    """Whether the body may give a parameter another value, where it was first given this one."""
    unit = target.unit
    closed = [guard for guard in unit.body.guards if guard.path == name and not _holds(guard, value)]  # type: ignore[arg-type]
    return not all(
        any(guard.first <= binding.line <= guard.last for guard in closed) for binding in unit.body.bindings[name][1:]
    )


_ANYTHING = object()


def _constant(expression: Expression, values: Mapping[str, Constant]) -> object:
    if isinstance(expression, Literal):
        return expression.value
    if isinstance(expression, Text) and expression.value:
        return expression.value
    return values.get(expression, _ANYTHING) if isinstance(expression, str) else _ANYTHING
