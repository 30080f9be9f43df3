"""Chooses the blocks of a too long function that are best cut out: many lines for few names read and given back."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from antipatterns.extraction.effects import Effect
from antipatterns.extraction.judge import Judge, Sets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from antipatterns.extraction.flow import Function
    from antipatterns.extraction.statements import Step, Suite
    from antipatterns.source import Source

_FEWEST_LINES = 6
_MOST_BLOCKS = 5
_LARGEST_SHARE = 0.8
_LONG_SUITE = 60  # from here on only runs between paragraphs are looked at: there are too many others


class Block(NamedTuple):
    """A run of statements that can be cut out: the physical lines that go, how many lines of code they hold.

    ``reads`` and ``returns`` are names in the order of their first appearance; ``receiver`` is the function's first
    parameter when that is an object whose method the helper will be, and is not among the reads.
    """

    nodes: tuple[ast.stmt, ...]
    first_line: int
    last_line: int
    lines: int
    reads: tuple[str, ...]
    returns: tuple[str, ...]
    is_async: bool
    ends_function: bool
    uses_receiver: bool
    uses_class: bool
    depth: int
    is_paragraph: bool
    is_at_start: bool
    is_at_end: bool


class Limits(NamedTuple):
    """How long a function may be, and how long this one is, in lines of code."""

    most: int
    now: int


def find_blocks(
    source: Source, function: Function, code_lines: frozenset[int], judge: Judge, receiver: str
) -> list[Block]:
    """Every block that can be cut out, in no certain order; ``code_lines`` are the function's lines of code."""
    if judge.objection is not None:
        return []
    layout = _Layout(source, function, code_lines)
    body = judge.flow.body
    found: list[Block] = []
    for suite in judge.flow.suites:
        if layout.lines_of(suite.steps) >= _FEWEST_LINES:
            found += _blocks_of_suite(suite, _start_of_body(suite) if suite is body else 0, layout, judge, receiver)
    return found


def _start_of_body(body: Suite) -> int:
    """The index of the first statement that is not the docstring."""
    first = body.steps[0].node
    is_text = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    return int(is_text)


def _blocks_of_suite(suite: Suite, start: int, layout: _Layout, judge: Judge, receiver: str) -> Iterator[Block]:
    steps = suite.steps
    only_paragraphs = len(steps) - start > _LONG_SUITE
    for first in range(start, len(steps)):
        if not layout.can_begin(steps, first) or (only_paragraphs and not layout.begins_paragraph(steps, first)):
            continue
        effect = Effect()
        for last in range(first, len(steps)):
            effect.then(steps[last].effect)
            lines = layout.lines_between(steps[first], steps[last])
            if lines > layout.most_lines or judge.objection_to_traits(effect, suite) is not None:
                break
            if lines < _FEWEST_LINES or not layout.can_end(steps, last):
                continue
            if only_paragraphs and last + 1 < len(steps) and not layout.begins_paragraph(steps, last + 1):
                continue
            sets = judge.judge_effect(suite, first, last, effect)
            if isinstance(sets, Sets) and _is_worth_it(lines, sets, judge):
                yield _make_block(suite, first, last, sets, layout, judge, receiver)


def _is_worth_it(lines: int, sets: Sets, judge: Judge) -> bool:
    """Whether the lines saved outweigh the names passed to and fro."""
    return lines - 1 > 2 * (sets.reads & ~judge.first).bit_count() + 4 * sets.returns.bit_count()


def _make_block(suite: Suite, first: int, last: int, sets: Sets, layout: _Layout, judge: Judge, receiver: str) -> Block:
    steps, names = suite.steps, judge.flow.names
    reads = names.in_set(sets.reads)
    body = judge.flow.body
    return Block(
        nodes=tuple(step.node for step in steps[first : last + 1]),
        first_line=layout.first_line(steps, first),
        last_line=layout.last_line(steps[last]),
        lines=layout.lines_between(steps[first], steps[last]),
        reads=tuple(name for name in reads if name != receiver),
        returns=names.in_set(sets.returns),
        is_async=sets.is_async,
        ends_function=sets.ends_function,
        uses_receiver=receiver in reads or sets.uses_class,
        uses_class=sets.uses_class,
        depth=steps[first].node.col_offset,
        is_paragraph=layout.begins_paragraph(steps, first),
        is_at_start=suite is body and first <= _start_of_body(suite),
        is_at_end=suite is body and last == len(steps) - 1,
    )


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
        return steps[index].node.col_offset == column and not before.endswith("\\")

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


def choose_blocks(blocks: Sequence[Block], limits: Limits) -> list[Block]:
    """The best block, and as many more that lie apart from it as bring the function to its limit, if they can.

    Helpers must keep to the limit themselves. Empty when nothing is worth cutting out.
    """
    chosen: list[Block] = []
    now = limits.now
    candidates = [block for block in blocks if _cost(block) + block.lines <= limits.most]
    while now > limits.most and candidates and len(chosen) < _MOST_BLOCKS:
        best = max(candidates, key=lambda block: _score(block, Limits(limits.most, now)))
        chosen.append(best)
        now -= best.lines - 1
        candidates = [block for block in candidates if _lie_apart(block, best)]
    return chosen


def reach_limit(blocks: Sequence[Block], limits: Limits) -> bool:
    """Whether a function is short enough once blocks are cut out."""
    return limits.now - sum(block.lines - 1 for block in blocks) <= limits.most


def _cost(block: Block) -> int:
    """The lines that a helper has beside the block's own."""
    return 1 + bool(block.returns)


def _lie_apart(one: Block, other: Block) -> bool:
    return one.last_line < other.first_line or other.last_line < one.first_line


def _score(block: Block, limits: Limits) -> float:
    """Lines saved, as far as they are needed, less what names passed to and fro cost the reader."""
    need = limits.now - limits.most
    saved = block.lines - 1
    score = min(saved, need) + 0.25 * max(0, min(saved, limits.now // 2) - need)
    score -= 2.0 * len(block.reads) + 4.0 * len(block.returns)
    score += 3.0 * block.is_paragraph + 2.0 * (len(block.nodes) == 1) + 0.1 * block.depth
    return score
