"""Answers that are computed once, whatever circles the questions run in, and whatever was asked first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

UNASKED = object()
_MAX_DEPTH = 45  # questions inside questions; each takes about ten frames of the interpreter
_FREE = 1 << 30


class Answers:
    """Keeps what was answered. A question that comes back to itself has no answer there: None.

    What was computed from such a missing answer depends on where one entered the circle. It is not kept, but for the
    question at which the circle closes: so no answer depends on the order of the questions.
    """

    def __init__(self) -> None:
        self.known: dict[Hashable, object] = {}
        self._running: dict[Hashable, int] = {}
        self._lowest = _FREE  # the depth of the outermost question that was met while it was running

    def ask(self, key: Hashable, answer: Callable[..., Any], *arguments: object) -> Any:
        """The answer to a question whose key is not among the known ones."""
        depth = len(self._running) + 1
        if key in self._running or depth > _MAX_DEPTH:
            self._lowest = min(self._lowest, self._running.get(key, 0))
            return None
        outside, self._lowest = self._lowest, _FREE
        self._running[key] = depth
        try:
            found = answer(*arguments)
        finally:
            del self._running[key]
        if self._lowest >= depth:
            self.known[key] = found
            self._lowest = outside
        else:
            self._lowest = min(outside, self._lowest)
        return found

    def keep(self, key: Hashable, answer: Callable[..., Any], *arguments: object) -> Any:
        """The answer to what is no question of its own: kept where it took nothing from a question still running."""
        outside, self._lowest = self._lowest, _FREE
        found = answer(*arguments)
        if self._lowest == _FREE:
            self.known[key] = found
        self._lowest = min(outside, self._lowest)
        return found
