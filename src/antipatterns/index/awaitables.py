"""What awaiting gives that libraries pass on: the results of functions in threads, of tasks, and of several at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from antipatterns.blocking import libraries
from antipatterns.index.calls import arguments_at
from antipatterns.index.values import Awaitable, Coroutine, Elements, External, Function, Value, agreed
from antipatterns.knowledge.offloaders import GIVE_RESULTS, OFFLOADERS
from antipatterns.knowledge.tasks import PASS_ON

if TYPE_CHECKING:
    from collections.abc import Callable

    from antipatterns.facts.model import Call, Expression

_GATHER = "asyncio.gather"
_NAMES = frozenset(name.rpartition(".")[2] for name in GIVE_RESULTS | PASS_ON | {_GATHER})


def awaitable_of(
    callee: Value,
    call: Call,
    value_of: Callable[[Expression], Value],
    result_of: Callable[[Value, Call], Value],
) -> Awaitable | None:
    """What a call gives that hands an awaitable, or the function for a thread, to a library; None for all else.

    ``value_of``: what an argument stands for; ``result_of``: what calling a value gives, as in some call.
    """
    name = _name_of(callee)
    if name in GIVE_RESULTS:
        return _in_thread(*OFFLOADERS[name], call, value_of, result_of)
    if not call.arguments or "*" in call.keywords or (name not in PASS_ON and name != _GATHER):
        return None
    given = [value_of(argument) for argument in call.arguments]
    results = [one.of if isinstance(one, (Coroutine, Awaitable)) else None for one in given]
    found = results[0] if name in PASS_ON else Elements(agreed(results), tuple(results))
    # Even where nobody knows what it gives, it is a task.
    return Awaitable(found)


def _in_thread(
    position: int,
    keyword: str,
    call: Call,
    value_of: Callable[[Expression], Value],
    result_of: Callable[[Value, Call], Value],
) -> Awaitable | None:
    for given in arguments_at(call, position, keyword):
        inner = msgspec.structs.replace(call, function=given, arguments=call.arguments[position + 1 :])
        found = result_of(value_of(given), inner)
        return Awaitable(found) if found is not None else None
    return None


def _name_of(callee: Value) -> str:
    """The name by which the tables know a callable; "" for most."""
    if isinstance(callee, Function) and callee.definition.unit.name in _NAMES:
        dotted = callee.definition.dotted_name
    elif isinstance(callee, External) and callee.name.rpartition(".")[2] in _NAMES:
        dotted = callee.name
    else:
        return ""
    return next((one for one in libraries.spellings(dotted) if one in GIVE_RESULTS or one in PASS_ON), dotted)
