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
from antipatterns.index.calls import Edge

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
                if isinstance(one, Edge) and one.target not in found and one.target not in self._steps:
                    found[one.target] = None
                    waiting.append(one.target)
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
                elif self._steps.get(one.target) is not None:
                    rank = self._steps[one.target][0]  # type: ignore[index]
                    step = Step(one.place[0], one.target, None)
                else:
                    callers.setdefault(one.target, []).append((function, one))
                    continue
                count += 1
                heapq.heappush(heap, _Entry(_longer(rank), one.place, count, function, step))
        self._spread(heap, callers, count)
        for function in functions:
            self._steps.setdefault(function, None)

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
                count += 1
                onward = Step(edge.place[0], function, None)
                heapq.heappush(heap, _Entry(_longer(rank), edge.place, count, caller, onward))


def rank_of(blocking: Blocking, function: Function) -> _Rank:
    """What makes one call that blocks be named before another: its category, then its place."""
    category = blocking.sink.category
    order = CATEGORIES.index(category) if category in CATEGORIES else len(CATEGORIES)
    return (0, order, function.definition.module.path, blocking.place[0])


def _longer(rank: _Rank) -> _Rank:
    return (rank[0] + 1, *rank[1:])
