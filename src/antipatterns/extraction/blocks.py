"""Chooses the blocks of a too long function that are best cut out: many lines for few names read and given back."""

from __future__ import annotations

import ast
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.extraction.flow import arguments_of
from antipatterns.extraction.judge import Sets
from antipatterns.extraction.sets import Effect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from antipatterns.extraction.flow import Function
    from antipatterns.extraction.judge import Judge
    from antipatterns.extraction.statements import Step, Suite
    from antipatterns.source import Source

_FEWEST_LINES = 6
_MOST_BLOCKS = 5
_LARGEST_SHARE = 0.8
WIDTH = 88  # of a line that is written
_WIDTH_OF_NAME = 45  # what a call has beside the names that it passes: target, helper
_WIDTH_OF_HINT = 14
_LONG_SUITE = 60  # from here on only runs between paragraphs are looked at: there are too many others


class Block(NamedTuple):
    """A run of statements that can be cut out: the physical lines that go, how many lines of code they hold.

    ``reads`` (without self or cls) and ``returns`` are names in the order of their first appearance. ``ends_function``:
    it holds returns, and nothing of the function runs behind it; ``gives_value``: its value is the function's.
    """

    nodes: tuple[ast.stmt, ...]
    first_line: int
    last_line: int
    lines: int
    reads: tuple[str, ...]
    returns: tuple[str, ...]
    is_async: bool
    ends_function: bool
    gives_value: bool
    uses_receiver: bool
    uses_class: bool
    call_lines: int
    is_at_start: bool
    is_at_end: bool


class Limits(NamedTuple):
    """How long a function may be, and how long this one is, in lines of code."""

    most: int
    now: int


class _Run(NamedTuple):
    """A run of statements (indices into a suite, both ends included) that can be cut out."""

    suite: Suite
    first: int
    last: int
    lines: int
    sets: Sets
    value: float  # what it is worth to cut out, but for the lines saved
    call_lines: int
    helper_lines: int  # beside its own

    @property
    def first_number(self) -> int:
        """The number of its first statement in the order of the text."""
        return self.suite.steps[self.first].first

    @property
    def last_number(self) -> int:
        """The number of the last statement that is part of it."""
        return self.suite.steps[self.last].last


class BlockSearch:
    """Looks for blocks in one function; ``code_lines`` are its lines of code, ``receiver`` its self or cls, or ""."""

    def __init__(self, source: Source, judge: Judge, code_lines: frozenset[int], receiver: str) -> None:
        self.judge = judge
        self.receiver = receiver
        self.layout = _Layout(source, judge.function, code_lines)
        is_hinted = any(argument.annotation is not None for argument in arguments_of(judge.function))
        self.hint_width = _WIDTH_OF_HINT if is_hinted else 0

    def choose(self, limits: Limits) -> list[Block]:
        """The best block, and as many more that lie apart from it as bring the function to its limit, if they can.

        Helpers keep to the limit themselves. Empty when nothing is worth cutting out.
        """
        chosen: list[_Run] = []
        now = limits.now
        runs = [run for run in self.find_runs(limits.most) if run.lines + run.helper_lines <= limits.most]
        while now > limits.most and runs and len(chosen) < _MOST_BLOCKS:
            here = Limits(limits.most, now)
            best = max(runs, key=partial(_score, limits=here))
            chosen.append(best)
            now -= best.lines - best.call_lines
            runs = [run for run in runs if run.last_number < best.first_number or best.last_number < run.first_number]
        return [self.make_block(run) for run in chosen]

    def find_runs(self, most_lines: int) -> list[_Run]:
        """Every run that can be cut out, in no certain order."""
        if self.judge.objection is not None:
            return []
        found: list[_Run] = []
        for suite in self.judge.flow.suites:
            if self.layout.lines_of(suite.steps) >= _FEWEST_LINES:
                found += self.runs_of_suite(suite, min(most_lines, self.layout.most_lines))
        return found

    def runs_of_suite(self, suite: Suite, most_lines: int) -> Iterator[_Run]:
        """The runs of one suite."""
        steps, layout, judge = suite.steps, self.layout, self.judge
        start = _start_of_body(suite) if suite is judge.flow.body else 0
        only_paragraphs = len(steps) - start > _LONG_SUITE
        for first in range(start, len(steps)):
            if not layout.can_begin(steps, first) or (only_paragraphs and not layout.begins_paragraph(steps, first)):
                continue
            effect = Effect()
            for last in range(first, len(steps)):
                effect.then(steps[last].effect)
                lines = layout.lines_between(steps[first], steps[last])
                if lines > most_lines or judge.objection_to_traits(effect, suite) is not None:
                    break
                if lines < _FEWEST_LINES or not layout.can_end(steps, last):
                    continue
                if only_paragraphs and last + 1 < len(steps) and not layout.begins_paragraph(steps, last + 1):
                    continue
                sets = judge.judge_effect(suite, first, last, effect)
                if isinstance(sets, Sets) and (run := self.weigh(suite, first, last, lines, sets)) is not None:
                    yield run

    def weigh(self, suite: Suite, first: int, last: int, lines: int, sets: Sets) -> _Run | None:
        """What a run is worth; None when the names passed to and fro outweigh the lines saved."""
        names = 2 * (sets.reads & ~self.judge.receiver).bit_count() + 4 * sets.returns.bit_count()
        if lines - 1 <= names:
            return None
        is_paragraph = self.layout.begins_paragraph(suite.steps, first)
        bonus = 3.0 * is_paragraph + 2.0 * (first == last) + 0.1 * suite.steps[first].node.col_offset
        call_lines = self.lines_written(sets.reads, suite.steps[first].node.col_offset)
        helper_lines = self.lines_written(sets.reads, self.judge.function.col_offset, self.hint_width)
        return _Run(suite, first, last, lines, sets, bonus - names, call_lines, helper_lines + bool(sets.returns))

    def lines_written(self, reads: int, column: int, hint_width: int = 0) -> int:
        """How many lines the call or header of a helper takes, at most, when it must be wrapped."""
        names = self.judge.flow.names.in_set(reads)
        width = column + _WIDTH_OF_NAME + sum(len(name) + 2 + hint_width for name in names)
        if width <= WIDTH or not names:
            return 1
        return 3 if width <= WIDTH + _WIDTH_OF_NAME else len(names) + 2

    def make_block(self, run: _Run) -> Block:
        """All about a run."""
        steps, judge, sets = run.suite.steps, self.judge, run.sets
        reads = judge.flow.names.in_set(sets.reads)
        body = judge.flow.body
        return Block(
            nodes=tuple(step.node for step in steps[run.first : run.last + 1]),
            first_line=self.layout.first_line(steps, run.first),
            last_line=self.layout.last_line(steps[run.last]),
            lines=run.lines,
            reads=tuple(name for name in reads if name != self.receiver),
            returns=judge.flow.names.in_set(sets.returns),
            is_async=sets.is_async,
            ends_function=sets.ends_function,
            gives_value=sets.gives_value,
            uses_receiver=self.receiver in reads or sets.uses_class,
            uses_class=sets.uses_class,
            call_lines=run.call_lines,
            is_at_start=run.suite is body and run.first <= _start_of_body(body),
            is_at_end=run.suite is body and run.last == len(steps) - 1,
        )


