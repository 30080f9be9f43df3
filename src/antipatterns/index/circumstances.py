"""What must be so for a part of a function to run, by the tests around it and by what its caller gives."""

from __future__ import annotations

from enum import Enum, auto
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.facts.model import NOTHING, OFF, BindingKind, Test
from antipatterns.index.constants import constant_of_path, first_value_at
from antipatterns.index.definitions import is_optional
from antipatterns.index.handed import arguments_given, parameters_to_give
from antipatterns.index.kinds import Kind, is_ruled_out
from antipatterns.index.options import ANYTHING, holds
from antipatterns.index.shared import stays_filled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from antipatterns.facts.model import Guard, Place
    from antipatterns.index.definitions import Definition
    from antipatterns.index.edges import Edge
    from antipatterns.index.options import Constant, Options
    from antipatterns.index.resolve import Resolver
    from antipatterns.index.values import Function

_OF_OTHER_QUESTIONS = frozenset({Test.KEPT_BY_OBJECT, Test.KEPT_BY_KEY, Test.IS_ASYNC, Test.RUNS_ELSE})
_ABOUT_GIVING = frozenset({Test.OMITTED, Test.PARTICULAR})
_PARTICULAR = frozenset({Test.PARTICULAR, Test.ON_ERROR, Test.RARELY})
_NEVER_IN_PACKAGES = frozenset({Test.RARELY, Test.ON_ERROR, Test.KEPT})  # of own code, people know when that happens


class Giving(Enum):
    """What a caller gives for a parameter."""

    SOMETHING = auto()
    NOTHING = auto()  # None
    LEFT_OUT = auto()
    PERHAPS = auto()  # something for an option that is off by default, in what the call unpacks


_SURELY = frozenset({Giving.SOMETHING, Giving.NOTHING, Giving.LEFT_OUT})


def what_is_given(passed: Sequence[tuple[Function, Edge]]) -> Mapping[str, Giving]:
    """What the last of the calls on a way gives for parameters, as far as one knows; each with its function."""
    caller, edge = passed[-1] if passed else (None, None)
    if caller is None or edge is None or edge.call < 0:
        return {}
    call = caller.definition.unit.body.calls[edge.call]
    given = arguments_given(call, edge.target)
    if given is None:
        options = _options_of(edge.target.definition) if "*" not in call.keywords else ()
        return {name: Giving.PERHAPS for name in options if name not in call.keywords}
    bindings = caller.definition.unit.body.bindings
    told = {
        name: Giving.NOTHING if value == NOTHING else Giving.SOMETHING
        for name, value in given.items()
        if not (isinstance(value, str) and any(map(is_optional, bindings.get(value, ()))))
    }
    return dict.fromkeys(parameters_to_give(edge.target), Giving.LEFT_OUT) | told


def _options_of(definition: Definition) -> tuple[str, ...]:
    """The parameters of a function that are off by default."""
    bindings = definition.unit.body.bindings
    return tuple(name for name in definition.unit.parameters if name in bindings and bindings[name][0].value in OFF)


def fills_memory(place: Place, function: Function, resolver: Resolver, *, is_shared: bool) -> bool:
    """Whether what stands at a place of a function runs only where a memory of the whole program is empty.

    ``is_shared``: the object of a method is one that a module keeps.
    """
    return any(
        guard.test is Test.KEPT
        or (is_shared and guard.test is Test.KEPT_BY_OBJECT and _is_filled(guard, function, resolver))
        for guard in _guards_at(place, function.definition)
    )


def fills_table(place: Place, function: Definition) -> bool:
    """Whether what stands at a place of a function runs only where a table of the whole program lacks a key."""
    return any(guard.test is Test.KEPT_BY_KEY for guard in _guards_at(place, function))


def _guards_at(place: Place, function: Definition) -> Iterator[Guard]:
    line = place[0]
    return (guard for guard in function.guards if guard.first <= line <= guard.last)


def _is_filled(guard: Guard, function: Function, resolver: Resolver) -> bool:
    owner = function.self_class
    return owner is not None and stays_filled(str(guard.value), owner, function.definition, resolver)


def is_guarded(place: Place, function: Definition) -> bool:
    """Whether something stands around a place of a function that may keep it from running."""
    return any(guard.test is not Test.RUNS_ELSE for guard in _guards_at(place, function))


def has_way_out(place: Place, function: Definition) -> bool:
    """Whether something else runs where what stands at a place of a function raises a ``RuntimeError``."""
    return function.names_no_loop and any(guard.test is Test.RUNS_ELSE for guard in _guards_at(place, function))


def is_loaded(place: Place, function: Definition) -> bool:
    """Whether a place of a function is reached only where something has been imported already."""
    return any(guard.test is Test.LOADED for guard in _guards_at(place, function))


def is_no_coroutine_function(path: str, place: Place, function: Definition) -> bool:
    """Whether a place of a function is reached only where a path holds no coroutine function."""
    asked = (guard for guard in _guards_at(place, function) if guard.test is Test.IS_ASYNC)
    return any(guard.path == path and not guard.expected for guard in asked)


def calls_of_given(function: Definition, told: Mapping[str, Giving]) -> frozenset[Place]:
    """The calls, in a function, of what its caller gives in place of what the function would make itself."""
    replaced = {
        name
        for name, parameters in function.fallbacks.items()
        if any(told.get(parameter) is Giving.SOMETHING for parameter in parameters)
    }
    calls = function.unit.body.calls if replaced else ()
    return frozenset(one.place for one in calls if str(one.function).partition(".")[0] in replaced)


