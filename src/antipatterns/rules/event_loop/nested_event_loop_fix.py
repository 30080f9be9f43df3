"""Await the coroutine in the loop at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from antipatterns.finding import Safety
from antipatterns.fix.await_call import find_reason_against_await, put_awaited
from antipatterns.fix.fixer import Fixer, Outcome, Refusal

if TYPE_CHECKING:
    from antipatterns.fix.place import Place

FIXER = Fixer(__name__, cst.Call, always_unsafe=True)

_TAKE_COROUTINES = ("run", "run_until_complete")


@FIXER.register
def fix_nested_loop(call: cst.Call, place: Place) -> Outcome:
    """``await load()`` for ``asyncio.run(load())``."""
    if place.finding.fix is None:
        return Refusal("the loop is started elsewhere")
    coroutine = _coroutine_of(call)
    if coroutine is None:
        return Refusal("it is not given just a coroutine that is made there")
    reason = find_reason_against_await(call, place, place.scope_of(call))
    if reason is not None:
        return Refusal(reason)
    return put_awaited(call, coroutine.with_changes(lpar=call.lpar, rpar=call.rpar), place, (), Safety.UNSAFE)


def _coroutine_of(call: cst.Call) -> cst.Call | None:
    """The call that makes the coroutine, where it is the only argument of what runs the loop."""
    function = call.func
    name = function.attr if isinstance(function, cst.Attribute) else function
    if not isinstance(name, cst.Name) or name.value not in _TAKE_COROUTINES or len(call.args) != 1:
        return None
    argument = call.args[0]
    if argument.star or argument.keyword is not None or not isinstance(argument.value, cst.Call):
        return None
    return argument.value
