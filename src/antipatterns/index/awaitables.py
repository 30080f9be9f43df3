"""What awaiting gives that libraries pass on: the results of functions in threads, of tasks, and of several at once."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from antipatterns.blocking import libraries
from antipatterns.index.handed import arguments_at
from antipatterns.index.values import Awaitable, Coroutine, Elements, External, Function, Value, agreed
from antipatterns.knowledge.offloaders import GIVE_RESULTS, OFFLOADERS
from antipatterns.knowledge.tasks import PASS_ALL_ON, PASS_ON

if TYPE_CHECKING:
    from collections.abc import Callable

    from antipatterns.facts.model import Call, Expression

_TAKERS = GIVE_RESULTS | PASS_ON | PASS_ALL_ON
_NAMES = frozenset(name.rpartition(".")[2] for name in _TAKERS)


def taker_of(callee: Value) -> str:
    """The name of a callable that takes awaitables, or a function for a thread; "" for most."""
    if isinstance(callee, External):
        return _spelled(callee.name)
    if isinstance(callee, Function) and callee.definition.unit.name in _NAMES:
        return _spelled(callee.definition.dotted_name)
    return ""


@lru_cache(maxsize=1 << 13)
def _spelled(dotted: str) -> str:
    if dotted.rpartition(".")[2] not in _NAMES:
        return ""
    return next((one for one in libraries.spellings(dotted) if one in _TAKERS), "")


def awaitable_of(
    name: str, call: Call, value_of: Callable[[Expression], Value], result_of: Callable[[Value, Call], Value]
) -> Awaitable | None:
    """What a call of a taker gives. None where nobody knows what it does with what it is given.

    ``value_of``: what an argument stands for; ``result_of``: what calling a value gives, as in some call.
    """
    if name in GIVE_RESULTS:
        return _in_thread(*OFFLOADERS[name], call, value_of, result_of)
    if "*" in call.keywords:
        return _of_unpacked(call.keywords["*"], value_of) if name in PASS_ALL_ON and len(call.arguments) == 1 else None
    if not call.arguments:
        return None
    results = [_awaited(value_of(argument)) for argument in call.arguments]
    found = results[0] if name in PASS_ON else Elements(agreed(results), tuple(results))
    # Even where nobody knows what it gives, it is a task.
    return Awaitable(found)


def _of_unpacked(given: Expression, value_of: Callable[[Expression], Value]) -> Awaitable:
    """The results of what is unpacked, which are all of one kind."""
    items = value_of(given)
    found = _awaited(items.of) if isinstance(items, Elements) else None
    return Awaitable(Elements(found) if found is not None else None)


def _awaited(value: Value) -> Value:
    return value.of if isinstance(value, (Coroutine, Awaitable)) else None


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