class Needs(NamedTuple):
    """What must be so, and nobody knows it: so many ``particular`` things, or that own code was given something.

    ``untold``: so many other things that somebody asks, up to two.
    """

    particular: int = 0
    is_asked: bool = False
    untold: int = 0

    def and_also(self, other: Needs) -> Needs:
        """What must be so for both."""
        untold = min(self.untold + other.untold, 2)
        return Needs(self.particular + other.particular, self.is_asked or other.is_asked, untold)


NOTHING_NEEDED = Needs()


def circumstances_at(
    place: Place, function: Function, known: Mapping[str, Constant], options: Options, told: Mapping[str, Giving]
) -> Needs | None:
    """What must be so for what stands at a place of a function to run; None where it does not.

    ``known``: the values of its parameters, ``told``: whether they are given at all. What packages only do where an
    option is on ordinarily does not run.
    """
    found = NOTHING_NEEDED
    for guard in _guards_at(place, function.definition):
        more = _circumstances_of(guard, function, known, options, told)
        if more is None:
            return None
        found = found.and_also(more)
    return found


def _circumstances_of(
    guard: Guard, function: Function, known: Mapping[str, Constant], options: Options, told: Mapping[str, Giving]
) -> Needs | None:
    """What lets a guard's lines run: at most one thing; None where they do not run."""
    if guard.test in _OF_OTHER_QUESTIONS:
        return NOTHING_NEEDED
    if guard.ways:
        return _fewest(guard, function, known, options, told)
    giving = told.get(guard.path)
    if giving in _SURELY and guard.test in _ABOUT_GIVING:
        return NOTHING_NEEDED if (giving is Giving.LEFT_OUT) is guard.expected else None
    path = _what_holds(guard, function.definition)
    value = constant_of_path(path, function, known) if path else ANYTHING
    if value is ANYTHING:
        value = first_value_at(guard, path, function.definition, known)
    if value is ANYTHING:
        if _never_runs(guard, function, told):
            return None
        value = _option_in(guard, function, options)
    if isinstance(value, Kind):
        if is_ruled_out(guard, value, function, options.resolver):
            return None
        value = ANYTHING
    if value is ANYTHING:
        return _needs_of(guard, told.get(path), function, options)
    return NOTHING_NEEDED if holds(guard, value) else None  # type: ignore[arg-type]


def _needs_of(guard: Guard, giving: Giving | None, function: Function, options: Options) -> Needs:
    """What lets a guard's lines run, where nobody knows what it asks for; ``giving``: what is told of that."""
    if guard.test is Test.UNTOLD:
        return Needs(untold=1)
    is_asked = _asks_for_something(guard)
    is_off = is_asked and (giving is Giving.PERHAPS or _is_off(guard, function, options))
    if is_off or _is_particular(guard) or options.is_flag_off(guard, function):
        return Needs(particular=1)
    return Needs(is_asked=is_asked and function.definition.module.is_own)


def _never_runs(guard: Guard, function: Function, told: Mapping[str, Giving]) -> bool:
    """Whether the lines of a guard do not run whatever else holds: off the loop, or as a package is ordinarily used."""
    if function.definition.module.is_own or guard.test is Test.OFF_LOOP:
        return guard.test is Test.OFF_LOOP
    # Who gives a package an option gives something.
    is_missing = _asks_for_none(guard) and told.get(guard.path) is Giving.SOMETHING
    return is_missing or guard.test in _NEVER_IN_PACKAGES


def _option_in(guard: Guard, function: Function, options: Options) -> object:
    """What an option of a package holds that a guard asks for, or a variable of the context."""
    is_asked = bool(guard.path) and (not function.definition.module.is_own or guard.path.endswith("()"))
    return options.value_of(guard.path, function) if is_asked else ANYTHING


def _is_off(guard: Guard, function: Function, options: Options) -> bool:
    """Whether a guard of own code asks for what an attribute only holds where somebody gives it to the constructor."""
    if not function.definition.module.is_own or "." not in guard.path:
        return False
    value = options.value_of(guard.path, function)
    return value is not ANYTHING and not holds(guard, value)  # type: ignore[arg-type]


def _fewest(
    guard: Guard, function: Function, known: Mapping[str, Constant], options: Options, told: Mapping[str, Giving]
) -> Needs | None:
    """The least that lets one of the ways of a guard be open."""
    open_ways: list[Needs] = []
    for way in guard.ways:
        found = [_circumstances_of(one, function, known, options, told) for one in way]
        needed = [one for one in found if one is not None]
        if len(needed) == len(found):
            open_ways.append(reduce(Needs.and_also, needed, NOTHING_NEEDED))
    return min(open_ways, default=None)


def _asks_for_none(guard: Guard) -> bool:
    return guard.test is Test.EQUALS and guard.value is None and guard.expected


def _asks_for_something(guard: Guard) -> bool:
    """Whether a guard asks for anything but nothing."""
    is_none = guard.test is Test.EQUALS and guard.value is None
    is_true = guard.test is Test.IS_TRUE and guard.value is None  # and not by a loop
    return guard.expected is not is_none and (is_none or is_true)


def _what_holds(guard: Guard, function: Definition) -> str:
    """What the test of a guard is about: of an attribute or name that the function has just set, what it was given."""
    bindings = function.unit.body.bindings.get(guard.path, ())
    if len(bindings) != 1 or bindings[0].kind is not BindingKind.ASSIGNMENT or bindings[0].line >= guard.first:
        return guard.path
    line, value = bindings[0].line, bindings[0].value
    around = [one for one in function.guards if one.first <= line <= one.last < guard.first]
    return value if isinstance(value, str) and not around else guard.path


def _is_particular(guard: Guard) -> bool:
    """Whether a guard lets through one of many things that nobody knows."""
    if guard.test is Test.EQUALS:
        return guard.expected and isinstance(guard.value, str)
    return guard.test in _PARTICULAR or (guard.test is Test.STARTS_WITH and guard.expected)
