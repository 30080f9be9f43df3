"""Which values the parameters of a function surely have where it is called, and attributes that were just set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from antipatterns.facts.model import EMPTY, KEYWORDS, NOTHING, OFF, BindingKind, Either, Items, Literal, Pairs, Text
from antipatterns.index.handed import arguments_given, parameters_to_give
from antipatterns.index.kinds import Kind, is_ruled_out, kind_of
from antipatterns.index.nothing import may_be_none
from antipatterns.index.options import ANYTHING, OBJECT, Constant, holds, option_for
from antipatterns.index.shared import fields_known
from antipatterns.index.values import External
from antipatterns.knowledge.methods import EXITS
from antipatterns.knowledge.readiness import STREAMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Set

    from antipatterns.facts.model import Binding, Call, Expression, Guard
    from antipatterns.index.definitions import Definition
    from antipatterns.index.edges import Edge
    from antipatterns.index.resolve import Resolver
    from antipatterns.index.shared import Made
    from antipatterns.index.values import Function

Known = tuple[tuple[str, Constant], ...]
"""Names of parameters, and dotted paths, with their values."""

FIRST = "first "
"""Stands before the name of a parameter that has a value only until the function gives it another one."""

_UNPACKED = frozenset({"*", "**"})
_LOOK_UP = frozenset({"get", "pop"})
_MOST_NAMES = 4


def constants_given(edge: Edge, caller: Function, known: Known, made: Made | None, resolver: Resolver) -> Known:
    """The parameters of the function called that surely have a certain value, with it.

    ``made``: the object whose method is called, if it is seen to be made.
    """
    target = edge.target.definition
    body = target.unit.body
    if not (body.calls or body.accesses or target.guards):
        return ()
    values = dict(known)
    call = caller.definition.unit.body.calls[edge.call] if edge.call >= 0 else None
    call = _with_known_keywords(_without_empty(call, values), values) if call is not None else None
    given = arguments_given(call, edge.target) if call is not None else _given_by_syntax(edge, caller)
    is_all = given is not None
    if given is None:  # of what is unpacked nobody knows what it is for: all the same these are given by name
        given = _given_by_name(call)
    may_give_any = target.module.is_own or (call is not None and "*" in call.keywords)
    found: list[tuple[str, object]] = []
    for name in target.unit.parameters:
        bindings = target.unit.body.bindings.get(name, ())
        if not bindings or bindings[0].kind is not BindingKind.PARAMETER:
            continue
        if name not in given and not is_all and (may_give_any or bindings[0].value not in OFF):
            continue  # what is unpacked may be for it; for an option of a package that is off it hardly is
        if name in given:
            value = _value_given(given[name], edge.place[0], caller, values, resolver)
            if value is ANYTHING and bindings[0].value == NOTHING:
                value = _something_given(given[name], edge.place[0], caller, resolver)
        else:
            value = constant_of(bindings[0].value, {})
        if value is not ANYTHING:
            is_first = _is_rebound(name, value, edge.target, resolver)
            found.append((f"{FIRST}{name}" if is_first else name, value))
    if is_all and (call is None or _fits(call, edge.target)):
        nothing = {name for name, one in given.items() if _default_looked_up(one, caller, values) is None}
        found += _collected(given.keys() - set(target.unit.parameters) - nothing, target)
    found += _attributes_known(call, edge.target, caller, values, resolver) if call is not None else ()
    found += _attributes_made(made, edge.target, caller, values, resolver) if made is not None else ()
    return tuple(found)  # type: ignore[arg-type]


def _value_given(
    given: Expression, line: int, caller: Function, values: Mapping[str, Constant], resolver: Resolver
) -> object:
    """The value of an argument, or what is known of it."""
    value = constant_of(given, values)
    if value is ANYTHING:
        value = _default_looked_up(given, caller, values)
    if value is not ANYTHING:
        return value
    return OBJECT if _is_object(given, caller, resolver) else kind_of(given, line, caller, resolver) or ANYTHING


def _something_given(given: Expression, line: int, caller: Function, resolver: Resolver) -> object:
    """That an argument is not None, if it can hardly be: of what can be left out, nobody would give that."""
    return ANYTHING if may_be_none(given, line, caller, resolver) else Kind("", is_made=True)


def _given_by_name(call: Call | None) -> dict[str, Expression]:
    return {name: value for name, value in call.keywords.items() if name not in _UNPACKED} if call is not None else {}


def _attributes_known(
    call: Call, target: Function, caller: Function, values: Mapping[str, Constant], resolver: Resolver
) -> Iterator[tuple[str, object]]:
    """What attributes of the object hold for another of its methods, where the caller has just set or asked them."""
    receiver, other = caller.definition.receiver, target.definition.receiver
    if receiver is None or other is None or str(call.function) != f"{receiver}.{target.definition.unit.name}":
        return
    bound, prefix = caller.definition.unit.body.bindings, f"{receiver}."
    paths = {*bound, *values, *(guard.path for guard in caller.definition.guards)}
    for path in sorted(one for one in paths if one.startswith(prefix)):
        passed = f"{other}.{path.removeprefix(prefix)}"
        rebound = target.definition.unit.body.bindings.get(passed, ())
        bindings = bound.get(path, ())
        value: object = ANYTHING
        if not bindings:
            value = values[path] if path in values else kind_of(path, call.place[0], caller, resolver) or ANYTHING
        elif len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT and bindings[0].line < call.place[0]:
            value = constant_of(bindings[0].value, values)
        if value is not ANYTHING and not (rebound and _is_rebound_in(rebound, passed, value, target, resolver)):
            yield passed, value


def _attributes_made(
    made: Made, target: Function, caller: Function, values: Mapping[str, Constant], resolver: Resolver
) -> Iterator[tuple[str, object]]:
    """What attributes of an object hold for its methods, by what its constructor is given."""
    receiver = target.definition.receiver
    return ((f"{receiver}.{name}", value) for name, value in fields_known(made, caller.definition, values, resolver))


def _given_by_syntax(edge: Edge, caller: Function) -> dict[str, Expression]:
    """What a method gets that syntax calls: a setter what is assigned, ``__exit__`` as a rule no error."""
    target = edge.target.definition
    names = parameters_to_give(edge.target)
    if target.unit.name in EXITS:
        return dict.fromkeys(names, NOTHING)
    if f"{target.unit.name}.setter" not in target.unit.decorators or not names:
        return {}
    assigned = [
        binding.value
        for path, bindings in caller.definition.unit.body.bindings.items()
        for binding in bindings
        if path.endswith(f".{target.unit.name}") and binding.line == edge.place[0]
    ]
    return {names[0]: assigned[0]} if len(assigned) == 1 else {}


def _is_object(expression: Expression, caller: Function, resolver: Resolver) -> bool:
    """Whether an argument is the object of the method, or one of the streams of the process, as written."""
    if not isinstance(expression, str):
        return False
    if "." not in expression:
        return expression == caller.definition.receiver
    value = resolver.value_of(expression, caller.definition, caller.self_class)
    return isinstance(value, External) and value.name in STREAMS


def _without_empty(call: Call, values: Mapping[str, Constant]) -> Call:
    """A call without what it unpacks, where that is surely nothing."""
    if not _UNPACKED & call.keywords.keys():
        return call
    empty = {name for name in _UNPACKED & call.keywords.keys() if values.get(str(call.keywords[name]), ANYTHING) == ()}
    arguments = call.arguments[:-1] if "*" in empty and call.arguments[-1] is None else call.arguments
    keywords = {name: value for name, value in call.keywords.items() if name not in empty}
    return msgspec.structs.replace(call, arguments=arguments, keywords=keywords)


def _with_known_keywords(call: Call, values: Mapping[str, Constant]) -> Call:
    """A call with the names that it unpacks, where these are known, in place of ``**``."""
    names = values.get(str(call.keywords.get("**")), ANYTHING)
    if not isinstance(names, tuple) or names == OBJECT:
        return call
    keywords = {name: value for name, value in call.keywords.items() if name != "**"}
    return msgspec.structs.replace(call, keywords=dict.fromkeys(names) | keywords)


def _fits(call: Call, target: Function) -> bool:
    """Whether a function has parameters for all arguments by position."""
    return len(call.arguments) + bool(target.definition.receiver) <= len(target.definition.unit.parameters)


def _collecting(target: Definition) -> list[str]:
    """The names of ``*args`` and ``**kwargs`` that a function only passes on."""
    body = target.unit.body
    passed = {str(call.keywords[name]) for call in body.calls for name in _UNPACKED & call.keywords.keys()}
    bound = {name: body.bindings[name] for name in passed & body.bindings.keys() if name not in target.unit.parameters}
    return sorted(name for name, one in bound.items() if len(one) == 1 and one[0].kind is BindingKind.OTHER)


def _collected(others: Set[str], target: Definition) -> list[tuple[str, object]]:
    """What ``*args`` and ``**kwargs`` of a function hold, if that is known; of the second, the names in it."""
    bound = target.unit.body.bindings
    names = [name for name in _collecting(target) if not others or bound[name][0].value != KEYWORDS]
    found: list[tuple[str, object]] = [(name, ()) for name in names]
    for name, bindings in bound.items():
        if len(bindings) == 1 and bindings[0].kind is BindingKind.OTHER and bindings[0].value == KEYWORDS:
            found = [one for one in found if one[0] != name] + [(name, tuple(sorted(others)))]
    return found


def _default_looked_up(expression: Expression, function: Function, values: Mapping[str, Constant]) -> object:
    """What ``kwargs.get("key", default)`` gives, where nobody gives the key."""
    call = function.definition.unit.body.calls[expression] if isinstance(expression, int) else None
    owner, _, method = str(call.function).rpartition(".") if call is not None else ("", "", "")
    key = call.arguments[0] if call is not None and method in _LOOK_UP and call.arguments else None
    names = values.get(owner) if isinstance(key, Text) else None
    if call is None or not isinstance(key, Text) or not isinstance(names, tuple) or key.value in names:
        return ANYTHING
    if names == OBJECT:
        return ANYTHING
    return constant_of(call.arguments[1], values) if len(call.arguments) > 1 else None


def _is_rebound(name: str, value: object, target: Function, resolver: Resolver) -> bool:
    """Whether the body may give a parameter another value, where it was first given this one."""
    return _is_rebound_in(target.definition.unit.body.bindings[name][1:], name, value, target, resolver)


def _is_rebound_in(
    bindings: tuple[Binding, ...], name: str, value: object, target: Function, resolver: Resolver
) -> bool:
    """Whether one of some bindings of a name or path in a function runs, if it first has this value."""
    closed = [
        guard
        for guard in target.definition.guards
        if guard.path == name
        and (is_ruled_out(guard, value, target, resolver) if isinstance(value, Kind) else not holds(guard, value))  # type: ignore[arg-type]
    ]
    return not all(any(guard.first <= binding.line <= guard.last for guard in closed) for binding in bindings)


def first_value_at(guard: Guard, path: str, function: Definition, values: Mapping[str, Constant]) -> object:
    """The value of a parameter that a function gives another one, where a guard asks before it can have done so."""
    bindings = function.unit.body.bindings.get(path, ())
    is_first = bool(guard.asked) and all(guard.asked < one.line for one in bindings[1:])
    return values.get(f"{FIRST}{path}", ANYTHING) if is_first else ANYTHING


def constant_of_path(path: str, function: Function, values: Mapping[str, Constant], steps: int = _MOST_NAMES) -> object:
    """The value of a parameter, a path, ``kwargs[key]`` or a local name with one value in a function; else ANYTHING.

    Or of an attribute that it gives one of two values once. A name may hang on others, in so many ``steps``; made-up
    ones hang on themselves.
    """
    if path in values:
        return values[path]
    if path.endswith("]") and "." not in path:
        owner, _, key = path[:-1].partition("[")
        names = values.get(owner)
        return None if isinstance(names, tuple) and names != OBJECT and key not in names else ANYTHING
    bindings = function.definition.unit.body.bindings.get(path, ())
    made = bindings[0].value if len(bindings) == 1 and bindings[0].kind is BindingKind.ASSIGNMENT else None
    if isinstance(made, int) and "." not in path:
        return _default_looked_up(made, function, values)
    if not isinstance(made, Either) or not made.test or not steps:
        return ANYTHING
    asked = constant_of_path(made.test.removeprefix("not "), function, values, steps - 1)
    return constant_of(option_for(made, asked), values)


def constant_of(expression: Expression, values: Mapping[str, Constant]) -> object:
    if isinstance(expression, Literal):
        return expression.value
    if isinstance(expression, Text) and expression.value:
        return expression.value
    if isinstance(expression, (Items, Pairs)):
        return () if expression in EMPTY else OBJECT
    return values.get(expression, ANYTHING) if isinstance(expression, str) else ANYTHING
