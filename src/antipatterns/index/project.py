"""What project rules ask: calls in loop code that lead to something that blocks, and cycles of imports."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.blocking import libraries
from antipatterns.blocking.libraries import Sink
from antipatterns.blocking.sinks import find_enabled_sink, is_offloader
from antipatterns.index.blocking import Blocking, BlockingCalls
from antipatterns.index.calls import Calls
from antipatterns.index.circumstances import is_no_coroutine_function
from antipatterns.index.cycles import Cycles
from antipatterns.index.feasible import find_way
from antipatterns.index.imports import Imports
from antipatterns.index.loop_code import LoopCode
from antipatterns.index.modules import Modules, read_facts
from antipatterns.index.options import Options
from antipatterns.index.reach import Hop, Reach
from antipatterns.index.resolve import Resolver
from antipatterns.index.values import Coroutine, External, Function
from antipatterns.knowledge.loop_runners import ASK_FOR_LOOP, LOOP_RUNNERS
from antipatterns.knowledge.methods import CONSTRUCTORS, OF_WITH
from antipatterns.knowledge.offloaders import BOUND_TO_CALLER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from antipatterns.facts.model import Call, ImportKind, ModuleFacts, Place
    from antipatterns.index.blocking import FindSink
    from antipatterns.index.breaking import Known
    from antipatterns.index.definitions import Definition, Module
    from antipatterns.index.edges import Edge
    from antipatterns.settings import Settings


class BlockingCall(NamedTuple):
    """A call in loop code that blocks: at once, or through the functions of ``hops``.

    ``is_movable``: it is a plain call in a coroutine, of a function that does nothing for which the thread matters, so
    that another one could make it. ``within``: the callable that runs functions elsewhere among whose arguments it
    stands, or "".
    """

    place: Place
    root: Definition
    sink: Sink
    hops: tuple[Hop, ...]
    is_movable: bool
    within: str = ""


class DroppedCoroutine(NamedTuple):
    """A call in a unit that makes a coroutine of a function, and nothing of it."""

    call: Call
    here: Definition
    callee: Definition


class _Kind(NamedTuple):
    """The calls of one kind that somebody asks about, such as those that block, and what leads to them."""

    calls: BlockingCalls
    reach: Reach
    settings: Settings


class Project:
    """Everything that is known across files. One for a run."""

    def __init__(
        self, environment: Iterable[Path] = (), read: Callable[[str], ModuleFacts | None] = read_facts
    ) -> None:
        folders = tuple(environment)
        self.environment = tuple(str(folder) for folder in folders)
        self.modules = Modules(folders, read)
        self.resolver = Resolver(self.modules)
        self.imports = Imports(self.modules)
        self.breaks: Known = {}
        self._loop_codes: dict[tuple[str, ...], LoopCode] = {}
        self._options: dict[Module, Options] = {}
        self._calls: dict[object, Calls] = {}
        self._kinds: dict[object, _Kind] = {}
        self._cycles: dict[frozenset[ImportKind], Cycles] = {}

    def find_blocking_calls(self, module: Module, settings: Settings) -> Iterator[BlockingCall]:
        """Every call in the loop code of a module that blocks."""
        return self._find_calls(module, self._what_blocks(settings))

    def _find_calls(self, module: Module, kind: _Kind) -> Iterator[BlockingCall]:
        for root in self._loop_code(kind.settings).of(module):
            seen: set[Place] = set()
            for one in kind.calls.of(root):
                found = self._blocking_call(one, root, kind)
                if found is not None and found.place not in seen:
                    seen.add(found.place)
                    yield found

    def _blocking_call(self, one: Blocking | Edge, root: Function, kind: _Kind) -> BlockingCall | None:
        if isinstance(one, Blocking):
            if one.is_lazy:
                return None
            movable = root.definition.unit.is_async and not one.is_handed
            return BlockingCall(one.place, root.definition, one.sink, (), movable)
        found = find_way(one, root, kind.calls, kind.reach, self._options_of(root.definition.module))
        if found is None:
            return None
        hops, sink = found
        within = self._offloader_around(one, root, kind.calls)
        movable = not within and self._is_movable(one, root, kind.settings)
        return BlockingCall(one.place, root.definition, sink, hops, movable, within)

    def _options_of(self, module: Module) -> Options:
        if module not in self._options:
            self._options[module] = Options(self.resolver, module)
        return self._options[module]

    def _offloader_around(self, edge: Edge, root: Function, calls: BlockingCalls) -> str:
        """The callable that runs functions elsewhere among whose arguments a call stands, or ""."""
        written = root.definition.unit.body.calls
        index = written[edge.call].within if edge.call >= 0 else -1
        while index >= 0:
            callee = self.resolver.value_of(written[index].function, root.definition, root.self_class)
            if isinstance(callee, External) and calls.is_offloader(callee.name):
                return callee.name
            index = written[index].within
        return ""

    def _is_movable(self, edge: Edge, root: Function, settings: Settings) -> bool:
        target = edge.target.definition
        loop_code = self._loop_code(settings)
        if edge.call < 0 or edge.others or not root.definition.unit.is_async:
            return False
        is_awaited = self._calls_for(settings).is_awaited(edge.call, root)
        if is_awaited or target.unit.is_async or loop_code.holds(target):
            return False
        if self._makes_async_object(edge.target):
            return False
        return self._kind(_find_bound_to_caller, settings).reach.distance_of(edge.target) is None

    def _makes_async_object(self, target: Function) -> bool:
        """Whether a function is the constructor of a class with coroutines, whose objects are used on the loop."""
        owner = target.self_class if target.definition.unit.name in CONSTRUCTORS else None
        bases = self.resolver.members.order_of(owner) if owner is not None else ()
        return any(not isinstance(base, str) and any(one.unit.is_async for one in base.children) for base in bases)

    def cycles(self, kinds: frozenset[ImportKind]) -> Cycles:
        """The cycles of the imports of these kinds."""
        if kinds not in self._cycles:
            self._cycles[kinds] = Cycles(self.imports, kinds)
        return self._cycles[kinds]

    def _loop_code(self, settings: Settings) -> LoopCode:
        key = settings.loop_decorators
        if key not in self._loop_codes:
            self._loop_codes[key] = LoopCode(self.resolver, key)
        return self._loop_codes[key]

    def _what_blocks(self, settings: Settings) -> _Kind:
        about = (settings.blocking_categories, settings.blocking, settings.non_blocking, settings.offloaders)
        key = (about, settings.loop_decorators)
        if key not in self._kinds:
            calls = BlockingCalls(
                self._calls_for(settings),
                lambda name: find_enabled_sink(name, settings),
                is_offloader=lambda name: is_offloader(name, settings),
            )
            self._kinds[key] = _Kind(calls, Reach(calls), settings)
        return self._kinds[key]

    def _kind(self, find_sink: FindSink, settings: Settings, asking: frozenset[str] = frozenset()) -> _Kind:
        key = (find_sink, settings.blocking, settings.loop_decorators)
        if key not in self._kinds:
            calls = BlockingCalls(self._calls_for(settings), find_sink, asking)
            self._kinds[key] = _Kind(calls, Reach(calls), settings)
        return self._kinds[key]

    def _calls_for(self, settings: Settings) -> Calls:
        """What units call: resolved once for all that is asked of it."""
        own = settings.blocking
        key = (own, settings.loop_decorators)
        if key not in self._calls:
            is_of_interest = cache(lambda name: name in own or _may_be_asked_for(name))
            self._calls[key] = Calls(self.resolver, is_of_interest, self._loop_code(settings).holds)
        return self._calls[key]

    def find_nested_loops(self, module: Module, settings: Settings) -> Iterator[BlockingCall]:
        """Every call in the loop code of a module that starts another loop, at once or through functions."""
        return self._find_calls(module, self._kind(find_loop_runner, settings, ASK_FOR_LOOP))

    def _is_surely_async(self, function: Definition) -> bool:
        """Whether a function is an ``async def``, and no class beside its own has a plain method in its place."""
        owner = function.enclosing_class
        if owner is None or not function.unit.is_async:
            return function.unit.is_async
        for other in function.module.units:
            method = other.attributes.get(function.unit.name) if other.is_class and other is not owner else None
            if method and owner in self.resolver.members.order_of(other):
                found = self.resolver.members.find_method(other, function.unit.name)
                if not isinstance(found, Function) or not found.definition.unit.is_async:
                    return False
        return True

    def find_dropped_coroutines(self, module: Module) -> Iterator[DroppedCoroutine]:
        """Every call of a coroutine function as a statement of its own, with that function."""
        for here in module.units:
            for index, call in enumerate(here.unit.body.calls):
                callee = self._coroutine_made_by(index, here) if call.dropped else None
                if callee is not None and not is_no_coroutine_function(str(call.function), call.place, here):
                    yield DroppedCoroutine(call, here, callee)

    def _coroutine_made_by(self, index: int, here: Definition) -> Definition | None:
        """The coroutine function that a call in a unit calls; what others give is not even looked at."""
        self_class = here.class_around
        callee = self.resolver.value_of(here.unit.body.calls[index].function, here, self_class)
        if not isinstance(callee, Function) or not self._is_surely_async(callee.definition):
            return None
        made = self.resolver.value_of(index, here, self_class)
        return callee.definition if isinstance(made, Coroutine) else None


def find_loop_runner(name: str) -> Sink | None:
    """The callable that runs an event loop until something is done, if a canonical name is one."""
    owner, _, method = name.rpartition(".")
    for spelling in [name, *(f"{base}.{method}" for base in libraries.lineage(owner))]:
        if spelling in LOOP_RUNNERS:
            return Sink(spelling, "", "await")
    return None


def _find_bound_to_caller(name: str) -> Sink | None:
    """Anything that only works in the thread of the loop, if a canonical name is such a thing.

    What ``with`` enters it leaves again, in the same thread.
    """
    is_bound = name.startswith(BOUND_TO_CALLER) and name.rpartition(".")[2] not in OF_WITH
    return Sink(name, "", "") if is_bound else None


def _may_be_asked_for(name: str) -> bool:
    return bool(libraries.find_sink(name) or find_loop_runner(name) or _find_bound_to_caller(name))
