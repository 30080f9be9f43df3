"""What every statement of a function does with names by itself, from the inside out."""

from __future__ import annotations

import ast
import re
from typing import Any

from antipatterns.extraction.effects import effect_of, makes_held
from antipatterns.extraction.sets import ALL, Effect, Names, Trait

# A context manager that is called so may swallow the exception: what follows the block then runs although it broke off.
_SWALLOWS = re.compile(
    r"suppress|raises|ignor|swallow|catch|captur|move_on|cancel|handl|guard|error|retry", re.IGNORECASE
)


class Step:
    """A statement with its effect, its place in the order of the text (``first`` to ``last``), and the suites in it.

    ``assigned``: surely bound before it. ``live``: perhaps read behind it.
    """

    __slots__ = (
        "assigned",
        "breaks",
        "effect",
        "first",
        "head",
        "last",
        "live",
        "loop_live",
        "node",
        "parts",
        "suites",
    )

    def __init__(self, node: Any, number: int) -> None:
        self.node = node
        self.first = self.last = number
        self.effect = Effect()
        self.head = self.effect  # what is evaluated before any suite
        self.breaks = ALL
        self.suites: list[Suite] = []
        self.parts: list[Effect] = []  # of handlers or cases, one for each of their suites
        self.assigned = self.live = self.loop_live = 0


class Suite:
    """A block: its statements, the loops that it runs in (as ranges of statement numbers), and where it can end.

    ``raised``: what may be read where an exception out of it lands. ``is_tail``: behind its end, the function ends.
    """

    __slots__ = ("breaks", "is_tail", "loops", "raised", "steps", "total")

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.total = Effect()
        self.breaks = ALL
        self.loops: tuple[Step, ...] = ()
        self.raised = 0
        self.is_tail = False

    def after(self, before: int) -> int:
        """What is surely bound at its end when that is so before it."""
        return (before & ~self.total.deletes) | self.total.certain

    def at_breaks(self, before: int) -> int:
        """What is surely bound wherever it breaks out of the loop around it."""
        return (before & ~self.total.deletes) | self.breaks


class Summary:
    """Sums up the statements of one function.

    ``declared``: its global and nonlocal names; ``annotated``: those that a bare ``name: hint`` makes its own.
    """

    def __init__(self, names: Names) -> None:
        self.names = names
        self.suites: list[Suite] = []
        self.steps: list[Step] = []
        self.declared = self.annotated = 0

    def add_suite(self, statements: list[ast.stmt]) -> Suite:
        """Sum up some statements."""
        suite = Suite()
        self.suites.append(suite)
        for statement in statements:
            step = self.add_step(statement)
            suite.breaks &= (suite.total.certain & ~step.effect.deletes) | step.breaks
            suite.total.then(step.effect)
            suite.steps.append(step)
        return suite

    def add_step(self, node: ast.stmt) -> Step:
        """Sum up one statement, with all that stands in it."""
        step = Step(node, len(self.steps))
        self.steps.append(step)
        summarize = _SUMMARIES.get(type(node))
        if summarize is not None:
            summarize(self, step, node)
        elif isinstance(node, (ast.Expr, ast.Assert, *_DEFINITIONS)):
            step.effect = step.head = effect_of(self.names, *_parts(node))
            if isinstance(node, _DEFINITIONS):
                step.effect.traits |= Trait.DEFINES
        elif not isinstance(node, ast.Pass):
            step.effect = step.head = effect_of(self.names, node)
            step.effect.traits |= Trait.UNKNOWN
        step.last = len(self.steps) - 1
        return step


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def _parts(node: Any) -> tuple[ast.AST, ...]:
    if isinstance(node, ast.Expr):
        return (node.value,)
    return (node.test,) if isinstance(node, ast.Assert) and node.msg is None else (node,)


