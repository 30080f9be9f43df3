"""Functions that a call hands over to the function called, which calls them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from antipatterns.blocking.loop_code import scheduled_argument
from antipatterns.facts.model import Items, Literal, Operation, Pairs, Text
from antipatterns.index.values import Choice, ClassObject, External, Function, Instance, OneOf, Partial, Value
from antipatterns.knowledge.consumers import ASYNC_CONSUMERS, CALLERS, CONSUMERS
from antipatterns.knowledge.methods import ENTERING, PROTOCOLS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from antipatterns.facts.model import Call, Expression

Given = tuple[tuple[str, Value], ...]


_DATA = frozenset({Text, Literal, Items, Pairs, Operation})


def arguments_given(call: Call, target: Function) -> dict[str, Expression] | None:
    """What a call gives for each parameter by name; None where nobody can tell."""
    if "*" in call.keywords or "**" in call.keywords:
        return None
    return dict(zip(parameters_to_give(target), call.arguments, strict=False)) | call.keywords


def parameters_to_give(target: Function) -> tuple[str, ...]:
    """The parameters of a function for which a call gives arguments by position: not the receiver of a method."""
    parameters = target.definition.unit.parameters
    return parameters[1:] if target.definition.receiver is not None and target.self_class is not None else parameters


def functions_given(
    call: Call,
    target: Function,
    caller: Function,
    value_of: Callable[[Expression], Value],
    is_sink: Callable[[str], bool],
) -> Given:
    """The functions, and what blocks, among the arguments of a call that the target may call, by parameter.

    And the objects whose methods it calls, where it does not say of which class they are.
    """
    used, objects = target.definition.callable_parameters, target.definition.object_parameters
    found = []
    if target.definition.parent is caller.definition:
        found += [pair for pair in caller.given if pair[0] not in target.definition.unit.body.bindings]
    given = arguments_given(call, target) if used or objects else None
    for name, argument in given.items() if given else ():
        if argument.__class__ in _DATA or not (name in used or name in objects):
            continue
        value = value_of(argument)
        if name in objects and isinstance(value, (Instance, Choice)):
            found.append((name, value))
        if name not in used:
            continue
        while isinstance(value, Partial):
            value = value.function
        if isinstance(value, ClassObject) and not used[name]:
            continue
        if isinstance(value, (Function, ClassObject, OneOf)) or (isinstance(value, External) and is_sink(value.name)):
            found.append((name, value))
    return tuple(found)


def arguments_at(call: Call, position: int, keyword: str) -> Iterator[Expression]:
    """What a call gives for a parameter, by its position or its keyword."""
    if keyword in call.keywords:
        yield call.keywords[keyword]
    if 0 <= position < len(call.arguments):
        yield call.arguments[position]


@cache
def acts_on_arguments(name: str) -> bool:
    """Whether a callable that is not read is known to run what it is given, as few are."""
    tables = (CONSUMERS, ASYNC_CONSUMERS, ENTERING, CALLERS, PROTOCOLS)
    return scheduled_argument(name) is not None or any(name in table for table in tables)


def last_name(function: Expression) -> str:
    """The last part of the name of what is called, as written."""
    path = function if isinstance(function, str) else getattr(function, "path", "")
    return path.rpartition(".")[2]
