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

    What was computed from such a missing answer depends on where one entered the circle. It holds only until the
    question is answered that it came back to; what is kept is the answer to the question at which the circle closes.
    So no answer depends on the order of the questions.
    """

    def __init__(self) -> None:
        self.known: dict[Hashable, object] = {}
        self._running: dict[Hashable, int] = {}
        self._lowest = _FREE  # the depth of the outermost question that was met while it was running
        self._meanwhile: dict[Hashable, tuple[object, int]] = {}  # answers, with the depth of that question
        self._until: dict[int, list[Hashable]] = {}  # which of them end with the question of a depth

    def ask(self, key: Hashable, answer: Callable[..., Any], *arguments: object) -> Any:
        """The answer to a question whose key is not among the known ones."""
        depth = len(self._running) + 1
        if key in self._running or depth > _MAX_DEPTH:
            self._lowest = min(self._lowest, self._running.get(key, 0))
            return None
        meanwhile = self._meanwhile.get(key) if self._meanwhile else None
        if meanwhile is not None:
            self._lowest = min(self._lowest, meanwhile[1])
            return meanwhile[0]
        outside, self._lowest = self._lowest, _FREE
        self._running[key] = depth
        try:
            found = answer(*arguments)
        finally:
            del self._running[key]
            if self._until:
                for ended in self._until.pop(depth, ()):
                    del self._meanwhile[ended]
        if self._lowest >= depth:  # as a rule
            self.known[key] = found
            self._lowest = outside
            return found
        if depth > 1:  # what met too deep a question holds until the outermost one is answered
            self._meanwhile[key] = (found, self._lowest)
            self._until.setdefault(max(self._lowest, 1), []).append(key)
        self._lowest = min(outside, self._lowest)
        return found