def _assign(summary: Summary, step: Step, node: ast.Assign) -> None:
    effect = step.effect = step.head = effect_of(summary.names, node.value)
    first = node.targets[0]
    if isinstance(first, ast.Name) and len(node.targets) == 1:  # most are: without a look of its own
        bit = summary.names.bit(first.id)
        effect.binds |= bit
        effect.certain |= bit
        effect.held |= bit if makes_held(node.value) else 0
        return
    targets = effect_of(summary.names, *node.targets)
    effect.held |= targets.binds if makes_held(node.value) else 0
    effect.then(targets)


def _augment(summary: Summary, step: Step, node: ast.AugAssign) -> None:
    step.effect = step.head = effect_of(summary.names, node.value)
    target = effect_of(summary.names, node.target)
    if isinstance(node.target, ast.Name):
        step.effect.uses |= summary.names.bit(node.target.id)
    step.effect.then(target)


def _annotate(summary: Summary, step: Step, node: ast.AnnAssign) -> None:
    """Annotations of a function's own names are not evaluated; without a value nothing is bound."""
    step.effect = step.head = effect_of(summary.names, node.value)
    target = effect_of(summary.names, node.target)
    if node.value is not None or not isinstance(node.target, ast.Name):
        step.effect.held |= target.binds if makes_held(node.value) else 0
        step.effect.then(target)
    else:
        summary.annotated |= target.binds


def _delete(summary: Summary, step: Step, node: ast.Delete) -> None:
    step.effect = step.head = effect_of(summary.names, *node.targets)


def _return(summary: Summary, step: Step, node: ast.Return) -> None:
    step.effect = step.head = effect_of(summary.names, node.value)
    is_none = node.value is None or (isinstance(node.value, ast.Constant) and node.value.value is None)
    _leave(step, Trait.RETURNS if is_none else Trait.RETURNS | Trait.GIVES)


def _raise(summary: Summary, step: Step, node: ast.Raise) -> None:
    step.effect = step.head = effect_of(summary.names, node.exc, node.cause)
    _leave(step, 0 if node.exc is not None else Trait.RERAISES)


def _break(_summary: Summary, step: Step, _node: ast.Break) -> None:
    step.breaks = 0
    _leave(step, Trait.BREAKS)


def _continue(_summary: Summary, step: Step, _node: ast.Continue) -> None:
    _leave(step, Trait.CONTINUES)


def _leave(step: Step, trait: int) -> None:
    step.effect.traits |= trait
    step.effect.certain = ALL


def _declare(summary: Summary, step: Step, node: ast.Global | ast.Nonlocal) -> None:
    summary.declared |= summary.names.set_of(node.names)
    step.effect.traits |= Trait.DECLARES


def _import(summary: Summary, step: Step, node: ast.Import | ast.ImportFrom) -> None:
    names = [alias.asname or alias.name.partition(".")[0] for alias in node.names]
    step.effect.binds = step.effect.certain = step.effect.imports = summary.names.set_of(names)


def _if(summary: Summary, step: Step, node: ast.If) -> None:
    step.head = test = effect_of(summary.names, node.test)
    body, orelse = summary.add_suite(node.body), summary.add_suite(node.orelse)
    step.suites = [body, orelse]
    _gather(step)
    step.effect.uses |= (body.total.uses & ~test.when_true) | (orelse.total.uses & ~test.when_false)
    step.effect.certain = body.after(test.when_true) & orelse.after(test.when_false)
    step.breaks = body.at_breaks(test.certain) & orelse.at_breaks(test.certain)


def _for(summary: Summary, step: Step, node: ast.For | ast.AsyncFor) -> None:
    step.head = effect_of(summary.names, node.iter)
    target = effect_of(summary.names, node.target)
    step.parts = [target]
    body, orelse = summary.add_suite(node.body), summary.add_suite(node.orelse)
    step.suites = [body, orelse]
    _gather(step)
    effect = step.effect
    effect.binds |= target.binds
    if isinstance(node, ast.AsyncFor):
        effect.traits |= Trait.AWAITS
    inner = target.uses | (body.total.uses & ~target.certain) | orelse.total.uses
    effect.uses |= inner & ~step.head.certain
    before = step.head.certain & ~body.total.deletes
    effect.certain = orelse.after(before) & body.at_breaks(before | target.certain)
    step.breaks = orelse.at_breaks(before)
    _close_loop(step, orelse)


