"""Whether a run of statements can become a function of its own, and what it would then read and return."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.extraction.flow import Flow
from antipatterns.extraction.sets import ALL, Effect, Trait

if TYPE_CHECKING:
    from antipatterns.extraction.flow import Function
    from antipatterns.extraction.statements import Step, Suite

MOST_READS = 5
MOST_RETURNS = 3

_FORBIDDEN = {
    Trait.UNKNOWN: "it holds syntax that is not understood",
    Trait.YIELDS: "it yields",
    Trait.BREAKS: "it breaks out of a loop around it",
    Trait.CONTINUES: "it continues a loop around it",
    Trait.DECLARES: "it declares global or nonlocal names",
    Trait.SEES_FRAME: "it looks at the stack",
    Trait.RERAISES: "it raises again what is caught around it",
}
_FORBIDDEN_MASK = sum(_FORBIDDEN)


class Sets(NamedTuple):
    """What a run reads from before it and gives to what follows, as sets of names."""

    reads: int
    returns: int
    is_async: bool
    ends_function: bool
    gives_value: bool
    uses_class: bool


class Judge:
    """Answers for the runs of one function.

    ``bound_around``: names that only code inside this very function sees; ``receiver``: the self or cls that helpers
    get by being methods.
    """

    def __init__(self, function: Function, bound_around: frozenset[str] = frozenset(), receiver: str = "") -> None:
        self.function = function
        self.flow = Flow(function)
        names, total = self.flow.names, self.flow.body.total
        self.unreachable = names.set_of(sorted(bound_around))
        self.receiver = names.bit(receiver) if receiver else 0
        # Read where perhaps nothing has been bound yet.
        self.doubtful = total.uses & self.flow.locals & ~self.flow.parameters
        self.is_async_generator = isinstance(function, ast.AsyncFunctionDef) and bool(total.traits & Trait.YIELDS)
        captured = total.captures & self.flow.locals
        self.captured = captured
        self.capturing = [step for step in self.flow.steps if (_own_binds(step) | _own_captures(step)) & captured]
        self.dunder = names.set_of(name for name in list(names.bits) if name.startswith("__"))

    @property
    def objection(self) -> str | None:
        """Why nothing at all can be cut out of the function."""
        if self.flow.body.total.traits & Trait.SEES_LOCALS:
            return "the function looks at its own local names"
        return None

    def judge(self, suite: Suite, first: int, last: int) -> Sets | str:
        """The sets of a run of statements of a suite (both ends included), or why it must stay."""
        effect = Effect()
        for step in suite.steps[first : last + 1]:
            effect.then(step.effect)
        return self.judge_effect(suite, first, last, effect)

    def judge_effect(self, suite: Suite, first: int, last: int, effect: Effect) -> Sets | str:
        """As ``judge``, with the effect of the run given."""
        objection = self.objection_to_traits(effect, suite) or self._objection_to_names(effect)
        if objection is not None:
            return objection
        start, end = suite.steps[first], suite.steps[last]
        ends_function = bool(effect.traits & Trait.RETURNS)
        if ends_function and effect.certain != ALL and not (suite.is_tail and end is suite.steps[-1]):
            return "it returns on some of its paths only"
        if effect.certain == ALL and not ends_function:
            return "it never comes to its end"
        reads, returns = self.traffic(effect.uses, effect.binds, effect.certain, effect.traits, end)
        if returns & ~effect.certain & ~start.assigned:
            return "what it gives on is perhaps not bound"
        if reads & ~start.assigned:
            return "what it reads is perhaps not bound"
        is_last = suite.is_tail and end is suite.steps[-1]
        objection = (
            self._objection_to_sets(effect, reads, returns)
            or (None if is_last else _objection_to_lifetime(effect, returns))
            or self._objection_to_captures(suite, start, end, effect)
        )
        if objection is not None:
            return objection
        return Sets(
            reads,
            returns,
            bool(effect.traits & Trait.AWAITS),
            ends_function,
            bool(effect.traits & Trait.GIVES) or (ends_function and not is_last),
            bool(effect.traits & Trait.USES_CLASS),
        )

    def rules_out(self, start: Step, reads: int, returns: int, certain: int) -> bool:
        """Whether what a run would read and return is enough to know that it must stay; asked first, of many runs."""
        return bool(
            (reads | (returns & ~certain)) & ~start.assigned
            or (reads & ~self.receiver).bit_count() > MOST_READS
            or returns.bit_count() > MOST_RETURNS
        )

    def traffic(self, uses: int, binds: int, certain: int, traits: int, end: Step) -> tuple[int, int]:
        """The names that a run with such an effect and such a last statement would read and return."""
        local = self.flow.locals
        returns = 0 if traits & Trait.RETURNS else binds & end.live & local
        return (uses & local) | (returns & ~certain), returns

    def objection_to_traits(self, effect: Effect, suite: Suite) -> str | None:
        """Why a run must stay whatever follows it: a longer one must then, too."""
        forbidden = effect.traits & _FORBIDDEN_MASK
        if forbidden:
            return next(reason for trait, reason in _FORBIDDEN.items() if trait & forbidden)
        if effect.traits & Trait.RETURNS and self.is_async_generator:  # where no value can be returned
            return "it returns from an asynchronous generator"
        if effect.binds & self.flow.declared:
            return "it binds global or nonlocal names"
        if effect.binds & self.flow.locals & suite.raised:
            return "what it binds is read where an exception is handled"
        if (effect.uses | effect.binds | effect.captures) & self.unreachable:
            return "it needs a type parameter of the function"
        return None

    def _objection_to_names(self, effect: Effect) -> str | None:
        if effect.binds & self.dunder:
            return "it binds a name with a special meaning"
        if (effect.uses | effect.binds | effect.captures) & self.flow.body.total.rebinds:
            return "a nested function binds its names"
        return None

    def _objection_to_sets(self, effect: Effect, reads: int, returns: int) -> str | None:
        if effect.deletes & (reads | returns):
            return "it deletes a name of the function"
        if effect.binds & ~(reads | returns) & self.doubtful:
            return "a name is perhaps read before it is bound"
        if reads & self.flow.body.total.imports:
            return "it reads what the function imports"
        if (reads & ~self.receiver).bit_count() > MOST_READS:
            return "it reads too many names"
        if returns.bit_count() > MOST_RETURNS:
            return "it gives on too many names"
        return None

    def _objection_to_captures(self, suite: Suite, start: Step, end: Step, effect: Effect) -> str | None:
        """Nested functions see what a name is bound to later: they and all later bindings must stay together."""
        if not self.captured & (effect.captures | effect.binds):
            return None
        local = self.captured
        loop = suite.loops[0] if suite.loops else None
        if loop is not None and effect.captures & effect.binds & local:
            return "a nested function in it sees a name that is bound again when the loop goes on"
        for step in self.capturing:
            if start.first <= step.first <= end.last:
                continue
            in_loop = loop is not None and loop.first <= step.first <= loop.last
            comes_later = in_loop or step.first > end.last
            if comes_later and _own_binds(step) & effect.captures & local:
                return "a nested function in it sees a name that is bound again"
            comes_first = in_loop or step.first < start.first
            if comes_first and _own_captures(step) & effect.binds & local:
                return "a nested function outside sees a name that it binds"
        return None


def _own_binds(step: Step) -> int:
    found = step.head.binds
    for part in step.parts:
        found |= part.binds
    return found


def _own_captures(step: Step) -> int:
    found = step.head.captures
    for part in step.parts:
        found |= part.captures
    return found


def _objection_to_lifetime(effect: Effect, returns: int) -> str | None:
    """Nested functions may be known to others by weak references only, and so may be tasks."""
    if effect.traits & Trait.DEFINES:
        return "it defines a function or class"
    if effect.imports & returns:
        return "what it imports is used behind it"
    if effect.held & ~returns:
        return "it makes something that must live as long as the function"
    return None
