"""Chooses the blocks of a too long function that are best cut out: many lines for few names read and given back."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.extraction.flow import arguments_of
from antipatterns.extraction.judge import Sets
from antipatterns.extraction.sets import ALL

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
    """A run of statements (indices into a suite, both ends included) that is worth to be cut out, if it can be."""

    suite: Suite
    first: int
    last: int
    lines: int
    value: float  # what it is worth to cut out, but for the lines saved

    @property
    def first_number(self) -> int:
        """The number of its first statement in the order of the text."""
        return self.suite.steps[self.first].first

    @property
    def last_number(self) -> int:
        """The number of the last statement that is part of it."""
        return self.suite.steps[self.last].last


class _Fit(NamedTuple):
    """A run that can be cut out, and how long its call will be."""

    run: _Run
    sets: Sets
    call_lines: int


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
        chosen: list[_Fit] = []
        now = limits.now
        runs = self.find_runs(limits.most)
        while now > limits.most and len(chosen) < _MOST_BLOCKS:
            best = self.find_best(runs, Limits(limits.most, now))
            if best is None:
                break
            chosen.append(best)
            now -= best.run.lines - best.call_lines
            first, last = best.run.first_number, best.run.last_number
            runs = [run for run in runs if run.last_number < first or last < run.first_number]
        return [self.make_block(fit.run, fit.sets, fit.call_lines) for fit in chosen]

    def find_best(self, runs: Sequence[_Run], limits: Limits) -> _Fit | None:
        """The best of the runs that can be cut out; of equals the first.

        Most runs are worth less than the best even if they could be, so they need not be judged.
        """
        promises = [_score(run, 1, limits) for run in runs]
        best, most, place = None, 0.0, 0
        for index in sorted(range(len(runs)), key=promises.__getitem__, reverse=True):
            if best is not None and promises[index] < most:
                break
            fit = self.fit(runs[index], limits.most)
            if fit is not None:
                score = _score(fit.run, fit.call_lines, limits)
                if best is None or (score, -index) > (most, -place):
                    best, most, place = fit, score, index
        return best

    def find_runs(self, most_lines: int) -> list[_Run]:
        """Every run that may be worth to be cut out, in no certain order."""
        if self.judge.objection is not None:
            return []
        found: list[_Run] = []
        for suite in self.judge.flow.suites:
            if self.layout.lines_of(suite.steps) >= _FEWEST_LINES:
                found += self.runs_of_suite(suite, min(most_lines, self.layout.most_lines))
        return found

    def runs_of_suite(self, suite: Suite, most_lines: int) -> Iterator[_Run]:
        """The runs of one suite, but for those that the names passed to and fro outweigh."""
        steps, judge = suite.steps, self.judge
        start = _start_of_body(suite) if suite is judge.flow.body else 0
        places = self.layout.places_of(steps, only_paragraphs=len(steps) - start > _LONG_SUITE)
        effects, receiver = [step.effect for step in steps], judge.receiver
        can_move = [judge.objection_to_traits(effect, suite) is None for effect in effects]
        for first in range(start, len(steps)):
            begin = places[first]
            if not begin.can_begin:
                continue
            uses = binds = certain = traits = 0  # as in an Effect
            bonus = 3.0 * begin.is_paragraph + 0.1 * steps[first].node.col_offset
            for last in range(first, len(steps)):
                end = places[last]
                lines = end.lines_to_end - begin.lines_to_top
                if lines > most_lines or not can_move[last]:
                    break
                effect = effects[last]
                uses |= effect.uses & ~certain
                binds |= effect.binds
                traits |= effect.traits
                certain = ALL if certain == ALL else (certain & ~effect.deletes) | effect.certain
                if lines < _FEWEST_LINES or not end.can_end:
                    continue
                reads, returns = judge.traffic(uses, binds, certain, traits, steps[last])
                names = 2 * (reads & ~receiver).bit_count() + 4 * returns.bit_count()
                if lines - 1 > names and not judge.rules_out(steps[first], reads, returns, certain):
                    yield _Run(suite, first, last, lines, bonus + 2.0 * (first == last) - names)

    def fit(self, run: _Run, most_lines: int) -> _Fit | None:
        """A run with what it reads and returns; None when it cannot be cut out, or its helper would be too long.

        Nor where it only writes down values: ``_compute_message()`` says less than the message.
        """
        if all(_is_data(step.node) for step in run.suite.steps[run.first : run.last + 1]):
            return None
        sets = self.judge.judge(run.suite, run.first, run.last)
        if not isinstance(sets, Sets):
            return None
        helper_lines = self.lines_written(sets.reads, self.judge.function.col_offset, self.hint_width)
        if run.lines + helper_lines + bool(sets.returns) > most_lines:
            return None
        return _Fit(run, sets, self.lines_written(sets.reads, run.suite.steps[run.first].node.col_offset))

    def lines_written(self, reads: int, column: int, hint_width: int = 0) -> int:
        """How many lines the call or header of a helper takes, at most, when it must be wrapped."""
        names = self.judge.flow.names.in_set(reads)
        width = column + _WIDTH_OF_NAME + sum(len(name) + 2 + hint_width for name in names)
        if width <= WIDTH or not names:
            return 1
        return 3 if width <= WIDTH + _WIDTH_OF_NAME else len(names) + 2

    def make_block(self, run: _Run, sets: Sets, call_lines: int) -> Block:
        """All about a run."""
        steps, judge = run.suite.steps, self.judge
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
            call_lines=call_lines,
            is_at_start=run.suite is body and run.first <= _start_of_body(body),
            is_at_end=run.suite is body and run.last == len(steps) - 1,
        )


_DATA = (
    ast.Constant,
    ast.List,
    ast.Tuple,
    ast.Dict,
    ast.Set,
    ast.UnaryOp,
    ast.BinOp,
    ast.JoinedStr,
    ast.FormattedValue,
)


def _is_data(node: ast.stmt) -> bool:
    """Whether a statement gives a name a value that is written out."""
    value = node.value if isinstance(node, (ast.Assign, ast.AnnAssign)) else None
    parts = ast.walk(value) if value is not None else ()
    return value is not None and all(
        isinstance(part, (*_DATA, ast.expr_context, ast.operator, ast.unaryop)) for part in parts
    )


def _start_of_body(body: Suite) -> int:
    """The index of the first statement that is not the docstring."""
    first = body.steps[0].node
    is_text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return int(is_text and isinstance(first.value.value, str))


def _score(run: _Run, call_lines: int, limits: Limits) -> float:
    """Lines saved, as far as they are needed (more of them count little), and what else speaks for the run."""
    need, saved = limits.now - limits.most, run.lines - call_lines
    if saved <= need:
        return saved + run.value
    return need + 0.25 * max(0, min(saved, limits.now // 2) - need) + run.value


def reach_limit(blocks: Sequence[Block], limits: Limits) -> bool:
    """Whether a function is short enough once blocks are cut out."""
    return limits.now - sum(block.lines - block.call_lines for block in blocks) <= limits.most


class _Place(NamedTuple):
    """How a statement stands: lines of code above it and to its end, and whether a block can begin or end with it."""

    lines_to_top: int
    lines_to_end: int
    can_begin: bool
    can_end: bool
    is_paragraph: bool


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

    def lines_of(self, steps: Sequence[Step]) -> int:
        """The lines of code from the first of some statements to the last."""
        return self.lines_to_end(steps[-1]) - self.lines_to_top(steps[0]) if steps else 0

    def lines_to_top(self, step: Step) -> int:
        return self.counts[top_of(step.node) - self.offset]

    def lines_to_end(self, step: Step) -> int:
        return self.counts[(step.node.end_lineno or 0) - self.offset + 1]

    def places_of(self, steps: Sequence[Step], *, only_paragraphs: bool) -> list[_Place]:
        """The places of the statements of a suite; with ``only_paragraphs`` blocks begin and end between those."""
        line_at, counts, offset = self.source.line_at, self.counts, self.offset
        tops = [top_of(step.node) for step in steps]
        last_lines = [step.node.end_lineno or 0 for step in steps]
        aboves = [line_at(top - 1) for top in tops]
        begins = [not index or _ends_paragraph(above) for index, above in enumerate(aboves)]
        found = []
        for index, step in enumerate(steps):
            is_last = index + 1 == len(steps)
            may_begin = begins[index] or not only_paragraphs
            may_end = not only_paragraphs or is_last or begins[index + 1]
            place = _Place(
                counts[tops[index] - offset],
                counts[last_lines[index] - offset + 1],
                may_begin and _begins_line(step.node, line_at(tops[index]), aboves[index]),
                may_end and (is_last or tops[index + 1] > last_lines[index]),
                begins[index],
            )
            found.append(place)
        return found

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


def _begins_line(node: ast.stmt, text: str, above: str) -> bool:
    """Whether nothing stands before a statement on its line, or is joined to it by a backslash."""
    column = len(text) - len(text.lstrip(" \t"))
    is_elif = isinstance(node, ast.If) and text.startswith("elif", column)
    return node.col_offset == column and not is_elif and not above.rstrip("\r\n").endswith("\\")


def _ends_paragraph(text: str) -> bool:
    """Whether a line is empty, or a comment."""
    text = text.strip()
    return not text or text.startswith("#")


def top_of(node: ast.stmt) -> int:
    """The first line of a statement, its decorators included."""
    decorators = getattr(node, "decorator_list", None)
    return min(node.lineno, decorators[0].lineno) if decorators else node.lineno


def _indent(text: str) -> str:
    return text[: len(text) - len(text.lstrip(" \t"))]
