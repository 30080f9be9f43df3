"""The shortest way from a function to a callable that blocks, computed on demand, once for each function.

The functions reachable from the one that is asked for form a graph. All of them that are not known yet are looked at;
then distances go backwards from the sinks, as in Dijkstra's algorithm. So the work is linear in the code reached,
whatever cycles it has, and the answer does not depend on what was asked before.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.configuration.config_file import CATEGORIES
from antipatterns.index.blocking import Blocking, BlockingCalls
from antipatterns.index.edges import Edge

if TYPE_CHECKING:
    from antipatterns.blocking.libraries import Sink
    from antipatterns.facts.model import Place
    from antipatterns.index.definitions import Module
    from antipatterns.index.values import Function

_Rank = tuple[int, int, str, int]


class Step(NamedTuple):
    """The first step of the shortest way: the line in the function, and the function called there or the sink."""

    line: int
    target: Function | None
    sink: Sink | None


class Hop(NamedTuple):
    """One call of a chain: where it stands, in which function, and what it calls."""

    module: Module
    line: int
    function: str
    callee: str


class _Entry(NamedTuple):
    """A way that was found, the shortest first; ``number`` keeps functions from being compared."""

    rank: _Rank
    place: Place
    number: int
    function: Function
    step: Step


class Reach:
    """Answers which functions block, and how they come to it."""

    def __init__(self, calls: BlockingCalls) -> None:
        self._calls = calls
        self._steps: dict[Function, tuple[_Rank, Step] | None] = {}

    def distance_of(self, function: Function) -> int | None:
        """How many calls away the nearest sink is."""
        if function not in self._steps:
            self._settle(self._unknown_from(function))
        found = self._steps[function]
        return found[0][0] if found is not None else None

    def _unknown_from(self, function: Function) -> list[Function]:
        """The functions reachable from one whose distance is not known yet."""
        found: dict[Function, None] = {function: None}
        waiting = [function]
        while waiting:
            for one in self._calls.of(waiting.pop()):
                for target in one.targets if isinstance(one, Edge) else ():
                    if target not in found and target not in self._steps:
                        found[target] = None
                        waiting.append(target)
        return list(found)

    def _settle(self, functions: list[Function]) -> None:
        """Find the distances of functions all of whose ways lead to these or to known ones."""
        callers: dict[Function, list[tuple[Function, Edge]]] = {}
        heap: list[_Entry] = []
        count = 0
        for function in functions:
            for one in self._calls.of(function):
                if isinstance(one, Blocking):
                    rank = rank_of(one, function)
                    step = Step(one.place[0], None, one.sink)
                elif self._waits_for_others(one, function, callers):
                    continue
                else:
                    rank, step = self._rank_behind(one), Step(one.place[0], one.target, None)
                count += 1
                heapq.heappush(heap, _Entry(_longer(rank), one.place, count, function, step))
        self._spread(heap, callers, count)
        for function in functions:
            self._steps.setdefault(function, None)

    def _waits_for_others(
        self, edge: Edge, function: Function, callers: dict[Function, list[tuple[Function, Edge]]]
    ) -> bool:
        """Whether not all is known that an edge leads to; then its function hears of it."""
        unknown = {one: None for one in edge.targets if self._steps.get(one) is None}
        for one in unknown:
            callers.setdefault(one, []).append((function, edge))
        return bool(unknown)

    def _rank_behind(self, edge: Edge) -> _Rank:
        """The rank of the farthest function that a call may run, as nobody knows which it is."""
        return max(self._steps[one][0] for one in edge.targets)  # type: ignore[index]

    def _spread(
        self,
        heap: list[_Entry],
        callers: dict[Function, list[tuple[Function, Edge]]],
        count: int,
    ) -> None:
        while heap:
            rank, _, _, function, step = heapq.heappop(heap)
            if self._steps.get(function) is not None:
                continue
            self._steps[function] = (rank, step)
            for caller, edge in callers.get(function, ()):
                if edge.others and any(self._steps.get(one) is None for one in edge.targets):
                    continue
                count += 1
                onward = Step(edge.place[0], edge.target, None)
                behind = self._rank_behind(edge) if edge.others else rank
                heapq.heappush(heap, _Entry(_longer(behind), edge.place, count, caller, onward))


def rank_of(blocking: Blocking, function: Function) -> _Rank:
    """What makes one call that blocks be named before another: its category, then its place."""
    category = blocking.sink.category
    order = CATEGORIES.index(category) if category in CATEGORIES else len(CATEGORIES)
    return (0, order, function.definition.module.path, blocking.place[0])


def _longer(rank: _Rank) -> _Rank:
    return (rank[0] + 1, *rank[1:])