def _while(summary: Summary, step: Step, node: ast.While) -> None:
    step.head = test = effect_of(summary.names, node.test)
    body, orelse = summary.add_suite(node.body), summary.add_suite(node.orelse)
    step.suites = [body, orelse]
    _gather(step)
    step.effect.uses |= (body.total.uses & ~test.when_true) | (orelse.total.uses & ~test.when_false)
    ends = ALL if is_endless(node) else orelse.after(test.when_false)
    step.effect.certain = ends & body.at_breaks(test.when_true)
    step.breaks = orelse.at_breaks(test.certain)
    _close_loop(step, orelse)


def is_endless(node: ast.While) -> bool:
    """Whether a loop ends only by a jump."""
    return isinstance(node.test, ast.Constant) and bool(node.test.value)


def _close_loop(step: Step, orelse: Suite) -> None:
    """Jumps in the body are the loop's own; those in its ``else`` belong to the loop around."""
    jumps = Trait.BREAKS | Trait.CONTINUES
    step.effect.traits = step.effect.traits & ~jumps | (orelse.total.traits & jumps)


def _with(summary: Summary, step: Step, node: ast.With | ast.AsyncWith) -> None:
    step.head = items = Effect()
    for item in node.items:
        items.then(effect_of(summary.names, item.context_expr))
        items.then(effect_of(summary.names, item.optional_vars))
    body = summary.add_suite(node.body)
    step.suites = [body]
    _gather(step)
    if isinstance(node, ast.AsyncWith):
        step.effect.traits |= Trait.AWAITS
    step.effect.uses |= body.total.uses & ~items.certain
    step.effect.certain = items.certain & ~body.total.deletes if may_swallow(node) else body.after(items.certain)
    step.breaks = body.at_breaks(items.certain)


def may_swallow(node: ast.With | ast.AsyncWith) -> bool:
    """Whether the block may break off without an exception to be seen behind it, judged by the managers' names."""
    for item in node.items:
        manager = item.context_expr
        function = manager.func if isinstance(manager, ast.Call) else manager
        name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
        if _SWALLOWS.search(name):
            return True
    return False


def _try(summary: Summary, step: Step, node: ast.Try | ast.TryStar) -> None:
    body = summary.add_suite(node.body)
    handlers = [summary.add_suite(handler.body) for handler in node.handlers]
    orelse, final = summary.add_suite(node.orelse), summary.add_suite(node.finalbody)
    step.suites = [body, *handlers, orelse, final]
    step.parts = [_effect_of_handler(summary, handler) for handler in node.handlers]
    _gather(step)
    effect = step.effect
    certain = (
        ((body.total.certain & ~orelse.total.deletes) | orelse.total.certain) if node.orelse else body.total.certain
    )
    if body.total.certain == ALL:
        certain = ALL
    breaks = body.breaks & orelse.breaks
    for caught, suite in zip(step.parts, handlers, strict=True):
        effect.binds |= caught.binds
        effect.deletes |= caught.binds
        effect.traits |= caught.traits
        effect.uses |= caught.uses | (suite.total.uses & ~caught.binds)
        certain &= suite.total.certain if suite.total.certain == ALL else suite.total.certain & ~caught.binds
        breaks &= suite.breaks if suite.breaks == ALL else suite.breaks & ~caught.binds
    effect.uses |= body.total.uses | (orelse.total.uses & ~body.total.certain) | final.total.uses
    effect.certain = certain if certain == ALL else certain & ~final.total.deletes
    effect.certain |= final.total.certain
    step.breaks = (breaks if breaks == ALL else breaks & ~final.total.deletes) & final.breaks
    if handlers and not _reraises_outside(body, orelse, final):
        effect.traits &= ~Trait.RERAISES


