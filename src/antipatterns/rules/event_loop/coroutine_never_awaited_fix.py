"""Await the coroutine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from antipatterns.finding import Safety
from antipatterns.fix.await_call import find_reason_against_await
from antipatterns.fix.fixer import Fix, Fixer, Outcome, Refusal

if TYPE_CHECKING:
    from antipatterns.fix.place import Place

FIXER = Fixer(__name__, cst.Call, always_unsafe=True)


@FIXER.register
def fix_dropped_coroutine(call: cst.Call, place: Place) -> Outcome:
    """``await save()`` for ``save()``."""
    if place.finding.fix is None:
        return Refusal("it does not stand in a coroutine")
    reason = find_reason_against_await(call, place, place.scope_of(call))
    return Refusal(reason) if reason is not None else Fix(call, cst.Await(call), Safety.UNSAFE)
