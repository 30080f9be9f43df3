"""Which calls of a unit block, or do whatever else somebody asks for, with the arguments that they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from antipatterns.blocking import libraries
from antipatterns.facts.model import (
    NOTHING,
    BindingKind,
    Call,
    Either,
    Expression,
    Items,
    Lambda,
    Literal,
    Place,
    Test,
    Text,
)
from antipatterns.index.circumstances import has_way_out
from antipatterns.index.edges import Alternatives, Edge, Outside
from antipatterns.index.handed import arguments_at, last_name
from antipatterns.index.values import External, Function, Instance
from antipatterns.knowledge.consumers import CONSUMERS, CONSUMING_METHODS, PASSING
from antipatterns.knowledge.offloaders import PUT_FOR_THREADS
from antipatterns.knowledge.readiness import (
    ALWAYS_LOADED,
    ASK_FOR_LIBRARY,
    DESCRIPTORS_SWITCHED_BY,
    HELD_UNTIL,
    IN_MEMORY,
    LAZY,
    LOCAL_NAMES,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from antipatterns.blocking.libraries import Sink
    from antipatterns.index.calls import Calls
    from antipatterns.index.definitions import Definition

    FindSink = Callable[[str], Sink | None]

_THIS_MODULE = frozenset({"__name__", "__package__"})


class Blocking(msgspec.Struct, frozen=True):
    """A call of a callable that blocks, at its place; ``is_handed`` as of ``Outside``, or no call at all but syntax.

    ``is_lazy``: what it gives does, and the function gives that back.
    """

    sink: Sink
    place: Place
    is_handed: bool = False
    is_lazy: bool = False


class BlockingCalls:
    """Tells what blocks among what units call. ``find_sink`` knows callables of the kind by canonical name.

    A function that calls one of ``asking`` (by the last part of its name) has asked before what it may do: it is not
    followed; nor is what such a function does where it handles the ``RuntimeError`` of not being allowed to.
    """

    def __init__(
        self,
        calls: Calls,
        find_sink: FindSink,
        asking: frozenset[str] = frozenset(),
        is_offloader: Callable[[str], bool] = lambda _name: False,
    ) -> None:
        self.is_offloader = is_offloader
        self._calls = calls
        self._find_sink = find_sink
        self._asking = asking
        self.resolver = calls.resolver
        self.is_called_at_import = calls.is_called_at_import
        self.is_awaited = calls.is_awaited
        self._known: dict[Function, tuple[Blocking | Edge, ...]] = {}
        self._offloading: dict[Definition, bool] = {}
        self._asking_themselves: dict[Definition, bool] = {}

    def of(self, function: Function) -> tuple[Blocking | Edge, ...]:
        """Everything that blocks in a function, and the functions that it calls, in the order of the source."""
        found = self._known.get(function)
        if found is None:
            found = self._known[function] = tuple(self._find(function))
        return found

    def _find(self, function: Function) -> Iterator[Blocking | Edge]:
        if self._asking and self._asks(function):
            return
        for one in self._calls.of(function):
            if self._asking and has_way_out(one.place, function.definition):
                continue
            found = self._common(one, function) if isinstance(one, Alternatives) else self._kept(one, function)
            if found is not None:
                yield found

    def _asks(self, function: Function) -> bool:
        """Whether a function asks what it may do, or calls another one that does."""
        if self._asks_itself(function.definition):
            return True
        targets = (one.target for one in self._calls.of(function) if isinstance(one, Edge))
        return any(self._asks_itself(target.definition) for target in targets)

    def _asks_itself(self, function: Definition) -> bool:
        known = self._asking_themselves.get(function)
        if known is None:
            calls = function.unit.body.calls
            known = any(last_name(call.function) in self._asking for call in calls)
            self._asking_themselves[function] = known
        return known

    def _kept(self, one: Outside | Edge, function: Function) -> Blocking | Edge | None:
        """A call as it stands if it is of something that is read or that blocks."""
        if isinstance(one, Edge):
            return self._without_offloaded(one) if one.target.given else one
        if one.call < 0:
            sink = self._find_sink(one.name)
            return Blocking(sink, one.place, is_handed=True) if sink is not None else None
        sink = self._sink(one, function.definition.unit.body.calls[one.call], function)
        if sink is None:
            return None
        is_lazy = sink.name in LAZY and not self.is_iterated(one.call, function)
        if is_lazy and one.call not in function.definition.unit.body.returned:
            return None
        return Blocking(sink, one.place, one.is_handed, is_lazy)

    def _without_offloaded(self, edge: Edge) -> Edge | None:
        """A call of a function that is given others, without these where it runs what it is given in threads.

        What it does with them in place, as a way out, is not what it is for. A coroutine function is looked at anyway.
        """
        target = edge.target
        if not self._offloads(target.definition):
            return edge
        is_known = target.definition.unit.is_async and target.definition.module.is_own
        return None if is_known else msgspec.structs.replace(edge, target=msgspec.structs.replace(target, given=()))

    def _offloads(self, definition: Definition) -> bool:
        """Whether a function hands one of its parameters to a thread, or a function of its own that may call it.

        Also in a tuple and through a queue, from which the thread takes what it is to do.
        """
        found = self._offloading.get(definition)
        if found is None:
            names = {*definition.callable_parameters, *(child.unit.name for child in definition.children)}
            found = self._offloading[definition] = any(
                self._is_call_of_offloader(call, definition)
                for call in definition.unit.body.calls
                if any(isinstance(one, Lambda) or one in names for one in _given_at_all(call))
            )
        return found

    def _is_call_of_offloader(self, call: Call, definition: Definition) -> bool:
        callee = self.resolver.value_of(call.function, definition, definition.class_around)
        return isinstance(callee, External) and (callee.name in PUT_FOR_THREADS or self.is_offloader(callee.name))

    def _common(self, alternatives: Alternatives, function: Function) -> Blocking | Edge | None:
        """What one of several values, nobody knows which, does in any case; None where one of them does not block."""
        edges: list[Edge] = []
        known: list[Blocking] = []
        for option in alternatives.options:
            found = [one for one in (self._kept(one, function) for one in option) if one is not None]
            if not found or any(isinstance(one, Edge) and one.is_given_back for one in found):
                return None
            blocking = [one for one in found if isinstance(one, Blocking)]
            known += blocking[:1]
            edges += [] if blocking else [_main([one for one in found if isinstance(one, Edge)])]
        others = tuple(one.target for one in edges[1:])
        return msgspec.structs.replace(edges[0], others=others) if edges else known[0]

    def _sink(self, outside: Outside, call: Call, caller: Function) -> Sink | None:
        """The blocking callable that is called, if it waits with these arguments."""
        sink = self._find_sink(outside.name)
        if sink is None:
            return None
        wanted = libraries.blocking_argument(sink.name)
        only_with = libraries.blocking_with(sink.name)
        if only_with is not None:
            position, keyword, value = only_with
            is_so = any(
                isinstance(one, Literal) and one.value is value for one in arguments_at(call, position, keyword)
            )
            return sink if is_so and not outside.is_handed else None
        if outside.is_handed:
            return sink if wanted is None and not _has_switch(sink) else None
        if _is_loaded(sink, call, caller):
            return None
        if call.awaited or call.asked or _returns_at_once(call, sink, caller) or _is_ruled_out_around(sink, caller):
            return None
        if sink.category == "dns" and call.arguments and _is_local(call.arguments[0], call.place[0], caller):
            return None
        if wanted is None:
            return sink
        given = list(arguments_at(call, *wanted))
        if sink.category != "file":
            return sink if given and given[0] != NOTHING else None
        return sink if any(self._may_be_on_disk(one, caller) for one in given) else None

    def is_iterated(self, call: int, caller: Function) -> bool:
        """Whether the function that makes a call, by its index, goes through what that gives, at once or by names."""
        body = caller.definition.unit.body
        waiting, seen = [call], {-1}  # "found = filter(None, found)" leads back to itself
        while waiting:
            index = waiting.pop()
            if index in seen:
                continue
            seen.add(index)
            names = {name for name, bound in body.bindings.items() if any(_may_be(index, one.value) for one in bound)}
            if any(_may_be(index, value) or value in names for value, _ in body.iterated):
                return True
            takers = [number for number, one in enumerate(body.calls) if not names.isdisjoint(one.arguments)]
            for taker in (body.calls[index].within, *takers):
                name = self._name_of_called(taker, caller)
                if name in CONSUMERS or name.rpartition(".")[2] in CONSUMING_METHODS:
                    return True
                waiting += [taker] if name in PASSING else []
        return False

    def _name_of_called(self, call: int, caller: Function) -> str:
        """The canonical name of what a call calls, or as it is written; "" for no call."""
        if call < 0:
            return ""
        function = caller.definition.unit.body.calls[call].function
        value = self.resolver.value_of(function, caller.definition, caller.self_class)
        return value.name if isinstance(value, External) else last_name(function)

    def _may_be_on_disk(self, given: Expression, caller: Function) -> bool:
        value = self.resolver.value_of(given, caller.definition, caller.self_class)
        return value is not None and not (isinstance(value, Instance) and value.of in IN_MEMORY)


def _given_at_all(call: Call) -> Iterator[Expression]:
    """What a call is given by position, and what stands in tuples there."""
    for one in call.arguments:
        yield from one.items if isinstance(one, Items) else (one,)


def _may_be(call: int, value: Expression) -> bool:
    """Whether a value is what a call gives, or that or something else."""
    return value == call or (isinstance(value, Either) and call in value.options)


def _is_loaded(sink: Sink, call: Call, caller: Function) -> bool:
    """Whether a module is imported that is there anyway, such as the one at hand and the packages that hold it.

    Or as a statement does: one module, always the same, whose call gives nothing that anybody takes.
    """
    named = call.arguments[0] if sink.category == "import" and call.arguments else None
    if isinstance(named, str):
        if named in _THIS_MODULE:
            return True
        bindings = caller.definition.module.definition.unit.body.bindings.get(named, ())
        is_constant = named.isupper() and len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT
        named = bindings[0].value if is_constant else None
    if isinstance(named, Text) and call.dropped:
        return True
    if not isinstance(named, Text) or not named.value:
        return False
    return named.value in ALWAYS_LOADED or f"{caller.definition.module.name}.".startswith(f"{named.value}.")


def _main(edges: list[Edge]) -> Edge:
    """Of all that a call runs, what it is made for."""
    return next((one for one in edges if one.target.definition.unit.name == "__init__"), edges[0])


def _is_ruled_out_around(sink: Sink, caller: Function) -> bool:
    """Whether a function also calls what shows that the call at hand does not wait."""
    signs = {name.rpartition(".")[2] for name in DESCRIPTORS_SWITCHED_BY.get(sink.name, ())}
    method = sink.name.rpartition(".")[2]
    if method in HELD_UNTIL and not caller.definition.module.is_own:
        signs.add(HELD_UNTIL[method])
    if sink.category == "import":
        signs |= ASK_FOR_LIBRARY
    return bool(signs) and any(last_name(one.function) in signs for one in caller.definition.unit.body.calls)


def _is_local(host: Expression, line: int, caller: Function) -> bool:
    """Whether a host, as far as one knows on a line, is a name that the machine itself knows."""
    if isinstance(host, Text):
        return host.value in LOCAL_NAMES
    return any(
        guard.test is Test.EQUALS and guard.expected and guard.path == host and guard.value in LOCAL_NAMES
        for guard in caller.definition.guards
        if guard.first <= line <= guard.last
    )


def _has_switch(sink: Sink) -> bool:
    """Whether some flag makes a callable return at once: what is handed over may be bound to that."""
    given = libraries.non_blocking_arguments(sink.name)
    return any(isinstance(wanted, bool) or _is_flag(wanted) for _, _, wanted in given)


def _returns_at_once(call: Call, sink: Sink, caller: Function) -> bool:
    """Whether a call does not wait with what it is given, or with what a parameter that it passes on is as a rule."""
    for position, keyword, wanted in libraries.non_blocking_arguments(sink.name):
        for given in (_usual(one, caller) for one in arguments_at(call, position, keyword)):
            if wanted is ... and given != NOTHING:
                return True
            if isinstance(given, (Literal, Text)) and given.value == wanted and type(given.value) is type(wanted):
                return True
            if _is_flag(wanted) and _may_be_flag(given):
                return True
    return False


def _usual(given: Expression, caller: Function) -> Expression:
    """An argument, or the text that it is by default if it is a parameter with one."""
    bindings = caller.definition.unit.body.bindings.get(given, ()) if isinstance(given, str) else ()
    is_parameter = len(bindings) == 1 and bindings[0].kind is BindingKind.PARAMETER
    return bindings[0].value if is_parameter and isinstance(bindings[0].value, Text) else given


def _is_flag(wanted: object) -> bool:
    """Whether what makes a callable return at once is a constant such as os.WNOHANG, and not a text."""
    return isinstance(wanted, str) and "." in wanted and all(map(str.isidentifier, wanted.split(".")))


def _may_be_flag(given: Expression) -> bool:
    """Whether an argument is a flag such as os.WNOHANG, one of several, or a name that may stand for one."""
    return isinstance(given, str) or (isinstance(given, Either) and any(map(_may_be_flag, given.options)))