def _start_of_body(body: Suite) -> int:
    """The index of the first statement that is not the docstring."""
    first = body.steps[0].node
    is_text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return int(is_text and isinstance(first.value.value, str))


def _score(run: _Run, limits: Limits) -> float:
    """Lines saved, as far as they are needed (more of them count little), and what else speaks for the run."""
    need, saved = limits.now - limits.most, run.lines - run.call_lines
    return min(saved, need) + 0.25 * max(0, min(saved, limits.now // 2) - need) + run.value


def reach_limit(blocks: Sequence[Block], limits: Limits) -> bool:
    """Whether a function is short enough once blocks are cut out."""
    return limits.now - sum(block.lines - block.call_lines for block in blocks) <= limits.most


class _Layout:
    """How the statements of a function stand on its lines."""

    def __init__(self, source: Source, function: Function, code_lines: frozenset[int]) -> None:
        self.source = source
        self.offset = function.lineno
        self.most_lines = int(len(code_lines) * _LARGEST_SHARE)
        counts = [0]
        for number in range(function.lineno, (function.end_lineno or function.lineno) + 1):
            counts.append(counts[-1] + (number in code_lines))
        self.counts = counts

    def lines_between(self, first: Step, last: Step) -> int:
        """The lines of code from one statement to another."""
        end = (last.node.end_lineno or 0) - self.offset + 1
        return self.counts[end] - self.counts[top_of(first.node) - self.offset]

    def lines_of(self, steps: Sequence[Step]) -> int:
        return self.lines_between(steps[0], steps[-1]) if steps else 0

    def can_begin(self, steps: Sequence[Step], index: int) -> bool:
        """Whether nothing stands before a statement on its line, or is joined to it by a backslash."""
        line = top_of(steps[index].node)
        text = self.source.line_at(line)
        before = self.source.line_at(line - 1).rstrip("\r\n")
        column = len(text) - len(text.lstrip(" \t"))
        is_elif = isinstance(steps[index].node, ast.If) and text.startswith("elif", column)
        return steps[index].node.col_offset == column and not is_elif and not before.endswith("\\")

    def can_end(self, steps: Sequence[Step], index: int) -> bool:
        """Whether the next statement begins on another line."""
        return index + 1 == len(steps) or top_of(steps[index + 1].node) > (steps[index].node.end_lineno or 0)

    def begins_paragraph(self, steps: Sequence[Step], index: int) -> bool:
        """Whether an empty line or a comment stands above a statement, or nothing of its block."""
        above = self.source.line_at(top_of(steps[index].node) - 1).strip()
        return index == 0 or not above or above.startswith("#")

    def first_line(self, steps: Sequence[Step], index: int) -> int:
        """The first line of the comment that stands right above a statement, or else of itself."""
        line = top_of(steps[index].node)
        bound = (steps[index - 1].node.end_lineno or 0) if index else self.offset
        indent = _indent(self.source.line_at(line)) + "#"
        while line - 1 > bound and self.source.line_at(line - 1).startswith(indent):
            line -= 1
        return line

    def last_line(self, step: Step) -> int:
        """The last line of a statement, comments at the end of its innermost block included."""
        last = line = step.node.end_lineno or 0
        own = len(_indent(self.source.line_at(top_of(step.node))).expandtabs())
        while True:
            line += 1
            text = self.source.line_at(line)
            if text.strip().startswith("#") and len(_indent(text).expandtabs()) > own:
                last = line
            elif text.strip() or not text:
                return last


def top_of(node: ast.stmt) -> int:
    """The first line of a statement, its decorators included."""
    decorators = getattr(node, "decorator_list", None)
    return min(node.lineno, decorators[0].lineno) if decorators else node.lineno


def _indent(text: str) -> str:
    return text[: len(text) - len(text.lstrip(" \t"))]
