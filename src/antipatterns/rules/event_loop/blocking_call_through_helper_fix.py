"""Let a thread run the function that blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from antipatterns.fix.await_call import call_in_thread, find_reason_against_await, find_reason_against_thread
from antipatterns.fix.fixer import Fixer, Outcome, Refusal

if TYPE_CHECKING:
    from antipatterns.fix.place import Place

_OPERATIONS = (cst.Attribute, cst.Subscript, cst.Comparison, cst.BinaryOperation, cst.UnaryOperation, cst.Name)
FIXER = Fixer(__name__, cst.Call, *_OPERATIONS, always_unsafe=True)


@FIXER.register
def fix_blocking_helper(call: cst.BaseExpression, place: Place) -> Outcome:
    """``await asyncio.to_thread(helper, …)`` for ``helper(…)``."""
    if not isinstance(call, cst.Call):
        return Refusal("a property or an operator runs it: no call stands here that a thread could make")
    if place.finding.fix is None:
        return Refusal("what runs there cannot simply go into a thread")
    if isinstance(place.chunk.parents.get(call), cst.WithItem):
        return Refusal("what it gives is entered as a context manager")
    scope = place.scope_of(call)
    reason = find_reason_against_thread(place) or find_reason_against_await(call, place, scope)
    return Refusal(reason) if reason is not None else call_in_thread(call, place, scope)