def _reraises_outside(*suites: Suite) -> bool:
    """Whether a bare ``raise`` stands where the handlers of this very statement do not make it theirs."""
    return any(suite.total.traits & Trait.RERAISES for suite in suites)


def _effect_of_handler(summary: Summary, handler: ast.ExceptHandler) -> Effect:
    effect = effect_of(summary.names, handler.type)
    if handler.name is not None:
        effect.binds |= summary.names.bit(handler.name)
    return effect


def _match(summary: Summary, step: Step, node: ast.Match) -> None:
    step.head = subject = effect_of(summary.names, node.subject)
    step.parts = [_effect_of_case(summary, case) for case in node.cases]
    step.suites = [summary.add_suite(case.body) for case in node.cases]
    _gather(step)
    effect = step.effect
    certain = ALL if any(_is_irrefutable(case) for case in node.cases) else subject.certain
    breaks = ALL
    for case, suite in zip(step.parts, step.suites, strict=True):
        effect.binds |= case.binds
        effect.captures |= case.captures
        effect.traits |= case.traits
        effect.uses |= (case.uses | (suite.total.uses & ~case.when_true)) & ~subject.certain
        certain &= suite.after(subject.certain | case.when_true)
        breaks &= suite.at_breaks(subject.certain | case.when_true)
    effect.certain = certain
    step.breaks = breaks


def _is_irrefutable(case: ast.match_case) -> bool:
    pattern = case.pattern
    return case.guard is None and isinstance(pattern, ast.MatchAs) and pattern.pattern is None


def _effect_of_case(summary: Summary, case: ast.match_case) -> Effect:
    """The pattern, then the guard; what they bind is certain only when the case is taken."""
    effect = Effect()
    for node in ast.walk(case.pattern):
        if isinstance(node, (ast.MatchValue, ast.MatchClass)):
            effect.then(effect_of(summary.names, node.value if isinstance(node, ast.MatchValue) else node.cls))
        elif isinstance(node, ast.MatchMapping):
            effect.then(effect_of(summary.names, *node.keys))
    caught = summary.names.set_of(name for node in ast.walk(case.pattern) for name in _captured_by(node))
    guard = effect_of(summary.names, case.guard)
    effect.certain |= caught
    effect.binds |= caught
    effect.then(guard)
    effect.when_true = effect.certain | guard.when_true
    return effect


def _captured_by(node: ast.AST) -> list[str]:
    name = node.rest if isinstance(node, ast.MatchMapping) else getattr(node, "name", None)
    return [name] if isinstance(name, str) and isinstance(node, ast.pattern) else []


def _gather(step: Step) -> None:
    """What holds for a statement with suites whatever its kind; what is certain and used is not summed up here."""
    effect = step.effect = Effect()
    for other in (step.head, *(suite.total for suite in step.suites)):
        effect.binds |= other.binds
        effect.deletes |= other.deletes
        effect.captures |= other.captures
        effect.rebinds |= other.rebinds
        effect.held |= other.held
        effect.imports |= other.imports
        effect.traits |= other.traits
    effect.uses = step.head.uses


_SUMMARIES: dict[type, Any] = {
    ast.Assign: _assign,
    ast.AugAssign: _augment,
    ast.AnnAssign: _annotate,
    ast.Delete: _delete,
    ast.Return: _return,
    ast.Raise: _raise,
    ast.Break: _break,
    ast.Continue: _continue,
    ast.Global: _declare,
    ast.Nonlocal: _declare,
    ast.Import: _import,
    ast.ImportFrom: _import,
    ast.If: _if,
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.While: _while,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.Try: _try,
    ast.TryStar: _try,
    ast.Match: _match,
}
