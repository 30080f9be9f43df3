"""The definite data flow of one function: what is surely bound before each statement, and what may be read behind it.

Three passes: what every statement does by itself (``statements``); what is bound before it, from the top down; what is
read behind it, from the end up, until nothing changes. Any statement in a ``try`` may raise.
"""

from __future__ import annotations

import ast
from typing import NamedTuple

from antipatterns.extraction.sets import Names
from antipatterns.extraction.statements import Step, Suite, Summary, is_endless, may_swallow

Function = ast.FunctionDef | ast.AsyncFunctionDef
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_TRIES = (ast.Try, ast.TryStar)


class Flow:
    """The flow of a function: its suites, outermost first, and the sets of its names."""

    def __init__(self, function: Function) -> None:
        self.names = Names()
        self.parameters = self.names.set_of(arg.arg for arg in arguments_of(function))
        summary = Summary(self.names)
        self.body = summary.add_suite(function.body)
        self.suites, self.steps = summary.suites, summary.steps
        self.declared = summary.declared
        self.locals = (self.parameters | self.body.total.binds | summary.annotated) & ~self.declared
        _place(self.body, (), is_tail=True)
        _find_assigned(self.body, self.parameters)
        search = _LiveSearch()
        while search.goes_on:
            search.goes_on = False
            search.look_at(self.body, _Ends(0, 0, 0, 0, 0))


def arguments_of(function: Function) -> list[ast.arg]:
    """All parameters in order."""
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args]
    if arguments.vararg is not None:
        named.append(arguments.vararg)
    named += arguments.kwonlyargs
    return named if arguments.kwarg is None else [*named, arguments.kwarg]


def _place(suite: Suite, loops: tuple[Step, ...], *, is_tail: bool) -> None:
    """Tell the suites in which loops they run, and whether the function ends where they end."""
    suite.loops, suite.is_tail = loops, is_tail
    for step in suite.steps:
        inner = (*loops, step) if isinstance(step.node, _LOOPS) else loops
        ends = is_tail and step is suite.steps[-1] and isinstance(step.node, (ast.If, ast.Match))
        for nested in step.suites:
            _place(nested, inner, is_tail=ends)


def _find_assigned(suite: Suite, before: int) -> None:
    """From the top down: what is surely bound before each statement."""
    for step in suite.steps:
        step.assigned = before
        for nested, bound in zip(step.suites, _bound_at_entries(step, before), strict=True):
            _find_assigned(nested, bound)
        before = (before & ~step.effect.deletes) | step.effect.certain


def _bound_at_entries(step: Step, before: int) -> list[int]:
    """What is surely bound where each suite of a statement begins."""
    node, head, kept = step.node, step.head, before & ~step.effect.deletes
    if isinstance(node, ast.If):
        return [before | head.when_true, before | head.when_false]
    if isinstance(node, ast.While):
        return [kept | head.when_true, kept | head.when_false]
    if isinstance(node, (ast.For, ast.AsyncFor)):
        kept |= head.certain & ~step.effect.deletes
        return [kept | step.parts[0].certain, kept]
    if isinstance(node, ast.Match):
        return [before | head.certain | case.when_true for case in step.parts]
    if isinstance(node, _TRIES):
        body = step.suites[0].total
        caught = [before & ~body.deletes | handler.binds for handler in step.parts]
        return [before, *caught, before & ~body.deletes | body.certain, kept]
    return [before | head.certain] * len(step.suites)


class _Ends(NamedTuple):
    """What may be read wherever a block can go: behind it, after break, continue, return, and where a raise lands."""

    behind: int
    after_break: int
    after_continue: int
    after_return: int
    after_raise: int


class _LiveSearch:
    """From the end up: what may be read behind each statement; once more as long as some loop still changes."""

    def __init__(self) -> None:
        self.goes_on = True

    def look_at(self, suite: Suite, ends: _Ends) -> int:
        """Set what is live behind each statement of a suite; gives what is live before it."""
        suite.raised = ends.after_raise
        live = ends.behind
        for step in reversed(suite.steps):
            step.live = live
            live = self.before(step, ends._replace(behind=live)) | ends.after_raise
        return live

    def before(self, step: Step, ends: _Ends) -> int:
        """What is live before a statement, but for what is read where an exception lands."""
        node, head = step.node, step.head
        if not step.suites:
            leave = _LEAVES.get(type(node))
            return head.uses | ((ends.behind & ~head.certain) if leave is None else getattr(ends, leave))
        if isinstance(node, _LOOPS):
            return self.before_loop(step, ends)
        if isinstance(node, _TRIES):
            return self.before_try(step, ends)
        if isinstance(node, ast.If):
            body, orelse = (self.look_at(suite, ends) for suite in step.suites)
            return head.uses | (body & ~head.when_true) | (orelse & ~head.when_false)
        if isinstance(node, ast.Match):
            live = head.uses | ends.behind
            for case, suite in zip(step.parts, step.suites, strict=True):
                live |= case.uses | (self.look_at(suite, ends) & ~case.when_true)
            return live
        if may_swallow(node):
            ends = ends._replace(after_raise=ends.after_raise | ends.behind)
        return head.uses | (self.look_at(step.suites[0], ends) & ~head.certain)

    def before_loop(self, step: Step, ends: _Ends) -> int:
        head = step.head
        body, orelse = step.suites
        inner = ends._replace(behind=step.loop_live, after_break=ends.behind, after_continue=step.loop_live)
        live_in_body, live_in_else = self.look_at(body, inner), self.look_at(orelse, ends)
        if isinstance(step.node, ast.While):
            again = head.uses | (live_in_body & ~head.when_true)
            if not is_endless(step.node):
                again |= live_in_else & ~head.when_false
            before = again
        else:
            target = step.parts[0]
            again = (live_in_body & ~target.certain) | live_in_else | target.uses
            before = head.uses | (again & ~head.certain)
        again |= ends.after_raise
        if again != step.loop_live:
            step.loop_live = again
            self.goes_on = True
        return before

    def before_try(self, step: Step, ends: _Ends) -> int:
        body, *handlers, orelse, final = step.suites
        if final.steps:
            # However the rest is left, the last part runs; and then goes on to any of these.
            last = self.look_at(final, ends._replace(behind=ends.behind | _anywhere(ends)))
            ends = _Ends(last, last, last, last, last)
        caught = 0
        for part, suite in zip(step.parts, handlers, strict=True):
            caught |= part.uses | (self.look_at(suite, ends) & ~part.binds)
        behind_body = self.look_at(orelse, ends)
        return self.look_at(body, ends._replace(behind=behind_body, after_raise=caught | ends.after_raise))


_LEAVES: dict[type, str] = {
    ast.Return: "after_return",
    ast.Raise: "after_raise",
    ast.Break: "after_break",
    ast.Continue: "after_continue",
}


def _anywhere(ends: _Ends) -> int:
    return ends.after_break | ends.after_continue | ends.after_return | ends.after_raise
