"""How long locks are held that are taken on a way: who gives one back before it returns holds it for a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antipatterns.index.handed import last_name
from antipatterns.knowledge.readiness import GUARDS, HELD_UNTIL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from antipatterns.blocking.libraries import Sink
    from antipatterns.facts.model import Place
    from antipatterns.index.edges import Edge
    from antipatterns.index.values import Function


def is_released(sink: Sink, place: Place, function: Function, passed: Sequence[tuple[Function, Edge]]) -> bool:
    """Whether a sink takes a lock that a function between it and the loop code gives back.

    What else such a function does is looked at for itself; if nothing of it blocks, nobody waits long for the lock.
    ``function``: where the sink stands, at ``place``; ``passed``: the calls that lead there, the first in loop code.
    """
    if sink.name not in GUARDS:
        return False
    between = [(caller, edge.place) for caller, edge in passed[1:]]
    return any(_gives_back(one, where) for one, where in (*between, (function, place)))


def _gives_back(function: Function, place: Place) -> bool:
    """Whether a function gives back, before it returns, what it takes at a place; a context manager does so later."""
    unit = function.definition.unit
    if unit.is_generator:
        return False
    if any(place == entered for _, entered in unit.body.entered):
        return True
    taken = next((last_name(call.function) for call in unit.body.calls if call.place == place), "")
    return taken in HELD_UNTIL and any(last_name(call.function) == HELD_UNTIL[taken] for call in unit.body.calls)
