"""The shortest way to something that blocks which the constants given along it do not rule out.

``connect(trust=False)`` does not reach what ``connect`` does ``if trust:``. Values are followed from literal arguments
and defaults into parameters, and on where a parameter is passed on as it is; everything else may be anything.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.blocking import libraries
from antipatterns.facts.model import NOTHING, ImportKind, Text
from antipatterns.index.circumstances import (
    NOTHING_NEEDED,
    Needs,
    calls_of_given,
    circumstances_at,
    fills_memory,
    fills_table,
    is_guarded,
    is_loaded,
    what_is_given,
)
from antipatterns.index.constants import Known, constant_of, constants_given
from antipatterns.index.decorators import is_cached
from antipatterns.index.edges import Edge
from antipatterns.index.held import is_released
from antipatterns.index.options import ANYTHING, Constant, Options
from antipatterns.index.reach import Hop, rank_of
from antipatterns.index.shared import made_for, receiver_of
from antipatterns.index.values import Function, Instance
from antipatterns.knowledge.methods import CONSTRUCTORS
from antipatterns.knowledge.readiness import HARDLY_EVER, READY_WITH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from antipatterns.blocking.libraries import Sink
    from antipatterns.facts.model import Call, Expression, Place
    from antipatterns.index.blocking import Blocking, BlockingCalls
    from antipatterns.index.definitions import Definition
    from antipatterns.index.reach import Reach
    from antipatterns.index.resolve import Resolver

_MOST_STEPS = 3000
_MOST_CIRCUMSTANCES = 1  # "if kind == 'file'" is ordinary; for what also takes an error, or another kind, it is not
_FAR = 4  # calls away it is not: of all that leads there, hardly anything does so for this one kind
_LOADING = frozenset({ImportKind.RUN_TIME, ImportKind.LAZY})
_AWAIT = "__await__"
_READ_ONCE = frozenset({"file", "import", "stat", "lock"})
_READ_ONCE_HERE = _READ_ONCE | {"tls"}  # of packages people complain even of the first time
_MADE_ONCE = frozenset({"tls"})  # for each key, of which settings know few; of a module or a zone people complain
_NONE: frozenset[str] = frozenset()


class _Way(NamedTuple):
    """A way that has come to a function."""

    function: Function
    known: Known = ()
    hops: tuple[Hop, ...] = ()
    read_once: frozenset[str] = _NONE  # the categories that do not count, as what one of the functions gives is kept
    needs: Needs = NOTHING_NEEDED
    passed: tuple[tuple[Function, Edge], ...] = ()  # the calls, each with the function that it stands in
    is_awaited: bool = False  # what the function gives is awaited
    is_shared: bool = False  # the object of the method is one that a module keeps


_Waiting = tuple[int, "tuple[Place, ...]", int, _Way]
"""The length in all, the places of the calls, and a number before a way: the shortest comes first, then the source."""


def find_way(
    edge: Edge, caller: Function, calls: BlockingCalls, reach: Reach, options: Options
) -> tuple[tuple[Hop, ...], Sink] | None:
    """The hops from a call in ``caller`` to the sink, and the sink; None where no way is open.

    A way that takes no particular circumstances is better than a shorter one that does.
    """
    if None in [reach.distance_of(one) for one in edge.targets]:
        return None  # as of most calls, without a look at what stands around them
    for most in range(_MOST_CIRCUMSTANCES + 1):
        found = _find_way(edge, caller, _Search(calls, reach, most), options)
        if found is not None:
            return found
    return None


def _find_way(edge: Edge, caller: Function, search: _Search, options: Options) -> tuple[tuple[Hop, ...], Sink] | None:
    start = _Way(function=caller)
    search.go_on(edge, start._replace(read_once=search.read_once_at(edge.place, start)))
    while search.waiting and search.number < _MOST_STEPS:
        *_, way = heapq.heappop(search.waiting)
        known, told = dict(way.known), what_is_given(way.passed)
        sinks, edges = [], []
        elsewhere = calls_of_given(way.function.definition, told)
        for one in search.calls.of(way.function):
            if one.place in elsewhere:
                continue
            more = circumstances_at(one.place, way.function, known, options, told)
            needs = way.needs.and_also(more) if more is not None else None
            if needs is None or not search.may_be(needs, way):
                continue
            read_once = way.read_once | search.read_once_at(one.place, way)
            if isinstance(one, Edge):
                edges.append((one, way._replace(needs=needs, read_once=read_once)))
            elif one.sink.category not in read_once and search.runs(one, way):
                sinks.append(one)
        if sinks:
            here = way.function.definition
            nearest = min(sinks, key=lambda one: (is_guarded(one.place, here), rank_of(one, way.function)))
            return (*way.hops, _hop(nearest.place, way.function, nearest.sink.name)), nearest.sink
        for one, before in edges:
            search.go_on(one, before)
    return None


class _Search:
    """The ways still to try, with so many circumstances at most."""

    def __init__(self, calls: BlockingCalls, reach: Reach, most: int) -> None:
        self.most = most
        self.calls = calls
        self.reach = reach
        self.waiting: list[_Waiting] = []
        self.number = 0
        self._seen: set[tuple[Function, Known, frozenset[str], Needs, bool, bool]] = set()

    def may_be(self, needs: Needs, way: _Way) -> bool:
        """Whether it is still ordinary that so much is so, where a way has come to."""
        is_plain = not (needs.particular or needs.is_asked) and needs.untold <= 1
        return needs.particular <= self.most and (len(way.hops) < _FAR or is_plain)

    def go_on(self, edge: Edge, before: _Way) -> None:
        """Remember the way through one more call, if it can lead to a sink and nothing came there like this."""
        distances = [self.reach.distance_of(one) for one in edge.targets]
        rest = distances[0]
        if rest is None or None in distances or (edge.is_given_back and not before.is_awaited):
            return
        if is_told_not_to(edge, before.function, dict(before.known), self.calls.resolver):
            return
        is_awaited = not edge.target.definition.unit.is_async and edge.call >= 0 and self._is_awaited(edge.call, before)
        if is_awaited and self._gives_nothing_to_await(edge.target):
            return
        made = made_for(edge, before.function, self.calls.resolver)
        given = constants_given(edge, before.function, before.known, made, self.calls.resolver)
        if not given and _comes_again(edge, before):
            return
        read_once = before.read_once | self._read_once_by(edge.target.definition)
        is_shared = (made is not None and made.is_shared) or (before.is_shared and _is_of_same(edge, before.function))
        key = (edge.target, given, read_once, before.needs, is_awaited, is_shared)
        if key in self._seen:
            return
        self._seen.add(key)
        self.number += 1
        hop = _hop(edge.place, before.function, _name_of(edge.target, is_first=not before.hops))
        hops, passed = (*before.hops, hop), (*before.passed, (before.function, edge))
        way = _Way(edge.target, given, hops, read_once, before.needs, passed, is_awaited, is_shared)
        places = tuple(one.place for _, one in passed)
        heapq.heappush(self.waiting, (len(hops) + rest, places, self.number, way))

    def _is_awaited(self, call: int, way: _Way) -> bool:
        """Whether what a call in the function that a way has come to gives is awaited, there or by its caller."""
        if way.is_awaited and call in way.function.definition.unit.body.returned:
            return True
        return self.calls.is_awaited(call, way.function)

    def read_once_at(self, place: Place, way: _Way) -> frozenset[str]:
        """The categories that do not count at a place of the function that a way has come to: it fills a memory."""
        here = way.function.definition
        if fills_memory(place, way.function, self.calls.resolver, is_shared=way.is_shared):
            return _read_once_in(here)
        return _MADE_ONCE if here.module.is_own and fills_table(place, here) else _NONE

    def _gives_nothing_to_await(self, target: Function) -> bool:
        """Whether what a plain function gives is an object of a class that is read and has no ``__await__``."""
        if target.definition.unit.name in CONSTRUCTORS:
            return False
        made = self.calls.resolver.results.of_function(target.definition, target.self_class)
        if not isinstance(made, Instance) or isinstance(made.of, str):
            return False
        order = self.calls.resolver.members.order_of(made.of)
        return all(
            base == "builtins.object" if isinstance(base, str) else _AWAIT not in base.attributes for base in order
        )

    def runs(self, blocking: Blocking, way: _Way) -> bool:
        """Whether a call at the end of a way does what it is known for."""
        if blocking.is_lazy:
            caller, edge = way.passed[-1]
            return edge.call >= 0 and self.calls.is_iterated(edge.call, caller)
        return not self.is_imported(blocking, way) and not is_released(
            blocking.sink, blocking.place, way.function, way.passed
        )

    def is_imported(self, blocking: Blocking, way: _Way) -> bool:
        """Whether what is imported has been already: somebody looked, or a module on the way has called the same."""
        if blocking.sink.category != "import":
            return False
        here = way.function
        if any(is_loaded(edge.place, caller.definition) for caller, edge in way.passed) or is_loaded(
            blocking.place, here.definition
        ):
            return True
        named = [(caller, edge.call) for caller, edge in way.passed if edge.call >= 0]
        if any(_names_import(caller.definition.unit.body.calls[call], caller) for caller, call in named):
            return True
        steady = [caller for caller, edge in way.passed[1:] if _is_always_given_the_same(edge, caller)]
        steady += [] if _parameters_of(here.definition) else [here]
        return any(self.calls.is_called_at_import(one.definition) for one in steady)

    def _read_once_by(self, definition: Definition) -> frozenset[str]:
        """The categories that do not count in a function, as a decorator keeps what it gives."""
        may_be = not definition.module.is_own or definition.receiver is None
        is_kept = bool(definition.unit.decorators) and may_be and is_cached(self.calls.resolver, definition)
        return _read_once_in(definition) if is_kept else _NONE


def _read_once_in(definition: Definition) -> frozenset[str]:
    return _READ_ONCE_HERE if definition.module.is_own else _READ_ONCE


def _comes_again(edge: Edge, way: _Way) -> bool:
    """Whether a call leads back to a function on the way; where nothing is known of what it gives, nobody follows."""
    target = edge.target
    around = (way.function, *(caller for caller, _ in way.passed[1:])) if way.passed else ()
    return any(one.definition is target.definition and one.self_class is target.self_class for one in around)


def _is_of_same(edge: Edge, caller: Function) -> bool:
    """Whether a method calls another one of its own object."""
    receiver = caller.definition.receiver
    return receiver is not None and receiver_of(edge, caller) == receiver


def _names_import(call: Call, caller: Function) -> bool:
    """Whether a call gives the dotted name of a module, or of what is in one, that the file around it imports itself.

    Be it later, in a function: there it is a statement that loads the module, and nobody minds these.
    """
    texts = [one.value for one in (*call.arguments, *call.keywords.values()) if isinstance(one, Text)]
    modules = [one.module for one in caller.definition.module.facts.imports if one.kind in _LOADING] if texts else []
    pairs = ((f"{text}.", f"{module}.") for text in texts for module in modules if module)
    return any(text.startswith(module) or module.startswith(text) for text, module in pairs)


def _is_always_given_the_same(edge: Edge, caller: Function) -> bool:
    """Whether a call gives only constants, or nothing where its function is given nothing either."""
    if edge.call < 0:
        return False
    call = caller.definition.unit.body.calls[edge.call]
    given = (*call.arguments, *call.keywords.values())
    return all(constant_of(one, {}) is not ANYTHING for one in given) and (
        bool(given) or not _parameters_of(caller.definition)
    )


def _parameters_of(definition: Definition) -> tuple[str, ...]:
    """The parameters of a function but for its receiver."""
    parameters = definition.unit.parameters
    return parameters[1:] if definition.receiver is not None else parameters


def is_told_not_to(edge: Edge, caller: Function, known: Mapping[str, Constant], resolver: Resolver) -> bool:
    """Whether an argument keeps a call from what it would otherwise do that blocks, or hardly any makes it do that.

    ``known``: the values of the caller's parameters.
    """
    target = edge.target
    if target.definition.dotted_name in HARDLY_EVER:
        return True
    owner = target.self_class if target.definition.unit.name in CONSTRUCTORS else None
    name = libraries.canonical(owner.dotted_name if owner is not None else target.definition.dotted_name)
    wanted = READY_WITH.get(name)
    if wanted is None or edge.call < 0:
        return False
    given = caller.definition.unit.body.calls[edge.call].keywords.get(wanted, NOTHING)
    return constant_of(given, known) is not None and not _may_be_nothing(given, caller, resolver)


def _may_be_nothing(given: Expression, caller: Function, resolver: Resolver) -> bool:
    """Whether an argument is what a function gives that also returns None."""
    body = caller.definition.unit.body
    if isinstance(given, str):
        bindings = body.bindings.get(given, ())
        given = bindings[0].value if len(bindings) == 1 else None
    if not isinstance(given, int):
        return False
    callee = resolver.value_of(body.calls[given].function, caller.definition, caller.self_class)
    return isinstance(callee, Function) and NOTHING in callee.definition.unit.body.returned


def _hop(place: Place, function: Function, callee: str) -> Hop:
    definition = function.definition
    return Hop(definition.module, place[0], definition.qualified_name, callee)


def _name_of(target: Function, *, is_first: bool) -> str:
    """The dotted name of what is called; of a constructor that is inherited, the class that the source names."""
    definition = target.definition
    if is_first and target.self_class is not None and definition.unit.name in CONSTRUCTORS:
        return f"{target.self_class.dotted_name}.{definition.unit.name}"
    return definition.dotted_name
